"""Answers a question that names no person by rules: a search, a whole list, or a "no"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.answering.demands import demands_meant, is_demanded_by
from knowledge.people.naming import Naming, People, without_namings
from knowledge.question.agents import asks_for_officer
from knowledge.question.courtesy import asking
from knowledge.question.demand_words import (
    addressee_of_demands,
    asks_for_demands,
    asks_for_what_is_not_demanded,
    demander,
    is_made_of_parliament,
    topic_of_demands,
    with_parliament,
)
from knowledge.question.elsewhere import speaks_of_elsewhere
from knowledge.question.glossary_terms import LANGUAGES
from knowledge.question.kinds import Kind
from knowledge.question.personal import asks_for_persons_name
from knowledge.question.questions import Question, understand
from knowledge.question.rewording import Rewording
from knowledge.quotes.answers import Answer, decline, whole
from knowledge.quotes.statements import Statement, Statements
from knowledge.search.retrieval import Shelf
from knowledge.search.search import NEARLY_CERTAIN, Search
from knowledge.words.abbreviations import abbreviation_asked_for

# Gates: what is missing where one of them declines.
ELSEWHERE = "no document speaks of all that the question names"
NAMELESS = "the question asks for somebody's name, and what was found names nobody"
_NOT_THEIR_DEMAND = "whoever the question names demands nothing in the document found"
_OF_THEMSELVES = "whoever makes the demands makes none of themselves"
_NOT_DEMANDED = "documents say what is demanded, not what is not"
_NONE_OF_THEM = "nothing is demanded of whom the question names"


@dataclass(frozen=True, slots=True)
class OfNobody:
    """Answers questions in which nobody is named."""

    search: Search
    statements: Statements
    people: People
    rewording: Rewording

    def answer(self, question: Question, kind: Kind, written: Question) -> Answer:
        """Return the answer to `question`, which is of that `kind`, as written or reworded.

        `written` is the whole message, which may ask for a name after the question itself ("… I
        need their names").
        """
        answer = self._best_of_tries(question, kind)
        if self.is_nameless(question, answer) or self.is_nameless(written, answer):
            gate = answer.gate or NAMELESS
        elif self._is_demand_of_another(question, answer):
            gate = _NOT_THEIR_DEMAND
        else:
            return answer
        return decline(
            question.language, gate, confidence=answer.confidence, explanation=answer.explanation
        )

    def _best_of_tries(self, question: Question, kind: Kind) -> Answer:
        """Return the best answer to `question`, as written or reworded."""
        language = question.language
        answer = self._of_nobody(question, kind)
        if answer.status == "not_found":
            tries = self._of_reworded(question)
            return next((other for other in tries if self.is_meant(question, other)), answer)
        is_unsure = answer.confidence < NEARLY_CERTAIN
        spoken = self.rewording.reworded(question.text, language, with_idioms=is_unsure)
        if spoken != question.text:
            other = self._of_nobody(replace(understand(spoken), language=language))
            if self.is_meant(question, other) and other.confidence > answer.confidence:
                return other
        return answer

    def is_meant(self, question: Question, other: Answer) -> bool:
        """Return whether `other`, the answer to `question` reworded, also answers it as written.

        Who did something, what happened and what is not demanded hang on the words as written.
        """
        if other.status != "answered" or asks_for_what_is_not_demanded(question.text):
            return False
        shown = other.quotes[0]
        return self.search.leaves_unsaid(question, shown.passage, shown.sentence) is None

    def _of_nobody(self, question: Question, kind: Kind = "question") -> Answer:
        """Return the answer to `question` of that `kind`, just as it is written."""
        language = question.language
        shelves = self._shelves_that_may_answer(question)
        if not shelves:
            return decline(language, ELSEWHERE)
        addressee = addressee_of_demands(question.text)
        if addressee is not None and is_made_of_parliament(addressee):
            return decline(language, _OF_THEMSELVES)
        if asks_for_what_is_not_demanded(question.text):
            return decline(language, _NOT_DEMANDED)
        if introduced := self.introduced(question):
            return whole([introduced], language)
        if kind == "people" and self.people.people:
            named = [statement for statement in self.statements.all if statement.named]
            return whole(named, language, self.people.people)
        # Only of documents that speak of everything the question names.
        spoken = {shelf.language for shelf in shelves}
        every = [d for d in self.statements.demands if d.passage.document.language in spoken]
        if kind == "demands" and addressee is None and every:
            return whole(every, language)
        if asks_for_demands(question.text) and every:
            demands = demands_meant(question.text, language, every, self.search.glossary)
            if demands:
                return whole(demands, language)
            if addressee is not None:
                return decline(language, _NONE_OF_THEM)
        return replace(self.search, shelves=shelves).answer(question)

    def _of_reworded(self, question: Question) -> Iterator[Answer]:
        """Yield the answers to `question` reworded: with synonyms that the documents use, then with
        the Parliament in place of its members.
        """
        language = question.language
        spoken = self.rewording.reworded(question.text, language, with_idioms=True)
        if spoken != question.text:
            yield self._of_nobody(replace(understand(spoken), language=language))
        of_all = with_parliament(question.text)
        if of_all != question.text:
            yield self._of_nobody(replace(understand(of_all), language=language))

    def is_nameless(self, question: Question, answer: Answer) -> bool:
        """Return whether `question` asks for somebody's name and `answer` names nobody."""
        wants_person = asks_for_persons_name(question.text) or (
            asks_for_officer(question.text) and _is_in_english(answer)
        )
        return wants_person and not self._is_anybody_named(answer)

    def _is_anybody_named(self, answer: Answer) -> bool:
        """Return whether a sentence that `answer` shows names a person."""
        shown = (self.statements.at(quote.passage, quote.sentence) for quote in answer.quotes)
        return any(statement is not None and statement.named for statement in shown)

    def _is_demand_of_another(self, question: Question, answer: Answer) -> bool:
        """Return whether `question` asks what somebody demands, and `answer` shows a demand from a
        document in which they demand nothing.
        """
        who = demander(question.text)
        if who is None or not answer.quotes or answer.quotes[0].label != "demand":
            return False
        shown = answer.quotes[0].passage.document
        own = self.statements.in_document(shown)
        return not is_demanded_by(who, question.language, own, self.search.glossary)

    def is_elsewhere(self, question: Question, namings: Sequence[Naming] = ()) -> bool:
        """Return whether `question` names, beside `namings`, what no document mentions."""
        return not self._shelves_that_may_answer(question, namings)

    def introduced(self, question: Question) -> Statement | None:
        """Return the sentence that introduces the abbreviation `question` asks about, if any."""
        written = abbreviation_asked_for(question.text)
        if written is None:
            return None
        spelled = {written.upper()}
        if question.language in LANGUAGES:
            for shelf in self.search.shelves:
                if shelf.language in LANGUAGES and shelf.language != question.language:
                    carried = self.search.glossary.translate(
                        written, question.language, shelf.language
                    )
                    spelled |= {text for one in carried.terms for text in one}
        written_so = {one for one in spelled if self.search.vocabulary.names(one)}
        return self.statements.introducing(spelled) or self.statements.spelling_out(written_so)

    def _shelves_that_may_answer(
        self, question: Question, namings: Sequence[Naming] = ()
    ) -> tuple[Shelf, ...]:
        """Return the shelves whose documents mention all else that `question` names."""
        text = topic_of_demands(asking(without_namings(question.text, namings)))
        return tuple(
            shelf
            for shelf in self.search.shelves
            if not speaks_of_elsewhere(
                text,
                question.language,
                self.search.vocabulary,
                shelf.language,
                self.search.glossary,
            )
        )


def _is_in_english(answer: Answer) -> bool:
    """Return whether `answer` quotes English, where people are found most surely."""
    return bool(answer.quotes) and answer.quotes[0].passage.document.language == "en"
