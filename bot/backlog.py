"""What was written while the bot was away: the last message of each chat is answered, and every
file that an editor sent.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from time import time as now

from telegram import Update

from bot.asked import is_for_bot

OLD_SECONDS = 10 * 60.0
_SETTLED_SECONDS = 1.0  # Telegram delivers what waits without a pause

apology: ContextVar[str] = ContextVar("apology", default="")
"""What the answer to the message now handled begins with, because it comes so late."""


class Backlog:
    """Tells the last old message of a chat from those before it, and files of editors from both.

    Age goes by this machine's clock, which a connection to Telegram needs right anyway.
    """

    def __init__(
        self,
        words: Callable[[Update], str] = lambda _: "",
        is_kept: Callable[[Update], bool] = lambda _: False,
        settled_seconds: float = _SETTLED_SECONDS,
    ) -> None:
        """Let a late answer begin with `words`; what `is_kept` is answered though others follow;
        take the backlog to be over `settled_seconds` after the last old message came.
        """
        self._words = words
        self._is_kept = is_kept
        self._settled_seconds = settled_seconds
        self._newest: dict[int, tuple[int, asyncio.Event]] = {}  # chat -> update, and a newer one
        self._last = 0.0

    def note(self, update: Update) -> bool:
        """Return whether `update` is old as it comes, and remember it if it may be the last."""
        if not _is_old(update):
            return False
        if self._is_kept(update):
            return True
        if update.message is not None and is_for_bot(update.message):
            chat = update.message.chat_id
            if chat in self._newest:
                self._newest[chat][1].set()
            self._newest[chat] = (update.update_id, asyncio.Event())
            self._last = time.monotonic()
        return True

    async def is_answered(self, update: Update) -> bool:
        """Return whether the old `update` is kept, or the last of its chat; wait until that is
        known.
        """
        if self._is_kept(update):
            return True
        chat = update.effective_chat
        if chat is None:
            return False
        while True:
            number, is_overtaken = self._newest.get(chat.id, (None, None))
            if number != update.update_id or is_overtaken is None:
                return False
            left = self._last + self._settled_seconds - time.monotonic()
            if left <= 0:
                del self._newest[chat.id]
                apology.set(self._words(update))
                return True
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await is_overtaken.wait()


def _is_old(update: Update) -> bool:
    """Return whether `update` is a message, or a correction of one, of more than 10 minutes ago."""
    if update.message is not None:
        written = update.message.date
    elif update.edited_message is not None and update.edited_message.edit_date is not None:
        written = update.edited_message.edit_date
    else:
        return False
    return now() - written.timestamp() > OLD_SECONDS
