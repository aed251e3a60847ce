"""The Redis that several processes share: keys, scripts, and what happens while out of reach."""

import asyncio
import hmac
import logging
import secrets
import time
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from typing import Any, TypeVar, cast

import redis.exceptions
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, RedisError

from bot import metrics
from bot.conversation import KEPT_SECONDS
from bot.errors import SettingsError
from bot.turns import OutOfReachError

_log = logging.getLogger(__name__)

LEASE_SECONDS = 10.0  # after which a process that did not renew its lease counts as dead
RENEWED_SECONDS = 2.5
_CALL_SECONDS = 5.0  # for an answer; that takes less than a millisecond, but this process may lag
_CONNECTIONS, _POOL_SECONDS = 16, 5.0
_REST_SECONDS = 1.0  # in which, after a timeout, calls fail at once instead of waiting in vain
_LOG_SECONDS = 60.0

Result = TypeVar("Result")

# The time is that of Redis, the same for all processes, in milliseconds.
_PRELUDE = """
local function now()
  local at = redis.call('TIME')
  return at[1] * 1000 + math.floor(at[2] / 1000)
end
"""
_RENEW = """
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now())
redis.call('ZADD', KEYS[1], now() + ARGV[2], ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[3])
"""
_GIVE_UP = """
redis.call('ZREM', KEYS[1], ARGV[1])
if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end
"""


class Store:
    """What all processes of one bot share: for 15 minutes, or 30 days for a chosen language.

    Keys are HMAC-SHA256 of what they stand for, under a secret made from the bot's token: without
    the token nobody can tell which chat a key is of, not even by trying all ids. Another token
    makes other keys, so two bots may share one Redis.
    """

    def __init__(self, url: str, token: str) -> None:
        """Use the Redis at `url` for the bot of `token`. Raises ValueError if `url` is none."""
        self.process = secrets.token_hex(8)
        """The name of this process among the others, a random one."""
        self._secret = hmac.digest(token.encode(), b"rapporteur: what processes share", "sha256")
        self.alive = self.key("alive")
        # A command is sent once more if the connection breaks, so a script may run twice.
        self._redis = Redis.from_pool(
            BlockingConnectionPool.from_url(
                url,
                max_connections=_CONNECTIONS,
                timeout=_POOL_SECONDS,
                socket_timeout=_CALL_SECONDS,
                socket_connect_timeout=_CALL_SECONDS,
                retry=Retry(NoBackoff(), 1, (redis.exceptions.ConnectionError,)),
                decode_responses=True,
                protocol=2,
            )
        )
        self._renewing: asyncio.Task[None] | None = None
        self._left_behind: set[tuple[str, str, str]] = set()
        self._rests_until = 0.0
        self._logged: float | None = None  # when it was last logged that Redis is out of reach

    def key(self, kind: str, *of: object) -> str:
        """Return the key under which something of this `kind` is kept."""
        return self.digest(":".join(map(str, (kind, *of))))

    def digest(self, words: str) -> str:
        """Return what stands for `words`: 64 hexadecimal digits that only this bot can make."""
        return hmac.digest(self._secret, words.encode(), "sha256").hex()

    async def open(self) -> None:
        """Take a lease that says that this process lives, and go on renewing it.

        Raises SettingsError if Redis refuses the credentials. It is no error if Redis is out of
        reach: it may come.
        """
        if self._renewing is not None:
            return
        try:
            await self._renew()
        except OutOfReachError as error:
            if str(error) == AuthenticationError.__name__:
                raise SettingsError("conversations.url: Redis refuses name and password") from error
        self._renewing = asyncio.create_task(self._go_on_renewing())

    async def close(self) -> None:
        """Give up the lease, and disconnect from Redis."""
        if self._renewing is not None:
            self._renewing.cancel()
            self._renewing = None
            with suppress(OutOfReachError):
                await self._reached(self._redis.zrem(self.alive, self.process))
        with suppress(RedisError, OSError):
            await self._redis.aclose()

    async def run(self, script: str, keys: Sequence[str], *arguments: str | float) -> Any:
        """Return the result of `script`, run atomically. Raises OutOfReachError."""
        if time.monotonic() < self._rests_until:
            raise OutOfReachError
        made = self._redis.register_script(_PRELUDE + script)
        return await self._reached(made(keys=keys, args=arguments))

    async def get(self, key: str) -> str:
        """Return what is kept under `key`; "" for nothing. Raises OutOfReachError."""
        return await self._reached(cast("Awaitable[str | None]", self._redis.get(key))) or ""

    async def rest(self, key: str, seconds: float) -> None:
        """Let `key` exist for `seconds`. Raises OutOfReachError."""
        await self._reached(self._redis.set(key, "", px=max(int(seconds * 1000), 1)))

    async def give_up(self, line: str, holder: str, ticket: str) -> None:
        """Remove `ticket` from a line, now or as soon as Redis is within reach."""
        self.leave_behind(line, holder, ticket)
        with suppress(OutOfReachError):
            await self._clear_up()

    def leave_behind(self, line: str, holder: str, ticket: str) -> None:
        """Have `ticket` removed from a line as soon as Redis is within reach."""
        self._left_behind.add((line, holder, ticket))

    async def _clear_up(self) -> None:
        for left in list(self._left_behind):
            line, holder, ticket = left
            await self.run(_GIVE_UP, [line, holder], ticket)
            self._left_behind.discard(left)

    async def _go_on_renewing(self) -> None:
        while True:
            await asyncio.sleep(RENEWED_SECONDS)
            with suppress(OutOfReachError):
                await self._renew()
                await self._clear_up()

    async def _renew(self) -> None:
        await self.run(_RENEW, [self.alive], self.process, LEASE_SECONDS * 1000, KEPT_SECONDS)

    async def _reached(self, answer: Awaitable[Result]) -> Result:
        """Return the answer of Redis. Raises OutOfReachError if there is none."""
        try:
            result = await answer
        except (RedisError, OSError, TimeoutError) as error:
            # No words of the error: they may name what was sent.
            metrics.redis_failed.labels(type(error).__name__).inc()
            now = time.monotonic()
            if isinstance(error, TimeoutError | redis.exceptions.TimeoutError):
                self._rests_until = now + _REST_SECONDS
            if self._logged is None or now - self._logged >= _LOG_SECONDS:
                self._logged = now
                _log.warning("Redis is out of reach error=%s", type(error).__name__)
            raise OutOfReachError(type(error).__name__) from None
        if self._logged is not None:
            self._logged = None
            _log.info("Redis is within reach again")
        return result
