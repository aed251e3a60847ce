"""Inline queries: questions and names typed after the bot's name in any chat, answered by cards to
send.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    Update,
)
from telegram.error import BadRequest
from telegram.helpers import create_deep_linked_url

from bot import metrics
from bot.cards import CACHE_SECONDS, answer_shared, article
from bot.desk import Context, Desk, desk
from bot.messages import Block, Run, pack, remark_blocks, sentence_blocks
from bot.texts import text
from bot.wording import heading, source_line
from knowledge.people.display_names import display_name
from knowledge.people.person import Person
from knowledge.quotes.answers import Answer, Quote, Status

_PAUSE_SECONDS = 0.25  # without a key pressed, after which a query is taken to be whole
_ANSWER_SECONDS = 5.0  # Telegram shows no later answer
_MOST_CARDS = 10
_FEWEST_LETTERS = 3
_TITLE = 64  # characters shown of a result in a list
_BUTTONS: Mapping[Status, str] = {
    "answered": "inline_nothing",
    "not_found": "inline_nothing",
    "clarify": "inline_ask_back",
    "smalltalk": "inline_hint",
}
_START = "inline"  # the start parameter of the button that leads to the private chat


class Typing:
    """Waits until a user stops typing, so that only the last of their queries is looked up."""

    def __init__(self) -> None:
        """Start with nobody typing."""
        self._last: dict[int, asyncio.Event] = {}  # user -> a later query has come

    async def is_whole(self, user: int) -> bool:
        """Return whether `user` types nothing more for a moment."""
        overtaken = asyncio.Event()
        if (before := self._last.get(user)) is not None:
            before.set()
        self._last[user] = overtaken
        with suppress(TimeoutError):
            async with asyncio.timeout(_PAUSE_SECONDS):
                await overtaken.wait()
        if self._last.get(user) is overtaken:
            del self._last[user]
        return not overtaken.is_set()


async def inline(update: Update, context: Context) -> None:
    """Offer the quotes that answer an inline query, as cards to send into the chat where it is
    typed; where there are none, a button that leads to the private chat.
    """
    query, at = update.inline_query, desk(context)
    if query is None:
        return
    if await answer_shared(query, at, at.language_of(update), context.bot.username):
        return
    cards: Sequence[InlineQueryResultArticle] = ()
    words: str | None = text("inline_hint", at.language_of(update))
    if sum(map(str.isalnum, query.query)) >= _FEWEST_LETTERS:
        typing: Typing = context.bot_data["typing"]
        if not await typing.is_whole(query.from_user.id):
            metrics.updates.labels("overtaken").inc()
            return
        try:
            async with asyncio.timeout(_ANSWER_SECONDS):
                found = await at.look_up(query.query, update)
        except TimeoutError:
            return
        cards = _cards(found, at, context.bot.username)
        words = None if cards else text(_BUTTONS[found.status], found.language)
    # Telegram accepts an answer only for some seconds.
    with suppress(BadRequest):
        await query.answer(
            cards,
            cache_time=CACHE_SECONDS,
            is_personal=True,
            button=InlineQueryResultsButton(words, start_parameter=_START) if words else None,
        )


def _cards(found: Answer, at: Desk, username: str) -> list[InlineQueryResultArticle]:
    """Return a card for each quote of `found`; where it asks back, for what is said of the people
    whom the question may mean.
    """
    base = at.knowledge_base
    named = found.people[0] if len(found.people) == 1 else None
    quotes = [(named, one) for one in found.quotes]
    quotes += [(option, one) for option in found.options for one in base.card(option).quotes]
    before = remark_blocks(found, base) if found.quotes else []
    return [
        _card(whose, one, before, found.language, username) for whose, one in quotes[:_MOST_CARDS]
    ]


def _card(
    named: Person | None, quoted: Quote, before: Sequence[Block], language: str, username: str
) -> InlineQueryResultArticle:
    """Return `quoted` as a card; if it is said of the person `named`, it links to their card."""
    start = named.id if named is not None else None
    place = f"{start} {quoted.passage.document.id} {quoted.sentence.start}"
    whose = heading(quoted, language)
    if named is not None:
        whose = f"{display_name(named, language)} · {whose}"
    link = create_deep_linked_url(username, start)
    asking = Block((Run(text("inline_more", language), url=link),))
    return article(
        place,
        _shortened(quoted.highlight, _TITLE),
        source_line(quoted, language),
        pack([*before, *sentence_blocks(quoted, language, whose), asking])[0],
    )


def _shortened(words: str, most: int) -> str:
    """Return `words` on one line, cut at a space if they are longer than `most` characters."""
    line = " ".join(words.split())
    if len(line) <= most:
        return line
    return line[: most - 2].rpartition(" ")[0].rstrip(",;:–—-") + " …"
