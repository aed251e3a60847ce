"""The say of the trained reader over what was found before it."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.answering.of_nobody import OfNobody
from knowledge.people.person import Person
from knowledge.question.personal import (
    asks_for_now,
)
from knowledge.question.questions import Question
from knowledge.quotes.answers import Answer
from knowledge.search.reading_confidence import least_confidence as least_to_answer
from knowledge.search.second_reading import SecondReading

# Confidence of the rules below which the reader must second what they found, how sure of it the
# reader must be, and from when on it answers what they decline for good. Each helps documents that
# neither was made from, and ours: benchmarks/README.md.
_SURE_ENOUGH, _SECONDED, _OVERRULES = 0.97, 0.15, 0.65


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """What has the reader answer where it is sure and the search was not.

    `false_answer_rate` in [0, 1] is for both together; `passages` counts those of all documents.
    """

    reading: SecondReading
    of_nobody: OfNobody
    false_answer_rate: float
    passages: int

    def answer(self, question: Question, answer: Answer, about: Sequence[Person] = ()) -> Answer:
        """Return the answer to `question`, which names `about`, with the say of the reader where
        `answer` declines it, or is not sure and shows what the reader finds no answer.

        Of somebody who is named, the reader answers only what was declined for doubt alone, and
        nothing of what no document names.
        """
        is_unsure = (
            answer.status == "answered"
            and not about
            and not answer.is_whole
            and answer.confidence < _SURE_ENOUGH
        )
        is_declined = answer.is_doubted or (
            answer.reason == "nothing_found"
            and not about
            and not self.of_nobody.is_elsewhere(question)
        )
        if not (is_declined or is_unsure):
            return answer
        if not any(map(str.isalnum, question.text)):
            return answer
        # The rules may use up one half of the rate, the reader the other; of 1, all.
        rate = self.false_answer_rate / (2 - self.false_answer_rate)
        least = least_to_answer(rate, self.passages)
        if is_declined and not answer.is_doubted:
            least = max(least, _OVERRULES)
        read = self.reading.read(question, least, about)
        if read is None or (
            is_unsure and read.sureness_of(answer.quotes[0]) >= min(_SECONDED, least)
        ):
            return answer
        declined = Answer(
            "not_found",
            question.language,
            read.confidence,
            reason=answer.reason or "nothing_found",
            explanation=read.explanation,
        )
        if not read.quotes:
            return declined
        other = Answer(
            "answered",
            question.language,
            read.confidence,
            read.quotes,
            read.more,
            people=tuple(about),
            is_of_now=bool(about) and asks_for_now(question.text),
            explanation=read.explanation,
        )
        return declined if self.of_nobody.is_nameless(question, other) else other
