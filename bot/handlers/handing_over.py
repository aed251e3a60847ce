"""Questions that their askers hand over to the editors: without an answer, or with a wrong one.

The words are those of the message to which the pressed message replies; nothing else is kept.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, Update
from telegram.constants import CallbackQueryLimit
from telegram.error import TelegramError

from bot.asked import asked_in
from bot.buttons import (
    surely,
)
from bot.callback_data import (
    SURELY_WRONG,
)
from bot.desk import Context, desk
from bot.editors import editors
from bot.handlers.presses import answer, take_away
from bot.texts import text
from bot.wording import shortened
from knowledge.errors import KnowledgeError
from knowledge.question.questions import LONGEST_QUESTION

_log = logging.getLogger(__name__)

_ALERT = int(CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH)


async def tell(update: Update, context: Context) -> None:
    """Hand the editors the question to which the pressed message replies, but not its asker."""
    query = update.callback_query
    if query is None or (question := await _asked(update, context)) is None:
        return
    language = desk(context).language_of(update)
    is_wrong = query.data == SURELY_WRONG
    allowance = editors(context).handed_over
    if not allowance.take(query.from_user.id):
        await answer(query, text("told_enough", language, count=allowance.most))
        return

    def add(words: str) -> None:
        editors(context).gaps.add(words, is_wrong=is_wrong)

    if await is_done(query, add, question, language=language):
        await answer(query, text("told", language))
        await take_away(query)


async def call_wrong(update: Update, context: Context) -> None:
    """Show the words of the question, and ask once more before it is handed over as wrongly
    answered.
    """
    query = update.callback_query
    if query is None or (question := await _asked(update, context)) is None:
        return
    language = desk(context).language_of(update)
    room = _ALERT - len(text("surely_wrong", language, question=""))
    await answer(query, text("surely_wrong", language, question=shortened(question, room)))
    message = query.message
    if isinstance(message, Message) and isinstance(message.reply_markup, InlineKeyboardMarkup):
        changed = surely(message.reply_markup, language)
        if changed != message.reply_markup:
            with suppress(TelegramError):  # somebody may have deleted it
                await query.edit_message_reply_markup(changed)


async def _asked(update: Update, context: Context) -> str | None:
    """Return the question to which the pressed message replies; None, and the user is told, if it
    is gone or somebody else asked it.
    """
    query, at = update.callback_query, desk(context)
    if query is None:
        return None
    asked = query.message.reply_to_message if isinstance(query.message, Message) else None
    question = (
        asked_in(asked, context.bot.id, context.bot.username)
        if asked is not None and at.admins
        else None
    )
    if question is None or len(question) > LONGEST_QUESTION:
        await answer(query, text("outdated", at.language_of(update)))
        return None
    if asked is None or asked.from_user is None or asked.from_user.id != query.from_user.id:
        await answer(query, text("not_yours", at.language_of(update)))
        return None
    return question


async def is_done(
    query: CallbackQuery, work: Callable[..., None], *subjects: str, language: str
) -> bool:
    """Do `work` off the event loop; return whether it succeeded, and tell the user if not."""
    try:
        await asyncio.to_thread(work, *subjects)
    except KnowledgeError:
        _log.error("questions without an answer cannot be kept")
        await answer(query, text("failed", language))
        return False
    return True
