"""Order within a chat for all processes: the update with the lowest id goes first."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from telegram import Update

from bot.conversation import KEPT_SECONDS
from bot.shared.memory import LASTING_SECONDS, Pages, opened
from bot.shared.store import LEASE_SECONDS, Store
from bot.turns import OutOfReachError

_LOOK_SECONDS = 0.05  # between checks whether another process is through
_AHEAD_SECONDS = 0.3  # for which an update waits for earlier ones that no process has yet
_REMEMBERED = 4096  # update ids; Telegram may deliver an update twice

# A ticket is the id of the update, a colon, and the name of the process.
_LIVES = """
local function lives(ticket)
  local expires = redis.call('ZSCORE', KEYS[1], string.match(ticket, ':(.*)'))
  return expires and tonumber(expires) > now()
end
"""
_ARRIVE = """
local alive, arrived, line = KEYS[1], KEYS[2], KEYS[3]
local number, process, ticket = ARGV[1], ARGV[2], ARGV[1] .. ':' .. ARGV[2]
redis.call('ZADD', alive, now() + ARGV[3], process)
redis.call('EXPIRE', alive, ARGV[4])
local is_new = redis.call('ZADD', arrived, 'NX', number, number) == 1
-- If the answer to this script is lost, it runs twice.
if not is_new and not (line and redis.call('ZSCORE', line, ticket)) then return 0 end
redis.call('ZREM', arrived, number .. '?')
redis.call('ZREMRANGEBYRANK', arrived, 0, -1 - ARGV[5])
redis.call('EXPIRE', arrived, ARGV[4])
if line then
  redis.call('ZADD', line, number, ticket)
  redis.call('EXPIRE', line, ARGV[4])
end
return 1
"""
_TURN = (
    _LIVES
    + """
local arrived, line, holder, passing, lasting = unpack(KEYS, 2)
local number, ticket, is_patient, kept = tonumber(ARGV[1]), ARGV[2], ARGV[3], ARGV[4]
local function taken()
  return {'turn', redis.call('GET', passing) or '', redis.call('GET', lasting) or ''}
end
local held = redis.call('GET', holder)
if held == ticket then return taken() end
if not redis.call('ZSCORE', line, ticket) then return {'lost'} end
if held and lives(held) then return {'wait'} end
local first = redis.call('ZRANGE', line, 0, 0)[1]
while first ~= ticket and not lives(first) do
  redis.call('ZREM', line, first)
  first = redis.call('ZRANGE', line, 0, 0)[1]
end
if first ~= ticket then return {'wait'} end
-- Have all updates with lower ids come? Telegram numbers them without a gap.
local oldest = redis.call('ZRANGE', arrived, 0, 0, 'WITHSCORES')[2]
-- If none is known, as after a quiet hour, that cannot be told: take them not to have come.
local from = math.min(math.max(number - 16, tonumber(oldest or number)), number - 1)
if redis.call('ZCOUNT', arrived, from, number - 1) < number - from then
  if is_patient == '1' then return {'wait'} end
  for missing = from, number - 1 do
    if not redis.call('ZSCORE', arrived, string.format('%d', missing)) then
      redis.call('ZADD', arrived, missing, string.format('%d?', missing))
    end
  end
end
redis.call('ZREM', line, ticket)
redis.call('SET', holder, ticket, 'EX', kept)
return taken()
"""
)
_LEAVE = """
local holder, passing, lasting = KEYS[1], KEYS[2], KEYS[3]
if redis.call('GET', holder) ~= ARGV[1] then return 0 end
redis.call('DEL', holder)
for place, key in ipairs({passing, lasting}) do
  local written = ARGV[2 * place]
  if written == '{}' then
    redis.call('DEL', key)
  elseif written ~= '' then
    redis.call('SET', key, written, 'EX', ARGV[2 * place + 1])
  end
end
return 1
"""


@dataclass
class _Line:
    """The updates of this process that have or wait for the turn of a chat, by id."""

    numbers: set[int] = field(default_factory=set)
    moved: asyncio.Event = field(default_factory=asyncio.Event)

    def move(self) -> None:
        """Let all of them check again whether they are the first."""
        self.moved.set()
        self.moved = asyncio.Event()


class SharedTurns:
    """Turns that hold for all processes that share a Redis.

    An update takes its place in the line of its chat, by its id, as soon as it arrives. A process
    renews its lease every few seconds; the updates of one that died keep nobody waiting for longer
    than the lease lasts.
    """

    def __init__(self, store: Store) -> None:
        """Keep the order in `store`."""
        self._store = store
        self._lines: dict[int, _Line] = {}
        self._standing: set[int] = set()  # numbers of updates that have a place or a turn

    @property
    def is_idle(self) -> bool:
        """Whether nobody has or waits for a turn in this process."""
        return not self._lines

    async def initialize(self) -> None:
        """Connect to Redis. It is no error if it is out of reach: it may come."""
        await self._store.open()

    async def shutdown(self) -> None:
        """Disconnect from Redis, and give up the lease, and with it all turns."""
        await self._store.close()

    @asynccontextmanager
    async def arrival(self, update: Update) -> AsyncIterator[bool]:
        """Keep a place for `update` in the line of its chat while the body runs; yield whether it
        comes for the first time to any process.
        """
        chat, is_new = update.effective_chat, False
        if chat is None:  # its answer depends on nothing that is shared
            try:
                is_new = await self._arrive(update, [])
            except OutOfReachError:
                is_new = True
            yield is_new
            return
        line = self._store.key("line", chat.id)
        holder = self._store.key("holder", chat.id)
        place = (line, holder, self._ticket(update))
        try:
            is_new = await self._arrive(update, [line])
            if is_new:
                self._standing.add(update.update_id)
            yield is_new
        except OutOfReachError:
            self._standing.discard(update.update_id)
            self._store.leave_behind(*place)
            raise
        finally:
            if is_new and update.update_id in self._standing:
                self._standing.discard(update.update_id)
                await self._store.give_up(*place)

    @asynccontextmanager
    async def turn(self, update: Update) -> AsyncIterator[None]:
        """Wait until no process is handling an update of the chat, or has an earlier one."""
        chat = update.effective_chat
        if chat is None:
            with opened(await self._glance(update)):
                yield
            return
        line = self._lines.setdefault(chat.id, _Line())
        line.numbers.add(update.update_id)
        line.move()
        try:
            pages = await self._granted(chat.id, line, update)
            try:
                with opened(pages):
                    yield
            finally:
                await self._leave(pages, update)
        finally:
            line.numbers.discard(update.update_id)
            line.move()
            if not line.numbers:
                self._lines.pop(chat.id, None)

    def _ticket(self, update: Update) -> str:
        return f"{update.update_id}:{self._store.process}"

    async def _arrive(self, update: Update, line: list[str]) -> bool:
        keys = [self._store.alive, self._store.key("arrived"), *line]
        lease = LEASE_SECONDS * 1000
        number, process = update.update_id, self._store.process
        came = await self._store.run(
            _ARRIVE, keys, number, process, lease, KEPT_SECONDS, _REMEMBERED
        )
        return bool(came)

    async def _granted(self, chat: int, line: _Line, update: Update) -> Pages:
        """Return what is remembered of `chat`, once it is the turn of `update`."""
        store, number = self._store, update.update_id
        kinds = ("line", "holder", "passing", "lasting")
        keys = [store.alive, store.key("arrived"), *(store.key(kind, chat) for kind in kinds)]
        impatient = asyncio.get_running_loop().time() + _AHEAD_SECONDS
        while True:
            moved, is_first = line.moved, number == min(line.numbers)
            if is_first:
                is_patient = asyncio.get_running_loop().time() < impatient
                said, *kept = await store.run(
                    _TURN, keys, number, self._ticket(update), int(is_patient), KEPT_SECONDS
                )
                if said == "turn":
                    return Pages(chat, *kept)
                if said == "lost":  # Redis has started anew, or this process stood still
                    raise OutOfReachError
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_SECONDS if is_first else None):
                    await moved.wait()

    async def _leave(self, pages: Pages, update: Update) -> None:
        """If it is still the turn of `update`, write what is remembered and end the turn."""
        kinds = ("holder", "passing", "lasting")
        keys = [self._store.key(kind, pages.chat) for kind in kinds]
        ticket = self._ticket(update)
        self._standing.discard(update.update_id)
        passing, lasting = (pages.written(is_lasting=one) for one in (False, True))
        try:
            await self._store.run(
                _LEAVE, keys, ticket, passing, KEPT_SECONDS, lasting, LASTING_SECONDS
            )
        except OutOfReachError:  # it is answered, if not remembered
            self._store.leave_behind(self._store.key("line", pages.chat), keys[0], ticket)

    async def _glance(self, update: Update) -> Pages:
        """Return the lasting memory of the sender's private chat, only to be read."""
        user, lasting = update.effective_user, ""
        number = user.id if user is not None else 0
        with suppress(OutOfReachError):
            lasting = await self._store.get(self._store.key("lasting", number))
        return Pages(number, "", lasting)
