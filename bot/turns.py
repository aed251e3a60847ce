"""Whose turn it is: the updates of one chat are handled one after another."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol

from telegram import Update


class OutOfReachError(Exception):
    """What the processes share cannot be reached, so it is not known whose turn it is."""


class Turns(Protocol):
    """Order within a chat. Each of its methods may raise OutOfReachError, before it yields."""

    async def initialize(self) -> None:
        """Connect to whatever keeps the order."""

    async def shutdown(self) -> None:
        """Let go of what `initialize` made."""

    def arrival(self, update: Update) -> AbstractAsyncContextManager[bool]:
        """Keep a place for `update` in the line of its chat while the body runs; yield whether it
        comes for the first time.
        """

    def turn(self, update: Update) -> AbstractAsyncContextManager[None]:
        """Wait until no update of the chat goes before `update`, which must have arrived. In the
        body, what is remembered of the chat is at hand.
        """


class LocalTurns:
    """Turns of this process alone, in the order in which they are asked for."""

    def __init__(self) -> None:
        """Start with nobody waiting."""
        self._locks: dict[int, tuple[asyncio.Lock, int]] = {}

    @property
    def is_idle(self) -> bool:
        """Whether nobody has or waits for a turn."""
        return not self._locks

    async def initialize(self) -> None:
        """Nothing to make ready."""

    async def shutdown(self) -> None:
        """Nothing to put away."""

    @asynccontextmanager
    async def arrival(self, update: Update) -> AsyncIterator[bool]:  # noqa: ARG002, as all turns
        """Yield True: a repeated update was emptied when it came (`bot.arrivals`)."""
        yield True

    @asynccontextmanager
    async def turn(self, update: Update) -> AsyncIterator[None]:
        """Wait until all updates of the chat that asked before have had their turn."""
        chat = update.effective_chat
        if chat is None:
            yield
            return
        lock, waiting = self._locks.get(chat.id, (asyncio.Lock(), 0))
        self._locks[chat.id] = (lock, waiting + 1)
        try:
            async with lock:
                yield
        finally:
            _, waiting = self._locks[chat.id]
            if waiting == 1:
                del self._locks[chat.id]
            else:
                self._locks[chat.id] = (lock, waiting - 1)
