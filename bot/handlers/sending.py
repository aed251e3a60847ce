"""Blocks sent as messages: the first replies to a question in a group, the last has the buttons."""

import html
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from itertools import zip_longest
from typing import TypeVar

from telegram import InlineKeyboardMarkup, LinkPreviewOptions, Message, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.backlog import apology
from bot.messages import Block, pack, plain

Sent = TypeVar("Sent")

_log = logging.getLogger(__name__)

# python-telegram-bot would send these as defaults with calls that do not know them.
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


async def reply(
    update: Update,
    blocks: Sequence[Block],
    keyboard: InlineKeyboardMarkup | None = None,
    *,
    quotes: bool | None = None,
) -> tuple[int, ...]:
    """Send `blocks` to the chat of `update` and return the ids of the messages, in order.

    The first replies to the message of `update` if `quotes` says so; None: in groups only.
    """
    message = update.effective_message
    if message is None:
        return ()
    if words := apology.get():
        apology.set("")
        blocks = [plain(f"{words}\n"), *blocks]
    return await _send(message, pack(blocks), keyboard, quotes=quotes)


async def replace(
    question: Message,
    shown: Sequence[int],
    blocks: Sequence[Block],
    keyboard: InlineKeyboardMarkup | None,
) -> tuple[int, ...]:
    """Make `blocks` of the messages `shown` that answered `question`, and return their ids.

    Messages that are now too many are deleted, ones that are missing are sent.
    """
    bot, chat = question.get_bot(), question.chat_id
    parts = pack(blocks)
    for place, (message_id, part) in enumerate(zip_longest(shown, parts)):
        if part is None:
            await bot.delete_message(chat, message_id)
        elif message_id is not None:
            markup = keyboard if place == len(parts) - 1 else None
            await _edit(question, message_id, part, markup)
    if len(parts) <= len(shown):
        return tuple(shown[: len(parts)])
    return (*shown, *await _send(question, parts[len(shown) :], keyboard))


async def _send(
    message: Message,
    parts: Sequence[str],
    keyboard: InlineKeyboardMarkup | None,
    *,
    quotes: bool | None = None,
) -> tuple[int, ...]:
    ids = []
    for number, part in enumerate(parts, start=1):
        markup = keyboard if number == len(parts) else None
        # python-telegram-bot replies to the question in groups of its own accord.
        quotes_question = quotes if number == 1 else False
        sent = await _readably(
            part,
            partial(
                message.reply_text,
                reply_markup=markup,
                do_quote=quotes_question,
                link_preview_options=_NO_PREVIEW,
            ),
        )
        ids.append(sent.message_id)
    return tuple(ids)


async def _edit(
    question: Message, message_id: int, part: str, markup: InlineKeyboardMarkup | None
) -> None:
    try:
        await _readably(
            part,
            partial(
                question.get_bot().edit_message_text,
                chat_id=question.chat_id,
                message_id=message_id,
                reply_markup=markup,
                link_preview_options=_NO_PREVIEW,
            ),
        )
    except BadRequest as error:
        if "message is not modified" not in str(error).lower():
            raise


async def _readably(part: str, send: Callable[..., Awaitable[Sent]]) -> Sent:
    """Send `part` as HTML, or without its formatting if Telegram cannot read that."""
    try:
        return await send(text=part, parse_mode=ParseMode.HTML)
    except BadRequest as error:
        if "can't parse entities" not in str(error).lower():
            raise
    _log.error("formatting refused, sent as plain text")
    return await send(text=html.unescape(re.sub(r"<[^>]*>", "", part)))
