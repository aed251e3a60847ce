"""Concurrent updates: in order within a chat, in parallel across chats, and with limits, so that
nobody takes all the room.
"""

import time
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Literal, cast

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot import metrics
from bot.backlog import Backlog
from bot.turns import LocalTurns, OutOfReachError, Turns

# Limits on updates that wait or are being handled. Telegram takes a message a second for one chat
# and 30 a second for all, so nobody waits much longer than half a minute.
_OF_ONE = 10  # of a user
_OF_CHAT = 20  # of a group
_OF_ALL = 1000  # some 10 MB
_NOTICES = 50  # of a refusal, being sent at once
_MOST_TOLD = 10_000  # chats; some 1 MB
_SLOTS = 1 << 20  # python-telegram-bot's own limit, which knows neither user nor chat

Reason = Literal["too_fast", "too_busy", "out_of_reach"]
Decline = Callable[[Update, Reason], Awaitable[bool]]
"""Tells the sender why an update is dropped, and returns whether there was anybody to tell."""


async def _say_nothing(update: Update, reason: Reason) -> bool:  # noqa: ARG001, as every Decline
    return False


class PerChatProcessor(BaseUpdateProcessor):
    """Handles the updates of one chat one after another, and those of different chats at once.

    python-telegram-bot's own concurrency keeps no order within a chat. A user or group with too
    many updates waiting is told so once, and their next ones are dropped until all of these are
    handled; everybody is refused while too many wait in all. Messages from an outage go through
    `backlog`; those of other bots are dropped.
    """

    def __init__(
        self,
        decline: Decline = _say_nothing,
        backlog: Backlog | None = None,
        turns: Turns | None = None,
    ) -> None:
        """Start with no updates. `decline` tells the sender why an update is dropped; `turns` keeps
        the order within a chat, by default for this process alone.
        """
        super().__init__(_SLOTS)
        self._decline = decline
        self._backlog = backlog or Backlog()
        self._turns = turns or LocalTurns()
        self._waiting: Counter[tuple[str, int]] = Counter()
        self._told: set[tuple[str, int]] = set()  # refused, and not yet through
        self._told_of_outage: set[int] = set()  # chats that were told that Redis is out of reach
        self._notices = 0

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await `coroutine` once no earlier update of the chat is being handled, or drop it."""
        if not isinstance(update, Update):
            await coroutine
            return
        try:
            async with self._turns.arrival(update) as is_first:
                if not is_first:
                    _drop(coroutine, "repeated")
                elif _is_by_bot(update):
                    _drop(coroutine, "by_bot")
                else:
                    await self._admit(update, coroutine)
        except OutOfReachError:
            _drop(coroutine, "out_of_reach")
            await self._tell_of_outage(update)
        else:
            if update.effective_chat is not None:
                self._told_of_outage.clear()

    async def initialize(self) -> None:
        """Initialize the turns."""
        await self._turns.initialize()

    async def shutdown(self) -> None:
        """Shut the turns down."""
        await self._turns.shutdown()

    async def _admit(self, update: Update, coroutine: Awaitable[Any]) -> None:
        """Await `coroutine` in its turn, if there is room for it."""
        # Old messages are not counted: all but one of each chat are soon dropped, and any others
        # that are kept come from editors.
        is_old = self._backlog.note(update)
        whose = [] if is_old else self._keys(update)
        if (refused := self._refusal(whose)) is not None:
            _drop(coroutine, "refused")
            await self._tell(update, *refused)
            return
        arrived = time.perf_counter()
        self._waiting.update(whose)
        try:
            async with self._turns.turn(update):
                if is_old and not await self._is_answered(update):
                    _drop(coroutine, "stale")
                else:
                    await coroutine
                    metrics.updates.labels("handled").inc()
        finally:
            self._leave(whose)
            metrics.seconds.observe(time.perf_counter() - arrived)

    async def _is_answered(self, update: Update) -> bool:
        return update.effective_chat is None or await self._backlog.is_answered(update)

    def _keys(self, update: Update) -> list[tuple[str, int]]:
        """Return the keys under which `update` is counted: all, its user and its group."""
        user, chat = update.effective_user, update.effective_chat
        keys = [("all", 0)]
        if user is not None:
            keys.append(("user", user.id))
        if chat is not None and (user is None or chat.id != user.id):
            keys.append(("chat", chat.id))
        return keys

    def _refusal(self, whose: list[tuple[str, int]]) -> tuple[Reason, tuple[str, int]] | None:
        """Return why there is no room for an update counted under `whose`, and the key of whom to
        tell; None if there is room.
        """
        limits = {"all": _OF_ALL, "user": _OF_ONE, "chat": _OF_CHAT}
        for key in whose:
            if self._waiting[key] >= limits[key[0]]:
                is_all = key[0] == "all"
                return ("too_busy", whose[-1]) if is_all else ("too_fast", key)
            if key in self._told and self._waiting[key]:
                return "too_fast", key
        return None

    async def _tell(self, update: Update, reason: Reason, whom: tuple[str, int]) -> None:
        """Decline `update`: once, until all that `whom` has waiting is handled."""
        if whom in self._told or self._notices >= _NOTICES:
            return
        self._told.add(whom)
        self._notices += 1
        try:
            await self._decline(update, reason)
        finally:
            self._notices -= 1

    async def _tell_of_outage(self, update: Update) -> None:
        """Say that `update` cannot be answered now: once to a chat, until some update can."""
        chat, told = update.effective_chat, self._told_of_outage
        if chat is None or chat.id in told or len(told) >= _MOST_TOLD:
            return
        told.add(chat.id)
        if not await self._decline(update, "out_of_reach"):
            told.discard(chat.id)

    def _leave(self, whose: list[tuple[str, int]]) -> None:
        for key in whose:
            self._waiting[key] -= 1
            if not self._waiting[key]:
                del self._waiting[key]
                self._told.discard(key)
        if not self._waiting:
            self._told.clear()


def _is_by_bot(update: Update) -> bool:
    """Return whether another bot wrote the message of `update`: two bots that answer each other
    would never stop. A person who writes as a group or a channel has a bot as `from_user`, too.
    """
    message = update.message or update.edited_message
    if message is None or message.sender_chat is not None:
        return False
    return message.from_user is not None and message.from_user.is_bot


def _drop(coroutine: Awaitable[Any], outcome: str) -> None:
    metrics.updates.labels(outcome).inc()
    cast("Coroutine[Any, Any, Any]", coroutine).close()
