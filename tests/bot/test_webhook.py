"""Updates that are posted: the same conversations as with polling, and who may post."""

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest
from pydantic import HttpUrl

from bot.application import UPDATES
from bot.editing_process import EditingProcess
from bot.errors import BotError, SettingsError, TemporaryError
from bot.settings import Settings, load
from bot.settings import Webhook as Where
from bot.texts import text
from bot.webhook import Webhook
from knowledge.library.snapshots import Snapshot
from tests.bot import test_telegram, test_telegram_people
from tests.bot.living import living, somewhere
from tests.botapi import BotApiServer, Chat

SECRET, HEADER = "Only-Telegram_knows", "X-Telegram-Bot-Api-Secret-Token"
HELP = text("help", "en")
# Conversations of the other mode, with the fixtures of this module: one of each kind of update, and
# many at once. What is answered does not depend on how it came.
test_edited = test_telegram.test_an_edited_question_edits_its_answer
test_pressed = test_telegram.test_more_shows_the_next_passage_and_works_once
test_in_a_group = test_telegram.test_a_group_is_answered_only_when_the_bot_is_asked
test_typed_in_any_chat = test_telegram_people.test_a_name_typed_in_any_chat_offers_what_is_said
test_in_order = test_telegram.test_questions_of_a_chat_are_answered_in_order
test_many_at_once = test_telegram.test_many_chats_are_answered_at_once


@pytest.fixture(scope="module")
def where() -> Where:
    return somewhere()


@pytest.fixture(scope="module")
def no_limits() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.limiter._IN_CHAT", (1000, 1.0))
        yield


@pytest.fixture(scope="module")
async def server(opened: Snapshot, where: Where, no_limits: None) -> AsyncIterator[BotApiServer]:
    source = Webhook(where, SECRET, UPDATES)
    async with BotApiServer() as telegram, living(telegram, opened, webhook=source):
        yield telegram


@pytest.fixture
async def telegram(server: BotApiServer) -> AsyncIterator[BotApiServer]:
    server.refusals.clear()
    yield server
    assert server.refusals == []


async def post(where: Where, body: bytes, secret: str | None = SECRET) -> int:
    """Post `body` as Telegram would, and return the status."""
    headers = {"Content-Type": "application/json; charset=utf-8"}
    if secret is not None:
        headers[HEADER] = secret
    async with (
        aiohttp.ClientSession() as session,
        session.post(str(where.url), data=body, headers=headers) as response,
    ):
        return response.status


SENDER = {"id": 5, "is_bot": False, "first_name": "Ann"}


def update_of(number: int, **changes: object) -> bytes:
    """Return an update with a message of which these fields are changed."""
    message = {
        "message_id": 5,
        "date": int(time.time()),
        "chat": {"id": 5, "type": "private", "first_name": "Ann"},
        "from": SENDER,
        "text": "Who is Maks Bokayev?",
    }
    return json.dumps({"update_id": number, "message": message | changes}).encode()


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET.lower(), "é"])
async def test_who_does_not_know_the_secret_is_refused(
    chat: Chat, where: Where, secret: str | None
) -> None:
    body = b'{"update_id": 5, "message": {"text": "/help"}}'
    assert await post(where, body, secret) == 403
    await chat.say("/help")
    assert (await chat.reply()).text == HELP
    await chat.quiet()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff", 400),
        (b"[]", 400),
        (b'{"message": {}}', 400),
        (b'{"update_id": 6, "message": {"text": "no chat"}}', 200),
        (b'{"update_id": 7, "message": 5}', 200),
        (b"[" * 100_000, 400),
        (update_of(8, message_id=None), 200),
        (update_of(9, message_id=1 << 70), 200),
        (update_of(10, **{"from": SENDER | {"language_code": True}}), 200),
        (update_of(11, **{"from": {"id": []}}).replace(b'"message"', b'"channel_post"'), 200),
    ],
    ids=range(12),
)
async def test_a_post_that_is_no_update_harms_nobody(
    chat: Chat, where: Where, body: bytes, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    assert await post(where, body) == status
    await chat.say("/help")
    assert (await chat.reply()).text == HELP
    assert "update failed" not in caplog.text


async def test_an_update_posted_twice_is_answered_once(chat: Chat, where: Where) -> None:
    await chat.say("/help")
    await chat.reply()
    number = chat.world.updates.last_id
    chat.world.updates.add_raw({"update_id": number, "message": chat.messages[0].json()})
    await chat.say("/privacy")
    assert (await chat.reply()).text == text("privacy", "en")
    await chat.quiet()


async def test_editors_talk_to_one_of_several_processes(tmp_path: Path) -> None:
    processes = [EditingProcess(tmp_path / "state" / "editing.lock", [5]) for _ in range(2)]
    written, pressed = (
        json.loads(update_of(1)),
        {"update_id": 2, "callback_query": {"from": SENDER}},
    )
    other = {"update_id": 3, "message": {"from": SENDER | {"id": 6}}, "nonsense": {"from": [5]}}
    assert [one.takes(other) for one in processes] == [True, True]
    assert [one.takes(written) for one in processes] == [True, False]
    assert [one.takes(pressed) for one in processes[::-1]] == [False, True]
    assert (tmp_path / "state" / "editing.lock").stat().st_mode & 0o777 == 0o600
    processes[0].let_go()  # as the system does when it ends
    assert [one.takes(written) for one in processes[::-1]] == [True, False]
    processes[1].let_go()


def test_a_lock_that_is_no_file_keeps_no_editor_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "editing.lock")
    process = EditingProcess(tmp_path / "editing.lock", [5])
    assert process.takes(json.loads(update_of(1)))
    process.let_go()


async def test_what_is_for_another_process_is_left_to_it(opened: Snapshot) -> None:
    where = somewhere()
    source = Webhook(where, SECRET, UPDATES, takes=lambda update: update["update_id"] != 8)
    async with BotApiServer() as telegram, living(telegram, opened, webhook=source):
        assert await post(where, update_of(8)) == 503
        assert await post(where, update_of(9)) == 200


async def test_a_proxy_may_change_the_path(opened: Snapshot) -> None:
    where = somewhere(path="/inside")
    where = where.model_copy(update={"url": HttpUrl(f"http://127.0.0.1:{where.port}/inside")})
    async with BotApiServer() as telegram:
        async with living(telegram, opened, webhook=Webhook(where, SECRET, UPDATES)):
            chat = telegram.private_chat(telegram.person("Dana", language_code="en"))
            await chat.say("/help")
            assert (await chat.reply()).text == HELP
        assert telegram.world.webhook.url, "Telegram keeps what comes for the next start"


async def test_a_port_that_is_taken_and_an_address_that_is_refused_are_named(
    opened: Snapshot, where: Where, server: BotApiServer
) -> None:
    async with BotApiServer() as telegram:
        taken = Webhook(where, SECRET, UPDATES)
        async with living(telegram, opened, webhook=taken, is_ready=False) as bot:
            with pytest.raises(SettingsError, match=r"cannot listen at 127.0.0.1:\d+ \(.+\)"):
                await bot.ended()
        plain = somewhere().model_copy(update={"url": HttpUrl("http://example.org/updates")})
        refused = Webhook(plain, SECRET, UPDATES)
        async with living(telegram, opened, webhook=refused, is_ready=False) as bot:
            with pytest.raises(BotError, match=r"Telegram refuses to start .*https url must be"):
                await bot.ended()


@pytest.fixture
def short_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.webhook._LOOK_SECONDS", 0.05)


@pytest.mark.usefixtures("short_looks")
async def test_a_webhook_that_is_taken_away_ends_the_bot(opened: Snapshot) -> None:
    async with BotApiServer() as telegram:
        lives: list[None] = []
        source = Webhook(somewhere(), SECRET, UPDATES, lambda: lives.append(None))
        async with living(telegram, opened, webhook=source) as bot:
            await telegram.called("getWebhookInfo", count=2)
            assert lives, "no heartbeat while all is well"
            telegram.world.webhook.set("", secret_token="", max_connections=40)
            with pytest.raises(TemporaryError, match="another program has taken away the webhook"):
                await bot.ended()


@pytest.mark.usefixtures("short_looks")
async def test_a_webhook_that_cannot_be_looked_at_is_borne_and_a_lasting_refusal_is_not(
    opened: Snapshot, caplog: pytest.LogCaptureFixture
) -> None:
    async with BotApiServer() as telegram:
        telegram.garble("getWebhookInfo", 502, "<html>bad gateway</html>", times=2)
        telegram.fail("getWebhookInfo", 401, "Unauthorized", skip=1)
        lives: list[None] = []
        source = Webhook(somewhere(), SECRET, UPDATES, lambda: lives.append(None))
        async with living(telegram, opened, webhook=source) as bot:
            await telegram.called("getWebhookInfo", count=5)
            chat = telegram.private_chat(telegram.person("Dana", language_code="en"))
            await chat.say("/help")
            assert (await chat.reply()).text == HELP
            telegram.fail("getWebhookInfo", 401, "Unauthorized", times=None)
            seen = len(lives)
            with pytest.raises(TemporaryError, match="refuses the token, 4 times in a row"):
                await bot.ended()
            assert len(lives) <= seen + 1, "a heartbeat though Telegram refuses"
    assert "webhook not checked error=NetworkError" in caplog.text


def test_a_webhook_without_an_address_is_a_fault_in_the_settings() -> None:
    with pytest.raises(SettingsError, match=r"telegram.webhook is .*expected a url"):
        load(None, {"RAPPORTEUR_TELEGRAM__MODE": "webhook"})
    named = {
        "RAPPORTEUR_TELEGRAM__MODE": "webhook",
        "RAPPORTEUR_TELEGRAM__WEBHOOK__URL": "https://bot.example.org/updates",
        "RAPPORTEUR_TELEGRAM__WEBHOOK__PATH": "",
    }
    settings: Settings = load(None, named)
    assert settings.telegram.webhook.local_path == "/updates"


async def test_connections_that_say_nothing_keep_nobody_out(chat: Chat, where: Where) -> None:
    idle = [await asyncio.open_connection("127.0.0.1", where.port) for _ in range(300)]
    await chat.say("/help")
    assert (await chat.reply()).text == HELP
    assert await idle[0][0].read() == b"", "the first is let go for those who come after it"
    for _, writer in idle:
        writer.close()


@pytest.mark.parametrize(
    ("path", "secret", "status"), [("/updates", "wrong", b"403"), ("/other", SECRET, b"404")]
)
async def test_who_may_not_post_is_refused_before_the_body_is_read(
    where: Where, server: BotApiServer, path: str, secret: str, status: bytes
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", where.port)
    head = f"POST {path} HTTP/1.1\r\nHost: bot\r\nContent-Length: 3900000\r\n{HEADER}: {secret}\r\n"
    writer.write(f"{head}\r\n".encode())  # and nothing of the body
    assert (await reader.readline()).split()[1] == status
    await reader.read()  # until the connection is closed
    writer.close()


async def test_a_post_that_does_not_end_is_let_go(
    opened: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.webhook._BODY_SECONDS", 0.2)
    where = somewhere()
    source = Webhook(where, SECRET, UPDATES)
    async with BotApiServer() as telegram, living(telegram, opened, webhook=source):
        reader, writer = await asyncio.open_connection("127.0.0.1", where.port)
        head = f"POST /updates HTTP/1.1\r\nHost: bot\r\n{HEADER}: {SECRET}\r\n"
        writer.write(f"{head}Content-Length: 100\r\n\r\n{{".encode())
        assert await reader.read() == b""
        writer.close()
