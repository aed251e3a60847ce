"""What a conversation was shown last, so that "source?" and "more" can be answered.

It is kept as numbers alone: nobody's words are kept.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from knowledge.quotes.answers import MOST_QUOTES, Answer, Quote, quote
from knowledge.reading.documents import Document
from knowledge.reading.passages import Passage

_MOST = 50  # places kept of what comes next

Place = tuple[int, int]
"""The row of a passage in a knowledge base, and the number of a sentence in it, from 0."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The places of the sentences quoted last, and of those that come next, best first.

    `version` is that of the knowledge base; in any other the places mean nothing. `of_stranger`
    says that nothing was quoted, since the question was about somebody whom no document names.
    """

    version: str
    quotes: tuple[Place, ...]
    more: tuple[Place, ...]
    of_stranger: bool = False

    def documents(self, passages: Sequence[Passage]) -> tuple[Document, ...]:
        """Return the documents quoted, in order."""
        found = {passages[row].document.id: passages[row].document for row, _ in self.quotes}
        return tuple(found.values())

    def next(self, passages: Sequence[Passage]) -> tuple[Quote, ...]:
        """Return the quotes that come next."""
        return tuple(
            quote(passages[row], passages[row].sentences[sentence]) for row, sentence in self.more
        )


def shown_after(
    answer: Answer, before: Shown | None, version: str, row: Callable[[Passage], int]
) -> Shown | None:
    """Return what a conversation was shown last once it got `answer`; `before` is what it was
    shown last until then.

    What the bot says about itself or the documents changes nothing; a "no" or a question back
    leaves None, unless it is about a stranger. `row` returns the row of a passage. Of a whole list
    only the first quotes count as shown, and the rest comes next; quotes from the documents just
    quoted come before others.
    """
    if answer.status == "smalltalk" or answer.reason == "documents":
        return before
    if answer.reason == "stranger":
        return Shown(version, (), (), of_stranger=True)
    if not answer.quotes:
        return None
    is_list = answer.is_whole and len(answer.quotes) > MOST_QUOTES
    first = answer.quotes[:MOST_QUOTES] if is_list else answer.quotes
    rest: Sequence[Quote] = answer.quotes[MOST_QUOTES:] if is_list else answer.more
    quoted = {one.passage.document.id for one in first}
    rest = sorted(rest, key=lambda one: one.passage.document.id not in quoted)
    return Shown(version, tuple(_places(first, row)), tuple(_places(rest[:_MOST], row)))


def _places(quotes: Iterable[Quote], row: Callable[[Passage], int]) -> Iterable[Place]:
    for one in quotes:
        # By its start: the heading of a list is shown with its items.
        starts = [sentence.start for sentence in one.passage.sentences]
        yield row(one.passage), starts.index(one.sentence.start)
