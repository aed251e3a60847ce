"""How near the words of sentences come to those of a question, by their vectors in context.

An encoder reads a word in what it stands in, and so "jailed" near "imprisoned". The nearest word of
a sentence to each word of meaning in a question, on average, is how far the sentence says what is
asked: late interaction (Khattab and Zaharia, ColBERT, 2020). And it reads "who" in a question as
somebody who does what the question says, near the name in the sentence that says it. Words that
stand in the question answer nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Encoded, Span, TextEncoder
from embeddings.index import Vectors, above
from knowledge.question.overlap import ROOT, Numbers, Rows, places_of, with_neighbours
from knowledge.question.questions import Question
from knowledge.reading.passages import Passage, Sentence
from knowledge.words.lexical import is_meaningful, stems
from knowledge.words.patterns import of_any

# Not that of `lexical`, which folds a text first: places must be those of the text as it stands.
_WORD = re.compile(r"\w[\w'’-]*")
_ASKING = re.compile(
    rf"\b(?:{of_any('questions', 'question_words')})\b(?:\W+\w[\w'’-]*)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near words of some sentences come to a question: as `ExactIndex` has it, at most 1.

    `answer_word` has the shape (sentences,), and `words` (sentences, words of meaning in the
    question): how near the nearest word of each sentence comes to each. `rarity` has the shape
    (words,), the logarithm of how many sentences there are for one that has it.
    """

    answer_word: Numbers
    words: Numbers
    rarity: Numbers

    def maxsim(self, begins: Rows) -> tuple[Numbers, Numbers, Numbers]:
        """Return the mean nearness, rare words counting more, of each sentence, of it with its
        neighbours, and of the passages, which begin at the sentences `begins`; 0 without words.
        """
        window = with_neighbours(self.words, begins)
        passage = np.maximum.reduceat(self.words, begins, axis=0)
        return self._mean(self.words), self._mean(window), self._mean(passage)

    def _mean(self, words: Numbers) -> Numbers:
        total = self.rarity.sum()
        mean: Numbers = words @ self.rarity / total if total else np.zeros(len(words))
        return mean


def encode(question: Question, encoder: TextEncoder) -> Encoded:
    """Return the vectors of `question` and of its words that `to_read` names."""
    return encoder.encode_query(question.text, to_read(question))


def to_read(question: Question) -> list[Span]:
    """Return where the words stand in `question` that ask, each with the word after it ("who
    wrote", "which town"), and then those that carry meaning.
    """
    return [
        *_asking(question.text),
        *(span for span, _ in _meant(question.text, question.language)),
    ]


def in_context(passage: Passage, place: int, language: str) -> tuple[str, list[Span]]:
    """Return the sentence of `passage` at `place` after the one before it, and its words in that.

    A sentence such as "They sentenced him" says what it does only after another, and a row of a
    table under its header.
    """
    sentence = passage.sentences[place]
    if passage.columns:
        text = passage.read_sentence(sentence)
        return text, [span for span, _ in _meant(text, language)]
    begin = passage.sentences[max(place - 1, 0)].start
    text = passage.document.text[begin : sentence.end]
    offset = sentence.start - begin
    own = _meant(passage.sentence_text(sentence), language)
    return text, [(a + offset, b + offset) for (a, b), _ in own]


class WordVectors:
    """The meaningful words of sentences in one language; rows are numbered in the order given."""

    def __init__(
        self,
        sentences: Sequence[tuple[Passage, Sentence]],
        vectors: Sequence[NDArray[np.int8]],
        language: str,
        unrelated: float,
    ) -> None:
        """Take `sentences` and the `vectors` of the words that `in_context` names, times 127.

        `unrelated` is the cosine of words that have nothing in common.
        """
        roots: dict[str, int] = {}
        ids: list[int] = []
        counts = []
        for passage, sentence in sentences:
            own = _meant(passage.read_sentence(sentence), language)
            found = _roots([word for _, word in own], language)
            ids += [roots.setdefault(root, len(roots)) for root in found]
            counts.append(len(found))
        self._language = language
        self._numbers = roots
        self._roots = np.array(ids, np.int32)
        self._times = np.bincount(self._roots, minlength=len(roots))
        self._first = np.concatenate(([0], np.cumsum(counts)))
        self._vectors = np.concatenate(vectors)
        self._unrelated = unrelated

    def compare(self, question: Question, words: Vectors, rows: Rows) -> Nearness:
        """Return how near the words of the sentences at `rows` come to `question`.

        `words` are the vectors of those that `to_read` names, shape (words, dimensions). How near
        the answer's word comes is 0 where nothing asks, and where a sentence has no words but those
        of the question.
        """
        asking = len(_asking(question.text))
        meant = [word for _, word in _meant(question.text, question.language)]
        places, counts = places_of(self._first, rows)
        # Equal sentences are equally near: how a product is summed up differs by place.
        cosines: Vectors = self._vectors[places].astype(np.float32) @ words.T / np.float32(127)
        near = np.round(above(self._unrelated, cosines), 4)
        near[:, ~words.any(axis=1)] = 0.0  # of words beyond the model's window nothing is known
        near[~self._vectors[places].any(axis=1)] = 0.0
        asked = _roots([word.lower() for word in _WORD.findall(question.text)], self._language)
        known = [self._numbers[root] for root in asked if root in self._numbers]

        answer_word, nearest = np.zeros(len(rows)), np.zeros((len(rows), len(meant)))
        has_words = counts > 0
        starts = (np.cumsum(counts) - counts)[has_words]
        if asking and len(starts):
            answering = near[:, :asking].max(axis=1)
            answering[np.isin(self._roots[places], known)] = -np.inf
            best = np.maximum.reduceat(answering, starts)
            answer_word[has_words] = np.where(np.isfinite(best), best, 0.0)
        if meant and len(starts):
            nearest[has_words] = np.maximum.reduceat(near[:, asking:], starts, axis=0).clip(0.0)
        numbers = [self._numbers.get(root, -1) for root in _roots(meant, self._language)]
        times = np.array([self._times[one] if one >= 0 else 0 for one in numbers], np.float64)
        return Nearness(
            answer_word,
            nearest,
            np.log1p((len(self._first) - 1) / (times + 0.5)),
        )


def _asking(text: str) -> list[Span]:
    return [match.span() for match in _ASKING.finditer(text)]


def _meant(text: str, language: str) -> list[tuple[Span, str]]:
    """Return where the words of meaning stand in `text`, and they in lower case."""
    found = ((m.span(), m.group().lower()) for m in _WORD.finditer(text))
    return [(span, word) for span, word in found if is_meaningful(word, language)]


def _roots(words: list[str], language: str) -> list[str]:
    return [stem[:ROOT] for stem in stems(words, language)]
