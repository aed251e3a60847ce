"""What speaks for a sentence as the answer to a question, beside those of all passages read."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from embeddings.reader import Excerpt, Reader
from knowledge.candidates import Candidate, place_of
from knowledge.passages import Passage, Sentence
from knowledge.questions import Question
from knowledge.written import Written

_MOST = 12.0  # beyond it a log-odds says no more


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a sentence."""

    odds: float
    """The reader's log-odds that the sentence answers rather than none of its passage, at most 12
    either way."""
    sentence_cosine: float
    """As in `Candidate`."""
    names: float
    """Share of the question's names that the document writes, where they are of one language; else
    1."""
    is_spoken_of: float
    """1 if the sentence speaks of whom the question names, or it names nobody; else 0."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence of a passage that was read, and what speaks for it."""

    passage: Passage
    sentence: Sentence
    evidence: Evidence


def judge(
    question: Question,
    candidates: Sequence[Candidate],
    reader: Reader,
    texts: Mapping[tuple[str, int], Excerpt],
    written: Written,
    spoken: Container[tuple[str, int]] | None = None,
) -> list[Judged]:
    """Return every sentence of `candidates` with what speaks for it as an answer to `question`.

    `texts` are the excerpts of passages by document and place, `spoken` where the sentences begin
    that speak of whom the question names, if it names anybody.
    """
    passages = [candidate.passage for candidate in candidates]
    read = reader.read(question.text, [texts[place_of(passage)] for passage in passages])
    odds = [np.clip(one.sentences - one.none, -_MOST, _MOST) for one in read]
    judged = []
    for place, candidate in enumerate(candidates):
        document = candidate.passage.document
        is_own = document.language == question.language
        names = written.share_of_names(question, document) if is_own else 1.0
        for row, sentence in enumerate(candidate.passage.sentences):
            is_spoken_of = spoken is None or (document.id, sentence.start) in spoken
            evidence = Evidence(
                float(odds[place][row]),
                candidate.sentence_cosines[row],
                names,
                float(is_spoken_of),
            )
            judged.append(Judged(candidate.passage, sentence, evidence))
    return judged
