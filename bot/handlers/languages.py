"""Which language the bot speaks to somebody: asked for with /language, chosen by a button."""

from contextlib import suppress

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.buttons import (
    language_keyboard,
)
from bot.desk import Context, desk
from bot.handlers.commands import greeting
from bot.handlers.presses import answer
from bot.handlers.sending import reply
from bot.messages import plain
from bot.texts import text


async def language(update: Update, context: Context) -> None:
    """Ask which language to speak."""
    words = text("choose_language", desk(context).language_of(update))
    await reply(update, [plain(words)], language_keyboard())


async def press(update: Update, context: Context) -> None:
    """Speak the language of the pressed button to the user. In a private chat the message with the
    button becomes a confirmation, or, under the greeting, the greeting in that language; in a group
    the user alone is told.
    """
    query, at = update.callback_query, desk(context)
    if query is None:
        return
    _, chosen, *shown = (query.data or "").split(":")
    at.choose(update, chosen)
    if update.effective_chat is None or update.effective_chat.type != ChatType.PRIVATE:
        await answer(query, text("language_chosen", chosen))
        return
    await answer(query)
    words, keyboard = text("language_chosen", chosen), None
    if shown:
        words, keyboard = greeting(at, chosen, is_editor=at.is_admin(update))
    if isinstance(query.message, Message) and query.message.text != words:
        with suppress(TelegramError):  # somebody may have deleted it
            await query.edit_message_text(words, reply_markup=keyboard)
