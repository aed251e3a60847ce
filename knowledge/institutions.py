"""Whose parliament, government or court a text speaks of."""

import re

from knowledge.name_words import is_a
from knowledge.names import keys

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
