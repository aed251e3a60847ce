"""The card of a person: who they are, and what the documents say of them, the main quotes first."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.people.person import Person
from knowledge.quotes.answers import Quote
from knowledge.quotes.statements import Statements


@dataclass(frozen=True, slots=True)
class PersonCard:
    """What the documents say of `person`.

    `first` are the first sentence about them and the demand that concerns the fewest people, as far
    as there are any, else the first quote, a title. `rest` are all other quotes, in order.
    """

    person: Person
    first: tuple[Quote, ...]
    rest: tuple[Quote, ...]

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """All quotes, in the order in which they are counted: `first`, then `rest`."""
        return (*self.first, *self.rest)

    @property
    def role(self) -> str | None:
        """Who the person is in the words of a document; None if no document says."""
        return None if self.person.role is None else self.person.role.text

    @property
    def day(self) -> datetime.date | None:
        """The latest date of the documents quoted in `first`; None if none of them has one."""
        days = (quote.passage.document.date for quote in self.first)
        return max((day for day in days if day is not None), default=None)


def person_card(person: Person, quotes: Sequence[Quote], statements: Statements) -> PersonCard:
    """Return the card of `person`; `quotes` are all that is said of them, in order."""
    said = [quote for quote in quotes if quote.label not in {"demand", "title"}]
    demanded = [quote for quote in quotes if quote.label == "demand"]

    def count_concerned(demand: Quote) -> int:
        statement = statements.at(demand.passage, demand.sentence)
        return len(statement.people | statement.concerned) if statement is not None else 0

    first = (*said[:1], *sorted(demanded, key=count_concerned)[:1]) or tuple(quotes[:1])
    return PersonCard(person, first, tuple(quote for quote in quotes if quote not in first))
