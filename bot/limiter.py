"""Send messages no faster than Telegram accepts them.

Telegram asks for at most one message a second in a chat, short bursts aside, 20 a minute in a group
and about 30 a second in all (https://core.telegram.org/bots/faq, "My bot is hitting limits").
python-telegram-bot's own limiter stops every chat when one is told to wait, without an upper bound,
and counts calls that Telegram does not.
"""

import asyncio
import datetime
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, nullcontext
from typing import Any

import httpx
from telegram.error import ChatMigrated, NetworkError, RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bot import metrics
from bot.pace import Pace
from bot.unchanged import Unchanged

_IN_CHAT = (3, 3.0)  # messages in so many seconds: one a second, three at once
_IN_GROUP = (6, 20.0)  # 18 a minute, and nobody waits longer than 20 s
_IN_ALL = (30, 1.0)
_SLOW = 1.0  # seconds after which a call without an answer is taken to have arrived
_RETRIES = 2
_PAUSES = (1.0, 3.0)  # seconds before another attempt to connect
_PATIENCE = 30.0  # seconds that a message waits in all
_FORGOTTEN = 60.0  # seconds after its last call, or rest, when a chat is forgotten
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)

_Result = bool | dict[str, Any] | list[dict[str, Any]]


class _Window:
    """At most `count` turns in any `seconds`, in the order in which they are taken."""

    def __init__(self, count: int, seconds: float) -> None:
        self._turns: deque[float] = deque(maxlen=count)
        self._seconds = seconds

    def turn(self, now: float) -> float:
        """Take the next turn, and return its time."""
        is_full = len(self._turns) == self._turns.maxlen
        turn = max(now, self._turns[0] + self._seconds) if is_full else now
        self._turns.append(turn)
        return turn


class _Places:
    """At most `count` calls in any `seconds`, measured where they arrive, not where they leave.

    A call arrives some time before its answer comes, so its place becomes free `seconds` after the
    answer; if there is none within _SLOW, `seconds` after that.
    """

    def __init__(self, count: int, seconds: float) -> None:
        self._places = asyncio.Semaphore(count)
        self._seconds = seconds

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Wait for a place, in the order of asking, and hold it for the call made within."""
        await self._places.acquire()
        loop = asyncio.get_running_loop()
        latest = loop.time() + _SLOW
        slow = loop.call_at(latest + self._seconds, self._places.release)
        try:
            yield
        finally:
            if loop.time() < latest:
                slow.cancel()
                loop.call_later(self._seconds, self._places.release)


class _Chat:
    """What limits one chat: its windows, and until when it must rest after a 429."""

    def __init__(self, chat: int | str) -> None:
        # Groups have negative ids, and so have channels, which may also be given by name.
        is_private = isinstance(chat, int) and chat > 0
        self.limits = [_IN_CHAT] + ([] if is_private else [_IN_GROUP])
        self.windows = [_Window(*limit) for limit in self.limits]
        self.rests_until = 0.0
        self.used = 0.0


class Limiter(BaseRateLimiter[None]):
    """Makes messages wait for their turn, and retries only one that certainly was not sent.

    After a timeout that is not certain: a retry might deliver the message twice.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        pace: Pace | None = None,
    ) -> None:
        """Start with nothing sent; `clock` returns seconds. The limits hold for this process, and
        with `pace` for all processes that share it.
        """
        self._clock = clock
        self._pace = pace
        self._in_all = _Places(*_IN_ALL)
        self._chats: OrderedDict[int | str, _Chat] = OrderedDict()
        # If other processes edit messages, too, this one does not know what a message shows.
        self._unchanged = Unchanged() if pace is None else None

    async def initialize(self) -> None:
        """Nothing to make ready."""

    async def shutdown(self) -> None:
        """Nothing to put away."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, _Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,  # noqa: ARG002, part of the interface
    ) -> _Result:
        """Make the call when it is its turn, and return its result; True for an edit that changes
        nothing, which is not made.

        Raises RetryAfter for a message that would have to wait longer than 30 s.
        """
        if self._unchanged is None:
            return await self._made(callback, args, kwargs, endpoint, data)
        if self._unchanged.is_same(endpoint, data):
            return True
        try:
            result = await self._made(callback, args, kwargs, endpoint, data)
        except TelegramError:
            self._unchanged.doubt(data)
            raise
        self._unchanged.note(endpoint, data, result)
        return result

    async def _made(
        self,
        callback: Callable[..., Coroutine[Any, Any, _Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
    ) -> _Result:
        if not _is_message(endpoint) or "chat_id" not in data:
            async with self._one() if _is_counted(endpoint) else nullcontext():
                return await callback(*args, **kwargs)
        patience = self._clock() + _PATIENCE
        retries = 0
        while True:
            chat = self._chat(data["chat_id"])
            await self._turn(chat, data["chat_id"], patience)
            try:
                # The chat's turn first: one that has to wait must not hold up the others.
                async with self._one():
                    return await callback(*args, **kwargs)
            except RetryAfter as error:
                await self._rest(chat, data["chat_id"], seconds(error))
                if retries == _RETRIES or chat.rests_until > patience:
                    metrics.given_up.inc()
                    raise
            except ChatMigrated as error:
                data["chat_id"] = error.new_chat_id
                if retries == _RETRIES:
                    raise
            except NetworkError as error:
                if not isinstance(error.__cause__, _NOT_SENT):
                    if isinstance(error.__cause__, httpx.HTTPError):
                        metrics.unsure.inc()
                    raise
                if retries == _RETRIES:
                    metrics.given_up.inc()
                    raise
                metrics.sent_again.inc()
                await asyncio.sleep(_PAUSES[retries])
            retries += 1

    async def _turn(self, chat: _Chat, number: int | str, patience: float) -> None:
        """Wait until it is the turn of `chat`. Raises RetryAfter if that is after `patience`."""
        now = self._clock()
        rest, turn = chat.rests_until - now, 0.0
        if rest <= patience - now and self._pace is not None:
            turn, others = await self._pace.turn(number, chat.limits, patience - now)
            rest = max(rest, others)
        if rest > patience - now:
            metrics.given_up.inc()
            raise RetryAfter(int(rest) + 1)
        await asyncio.sleep(max([turn, rest, *(window.turn(now) - now for window in chat.windows)]))

    async def _rest(self, chat: _Chat, number: int | str, length: float) -> None:
        """Let nothing be sent to `chat` for `length` seconds."""
        chat.rests_until = self._clock() + length
        if self._pace is not None:
            await self._pace.rest(number, length)

    @asynccontextmanager
    async def _one(self) -> AsyncIterator[None]:
        """Wait for a place under the limit for all chats, and hold it for the call made within."""
        async with (
            self._in_all.one(),
            self._pace.one(_IN_ALL, _SLOW) if self._pace is not None else nullcontext(),
        ):
            yield

    def _chat(self, number: int | str) -> _Chat:
        now = self._clock()
        while self._chats:
            oldest = next(iter(self._chats.values()))
            if max(oldest.used, oldest.rests_until) + _FORGOTTEN > now:
                break
            self._chats.popitem(last=False)
        chat = self._chats.setdefault(number, _Chat(number))
        self._chats.move_to_end(number)
        chat.used = now
        return chat


def _is_counted(endpoint: str) -> bool:
    """Return whether a call that is not a message counts under the limit for all chats: whether
    people see what it does.
    """
    return endpoint.startswith(("answer", "delete", "edit"))


def _is_message(endpoint: str) -> bool:
    """Return whether Telegram counts a call in its chat: it sends something or edits a text."""
    if endpoint in {"sendChatAction", "editMessageReplyMarkup"}:
        return False
    return endpoint.startswith(("send", "edit", "copy", "forward"))


def seconds(error: RetryAfter) -> float:
    """Return for how long a 429 asks to wait."""
    rest = error.retry_after  # a number unless PTB_TIMEDELTA is set, as bot.requests does
    return rest.total_seconds() if isinstance(rest, datetime.timedelta) else float(rest)
