"""What a question says about a person: who is meant, and what it asks about them."""

import re

from knowledge.question.intents import topical
from knowledge.quotes.statements import PRONOUN
from knowledge.words.lexical import words

# Whether somebody is among others: "is he on the list of those who …?"
_AMONG = re.compile(
    r"\b(?:among(?:st)?(?: (?:the|those))?|those"
    r"|one of (?:the|those|them)(?: (?:people|persons|ones))?|includ(?:e|es|ed|ing)"
    r"|appear(?:s|ed|ing)?|figures?|part of(?: the)?"
    r"|тех|среди|в числ[ео]|чь[еёяию]\w*|вход[ия]т|вош[её]л|вошл[аои]|внес[её]н\w*|внесли"
    r"|включ[её]н\w*|включили|фигуриру\w+|попал[аои]?|значится"
    r"|itself|сам(?:ом|ой|их)|of (?:the )?two \w+|из (?:двух|двоих|обоих)(?: \w+)?"
    r"|екі (?:\w+[тдн][ыі]ң )?(?=(?:\S+ )*қайсы)"
    r"|қатарын\w*|ішінде\w*|арасында\w*|енгізіл\w*|кір(?:е|ді|ген|еді)\w*|бар ма)\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(r"\b(charges?|accusations?|allegations?|case) against\b", re.IGNORECASE)
_RELATION = (
    r"(?:brother|sister|father|mother|husband|wife|son|daughter|uncle|aunt|cousin|nephew|niece"
    r"|relative|friend|colleague|neighbou?r|classmate|client|teacher)"
)
_OF_ASKER = re.compile(
    rf"\b(?:my|our)\s+(?:{_RELATION}['’]s\s+|\w+\s+)?{_RELATION}\b"
    rf"|\bi\W?(?: a)?m (?:an? |the )?{_RELATION} of\b"
    r"|\b(?:мо[йяюеё]\w*|сво[йяюеё]\w*|наш\w*|я)\s+(?:брат|сестр|отец|отц|мат|муж|жен"
    r"|сын|доч|дяд|т[её]т|родственни|друг|подруг|коллег|сосед|знаком|земляк|одноклассн|однокурсн"
    r"|клиент)\w*"
    r"|\b(?:менің |біздің )?(?:ағам|әкем|анам|інім|әпкем|қарындасым|туысым|туысқаным|досым|жолдасым"
    r"|күйеуім|әйелім|ұлым|қызым|әріптесім|көршім|танысым)(?!\w*бар)\w*"
    r"|\bмен (?=.*мын\b)|\b(?:туысы|туысқаны|ағасы|інісі|анасы|әкесі|әйелі|күйеуі|досы)мын\b",
    re.IGNORECASE,
)
_WORDS_OF = (
    r"\b(?:did|does|do|has|have)\s+(?:\w+\s+)?NAME\s+(?:(?:herself|himself|ever|actually|personally)\s+)?"
    r"(?:say|said|tell|told|demand|write|written"
    r"|think|want|claim|call|ask|state|argue|mention|complain|declare|conclude)\b",
    r"\bNAME(?:'s)?\s+(?:said|says|words|statement|opinion|speech)\b|\b(?:words|statement|opinion"
    r"|speech|view)s? (?:of|by) NAME\b|\baccording to NAME\b",
    r"\b(?:сказал|говорил|заявил|считает|дума|написал|отметил|требова|требу|хочет|жаловал|упомянул"
    r"|говорит|выступил|высказал|призыва)\w*\s+(?:депутат\w* |сам\w? |евродепутат\w* )?NAME",
    r"NAME\s+(?:сам\w? |что |когда-либо )?(?:рассказал|сообщил|сказал|говорил|заявил|считает|думает"
    r"|написал|отметил|требует|хочет|говорит|высказал)",
    r"\bсловам NAME|\b(?:слова|мнение|речь|выступление|заявление) NAME",
    r"NAME\s+(?!туралы|үшін|қатысты|байланысты|жайлы|жайында|жөнінде|бойынша|ісі)(?:\w+\s+){0,3}?(?:не|нені|неге|қалай)"
    r"\s+(?:деді|дейді|деген|айтты|айтқан|жазды|ойлайды|шақыр\w+"
    r"|талап)",
    r"NAME\s+(?:сөзі|пікірі|мәлімдемесі)",
)
# Others tell what somebody has made: "Which book did Thoreau write in prison?"
_WORK_OF = (
    r"\b(?:what|which) (?!words?\b|statements?\b|else\b)[a-z]+ (?:did|has) NAME (?:write|written)\b"
)
_NAME_ASKED = re.compile(
    r"\b(?:(?<!by )names? (?:of|and)|(?:his|her|its|their|full) names?|зовут|звали|звать"
    r"|(?<!от )имен[аи]|им[её]н|имя|фамили\w+|поим[её]нно|аты(?: кім)?|есімі\w*|аты-жөні\w*"
    r"|аттары\w*|есімдері\w*)\b"
    r"|\b(?:is|was|are|were) .*\b(?:called|named|names?)\W*$",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?:persons?|people|m[ae]n|wom[ae]n|judges?|citizens?|signatories|authors?|activists?|bloggers?"
    r"|journalists?|lawyers?|observers?|victims?|prisoners?|officers?|officials?|lad(?:y|ies)|guys?"
    r"|человек\w*|люд\w+|мужчин\w+|женщин\w+|судь\w+|граждан\w*|подписавш\w+|автор\w*|активист\w*"
    r"|блогер\w*|журналист\w*|адвокат\w*|юрист\w*|наблюдател\w+|жертв\w*|заключ[её]нн\w+"
    r"|адам\w*|ер(?:кек)?\w{0,3}|әйел\w*|судья\w*|азамат\w*|қол қой\w+|белсенді\w*|заңгер\w*"
    r"|бақылаушы\w*|құрбан\w*|тұтқын\w*)\b",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"\b(?:both|two|оба|обоих|обеих|двое|двух|двум|двумя|екеу\w*|екі)\b", re.IGNORECASE
)
_NOW = re.compile(
    r"\b(?:since then|by now|meanwhile|so far"
    r"|now|still|currently|today|at present|nowadays|alive|dead|die[ds]?|free|freed|released"
    r"|set free|let (?:out|go)|in (?:prison|jail|custody|detention)|imprisoned|jailed|behind bars"
    r"|where is(?!.*\bfrom\b)|how is"
    r"|что с \w+ стало|что стало с"
    r"|сейчас|теперь|ещ[её]|сегодня|до сих пор|по-прежнему|до сегодняшнего дня"
    r"|жив\w*|мёртв\w*|умер\w*|на свободе|свобод[ае]н\w*|сид(?:ит|ят)"
    r"|в тюрьме|в заключении|освобо\w+|отпу\w+|выпу\w+|вышел|вышла|где"
    r"|қазір\w*|бүгін\w*|әлі\w*|тірі\w*|түрме\w*|босат\w*|бостанд\w*|қайда)\b",
    re.IGNORECASE,
)
# Words before the names of two people that ask for a comparison.
_COMPARING = re.compile(
    r"\b(?:compar(?:e|ison)(?: of)?|(?:what(?:'s| is) )?the differences?|between"
    r"|сравни\w*|сравнение|(?:чем|как) отлича\w+(?: друг от друга)?|(?:какая )?разница|между)\b",
    re.IGNORECASE,
)
_SHE_OR_HE_FIRST = re.compile(
    r"^\W*(?:(?:and|but|so|who|what|why|when|where|how|old|many|long|is|was|were|did|does"
    r"|do|has|had"
    r"|can|will|about|to|of|for|with)\W+)+(?:he|him|his|she|her|hers)\b",
    re.IGNORECASE,
)
_WOMANS_SURNAME = re.compile(r"[оеoe][вv][аa]$|ина$|ina$", re.IGNORECASE)
_WOMAN = re.compile(
    r"\b(?:такая|она|гражданка|госпожа|г-жа|активистка|журналистка|её|ее)\b", re.IGNORECASE
)


def asks_for_persons_name(question: str) -> bool:
    """Return whether `question` asks for the name of a person.

    >>> asks_for_persons_name("What is the judge called?"), asks_for_persons_name("Who is it?")
    (True, False)
    """
    return _NAME_ASKED.search(question) is not None and _PERSON.search(question) is not None


def asks_for_both(question: str) -> bool:
    """Return whether `question` means everybody of one name: "both Abishevs"."""
    return _BOTH.search(question) is not None


def without_frame(question: str) -> str:
    """Return `question` without the words that say only what kind of question it is.

    >>> without_frame("Is there any news about Bokayev?").split()
    ['Is', 'any', 'about', 'Bokayev?']
    """
    return _AGAINST.sub(r"\1", _NOW.sub(" ", _AMONG.sub(" ", topical(question))))


def without_asker(question: str) -> str:
    """Return `question` without words that relate somebody to the asker: "my brother Saken"."""
    return _OF_ASKER.sub(" ", question)


def asks_for_words_of(question: str, name: str) -> bool:
    """Return whether `question` asks what the person called `name` says or demands in person.

    >>> asks_for_words_of("What did Julie Ward say about torture?", "Julie Ward")
    True
    """
    who = re.escape(name)
    if re.match(r"\W*(?:[аи] )?кто\b", question, re.IGNORECASE):
        return False  # who spoke of them
    if re.search(_WORK_OF.replace("NAME", who), question, re.IGNORECASE):
        return False
    return any(
        re.search(pattern.replace("NAME", who), question, re.IGNORECASE) for pattern in _WORDS_OF
    )


def is_about_nobody_named(question: str) -> bool:
    """Return whether `question` asks about "him" or "her" without saying who that is.

    In English "she" is a person; Russian and Kazakh say it of a resolution too.
    """
    return PRONOUN.search(question) is not None and (
        asks_for_now(question) or _SHE_OR_HE_FIRST.match(question) is not None
    )


def may_be_woman(question: str, written: str, name: str, language: str) -> bool:
    """Return whether the surname `written` may be a woman's, and so not that of `name`, a man.

    "Кто такая Бокаева?" and "Бокаева" alone ask about a woman, "дело Бокаева" about a man. Kazakh
    has no such case.
    """
    if not _WOMANS_SURNAME.search(written) or _WOMANS_SURNAME.search(name):
        return False
    said = words(question)
    is_alone = len(said) == 1 and said == words(written)
    return language == "kk" or is_alone or _WOMAN.search(question) is not None


def without_comparing(text: str) -> str:
    """Return `text`, which stands before the names of several people, without the words that ask
    for a comparison.

    >>> without_comparing("Please compare ")
    'Please   '
    """
    return _COMPARING.sub(" ", text)


def asks_for_now(question: str) -> bool:
    """Return whether `question` asks how somebody is today, or what has happened since."""
    return _NOW.search(question) is not None


def with_person(question: str, name: str) -> str | None:
    """Return `question` with `name` in place of its first "him" or "her"; None if it has none.

    >>> with_person("What did the UN say about him?", "Maks Bokayev")
    'What did the UN say about Maks Bokayev?'
    """
    named, count = PRONOUN.subn(lambda _: name, question, count=1)
    return named if count else None
