"""When a handler fails: a fixed sentence for the user, and for the log a line without words."""

import logging
import traceback

from telegram import Update
from telegram.error import Forbidden, NetworkError, TelegramError

from bot.desk import Context, desk
from bot.handlers.sending import reply
from bot.messages import plain
from bot.texts import text

_log = logging.getLogger(__name__)


async def report(update: object, context: Context) -> None:
    """Log what failed and where, and tell the user that something did, once.

    A message of an exception may hold somebody's words, so only its type is logged.
    """
    error = context.error
    if error is None:
        return
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].name}:{frames[-1].lineno}" if frames else "unknown"
    _log.error("update failed: %s in %s", type(error).__name__, place)
    # Telegram itself is out of reach, or the user has blocked the bot: nobody could be told.
    if not isinstance(update, Update) or isinstance(error, Forbidden | NetworkError):
        return
    try:
        await reply(update, [plain(text("failed", desk(context).language_of(update)))])
    except TelegramError as second:
        _log.error("the user could not be told: %s", type(second).__name__)
