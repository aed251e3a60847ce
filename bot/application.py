"""The bot on Telegram: the application, what it handles, and its life from start to stop."""

import logging
from typing import cast

from telegram import BotCommand, BotCommandScopeAllGroupChats, Update
from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    Defaults,
    InlineQueryHandler,
    MessageHandler,
    filters,
)
from telegram.request import HTTPXRequest

from bot.concurrency import PerChatProcessor
from bot.desk import App, Desk
from bot.errors import BotError
from bot.handlers import commands, errors, people, presses, questions
from bot.opening import Opened
from bot.settings import Settings
from bot.texts import LANGUAGES, text

_log = logging.getLogger(__name__)

_UPDATES = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
]
_COMMANDS = ("ask", "people", "person", "demands", "about", "forget", "privacy", "help")
_BOOTSTRAP_RETRIES = 10  # with growing pauses: some minutes of Telegram being out of reach
_POLL_SECONDS = 30


def serve(opened: Opened, settings: Settings, token: str) -> None:
    """Answer on Telegram until SIGINT or SIGTERM. Raises BotError if Telegram refuses the token."""
    _log_quietly(token)
    _log.info("answering from %d documents", len(opened.knowledge_base.documents))
    application = build(opened, settings, token)
    try:
        application.run_polling(
            allowed_updates=_UPDATES, timeout=_POLL_SECONDS, bootstrap_retries=_BOOTSTRAP_RETRIES
        )
    except InvalidToken as error:
        raise BotError(
            "Telegram refuses the token in TELEGRAM_BOT_TOKEN; ask @BotFather for the right one"
        ) from error
    except NetworkError as error:
        raise BotError(f"{settings.telegram.api_url}: Telegram is out of reach") from error


def build(opened: Opened, settings: Settings, token: str) -> App:
    """Return the application with everything it handles."""
    desk = Desk(opened.knowledge_base, opened.examples, settings.language)
    application = cast(
        "App",
        ApplicationBuilder()
        .token(token)
        .base_url(f"{settings.telegram.api_url}/bot")
        .base_file_url(f"{settings.telegram.api_url}/file/bot")
        .request(_request(connections=32))
        .get_updates_request(_request(connections=2))
        .concurrent_updates(PerChatProcessor())
        .context_types(ContextTypes(bot_data=dict[str, Desk]))
        .defaults(Defaults(allow_sending_without_reply=True))
        .post_init(_introduce)
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
        ]
    )
    application.add_error_handler(errors.report)
    return application


def _request(*, connections: int) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=connections,
        connect_timeout=10,
        read_timeout=20,
        write_timeout=20,
        pool_timeout=5,
    )


async def _introduce(application: App) -> None:
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
        _log.warning("the bot's menu and description were not set: %s", type(error).__name__)


class _WithoutToken(logging.Filter):
    """Takes the token out of whatever a library wants to log."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = record.getMessage().replace(self._token, "<token>")
        record.args = ()
        record.exc_info = None  # a traceback ends in a message that may hold anything
        return True


def _log_quietly(token: str) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.addFilter(_WithoutToken(token))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    # At INFO httpx logs every address, and the token is part of it.
    logging.getLogger("httpx").setLevel(logging.WARNING)
