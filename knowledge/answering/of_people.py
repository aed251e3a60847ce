"""Answers a question about known people: one, several, or the one the conversation is about."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.answering.about_people import AboutPeople, are_listed, spelled
from knowledge.answering.of_nobody import ELSEWHERE, OfNobody
from knowledge.answering.reading_again import ReadAgain
from knowledge.people.naming import Naming
from knowledge.people.person import Person
from knowledge.question.attributes import attributes_asked
from knowledge.question.personal import (
    asks_for_now,
    asks_for_words_of,
    without_comparing,
)
from knowledge.question.questions import Question, understand
from knowledge.question.rewording import Rewording
from knowledge.question.sought import sought
from knowledge.quotes.answers import Answer, Quote, decline
from knowledge.quotes.statements import Statements
from knowledge.words.lexical import content_terms

STRANGER = "nobody of a name in the question is in the documents"  # a gate


@dataclass(frozen=True, slots=True)
class OfPeople:
    """Answers questions of which it is known whom they are about."""

    about: AboutPeople
    of_nobody: OfNobody
    again: ReadAgain
    rewording: Rewording

    def answer(self, question: Question, namings: Sequence[Naming]) -> Answer:
        """Return the answer to `question`; `namings` say whom it is about."""
        answer = self._about_named(question, namings)
        is_list = len(namings) > 1 and are_listed(question.text, namings, is_joined=True)
        if is_list and (answer.is_whole or not _speaks_of_all(answer, self.about.statements)):
            of_each = self.of_each(question, namings)
            if of_each.status == "answered":
                return of_each
        people = list(dict.fromkeys(p for naming in namings for p in naming.people))
        answer = self.again.answer(question, answer, people)
        # After a "no" about somebody, "he" still means them.
        return answer if answer.status == "answered" else replace(answer, people=tuple(people))

    def _about_named(self, question: Question, namings: Sequence[Naming]) -> Answer:
        """Return the answer of the rules to `question`; `namings` say whom it is about."""
        if self.of_nobody.is_elsewhere(question, namings):
            return decline(question.language, ELSEWHERE)
        answer = self.about.answer_named(question, namings)
        return answer if answer.status == "answered" else self._retold(question, namings, answer)

    def of_each(self, question: Question, namings: Sequence[Naming]) -> Answer:
        """Return an answer of parts, one for each person that `question` lists in `namings`.

        Some may be strangers. People of whom the same is said share a part.
        """
        start, end = namings[0].start, namings[-1].end
        parts: dict[tuple[Quote, ...], Answer] = {}
        is_of_now = False
        for naming in namings:
            written = question.text[naming.start : naming.end]
            head = without_comparing(question.text[:start])
            own = replace(question, text=head + written + question.text[end:])
            for person in naming.people:
                one = Naming("exact", (person,), len(head), len(head) + len(written))
                part = self.again.answer(own, self._about_named(own, [one]), [person])
                same = parts.get(part.quotes)
                people = (*same.people, person) if same is not None else (person,)
                is_of_now = is_of_now or part.is_of_now
                is_card = part.is_card and same is None
                parts[part.quotes] = replace(part, people=people, is_card=is_card, is_of_now=False)
        answered = [part for part in parts.values() if part.status == "answered"]
        absent = [n for n in namings if n.outcome == "stranger"]
        if not answered:
            if absent:
                return decline(question.language, STRANGER, reason="stranger")
            (part,) = parts.values()  # none has a quote to tell it from the others
            return Answer(
                "not_found",
                question.language,
                0.0,
                reason="nothing_found",
                explanation=part.explanation,
                gate=part.gate,
            )
        return Answer(
            "answered",
            question.language,
            max(part.confidence for part in answered),
            tuple(dict.fromkeys(quote for part in answered for quote in part.quotes)),
            people=tuple(person for part in parts.values() for person in part.people),
            is_of_now=is_of_now,
            parts=tuple(parts.values()),
            absent=tuple(question.text[n.start : n.end] for n in absent),
        )

    def _retold(self, question: Question, namings: Sequence[Naming], declined: Answer) -> Answer:
        """Return the answer to `question` reworded with words of the documents; `namings` say whom
        it is about.

        `declined` comes back if that finds nothing, or if the new words ask for something else.
        """
        spoken = self.rewording.reworded(question.text, question.language, with_idioms=True)
        if spoken == question.text:
            return declined
        other = replace(understand(spoken), language=question.language)
        before, found = (self.about.people.resolve(asked.text) for asked in (question, other))
        if [naming.people for naming in before] != [naming.people for naming in found]:
            return declined
        after = [
            replace(naming, outcome="exact", people=known.people)
            for naming, known in zip(found, namings, strict=True)
        ]
        names = [person.name for naming in namings for person in naming.people]
        asked, retold = spelled(question, namings).text, spelled(other, after).text
        if any(asks_for_words_of(asked, name) != asks_for_words_of(retold, name) for name in names):
            return declined
        if not set(attributes_asked(asked, names)) <= set(attributes_asked(retold, names)):
            return declined
        answer = self.about.answer_named(other, after)
        if not self.of_nobody.is_meant(question, answer):
            return declined
        return replace(answer, is_of_now=answer.is_of_now or asks_for_now(question.text))

    def follow(self, question: Question, followed: Question, about: Person) -> Answer:
        """Answer `question`, which says "he" or "she", as `followed`, which names the person."""
        answer = self.about.answer(followed, [about], question.language)
        if answer.status != "answered":
            named = replace(followed, language=question.language)
            namings = [self.settled(n, named, about) for n in self.about.people.resolve(named.text)]
            answer = self._retold(named, namings, answer)
        answer = self.again.answer(replace(followed, language=question.language), answer, [about])
        people = answer.people if answer.status == "answered" else (about,)
        return replace(answer, people=people, is_follow_up=True)

    def settled(self, naming: Naming, question: Question, meant: Person | None) -> Naming:
        """Return `naming` narrowed to one person, where the asker or the question says which."""
        if meant in naming.people:
            return replace(naming, outcome="exact", people=(meant,))
        if naming.outcome != "shared":
            return naming
        said = sought(question.text, question.language, "en", self.about.glossary)
        called = [p for p in naming.people if p.role and _is_called(p.role.text, said)]
        return replace(naming, outcome="exact", people=(called[0],)) if len(called) == 1 else naming


def _speaks_of_all(answer: Answer, statements: Statements) -> bool:
    """Return whether each quoted sentence of `answer` speaks of all people it is about."""
    ids = {person.id for person in answer.people}
    said = (statements.at(quote.passage, quote.sentence) for quote in answer.quotes)
    return answer.status == "answered" and all(
        one is not None and ids <= one.people for one in said
    )


def _is_called(role: str, said: Sequence[frozenset[str]]) -> bool:
    """Return whether `said` holds every word of a person's `role`, as in "the poet Abishev"."""
    wanted = set(content_terms(role, "en"))
    return bool(wanted) and wanted <= {term for one in said for term in one}
