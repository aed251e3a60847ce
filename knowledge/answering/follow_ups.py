"""Answers a question that goes on from what was shown: "who represented them?", "and when?"

An answer from a document shown stands; else these documents are read before one from another is
taken. `benchmarks/README.md` says what that gains.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from knowledge.answering.carried import refers_back
from knowledge.answering.reading_again import ReadAgain
from knowledge.people.person import Person
from knowledge.question.personal import with_person
from knowledge.question.questions import Question
from knowledge.quotes.answers import Answer, decline

_NOT_OF_SHOWN = "what was shown before does not say what the question asks of it"  # a gate
# How many times more probable than not an answer from elsewhere must be, against one from what was
# shown, if nothing in the question refers back. benchmarks/README.md says what other numbers give.
_MOST_TIMES = 3.0


@dataclass(frozen=True, slots=True)
class FollowUps:
    """Has the reader look for an answer where the conversation is."""

    again: ReadAgain

    def answer(
        self, question: Question, answer: Answer, about: Person | None, shown: Collection[str]
    ) -> Answer:
        """Return `answer`, which was found anywhere, or what the documents with the ids `shown` say
        to `question`, in which nobody is named.

        "He" is `about`. What refers to something shown has no answer elsewhere; any other question
        has, if that is _MOST_TIMES as probable.
        """
        refers = refers_back(question)
        if answer.status == "answered":
            own = tuple(one for one in answer.quotes if one.passage.document.id in shown)
            if own and answer.is_whole and refers:
                return replace(answer, quotes=own)
            if own[:1] == answer.quotes[:1] or (answer.is_whole and not refers):
                return answer
        elif answer.reason != "nothing_found" or answer.gate is not None:
            return answer
        is_of_person = about is not None and with_person(question.text, about.name) is not None
        whom = (about,) if about is not None and is_of_person else ()
        found = self.again.within(question, shown, whom)
        if answer.status == "answered":
            if refers or is_of_person:
                found = found or decline(question.language, _NOT_OF_SHOWN)
            elif found is not None and _MOST_TIMES * _odds(found) < _odds(answer):
                return answer  # of something else
        if found is None:
            return answer
        return replace(found, people=whom, is_follow_up=is_of_person)


def _odds(answer: Answer) -> float:
    """Return how many times more probable `answer` is right than not, by its confidence."""
    return answer.confidence / max(1 - answer.confidence, 1e-6)
