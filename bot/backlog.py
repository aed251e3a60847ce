"""Messages sent while the bot was away: it answers the last of each chat, and every file from an
editor.
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
_SETTLED_SECONDS = 1.0  # Telegram delivers waiting updates without a pause

apology: ContextVar[str] = ContextVar("apology", default="")
"""What to say before the answer to the message now handled, because it comes so late."""


class Backlog:
    """Decides which old updates are answered: the last message of each chat, and editors' files.

    Age is measured by this machine's clock, which must be right for TLS to Telegram anyway.
    """

    def __init__(
        self,
        words: Callable[[Update], str] = lambda _: "",
        is_kept: Callable[[Update], bool] = lambda _: False,
        settled_seconds: float = _SETTLED_SECONDS,
    ) -> None:
        """Begin a late answer with `words`; answer each update that `is_kept`, even if others
        follow; take the backlog as over `settled_seconds` after the last old message arrived.
        """
        self._words = words
        self._is_kept = is_kept
        self._settled_seconds = settled_seconds
        self._newest: dict[int, tuple[int, asyncio.Event]] = {}  # chat -> update, newer came
        self._last = 0.0

    def note(self, update: Update) -> bool:
        """Return whether `update` is old on arrival; remember it if it may be its chat's last."""
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
        """Return whether to answer the old `update`: it is kept, or the last of its chat. Waits
        until that is known.
        """
        if self._is_kept(update):
            return True
        chat = update.effective_chat
        if chat is None:
            return False
        while True:
            number, overtaken = self._newest.get(chat.id, (None, None))
            if number != update.update_id or overtaken is None:
                return False
            left = self._last + self._settled_seconds - time.monotonic()
            if left <= 0:
                del self._newest[chat.id]
                apology.set(self._words(update))
                return True
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await overtaken.wait()


def _is_old(update: Update) -> bool:
    """Return whether `update` is a message, or an edit of one, more than 10 minutes old."""
    if update.message is not None:
        written = update.message.date
    elif update.edited_message is not None and update.edited_message.edit_date is not None:
        written = update.edited_message.edit_date
    else:
        return False
    return now() - written.timestamp() > OLD_SECONDS
