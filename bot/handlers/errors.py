"""When a handler fails: a fixed sentence for the user, and a log line without anybody's words."""

import logging

import httpx
from telegram import Update
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot import metrics
from bot.desk import Context, desk
from bot.handlers.sending import reply
from bot.logs import place
from bot.messages import plain
from bot.texts import text

_log = logging.getLogger(__name__)

_CLOSED = ("chat not found", "not enough rights", "have no rights", "chat_write_forbidden")


async def report(update: object, context: Context) -> None:
    """Log what failed and where, and tell the user once that something did.

    The message of an exception may hold somebody's words, so only its type is logged. A chat that
    has blocked the bot is forgotten, and nothing is logged.
    """
    error = context.error
    if error is None:
        return
    if isinstance(error, Forbidden):
        if isinstance(update, Update) and update.effective_chat is not None:
            desk(context).forget(update.effective_chat.id)
        return
    metrics.updates.labels("failed").inc()
    _log.error("update failed error=%s place=%s", type(error).__name__, place(error))
    if not isinstance(update, Update) or not _can_be_told(error):
        return
    at = desk(context)
    try:
        ids = await reply(update, [plain(text("failed", at.language_of(update)))])
    except TelegramError as second:
        _log.error("user not told error=%s", type(second).__name__)
    else:
        if update.message is not None:  # edited, it may be answered in place of this
            at.answered.remember((update.message.chat_id, update.message.message_id), ids)


def _can_be_told(error: Exception) -> bool:
    """Return whether to tell the user of `error`: not if the answer may have arrived after all, if
    Telegram is out of reach, or if the chat itself must rest or is closed.
    """
    if isinstance(error, RetryAfter) or any(words in str(error).lower() for words in _CLOSED):
        return False
    is_network = isinstance(error, NetworkError) and not isinstance(error, BadRequest)
    return not (is_network and isinstance(error.__cause__, httpx.HTTPError))
