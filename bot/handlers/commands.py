"""/start, /help, /about, /privacy, and what is no command of ours."""

from telegram import Update

from bot.buttons import examples_keyboard
from bot.desk import Context, desk
from bot.handlers.documents import show_documents
from bot.handlers.people import show_person
from bot.handlers.sending import reply
from bot.introduction import set_admin_menu
from bot.messages import plain
from bot.texts import text


async def start(update: Update, context: Context) -> None:
    """Say what the bot is, with example questions to tap; or show whom a link names."""
    at = desk(context)
    if at.is_admin(update) and update.effective_user is not None:
        await set_admin_menu(context.bot, update.effective_user.id)
    wanted = (context.args or [""])[0]
    if (shown := at.knowledge_base.person(wanted)) is not None:
        await show_person(update, at, shown, 0, context.bot.username)
        return
    language = at.language_of(update)
    if examples := at.examples_in(language):
        keyboard = examples_keyboard(examples, at.knowledge_base)
        await reply(update, [plain(text("start", language))], keyboard)
    else:
        await reply(update, [plain(text("start_without_examples", language))])


async def help_(update: Update, context: Context) -> None:
    """Say how to use the bot."""
    at = desk(context)
    language = at.language_of(update)
    words = [text("help", language)] + [text("help_admin", language)] * at.is_admin(update)
    await reply(update, [plain("\n\n".join(words))])


async def about(update: Update, context: Context) -> None:
    """Show the document at a glance, or list several as buttons."""
    at = desk(context)
    await show_documents(update, at, 0, at.language_of(update))


async def privacy(update: Update, context: Context) -> None:
    """Say what is kept of the people who ask."""
    at = desk(context)
    language = at.language_of(update)
    # Nobody but an admin would read what is handed over, so without one nothing can be.
    words = [text("privacy", language)] + [text("privacy_gaps", language)] * bool(at.admins)
    await reply(update, [plain("\n\n".join(words))])


async def id_(update: Update, context: Context) -> None:
    """Tell a user their number, by which whoever runs the bot makes them an admin."""
    user = update.effective_user
    if user is not None:
        words = text("your_number", desk(context).language_of(update), number=user.id)
        await reply(update, [plain(words)])


async def unknown(update: Update, context: Context) -> None:
    """Say that a command is not known."""
    await reply(update, [plain(text("unknown_command", desk(context).language_of(update)))])
