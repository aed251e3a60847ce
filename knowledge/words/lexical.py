"""Words of a text as search compares them, and BM25 over them, scaled to [0, 1].

A language with a Snowball stemmer is compared by stems; one without, such as Kazakh, by words and
their 4-grams of letters, since its endings pile up after a stem that no list has.
"""

import functools
import math
import re
import unicodedata
from array import array
from collections.abc import Sequence

import bm25s
import numpy as np
import Stemmer
from numpy.typing import NDArray

from knowledge.languages import by_language
from knowledge.words.numbers import plainly

_WORD = re.compile(r"(?<![\d.])\d+\.\d+(?![\d.])|\w+(?:['’]\w+)*")
_SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french",
    "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
# English words that would count as forms of "author": they have its stem, or begin with it.
_APART = dict.fromkeys(("authority", "authorities", "authority's"), "autority") | {
    f"authori{letter}{ending}": "autoris"
    for letter in "sz"
    for ending in ("e", "es", "ed", "ing", "ation")
}
YO = str.maketrans("ёЁ", "еЕ")
"""A letter, and the one that Russian may write in its place."""
_GRAM = 4  # letters; measured on KazQAD beside 3 and 5
K1, B = 1.2, 0.75  # Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009


def words(text: str, language: str | None = None) -> list[str]:
    """Return the words of `text` in order, in lower case, with ё as е and straight apostrophes.

    A number is one word, spelled as `numbers.plainly` spells it; a date in figures becomes words of
    `language`.
    """
    return _WORD.findall(_folded(text, language).lower())


def cased_words(text: str, language: str | None = None) -> list[str]:
    """Return the words of `text` as `words` does, but keep their capitals."""
    return _WORD.findall(_folded(text, language))


def _folded(text: str, language: str | None) -> str:
    text = plainly(text, language)
    return unicodedata.normalize("NFKC", text).translate(YO).replace("’", "'")


def stems(words: list[str], language: str) -> list[str]:
    """Return the stem of each of `words`, in lower case; the word where there is no stemmer."""
    stemmer = _stemmer(language)
    if stemmer is None:
        return words
    stemmed = stemmer.stemWords(words)
    if language != "en":
        return list(stemmed)
    return [_APART.get(word, stem) for word, stem in zip(words, stemmed, strict=True)]


def is_meaningful(word: str, language: str) -> bool:
    """Return whether `word`, in lower case, carries meaning, as "what" and "the" do not."""
    return word not in _stop_words(language)


def terms(text: str, language: str | None) -> list[str]:
    """Return the terms by which `text` is compared: its stems in `language`.

    Where there is no stemmer, or no language, they are its words and their 4-grams of letters.
    """
    text_words = words(text, language)
    if language and _stemmer(language) is not None:
        return stems(text_words, language)
    return [term for word in text_words for term in _grams(word)]


def content_terms(text: str, language: str) -> list[str]:
    """Return the distinct stems of the words of `text` that carry meaning, in order.

    Words such as "what", "does" and "the" carry none. Without a stemmer these are the words.
    """
    stop = _stop_words(language)
    kept = [word for word in words(text, language) if word not in stop]
    return list(dict.fromkeys(stems(kept, language)))


def stop_words(language: str) -> frozenset[str]:
    """Return the words of `language` that carry no meaning; empty if it has no list of them."""
    return _stop_words(language)


class LexicalIndex:
    """BM25 over texts of one language; rows are numbered in the order given."""

    def __init__(self, texts: Sequence[str], language: str | None) -> None:
        """Index the `terms` of `texts`, of which there must be at least one, in `language`."""
        numbers: dict[str, int] = {}
        corpus = [
            array("i", (numbers.setdefault(term, len(numbers)) for term in terms(text, language)))
            for text in texts
        ]
        self._language = language
        self._rows = len(corpus)
        self._numbers = numbers
        self._bm25 = bm25s.BM25(method="lucene", k1=K1, b=B)
        self._bm25.scores = self._bm25.build_index_from_ids(
            list(range(len(numbers))), corpus, show_progress=False
        )
        self._frequency = np.diff(self._bm25.scores["indptr"])  # of texts that have each term

    def scores(self, query: str) -> NDArray[np.float32]:
        """Return the BM25 score of every row, shape (rows,), as a share of its bound for `query`.

        The bound is the sum of the weights of all terms of `query`, whether rows have them or not:
        a row that repeated every term without end would score 1. So a score does not depend on how
        well other rows do.
        """
        query_terms = terms(query, self._language)
        bound = sum(self.weight(term) for term in query_terms)
        known = [self._numbers[term] for term in query_terms if term in self._numbers]
        if not known:
            return np.zeros(self._rows, np.float32)
        scores: NDArray[np.float32] = self._bm25.get_scores_from_ids(known)
        return scores / np.float32(bound)

    def weight(self, term: str) -> float:
        """Return the inverse document frequency of `term`, as Lucene defines it: never negative."""
        number = self._numbers.get(term)
        frequency = 0 if number is None else int(self._frequency[number])
        return math.log(1 + (self._rows - frequency + 0.5) / (frequency + 0.5))


def _grams(word: str) -> list[str]:
    return [word, *(word[i : i + _GRAM] for i in range(len(word) - _GRAM + 1) if len(word) > _GRAM)]


@functools.cache
def _stemmer(language: str) -> Stemmer.Stemmer | None:
    name = _SNOWBALL.get(language)
    return Stemmer.Stemmer(name) if name else None


@functools.cache
def _stop_words(language: str) -> frozenset[str]:
    lists = by_language("stop_words").get(language)
    return frozenset(lists["words"].split()) if lists else frozenset()
