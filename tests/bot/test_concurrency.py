"""Order within a chat and all chats at once, told by events and never by sleeping."""

import asyncio
import datetime
from collections.abc import AsyncIterator, Coroutine

import pytest
from telegram import Chat, Message, Update

from bot.concurrency import PerChatProcessor

LATE = 5  # seconds until a test that hangs is given up


def update(chat: int | None, number: int = 1) -> Update:
    """Return an update of `chat`; None for one that belongs to no chat."""
    if chat is None:
        return Update(number)
    now = datetime.datetime.now(datetime.UTC)
    return Update(number, message=Message(number, now, Chat(chat, "private")))


class Work:
    """A handler of an update that ends only when the test lets it go."""

    def __init__(self) -> None:
        self.begun, self.may_end = asyncio.Event(), asyncio.Event()

    async def run(self) -> None:
        self.begun.set()
        await self.may_end.wait()


@pytest.fixture
async def processor() -> AsyncIterator[PerChatProcessor]:
    async with PerChatProcessor() as processor:
        yield processor
        assert processor._turns.is_idle, "locks are left over"


def start(
    processor: PerChatProcessor, chat: int | None, coroutine: Coroutine[None, None, None]
) -> asyncio.Task[None]:
    return asyncio.create_task(processor.process_update(update(chat), coroutine))


async def all_settled() -> None:
    """Let every task go on until each of them waits."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_one_chat_is_served_in_order(processor: PerChatProcessor) -> None:
    done: list[int] = []

    async def handle(number: int) -> None:
        # The earlier one gives way more often, so without order it would end later.
        for _ in range(20 - number):
            await asyncio.sleep(0)
        done.append(number)

    async with asyncio.timeout(LATE):
        await asyncio.gather(*(start(processor, 7, handle(number)) for number in range(20)))
    assert done == list(range(20))


async def test_the_second_of_a_chat_waits_for_the_first(processor: PerChatProcessor) -> None:
    first, second = Work(), Work()
    tasks = [start(processor, 7, work.run()) for work in (first, second)]
    async with asyncio.timeout(LATE):
        await first.begun.wait()
        await all_settled()
        assert not second.begun.is_set()
        first.may_end.set()
        await second.begun.wait()
        second.may_end.set()
        await asyncio.gather(*tasks)


async def test_chats_are_served_at_once(processor: PerChatProcessor) -> None:
    works = [Work() for _ in range(100)]
    tasks = [start(processor, chat, work.run()) for chat, work in enumerate(works)]
    async with asyncio.timeout(LATE):
        for work in works:
            await work.begun.wait()
        for work in works:
            work.may_end.set()
        await asyncio.gather(*tasks)


async def test_updates_of_no_chat_wait_for_nobody(processor: PerChatProcessor) -> None:
    first, second = Work(), Work()
    tasks = [start(processor, None, work.run()) for work in (first, second)]
    async with asyncio.timeout(LATE):
        await first.begun.wait()
        await second.begun.wait()
        first.may_end.set()
        second.may_end.set()
        await asyncio.gather(*tasks)


async def test_what_is_no_update_is_handled(processor: PerChatProcessor) -> None:
    work = Work()
    work.may_end.set()
    await processor.process_update("not an update", work.run())
    assert work.begun.is_set()


async def test_a_failure_leaves_the_chat_to_the_next(processor: PerChatProcessor) -> None:
    async def fail() -> None:
        raise ValueError("broken")

    work = Work()
    work.may_end.set()
    failed, served = start(processor, 7, fail()), start(processor, 7, work.run())
    async with asyncio.timeout(LATE):
        with pytest.raises(ValueError, match="broken"):
            await failed
        await served


async def test_a_cancelled_update_leaves_the_chat_to_the_next(processor: PerChatProcessor) -> None:
    first, second = Work(), Work()
    cancelled, served = (start(processor, 7, work.run()) for work in (first, second))
    async with asyncio.timeout(LATE):
        await first.begun.wait()
        cancelled.cancel()
        await second.begun.wait()
        second.may_end.set()
        await served
    assert cancelled.cancelled()


async def test_a_lock_lives_as_long_as_its_chat_is_served(processor: PerChatProcessor) -> None:
    works = [Work() for _ in range(3)]
    tasks = [start(processor, 7, work.run()) for work in works]
    async with asyncio.timeout(LATE):
        for work in works:
            await work.begun.wait()
            assert list(processor._turns._locks) == [7]
            work.may_end.set()
        await asyncio.gather(*tasks)
    assert processor._turns.is_idle
