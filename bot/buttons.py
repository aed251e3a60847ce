"""Buttons: what stands on them, and how they are laid out. `callback_data` is what they carry."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.callback_data import (
    SURELY_WRONG,
    TELL,
    WRONG,
    around_data,
    more_data,
    person_data,
    share_data,
)
from bot.texts import LANGUAGES, text
from knowledge.answering.person_card import PersonCard
from knowledge.knowledge_base import KnowledgeBase
from knowledge.people.display_names import display_name
from knowledge.people.person import Person
from knowledge.quotes.answers import Quote

NAMES_A_PAGE = 10
_SHORT_NAME = 18  # characters; such a name leaves room for another beside it


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
        more = more_data(rest, base)
        buttons.append(InlineKeyboardButton(text("button_more", language), callback_data=more))
    around = around_data(shown, base)
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
    around = around_data(card.first[0], base)
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


def _can_be_opened(url: str) -> bool:
    """Return whether Telegram accepts `url` on a button: http or https, and a dot in the host."""
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and "." in (parts.hostname or "").strip(".")
