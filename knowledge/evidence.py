"""What speaks for a sentence as the answer to a question, beside those of all passages read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from embeddings.reader import Excerpt, Reader
from knowledge.passages import Passage, Sentence
from knowledge.questions import Question
from knowledge.retrieval import Candidate
from knowledge.vocabulary import Vocabulary

_MOST = 12.0  # beyond it a log-odds says no more


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a sentence. Log-odds lie in [-12, 12]; the others are as in `Candidate`."""

    odds: float
    """The reader's log-odds that the sentence answers rather than none of its passage."""
    lead: float
    """That less the highest of the sentences of other passages."""
    sentence_cosine: float
    passage_cosine: float
    own_cosine: float
    words: float
    names: float
    """Share of the question's names that the document writes, where they are of one language."""
    names_across: float
    """The same, where they are not; else 1."""


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
    vocabulary: Vocabulary,
) -> list[Judged]:
    """Return every sentence of `candidates` with what speaks for it as an answer to `question`.

    `texts` are the excerpts of passages by document and place.
    """
    passages = [candidate.passage for candidate in candidates]
    read = reader.read(question.text, [texts[p.document.id, p.start] for p in passages])
    odds = [np.clip(one.sentences - one.none, -_MOST, _MOST) for one in read]
    highest = [float(own.max()) for own in odds]
    judged = []
    for place, candidate in enumerate(candidates):
        others = max((other for i, other in enumerate(highest) if i != place), default=-_MOST)
        document = candidate.passage.document
        named = vocabulary.share_of_names(question, document)
        is_across = document.language != question.language
        for row, sentence in enumerate(candidate.passage.sentences):
            own = float(odds[place][row])
            evidence = Evidence(
                odds=own,
                lead=own - others,
                sentence_cosine=candidate.sentence_cosines[row],
                passage_cosine=candidate.passage_cosine,
                own_cosine=candidate.own_cosines[row],
                words=candidate.words,
                names=1.0 if is_across else named,
                names_across=named if is_across else 1.0,
            )
            judged.append(Judged(candidate.passage, sentence, evidence))
    return judged
