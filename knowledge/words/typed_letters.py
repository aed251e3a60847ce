"""Letters that a keyboard lacks, put back: Kazakh is often typed on a Russian one, кайда for қайда.

The letters around a letter tell which one was meant. `benchmarks/train_letters.py` learns that from
the texts of many documents. A line of `typed_letters.txt` has the letters around and with the one
in question as typed, with ^ and $ for the ends of the word; how many of them come before it; and
the letter meant. The longest context that fits decides. A line of `typed_language.txt` has three
letters, and the natural logarithm of how many times as often Kazakh so typed has them as Russian
does.
"""

import functools
import re
from collections.abc import Mapping
from pathlib import Path

LETTERS = str.maketrans("әғқңөұүһі", "агкноуухи")
"""Each letter that a Russian keyboard lacks, and the one typed for it."""
KAZAKH_LETTER = re.compile(f"[{''.join(map(chr, LETTERS))}]", re.IGNORECASE)
AROUND = ((0, 0), (0, 1), (1, 1), (1, 2), (2, 2), (2, 3), (3, 3), (4, 4), (6, 6), (8, 8))
"""The sizes of contexts: how many letters before and after a letter, the smallest first."""
_MARGIN = max(map(max, AROUND))
_WORD = re.compile(r"[^\W\d_]+")
_CERTAIN = 6.0  # natural logarithm of the odds that a text is Kazakh: 400 to 1
_IN_DOUBT = frozenset(map(chr, LETTERS.values()))


def typed(word: str) -> str:
    """Return `word`, in lower case, as it is typed on a Russian keyboard."""
    return word.translate(LETTERS)


def places(word: str) -> list[tuple[int, list[str]]]:
    """Return the places in `word`, as typed, whose letter may stand for another.

    Each comes with its contexts, of the sizes AROUND.
    """
    text = "^" * _MARGIN + word + "$" * _MARGIN
    return [
        (i, [text[i + _MARGIN - before : i + _MARGIN + after + 1] for before, after in AROUND])
        for i, letter in enumerate(word)
        if letter in _IN_DOUBT
    ]


def meant(word: str) -> str:
    """Return `word`, in lower case as typed on a Russian keyboard, with the letters it lacks.

    >>> meant("кайда")
    'қайда'
    """
    learned = _learned()
    letters = list(word)
    for place, contexts in places(word):
        letters[place] = next(
            (
                learned[context]
                for context in reversed(list(zip(AROUND, contexts, strict=True)))
                if context in learned
            ),
            letters[place],
        )
    return "".join(letters)


def trigrams(word: str) -> list[str]:
    """Return the trigrams of letters of `word`, with ^ and $ for its ends."""
    text = f"^{word}$"
    return [text[i : i + 3] for i in range(len(text) - 2)]


def is_kazakh(text: str) -> bool:
    """Return whether the words of `text` in lower case are Kazakh.

    They are if one has a letter that Russian lacks, or if their trigrams leave no doubt.
    """
    small = [word.replace("ё", "е") for word in _WORD.findall(text) if word.islower()]
    if any(typed(word) != word for word in small):
        return True
    odds = _log_odds()
    return sum(odds.get(trigram, 0.0) for word in small for trigram in trigrams(word)) > _CERTAIN


@functools.cache
def _log_odds() -> Mapping[str, float]:
    """Return the natural logarithm of the odds that a trigram is of Kazakh, not of Russian."""
    lines = Path(__file__).with_name("typed_language.txt").read_text("utf-8").splitlines()
    return {trigram: float(odds) for trigram, odds in map(str.split, lines)}


@functools.cache
def _learned() -> Mapping[tuple[tuple[int, int], str], str]:
    """Return the letter meant, by the size of a context and the context itself."""
    lines = Path(__file__).with_name("typed_letters.txt").read_text("utf-8").splitlines()
    letters = {}
    for line in lines:
        context, before, letter = line.split()
        letters[(int(before), len(context) - int(before) - 1), context] = letter
    return letters
