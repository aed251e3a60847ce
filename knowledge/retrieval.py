"""The passages that answer a question best, each with the sentence in it that does.

Candidates are those near in words (BM25) and in the encoder's vectors; `ranking` weighs their
sentences. What a score is made of does not depend on the other results.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from embeddings.cache import Kept
from embeddings.encoder import Encoded, Span
from embeddings.index import ExactIndex, Vectors
from knowledge import ranking
from knowledge.answer_words import AnswerWords, in_context
from knowledge.lexical import LexicalIndex
from knowledge.overlap import Overlap, Rows, SentenceWords, places_of
from knowledge.passages import Passage, Sentence
from knowledge.questions import Question
from knowledge.trust import sample, trust

_NEAREST = 40  # candidates of each view; the right passage was within 30 on XQuAD
_RERANKED = 10  # passages whose sentences a reranker reads

Rerank = Callable[[str, Sequence[str]], NDArray[np.float32]]
"""From a question and sentences to how well each answers it; higher is better."""


@dataclass(frozen=True, slots=True)
class Match:
    """A passage found for a question, with the sentence in it that answers best.

    `closeness` ranks passages: the logarithm of how likely the passage is to answer, up to a
    constant. `lead` is that less that of the best other passage, or infinite without another.
    `features` are those of the sentence, in the order of `ranking.FEATURES`. `names`, `found`,
    `missing`, `likeness` and `peculiar` are those of the passage in `Overlap`.
    """

    passage: Passage
    sentence: Sentence
    closeness: float
    lead: float
    features: tuple[float, ...]
    names: float
    found: float
    missing: float
    likeness: float
    peculiar: float


@dataclass(frozen=True, slots=True)
class Compared:
    """What a question has in common with the sentences of some passages.

    `sentences` are their rows, `features` has the shape (sentences, ranking.FEATURES).
    """

    sentences: Rows
    overlap: Overlap
    features: NDArray[np.float64]


def to_encode(passages: Sequence[Passage]) -> tuple[list[str], list[list[Span]]]:
    """Return the texts that a shelf of `passages` wants encoded, and the words of each to encode.

    They are the passages, their sentences each after the one before, and some sentences alone.
    """
    texts = [passage.text for passage in passages]
    read = [
        in_context(p, i, p.document.language) for p in passages for i in range(len(p.sentences))
    ]
    alone = [p.sentence_text(s) for p in sample(passages) for s in p.sentences]
    words = [words for _, words in read]
    return (
        [*texts, *(text for text, _ in read), *alone],
        [*([] for _ in texts), *words, *([] for _ in alone)],
    )


class Shelf:
    """The passages of one language, in a dense and a lexical index."""

    def __init__(self, passages: Sequence[Passage], kept: Kept) -> None:
        """Index `passages`, at least one, all in one language, by what `to_encode` wants of them.

        `trust` in [0, 1] is how much the vectors know of the language.
        """
        language = passages[0].document.language
        self.language = language
        self._passages = passages
        self._rows = {_key(passage): row for row, passage in enumerate(passages)}
        self.sentences = tuple((p, s) for p in passages for s in p.sentences)
        counts = np.array([len(passage.sentences) for passage in passages], np.intp)
        self._first = np.concatenate(([0], np.cumsum(counts)))
        of_passages, of_sentences = len(passages), len(passages) + len(self.sentences)
        self._passage_index = ExactIndex(kept.vectors[:of_passages])
        self._sentence_index = ExactIndex(kept.vectors[of_passages:of_sentences])
        self.answer_words = AnswerWords(
            self.sentences, kept.words[of_passages:of_sentences], language
        )
        self.trust = trust(sample(passages), kept.vectors[of_sentences:], language)
        self._lexical = LexicalIndex([passage.text for passage in passages], language)
        self._words = SentenceWords(
            [p.sentence_text(s) for p, s in self.sentences], language, counts
        )

    def share_known(self, question: Question) -> float:
        """Return which share of the meaningful words of `question` stands in the passages."""
        return self._words.share_known(question)

    def closest(
        self,
        question: Question,
        encoded: Encoded,
        count: int,
        among: Collection[Passage] | None = None,
        rerank: Rerank | None = None,
    ) -> list[Match]:
        """Return the `count` passages that answer best, best first; ties go to the earlier one.

        `encoded` is what `answer_words.encode` makes of the question. `among` are the passages to
        choose from, where that is not all of them; those of another shelf do not count. `rerank`
        has the last word on the best ten and their sentences.
        """
        compared = self.compare(question, encoded, among)
        if compared is None:
            return []
        scores = compared.features @ np.array(ranking.weights(self.language))
        return self.best(compared, scores, count, rerank and partial(rerank, question.text))

    def compare(
        self, question: Question, encoded: Encoded, among: Collection[Passage] | None = None
    ) -> Compared | None:
        """Return what `question` has in common with the candidates; None where there are none."""
        bm25 = self._lexical.scores(question.text)
        rows = self._candidates(bm25, encoded.vector) if among is None else self._rows_of(among)
        if not len(rows):
            return None
        sentences, counts = places_of(self._first, rows)
        overlap = self._words.compare(question, sentences, counts)
        features = ranking.describe(
            question,
            overlap,
            counts,
            sentence_cosine=self._sentence_index.similarities(encoded.vector, sentences),
            passage_cosine=self._passage_index.similarities(encoded.vector, rows),
            passage_bm25=bm25[rows],
            answer_word=self.answer_words.likeness(question, encoded.words, sentences),
            trust=self.trust,
        )
        return Compared(sentences, overlap, features)

    def best(
        self,
        compared: Compared,
        scores: NDArray[np.float64],
        count: int,
        rerank: Callable[[Sequence[str]], NDArray[np.float32]] | None = None,
    ) -> list[Match]:
        """Return the `count` best of what was `compared`, by the `scores` of its sentences."""
        overlap = compared.overlap
        begins = overlap.begins
        ends = np.append(begins[1:], len(scores))
        closeness = ranking.log_sums(scores, begins)
        order = np.argsort(-closeness, kind="stable")
        leaders = np.append(closeness[order[:2]], -np.inf)
        if rerank is not None:
            order, scores = self._reranked(order, scores, compared, rerank)
        matches = []
        for i in order[:count]:
            chosen = int(begins[i]) + int(scores[begins[i] : ends[i]].argmax())
            passage, sentence = self.sentences[compared.sentences[chosen]]
            next_best = leaders[1] if closeness[i] == leaders[0] else leaders[0]
            matches.append(
                Match(
                    passage,
                    sentence,
                    closeness=float(closeness[i]),
                    lead=float(closeness[i] - next_best),
                    features=tuple(compared.features[chosen].tolist()),
                    names=float(overlap.names[i]),
                    found=float(overlap.found[i]),
                    missing=float(overlap.missing[i]),
                    likeness=float(overlap.likeness[i]),
                    peculiar=float(overlap.peculiar[i]),
                )
            )
        return matches

    def _candidates(self, bm25: NDArray[np.float32], vector: Vectors) -> Rows:
        """Return rows of passages worth scoring in full, in order."""
        by_words = _highest(bm25, _NEAREST)
        by_vector = [hit.row for hit in self._passage_index.nearest(vector, _NEAREST)]
        rows: Rows = np.union1d(by_words, np.asarray(by_vector, np.intp))
        return rows

    def _rows_of(self, passages: Collection[Passage]) -> Rows:
        known = (self._rows.get(_key(passage)) for passage in passages)
        return np.unique(np.array([row for row in known if row is not None], np.intp))

    def _reranked(
        self,
        order: Rows,
        scores: NDArray[np.float64],
        compared: Compared,
        rerank: Callable[[Sequence[str]], NDArray[np.float32]],
    ) -> tuple[Rows, NDArray[np.float64]]:
        """Return `order` and the `scores` of sentences with the say of `rerank` on the best."""
        begins, ends = compared.overlap.begins, np.append(compared.overlap.begins[1:], len(scores))
        best = order[:_RERANKED]
        places = np.concatenate([np.arange(begins[i], ends[i]) for i in best])
        found = [self.sentences[row] for row in compared.sentences[places]]
        scores = scores.copy()
        scores[places] = rerank([passage.sentence_text(s) for passage, s in found])
        highest = np.array([scores[begins[i] : ends[i]].max() for i in best])
        best = best[np.argsort(-highest, kind="stable")]
        return np.concatenate((best, order[_RERANKED:])), scores


def _highest(scores: NDArray[np.float32], count: int) -> Rows:
    """Return the rows of the `count` highest scores; ties go to the lower row."""
    rows: Rows = np.arange(len(scores))
    if count < len(scores):
        place = len(scores) - count
        rows = np.flatnonzero(scores >= np.partition(scores, place)[place])
    best: Rows = rows[np.argsort(-scores[rows], kind="stable")][:count]
    return best


def _key(passage: Passage) -> tuple[str, int]:
    return passage.document.id, passage.start
