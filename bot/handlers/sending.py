"""Blocks sent as messages: the first replies to a question in a group, the last has the buttons."""

import asyncio
import html
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from itertools import zip_longest
from typing import Any, TypeVar

from telegram import ForceReply, InlineKeyboardMarkup, LinkPreviewOptions, Message, Update
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, TelegramError

from bot.backlog import apology
from bot.messages import Block, pack, plain

Sent = TypeVar("Sent")

_log = logging.getLogger(__name__)

# Not among the application's defaults: they would go with calls that do not know them.
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_TYPING_AFTER, _TYPING_EVERY = 1.0, 4.0  # seconds; Telegram shows it for five
# Why Telegram refuses a message, and the option, which a reader can do without, to leave out then.
_DISPENSABLE: Mapping[str, Mapping[str, Any]] = {
    "can't parse entities": {"parse_mode": None},
    "message to be replied not found": {"do_quote": False},
    "replied message not found": {"do_quote": False},
    "message thread not found": {"message_thread_id": None},
    "button_data_invalid": {"reply_markup": None},
    "inline keyboard button url": {"reply_markup": None},
    "button_url_invalid": {"reply_markup": None},
    "reply markup is too long": {"reply_markup": None},
}
_GONE = ("message to edit not found", "message can't be edited")


async def reply(
    update: Update,
    blocks: Sequence[Block],
    keyboard: InlineKeyboardMarkup | ForceReply | None = None,
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
    """Edit the messages `shown`, which answered `question`, to say `blocks`, and return their ids.

    Messages too many are deleted, and missing ones are sent.
    """
    bot, chat = question.get_bot(), question.chat_id
    parts = pack(blocks)
    for place, (message_id, part) in enumerate(zip_longest(shown, parts)):
        if part is None:
            with suppress(BadRequest):  # somebody else has deleted it
                await bot.delete_message(chat, message_id)
        elif message_id is not None:
            markup = keyboard if place == len(parts) - 1 else None
            if not await _edit(question, message_id, part, markup):
                return (*shown[:place], *await _send(question, parts[place:], keyboard))
    if len(parts) <= len(shown):
        return tuple(shown[: len(parts)])
    return (*shown, *await _send(question, parts[len(shown) :], keyboard))


@asynccontextmanager
async def typing(update: Update) -> AsyncIterator[None]:
    """Show that the bot is typing while the body runs, if that takes longer than a second."""

    async def show() -> None:
        message = update.effective_message
        await asyncio.sleep(_TYPING_AFTER)
        while message is not None:
            with suppress(TelegramError):  # the answer does not depend on it
                await message.reply_chat_action(ChatAction.TYPING)
            await asyncio.sleep(_TYPING_EVERY)

    showing = asyncio.create_task(show())
    try:
        yield
    finally:
        showing.cancel()


async def _send(
    message: Message,
    parts: Sequence[str],
    keyboard: InlineKeyboardMarkup | ForceReply | None,
    *,
    quotes: bool | None = None,
) -> tuple[int, ...]:
    ids = []
    topic = message.message_thread_id if message.is_topic_message else None
    for number, part in enumerate(parts, start=1):
        sent = await _readably(
            message.reply_text,
            part,
            reply_markup=keyboard if number == len(parts) else None,
            # python-telegram-bot replies to the question in groups of its own accord.
            do_quote=quotes if number == 1 else False,
            message_thread_id=topic,
        )
        ids.append(sent.message_id)
    return tuple(ids)


async def _edit(
    question: Message, message_id: int, part: str, markup: InlineKeyboardMarkup | None
) -> bool:
    """Edit a message to say `part`, and return whether the message is still there."""
    try:
        await _readably(
            question.get_bot().edit_message_text,
            part,
            chat_id=question.chat_id,
            message_id=message_id,
            reply_markup=markup,
        )
    except BadRequest as error:
        if any(gone in str(error).lower() for gone in _GONE):
            return False
        if "message is not modified" not in str(error).lower():
            raise
    return True


async def _readably(send: Callable[..., Awaitable[Sent]], part: str, **options: Any) -> Sent:
    """Send `part` as HTML, without any option that Telegram refuses and readers can do without."""
    options |= {"parse_mode": ParseMode.HTML, "link_preview_options": _NO_PREVIEW}
    dispensable = dict(_DISPENSABLE)
    while True:
        try:
            return await send(text=part, **options)
        except BadRequest as error:
            refused = str(error).lower()
            reason = next((words for words in dispensable if words in refused), None)
            if reason is None or not dispensable[reason].keys() <= options.keys():
                raise
        _log.error("message refused and sent with less: %s", reason)
        options |= dispensable.pop(reason)
        if reason == "can't parse entities":
            part = html.unescape(re.sub(r"<[^>]*>", "", part))
