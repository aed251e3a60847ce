"""The word of a sentence that may be what a question asks for, told by vectors in context.

An encoder reads "who" in a question as somebody who does what the question says, and so near the
name in the sentence that says it. Words that stand in the question answer nothing.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Encoded, Encoder, Span
from embeddings.index import Vectors
from knowledge.lexical import is_meaningful, stems
from knowledge.overlap import ROOT, Numbers, Rows, places_of
from knowledge.passages import Passage, Sentence
from knowledge.questions import Question

# Not that of `lexical`, which folds a text first: places must be those of the text as it stands.
_WORD = re.compile(r"\w[\w'’-]*")
_ASKING = re.compile(
    r"\b(?:who|whom|whose|what|which|when|where|why|how"
    r"|кто|кого|кому|кем|что|чего|чему|чем|чей|чья|чьё|чье|какой|какая|какое|какие|какого|каких"
    r"|каком|какую|каким|какими|когда|где|куда|откуда|почему|зачем|как|сколько"
    r"|кім\w*|не|нені|неге|неден|қандай|қай\w*|қашан|қанша|неше|қалай)\b(?:\W+\w[\w'’-]*)?",
    re.IGNORECASE,
)


def encode(question: Question, encoder: Encoder) -> Encoded:
    """Return the vector of `question`, and of what asks in it: "who wrote", "which town"."""
    return encoder.encode_query(question.text, asking(question))


def asking(question: Question) -> list[Span]:
    """Return where the words that ask stand in `question`, each with the word after it."""
    return [match.span() for match in _ASKING.finditer(question.text)]


def in_context(passage: Passage, place: int, language: str) -> tuple[str, list[Span]]:
    """Return the sentence of `passage` at `place` after the one before it, and its words in that.

    A sentence such as "They sentenced him" says what it does only after another.
    """
    sentence = passage.sentences[place]
    begin = passage.sentences[max(place - 1, 0)].start
    text = passage.document.text[begin : sentence.end]
    offset = sentence.start - begin
    return text, [(a + offset, b + offset) for a, b, _ in _words(passage, sentence, language)]


class AnswerWords:
    """The meaningful words of sentences in one language; rows are numbered in the order given."""

    def __init__(
        self,
        sentences: Sequence[tuple[Passage, Sentence]],
        vectors: Sequence[NDArray[np.int8]],
        language: str,
    ) -> None:
        """Take `sentences` and the `vectors` of the words that `in_context` names, times 127."""
        roots: dict[str, int] = {}
        ids: list[int] = []
        counts = []
        for passage, sentence in sentences:
            found = _roots([word for _, _, word in _words(passage, sentence, language)], language)
            ids += [roots.setdefault(root, len(roots)) for root in found]
            counts.append(len(found))
        self._language = language
        self._numbers = roots
        self._roots = np.array(ids, np.int32)
        self._first = np.concatenate(([0], np.cumsum(counts)))
        self._vectors = np.concatenate(vectors)

    def likeness(self, question: Question, asking: Vectors, rows: Rows) -> Numbers:
        """Return how near the nearest word of each of `rows` is to what asks, in [-1, 1].

        `asking` are the vectors of `encode`, shape (words, dimensions). 0 where nothing asks, and
        where a sentence has no words but those of `question`.
        """
        likeness = np.zeros(len(rows))
        asked = _roots([word.lower() for word in _WORD.findall(question.text)], self._language)
        known = [self._numbers[root] for root in asked if root in self._numbers]
        places, counts = places_of(self._first, rows)
        if not len(asking) or not len(places):
            return likeness
        row_of = np.repeat(np.arange(len(rows)), counts)
        is_new = ~np.isin(self._roots[places], known)
        near = (self._vectors[places[is_new]].astype(np.float32) @ asking.T).max(axis=1) / 127
        best = np.full(len(rows), -np.inf)
        np.maximum.at(best, row_of[is_new], near)
        return np.where(np.isfinite(best), best, likeness)


def _words(passage: Passage, sentence: Sentence, language: str) -> list[tuple[int, int, str]]:
    """Return where the meaningful words of `sentence` lie in it, and they in lower case."""
    text = passage.sentence_text(sentence)
    found = ((m.start(), m.end(), m.group().lower()) for m in _WORD.finditer(text))
    return [word for word in found if is_meaningful(word[2], language)]


def _roots(words: list[str], language: str) -> list[str]:
    return [stem[:ROOT] for stem in stems(words, language)]
