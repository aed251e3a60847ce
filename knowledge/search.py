"""The search for an answer: candidates, the reader's word on them, and whether the best will do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from embeddings.index import Vectors
from embeddings.reader import Excerpt, Reader
from knowledge.answers import MOST_QUOTES, Answer, Reason, quote
from knowledge.decision import confidence, least_confidence
from knowledge.evidence import Judged, judge
from knowledge.explanation import explain
from knowledge.passages import Passage
from knowledge.questions import Question
from knowledge.retrieval import Retrieval
from knowledge.vocabulary import Vocabulary

# Passages read for a question: as many as take a reader on two cores about a tenth of a second.
_MOST_READ, _LEAST_READ = 6, 3
_LETTERS_READ = 4000
_MORE = 4  # passages offered after the first
_SURE = 0.5  # confidence of a further sentence that is shown with the best


@dataclass(frozen=True, slots=True)
class Search:
    """What finds the sentence that answers.

    `texts` are the passages as the reader reads them. `false_answer_rate` in [0, 1] is the share of
    questions without an answer that may be answered all the same.
    """

    retrieval: Retrieval
    texts: Mapping[tuple[str, int], Excerpt]
    reader: Reader
    vocabulary: Vocabulary
    false_answer_rate: float

    def answer(
        self, question: Question, query: Vectors, among: Sequence[Passage] | None = None
    ) -> Answer:
        """Return the sentence that answers `question`, or why none does.

        `query` is the vector of the question. `among` are the passages to choose from, where that
        is not all of them.
        """
        judged = self.judged(question, query, among)
        is_own = question.language in self.retrieval.languages
        reason: Reason = "nothing_found" if is_own else "other_language"
        if not judged:
            return Answer("not_found", question.language, 0.0, reason=reason)
        sure = [confidence(one.evidence) for one in judged]
        order = sorted(range(len(judged)), key=lambda i: -sure[i])
        has_numbers = [i for i in order if self._has_numbers(question, judged[i])]
        gate = None if has_numbers else "a number of the question stands in no document"
        order = has_numbers or order
        best = judged[order[0]]
        least = least_confidence(self.false_answer_rate)
        certainty = sure[order[0]]
        explanation = explain(best, certainty, least, gate)
        if gate is not None or certainty < least:
            return Answer(
                "not_found", question.language, certainty, reason=reason, explanation=explanation
            )
        # What is as sure as an answer must be answers too: of a list, its other items.
        shown = [i for i in order[:MOST_QUOTES] if sure[i] >= max(least, _SURE)] or order[:1]
        seen = {_place(judged[i].passage) for i in shown}
        more = []
        for i in order:
            if (place := _place(judged[i].passage)) not in seen:
                seen.add(place)
                more.append(quote(judged[i].passage, judged[i].sentence))
        return Answer(
            "answered",
            question.language,
            certainty,
            tuple(quote(judged[i].passage, judged[i].sentence) for i in shown),
            tuple(more[:_MORE]),
            explanation=explanation,
        )

    def _has_numbers(self, question: Question, judged: Judged) -> bool:
        return self.vocabulary.has_numbers(question, judged.passage.document)

    def judged(
        self, question: Question, query: Vectors, among: Sequence[Passage] | None = None
    ) -> list[Judged]:
        """Return the sentences of the passages read for `question`, with what speaks for them."""
        candidates = self.retrieval.closest(question, query, _MOST_READ, among)
        lengths = [len(self.texts[_place(one.passage)].text) for one in candidates]
        count = max(_LEAST_READ, sum(total <= _LETTERS_READ for total in accumulate(lengths)))
        return judge(question, candidates[:count], self.reader, self.texts, self.vocabulary)


def _place(passage: Passage) -> tuple[str, int]:
    return passage.document.id, passage.start
