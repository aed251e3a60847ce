"""Misspelled words of a question, put right by the words of the documents and the field."""

from collections.abc import Callable, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.lexical import terms, words

_SHORTEST = 4  # letters; a shorter word is near too many
_LONG = 8  # letters from which two mistakes are forgiven


class Spelling:
    """Words of one language that a misspelled one may be meant for."""

    def __init__(self, known: Iterable[str], language: str) -> None:
        """Take `known` words, the likeliest first."""
        self._language = language
        self._by_stem: dict[str, str] = {}
        for text in known:
            for word in words(text):
                if len(word) >= _SHORTEST and not word[0].isdigit():
                    self._by_stem.setdefault(word, word)
                    self._by_stem.setdefault(self._stem(word), word)
        self._stems = tuple(self._by_stem)

    def mended(self, text: str, is_word: Callable[[str], bool]) -> str:
        """Return `text` with what is no word put right, where one word is near enough.

        `is_word` says what is one, in lower case, though it is not known here.
        """
        return " ".join(self._mended_word(word, is_word) for word in text.split())

    def _mended_word(self, written: str, is_word: Callable[[str], bool]) -> str:
        found = words(written)
        word = found[0] if len(found) == 1 else ""
        if len(word) < _SHORTEST or not word.isalpha() or word in self._by_stem or is_word(word):
            return written
        stem = self._stem(word)
        if stem in self._by_stem:
            return written
        near = [
            (distance, candidate)
            for query in {word, stem}
            for candidate, distance, _ in process.extract(
                query,
                self._stems,
                scorer=OSA.distance,
                score_cutoff=2 if len(query) >= _LONG else 1,
                limit=3,
            )
            if candidate[0] == query[0] or len(query) > _SHORTEST
        ]
        return self._by_stem[min(near)[1]] if near else written

    def _stem(self, word: str) -> str:
        return terms(word, self._language)[0]
