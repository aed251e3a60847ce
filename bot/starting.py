"""The first second of the bot on Telegram: its log starts, and its token is checked.

Nothing slow is imported at the top, so that the first line of the log comes at once, and a wrong
token is reported before the models are loaded.
"""

import asyncio
import logging
import re
import resource

from bot import logs
from bot.errors import BotError
from bot.settings import Settings

_log = logging.getLogger(__name__)


def begin(settings: Settings, token: str) -> None:
    """Start the log, write no memory to disk if the process crashes, and ask Telegram about the
    `token`.

    Raises BotError if it does not look like a token, or if `confirm` does.
    """
    if not re.fullmatch(r"[A-Za-z0-9_:-]+", token):
        raise BotError("TELEGRAM_BOT_TOKEN is not a token: expected one like 123456:ABC-def_1")
    logs.start(settings.log.level, token)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold what people wrote
    _log.info("starting")
    from bot.token_check import confirm

    asyncio.run(confirm(token, settings.telegram.api_url))
