"""Misspelled words of a question, put right by the words of the documents and the field."""

import functools
from collections.abc import Callable, Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.glossary import Glossary
from knowledge.lexical import stop_words, terms, words

_SHORTEST = 4  # letters; a shorter word is near too many
_LONG = 8  # letters from which two mistakes are forgiven


class Spelling:
    """Words of one language that a misspelled one may be meant for."""

    def __init__(self, known: Iterable[str], glossary: Glossary, language: str) -> None:
        """Take `known` words, and after them, as less likely, those of the field in `glossary`."""
        self._language = language
        own, of_field = _by_stem(known, language), _of_field(glossary, language)
        self._by_stem = own | {stem: of_field[stem] for stem in of_field if stem not in own}
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
        stem = _stem(word, self._language)
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


@functools.lru_cache(maxsize=12)
def _of_field(glossary: Glossary, language: str) -> Mapping[str, str]:
    """Return the words of `glossary` and those without meaning, which every build needs again."""
    of_glossary = (text for term in glossary.terms for text in term.equivalents(language))
    return _by_stem((*sorted(stop_words(language)), *of_glossary), language)


def _by_stem(texts: Iterable[str], language: str) -> dict[str, str]:
    """Return the first word of each form and each stem in `texts`."""
    found: dict[str, str] = {}
    for text in texts:
        for word in words(text):
            if len(word) >= _SHORTEST and not word[0].isdigit():
                found.setdefault(word, word)
                found.setdefault(_stem(word, language), word)
    return found


def _stem(word: str, language: str) -> str:
    return terms(word, language)[0]
