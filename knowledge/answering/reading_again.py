"""The say of the trained reader over what was found before it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.answering.of_nobody import NAMELESS, OfNobody
from knowledge.people.person import Person
from knowledge.question.personal import (
    asks_for_now,
)
from knowledge.question.questions import Question
from knowledge.quotes.answers import Answer
from knowledge.search.reading_confidence import least_confidence as least_to_answer
from knowledge.search.second_reading import Reading, SecondReading

# Confidence of the rules below which the reader must second what they found, and how sure of it the
# reader must be. From where on it overrules them: it answers what a rule declines, or in place of
# what it hardly seconds. benchmarks/README.md says what these gain.
_SURE_ENOUGH, _SECONDED = 0.9, 0.1
_OVERRULES, _HARDLY = 0.75, 0.25


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
        `answer` declines it for doubt or by a rule, or is not sure and shows what the reader finds
        no answer, or hardly one and something else for certain.
        """
        is_unsure = (
            answer.status == "answered"
            and not about
            and not answer.is_whole
            and answer.confidence < _SURE_ENOUGH
        )
        if answer.declined_for is None and not is_unsure:
            return answer
        if not any(map(str.isalnum, question.text)):
            return answer
        # The rules may use up one half of the rate, the reader the other; of 1, all.
        rate = self.false_answer_rate / (2 - self.false_answer_rate)
        least = least_to_answer(rate, self.passages)
        if answer.declined_for == "rule":
            least = max(least, _OVERRULES)
        read = self.reading.read(question, least, about)
        if read is None or (is_unsure and _seconds(read, answer, least)):
            return answer
        declined = Answer(
            "not_found",
            question.language,
            read.confidence,
            reason=answer.reason or "nothing_found",
            explanation=read.explanation,
            gate=read.gate,
        )
        if not read.quotes:
            return answer if answer.declined_for == "rule" else declined
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
        if self.of_nobody.is_nameless(question, other):
            return replace(declined, gate=NAMELESS)
        return other


def _seconds(read: Reading, answer: Answer, least: float) -> bool:
    """Return whether the reader is sure enough of what `answer` shows, and not of something else
    instead.
    """
    sureness = read.sureness_of(answer.quotes[0])
    is_overruled = read.quotes and read.confidence >= _OVERRULES and sureness < _HARDLY
    return sureness >= min(_SECONDED, least) and not is_overruled
