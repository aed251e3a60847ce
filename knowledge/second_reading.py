"""What the trained reader says of a question that names nobody, after the rules have answered it.

The rules decide most of what they were shaped on and decline much of what they were not; the reader
learned from many documents and none of ours. So it answers, where it is sure, what they declined
for nothing but doubt. `benchmarks/README.md` says what that gains on documents that neither was
made from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from embeddings.reader import Excerpt, Reader
from knowledge.answers import Quote, quote
from knowledge.candidates import Candidates, place_of
from knowledge.evidence import Judged, judge
from knowledge.passages import Passage
from knowledge.questions import Question
from knowledge.reading_confidence import confidence
from knowledge.written import Written

# Passages read for a question: six of those of the founding document take two cores 0.27 s.
_MOST_READ, _LEAST_READ = 6, 3
_LETTERS_READ = 3000
_MORE = 4  # passages offered after the first


@dataclass(frozen=True, slots=True)
class Reading:
    """The best sentence that the reader found, how sure it is in [0, 1], and the next passages."""

    confidence: float
    best: Quote
    more: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What reads again; `texts` are the passages as the reader reads them."""

    candidates: Candidates
    texts: Mapping[tuple[str, int], Excerpt]
    reader: Reader
    written: Written

    def read(self, question: Question) -> Reading | None:
        """Return the best sentence for `question`; None if no document holds all its numbers."""
        judged = [
            one
            for one in self.judged(question)
            if self.written.has_numbers(question, one.passage.document)
        ]
        if not judged:
            return None
        sure = [confidence(one.evidence) for one in judged]
        order = sorted(range(len(judged)), key=lambda i: -sure[i])
        best = judged[order[0]]
        more: dict[tuple[str, int], Quote] = {}
        for i in order:
            if judged[i].passage is not best.passage:
                more.setdefault(
                    place_of(judged[i].passage), quote(judged[i].passage, judged[i].sentence)
                )
        return Reading(
            sure[order[0]], quote(best.passage, best.sentence), tuple(more.values())[:_MORE]
        )

    def judged(self, question: Question, among: Sequence[Passage] | None = None) -> list[Judged]:
        """Return the sentences of the passages read for `question`, with what speaks for them.

        `among` are the passages to choose from, where that is not all of them.
        """
        query = self.candidates.encode(question)
        found = self.candidates.closest(question, query, _MOST_READ, among)
        lengths = [len(self.texts[place_of(one.passage)].text) for one in found]
        count = max(_LEAST_READ, sum(total <= _LETTERS_READ for total in accumulate(lengths)))
        return judge(question, found[:count], self.reader, self.texts, self.written)
