"""The bot on Telegram: the application, what it handles, and how it introduces itself."""

import logging
from functools import partial
from typing import cast

from telegram import BotCommand, BotCommandScopeAllGroupChats, Update
from telegram.error import TelegramError
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    Defaults,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.backlog import Backlog
from bot.concurrency import PerChatProcessor
from bot.desk import App, Desk
from bot.handlers import commands, errors, people, presses, questions, refusals
from bot.limiter import Limiter
from bot.opening import Opened
from bot.requests import Request
from bot.settings import Settings
from bot.texts import LANGUAGES, text

_log = logging.getLogger(__name__)

UPDATES = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
)
_COMMANDS = ("ask", "people", "person", "demands", "about", "forget", "privacy", "help")
_CONNECTIONS = 32
_READ_SECONDS = 20.0  # after which a message may have been delivered, or not


def build(
    opened: Opened,
    settings: Settings,
    token: str,
    poller: Request,
    *,
    limiter: Limiter | None = None,
) -> App:
    """Return the application with everything it handles; `poller` fetches its updates."""
    desk = Desk(opened.knowledge_base, opened.examples, settings.language)
    backlog = Backlog(lambda update: text("was_away", desk.language_of(update)))
    processor = PerChatProcessor(partial(refusals.decline, desk), backlog)
    application = cast(
        "App",
        ApplicationBuilder()
        .token(token)
        .base_url(f"{settings.telegram.api_url}/bot")
        .base_file_url(f"{settings.telegram.api_url}/file/bot")
        .request(Request(connections=_CONNECTIONS, read_seconds=_READ_SECONDS))
        .get_updates_request(poller)
        .concurrent_updates(processor)
        .rate_limiter(limiter or Limiter())
        .context_types(ContextTypes(bot_data=dict[str, Desk]))
        .defaults(Defaults(allow_sending_without_reply=True))
        .build(),
    )
    application.bot_data["desk"] = desk
    new = filters.UpdateType.MESSAGE
    written = filters.TEXT & ~filters.COMMAND & ~filters.VIA_BOT
    application.add_handlers(
        [
            CommandHandler("start", commands.start, new),
            CommandHandler("help", commands.help_, new),
            CommandHandler("about", commands.about, new),
            CommandHandler("privacy", commands.privacy, new),
            CommandHandler("ask", questions.ask, new),
            CommandHandler("people", people.people, new),
            CommandHandler("person", people.person, new),
            CommandHandler("demands", people.demands, new),
            CommandHandler("forget", people.forget, new),
            MessageHandler(new & filters.ChatType.PRIVATE & filters.COMMAND, commands.unknown),
            MessageHandler(new & written, questions.answer),
            MessageHandler(filters.UpdateType.EDITED_MESSAGE & filters.TEXT, questions.correct),
            MessageHandler(new & ~filters.StatusUpdate.ALL & ~filters.TEXT, questions.text_only),
            CallbackQueryHandler(presses.press),
            InlineQueryHandler(people.inline),
            ChatMemberHandler(people.leave),
        ]
    )
    application.add_error_handler(errors.report)
    return application


async def introduce(application: App) -> None:
    """Set the menu and the description where Telegram has others; the bot runs without them too."""
    bot = application.bot
    try:
        for language in LANGUAGES:
            # What is set for no language is for all the others.
            code = None if language == "en" else language
            menu = [BotCommand(c, text(f"command_{c}", language)) for c in _COMMANDS]
            if tuple(menu) != await bot.get_my_commands(language_code=code):
                await bot.set_my_commands(menu, language_code=code)
            groups = BotCommandScopeAllGroupChats()
            if tuple(menu[:1]) != await bot.get_my_commands(groups, language_code=code):
                await bot.set_my_commands(menu[:1], groups, language_code=code)
            description = text("description", language)
            if description != (await bot.get_my_description(code)).description:
                await bot.set_my_description(description, code)
            short = text("short_description", language)
            if short != (await bot.get_my_short_description(code)).short_description:
                await bot.set_my_short_description(short, code)
    except TelegramError as error:
        _log.warning("menu and description not set error=%s", type(error).__name__)
