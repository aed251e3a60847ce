"""Two processes of one bot behind a proxy, as deploy/ has them, and one of them killed at work."""

import asyncio
import multiprocessing
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from multiprocessing.context import SpawnProcess
from pathlib import Path

import pytest

from bot import limiter
from bot.opening import load_models, open_library
from bot.serving import serve
from bot.settings import Conversations, Documents, Settings, Storage, Telegram
from tests.bot.sharing import Proxy, Redis, redis_in
from tests.botapi import BotApiServer
from tests.knowledge.library.libraries import WELL, write

START_SECONDS = 240.0  # two processes load the models, on a machine that is busy
ANSWER_SECONDS = 60.0
WAITING = 8  # messages; a person may have ten


def run(settings: Settings, token: str) -> None:
    """Be one of the processes, without Telegram's limits."""
    limiter._IN_CHAT = limiter._IN_GROUP = limiter._IN_ALL = (1000, 1.0)
    library = open_library(settings, load_models(settings))
    serve(library, library.open(is_published=True), settings, token)


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    with redis_in(tmp_path) as redis:
        yield redis


@asynccontextmanager
async def process(settings: Settings, token: str) -> AsyncIterator[SpawnProcess]:
    """Run a process of the bot, which prints where the test does."""
    one = multiprocessing.get_context("spawn").Process(target=run, args=(settings, token))
    one.start()
    try:
        yield one
    finally:
        one.terminate()
        await asyncio.to_thread(one.join)


async def test_50_messages_of_a_chat_are_answered_in_order_though_one_process_is_killed(
    tmp_path: Path, redis: Redis
) -> None:
    write(tmp_path / "docs", well_txt=WELL)
    async with BotApiServer() as telegram, Proxy(seed=2).open() as proxy, AsyncExitStack() as stack:
        editor = telegram.person("Ed", language_code="en")
        processes = []
        for _ in range(2):
            settings = Settings(
                admins=[editor.id],
                telegram=Telegram(api_url=telegram.url, mode="webhook", webhook=proxy.bot()),
                documents=Documents(folder=tmp_path / "docs"),
                storage=Storage(path=tmp_path / "state"),
                conversations=Conversations(url=redis.url),
            )
            processes.append(await stack.enter_async_context(process(settings, telegram.token)))
        await telegram.called("setWebhook", count=2, timeout=START_SECONDS)

        people = [telegram.person(name, language_code="en") for name in ("Ann", "Bob", "Cem")]
        group = telegram.group("Friends", people)
        proxy.longest_delay = 0.1
        said: list[int] = []

        def answered() -> list[int]:
            return [one.reply_to.id for one in group.replies if one.reply_to is not None]

        async def say(count: int, lost: int = 0) -> None:
            """Send `count` messages, a few ahead of the answers; `lost` of these may never come."""
            for number in range(count):
                message = await group.say("/help@rapporteur_test_bot", by=people[number % 3])
                said.append(message.id)
                await group.until(
                    partial(has, len(said) - WAITING - lost), "no answers", ANSWER_SECONDS
                )

        def has(count: int) -> bool | None:
            return len(answered()) >= count or None

        await say(25)
        processes[0].kill()
        in_hand = {*said} - {*answered()}
        await say(25, lost=len(in_hand))
        await group.until(lambda: said[-1] in answered() or None, "not all", ANSWER_SECONDS)
        await asyncio.sleep(1)
        assert answered() == sorted({*answered()}), "out of order, or twice"
        assert {*said} - {*answered()} <= in_hand, "lost, though the other process had it"
        assert {*proxy.passed_on[:25]} == {0, 1}, "both had some"
        assert {*proxy.passed_on[30:]} == {1}
