"""Order within a chat, and all chats at once."""

import asyncio
from collections.abc import Awaitable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

# Updates in work over all chats. One that waits for its chat counts too, so this is far above what
# a chat sends while it waits.
_AT_ONCE = 4096


class PerChatProcessor(BaseUpdateProcessor):
    """Handles the updates of one chat one after another, and those of different chats at once.

    python-telegram-bot's own concurrency keeps no order within a chat.
    """

    def __init__(self) -> None:
        """Start with nothing in work."""
        super().__init__(_AT_ONCE)
        self._locks: dict[int, tuple[asyncio.Lock, int]] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await `coroutine` when the chat of `update` has no earlier one in work."""
        chat = update.effective_chat if isinstance(update, Update) else None
        if chat is None:
            await coroutine
            return
        lock, waiting = self._locks.get(chat.id, (asyncio.Lock(), 0))
        self._locks[chat.id] = (lock, waiting + 1)
        try:
            async with lock:
                await coroutine
        finally:
            _, waiting = self._locks[chat.id]
            if waiting == 1:
                del self._locks[chat.id]
            else:
                self._locks[chat.id] = (lock, waiting - 1)

    async def initialize(self) -> None:
        """Nothing to make ready."""

    async def shutdown(self) -> None:
        """Nothing to put away."""
