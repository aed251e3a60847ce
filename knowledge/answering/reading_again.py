"""Lets the trained reader confirm, overrule or supply what the rules found."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from knowledge.people.person import Person
from knowledge.question.personal import asks_for_now
from knowledge.question.questions import Question
from knowledge.quotes.answers import Answer, Reason
from knowledge.search.reading_confidence import least_confidence as least_to_answer
from knowledge.search.search import NEARLY_CERTAIN
from knowledge.search.second_reading import Reading, SecondReading

# How sure the reader must be of what the rules answer, and of what they are nearly certain of.
# benchmarks/README.md says what these and the next two gain.
_SECONDED, _SECONDED_IF_CERTAIN = 0.04, 0.01
# From the first confidence on the reader replaces an answer that it believes in less than the last,
# and answers what a rule declines; what a rule declines about people from the second on.
_OVERRULES, _OVERRULES_OF_PEOPLE, _HARDLY = 0.5, 0.65, 0.25


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """Puts a question to the reader where the rules are in doubt.

    `false_answer_rate` in [0, 1] is that of rules and reader together; `passages` is the number of
    passages of all documents.
    """

    reading: SecondReading
    false_answer_rate: float
    passages: int

    def answer(self, question: Question, answer: Answer, about: Sequence[Person] = ()) -> Answer:
        """Return `answer`, that of the rules to `question`, or the reader's in its place.

        The reader is asked where they found a sentence, or declined for doubt or by a rule that may
        be overruled. `about` are the people that the question names.
        """
        is_sentence = answer.status == "answered" and not answer.is_whole
        if answer.declined_for is None and not is_sentence:
            return answer
        if not any(map(str.isalnum, question.text)):
            return answer
        least = self._least(self.passages)
        if answer.declined_for == "rule":
            least = max(least, _OVERRULES_OF_PEOPLE if about else _OVERRULES)
        read = self.reading.read(question, least, about)
        if read is None or (is_sentence and _seconds(read, answer, least)):
            return answer
        if not read.quotes and answer.declined_for == "rule":
            return answer
        return self._answer(question, read, about, answer.reason or "nothing_found")

    def within(
        self, question: Question, documents: Collection[str], about: Sequence[Person]
    ) -> Answer | None:
        """Return what the reader finds in the `documents` with these ids for `question`, which is
        about `about` if that is anybody; None if it is not sure of anything.
        """
        passages = self.reading.candidates.of_documents(documents)
        read = self.reading.read(question, self._least(len(passages)), about, documents)
        if read is None or not read.quotes:
            return None
        return self._answer(question, read, about, "nothing_found")

    def _least(self, passages: int) -> float:
        """Return how sure the reader must be where there are so many `passages`."""
        # Half of the rate is for the rules, half for the reader; a rate of 1 is 1 for each.
        return least_to_answer(self.false_answer_rate / (2 - self.false_answer_rate), passages)

    def _answer(
        self, question: Question, read: Reading, about: Sequence[Person], reason: Reason
    ) -> Answer:
        """Return what was `read` as an answer; if it is a "no", for `reason`."""
        if not read.quotes:
            return Answer(
                "not_found",
                question.language,
                read.confidence,
                reason=reason,
                explanation=read.explanation,
                gate=read.gate,
            )
        return Answer(
            "answered",
            question.language,
            read.confidence,
            read.quotes,
            read.more,
            people=tuple(about),
            is_of_now=bool(about) and asks_for_now(question.text),
            explanation=read.explanation,
        )


def _seconds(read: Reading, answer: Answer, least: float) -> bool:
    """Return whether the reader confirms `answer`, and is not surer of something else."""
    sureness = read.sureness_of(answer.quotes[0])
    is_overruled = read.quotes and read.confidence >= _OVERRULES and sureness < _HARDLY
    is_certain = answer.confidence >= NEARLY_CERTAIN
    needed = _SECONDED_IF_CERTAIN if is_certain else _SECONDED
    return sureness >= min(needed, least) and not is_overruled
