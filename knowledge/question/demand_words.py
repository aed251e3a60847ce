"""Whether a question is about demands, and who it says makes them, of whom and on what."""

import re

from knowledge.words.text import matched

_NAMES = (
    r"european (?:parliament|mps|deputies|lawmakers|parliamentarians|politicians)|parliament"
    r"|europe(?= (?:asks?|demands?|wants?|calls?|urges?|requests?)\b)"
    r"|европа(?= (?:требует|просит|хочет|призывает)\b)"
    r"|europeans|ep|resolution|европейц\w*|европейск\w+ (?:парламент|депутат|политик)\w*"
    r"|европарламент\w*|парламент\w*|резолюци\w*|еуропарламент\w*|еуропалықтар\w*"
    r"|еуропа(?:лық)? парламент\w*|қарар\w*|депутаттар\w*"
)
_PARLIAMENT = rf"(?:the ep|{_NAMES}|meps?|депутат\w*|it|they|она?|они|ол(?:ар)?)"
_DEMAND = (
    r"(?:demand(?:s|ed|ing)?|ask(?:s|ed)?(?: for| of)?|call(?:s|ed)?(?: for| on| upon)?"
    r"|urg(?:e|es|ed)|insist(?:s|ed)?(?: on)?|request(?:s|ed)?|requires?|wants?|expect(?:s|ed)?"
    r"|encourag(?:e|es|ed)|добива\w+|требу\w+|требован\w+|хоч?ет|хотят|призыва\w+|призыв\w*|призва\w+|потребова\w+|прос[ия]т"
    r"|тала[пб]\w*(?: ет\w*)?|шақыр\w*|сұрай\w*)"
)
_MODAL = (
    r"(?:should|must|ought to|(?:has|have|needs?) to|is to|are to|supposed to"
    r"|должн\w*|следует|необходимо|надо|керек|тиіс|қажет)"
)
_LISTING = (
    r"(?:regarding|concerning|with (?:regard|respect) to|in (?:relation|connection) (?:to|with)"
    r"|things?|list|name|show|full|complete|do|done|перечисл\w*|назов\w+|назва\w+|покажи\w*|список|все|всех"
    r"|полн\w+|нуж(?:ен|н[аоы])|толық"
    r"|(?:(?:two|three|four|five|six|seven|eight|nine|ten|\d+) (?:people|persons|men|individuals))"
    r"|(?:сем[ьи]|семерых|семеро|\d+) (?:человек|людей|люди)|(?:жеті|\d+) адам\w*"
    r"|делать|сделать|according to|in the opinion of|по мнению|по словам|пікірінше|айтуынша"
    r"|тізім\w*|атаңыз\w*|ата|атап|барлық|істе\w*)"
)
_DEMANDS = re.compile(
    rf"(?:^\W*(?:what|who|whom|whose|which|how|and|что|кто|кого|кому|чей|чьи|кто-то|как"
    rf"|какие)\b[^.?]*"
    rf"\b{_MODAL}\b|\b(?:не|кім\w*|нені|қандай|кімнің|қалай)\b[^.?]*\b{_MODAL}\W*$"
    rf"|\b{_PARLIAMENT}\b.*\b{_DEMAND}\b|\b{_DEMAND}\b.*\b{_PARLIAMENT}\b"
    r"|\bdemands\b|\bis demanded\b|\bis (?:asked|expected|required|requested) (?:of|from)\b"
    r"|^\W*what (?:must|should) .+ do\W*$"
    r"|\b(?:is|are) .+ (?:asked|urged|called (?:up)?on|told) to do\b"
    r"|^\W*(?:что|чего|кого) (?:именно )?(?:требу(?:ют|ется|ет)|прос[ия]т|хотят)\b"
    r"|\b(?:не|нені|кімді) (?:талап ет(?:іл)?еді|сұралады|сұрайды)\b"
    r"|\bтребования\b|^\W*что должн\w+ .*делать\b|\bтала[пб]тар\w*|\bне істеуі керек\b)",
    re.IGNORECASE,
)
# Of whom a question says that demands are made: "of the EEAS", "urge Kazakhstan to do".
_ADDRESSEE = re.compile(
    r"\b(?:demand|ask|want|expect|requir|request)(?!(?:s|ations)\s+of\b)\w*\s+(?:of|from)\s+(?P<of>.+?)"
    r"(?:\s+(?:on|about|regarding|concerning|for|with|in|to)\b|\W*$)"
    r"|\b(?:call\w* (?:up)?on|urg(?:e|es|ed|ing)|encourag\w+|ask(?:s|ed|ing)?|request(?:s|ed)?)\s+"
    r"(?!(?:for|about|that|on|in|to|of|from|regarding|concerning|with|over"
    r"|as|something|anything|nothing|everything|it)\b)(?P<whom>.+?)(?:\s+(?:to|on|about)\b|\W*$)"
    rf"|\b{_PARLIAMENT} demands (?:of|from) (?P<from>.+?)(?:\s+(?:on|about|regarding|to)\b|\W*$)"
    r"|^\W*what (?:must|should) (?P<must>.+) do\W*$"
    r"|\b(?:is|are) (?P<asked>.+) (?:asked|urged|called (?:up)?on|told) to do\b"
    r"|\bdemands (?:\w+ ){0,5}?(?:(?:addressed|directed) )?(?:to|towards|at)"
    r" (?P<to>(?:the |(?-i:[A-Z])).+)"
    r"|\bтребовани\w+ (?:[^\W\d_]+ ){0,3}?к (?P<k>.+)"
    r"|\b(?:требу\w+|(?:по)?требова\w+|хо(?:чет|тят)|жд[её]т|ждут)\s+(?:\w+\s+)?от\s+(?P<ot>.+?)"
    r"(?:\s+(?:в связи|по поводу|насч[её]т|относительно|касательно|в отношении)\b.*|\W*$)"
    r"|\bприз(?:ыва(?:ет|ют|л\w*)|вал\w*)\s+"
    rf"(?!{_PARLIAMENT}\b|(?:\w+[оея] )?(?!власт|област)\w+(?:ть|ти|чь)(?:ся)?\b)(?P<kogo>.+?)"
    r"(?:\s+(?!власт|област|\w+ости\b)\w+(?:ть|ти)(?:ся)?\W*$|\s+(?:с?делать"
    r"|в отношении|по поводу|насч[её]т|относительно|касательно)\b.*|\W*$)"
    r"|^\W*что должн\w+ (?:\w+(?:ть|ти|чь)(?:ся)? )?(?P<dolzhny>.+?)"
    r"(?: с?делать)?(?: (?:на|по|об?|насч[её]т|относительно|во время|в отношении) .+)?\W*$"
    r"|^\W*что (?P<chto>(?!должн).+?) должн\w+ (?:с?делать|предпринять)\b"
    r"|\bталап\w*\s+(?P<talap>\w+(?:нан|нен|дан|ден|тан|тен))\b"
    r"|(?P<kimnen>\w+(?:нан|нен|дан|ден|тан|тен))\s+не(?:ні)?\s+талап\b"
    r"|(?P<kimge>\w+(?:ға|ге|қа|ке|на|не))\s+(?:(?:не|қандай)\s+)?талап\w*\s+қой\w*",
    re.IGNORECASE,
)
_DEMAND_WORDS = re.compile(rf"\b(?:{_PARLIAMENT}|{_DEMAND}|{_MODAL}|{_LISTING})\b", re.IGNORECASE)

# Who demands, by the question: "what does the DCK demand", "does the DCK want", but not "what is
# demanded of it".
_DEMANDER = re.compile(
    rf"^\W*(?:what|whom?) (?:does|do|did) (?P<en>.+?) {_DEMAND}\b"
    rf"|^\W*(?:что|чего) {_DEMAND} (?!(?:от|для|в|по|к|у|\w+(?:ть|ти|чь))\b)(?P<ru>[^?.,]+?)"
    r"(?: (?:от|для|в|по|у) .*)?\W*$"
    rf"|^\W*(?:что|чего|кого) (?P<rus>(?!именно|должн|и\b|из\b)[^?.,]+?) {_DEMAND}\b"
    r"|^\W*(?:does|do|did) (?P<whether>(?:the )?(?!any|some|they\b|it\b|we\b)\w+(?: \w+)?)"
    rf" {_DEMAND}\b"
    rf"|^\W*{_DEMAND} ли (?P<li>[^\W\d_]+(?: [^\W\d_]+)?)\b"
    r"|^\W*(?P<kk>[^?.,]+?)(?<![ндт][ае]н) (?:не|нені) (?:талап ет(?:еді|ті)|сұрай?ды)\W*$",
    re.IGNORECASE,
)
# No text says what is not demanded, though one may say what is "not mentioned".
_NOT_DEMANDED = re.compile(
    rf"\b(?:do|does|did) (?:\w+ ){{0,4}}not {_DEMAND}\b|\b(?:don't|doesn't|didn't) {_DEMAND}\b"
    r"|\bне (?:требу|хоч|хот|призыва|прос[ия]т)\w*|\b(?:талап етпе|шақырма|сұрама)\w+",
    re.IGNORECASE,
)


def asks_for_demands(question: str) -> bool:
    """Return whether `question` asks what the Parliament demands, of anybody and on any subject."""
    return _DEMANDS.search(question) is not None


def topic_of_demands(question: str) -> str:
    """Return `question` without the words that make it one about demands.

    >>> topic_of_demands("What does the resolution demand on torture?").split()
    ['What', 'does', 'the', 'on', 'torture?']
    """
    return _DEMAND_WORDS.sub(" ", question)


def addressee_of_demands(question: str) -> str | None:
    """Return of whom `question` says that the demands are made; None if it does not say.

    >>> addressee_of_demands("What does the EP demand of the EU Delegation?")
    'the EU Delegation'
    """
    whom = matched(_ADDRESSEE.search(question))
    return whom.strip(" ?!.") if whom else None


def demander(question: str) -> str | None:
    """Return who demands what `question` asks for; None if it does not say, or is the Parliament.

    >>> demander("What does the DCK demand?"), demander("What does the Parliament demand?")
    ('the DCK', None)
    """
    who = matched(_DEMANDER.search(question))
    is_parliament = re.search(rf"\b{_PARLIAMENT}\b", who, re.IGNORECASE) is not None
    return None if not who or is_parliament else who


def asks_for_what_is_not_demanded(question: str) -> bool:
    """Return whether `question` asks what somebody does not demand.

    >>> asks_for_what_is_not_demanded("Whom does the EP not want to be released?")
    True
    """
    return _NOT_DEMANDED.search(question) is not None
