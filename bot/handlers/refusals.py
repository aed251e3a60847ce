"""What somebody whose messages are dropped is told, once."""

from contextlib import suppress

from telegram import Update
from telegram.error import TelegramError

from bot.asked import is_for_bot
from bot.concurrency import Reason
from bot.desk import Desk
from bot.handlers.sending import reply
from bot.messages import plain
from bot.texts import text


async def decline(at: Desk, update: Update, reason: Reason) -> bool:
    """Say why `update` is dropped, if it is meant for the bot; return whether it is."""
    words = text(reason, at.language_of(update))
    with suppress(TelegramError):
        if update.callback_query is not None:
            await update.callback_query.answer(words)
        elif update.message is not None and is_for_bot(update.message):
            await reply(update, [plain(words)])
        else:
            return False
    return True
