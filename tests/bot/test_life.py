"""Start while Telegram has trouble, and stop while questions are being answered."""

import asyncio
import shutil
import signal
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.errors import BotError
from bot.settings import Settings
from bot.starting import begin
from bot.texts import text
from bot.token_check import confirm
from embeddings.encoder import Encoded, Encoder, Span
from knowledge.library.snapshots import Snapshot
from tests.bot.conftest import start
from tests.bot.living import living, somewhere
from tests.botapi import BotApiServer
from tests.knowledge.library.libraries import PRISON, write

HELP = text("help", "en")


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.serving._FIRST_PAUSE", 0.02)


async def is_answered(telegram: BotApiServer) -> bool:
    chat = telegram.private_chat(telegram.person("Dana", language_code="en"))
    await chat.say("/help")
    return (await chat.reply()).text == HELP


@pytest.mark.parametrize("method", ["getMe", "deleteWebhook"])
async def test_the_start_survives_that_telegram_is_in_trouble(
    opened: Snapshot, method: str
) -> None:
    async with BotApiServer() as telegram:
        telegram.garble(method, 502, "<html>bad gateway</html>")
        telegram.fail(method, 429, "Too Many Requests", parameters={"retry_after": 1})
        telegram.fail(method, 401, "Unauthorized")
        async with living(telegram, opened):
            assert await is_answered(telegram)


async def test_the_start_waits_for_a_server_that_is_down(opened: Snapshot) -> None:
    telegram = BotApiServer()
    await telegram.start()
    await telegram.stop()
    async with living(telegram, opened, is_ready=False):
        await telegram.start()
        assert await is_answered(telegram)
    await telegram.stop()


async def test_a_stop_while_telegram_is_down_is_heeded_at_once(opened: Snapshot) -> None:
    async with BotApiServer() as telegram:
        fault = telegram.delay("getMe", times=None)
        async with living(telegram, opened, is_ready=False) as bot:
            await fault.reached.wait()
            bot.stop.set()
            await bot.ended(timeout=5)


async def test_a_token_that_is_refused_for_good_ends_the_start(opened: Snapshot) -> None:
    async with BotApiServer() as telegram:
        telegram.fail("getMe", 401, "Unauthorized", times=None)
        async with living(telegram, opened, is_ready=False) as bot:
            with pytest.raises(BotError, match="refuses the token in TELEGRAM_BOT_TOKEN"):
                await bot.ended()


def test_what_can_be_no_token_is_named_and_not_repeated() -> None:
    with pytest.raises(BotError, match="TELEGRAM_BOT_TOKEN is not a token") as caught:
        begin(Settings(), "123:abc/def\n")
    assert "abc" not in str(caught.value)


@pytest.mark.parametrize("fault", ["garbled", "refused once", "away"])
async def test_only_a_refusal_that_lasts_ends_the_start_before_models_are_loaded(
    fault: str,
) -> None:
    async with BotApiServer() as telegram:
        if fault == "garbled":
            telegram.garble("getMe", 502, "<html>bad gateway</html>")
        elif fault == "refused once":
            telegram.fail("getMe", 401, "Unauthorized", times=3)
        else:
            await telegram.stop()
        await confirm(telegram.token, telegram.url)


@pytest.mark.parametrize(
    ("method", "code", "description", "parameters"),
    [
        ("setMyCommands", 429, "Too Many Requests: retry after 3600", {"retry_after": 3600}),
        ("setMyDescription", 400, "Bad Request: chat not found", None),
        ("getMyCommands", 404, "Not Found: method not found", None),
        ("getMyShortDescription", 500, "Internal Server Error", None),
    ],
)
async def test_a_profile_call_that_fails_stops_nobody(
    opened: Snapshot, method: str, code: int, description: str, parameters: dict[str, int] | None
) -> None:
    async with BotApiServer() as telegram:
        telegram.fail(method, code, description, parameters=parameters, times=None)
        begun = time.monotonic()
        async with living(telegram, opened):
            assert await is_answered(telegram)
        assert time.monotonic() - begun < 8


async def test_a_profile_call_that_is_never_answered_stops_nobody(
    opened: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.serving._PROFILE_SECONDS", 0.5)
    async with BotApiServer() as telegram:
        telegram.delay("setMyCommands", times=None)
        async with living(telegram, opened):
            assert await is_answered(telegram)


@pytest.mark.usefixtures("mode")
async def test_a_stop_answers_what_was_accepted(opened: Snapshot) -> None:
    async with BotApiServer() as telegram, living(telegram, opened) as bot:
        chats = [
            telegram.private_chat(telegram.person(f"P{n}", language_code="en")) for n in range(25)
        ]
        held = telegram.delay("sendMessage")
        for chat in chats:
            await chat.say("/help")
            await chat.say("/privacy")
        await held.reached.wait()
        await telegram.confirmed()
        bot.stop.set()
        bot.stop.set()
        held.release()
        await bot.ended()
        for chat in chats:
            said = [message.text for message in chat.replies]
            assert said == [HELP, text("privacy", "en")]


async def test_a_stop_while_a_question_is_embedded_loses_no_answer(
    opened: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedded, begun, goes_on = Encoder.encode_query, threading.Event(), threading.Event()

    def held(self: Encoder, query: str, words: Sequence[Span] = ()) -> Encoded:
        begun.set()
        assert goes_on.wait(10)
        return embedded(self, query, words)

    monkeypatch.setattr(Encoder, "encode_query", held)
    async with BotApiServer() as telegram, living(telegram, opened) as bot:
        chat = telegram.private_chat(telegram.person("Dana", language_code="en"))
        await chat.say("How many citizens signed the appeal?")
        assert await asyncio.to_thread(begun.wait, 10)
        bot.stop.set()
        goes_on.set()
        await bot.ended()
        assert ["over 500 Kazakhstani citizens" in said.text for said in chat.replies] == [True]


@pytest.mark.usefixtures("mode")
async def test_a_stop_does_not_wait_longer_than_the_settings_say(opened: Snapshot) -> None:
    async with BotApiServer() as telegram, living(telegram, opened, drain_seconds=1) as bot:
        chat = telegram.private_chat(telegram.person("Dana", language_code="en"))
        held = telegram.delay("sendMessage", times=None)
        await chat.say("/help")
        await held.reached.wait()
        begun = time.monotonic()
        bot.stop.set()
        await bot.ended(timeout=10)
        assert time.monotonic() - begun < 3


@pytest.mark.usefixtures("mode")
async def test_what_came_after_the_stop_is_left_for_the_next_start(opened: Snapshot) -> None:
    async with BotApiServer() as telegram:
        chat = telegram.private_chat(telegram.person("Dana", language_code="en"))
        async with living(telegram, opened) as bot:
            await chat.say("/help")
            await chat.reply()
            bot.stop.set()
            await bot.ended()
            await chat.say("/privacy")
        async with living(telegram, opened):
            assert (await chat.reply()).text == text("privacy", "en")
            await chat.quiet()


async def test_a_stop_does_not_wait_for_a_poll_that_hangs(
    opened: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.serving._FAREWELL_SECONDS", 0.5)
    async with BotApiServer() as telegram, living(telegram, opened) as bot:
        await is_answered(telegram)
        telegram.delay("getUpdates", times=None)
        telegram.update({})  # ends the poll that is open
        begun = time.monotonic()
        bot.stop.set()
        await bot.ended(timeout=10)
        assert time.monotonic() - begun < 3


async def test_a_kill_sighup_and_sigterm_twice_lose_no_answer(
    few_questions: Path, vectors: Path, tmp_path: Path
) -> None:
    shutil.copy(vectors, tmp_path)
    folder = tmp_path / "documents"
    shutil.copytree(few_questions, folder)
    documents = {"RAPPORTEUR_DOCUMENTS__FOLDER": str(folder)}
    async with BotApiServer() as telegram:
        chat = telegram.private_chat(telegram.person("Zarina", language_code="en"))
        where = somewhere()
        killed = await start(
            telegram,
            tmp_path,
            **documents,
            RAPPORTEUR_TELEGRAM__MODE="webhook",
            RAPPORTEUR_TELEGRAM__WEBHOOK__URL=str(where.url),
            RAPPORTEUR_TELEGRAM__WEBHOOK__PORT=str(where.port),
        )
        await telegram.ready(timeout=60)
        await chat.say("How many citizens signed the appeal?")
        answer = await chat.reply()
        held = telegram.delay("sendMessage")
        await chat.say("/help")
        await held.reached.wait()
        killed.kill()
        await killed.wait()
        held.release()
        assert (await chat.reply()).text == HELP
        profile_calls = len(telegram.calls("setMyCommands"))

        # Which fetches, so the webhook must go.
        stopped = await start(telegram, tmp_path, **documents)
        await answer.press("More")
        assert (await chat.reply(timeout=60)).marked("blockquote")
        assert len(telegram.calls("setMyCommands")) == profile_calls, "set only where it differs"
        write(folder, prison_txt=PRISON)
        stopped.send_signal(signal.SIGHUP)
        async with asyncio.timeout(60):
            while True:
                await chat.say("How many people does the prison hold?")
                if PRISON in (await chat.reply()).text:
                    break
        held = telegram.delay("sendMessage")
        await chat.say("Who is Maks Bokayev?")
        await held.reached.wait()
        polls = sum(call.status is not None for call in telegram.calls("getUpdates"))
        stopped.terminate()
        # The poll that was open, and the last one, which says what has arrived.
        await telegram.called("getUpdates", count=polls + 2)
        stopped.terminate()
        held.release()
        assert await asyncio.wait_for(stopped.wait(), 15) == 0
        assert "Bokayev" in (await chat.reply()).text
        await chat.quiet()
        for process in (killed, stopped):
            printed = b"".join(await process.communicate()).decode()
            assert ("reloaded edition=" in printed) == (process is stopped)
            for secret in (telegram.token, "Zarina", str(chat.id), "citizens signed", "appeal"):
                assert secret not in printed


async def test_a_refused_token_ends_the_start_in_one_line(tmp_path: Path) -> None:
    async with BotApiServer() as telegram:
        telegram.fail("getMe", 401, "Unauthorized", times=None)
        process = await start(telegram, tmp_path, PYTHONPROFILEIMPORTTIME="1")
        out, err = await asyncio.wait_for(process.communicate(), 60)
    printed = (out + err).decode().splitlines()
    assert process.returncode == 2
    started, told = (line for line in printed if not line.startswith("import time:"))
    assert started.endswith("INFO bot.starting starting")
    assert told.startswith("rapporteur: Telegram refuses the token in TELEGRAM_BOT_TOKEN")
    assert telegram.token not in started + told
    # Nothing that takes long had been loaded by then, and next to nothing before the first line.
    imported = [line.rpartition("|")[2].strip() for line in printed]
    assert imported.index("telegram") > printed.index(started)
    assert not set(imported) & {"torch", "numpy", "bot.application"}
