"""How the bot introduces itself in Telegram's apps: its menus and descriptions."""

import logging
from collections.abc import Iterable, Iterator

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError

from bot.texts import LANGUAGES, text

_log = logging.getLogger(__name__)

_COMMANDS = (
    "ask",
    "people",
    "person",
    "demands",
    "about",
    "language",
    "forget",
    "privacy",
    "help",
)
_FOR_GROUPS = ("ask", "language", "help")
_FOR_ADMINS = ("documents", "reload", "history", "rollback", "gaps", "status")


async def introduce(bot: Bot, admins: Iterable[int]) -> None:
    """Set menus and descriptions where Telegram has others; if that fails, the bot runs without.

    Telegram refuses an admin's menu until they have opened the bot; see `set_admin_menu`.
    """
    try:
        for language, code in _codes():
            menu = _menu(language)
            await _set_menu(bot, menu, None, code)
            few = [command for command in menu if command.command in _FOR_GROUPS]
            await _set_menu(bot, few, BotCommandScopeAllGroupChats(), code)
            description = text("description", language)
            if description != (await bot.get_my_description(code)).description:
                await bot.set_my_description(description, code)
            short = text("short_description", language)
            if short != (await bot.get_my_short_description(code)).short_description:
                await bot.set_my_short_description(short, code)
    except TelegramError as error:
        _log.warning("menu and description not set error=%s", type(error).__name__)
    for admin in admins:
        await set_admin_menu(bot, admin)


async def set_admin_menu(bot: Bot, admin: int) -> None:
    """Show the commands of editors in the menu of `admin`, and of nobody else."""
    try:
        for language, code in _codes():
            menu = _menu(language) + [
                BotCommand(command, text(f"admin_command_{command}", language))
                for command in _FOR_ADMINS
            ]
            await _set_menu(bot, menu, BotCommandScopeChat(admin), code)
    except TelegramError as error:
        _log.info("menu of an admin not set yet error=%s", type(error).__name__)


async def withdraw_menu(bot: Bot, chat: int) -> None:
    """Take the menu of editors out of `chat`, if it is there. Raises TelegramError."""
    scope = BotCommandScopeChat(chat)
    if await bot.get_my_commands(scope):
        for _, code in _codes():
            await bot.delete_my_commands(scope, language_code=code)


async def _set_menu(
    bot: Bot, menu: list[BotCommand], scope: BotCommandScope | None, code: str | None
) -> None:
    # Telegram limits how often a menu is set, not how often it is read.
    if tuple(menu) != await bot.get_my_commands(scope, language_code=code):
        await bot.set_my_commands(menu, scope, language_code=code)


def _menu(language: str) -> list[BotCommand]:
    return [BotCommand(command, text(f"command_{command}", language)) for command in _COMMANDS]


def _codes() -> Iterator[tuple[str, str | None]]:
    """Yield each language and the code to set its texts for: None for English, which Telegram then
    shows in every language that has no texts of its own.
    """
    for language in LANGUAGES:
        yield language, None if language == "en" else language
