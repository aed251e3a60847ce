"""What several processes share in a real Redis: order, memory and pace; and without it."""

import asyncio
import datetime
import json
import random
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from redis.asyncio import Redis as Client
from telegram import Chat, Message, Update
from telegram.error import RetryAfter

from bot import metrics
from bot.concurrency import PerChatProcessor, Reason
from bot.conversation import Memory
from bot.errors import SettingsError
from bot.limiter import Limiter
from bot.settings import load
from bot.shared import Shared, share
from tests.bot.sharing import Redis, redis_in
from tests.bot.test_concurrency import Work

TOKEN = "123456:of-the-bot"
CHAT, USER = 8_123_456_789, 8_123_456_789
MEMORY_SECONDS = 15 * 60


def update(number: int, chat: int = CHAT) -> Update:
    now = datetime.datetime.now(datetime.UTC)
    return Update(number, message=Message(number, now, Chat(chat, "private")))


class Process:
    """One of the processes: what it handled, and whom it told that it cannot."""

    def __init__(self, url: str, done: list[tuple[int, str | None]]) -> None:
        self.shared: Shared = share(url, TOKEN)
        self.processor = PerChatProcessor(self._decline, None, self.shared.turns)
        self.told: list[tuple[int, Reason]] = []
        self._done = done

    @property
    def spoken_of(self) -> Memory[str | None]:
        memory: Memory[str | None] = self.shared.memories["spoken_of"]
        return memory

    async def _decline(self, declined: Update, reason: Reason) -> bool:
        self.told.append((declined.update_id, reason))
        return True

    async def handle(self, number: int, chat: int = CHAT, work: Work | None = None) -> None:
        """Handle an update, until `work` may end: note what the one before it left."""

        async def handle() -> None:
            before = self.spoken_of.recall((chat, USER))
            self.spoken_of.remember((chat, USER), f"p_{number}")
            if work is not None:
                await work.run()
            self._done.append((number, before))

        await self.processor.process_update(update(number, chat), handle())


class Processes:
    """Two processes at one Redis; `done` is what they handled, in order, and what was known."""

    def __init__(self, redis: Redis) -> None:
        self.redis = redis
        self.done: list[tuple[int, str | None]] = []
        self.first, self.second = (Process(redis.url, self.done) for _ in range(2))

    @property
    def both(self) -> tuple[Process, Process]:
        return self.first, self.second


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redis]:
    with redis_in(tmp_path_factory.mktemp("redis")) as redis:
        yield redis


@pytest.fixture
async def processes(redis: Redis, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Processes]:
    monkeypatch.setattr("bot.concurrency._OF_CHAT", 1000)
    await redis.clear()
    processes = Processes(redis)
    for one in processes.both:
        await one.processor.initialize()
    yield processes
    for one in processes.both:
        assert one.shared.turns.is_idle
        assert not one.shared.turns._standing
        await one.processor.shutdown()


async def test_50_updates_of_a_chat_are_handled_in_order_whoever_gets_them(
    processes: Processes,
) -> None:
    dice = random.Random(1)  # noqa: S311, not for secrets

    async def deliver(number: int) -> None:
        await asyncio.sleep(number * 0.01 + dice.uniform(0, 0.1))  # up to ten overtake one
        await dice.choice(processes.both).handle(number)

    await asyncio.gather(*(deliver(number) for number in range(50)))
    known = [None, *(f"p_{number}" for number in range(49))]
    assert processes.done == list(zip(range(50), known, strict=True))


async def test_the_first_of_all_may_be_overtaken_on_its_way(processes: Processes) -> None:
    later = asyncio.create_task(processes.first.handle(8))
    await asyncio.sleep(0.05)
    await asyncio.gather(processes.second.handle(7), later)
    assert processes.done == [(7, None), (8, "p_7")]


async def test_a_later_update_waits_for_the_one_that_another_process_has_in_hand(
    processes: Processes,
) -> None:
    work = Work()
    in_hand = asyncio.create_task(processes.first.handle(1, work=work))
    await work.begun.wait()
    waiting = asyncio.create_task(processes.second.handle(2))
    await processes.second.handle(3, chat=5)
    assert processes.done == [(3, None)], "another chat waits for nobody"
    work.may_end.set()
    await asyncio.gather(in_hand, waiting)
    assert processes.done[1:] == [(1, None), (2, "p_1")]


async def test_an_update_that_never_comes_holds_up_the_next_for_a_moment(
    processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    await processes.first.handle(1)
    begun = time.monotonic()
    await processes.second.handle(3)
    assert time.monotonic() - begun > 0.25
    monkeypatch.setattr("bot.shared.turns._AHEAD_SECONDS", 60.0)
    async with asyncio.timeout(20):
        await processes.second.handle(4)
        await processes.first.handle(2)  # late, but answered
    assert [number for number, _ in processes.done] == [1, 3, 4, 2]


async def test_an_update_that_two_processes_get_is_handled_once(processes: Processes) -> None:
    for one in (*processes.both, processes.first):
        await one.handle(1)
    assert processes.done == [(1, None)]


async def test_what_a_dead_process_had_in_hand_keeps_nobody_waiting_for_long(
    processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.shared.turns.LEASE_SECONDS", 1.0)
    dead = Process(processes.redis.url, processes.done)
    await dead.shared.turns.arrival(update(1)).__aenter__()
    work = Work()
    in_hand = asyncio.create_task(dead.handle(2, chat=5, work=work))
    await work.begun.wait()
    begun = time.monotonic()
    await asyncio.gather(processes.first.handle(3), processes.second.handle(4, chat=5))
    assert 0.5 < time.monotonic() - begun < 5
    in_hand.cancel()
    await asyncio.gather(in_hand, return_exceptions=True)
    await dead.processor.shutdown()


async def test_redis_holds_nothing_of_who_asks_for_longer_than_15_minutes(
    processes: Processes,
) -> None:
    shared = processes.first.shared

    async def work() -> None:
        for name, value in {"answered": (7, 8), "heard": "ru", "albums": ()}.items():
            shared.memories[name].remember((CHAT, USER), value)
        shared.memories["chosen"].remember((CHAT, USER), "kk")

    await processes.first.processor.process_update(update(1), work())
    await Limiter(pace=shared.pace).process_request(
        asyncio.sleep, (0,), {}, "sendMessage", {"chat_id": CHAT}, None
    )
    held = Work()
    in_hand = asyncio.create_task(processes.second.handle(2, work=held))
    await held.begun.wait()
    found = await processes.redis.contents()
    everything = json.dumps(found)
    assert len(found) >= 5
    assert all(len(key) == 64 for key in found)
    assert not [word for word in (str(CHAT), TOKEN, TOKEN.partition(":")[2]) if word in everything]
    lasting = [key for key, (value, _) in found.items() if "chosen:" in str(value)]
    assert len(lasting) == 1
    assert all(0 <= ttl <= MEMORY_SECONDS for key, (_, ttl) in found.items() if key not in lasting)
    assert MEMORY_SECONDS < found[lasting[0]][1] <= 30 * 24 * 60 * 60
    held.may_end.set()
    await in_hand


async def test_what_is_remembered_is_forgotten_by_time_and_by_word(
    processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.shared.turns.KEPT_SECONDS", 1)
    await processes.first.handle(1)
    await processes.second.handle(2)
    await asyncio.sleep(1.1)
    await processes.first.handle(3)
    assert processes.done == [(1, None), (2, "p_1"), (3, None)]

    async def forget() -> None:
        for memory in processes.second.shared.memories.values():
            memory.forget(CHAT)

    await processes.second.processor.process_update(update(4), forget())
    found = await processes.redis.contents()
    assert not any("spoken_of" in str(value) for value, _ in found.values())


HUGE = json.dumps({str(number): [2_000_000_000, 0] for number in range(200_000)})


@pytest.mark.parametrize(
    "written",
    ["words", "[]", "null", '{"a": 1}', '{"a": ["x", 1]}', HUGE],
    ids=["words", "list", "null", "number", "time", "huge"],
)
async def test_what_the_bot_did_not_write_counts_as_nothing(
    processes: Processes, redis: Redis, written: str
) -> None:
    await processes.first.handle(1)
    async with Client.from_url(redis.url) as client:
        async for key in client.scan_iter(_type="string"):
            await client.set(key, written)
    begin = time.monotonic()
    await processes.second.handle(2)
    assert time.monotonic() - begin < 5
    assert processes.done == [(1, None), (2, None)]


async def test_another_token_finds_nothing(processes: Processes) -> None:
    await processes.first.handle(1)
    other = share(processes.redis.url, "654321:of-another")
    before = set(await processes.redis.contents())
    async with other.turns.arrival(update(1)) as is_first, other.turns.turn(update(1)):
        assert is_first
        assert other.memories["spoken_of"].recall((CHAT, USER)) is None
    await other.turns.shutdown()
    assert before <= set(await processes.redis.contents())


def failures() -> float:
    """Return how many calls to Redis have failed."""
    samples = [one for family in metrics.redis_failed.collect() for one in family.samples]
    return sum(one.value for one in samples if one.name.endswith("_total"))


async def test_without_redis_a_chat_is_told_once_and_with_it_all_goes_on(
    processes: Processes,
) -> None:
    one, failed = processes.first, failures()
    processes.redis.kill()
    try:
        for number in (1, 2, 3):
            await one.handle(number)
        await one.handle(4, chat=5)
        assert one.told == [(1, "out_of_reach"), (4, "out_of_reach")]
        assert failures() > failed
        sent = Limiter(pace=one.shared.pace).process_request(
            asyncio.sleep, (0, True), {}, "sendMessage", {"chat_id": CHAT}, None
        )
        assert await sent, "what is told needs no Redis"
    finally:
        processes.redis.start()
    await one.handle(5)
    await processes.second.handle(6)
    assert processes.done == [(5, None), (6, "p_5")]


async def test_a_redis_that_starts_anew_while_some_wait_is_borne(processes: Processes) -> None:
    work = Work()
    in_hand = asyncio.create_task(processes.first.handle(1, work=work))
    await work.begun.wait()
    waiting = asyncio.create_task(processes.second.handle(2))
    await asyncio.sleep(0.1)
    processes.redis.kill()
    processes.redis.start()
    work.may_end.set()
    await asyncio.gather(in_hand, waiting)
    assert processes.second.told == [(2, "out_of_reach")]
    await processes.second.handle(3)
    assert [number for number, _ in processes.done] == [1, 3]


async def test_a_redis_that_says_nothing_is_given_up_soon(processes: Processes) -> None:
    with processes.redis.stopped():
        begun = time.monotonic()
        await processes.first.handle(1)
        assert time.monotonic() - begun < 9
        assert processes.first.told == [(1, "out_of_reach")]
    await asyncio.sleep(1.1)
    await processes.first.handle(2)
    assert processes.done == [(2, None)]


async def test_no_more_than_30_calls_are_made_in_any_second_by_both(processes: Processes) -> None:
    limiters = [Limiter(pace=one.shared.pace) for one in processes.both]
    times: list[float] = []

    async def send() -> bool:
        times.append(time.monotonic())
        return True

    calls = [
        limiters[chat % 2].process_request(send, (), {}, "sendMessage", {"chat_id": chat}, None)
        for chat in range(1, 76)
    ]
    await asyncio.gather(*calls)
    times.sort()
    assert all(later - earlier > 1 for earlier, later in zip(times, times[30:], strict=False))


@pytest.mark.parametrize(("count", "seconds"), [(3, 3.0), (6, 20.0)])
async def test_a_chat_has_so_many_turns_in_so_many_seconds_for_both(
    processes: Processes, count: int, seconds: float
) -> None:
    turns: list[int] = []
    for place in range(2 * count + 1):
        pace = processes.both[place % 2].shared.pace
        await pace.turn(-5, [(count, seconds)], 30.0)
        found = [value for value, _ in (await processes.redis.contents()).values()]
        (window,) = (v for v in found if isinstance(v, list) and isinstance(v[0], str))
        turns.append(int(window[0]))
    later = zip(turns, turns[count:], strict=False)
    assert all(after - before >= 1000 * seconds for before, after in later)


async def test_a_chat_that_must_rest_rests_for_both(processes: Processes) -> None:
    async def refused() -> bool:
        raise RetryAfter(100)

    async def never() -> bool:
        raise AssertionError

    for one, asked in zip(processes.both, (refused, never), strict=True):
        limiter = Limiter(pace=one.shared.pace)
        with pytest.raises(RetryAfter):
            await limiter.process_request(asked, (), {}, "sendMessage", {"chat_id": CHAT}, None)


def test_one_process_alone_can_poll_and_no_password_is_told() -> None:
    variable = {"RAPPORTEUR_CONVERSATIONS__URL": "redis://:hidden@localhost"}
    with pytest.raises(SettingsError, match=r"expected telegram.mode webhook with it") as told:
        load(None, variable)
    assert "hidden" not in str(told.value)
    with pytest.raises(SettingsError, match=r"conversations.url is 'localhost:6379', expected"):
        load(None, {"RAPPORTEUR_CONVERSATIONS__URL": "localhost:6379"})


async def test_a_redis_that_refuses_the_password_is_a_fault_in_the_settings(tmp_path: Path) -> None:
    with redis_in(tmp_path, "--requirepass", "right") as locked:
        turns = share(locked.url, TOKEN).turns
        with pytest.raises(SettingsError, match=r"conversations.url: Redis refuses"):
            await turns.initialize()
        await turns.shutdown()
