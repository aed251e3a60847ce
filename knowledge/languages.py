"""Which language a text is written in, among those the bot speaks."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

SPOKEN = ("en", "ru", "kk")
"""The languages that the bot speaks, and `detect` tells apart."""

_LATIN = re.compile(r"[a-zA-Z]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_WORD = re.compile(r"[^\W\d_]+")
_KAZAKH_LETTER = re.compile(r"[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")
_KAZAKH_SHARE = 0.06  # of letters: a Kazakh name in a Russian question brings one or two
# Words of Kazakh questions as they are typed on a Russian keyboard.
_KAZAKH_WORD = re.compile(
    r"\b(?:кім|кімдер|деген|туралы|кандай|кайда|калай|канша|немене|болды|болган|айтылады|айтылган|айтады|рахмет|салем)\b"
    r"|\b(?:(?-i:ким)|ма|ме|ба|бе|па|пе)\W*$",
    re.IGNORECASE,
)


def detect(text: str) -> str:
    """Return "en", "ru" or "kk": the script decides, then Kazakh letters and words.

    Names say little, so the words that are no names decide the script: "Кто такой Maks Bokayev?"
    is Russian. A text without letters, or in another Latin script, counts as English.
    """
    words = _WORD.findall(text)
    small = [word for word in words if word[0].islower()]
    plain = small if len(words) == 2 and small else [*words[:1], *small]
    latin, cyrillic = _extent(_LATIN, plain), _extent(_CYRILLIC, plain)
    if cyrillic <= latin:
        return "en"
    letters = len(_CYRILLIC.findall(text))
    is_kazakh = len(_KAZAKH_LETTER.findall(text)) > letters * _KAZAKH_SHARE
    return "kk" if is_kazakh or _KAZAKH_WORD.search(text) else "ru"


def script(text: str) -> str:
    """Return the script of most letters of `text`, as Unicode calls it; "" if it has none.

    >>> script("بماذا يطالب المحامي؟")
    'ARABIC'
    """
    found = Counter(
        unicodedata.name(letter, "").split(" ")[0] for letter in text if letter.isalpha()
    )
    return found.most_common(1)[0][0] if found else ""


def _extent(script: re.Pattern[str], words: Sequence[str]) -> tuple[int, int]:
    """Return how many of `words` are of `script`, and then how many of their letters."""
    return sum(script.match(word) is not None for word in words), sum(
        len(script.findall(word)) for word in words
    )
