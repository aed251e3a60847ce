"""Rows found by vector and by word, and the arrays in memory that hold them.

A row is a text in parts, such as a passage in sentences; what it stands for is the caller's
business. The passages for the trained reader and the offers under a "no" are found here; the search
by rules has arrays of its own (`knowledge/search/retrieval.py`).

Where rows no longer fit in memory, a database can take the place of the arrays: in PostgreSQL, for
example, `closest` is one query over the vectors of pgvector and the words of the text search.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from embeddings.index import ExactIndex, Hit, Vectors

_FUSION = 60  # added to ranks: reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009)

Rows = NDArray[np.intp]
Scores = NDArray[np.float32]


class Store(Protocol):
    """Finds rows, which are numbered in the order in which they were put in."""

    def closest(
        self, query: Vectors, text: str, language: str, count: int, among: Rows | None = None
    ) -> Rows:
        """Return the `count` rows nearest in meaning and in words, best first; ties go to the
        lower row.

        `query` is the unit vector of the query; its `text` is compared with rows in its `language`.
        `among` are the rows to choose from, in order; None for all.
        """

    def nearest(self, query: Vectors, count: int, among: Rows | None = None) -> list[Hit]:
        """Return the `count` rows that have the parts nearest to `query`, best first; ties go to
        the lower row.

        The similarity of a row is that of its nearest part, as in `ExactIndex`.
        """


class Words(Protocol):
    """The words of some rows, such as a `LexicalIndex` has them."""

    def scores(self, query: str) -> Scores:
        """Return how well each row fits the words of `query`, shape (rows,); 0 is not at all."""


class ArrayStore:
    """A `Store` in memory, which looks at every row."""

    def __init__(
        self,
        rows: Vectors,
        parts: Vectors,
        counts: Sequence[int],
        words: Mapping[str, tuple[Rows, Words]],
        unrelated: float = 0.0,
    ) -> None:
        """Take the unit vectors of `rows`, shape (rows, dimensions), and of their `parts`, shape
        (parts, dimensions).

        `counts` says how many parts, in a row, each row has: at least one. `words` has, by
        language, the rows in it and their words. `unrelated` is as in `ExactIndex`.
        """
        self._of_rows = ExactIndex(rows, unrelated)
        self._of_parts = ExactIndex(parts, unrelated)
        self._first = np.concatenate(([0], np.cumsum(counts))).astype(np.intp)
        self._words = words

    def closest(
        self, query: Vectors, text: str, language: str, count: int, among: Rows | None = None
    ) -> Rows:
        """Return the `count` rows nearest in meaning and in words, best first.

        They have the highest sums of reciprocal ranks: by the vector of the row, by the nearest of
        its parts, and by its words.
        """
        rows = self._all() if among is None else among
        if not len(rows):
            return rows
        parts, begins = self._parts_of(rows)
        fused = _reciprocal_ranks(self._of_rows.similarities(query, rows))
        similarities = self._of_parts.similarities(query, parts)
        fused += _reciprocal_ranks(np.maximum.reduceat(similarities, begins))
        # Rows in another language have no rank by words; their other two ranks count for three.
        words = self._word_scores(text, language)[rows]
        is_said = words >= 0
        fused[is_said] += _reciprocal_ranks(words[is_said])
        fused[~is_said] *= 1.5
        return rows[np.argsort(-fused, kind="stable")[:count]]

    def nearest(self, query: Vectors, count: int, among: Rows | None = None) -> list[Hit]:
        """Return the `count` rows that have the parts nearest to `query`, best first."""
        rows = self._all() if among is None else among
        similarities = self._of_parts.similarities(query, np.arange(self._first[-1]))
        of_rows = np.maximum.reduceat(similarities, self._first[:-1])[rows]
        best = np.argsort(-of_rows, kind="stable")[:count]
        return [Hit(int(rows[i]), float(of_rows[i])) for i in best]

    def _all(self) -> Rows:
        return np.arange(len(self._first) - 1)

    def _parts_of(self, rows: Rows) -> tuple[Rows, Rows]:
        """Return the numbers of the parts of `rows`, and where those of each row begin."""
        counts = self._first[rows + 1] - self._first[rows]
        begins: Rows = np.cumsum(counts) - counts
        return np.repeat(self._first[rows] - begins, counts) + np.arange(counts.sum()), begins

    def _word_scores(self, text: str, language: str) -> Scores:
        """Return how well each row fits the words of `text`; -1 for one in another language."""
        scores = np.full(len(self._first) - 1, -1, np.float32)
        if language in self._words:
            rows, words = self._words[language]
            scores[rows] = words.scores(text)
        return scores


def _reciprocal_ranks(scores: Scores) -> NDArray[np.float64]:
    """Return 1 / (60 + rank) by `scores`, whose highest has the rank 1; ties go to the first."""
    ranks = np.empty(len(scores))
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return 1 / (_FUSION + ranks)
