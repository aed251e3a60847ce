"""Whether Telegram knows the token, asked before the models are loaded."""

import asyncio
from contextlib import suppress

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.errors import BotError
from bot.requests import REFUSALS, Request

REFUSED = "Telegram refuses the token in TELEGRAM_BOT_TOKEN; ask @BotFather for the right one"
_PAUSE_SECONDS = 0.2  # before asking again: a proxy may refuse once
_ANSWER_SECONDS = 3.0  # for Telegram to answer; without an answer the start goes on


async def confirm(token: str, api_url: str) -> None:
    """Ask Telegram whose `token` it is. Raises BotError if it is refused REFUSALS times in a row.

    It is no error if Telegram is out of reach: the models can be loaded meanwhile.
    """
    request = Request(connections=1, read_seconds=_ANSWER_SECONDS)
    bot = Bot(token, base_url=f"{api_url}/bot", request=request)
    refusals = 0
    try:
        with suppress(TimeoutError, TelegramError):
            async with asyncio.timeout(_ANSWER_SECONDS):
                while refusals < REFUSALS and await _is_refused(bot):
                    refusals += 1
                    await asyncio.sleep(_PAUSE_SECONDS)
    finally:
        await request.shutdown()
    if refusals == REFUSALS:
        raise BotError(REFUSED)


async def _is_refused(bot: Bot) -> bool:
    try:
        await bot.get_me()
    except InvalidToken:
        return True
    return False
