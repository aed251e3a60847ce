"""The card of a person, and what is said of several people, as blocks of a message.

A card fits one screen of a phone, 12 lines of 40 characters: long sentences are folded, and what
does not fit is behind a button.
"""

from collections.abc import Iterator, Sequence

from telegram.helpers import create_deep_linked_url

from bot.messages import PHONE, SCREEN, Block, Run, ours, phone_lines, remark_blocks
from bot.texts import date, text
from bot.wording import called, counted_heading, cut, heading
from knowledge.answering.person_card import PersonCard
from knowledge.knowledge_base import KnowledgeBase
from knowledge.people.display_names import display_name
from knowledge.quotes.answers import Answer, Quote

_FOLDED = 120  # characters: Telegram shows three lines of a folded quotation
_OF_EACH = 2  # quotes shown of each of several people
_SOURCE = 64  # characters of a source in two lines, without what joins its parts


def card_blocks(
    card: PersonCard, language: str, username: str = "", *, most: int | None = None
) -> list[Block]:
    """Return who the person is in the source's words, the first quotes, `most` at most, and their
    sources. The name links to the card itself, in the bot called `username`.
    """
    link = create_deep_linked_url(username, card.person.id) if username else None
    shown, other = called(card.person, language)
    name = (Run(shown, is_bold=True, url=link), *([Run(f" · {other}")] if other else []))
    role = [Block((Run(card.role),), "blockquote")] if card.role is not None else []
    return [Block(name), *role, *_counted(card.first[:most], len(card.quotes), language)]


def parts_blocks(answer: Answer, base: KnowledgeBase) -> list[Block]:
    """Return what `answer` says of each of several people, under their names: two quotes of each,
    or one where two would not fit a screen.
    """
    blocks = _parts_blocks(answer, base, _OF_EACH)
    return blocks if phone_lines(blocks) <= SCREEN else _parts_blocks(answer, base, 1)


def _parts_blocks(answer: Answer, base: KnowledgeBase, most: int) -> list[Block]:
    language = answer.language
    blocks = remark_blocks(answer, base)
    for part in answer.parts:
        if part.is_card:
            blocks += card_blocks(base.card(part.people[0]), language, most=most)
            continue
        names = ", ".join(display_name(person, language) for person in part.people)
        blocks.append(Block((Run(names, is_bold=True),)))
        blocks += _counted(part.quotes[:most], len(part.quotes), language)
        if part.reason is not None:
            blocks.append(ours(text(part.reason, language)))
    return blocks


def _counted(quotes: Sequence[Quote], count: int, language: str) -> Iterator[Block]:
    """Yield `quotes`, the first ones of `count`, each under its heading, and then their sources."""
    for number, quote in enumerate(quotes, start=1):
        alone, whose = heading(quote, language), counted_heading(quote, number, count, language)
        is_counted = count > 1 and (number == 1 or len(whose) <= PHONE)
        yield Block((Run(whose if is_counted else alone, is_bold=True),))
        is_long = len(quote.highlight) > _FOLDED
        yield Block((Run(quote.highlight),), "blockquote expandable" if is_long else "blockquote")
    yield from _sources(quotes, language)


def _sources(quotes: Sequence[Quote], language: str) -> Iterator[Block]:
    """Yield a line for each document of `quotes`: its date, title and the paragraphs quoted."""
    for document in dict.fromkeys(quote.passage.document for quote in quotes):
        own = (quote.passage for quote in quotes if quote.passage.document is document)
        numbers = ", ".join(str(n) for n in sorted({passage.paragraph for passage in own}))
        day = document.date
        as_of = [
            text("card_as_of", language, date=date(day, language))
            if day
            else text("card_date_unknown", language)
        ]
        where = text("paragraph", language, number=numbers)
        left = _SOURCE - sum(len(piece) for piece in (*as_of, where))
        words = " · ".join([*as_of, cut(document.title, left), where])
        yield Block((Run(f"— {words}", url=document.url),))
