"""Finds the passages that are worth reading for a question: near it in meaning, or in words.

Every passage and every sentence has a vector by the multilingual encoder, which puts a question in
any language near what answers it. BM25 compares the words of a question with those of passages in
its language.
"""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import numpy as np

from embeddings.cache import Progress, encode_cached
from embeddings.encoder import AsQueries, TextEncoder
from embeddings.index import Vectors
from embeddings.store import ArrayStore, Block, Rows, Store
from knowledge.question.questions import Question, understand
from knowledge.reading.passages import Passage
from knowledge.search.retrieval import Shelf


def store_of(passages: Sequence[Passage], shelves: Sequence[Shelf]) -> Store:
    """Return a store whose rows are `passages`, at least one, and whose parts are their sentences.

    It shares the multilingual encoder's vectors, and the words, with the `shelves` of `passages`.
    """
    rows: dict[str, list[int]] = {}
    for row, passage in enumerate(passages):
        rows.setdefault(passage.document.language, []).append(row)
    blocks = []
    for shelf in shelves:
        own = np.array(rows[shelf.language], np.intp)
        counts = [len(passages[row].sentences) for row in own]
        across = shelf.across
        blocks.append(
            Block(shelf.language, own, across.passages, shelf.alone, counts, shelf.lexical)
        )
    return ArrayStore(blocks, shelves[0].across.encoder.unrelated)


class Candidates:
    """The passages of all languages, searched in a store."""

    def __init__(
        self, passages: Sequence[Passage], encoder: TextEncoder, store: Store, cache: Path
    ) -> None:
        """Search `passages` in `store`, which `store_of` made of them with the same `encoder`.

        `cache` is the file in which vectors are cached.
        """
        self.passages = passages
        self._encoder = encoder
        self._store = store
        self._cache = cache
        self._rows = {place_of(passage): row for row, passage in enumerate(passages)}
        self._by_document: dict[str, list[Passage]] = {}
        for passage in passages:
            self._by_document.setdefault(passage.document.id, []).append(passage)

    def of_documents(self, ids: Iterable[str]) -> list[Passage]:
        """Return the passages of the documents with these `ids`."""
        return [passage for one in ids for passage in self._by_document.get(one, ())]

    def row(self, passage: Passage) -> int:
        """Return the row of `passage`, one of those searched."""
        return self._rows[place_of(passage)]

    def encode(self, question: Question) -> Vectors:
        """Return the vector of `question` by the multilingual encoder."""
        return self._encoder.encode_query(question.text).vector

    def encode_kept(self, questions: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return the vectors of `questions`, shape (questions, dimensions), and cache them.

        Editors must have written them: what people ask is never kept.
        """
        texts = [understand(one).text for one in questions]
        return encode_cached(texts, AsQueries(self._encoder), self._cache, progress).vectors

    def closest(
        self,
        question: Question,
        query: Vectors,
        count: int,
        among: Collection[Passage] | None = None,
    ) -> list[Passage]:
        """Return the `count` passages most worth reading for `question`, best first.

        `query` is its vector, made by `encode`. `among` are the passages to choose from; None means
        all.
        """
        rows = self._rows_of(among)
        found = self._store.closest(query, question.text, question.language, count, rows)
        return [self.passages[row] for row in found]

    def documents_near(self, question: Question, count: int) -> frozenset[str]:
        """Return the ids of the documents of the `count` passages most worth reading."""
        found = self.closest(question, self.encode(question), count)
        return frozenset(passage.document.id for passage in found)

    def nearest(
        self, query: Vectors, count: int, among: Collection[Passage] | None = None
    ) -> list[tuple[Passage, float]]:
        """Return the `count` passages that have the sentences nearest to `query`, best first.

        Each comes with the similarity of its nearest sentence, as in `ExactIndex`. `among` is as in
        `closest`.
        """
        hits = self._store.nearest(query, count, self._rows_of(among))
        return [(self.passages[hit.row], hit.similarity) for hit in hits]

    def _rows_of(self, passages: Collection[Passage] | None) -> Rows | None:
        if passages is None:
            return None
        return np.unique(np.array([self.row(one) for one in passages], np.intp))


def place_of(passage: Passage) -> tuple[str, int]:
    """Return what identifies `passage`: the id of its document, and where it begins."""
    return passage.document.id, passage.start
