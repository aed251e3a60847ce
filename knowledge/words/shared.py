"""The words of many documents, each held once, and which of them each document has.

A set of strings for every document would take more room than all of its other words and vectors.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

_LAST = chr(0x10FFFF)  # comes after all letters
_Numbers = NDArray[np.int32]
_NONE: _Numbers = np.empty(0, np.int32)


@dataclass(frozen=True, slots=True)
class SharedWords:
    """Those of `_words`, which are in order, that have the numbers `_own`, in order too.

    `_of_each` has, by document, the numbers of its words.
    """

    _words: Sequence[str]
    _own: _Numbers
    _of_each: Mapping[str, _Numbers] = field(default_factory=dict)

    def within(self, document: str) -> "SharedWords":
        """Return the words of `document`; none if nothing was added for it."""
        return SharedWords(self._words, self._of_each.get(document, _NONE))

    def __contains__(self, word: str) -> bool:
        """Return whether `word` is one of these."""
        place = bisect_left(self._words, word)
        is_known = place < len(self._words) and self._words[place] == word
        return is_known and self._has(place, place + 1)

    def has_beginning(self, beginning: str) -> bool:
        """Return whether one of these words begins with `beginning`."""
        return self._has(
            bisect_left(self._words, beginning), bisect_left(self._words, beginning + _LAST)
        )

    def __iter__(self) -> Iterator[str]:
        """Yield these words, in order."""
        return (self._words[number] for number in self._own)

    def _has(self, start: int, end: int) -> bool:
        """Return whether a word with a number from `start` to `end`, exclusive, is one of these."""
        place = int(np.searchsorted(self._own, start))
        return place < len(self._own) and self._own[place] < end


class WordsOfEach:
    """Words as they are read, document by document."""

    def __init__(self) -> None:
        """Start without words."""
        self._numbers: dict[str, int] = {}
        self._of_each: dict[str, set[int]] = {}

    def add(self, document: str, words: Iterable[str]) -> None:
        """Add `words` of `document`."""
        numbers = self._numbers
        own = self._of_each.setdefault(document, set())
        own.update(numbers.setdefault(word, len(numbers)) for word in words)

    def shared(self) -> SharedWords:
        """Return all words that were added."""
        words = sorted(self._numbers)
        places = np.empty(len(words), np.int32)
        places[[self._numbers[word] for word in words]] = np.arange(len(words), dtype=np.int32)
        of_each = {key: np.sort(places[list(own)]) for key, own in self._of_each.items()}
        return SharedWords(words, np.arange(len(words), dtype=np.int32), of_each)
