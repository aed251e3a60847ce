"""What a question about demands says: that it is one, and on what."""

import re

_NAMES = (
    r"european (?:parliament|mps|deputies|lawmakers|parliamentarians|politicians)|parliament"
    r"|europe(?= (?:asks?|demands?|wants?|calls?|urges?|requests?)\b)"
    r"|европа(?= (?:требует|просит|хочет|призывает)\b)"
    r"|europeans|ep|resolution|европейц\w*|европейск\w+ (?:парламент|депутат|политик)\w*"
    r"|европарламент\w*|парламент\w*|резолюци\w*|еуропарламент\w*|еуропалықтар\w*"
    r"|еуропа(?:лық)? парламент\w*|қарар\w*|депутаттар\w*"
)
_PARLIAMENT = rf"(?:the ep|{_NAMES}|meps?|депутат\w*|it|they|она?|они|ол(?:ар)?)"
_PARLIAMENT_BY_NAME = rf"(?:the )?(?:{_NAMES}|meps|(?:евро)?депутат(?:ы|ов|ам|ами))"
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
_DEMAND_WORDS = re.compile(rf"\b(?:{_PARLIAMENT}|{_DEMAND}|{_MODAL}|{_LISTING})\b", re.IGNORECASE)
# What its members do, the Parliament does; what is written to Brussels, is written to it.
_MEMBERS = (
    (
        re.compile(
            r"\b((?:writ|wrote|letter|appeal|complain|petition|addressed)\w*"
            r"(?: \S+){0,6}? to) Brussels\b"
        ),
        r"\1 the European Parliament",
    ),
    (
        re.compile(
            r"\b((?:пис|напис|обра[тщ]|жалоб|жалова|пожалова)\w*(?: \S+){0,6}?) в Брюссель\b"
        ),
        r"\1 в Европарламент",
    ),
    (re.compile(r"\bБрюссельге(?=(?: \S+){0,6} (?:жаз|жібер|жолда)\w*)"), "Еуропарламентке"),
    (re.compile(r"(?:\bthe )?\b(?:MEPs|deputies|lawmakers|EP)\b"), "the European Parliament"),
    (re.compile(r"\b(?:евро)?депутат(?:ы|ов|ам|ами|ах)\b", re.IGNORECASE), "Европарламент"),
    (re.compile(r"\b(?:еуро)?депутаттар\w*", re.IGNORECASE), "Еуропарламент"),
)
_MEMBERS_ASKED = re.compile(
    r"\b(?:how many|which|who|whose|names?|number|сколько|кто|кого|каки[ех]|имена|чьи|қанша|неше"
    r"|қай|қандай|кім\w*)\s(?:\w+\s){0,2}(?:MEPs|deputies|lawmakers|(?:евро|еуро)?депутат)",
    re.IGNORECASE,
)
_OF_PARLIAMENT = re.compile(
    rf"\bwhat (?:does|do|did) {_PARLIAMENT_BY_NAME} {_DEMAND}\b"
    rf"|\b(?:что|чего) (?:именно )?{_DEMAND} {_PARLIAMENT_BY_NAME}\b"
    rf"|\b(?:что|чего) {_PARLIAMENT_BY_NAME} {_DEMAND}\b"
    rf"|\b{_PARLIAMENT_BY_NAME} (?:\w+ )?(?:не|нені) {_DEMAND}\b",
    re.IGNORECASE,
)


def asks_for_demands(question: str) -> bool:
    """Return whether `question` asks what the Parliament demands, of whomever and on whatever."""
    return _DEMANDS.search(question) is not None


def topic_of_demands(question: str) -> str:
    """Return `question` without the words that make it one about demands.

    >>> topic_of_demands("What does the resolution demand on torture?").split()
    ['What', 'does', 'the', 'on', 'torture?']
    """
    return _DEMAND_WORDS.sub(" ", question)


def is_demand_of_parliament(question: str) -> bool:
    """Return whether `question` asks what the Parliament demands, which it calls by name."""
    return _OF_PARLIAMENT.search(question) is not None


def with_parliament(question: str) -> str:
    """Return `question` with the Parliament in place of its members, unless it asks for some.

    >>> with_parliament("What ban did the MEPs condemn?")
    'What ban did the European Parliament condemn?'
    """
    if _MEMBERS_ASKED.search(question):
        return question
    for members, parliament in _MEMBERS:
        question = members.sub(parliament, question)
    return question
