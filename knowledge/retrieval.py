"""The passages closest to a question, each with the sentence in it that comes closest.

Two views of closeness are summed with one convex weight: the cosine of the encoder's vectors and
BM25 scaled to [0, 1], each taken of the passage and of its sentences. The weight belongs to the
language, since a model knows some languages and not others. Neither view is rescaled by the best
of the results, so a closeness means the same whatever else was found.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings.index import Index, Vectors
from knowledge.lexical import LexicalIndex, content_terms, terms
from knowledge.passages import Passage, Sentence

_COVERAGE = 0.2  # of the meaningful words, beside a sentence's closeness; measured on XQuAD
_NEAREST = 50  # candidates taken from each view; the best passage was within 20 on XQuAD


@dataclass(frozen=True, slots=True)
class Match:
    """A passage found for a question, with its closest sentence.

    `closeness` in [-1, 1] ranks passages: `weight` of the language times `cosine`, and the rest of
    `bm25`. `cosine` and `bm25` are means of the passage's and of its closest sentence's.
    """

    passage: Passage
    sentence: Sentence
    closeness: float
    cosine: float
    bm25: float


class Shelf:
    """The passages of one language, in a dense and a lexical index."""

    def __init__(
        self,
        passages: Sequence[Passage],
        *,
        language: str,
        passage_index: Index,
        sentence_index: Index,
        dense_weight: float,
    ) -> None:
        """Index `passages`, at least one.

        Row i of `passage_index` is passages[i]; the rows of `sentence_index` are their sentences,
        in order. `dense_weight` in [0, 1] is the share of the cosine in the closeness.
        """
        self.language = language
        self._passages = passages
        self._rows = {_key(passage): row for row, passage in enumerate(passages)}
        self._sentences = [(p, s) for p in passages for s in p.sentences]
        counts = [len(passage.sentences) for passage in passages]
        self._first = np.concatenate(
            ([0], np.cumsum(counts))
        )  # passage i: rows first[i]..first[i+1]
        self._owner = np.repeat(np.arange(len(passages)), counts)  # of each sentence, its passage
        self._dense_weight = np.float32(dense_weight)
        self._passage_index = passage_index
        self._sentence_index = sentence_index
        self.lexical = LexicalIndex([passage.text for passage in passages], language)
        self._sentence_lexical = LexicalIndex(
            [p.sentence_text(s) for p, s in self._sentences], language
        )

    def closest(
        self,
        question: str,
        vector: Vectors,
        count: int,
        among: Collection[Passage] | None = None,
    ) -> list[Match]:
        """Return the `count` closest passages, best first; ties go to the earlier passage.

        `vector` is the question's, shape (dimensions,). `among` are the passages to choose from,
        where that is not all of them; those of another shelf do not count.
        """
        passage_bm25 = self.lexical.scores(question)
        sentence_bm25 = self._sentence_lexical.scores(question)
        best_bm25 = np.maximum.reduceat(sentence_bm25, self._first[:-1])
        if among is None:
            rows = self._candidates(passage_bm25 + best_bm25, vector)
        else:
            known = (self._rows.get(_key(passage)) for passage in among)
            rows = np.unique(np.array([row for row in known if row is not None], np.intp))
        if not len(rows):
            return []

        passage_cosine = self._passage_index.similarities(vector, rows)
        # All sentences of the candidates in one stretch, and where each candidate's begin in it.
        counts = self._first[rows + 1] - self._first[rows]
        begins = np.concatenate(([0], np.cumsum(counts)))
        sentence_rows = np.concatenate(
            [np.arange(self._first[row], self._first[row + 1]) for row in rows]
        )
        sentence_cosine = self._sentence_index.similarities(vector, sentence_rows)
        best_cosine = np.maximum.reduceat(sentence_cosine, begins[:-1])

        cosine = (passage_cosine + best_cosine) / 2
        bm25 = (passage_bm25[rows] + best_bm25[rows]) / 2
        closeness = self._sum(cosine, bm25)
        sentence_closeness = self._sum(sentence_cosine, sentence_bm25[sentence_rows])
        asked = content_terms(question, self.language)
        matches = []
        for i in np.argsort(-closeness, kind="stable")[:count]:
            own = slice(begins[i], begins[i + 1])
            coverage = np.array([self._coverage(asked, row) for row in sentence_rows[own]])
            chosen = int((sentence_closeness[own] + _COVERAGE * coverage).argmax())
            passage, sentence = self._sentences[sentence_rows[own][chosen]]
            matches.append(
                Match(passage, sentence, float(closeness[i]), float(cosine[i]), float(bm25[i]))
            )
        return matches

    def _candidates(self, lexical: NDArray[np.float32], vector: Vectors) -> NDArray[np.intp]:
        """Return rows of passages worth scoring in full, in order."""
        by_words = np.argsort(-lexical, kind="stable")[:_NEAREST]
        by_passage = [hit.row for hit in self._passage_index.nearest(vector, _NEAREST)]
        by_sentence = [hit.row for hit in self._sentence_index.nearest(vector, _NEAREST)]
        rows: NDArray[np.intp] = np.union1d(
            np.union1d(by_words, np.asarray(by_passage, np.intp)), self._owner[by_sentence]
        )
        return rows

    def _coverage(self, asked: Sequence[str], row: int) -> float:
        """Return the share, by weight, of the terms `asked` that the sentence at `row` holds."""
        if not asked:
            return 0.0
        passage, sentence = self._sentences[row]
        held = set(terms(passage.sentence_text(sentence), self.language))
        weights = {term: self.lexical.weight(term) for term in asked}
        return sum(w for term, w in weights.items() if term in held) / sum(weights.values())

    def _sum(
        self, cosine: NDArray[np.floating], bm25: NDArray[np.floating]
    ) -> NDArray[np.floating]:
        return self._dense_weight * cosine + (1 - self._dense_weight) * bm25


def _key(passage: Passage) -> tuple[str, int]:
    return passage.document.id, passage.start
