"""The passages worth reading for a question: near it in meaning, or in words.

Every passage and sentence has a vector of the multilingual encoder, in which questions of all
languages lie near what answers them, and one of the encoder that the settings name, for what is in
a language that one knows. BM25 compares words with passages in the language of the question.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.cache import Progress, encode_cached
from embeddings.encoder import TextEncoder
from embeddings.index import ExactIndex, Vectors
from knowledge.lexical import LexicalIndex
from knowledge.passages import Passage
from knowledge.questions import Question

_FUSION = 60  # of reciprocal ranks (Cormack, Clarke and Büttcher, 2009)

Rows = NDArray[np.intp]
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage worth reading, with how near the question is to it and to each of its sentences.

    Cosines are measured from what unrelated texts have, so that 0 says nothing. `words` in [0, 1]
    is BM25 as a share of the most that the question allows; 0 in another language.
    """

    passage: Passage
    passage_cosine: float
    sentence_cosines: tuple[float, ...]
    own_cosines: tuple[float, ...]
    """Those of sentences by the encoder of the settings; 0 where it does not know the language."""
    words: float


class Retrieval:
    """Passages of any languages, in dense and lexical indices."""

    def __init__(
        self,
        passages: Sequence[Passage],
        encoder: TextEncoder,
        multilingual: TextEncoder,
        cache: Path,
        progress: Progress | None = None,
    ) -> None:
        """Index `passages`, at least one. `cache` is the file of kept vectors."""
        self._passages = passages
        self._multilingual, self._encoder = multilingual, encoder
        counts = [len(passage.sentences) for passage in passages]
        self._first = np.concatenate(([0], np.cumsum(counts))).astype(np.intp)
        self._rows = {_key(passage): row for row, passage in enumerate(passages)}
        sentences = [p.sentence_text(s) for p in passages for s in p.sentences]
        progress = _adding_up(progress) if progress is not None else None
        texts = [*(passage.text for passage in passages), *sentences]
        vectors = encode_cached(texts, multilingual, cache, progress)
        self._of_passages = ExactIndex(vectors[: len(passages)], multilingual.unrelated)
        self._of_sentences = ExactIndex(vectors[len(passages) :], multilingual.unrelated)
        languages = [p.document.language for p in passages]
        is_known = [not encoder.languages or one in encoder.languages for one in languages]
        known = [row for row, known in enumerate(is_known) if known]
        own = [row for row in known for row in range(self._first[row], self._first[row + 1])]
        self._own_rows = np.full(len(sentences), -1, np.intp)
        self._own_rows[own] = np.arange(len(own))
        kept = encode_cached([sentences[row] for row in own], encoder, cache, progress)
        self._own = ExactIndex(kept, encoder.unrelated) if own else None
        self._lexical: Mapping[str, tuple[Rows, LexicalIndex]] = {
            language: (rows, LexicalIndex([passages[row].text for row in rows], language))
            for language in dict.fromkeys(languages)
            for rows in [np.array([i for i, one in enumerate(languages) if one == language])]
        }

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the passages, by name."""
        return tuple(sorted(self._lexical))

    def encode(self, question: Question) -> Vectors:
        """Return the vector of `question` by the multilingual encoder."""
        return self._multilingual.encode_query(question.text)

    def closest(
        self,
        question: Question,
        query: Vectors,
        count: int,
        among: Collection[Passage] | None = None,
    ) -> list[Candidate]:
        """Return the `count` passages most worth reading for `question`, best first.

        `query` is its vector, by `encode`. `among` are the passages to choose from, where that is
        not all of them.
        """
        rows = np.arange(len(self._passages)) if among is None else self._rows_of(among)
        if not len(rows):
            return []
        sentences, begins = self._sentences_of(rows)
        words = self._words(question)[rows]
        passage_cosines = self._of_passages.similarities(query, rows)
        cosines = self._of_sentences.similarities(query, sentences)
        own = self._own_cosines(question, sentences)
        highest = np.maximum.reduceat(cosines, begins)
        highest_own = np.maximum.reduceat(own, begins)
        fused = sum(
            _reciprocal_ranks(scores)
            for scores in (passage_cosines, highest, highest_own, words)
            if scores.any()
        )
        ends = np.append(begins[1:], len(cosines))
        return [
            Candidate(
                self._passages[rows[i]],
                float(passage_cosines[i]),
                tuple(cosines[begins[i] : ends[i]].tolist()),
                tuple(own[begins[i] : ends[i]].tolist()),
                float(words[i]),
            )
            for i in np.argsort(-fused, kind="stable")[:count]
        ]

    def _sentences_of(self, rows: Rows) -> tuple[Rows, Rows]:
        """Return the rows of the sentences of the passages at `rows`, and where each begins."""
        counts = self._first[rows + 1] - self._first[rows]
        begins: Rows = np.cumsum(counts) - counts
        return np.repeat(self._first[rows] - begins, counts) + np.arange(counts.sum()), begins

    def _rows_of(self, passages: Collection[Passage]) -> Rows:
        return np.unique(np.array([self._rows[_key(one)] for one in passages], np.intp))

    def _words(self, question: Question) -> Scores:
        scores = np.zeros(len(self._passages), np.float32)
        if question.language in self._lexical:
            rows, index = self._lexical[question.language]
            scores[rows] = index.scores(question.text)
        return scores

    def _own_cosines(self, question: Question, sentences: Rows) -> Scores:
        """Return the cosines of `sentences` by the encoder of the settings, 0 where it has none."""
        found: Scores = np.zeros(len(sentences), np.float32)
        known = self._encoder.languages
        if self._own is None or (known and question.language not in known):
            return found
        rows = self._own_rows[sentences]
        query: Vectors = self._encoder.encode_query(question.text)
        found[rows >= 0] = self._own.similarities(query, rows[rows >= 0])
        return found


def _reciprocal_ranks(scores: Scores) -> NDArray[np.float64]:
    ranks = np.empty(len(scores))
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return 1 / (_FUSION + ranks)


def _adding_up(progress: Progress) -> Progress:
    """Return what reports several runs to `progress` one after another, each added to the last."""
    finished = 0

    def report(done: int, total: int) -> None:
        nonlocal finished
        progress(finished + done, finished + total)
        finished += total if done == total else 0

    return report


def _key(passage: Passage) -> tuple[str, int]:
    return passage.document.id, passage.start
