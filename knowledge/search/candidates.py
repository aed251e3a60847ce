"""The passages worth reading for a question: near it in meaning, or in words.

Every passage and sentence has a vector of the multilingual encoder, in which questions of all
languages lie near what answers them. BM25 compares words with passages in the language of the
question.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.cache import Progress, encode_cached
from embeddings.encoder import AsQueries, TextEncoder
from embeddings.index import ExactIndex, Vectors
from knowledge.question.questions import Question, understand
from knowledge.reading.passages import Passage
from knowledge.words.lexical import LexicalIndex

_FUSION = 60  # of reciprocal ranks (Cormack, Clarke and Büttcher, 2009)

Rows = NDArray[np.intp]
Scores = NDArray[np.float32]


class Candidates:
    """Passages of any languages, in dense and lexical indices."""

    def __init__(
        self,
        passages: Sequence[Passage],
        encoder: TextEncoder,
        cache: Path,
        progress: Progress | None = None,
    ) -> None:
        """Index `passages`, at least one, read by the multilingual `encoder`.

        `cache` is the file of kept vectors.
        """
        self._passages = passages
        self._encoder = encoder
        self._cache = cache
        counts = [len(passage.sentences) for passage in passages]
        self._first = np.concatenate(([0], np.cumsum(counts))).astype(np.intp)
        self._rows = {place_of(passage): row for row, passage in enumerate(passages)}
        sentences = [p.read_sentence(s) for p in passages for s in p.sentences]
        texts = [*(passage.read_text for passage in passages), *sentences]
        vectors = encode_cached(texts, encoder, cache, progress).vectors
        self._of_passages = ExactIndex(vectors[: len(passages)], encoder.unrelated)
        self._of_sentences = ExactIndex(vectors[len(passages) :], encoder.unrelated)
        languages = [p.document.language for p in passages]
        self._lexical: Mapping[str, tuple[Rows, LexicalIndex]] = {
            language: (rows, LexicalIndex([passages[row].read_text for row in rows], language))
            for language in dict.fromkeys(languages)
            for rows in [np.array([i for i, one in enumerate(languages) if one == language])]
        }

    def encode(self, question: Question) -> Vectors:
        """Return the vector of `question` by the multilingual encoder."""
        return self._encoder.encode_query(question.text).vector

    def encode_kept(self, questions: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return the vectors of `questions` that editors wrote, shape (questions, dimensions): kept
        in the cache, as what people ask never is.
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

        `query` is its vector, by `encode`. `among` are the passages to choose from, where that is
        not all of them.
        """
        rows = np.arange(len(self._passages)) if among is None else self._rows_of(among)
        if not len(rows):
            return []
        sentences, begins = self._sentences_of(rows)
        passage_cosines = self._of_passages.similarities(query, rows)
        cosines = self._of_sentences.similarities(query, sentences)
        fused = _reciprocal_ranks(passage_cosines)
        fused += _reciprocal_ranks(np.maximum.reduceat(cosines, begins))
        # Words say nothing of passages in another language, whose other ranks stand for them.
        words = self._words(question)[rows]
        is_said = words >= 0
        fused[is_said] += _reciprocal_ranks(words[is_said])
        fused[~is_said] *= 1.5
        return [self._passages[rows[i]] for i in np.argsort(-fused, kind="stable")[:count]]

    def documents_near(self, question: Question, count: int) -> frozenset[str]:
        """Return the ids of the documents of the `count` passages most worth reading."""
        found = self.closest(question, self.encode(question), count)
        return frozenset(passage.document.id for passage in found)

    def similarities(self, query: Vectors) -> Scores:
        """Return how near `query` each passage comes by its nearest sentence, shape (passages,)."""
        cosines = self._of_sentences.similarities(query, np.arange(self._first[-1]))
        nearest: Scores = np.maximum.reduceat(cosines, self._first[:-1])
        return nearest

    def _sentences_of(self, rows: Rows) -> tuple[Rows, Rows]:
        """Return the rows of the sentences of the passages at `rows`, and where each begins."""
        counts = self._first[rows + 1] - self._first[rows]
        begins: Rows = np.cumsum(counts) - counts
        return np.repeat(self._first[rows] - begins, counts) + np.arange(counts.sum()), begins

    def _rows_of(self, passages: Collection[Passage]) -> Rows:
        return np.unique(np.array([self._rows[place_of(one)] for one in passages], np.intp))

    def _words(self, question: Question) -> Scores:
        """Return the BM25 of each passage; less than 0 in another language than the question."""
        scores = np.full(len(self._passages), -1, np.float32)
        if question.language in self._lexical:
            rows, index = self._lexical[question.language]
            scores[rows] = index.scores(question.text)
        return scores


def _reciprocal_ranks(scores: Scores) -> NDArray[np.float64]:
    ranks = np.empty(len(scores))
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return 1 / (_FUSION + ranks)


def place_of(passage: Passage) -> tuple[str, int]:
    """Return what names `passage` among all: its document, and where it begins."""
    return passage.document.id, passage.start
