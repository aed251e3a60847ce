"""What the buttons of a message carry: enough to act on after a restart, and nobody's words.

Callback data is `ACTION:VERSION:DETAIL` in at most 64 bytes. DETAIL counts passages and sentences
of the knowledge base that VERSION names; to another version it means nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit

from bot.texts import text
from knowledge.answers import Quote, quote
from knowledge.knowledge_base import KnowledgeBase
from knowledge.people import Person

Action = Literal[
    "more",
    "around",
    "example",
    "person",
    "meant",
    "people",
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
EDIT = r"edit:[a-z]+:[0-9a-f.]{1,20}"
"""What the data of a button for editors looks like."""

_PLACE = r"[0-9]{1,7}\.[0-9]{1,7}"
_OF_QUOTES = re.compile(rf"(more|around):([0-9a-f]{{8}}):({_PLACE}(?:,{_PLACE})*)")
# Whose list, and from which of its entries on.
_OF_PART = re.compile(r"(person|named|demanded):([0-9a-f]{8}):([0-9]{1,7}\.[0-9]{1,7})")
_OF_LIST = re.compile(
    r"(example|meant|people|demands|golden|near|read|document|documents):([0-9a-f]{8}):([0-9]{1,7})"
)
_NAMES_A_PAGE = 10
_LIMIT = int(InlineKeyboardButtonLimit.MAX_CALLBACK_DATA)  # bytes


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button: what it asks for, of which version, and the numbers that say of what."""

    action: Action
    version: str
    numbers: tuple[tuple[int, ...], ...]


def read(data: str) -> Press | None:
    """Return what callback `data` asks for; None if no version of this bot wrote it."""
    patterns = (_OF_QUOTES, _OF_PART, _OF_LIST)
    match = next((m for pattern in patterns if (m := pattern.fullmatch(data))), None)
    if match is None:
        return None
    numbers = tuple(tuple(map(int, place.split("."))) for place in match[3].split(","))
    return Press(cast("Action", match[1]), match[2], numbers)


def quotes_at(press: Press, base: KnowledgeBase) -> list[Quote]:
    """Return the quotes that `press` names, best first. Raises IndexError if one is not there."""
    return [
        quote(base.passages[row], base.passages[row].sentences[sentence])
        for row, sentence in press.numbers
    ]


def quote_keyboard(
    shown: Quote, rest: Sequence[Quote], base: KnowledgeBase, language: str
) -> InlineKeyboardMarkup:
    """Return the buttons under `shown`: the next of `rest`, if any, and what stands around it."""
    buttons = []
    if rest:
        places = [_place(other, base) for other in rest]
        while len(data := f"more:{base.version}:{','.join(places)}") > _LIMIT:
            places.pop()
        buttons.append(InlineKeyboardButton(text("button_more", language), callback_data=data))
    around = f"around:{base.version}:{_place(shown, base)}"
    buttons.append(InlineKeyboardButton(text("button_around", language), callback_data=around))
    return InlineKeyboardMarkup([buttons])


def examples_keyboard(examples: Mapping[int, str], base: KnowledgeBase) -> InlineKeyboardMarkup:
    """Return a button for each of `examples`, by its number, one above the other."""
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(example, callback_data=f"example:{base.version}:{number}")]
            for number, example in examples.items()
        ]
    )


def people_keyboard(
    people: Sequence[Person], base: KnowledgeBase, language: str, offset: int
) -> InlineKeyboardMarkup:
    """Return a button for each of a page of `people`, from the one at `offset` on."""
    shown = people[offset : offset + _NAMES_A_PAGE]
    rows = [[InlineKeyboardButton(p.name, callback_data=person_data(p, 0, base))] for p in shown]
    if offset + _NAMES_A_PAGE < len(people):
        data = f"people:{base.version}:{offset + _NAMES_A_PAGE}"
        rows.append([InlineKeyboardButton(text("button_more", language), callback_data=data)])
    return InlineKeyboardMarkup(rows)


def options_keyboard(options: Sequence[Person], base: KnowledgeBase) -> InlineKeyboardMarkup:
    """Return a button for each of those a question may mean."""
    everybody = base.people.people
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(
                    option.name, callback_data=f"meant:{base.version}:{everybody.index(option)}"
                )
            ]
            for option in options
        ]
    )


def next_keyboard(data: str, language: str) -> InlineKeyboardMarkup:
    """Return the button that shows the next page, which `data` names."""
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(text("button_more", language), callback_data=data)]]
    )


def person_data(person: Person, first: int, base: KnowledgeBase) -> str:
    """Return the data of a button for what is said of `person`, from statement `first` on."""
    return f"person:{base.version}:{base.people.people.index(person)}.{first}"


def demands_data(first: int, base: KnowledgeBase) -> str:
    """Return the data of a button for the demands from `first` on."""
    return f"demands:{base.version}:{first}"


def edit_data(action: str, subject: str | int) -> str:
    """Return the data of a button for editors: what to do, and to what."""
    return f"edit:{action}:{subject}"


def edit_keyboard(rows: Sequence[tuple[str, str]]) -> InlineKeyboardMarkup | None:
    """Return a button for each (words, data) of `rows`, one above the other; None for no rows."""
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(words, callback_data=data)] for words, data in rows]
    )


def tell_keyboard(language: str) -> InlineKeyboardMarkup:
    """Return the button that hands a question without an answer to the editors."""
    words = text("button_tell", language)
    return InlineKeyboardMarkup([[InlineKeyboardButton(words, callback_data=TELL)]])


def without(keyboard: InlineKeyboardMarkup, data: str) -> InlineKeyboardMarkup | None:
    """Return `keyboard` less the button that carries `data`; None if that was its last."""
    rows = [[b for b in row if b.callback_data != data] for row in keyboard.inline_keyboard]
    left = [row for row in rows if row]
    return InlineKeyboardMarkup(left) if left else None


def _place(shown: Quote, base: KnowledgeBase) -> str:
    # By its start: the heading of a list is shown with its items.
    starts = [sentence.start for sentence in shown.passage.sentences]
    return f"{base.row(shown.passage)}.{starts.index(shown.sentence.start)}"
