"""Finds the passages that answer a question best, each with its best sentence.

Candidates are the passages nearest in words (BM25) and by the encoder's vectors; `ranking` scores
their sentences. A score does not depend on which other passages were found.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Encoded, Span, TextEncoder
from embeddings.index import ExactIndex, Vectors
from knowledge.question.overlap import Overlap, Rows, SentenceWords, places_of
from knowledge.question.questions import Question
from knowledge.question.word_vectors import WordVectors, in_context
from knowledge.reading.passages import Passage, Sentence
from knowledge.search import ranking
from knowledge.words.detection import script
from knowledge.words.lexical import LexicalIndex

_NEAREST = 30  # candidates by words, and by vectors; on XQuAD the right passage was among them
_RERANKED = 10  # passages whose sentences a reranker reads

Rerank = Callable[[str, Sequence[str]], NDArray[np.float32]]
"""Takes a question and sentences, and returns how well each answers it; higher is better."""


@dataclass(frozen=True, slots=True)
class EncodedPassages:
    """The vectors by `encoder` of the `passages` of one language, and of their `sentences`.

    `trust` in [0, 1] is how much the encoder knows of the language.
    """

    encoder: TextEncoder
    passages: Vectors
    sentences: Vectors
    trust: float


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it is put to a shelf: in the language of its passages, translated if need be.

    `encoded` is what `word_vectors.encode` makes of it with the encoder of the shelf. `across` is
    the multilingual encoder's vector of the question as it was written, if it was translated; else
    None.
    """

    question: Question
    encoded: Encoded
    across: Vectors | None


@dataclass(frozen=True, slots=True)
class Match:
    """A passage found for a question, with the sentence in it that answers best.

    `weighed_by` names the weights that chose it: the language of its text, or `ranking.CARRIED`.
    `closeness` ranks passages: the logarithm of how likely the passage is to answer, up to a
    constant. `lead` is that less that of the best other passage; infinite if there is no other.
    `features` are those of the sentence, in the order of `ranking.FEATURES`. `names`, `found`,
    `missing`, `likeness` and `peculiar` are those of the passage in `Overlap`.
    """

    passage: Passage
    sentence: Sentence
    weighed_by: str
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
    """How a question compares with the sentences of the candidate passages.

    `sentences` are the rows of the sentences on the shelf, `features` has the shape (sentences,
    ranking.FEATURES), and `weighed_by` names the weights for them, as in `Match`.
    """

    weighed_by: str
    sentences: Rows
    overlap: Overlap
    features: NDArray[np.float64]


def to_encode_across(passages: Sequence[Passage]) -> list[str]:
    """Return the texts that a shelf of `passages` needs encoded for questions in other languages:
    the passages, then their sentences.
    """
    sentences = [p.read_sentence(s) for p in passages for s in p.sentences]
    return [*(passage.read_text for passage in passages), *sentences]


def to_encode(passages: Sequence[Passage]) -> tuple[list[str], list[list[Span]]]:
    """Return the texts that a shelf of `passages` needs encoded, and the words to encode in each.

    They are the passages, without words, then their sentences, each together with the one before.
    """
    texts = [passage.read_text for passage in passages]
    read = [
        in_context(p, i, p.document.language) for p in passages for i in range(len(p.sentences))
    ]
    return (
        [*texts, *(text for text, _ in read)],
        [*([] for _ in texts), *(words for _, words in read)],
    )


class Shelf:
    """The passages of one language, indexed by vectors and by words."""

    def __init__(
        self,
        passages: Sequence[Passage],
        encoded: EncodedPassages,
        words: NDArray[np.int8],
        across: EncodedPassages,
        alone: Vectors,
    ) -> None:
        """Index `passages`, at least one, all in one language.

        `encoded` holds the vectors of the texts of `to_encode`, and `words` those of their words,
        times 127. `across`, for questions in other languages, holds the multilingual encoder's, of
        those or of the texts of `to_encode_across`; `alone` are its vectors of the latter's
        sentences, for the store.
        """
        language = passages[0].document.language
        self.language = language
        self.script = script(passages[0].text)
        self._passages = passages
        self._rows = {_key(passage): row for row, passage in enumerate(passages)}
        self.sentences = tuple((p, s) for p in passages for s in p.sentences)
        counts = np.array([len(passage.sentences) for passage in passages], np.intp)
        self._first = np.concatenate(([0], np.cumsum(counts)))
        self.encoded = encoded
        self.across = across
        self.alone = alone
        unrelated = encoded.encoder.unrelated
        self._passage_index = ExactIndex(encoded.passages, unrelated)
        self._sentence_index = ExactIndex(encoded.sentences, unrelated)
        self.word_vectors = WordVectors(self.sentences, words, language, unrelated)
        self._passages_across = ExactIndex(across.passages, across.encoder.unrelated)
        self._sentences_across = ExactIndex(across.sentences, across.encoder.unrelated)
        self.lexical = LexicalIndex([passage.read_text for passage in passages], language)
        of_each = [p.read_sentence(s) for p, s in self.sentences]
        self._runs = LexicalIndex(of_each, None)
        self._words = SentenceWords(of_each, language, counts)

    def share_known(self, question: Question) -> float:
        """Return the share of the meaningful words of `question` that stand in the passages."""
        return self._words.share_known(question)

    def closest(
        self,
        query: Query,
        count: int,
        among: Collection[Passage] | None = None,
        rerank: Rerank | None = None,
    ) -> list[Match]:
        """Return the `count` passages that answer best, best first; ties go to the earlier one.

        `among` are the passages to choose from, None means all; those of another shelf do not
        count. `rerank` has the last word on the best ten and their sentences.
        """
        compared = self.compare(query, among)
        if compared is None:
            return []
        scores = compared.features @ np.array(ranking.weights(compared.weighed_by))
        return self.best(compared, scores, count, rerank and partial(rerank, query.question.text))

    def compare(self, query: Query, among: Collection[Passage] | None = None) -> Compared | None:
        """Return how `query` compares with its candidates, or with `among`; None without any."""
        question, encoded = query.question, query.encoded
        bm25 = self.lexical.scores(question.text)
        rows = self._candidates(bm25, query) if among is None else self._rows_of(among)
        if not len(rows):
            return None
        sentences, counts = places_of(self._first, rows)
        overlap = self._words.compare(question, sentences, counts)
        features = ranking.describe(
            question,
            overlap,
            self.word_vectors.compare(question, encoded.words, sentences),
            counts,
            sentence_cosine=self._sentence_index.similarities(encoded.vector, sentences),
            passage_cosine=self._passage_index.similarities(encoded.vector, rows),
            passage_bm25=bm25[rows],
            sentence_runs=self._runs.scores(question.text)[sentences],
            sentence_across=_similarities(self._sentences_across, query.across, sentences),
            passage_across=_similarities(self._passages_across, query.across, rows),
            trust=self.encoded.trust,
            trust_across=self.across.trust,
        )
        weighed_by = self.language if query.across is None else ranking.CARRIED
        return Compared(weighed_by, sentences, overlap, features)

    def best(
        self,
        compared: Compared,
        scores: NDArray[np.float64],
        count: int,
        rerank: Callable[[Sequence[str]], NDArray[np.float32]] | None = None,
    ) -> list[Match]:
        """Return the `count` best passages of those `compared`, by the `scores` of their sentences,
        shape (sentences,); best first, and ties go to the earlier one.
        """
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
                    weighed_by=compared.weighed_by,
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

    def _candidates(self, bm25: NDArray[np.float32], query: Query) -> Rows:
        """Return the rows of the passages worth scoring in full, in order."""
        near = self._passage_index.nearest(query.encoded.vector, _NEAREST)
        if query.across is not None:
            near += self._passages_across.nearest(query.across, _NEAREST)
        by_vector = np.array([hit.row for hit in near], np.intp)
        rows: Rows = np.union1d(_highest(bm25, _NEAREST), by_vector)
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
        """Return `order` with its first ten passages reordered by `rerank`, and `scores` with those
        that it gives their sentences.
        """
        begins, ends = compared.overlap.begins, np.append(compared.overlap.begins[1:], len(scores))
        best = order[:_RERANKED]
        places = np.concatenate([np.arange(begins[i], ends[i]) for i in best])
        found = [self.sentences[row] for row in compared.sentences[places]]
        scores = scores.copy()
        scores[places] = rerank([passage.read_sentence(s) for passage, s in found])
        highest = np.array([scores[begins[i] : ends[i]].max() for i in best])
        best = best[np.argsort(-highest, kind="stable")]
        return np.concatenate((best, order[_RERANKED:])), scores


def _similarities(index: ExactIndex, query: Vectors | None, rows: Rows) -> NDArray[np.float32]:
    """Return how similar each of `rows` is to `query`; 0 if that is None."""
    return np.zeros(len(rows), np.float32) if query is None else index.similarities(query, rows)


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
