"""Buttons and their callback data: enough to act on after a restart, and nobody's words.

Data about documents is `ACTION:VERSION:DETAIL` in at most 64 bytes. DETAIL holds indices of
passages, sentences, people or documents in the knowledge base that VERSION names; in another
version it means nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast
from urllib.parse import urlsplit

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit, InlineQueryLimit

from bot.texts import LANGUAGES, text
from knowledge.answering.person_card import PersonCard
from knowledge.knowledge_base import KnowledgeBase
from knowledge.people.display_names import display_name
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
NAMES_A_PAGE = 10
_SHORT_NAME = 18  # characters; such a name leaves room for another beside it
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


def quote_keyboard(
    shown: Quote,
    rest: Sequence[Quote],
    base: KnowledgeBase,
    language: str,
    *,
    is_inline: bool = False,
    is_told: bool = False,
) -> InlineKeyboardMarkup:
    """Return the buttons under the quote `shown`: for the next of `rest`, if any, for the passages
    around `shown`, and those of `below`.
    """
    buttons = []
    if rest:
        data = _data("more", [_place(other, base) for other in rest], base)
        buttons.append(InlineKeyboardButton(text("button_more", language), callback_data=data))
    around = f"around:{base.version}:{_place(shown, base)}"
    buttons.append(InlineKeyboardButton(text("button_around", language), callback_data=around))
    under = below([shown], base, language, is_inline=is_inline, is_told=is_told)
    return InlineKeyboardMarkup([buttons, *under])


def list_keyboard(
    shown: Sequence[Quote],
    following: str | None,
    base: KnowledgeBase,
    language: str,
    *,
    is_inline: bool = False,
    is_told: bool = False,
) -> InlineKeyboardMarkup | None:
    """Return the buttons under a page of a list, which shows the quotes `shown`: for the next page,
    if `following` is its data, and those of `below`; None if there are none.
    """
    rows = below(shown, base, language, is_inline=is_inline, is_told=is_told)
    if following is not None:
        more = InlineKeyboardButton(text("button_more", language), callback_data=following)
        rows.insert(0, [more])
    return InlineKeyboardMarkup(rows) if rows else None


def below(
    shown: Sequence[Quote],
    base: KnowledgeBase,
    language: str,
    *,
    is_inline: bool = False,
    is_told: bool = False,
) -> list[list[InlineKeyboardButton]]:
    """Return the last row of buttons under an answer that shows the quotes `shown`, or no row.

    It opens the document on the web, if all quotes are of one; shares the answer, if `is_inline`;
    and calls it wrong, if `is_told`.
    """
    row = []
    urls = {quote.passage.document.url for quote in shown}
    if len(urls) == 1 and (url := urls.pop()) is not None and _can_be_opened(url):
        row.append(InlineKeyboardButton(text("button_open", language), url=url))
    if is_inline:
        words, query = text("button_share", language), share_data(shown, base)
        row.append(InlineKeyboardButton(words, switch_inline_query=query))
    if is_told:
        row.append(InlineKeyboardButton(text("button_wrong", language), callback_data=WRONG))
    return [row] if row else []


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


def examples_keyboard(examples: Mapping[int, str], base: KnowledgeBase) -> InlineKeyboardMarkup:
    """Return a button for each of `examples` (number -> question), one above the other."""
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(example, callback_data=f"example:{base.version}:{number}")]
            for number, example in examples.items()
        ]
    )


def people_keyboard(
    people: Sequence[Person], base: KnowledgeBase, language: str, offset: int
) -> InlineKeyboardMarkup:
    """Return a page of `people`, from `offset` on: a button for each, short names in two columns,
    and the buttons that turn the page.
    """
    shown = people[offset : offset + NAMES_A_PAGE]
    rows = in_columns([(display_name(p, language), person_data(p, 0, base)) for p in shown])
    turns = []
    if offset:
        before = f"page:{base.version}:{max(offset - NAMES_A_PAGE, 0)}"
        turns.append(InlineKeyboardButton(text("button_previous", language), callback_data=before))
    if offset + NAMES_A_PAGE < len(people):
        after = f"page:{base.version}:{offset + NAMES_A_PAGE}"
        turns.append(InlineKeyboardButton(text("button_more", language), callback_data=after))
    return InlineKeyboardMarkup([*rows, turns] if turns else rows)


def options_keyboard(
    options: Sequence[Person], base: KnowledgeBase, language: str
) -> InlineKeyboardMarkup:
    """Return a button for each of the people whom a question may mean."""
    everybody = base.people.people
    return InlineKeyboardMarkup(
        in_columns(
            [
                (display_name(option, language), f"meant:{base.version}:{everybody.index(option)}")
                for option in options
            ]
        )
    )


def card_keyboard(
    card: PersonCard,
    base: KnowledgeBase,
    language: str,
    *,
    is_inline: bool = False,
    is_told: bool = False,
) -> InlineKeyboardMarkup:
    """Return the buttons under `card`: for its other quotes, if any, for the passages around the
    first quote, and those of `below`.
    """
    buttons = []
    if card.rest:
        data = person_data(card.person, len(card.first), base)
        buttons.append(InlineKeyboardButton(text("button_more", language), callback_data=data))
    around = f"around:{base.version}:{_place(card.first[0], base)}"
    buttons.append(InlineKeyboardButton(text("button_around", language), callback_data=around))
    under = below(card.first, base, language, is_inline=is_inline, is_told=is_told)
    return InlineKeyboardMarkup([buttons, *under])


def cards_keyboard(
    people: Sequence[Person], base: KnowledgeBase, language: str
) -> InlineKeyboardMarkup:
    """Return a button for the card of each of `people`."""
    return InlineKeyboardMarkup(
        in_columns([(display_name(p, language), person_data(p, 0, base)) for p in people])
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
    """Return the data of a button for the demands from index `first` on."""
    return f"demands:{base.version}:{first}"


def edit_data(action: str, subject: str | int) -> str:
    """Return the data of a button for editors, which does `action` to `subject`."""
    return f"edit:{action}:{subject}"


def edit_keyboard(rows: Sequence[Sequence[tuple[str, str]]]) -> InlineKeyboardMarkup | None:
    """Return a button for each (words, data) of the rows; None for no rows."""
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(words, callback_data=data) for words, data in row] for row in rows]
    )


def language_keyboard(where: str = "") -> InlineKeyboardMarkup:
    """Return a row of buttons, one per language under its own name; `where` ends their data."""
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(text("own_name", one), callback_data=f"language:{one}{where}")
                for one in LANGUAGES
            ]
        ]
    )


def tell_keyboard(language: str) -> InlineKeyboardMarkup:
    """Return the button that hands a question without an answer to the editors."""
    words = text("button_tell", language)
    return InlineKeyboardMarkup([[InlineKeyboardButton(words, callback_data=TELL)]])


def language_of(keyboard: InlineKeyboardMarkup, data: str) -> str | None:
    """Return the language of the words on the button that carries `data`, if it is one for more or
    for the passages around; else None.
    """
    words = {b.text for row in keyboard.inline_keyboard for b in row if b.callback_data == data}
    leading = ("button_more", "button_around")
    spoken = (one for one in LANGUAGES if words & {text(key, one) for key in leading})
    return next(spoken, None)


def surely(keyboard: InlineKeyboardMarkup, language: str) -> InlineKeyboardMarkup:
    """Return `keyboard`, its button that calls the answer wrong replaced by one that, on the second
    press, hands the question to the editors.
    """
    sure = InlineKeyboardButton(text("button_tell", language), callback_data=SURELY_WRONG)
    rows = keyboard.inline_keyboard
    return InlineKeyboardMarkup(
        [[sure if button.callback_data == WRONG else button for button in row] for row in rows]
    )


def without(keyboard: InlineKeyboardMarkup, data: str) -> InlineKeyboardMarkup | None:
    """Return `keyboard` without the button that carries `data`; None if that was its last."""
    rows = [[b for b in row if b.callback_data != data] for row in keyboard.inline_keyboard]
    left = [row for row in rows if row]
    return InlineKeyboardMarkup(left) if left else None


def in_columns(buttons: Sequence[tuple[str, str]]) -> list[list[InlineKeyboardButton]]:
    """Return rows of `buttons`, each (words, data): two in a row where both words are short."""
    rows: list[list[InlineKeyboardButton]] = []
    for words, data in buttons:
        button = InlineKeyboardButton(words, callback_data=data)
        beside = rows[-1] if rows else []
        if len(beside) == 1 and max(len(words), len(beside[0].text)) <= _SHORT_NAME:
            beside.append(button)
        else:
            rows.append([button])
    return rows


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


def _can_be_opened(url: str) -> bool:
    """Return whether Telegram accepts `url` on a button: http or https, and a dot in the host."""
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and "." in (parts.hostname or "").strip(".")


def _place(shown: Quote, base: KnowledgeBase) -> str:
    # Found by its start alone: the heading of a list is shown with its items.
    starts = [sentence.start for sentence in shown.passage.sentences]
    return f"{base.row(shown.passage)}.{starts.index(shown.sentence.start)}"
