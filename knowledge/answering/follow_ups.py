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


@dataclass(frozen=True, slots=True)
class FollowUps:
    """Has the reader look for an answer where the conversation is."""

    again: ReadAgain

    def answer(
        self, question: Question, answer: Answer, about: Person | None, shown: Collection[str]
    ) -> Answer:
        """Return `answer`, which was found anywhere, or what the documents with the ids `shown` say
        to `question`, in which nobody is named.

        "He" is `about`. What refers to something shown has no answer elsewhere.
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
        if found is None and answer.status == "answered" and (refers or is_of_person):
            found = decline(question.language, _NOT_OF_SHOWN)
        if found is None:
            return answer
        return replace(found, people=whom, is_follow_up=is_of_person)
