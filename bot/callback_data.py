"""What a button carries: enough to act on after a restart, and nobody's words.

Data about documents is `ACTION:VERSION:DETAIL` in at most 64 bytes. DETAIL holds indices of
passages, sentences, people or documents in the knowledge base that VERSION names; in another
version it means nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

from telegram.constants import InlineKeyboardButtonLimit, InlineQueryLimit

from knowledge.knowledge_base import KnowledgeBase
from knowledge.people.person import Person
from knowledge.quotes.answers import Answer, Quote, quote
from knowledge.reading.passages import Passage
from knowledge.search.several import with_items

Action = Literal[
    "more",
    "list",
    "around",
    "share",
    "example",
    "person",
    "meant",
    "people",
    "page",
    "demands",
    "golden",
    "near",
    "read",
    "document",
    "documents",
    "named",
    "demanded",
]

TELL = "tell"
WRONG, SURELY_WRONG = "wrong", "wrong:sure"
LANGUAGE = r"^language:(en|ru|kk)(:start)?$"
"""The data of a button that chooses a language; one with `:start` stands under the greeting."""
EDIT = r"edit:[a-z]+:[0-9a-f.]{1,20}"
"""The data of a button for editors."""

_PLACE = r"[0-9]{1,7}\.[0-9]{1,7}"
_OF_QUOTES = re.compile(rf"(more|list|around|share):([0-9a-f]{{8}}):({_PLACE}(?:,{_PLACE})*)")
# The index of whose list it is, and of the first entry to show.
_OF_PART = re.compile(r"(person|named|demanded):([0-9a-f]{8}):([0-9]{1,7}\.[0-9]{1,7})")
_OF_LIST = re.compile(
    r"(example|meant|people|page|demands|golden|near|read|document|documents)"
    r":([0-9a-f]{8}):([0-9]{1,7})"
)
_LIMIT = int(InlineKeyboardButtonLimit.MAX_CALLBACK_DATA)  # bytes
_QUERY = int(InlineQueryLimit.MAX_QUERY_LENGTH)  # characters


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button: its action, the version it is of, and the indices that say of what."""

    action: Action
    version: str
    numbers: tuple[tuple[int, ...], ...]


def read(data: str) -> Press | None:
    """Return what callback `data` asks for; None if it has none of the forms above."""
    patterns = (_OF_QUOTES, _OF_PART, _OF_LIST)
    match = next((m for pattern in patterns if (m := pattern.fullmatch(data))), None)
    if match is None:
        return None
    numbers = tuple(tuple(map(int, place.split("."))) for place in match[3].split(","))
    return Press(cast("Action", match[1]), match[2], numbers)


def is_of(press: Press, base: KnowledgeBase) -> bool:
    """Return whether `press` names quotes of `base`, and all of them exist."""
    places = _places(press)
    are_there = all(
        row < len(base.passages) and sentence < len(base.passages[row].sentences)
        for row, sentence in places
    )
    return press.version == base.version and bool(places) and are_there


def quotes_at(press: Press, base: KnowledgeBase) -> list[Quote]:
    """Return the quotes that `press` names, best first. Raises IndexError if one does not exist."""
    return [_quote_at(base.passages[row], sentence) for row, sentence in _places(press)]


def page_data(answer: Answer, shown: int, base: KnowledgeBase) -> str | None:
    """Return the data of the button that continues a list after its first `shown` quotes; None if
    these are all, or no button can name the others.
    """
    quotes = answer.quotes
    if shown >= len(quotes):
        return None
    if (data := rest_data(quotes[shown:], shown, len(quotes), base)) is not None:
        return data
    if len(answer.people) == 1:
        return person_data(answer.people[0], shown if answer.is_whole else 0, base)
    if answer.is_whole and len(quotes) == len(base.statements.demands):
        return demands_data(shown, base)
    return None


def more_data(rest: Sequence[Quote], base: KnowledgeBase) -> str:
    """Return the data of a button that shows the first of `rest`, and names as many as fit."""
    return _data("more", [_place(other, base) for other in rest], base)


def around_data(shown: Quote, base: KnowledgeBase) -> str:
    """Return the data of a button that shows the passages around the quote `shown`."""
    return f"around:{base.version}:{_place(shown, base)}"


def share_data(shown: Sequence[Quote], base: KnowledgeBase) -> str:
    """Return the inline query that names the quotes `shown`, or as many of them as fit in it."""
    return _data("share", [_place(one, base) for one in shown], base, _QUERY)


def rest_data(rest: Sequence[Quote], first: int, count: int, base: KnowledgeBase) -> str | None:
    """Return the data of a button for `rest`, the quotes from index `first` on in a list of
    `count`; None if they do not fit.
    """
    places = [f"{first}.{count}", *(_place(one, base) for one in rest)]
    data = f"list:{base.version}:{','.join(places)}"
    return data if len(data) <= _LIMIT else None


def person_data(person: Person, first: int, base: KnowledgeBase) -> str:
    """Return the data of a button for what is said of `person`, from statement `first` on."""
    return f"person:{base.version}:{base.people.people.index(person)}.{first}"


def demands_data(first: int, base: KnowledgeBase) -> str:
    """Return the data of a button for the demands from index `first` on."""
    return f"demands:{base.version}:{first}"


def edit_data(action: str, subject: str | int) -> str:
    """Return the data of a button for editors, which does `action` to `subject`."""
    return f"edit:{action}:{subject}"


def _data(action: Action, places: Sequence[str], base: KnowledgeBase, limit: int = _LIMIT) -> str:
    """Return data that names as many of `places` as fit `limit`."""
    kept = list(places)
    while len(data := f"{action}:{base.version}:{','.join(kept)}") > limit:
        kept.pop()
    return data


def _places(press: Press) -> tuple[tuple[int, ...], ...]:
    # Those of a list come after (index of the first, count of all).
    return press.numbers[1:] if press.action == "list" else press.numbers


def _quote_at(passage: Passage, sentence: int) -> Quote:
    return quote(passage, with_items(passage, passage.sentences[sentence]))


def _place(shown: Quote, base: KnowledgeBase) -> str:
    # Found by its start alone: the heading of a list is shown with its items.
    starts = [sentence.start for sentence in shown.passage.sentences]
    return f"{base.row(shown.passage)}.{starts.index(shown.sentence.start)}"
