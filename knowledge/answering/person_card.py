"""The card of a person: who that is, and of all that is said of them what stands first."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.people.person import Person
from knowledge.quotes.answers import Quote
from knowledge.quotes.statements import Statements


@dataclass(frozen=True, slots=True)
class PersonCard:
    """What the documents say of `person`.

    `first` are the first sentence that says something of them and the demand that concerns fewest
    besides them, as far as there are any; `rest` is everything else, in the order of the documents.
    """

    person: Person
    first: tuple[Quote, ...]
    rest: tuple[Quote, ...]

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """All that is said, as it is counted: what stands on the card first."""
        return (*self.first, *self.rest)

    @property
    def role(self) -> str | None:
        """Who the person is in the words of a document; None if no document says."""
        return None if self.person.role is None else self.person.role.text

    @property
    def day(self) -> datetime.date | None:
        """The latest day for which what stands on the card speaks; None if none is known."""
        days = (quote.passage.document.date for quote in self.first)
        return max((day for day in days if day is not None), default=None)


def person_card(person: Person, quotes: Sequence[Quote], statements: Statements) -> PersonCard:
    """Return the card of `person`, of whom `quotes` are all that is said, in order."""
    said = [quote for quote in quotes if quote.label not in {"demand", "title"}]
    demanded = [quote for quote in quotes if quote.label == "demand"]

    def others(demand: Quote) -> int:
        stated = statements.at(demand.passage, demand.sentence)
        return len(stated.people | stated.concerned) if stated is not None else 0

    first = (*said[:1], *sorted(demanded, key=others)[:1]) or tuple(quotes[:1])
    return PersonCard(person, first, tuple(quote for quote in quotes if quote not in first))
