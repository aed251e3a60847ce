"""What a question wants beyond the closest passage: everything demanded, everybody named, news of
somebody, or more of the person spoken of before.
"""

import re

_PARLIAMENT = (
    r"(?:european parliament|parliament|the ep|ep|meps?|resolution|it"
    r"|европейск\w+ парламент\w*|европарламент\w*|парламент\w*|депутат\w*|резолюци\w*|она?"
    r"|еуропарламент\w*|еуропа(?:лық)? парламент\w*|қарар\w*|депутаттар\w*|ол)"
)
_DEMAND = (
    r"(?:demand(?:s|ed|ing)?|ask(?:s|ed)?(?: for| of)?|call(?:s|ed)?(?: for| on| upon)?"
    r"|urg(?:e|es|ed)|insist(?:s|ed)?(?: on)?|request(?:s|ed)?|requires?|wants?"
    r"|encourag(?:e|es|ed)|требу\w+|требован\w+|хоч?ет|хотят|призыва\w+|призыв\w*|прос[ия]т"
    r"|талап\w*(?: ет\w*)?|шақыр\w*|сұрай\w*)"
)
_DEMANDS = re.compile(
    rf"(?:\b{_PARLIAMENT}\b.*\b{_DEMAND}\b|\b{_DEMAND}\b.*\b{_PARLIAMENT}\b"
    r"|\bdemands\b|\bis demanded\b|\bтребования\b|\bталаптар\w*)",
    re.IGNORECASE,
)
_DEMAND_WORDS = re.compile(rf"\b(?:{_PARLIAMENT}|{_DEMAND})\b", re.IGNORECASE)
# Everybody named, whatever they are: to list them as "prisoners" would call the others that too.
_EVERYBODY = re.compile(
    r"^\W*(?:who(?: all)? (?:is|are|was|were|gets?) (?:all )?(?:named|mentioned|listed)"
    r"|(?:which|what|list|name|show)(?: me)?(?: all)?(?: the| of the)? (?:people|persons|names)"
    r"(?: (?:is|are|was|were|does|do|named|mentioned|listed|in|the|it|this|resolution|document"
    r"|text|article|mention|name|list)\b)*"
    r"|кто (?:назван|упомянут|упоминается)\w*|кого (?:называ|упомина)\w*"
    r"|(?:назови|перечисли)\w* (?:всех|людей)"
    r"|кімдер\w* (?:аталған|айтылған|туралы)|кім(?:дер)?\w* (?:аталады|аталған))\b[^.]{0,60}$",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:now|still|currently|today|at present|nowadays|alive|dead|die[ds]?|free|freed|released"
    r"|set free|in (?:prison|jail|custody|detention)|imprisoned|jailed|behind bars"
    r"|where is(?!.*\bfrom\b)|how is"
    r"|сейчас|теперь|ещ[её]|сегодня|жив\w*|мёртв\w*|умер\w*|на свободе|свобод[ае]н\w*|сидит"
    r"|в тюрьме|в заключении|освобо\w+|отпу\w+|выпу\w+|вышел|вышла|где"
    r"|қазір\w*|бүгін\w*|әлі\w*|тірі\w*|түрме\w*|босат\w*|бостанд\w*|қайда)\b",
    re.IGNORECASE,
)
# "its" and "their" are left out: they seldom mean a person spoken of before.
_PRONOUN = re.compile(
    r"\b(?:he|him|his|she|her|hers|он|его|него|ему|нему|ним|нём|нем|она|её|ее|неё|нее|ей|ней"
    r"|ол|оның|оған|оны|одан|онда)\b",
    re.IGNORECASE,
)

_WOMANS_SURNAME = re.compile(r"[ое]ва$|ина$", re.IGNORECASE)
_WOMAN = re.compile(
    r"\b(?:такая|она|гражданка|госпожа|г-жа|активистка|журналистка|её|ее)\b", re.IGNORECASE
)
_FRAGMENT = re.compile(r"^\W*(?:and|but|what about|how about|а|и|но|ал|және)\b", re.IGNORECASE)


def asks_for_demands(question: str) -> bool:
    """Return whether `question` asks what the Parliament demands, of whomever and on whatever."""
    return _DEMANDS.search(question) is not None


def topic_of_demands(question: str) -> str:
    """Return `question` without the words that make it one about demands.

    >>> topic_of_demands("What does the resolution demand on torture?")
    'What does the    on torture?'
    """
    return _DEMAND_WORDS.sub(" ", question)


def asks_for_everybody(question: str) -> bool:
    """Return whether `question` asks who is named, and not about somebody."""
    return _EVERYBODY.search(question) is not None


def without_frame(question: str) -> str:
    """Return `question` without the words that only say what kind of question it is."""
    return _NOW.sub(" ", topic_of_demands(question))


def asks_for_words_of(question: str, name: str) -> bool:
    """Return whether `question` asks what the person called `name` says or demands themselves.

    >>> asks_for_words_of("What did Julie Ward say about torture?", "Julie Ward")
    True
    """
    verbs = "say|said|tell|told|demand|write|written|think|want|claim|call|ask|state|argue"
    pattern = rf"\b(?:did|does|do|has|have)\s+(?:\w+\s+)?{re.escape(name)}\s+(?:{verbs})\b"
    return re.search(pattern, question, re.IGNORECASE) is not None


def is_about_nobody_named(question: str) -> bool:
    """Return whether `question` asks about "him" or "her" and nothing that says who that is."""
    return _PRONOUN.search(question) is not None and asks_for_now(question)


def may_be_woman(question: str, written: str, language: str) -> bool:
    """Return whether the surname `written` may be a woman's, and not a man's in the genitive.

    "Кто такая Бокаева?" asks about a woman, "дело Бокаева" about a man. Kazakh has no such case.
    """
    if not _WOMANS_SURNAME.search(written):
        return False
    return language == "kk" or _WOMAN.search(question) is not None


def asks_for_now(question: str) -> bool:
    """Return whether `question` asks how things stand with somebody today, or what came after."""
    return _NOW.search(question) is not None


def is_fragment(question: str) -> bool:
    """Return whether `question` only goes on from another: "And her children?", "А его дело?"."""
    return _FRAGMENT.search(question) is not None


def with_person(question: str, name: str) -> str | None:
    """Return `question` with `name` in place of its first "him" or "her"; None if it has none.

    >>> with_person("What did the UN say about him?", "Maks Bokayev")
    'What did the UN say about Maks Bokayev?'
    """
    named, count = _PRONOUN.subn(lambda _: name, question, count=1)
    return named if count else None
