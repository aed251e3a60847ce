"""Two bots, one token and one Redis: to whoever writes they are one bot."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack

import pytest

from bot.application import UPDATES
from bot.shared import share
from bot.texts import text
from bot.webhook import Webhook
from knowledge.library.snapshots import Snapshot
from tests.bot.living import living
from tests.bot.sharing import Proxy, Redis, redis_in
from tests.botapi import BotApiServer, Chat

HELP = text("help", "en")
PRIVACY = text("privacy", "en") + "\n\n" + text("privacy_shared", "en")


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redis]:
    with redis_in(tmp_path_factory.mktemp("redis")) as redis:
        yield redis


@pytest.fixture
def no_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lift the limits, so that people write and are answered as fast as the machine can."""
    monkeypatch.setattr("bot.limiter._IN_CHAT", (1000, 1.0))
    monkeypatch.setattr("bot.limiter._IN_ALL", (1000, 1.0))
    monkeypatch.setattr("bot.concurrency._OF_ONE", 1000)


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    async with BotApiServer() as telegram:
        yield telegram
        assert telegram.refusals == []


@pytest.fixture
async def proxy(server: BotApiServer, opened: Snapshot, redis: Redis) -> AsyncIterator[Proxy]:
    """What stands before two bots."""
    await redis.clear()  # another server begins anew to number its updates
    async with Proxy(seed=1).open() as proxy, AsyncExitStack() as lives:
        for _ in range(2):
            source = Webhook(proxy.bot(), "Only-Telegram_knows", UPDATES)
            shared = share(redis.url, server.token)
            await lives.enter_async_context(living(server, opened, webhook=source, shared=shared))
        await server.called("setWebhook", count=2)
        yield proxy


def someone(server: BotApiServer, language: str = "en") -> Chat:
    return server.private_chat(server.person("Dana", language_code=language))


@pytest.mark.usefixtures("no_limits")
async def test_50_messages_of_a_chat_are_answered_in_order(
    server: BotApiServer, proxy: Proxy
) -> None:
    proxy.longest_delay = 0.1
    chat = someone(server)
    said = ["/help" if number % 3 else "/privacy" for number in range(50)]
    for words in said:
        await chat.say(words)
    answers = [(await chat.reply(timeout=60)).text for _ in said]
    assert answers == [HELP if words == "/help" else PRIVACY for words in said]
    await chat.quiet()
    assert 10 < sum(proxy.passed_on) < 40, "both had some"


async def test_what_one_bot_is_told_the_other_knows(server: BotApiServer, proxy: Proxy) -> None:
    chat = someone(server)
    first, second = proxy.bots
    proxy.bots = [first]
    await chat.say("/language")
    asked = await chat.reply()
    await asked.press(text("own_name", "ru"))
    await asked.edited()
    proxy.bots = [second]
    await chat.say("/help")
    assert (await chat.reply()).text == text("help", "ru")
    await chat.say("/forget")
    assert (await chat.reply()).text == text("forgotten", "en")
    proxy.bots = [first]
    await chat.say("/help")
    assert (await chat.reply()).text == HELP


async def test_a_talk_goes_on_with_the_other_bot(server: BotApiServer, proxy: Proxy) -> None:
    chat = someone(server)
    first, second = proxy.bots
    proxy.bots = [first]
    question = await chat.say("Who is Maks Bokayev?")
    answer = await chat.reply()
    proxy.bots = [second]
    await question.edit("How many citizens signed the appeal?")
    assert "over 500 Kazakhstani citizens" in (await answer.edited()).text


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
async def test_without_redis_one_is_told_so_once_and_with_it_all_goes_on(
    server: BotApiServer, proxy: Proxy, redis: Redis, language: str
) -> None:
    chat = someone(server, language)
    proxy.bots = proxy.bots[:1]
    redis.kill()
    try:
        for _ in range(3):
            await chat.say("/help")
        assert (await chat.reply()).text == text("out_of_reach", language)
        await chat.quiet()
    finally:
        redis.start()
    await chat.say("/help")
    assert (await chat.reply()).text == text("help", language)
