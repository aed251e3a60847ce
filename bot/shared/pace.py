"""The pace of all processes together: no faster than Telegram accepts messages."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from bot.pace import Limit
from bot.shared.store import Store
from bot.turns import OutOfReachError

_LOOK_SECONDS = 0.1  # between checks whether a place became free sooner than it had to

# Each window is a list of its last turns, the newest first.
_CHAT = """
local at, patience = now(), tonumber(ARGV[1])
local rest = math.max(redis.call('PTTL', KEYS[1]), 0)
if rest > patience then return {0, rest} end
local turn = at + rest
for place = 2, #KEYS do
  local key, count, length = KEYS[place], tonumber(ARGV[2 * place - 2]), ARGV[2 * place - 1]
  local last = redis.call('LINDEX', key, count - 1)
  local own = math.max(at, last and last + length or 0)
  redis.call('LPUSH', key, string.format('%d', own))
  redis.call('LTRIM', key, 0, count - 1)
  redis.call('PEXPIRE', key, own - at + length)
  turn = math.max(turn, own)
end
return {turn - at, rest}
"""
_TAKE = """
local at, places = now(), KEYS[1]
redis.call('ZREMRANGEBYSCORE', places, '-inf', at)
if redis.call('ZCARD', places) >= tonumber(ARGV[2]) then
  return redis.call('ZRANGE', places, 0, 0, 'WITHSCORES')[2] - at
end
redis.call('ZADD', places, at + ARGV[3], ARGV[1])
redis.call('PEXPIRE', places, ARGV[3])
return 0
"""
_FREE = """
redis.call('ZADD', KEYS[1], 'XX', 'LT', now() + ARGV[2], ARGV[1])
"""


class SharedPace:
    """A pace for all processes that share a Redis; while that is out of reach, each has its own."""

    def __init__(self, store: Store) -> None:
        """Keep the limits in `store`."""
        self._store = store
        self._places = store.key("places")
        self._queue = asyncio.Lock()  # of this process, in the order of asking

    @asynccontextmanager
    async def one(self, limit: Limit, slow_seconds: float) -> AsyncIterator[None]:
        """Wait for one of the places of `limit`, and hold it for the call made within. It is free
        again when the seconds of `limit` have passed since the call ended, or since it had taken
        `slow_seconds`.
        """
        call = secrets.token_hex(8)
        count, length = limit
        with suppress(OutOfReachError):
            async with self._queue:
                while wait := await self._store.run(
                    _TAKE, [self._places], call, count, _milliseconds(slow_seconds + length)
                ):
                    await asyncio.sleep(min(int(wait) / 1000, _LOOK_SECONDS))
        try:
            yield
        finally:
            with suppress(OutOfReachError):
                await self._store.run(_FREE, [self._places], call, _milliseconds(length))

    async def turn(
        self, chat: int | str, limits: Sequence[Limit], patience: float
    ) -> tuple[float, float]:
        """Take the next turn of `chat` within all `limits`. Return in how many seconds it comes,
        and for how many the chat must still rest; if these exceed `patience`, no turn is taken.
        """
        keys = [self._store.key("rest", chat)]
        arguments = [int(patience * 1000)]
        for number, (count, length) in enumerate(limits):
            keys.append(self._store.key("window", number, chat))
            arguments += [count, _milliseconds(length)]
        try:
            turn, rest = await self._store.run(_CHAT, keys, *arguments)
        except OutOfReachError:
            return 0.0, 0.0
        return int(turn) / 1000, int(rest) / 1000

    async def rest(self, chat: int | str, seconds: float) -> None:
        """Let no process send to `chat` for so many `seconds`."""
        with suppress(OutOfReachError):
            await self._store.rest(self._store.key("rest", chat), seconds)


def _milliseconds(seconds: float) -> int:
    """Return `seconds` in milliseconds, and one more: Redis leaves out parts of one from `now()`,
    and what begins in the last part of a millisecond must not end in the first.
    """
    return int(seconds * 1000) + 1
