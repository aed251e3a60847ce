"""Rows found by vector and by word, and the arrays in memory that hold them.

A row is a text in parts, such as a passage in sentences; what it stands for is the caller's
business. The passages for the trained reader and the offers under a "no" are found here; the search
by rules has indices of its own over the same arrays (`knowledge/search/retrieval.py`).

Where rows no longer fit in memory, a database can take the place of the arrays: in PostgreSQL, for
example, `closest` is one query over the vectors of pgvector and the words of the text search.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of one language, in order.

    `vectors` are the unit vectors of the `rows`, shape (rows, dimensions), those of `parts` have
    the shape (parts, dimensions). `counts` says how many parts, in a row, each row has: at least
    one. `words` are those of the rows.
    """

    language: str
    rows: Rows
    vectors: Vectors
    parts: Vectors
    counts: Sequence[int]
    words: Words


class ArrayStore:
    """A `Store` in memory, which looks at every row."""

    def __init__(self, blocks: Sequence[Block], unrelated: float = 0.0) -> None:
        """Take all rows, in `blocks`. `unrelated` is as in `ExactIndex`."""
        self._blocks = [_Indexed(block, unrelated) for block in blocks]
        self._count = sum(len(block.rows) for block in blocks)

    def closest(
        self, query: Vectors, text: str, language: str, count: int, among: Rows | None = None
    ) -> Rows:
        """Return the `count` rows nearest in meaning and in words, best first.

        They have the highest sums of reciprocal ranks: by the vector of the row, by the nearest of
        its parts, and by its words.
        """
        rows = np.arange(self._count) if among is None else among
        of_rows, of_parts = np.empty((2, len(rows)), np.float32)
        words = np.full(len(rows), -1, np.float32)  # of a row in another language
        for block, places, own in self._among(among):
            of_rows[places] = block.similarities(query, own)
            of_parts[places] = block.similarities_of_parts(query, own)
            if block.language == language:
                words[places] = block.words.scores(text)[own]
        fused = _reciprocal_ranks(of_rows) + _reciprocal_ranks(of_parts)
        # Rows in another language have no rank by words; their other two ranks count for three.
        is_said = words >= 0
        fused[is_said] += _reciprocal_ranks(words[is_said])
        fused[~is_said] *= 1.5
        return rows[np.argsort(-fused, kind="stable")[:count]]

    def nearest(self, query: Vectors, count: int, among: Rows | None = None) -> list[Hit]:
        """Return the `count` rows that have the parts nearest to `query`, best first."""
        rows = np.arange(self._count) if among is None else among
        similarities = np.empty(len(rows), np.float32)
        for block, places, own in self._among(among):
            similarities[places] = block.similarities_of_parts(query, own)
        best = np.argsort(-similarities, kind="stable")[:count]
        return [Hit(int(rows[i]), float(similarities[i])) for i in best]

    def _among(self, among: Rows | None) -> Iterator[tuple["_Indexed", Rows, Rows | slice]]:
        """Yield each block that has rows `among` those, or any if that is None, with their places
        in it and in the block.
        """
        for block in self._blocks:
            if among is None:
                yield block, block.rows, slice(None)
            elif len(places := np.flatnonzero(np.isin(among, block.rows))):
                yield block, places, np.searchsorted(block.rows, among[places])


class _Indexed:
    """A `Block`, ready to be searched."""

    def __init__(self, block: Block, unrelated: float) -> None:
        self.language, self.rows, self.words = block.language, block.rows, block.words
        self._vectors = ExactIndex(block.vectors, unrelated)
        self._parts = ExactIndex(block.parts, unrelated)
        self._first = np.concatenate(([0], np.cumsum(block.counts))).astype(np.intp)

    def similarities(self, query: Vectors, rows: Rows | slice) -> Vectors:
        """Return how similar the vector of each of `rows` is to `query`."""
        return self._vectors.similarities(query, rows)

    def similarities_of_parts(self, query: Vectors, rows: Rows | slice) -> Vectors:
        """Return how similar the nearest part of each of `rows` is to `query`."""
        parts: Rows | slice = rows
        if isinstance(rows, slice):  # all of them
            begins = self._first[:-1]
        else:
            counts = self._first[rows + 1] - self._first[rows]
            begins = np.cumsum(counts) - counts
            parts = np.repeat(self._first[rows] - begins, counts) + np.arange(counts.sum())
        similarities = self._parts.similarities(query, parts)
        nearest: Vectors = np.maximum.reduceat(similarities, begins)
        return nearest


def _reciprocal_ranks(scores: Scores) -> NDArray[np.float64]:
    """Return 1 / (60 + rank) by `scores`, whose highest has the rank 1; ties go to the first."""
    ranks = np.empty(len(scores))
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return 1 / (_FUSION + ranks)
