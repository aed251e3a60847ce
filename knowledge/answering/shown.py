"""Where the last answer of a conversation stood, so that "source?" and "more" are understood.

Numbers alone: no words of anybody are kept.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from knowledge.quotes.answers import MOST_QUOTES, Answer, Quote, quote
from knowledge.reading.documents import Document
from knowledge.reading.passages import Passage

_MOST = 50  # places kept of what is next

Place = tuple[int, int]
"""A row of the passages of a knowledge base, and which of its sentences."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The places of what was quoted last, and of what comes next, best first.

    `version` is that of the knowledge base; to another one they mean nothing.
    """

    version: str
    quotes: tuple[Place, ...]
    more: tuple[Place, ...]

    def documents(self, passages: Sequence[Passage]) -> tuple[Document, ...]:
        """Return the documents quoted, in order."""
        found = {passages[row].document.id: passages[row].document for row, _ in self.quotes}
        return tuple(found.values())

    def next(self, passages: Sequence[Passage]) -> tuple[Quote, ...]:
        """Return what comes next."""
        return tuple(
            quote(passages[row], passages[row].sentences[sentence]) for row, sentence in self.more
        )


def shown_after(
    answer: Answer, before: Shown | None, version: str, row: Callable[[Passage], int]
) -> Shown | None:
    """Return what a conversation has been shown after `answer`, where it was shown `before`.

    What the bot says of itself or of documents leaves that as it was; a "no" or asking back leaves
    nothing. `row` tells that of a passage. Of a whole list the first few count as read; what comes
    next in the documents quoted goes before others.
    """
    if answer.status == "smalltalk" or answer.reason == "documents":
        return before
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
