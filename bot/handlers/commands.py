"""/start, /help, /about, /privacy, /id, and unknown commands."""

from telegram import InlineKeyboardMarkup, Update
from telegram.constants import ChatType

from bot.buttons import (
    examples_keyboard,
    language_keyboard,
)
from bot.callback_data import (
    is_of,
    quotes_at,
)
from bot.cards import linked
from bot.desk import Context, Desk, desk
from bot.handlers.documents import show_documents
from bot.handlers.people import show_person
from bot.handlers.presses import show_quote
from bot.handlers.sending import reply
from bot.introduction import set_admin_menu
from bot.messages import ours
from bot.texts import text


async def start(update: Update, context: Context) -> None:
    """Say what the bot is, or in a group how to ask it, with example questions to tap; or show the
    person or quote that a link names.
    """
    at = desk(context)
    if at.is_admin(update) and update.effective_user is not None:
        await set_admin_menu(context.bot, update.effective_user.id)
    wanted = (context.args or [""])[0]
    if (shown := at.knowledge_base.person(wanted)) is not None:
        await show_person(update, at, shown, 0, context.bot.username)
        return
    language = at.language_of(update)
    link = linked(wanted)
    if link is not None and is_of(link, at.knowledge_base):
        (quoted,) = quotes_at(link, at.knowledge_base)
        await show_quote(update, at, quoted, (), language)
        return
    words, keyboard = greeting(at, language, is_editor=at.is_admin(update))
    if update.effective_chat is not None and update.effective_chat.type != ChatType.PRIVATE:
        words = text("group_usage", language)
    await reply(update, [ours(words)], keyboard)


def greeting(at: Desk, language: str, *, is_editor: bool) -> tuple[str, InlineKeyboardMarkup]:
    """Return what the bot says first, over buttons for examples and for another language."""
    examples = at.examples_in(language)
    words = text("start" if examples else "start_without_examples", language)
    if is_editor:
        words = f"{text('start_editor', language)}\n\n{words}"
    rows = examples_keyboard(examples, at.knowledge_base).inline_keyboard
    return words, InlineKeyboardMarkup([*rows, *language_keyboard(":start").inline_keyboard])


async def help_(update: Update, context: Context) -> None:
    """Say how to use the bot."""
    at = desk(context)
    language = at.language_of(update)
    words = [text("help", language)] + [text("help_admin", language)] * at.is_admin(update)
    await reply(update, [ours("\n\n".join(words))])


async def about(update: Update, context: Context) -> None:
    """Show the overview of the only document, or list several as buttons."""
    at = desk(context)
    await show_documents(update, at, 0, at.language_of(update))


async def privacy(update: Update, context: Context) -> None:
    """Say what is kept about the people who ask."""
    at = desk(context)
    language = at.language_of(update)
    # Nobody but an admin would read what is handed over, so without one nothing can be.
    words = [text("privacy", language)] + [text("privacy_shared", language)] * at.is_shared
    words += [text("privacy_gaps", language)] * bool(at.admins)
    await reply(update, [ours("\n\n".join(words))])


async def id_(update: Update, context: Context) -> None:
    """Tell a user their id, by which whoever runs the bot can make them an admin."""
    user = update.effective_user
    if user is not None:
        words = text("your_number", desk(context).language_of(update), number=user.id)
        await reply(update, [ours(words)])


async def unknown(update: Update, context: Context) -> None:
    """Say that a command is not known."""
    await reply(update, [ours(text("unknown_command", desk(context).language_of(update)))])
