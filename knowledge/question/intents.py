"""What a question wants beyond the nearest passage: what is said on a topic, where to read it, a
reason, a yes or no.
"""

import re

from knowledge.question.demand_words import topic_of_demands
from knowledge.words.text import matched

# Whom or what a question leaves aside: "Which incidents, besides the Abishev case, …?"
_ASIDE = re.compile(
    r"(?:^|[,(]) ?(?:besides|apart from|other than|aside from|in addition to|помимо|кроме"
    r"|не считая) [^,()?]+(?:[,)]|(?=\W*$))",
    re.IGNORECASE,
)
_KIND_OF_TEXT = (
    r"(?:resolution|documents?|texts?|articles?|reports?|page|резолюци\w+|документ\w*|текст\w*"
    r"|стать[яюией]\w*|доклад\w*|қарар\w*|құжат\w*|мәтін\w*|мақала\w*|баяндама\w*)"
)
# Where in a text to look, which its own words do not say: "at the end of the document".
_PLACE_IN_TEXT = re.compile(
    rf"\b(?:at|in) the (?:very )?(?:end|beginning|start|bottom|top) of the {_KIND_OF_TEXT}"
    rf"|\b[вн]а? (?:само[мй] )?(?:конце|начале) {_KIND_OF_TEXT}"
    rf"|\b{_KIND_OF_TEXT} (?:соңында|басында|аяғында)\w*",
    re.IGNORECASE,
)
# For what somebody asks, and what adds nothing: "and others", "for some reason".
_PURPOSE = re.compile(
    r"\bfor (?:my|our) (?:\w+ ){0,2}(?:papers?|thesis|essay|homework|presentation|seminar"
    r"|dissertation|article|assignment|class|project|studies|research|report|blog|newspaper)\b"
    r"|\bдля (?:мо(?:ей|его)|сво(?:ей|его)|наш(?:ей|его)) (?:\w+ )?(?:работы|статьи|доклада"
    r"|курсовой|диплома|реферата|диссертации|урока|проекта|исследования|репортажа|материала|газеты)\b"
    r"|\b(?:мақала|жұмыс|реферат|диплом|баяндама|зерттеу|сабағ|жоба)ы?(?:м|мыз) үшін\b"
    r"|\b(?:and others|и други(?:е|х|м|ми)|және басқалар\w*)(?=\W*(?:[?.!]|$))"
    r"|\bfor some reason\b|\b(?:почему|зачем|отчего)-то\b",
    re.IGNORECASE,
)
# A verb in two parts, with its object between them: "let Bokayev go", "lock them up".
_PARTED = re.compile(
    r"\b(lets?|letting|sets?|setting|lock(?:s|ed|ing)?|puts?|putting)"
    r"((?: (?!(?:and|or|that|who|to)\b)[^\s,;:.?!]+){1,4}?) (go|out|free|loose|up|away)\b",
    re.IGNORECASE,
)
_MORE_THAN_BEFORE = re.compile(
    r"\bare there (?:now )?more ((?:\w+ ){1,3})than (?:before|earlier|ever|previously)\b",
    re.IGNORECASE,
)
# What a question is about, if that is said before it: "and the EU, what is asked of them?"
_SAID_FIRST = re.compile(
    r"^\W*(?:(?:and|so|but) (?:what about |as for )?|(?:what about|as for|concerning|regarding) )"
    r"(?P<what>(?!(?:who|whom|whose|what|when|where|why|how|which|did|do|does|is|are|was|were|has"
    r"|have|can)\b)[^,?.;]+)[,?.;:] (?P<asked>.*?)"
    r"\b(?:them|him|her|(?<=of )it|(?<=from )it|(?<=about )it)\b(?P<rest>.*)$"
    r"|^\W*(?:[аи] (?:что )?(?:насч[её]т |касательно )?|(?:насч[её]т|касательно|что касается) )"
    r"(?P<o>(?!(?:кто|что|когда|где|почему|как|какой|какие|сколько)\b)[^,?.;]+)[,?.;:] "
    r"(?P<chto>.*?)\b(?:него|не[её]|них)\b(?P<dalshe>.*)$",
    re.IGNORECASE,
)
# Words that say only that somebody wants to know something, not what.
_FRAME = re.compile(
    r"\b(?:u|ur|abt|smth|sth|anything|something|everything|there|others|else|the rest"
    r"|info|information|news|in (?:what|which) (?:context|connection)"
    r"|details?|data|facts?|updates?|status|statements?|known?"
    r"|find out|found|look(?:ing)? for|search(?:ing)? for|learn|heard?|interested|biography|bio"
    r"|titles?|titled|entitled|название\w*|озаглав\w*|тақырыб\w*|атау\w*|imposed|applied|наложен\w*|введ[её]нн\w*|қойылған\w*|салынған\w*"
    r"|person|man|woman|written|wrote|reported|receiv\w+|kto|takoi|takoy|takaya|kim|turaly|chto|izvestno|pro"
    r"|в какой связи|в связи с чем|в каком контексте|приход(?:ит|ят)ся|ид[её]т"
    r"|going on|yes or no|да или нет|иә ме|жоқ па|or not|not yet|yet"
    r"|другие|других|остальны[ех]|информаци\w*|сведени\w*|новост\w*|данны[ех]|известно"
    r"|слышно|слышал\w*|пишут|пишет"
    r"|написано|написали|сообща\w+|упомин\w+|упомян\w+|знать|знае\w+|узнать|рассказ\w+"
    r"|подскаж\w+|ищу|найти|интересу\w+|хочу|хотел\w*|хотелось|можете|нужн\w+|что-нибудь|что-то"
    r"|что-либо|какие-нибудь|какая-нибудь|человек\w*|подробн\w+|истори\w+|ситуаци\w+|судьб\w+"
    r"|остал(?:ся|ась|ось|ись)|стало"
    r"|статус\w*|биографи\w*|получил[аи]?|называ\w+|кем является|дел[оаеу]|делом"
    r"|басқалар\w*|өзгелер\w*|ақпарат\w*|мәлімет\w*|хабар\w*|жаңалық\w*|біл(?:есі[зң]|гім"
    r"|у|ейін)\w*|айт(?!па|ылма)\w*|жазыл\w*"
    r"|шықты|әлде|аталған\w*|аталад\w*|аталып|қатысты|байланысты|ізде\w*|қызық\w*|керек|белгілі|тағдыр\w*|жағдай\w*|ісі\w*|мәселе\w*|адам|өмірбаян\w*"
    r"|деген(?: сөз)?|деп|ше|ал|болып кел\w+|name|called"
    r"|зовут|звать|имя|имена|фамили\w+|аты|есімі|do|done|doing|делать"
    r"|сделать|істе\w*|list|перечисл\w*|назов\w+|назван\w*|ата(?:ңыз\w*|шы)?|тізім\w*)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"^\W*what (?:(?:does|do|did) .{2,60}? (?:say|tell|mention|write|contain)s?(?: us"
    r"| anything)?|is (?:said|written|mentioned)"
    r"|information is there|can you tell me|is there)(?: in .{2,40}?)? (?:about|on"
    r"|regarding|concerning)"
    r"(?: the)? (?P<en>.+?)(?: in the (?:text|document|resolution|article))?\W*$"
    r"|^\W*(?:tell me|anything|something|what)(?: more)? about (?P<tell>.+?)\W*$"
    r"|^\W*(?:does|do|did) .{2,60}? (?:mention|speak (?:of|about)|talk about|discuss"
    r"|cover) (?P<does>.+?)\W*$"
    r"|^\W*что (?:там |ещё |еще |вообще )?(?:(?:в|во) (?:этой |этом )?\w+ )?"
    r"(?:(?:резолюция|документ|текст|статья|парламент"
    r"|европарламент|депутаты|мепы|они|он|она) )?(?:говор[ия]т(?:ся)?|сказан[оа]|сказал\w*"
    r"|написано|пишут|пишет|пишется|упомина\w+|упомянуто|известно)"
    r"(?: (?:в|во) (?:этой |этом )?\w+)? (?:об?|обо|про|насч[её]т|по поводу) (?P<ru>.+?)"
    r"(?: в (?:резолюции|документе|тексте|статье))?\W*$"
    r"|^\W*(?:(?:қарар\w*|құжат\w*|мәтін\w*|мақала\w*|онда|мұнда) )?(?P<kk>.+?)"
    r" (?:туралы|жайлы|жайында|жөнінде|қақында|хақында)"
    r"(?: (?:қарар|құжат|мәтін|мақала)\w*)? (?:не|нені)"
    r" (?:айт\w+|де(?:лінген|йді|ген|ді|лінеді)|жаз\w+|айтылады|белгілі)\W*$",
    re.IGNORECASE,
)
# Where to read something: a text that offers something to read has that verb.
_TO_READ = re.compile(
    r"^\W*(?:(?:where|how) (?:can|could|do|may|should|to)(?: (?:i|we|one|you))?"
    r" (?:(?:read|see|find|get|view|access|download|look up)(?: and read)?)"
    r"|(?:(?:is there|do you have|give me|send me) )?(?:an? |the )?(?:link to|url of)) (?:the )?"
    r"(?:(?:full|whole|entire|complete|original) )?(?P<en>.+?)\W*$"
    r"|^\W*(?:(?:есть(?: ли)? |дай\w* )?(?:ссылк[аиу] на)"
    r"|(?:где|как) (?:(?:я |мы )?(?:можно|могу|можем) )?(?:бы )?(?:по|про)?(?:читать|честь"
    r"|смотреть|найти|скачать|ознакомиться с)) (?:(?:полн|вес|оригинальн|сам)\w+ )?(?P<ru>.+?)"
    r"(?: есть| имеется| можно)?\W*$"
    r"|^\W*(?:толық )?(?P<kk>.+?) (?:қайдан|қай жерден) (?:оқ|таб|көр|жүкте)\w*"
    r"(?: (?:бола(?:ды)?|аламын|алам)(?: ма)?)?\W*$",
    re.IGNORECASE,
)
_READ = {"en": "read", "ru": "читать", "kk": "оқу"}
# "За что" and "what for" ask as often for a thing: what somebody voted for.
_WHY = re.compile(
    r"\b(?:why|for what reasons?|what (?:(?:is|was|were|are) the |\w+ )?(?:reasons?|grounds)"
    r"|what's the reason|on (?:what|which) (?:\w+ )?grounds|почему(?!-)|зачем(?!-)|отчего(?!-)"
    r"|по как\w+ причин\w+"
    r"|как\w+ причин\w+|на как\w+ основани\w+|неге(?! шақыр)|неліктен|не себепт\w+|қандай себеп\w*"
    r"|себебі не\w*)\b"
    # These ask for a reason where something is done to somebody.
    r"|\b(?:за что|не үшін)(?= .*(?:увол|арест|задерж|осуд|осужд|посад|преслед|запре|выгна|высла"
    r"|наказ|шығар|қама|тұтқын|сотта|қудала|тыйым|жазала|ұста|қу(?:ды|ып|ыл|ған)|босат))"
    r"|\bwhat (?:was|were|is|are) .*(?:dismiss|fir|sack|arrest|detain|expel|bann|jail|sentenc"
    r"|convict|punish)\w* for\b",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"^\W*(?:(?:so|and|but|well|then)\W+)?(?:is|are|was|were|do|does|did|has|have|had)(?:n't)?\s+"
    r"(?!you\b)|(?-i:\bли\b)|^\W*(?:это |а )?(?:правда|верно)\b|\b(?:ма|ме|ба|бе|па|пе)\b\W*$",
    re.IGNORECASE,
)


def topic_asked_about(question: str) -> str | None:
    """Return the topic if `question` asks for anything that is said on it; None if it does not.

    >>> topic_asked_about("What does the resolution say about women's rights?")
    "women's rights"
    """
    return matched(_ABOUT.search(question)) or None


def bare_of(question: str) -> str:
    """Return the words to look for if `question` only asks what is said on them, or where to read
    something; else all of it.

    >>> bare_of("What is said about torture?"), bare_of("Where can I read the report?")
    ('torture', 'read report')
    """
    if topic := topic_asked_about(question):
        return topic
    wish = _TO_READ.search(question)
    return f"{_READ[wish.lastgroup or 'en']} {wish[wish.lastindex or 0]}" if wish else question


def asks_why(question: str) -> bool:
    """Return whether `question` asks for a reason, and so takes for granted that there is one."""
    return _WHY.search(question) is not None


def asks_whether(question: str) -> bool:
    """Return whether `question` is to be answered yes or no, and so says itself what it asks."""
    return _WHETHER.search(question) is not None


def topical(question: str) -> str:
    """Return `question` without the words that only ask; "now" and "in prison" stay."""
    return _FRAME.sub(" ", topic_of_demands(question))


def without_what_is_left_aside(question: str) -> str:
    """Return `question` without what it leaves aside, for what it is asked and where in a text to
    look, unless nothing is left.

    What it says first goes where its pronoun stands, and the two parts of a verb go together.

    >>> without_what_is_left_aside("Who, apart from Bokayev, is named?")
    'Who is named?'
    >>> without_what_is_left_aside("Who wants to let Bokayev go?")
    'Who wants to let go Bokayev?'
    """
    rest = question
    for aside in (_ASIDE, _PLACE_IN_TEXT, _PURPOSE):
        rest = aside.sub(" ", rest)
    if said := _SAID_FIRST.match(rest):
        what, asked, end = (group for group in said.groups() if group is not None)
        rest = f"{asked}{what}{end}"
    rest = _MORE_THAN_BEFORE.sub(r"is there an increased number of \1", rest)
    rest = " ".join(_PARTED.sub(r"\1 \3\2", rest).split()).lstrip(",;: ")
    return rest if any(letter.isalpha() for letter in rest) else question
