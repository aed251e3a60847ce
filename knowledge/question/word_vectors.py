"""How near the words of sentences come to those of a question, by their vectors in context.

An encoder reads a word in its context, and so puts "jailed" near "imprisoned". How near the nearest
word of a sentence comes to each meaningful word of a question, on average, tells how far it says
what is asked: late interaction (Khattab and Zaharia, ColBERT, 2020). The encoder also reads "who"
in a question as somebody who does what the question says, near the name in the sentence that says
it. Words that stand in the question answer nothing.
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

# Not that of `lexical`, which folds a text first: spans must be those of the text as it stands.
_WORD = re.compile(r"\w[\w'’-]*")
_ASKING = re.compile(
    rf"\b(?:{of_any('questions', 'question_words')})\b(?:\W+\w[\w'’-]*)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near the words of some sentences come to a question: similarities of at most 1.

    `answer_word`, shape (sentences,), is that of the word nearest to the words that ask. `words`,
    shape (sentences, meaningful words of the question), is that of the nearest word to each.
    `rarity`, shape (words,), is the logarithm of how many sentences there are for each that has the
    word.
    """

    answer_word: Numbers
    words: Numbers
    rarity: Numbers

    def maxsim(self, begins: Rows) -> tuple[Numbers, Numbers, Numbers]:
        """Return the mean of `words`, weighted by rarity, of each sentence, of each with its
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
    """Return the vectors of `question` and of its words at `to_read`."""
    return encoder.encode_query(question.text, to_read(question))


def to_read(question: Question) -> list[Span]:
    """Return the spans in `question` of the words that ask, each with the word after it ("who
    wrote", "which town"), and then of the words that carry meaning.
    """
    return [
        *_asking(question.text),
        *(span for span, _ in _meant(question.text, question.language)),
    ]


def in_context(passage: Passage, place: int, language: str) -> tuple[str, list[Span]]:
    """Return the sentence of `passage` at `place`, after the one before it, and the spans in that
    text of its meaningful words.

    A sentence such as "They sentenced him" is only clear after another, and a row of a table under
    its header.
    """
    sentence = passage.sentences[place]
    if passage.columns:
        text = passage.read_sentence(sentence)
        return text, [span for span, _ in _meant(text, language)]
    begin = passage.sentences[max(place - 1, 0)].start
    text = passage.document.text[begin : sentence.end]
    offset = sentence.start - begin
    meant = _meant(passage.sentence_text(sentence), language)
    return text, [(start + offset, end + offset) for (start, end), _ in meant]


class WordVectors:
    """The meaningful words of sentences in one language; rows are numbered in the order given."""

    def __init__(
        self,
        sentences: Sequence[tuple[Passage, Sentence]],
        vectors: NDArray[np.int8],
        language: str,
        unrelated: float,
    ) -> None:
        """Take `sentences` and the `vectors` of the words that `in_context` gives, times 127, shape
        (words, dimensions).

        `unrelated` is the cosine of words that have nothing in common.
        """
        roots: dict[str, int] = {}
        ids: list[int] = []
        counts = []
        for passage, sentence in sentences:
            meant = _meant(passage.read_sentence(sentence), language)
            its_roots = _roots([word for _, word in meant], language)
            ids += [roots.setdefault(root, len(roots)) for root in its_roots]
            counts.append(len(its_roots))
        self._language = language
        self._numbers = roots
        self._roots = np.array(ids, np.int32)
        self._times = np.bincount(self._roots, minlength=len(roots))
        self._first = np.concatenate(([0], np.cumsum(counts)))
        self._vectors = vectors
        self._unrelated = unrelated

    def compare(self, question: Question, words: Vectors, rows: Rows) -> Nearness:
        """Return how near the words of the sentences at `rows` come to `question`.

        `words` are the vectors of its words at `to_read`, shape (words, dimensions). `answer_word`
        is 0 if nothing asks, and for a sentence whose words are all in the question.
        """
        asking = len(_asking(question.text))
        meant = [word for _, word in _meant(question.text, question.language)]
        places, counts = places_of(self._first, rows)
        # Rounded, so that equal sentences are equally near: their sums differ in the last digits.
        cosines: Vectors = self._vectors[places].astype(np.float32) @ words.T / np.float32(127)
        near = np.round(above(self._unrelated, cosines), 4)
        near[:, ~words.any(axis=1)] = 0.0  # nothing is known of words beyond the model's window
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
        times = np.array([self._times[n] if n >= 0 else 0 for n in numbers], np.float64)
        return Nearness(
            answer_word,
            nearest,
            np.log1p((len(self._first) - 1) / (times + 0.5)),
        )


def _asking(text: str) -> list[Span]:
    return [match.span() for match in _ASKING.finditer(text)]


def _meant(text: str, language: str) -> list[tuple[Span, str]]:
    """Return the meaningful words of `text` in lower case, each after its span."""
    words = ((m.span(), m.group().lower()) for m in _WORD.finditer(text))
    return [(span, word) for span, word in words if is_meaningful(word, language)]


def _roots(words: list[str], language: str) -> list[str]:
    return [stem[:ROOT] for stem in stems(words, language)]
