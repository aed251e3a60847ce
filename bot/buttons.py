"""What the buttons of a message carry: enough to act on after a restart, and nobody's words.

Callback data is `ACTION:VERSION:DETAIL` in at most 64 bytes. DETAIL counts passages and sentences
of the knowledge base that VERSION names; to another version it means nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit

from bot.texts import text
from knowledge.answers import Quote, quote
from knowledge.knowledge_base import KnowledgeBase

Action = Literal["more", "around", "example"]

_PLACE = r"[0-9]{1,7}\.[0-9]{1,7}"
_OF_QUOTES = re.compile(rf"(more|around):([0-9a-f]{{8}}):({_PLACE}(?:,{_PLACE})*)")
_OF_EXAMPLE = re.compile(r"(example):([0-9a-f]{8}):([0-9]{1,3})")
_LIMIT = int(InlineKeyboardButtonLimit.MAX_CALLBACK_DATA)  # bytes


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button: what it asks for, of which version, and the numbers that say of what."""

    action: Action
    version: str
    numbers: tuple[tuple[int, ...], ...]


def read(data: str) -> Press | None:
    """Return what callback `data` asks for; None if no version of this bot wrote it."""
    match = _OF_QUOTES.fullmatch(data) or _OF_EXAMPLE.fullmatch(data)
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


def examples_keyboard(examples: Sequence[str], base: KnowledgeBase) -> InlineKeyboardMarkup:
    """Return a button for each of `examples`, one above the other."""
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(example, callback_data=f"example:{base.version}:{number}")]
            for number, example in enumerate(examples)
        ]
    )


def without(keyboard: InlineKeyboardMarkup, data: str) -> InlineKeyboardMarkup:
    """Return `keyboard` less the button that carries `data`."""
    rows = [[b for b in row if b.callback_data != data] for row in keyboard.inline_keyboard]
    return InlineKeyboardMarkup([row for row in rows if row])


def _place(shown: Quote, base: KnowledgeBase) -> str:
    return f"{base.row(shown.passage)}.{shown.passage.sentences.index(shown.sentence)}"
