"""Answers a question that names no person by rules: a search, a whole list, or a "no"."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.answering.demands import demands_meant, is_demanded_by
from knowledge.people.naming import Naming, People, without_namings
from knowledge.question.attributes import supposes_unsaid
from knowledge.question.courtesy import asking
from knowledge.question.demand_words import (
    addressee_of_demands,
    asks_for_demands,
    asks_for_what_is_not_demanded,
    demander,
    topic_of_demands,
)
from knowledge.question.elsewhere import speaks_of_elsewhere
from knowledge.question.glossary_terms import LANGUAGES
from knowledge.question.kinds import Kind
from knowledge.question.questions import Question, understand
from knowledge.question.rewording import Rewording
from knowledge.quotes.answers import Answer, decline, whole
from knowledge.quotes.statements import Statement, Statements
from knowledge.search.retrieval import Shelf
from knowledge.search.search import NEARLY_CERTAIN, Search
from knowledge.words.abbreviations import abbreviation_asked_for

# Gates: what is missing where one of them declines.
ELSEWHERE = "no document speaks of all that the question names"
_NOT_THEIR_DEMAND = "whoever the question names demands nothing in the document found"
_NOT_DEMANDED = "documents say what is demanded, not what is not"
_NONE_OF_THEM = "nothing is demanded of whom the question names"


@dataclass(frozen=True, slots=True)
class OfNobody:
    """Answers questions in which nobody is named."""

    search: Search
    statements: Statements
    people: People
    rewording: Rewording

    def answer(self, question: Question, kind: Kind) -> Answer:
        """Return the answer to `question`, which is of that `kind`, as written or reworded."""
        answer = self._best_of_tries(question, kind)
        if not self._is_demand_of_another(question, answer):
            return answer
        return decline(
            question.language,
            _NOT_THEIR_DEMAND,
            confidence=answer.confidence,
            explanation=answer.explanation,
        )

    def _best_of_tries(self, question: Question, kind: Kind) -> Answer:
        answer = self._of_nobody(question, kind)
        is_found = answer.status != "not_found"
        is_certain = is_found and answer.confidence >= NEARLY_CERTAIN
        other = self._reworded(question, with_idioms=not is_certain)
        if other is None or not self.is_meant(question, other):
            return answer
        return answer if is_found and other.confidence <= answer.confidence else other

    def is_meant(self, question: Question, other: Answer) -> bool:
        """Return whether `other`, the answer to `question` reworded, also answers it as written.

        What it takes for granted and what is not demanded hang on the words as written.
        """
        if other.status != "answered" or asks_for_what_is_not_demanded(question.text):
            return False
        return not supposes_unsaid(question.text, other.quotes[0].passage.read_text)

    def _of_nobody(self, question: Question, kind: Kind = "question") -> Answer:
        """Return the answer to `question` of that `kind`, just as it is written."""
        language = question.language
        shelves = self._shelves_that_may_answer(question)
        if not shelves:
            return decline(language, ELSEWHERE)
        addressee = addressee_of_demands(question.text)
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

    def _reworded(self, question: Question, *, with_idioms: bool) -> Answer | None:
        """Return the answer to `question` with synonyms that the documents use; None if it has no
        word for which they use another. `with_idioms` is as in `Rewording.reworded`.
        """
        language = question.language
        spoken = self.rewording.reworded(question.text, language, with_idioms=with_idioms)
        if spoken == question.text:
            return None
        return self._of_nobody(replace(understand(spoken), language=language))

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
