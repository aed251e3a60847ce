"""What sets questions apart that are alike in all other words: a denial, who did it and to whom,
and whose parliament it is.

To an encoder "who spoke against her?" is as near as can be to "who spoke up for her?", and "whom
did she hit?" to "who hit her?".
"""

import re

from knowledge.name_words import is_a
from knowledge.names import keys

# Denials, and verbs and feelings that are one, by the language of the question; what is opposed.
_DENIES = {
    "en": re.compile(
        r"\b(?:not|no|nor|never|nobody|none|nothing|nowhere|neither|without|cannot|unable"
        r"|fail(?:s|ed|ing|ure)?|refus(?:e|es|ed|ing|al)|den(?:y|ies|ied|ying|ial)"
        r"|omit(?:s|ted)?|forg[eo]t(?:s|ten)?|lack(?:s|ed|ing)?|miss(?:es|ed|ing)?|skip(?:s|ped)?"
        r"|silent|absent|left out|leaves? out|unhappy|disappoint\w+|dissatisf\w+|displeas\w+)\b"
        r"|n['’]t\b",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"\b(?:не|нет|ни|без|нельзя|никто|никого|никому|никогда|ничего|отсутств\w+|отказ\w+"
        r"|\w*м[ао]лч\w+|забы\w+|пропу[сщ]\w+|наруш\w+|недовол\w+|разочар\w+|огорч\w+)\b",
        re.IGNORECASE,
    ),
    "kk": re.compile(
        r"\b(?:емес\w*|жоқ\w*|еш\w*|бұз\w+|көңілі қал\w+|үнсіз\w*"
        r"|\w+[мбп][ае](?:д[ыі]\w*|й|йды|йді|са|се|[ғг][ае]н\w*|йтын|йтін|с))\b",
        re.IGNORECASE,
    ),
}
_OPPOSES = re.compile(r"\b(?:against|oppos\w+|против|қарсы)\b", re.IGNORECASE)
# Those of whom a clause tells who they are: "people who cannot travel", "тех, кто сидит".
_RELATIVE = (
    r"(?<!people )(?<!person )(?<!those )(?<!one )(?<!man )(?<!men )(?<!woman )(?<!women )"
    r"(?<!anyone )(?<!anybody )(?<!someone )(?<!somebody )(?<!everyone )(?<!everybody )"
    r"(?<!те, )(?<!тех, )(?<!тем, )(?<!теми, )(?<!тот, )(?<!того, )(?<!всех, )(?<!все, )"
)
_PART = re.compile(
    rf"\b{_RELATIVE}(?:"
    r"(?P<by>by whom|кем (?:был[аио]? )?\w+[нт][аоы]?(?=\W)|кіммен)"
    r"|(?P<whose>whose|чей|чья|чь[еёию]|чьего|чьих|кімнің)"
    r"|(?P<whom>whom|who (?:do|does|did)(?! not\b|n['’]t\b)|кого|кому|о ком|кімді|кімге|кімнен)"
    r"|(?P<who>who|кто|кем|кім))\b",
    re.IGNORECASE,
)
_INSTITUTION = re.compile(
    r"\b(?:(?P<parliament>parliament\w*|deput(?:y|ies)|mps?|lawmakers?|senat\w+|ma[zj]h?ilis"
    r"|парламент\w*|депутат\w*|сенат\w*|мажилис\w*|мәжіліс\w*)"
    r"|(?P<government>governments?|authorit(?:y|ies)|правительств\w*|власт\w+|үкімет\w*"
    r"|билі[кг]\w*)|(?P<court>courts?|судь?\w{0,3}|сот\w*))\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(\w+?)(?:['’]s)?\W{1,2}$")
_AFTER = re.compile(r" (?:of |in )?(\w+)")
_OF_EUROPE = {"eu", "es", "euro", "evro", "euop"}
_KNOWN_BY = 4  # letters of a place and of its people: kaza-khstan, kaza-khskogo


def denials(question: str, language: str) -> frozenset[str]:
    """Return how `question`, in `language`, denies what it speaks of: not, against.

    >>> sorted(denials("Who did not speak against her?", "en"))
    ['against', 'not']
    """
    denies = _DENIES.get(language)
    is_denied = denies is not None and denies.search(question) is not None
    kinds = {"not": is_denied, "against": _OPPOSES.search(question) is not None}
    return frozenset(kind for kind, is_so in kinds.items() if is_so)


def part_asked(question: str) -> str:
    """Return which part somebody had whom `question` asks for: who, whom, whose or by.

    Nothing if it asks for nobody.

    >>> part_asked("Who hit Anna?"), part_asked("Who did Anna hit?"), part_asked("Кого она избила?")
    ('who', 'whom', 'whom')
    """
    found = _PART.search(question)
    return (found.lastgroup or "") if found else ""


def institutions_of_places(text: str) -> frozenset[tuple[str, str]]:
    """Return the parliaments, governments and courts of which `text` says whose they are, each with
    how the name of that place or people begins; of Europe's, of which resolutions are, none.

    >>> institutions_of_places("What did the Kazakh government promise the European Parliament?")
    frozenset({('government', 'kaza')})
    """
    found = set()
    for institution in _INSTITUTION.finditer(text):
        before, after = text[: institution.start()], text[institution.end() :]
        for beside in (_BEFORE.search(before), _AFTER.match(after)):
            if beside and (is_a(beside[1], "places") or is_a(beside[1], "peoples")):
                found.add((institution.lastgroup or "", keys(beside[1])[0][:_KNOWN_BY]))
                break
    return frozenset((kind, place) for kind, place in found if place not in _OF_EUROPE)
