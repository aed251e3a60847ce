"""Letters that a keyboard lacks, put back: Kazakh is often typed on a Russian one, кайда for қайда.

Which letter was meant is told by those around it. `benchmarks/train_letters.py` learns that from
the texts of many documents: `typed_letters.txt` has on each line how a place is typed, a word's
ends as ^ and $, how many of its letters stand before the one in question, and what that one is.
The longest that fits decides. `typed_language.txt` has three letters and the natural logarithm of
how much oftener Kazakh so typed has them than Russian.
"""

import functools
import re
from collections.abc import Mapping
from pathlib import Path

LETTERS = str.maketrans("әғқңөұүһі", "агкноуухи")
"""Letters that are typed as others."""
AROUND = ((0, 0), (0, 1), (1, 1), (1, 2), (2, 2), (2, 3), (3, 3), (4, 4), (6, 6), (8, 8))
"""Letters before and after one that may tell what it is."""
_MARGIN = max(map(max, AROUND))
_WORD = re.compile(r"[^\W\d_]+")
_CERTAIN = 6.0  # natural logarithm of the odds that a text is Kazakh: 400 to 1
_IN_DOUBT = frozenset(map(chr, LETTERS.values()))


def typed(word: str) -> str:
    """Return `word`, in lower case, as it is typed without the letters in question."""
    return word.translate(LETTERS)


def places(word: str) -> list[tuple[int, list[str]]]:
    """Return where a letter of `word`, as it is typed, may stand for another, with what is around
    each: the more letters the later.
    """
    text = "^" * _MARGIN + word + "$" * _MARGIN
    return [
        (i, [text[i + _MARGIN - before : i + _MARGIN + after + 1] for before, after in AROUND])
        for i, letter in enumerate(word)
        if letter in _IN_DOUBT
    ]


def meant(word: str) -> str:
    """Return `word`, typed in lower case without the letters in question, with them.

    >>> meant("кайда")
    'қайда'
    """
    known = _learned()
    found = list(word)
    for place, around in places(word):
        found[place] = next(
            (
                known[one]
                for one in reversed(list(zip(AROUND, around, strict=True)))
                if one in known
            ),
            found[place],
        )
    return "".join(found)


def threes(word: str) -> list[str]:
    """Return each three letters of `word` in a row, its ends as ^ and $."""
    text = f"^{word}$"
    return [text[i : i + 3] for i in range(len(text) - 2)]


def is_kazakh(text: str) -> bool:
    """Return whether the words of `text` in small letters are Kazakh: one has a letter in question,
    or they are, beyond doubt, typed without.
    """
    small = [word.replace("ё", "е") for word in _WORD.findall(text) if word.islower()]
    if any(typed(word) != word for word in small):
        return True
    telling = _telling()
    return sum(telling.get(one, 0.0) for word in small for one in threes(word)) > _CERTAIN


@functools.cache
def _telling() -> Mapping[str, float]:
    lines = Path(__file__).with_name("typed_language.txt").read_text("utf-8").splitlines()
    return {three: float(odds) for three, odds in map(str.split, lines)}


@functools.cache
def _learned() -> Mapping[tuple[tuple[int, int], str], str]:
    lines = Path(__file__).with_name("typed_letters.txt").read_text("utf-8").splitlines()
    found = {}
    for line in lines:
        around, before, letter = line.split()
        found[(int(before), len(around) - int(before) - 1), around] = letter
    return found
