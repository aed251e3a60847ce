"""The bot is never deaf: faults of getUpdates over real HTTP, and what becomes of the bot."""

import json
import logging

import pytest

from bot import polling
from bot.errors import TemporaryError
from bot.texts import text
from knowledge.library.snapshots import Snapshot
from tests.bot.living import Clock, living
from tests.botapi import BotApiServer

CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance"
WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again at once what python-telegram-bot would after a second."""
    monkeypatch.setattr(polling, "_PAUSE_SECONDS", 0.02)
    monkeypatch.setattr("bot.requests._REST_SECONDS", 1.0)


async def ask_and_see(telegram: BotApiServer) -> None:
    """Somebody new asks, and is answered."""
    chat = telegram.private_chat(telegram.person("Dana", language_code="en"))
    await chat.say("/help")
    assert (await chat.reply(timeout=20)).text == text("help", "en")


BAD_ANSWERS = [
    (401, '{"ok":false,"error_code":401,"description":"Unauthorized"}'),
    (404, '{"ok":false,"error_code":404,"description":"Not Found"}'),
    (404, "<html>nginx</html>"),
    (409, '{"ok":false,"error_code":409,"description":"Conflict: terminated by other"}'),
    (429, '{"ok":false,"error_code":429,"parameters":{"retry_after":1}}'),
    (429, '{"ok":false,"error_code":429,"parameters":{"retry_after":7200}}'),
    (429, "<html>slow down</html>"),
    (429, '{"ok":false,"error_code":429,"parameters":{"retry_after":-5}}'),
    (429, '{"ok":false,"error_code":429,"parameters":{"retry_after":"soon"}}'),
    (409, '{"ok":false,"error_code":409,"parameters":"none"}'),
    (400, '{"ok":false,"error_code":400,"description":"Bad Request"}'),
    (403, '{"ok":false,"error_code":403,"parameters":[1]}'),
    (500, '{"ok":false,"error_code":500,"description":"Internal Server Error: restart"}'),
    (502, "<html>bad gateway</html>"),
    (503, "<html>service unavailable</html>"),
    (504, "<html>gateway time-out</html>"),
    (500, '{"ok":false,"parameters":7}'),
    (204, ""),
    (200, "<html>log in to the hotel</html>"),
    (200, '{"ok":true,"result":[{"update_id":7,"mess'),
    (200, '{"ok":true}'),
    (200, '{"ok":true,"result":[{"message":{}}]}'),
    (200, "[]"),
]


async def test_a_bad_answer_to_a_poll_makes_nobody_deaf(opened: Snapshot) -> None:
    async with BotApiServer() as telegram, living(telegram, opened):
        for status, body in BAD_ANSWERS:
            fault = telegram.garble("getUpdates", status, body, content_type="application/json")
            telegram.update({})  # ends the poll that is open
            await fault.reached.wait()
            await ask_and_see(telegram)
            assert fault.used == 1, body


async def test_polls_that_are_never_answered_make_nobody_deaf(
    opened: Snapshot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(polling, "POLL_SECONDS", 1)
    monkeypatch.setattr(polling, "_READ_SECONDS", 0.2)
    async with BotApiServer() as telegram:
        held = telegram.delay("getUpdates", times=2)
        with caplog.at_level(logging.WARNING, logger="bot"):
            async with living(telegram, opened) as bot:
                assert (held.used, bot.polls) == (2, [])
                await ask_and_see(telegram)
    assert [r.getMessage() for r in caplog.records] == ["poll failed error=TimedOut"]


async def test_a_broken_connection_makes_nobody_deaf(opened: Snapshot) -> None:
    async with BotApiServer() as telegram:
        telegram.hang_up("getUpdates", times=2)
        async with living(telegram, opened):
            await ask_and_see(telegram)


async def test_a_refusal_that_lasts_ends_the_bot_when_it_has_answered(opened: Snapshot) -> None:
    async with BotApiServer() as telegram, living(telegram, opened) as bot:
        telegram.fail("getUpdates", 404, "Not Found", times=None)
        held = telegram.delay("sendMessage")
        chat = telegram.private_chat(telegram.person("Dana", language_code="en"))
        await chat.say("/help")
        await held.reached.wait()
        await bot.poller._failed.wait()
        held.release()
        with pytest.raises(TemporaryError, match="refuses updates with 404, 4 times in a row"):
            await bot.ended()
        assert (await chat.reply()).text == text("help", "en")


async def test_another_bot_is_borne_for_minutes_and_then_named(opened: Snapshot) -> None:
    clock = Clock()
    async with BotApiServer() as telegram:
        telegram.fail("getUpdates", 409, CONFLICT, times=None)
        async with living(telegram, opened, clock=clock, is_ready=False) as bot:
            await telegram.called("getUpdates", count=2)
            clock.now += 5 * 60
            with pytest.raises(TemporaryError, match="another program has fetched updates"):
                await bot.ended()


async def test_a_webhook_that_somebody_has_set_is_taken_away(opened: Snapshot) -> None:
    async with BotApiServer() as telegram, living(telegram, opened):
        telegram.world.webhook.set(
            "http://127.0.0.1:9/updates", secret_token="", max_connections=40
        )
        await ask_and_see(telegram)  # answers the poll that was open
        await ask_and_see(telegram)
        assert telegram.world.webhook.url == ""


async def test_a_webhook_that_comes_back_ends_the_bot_and_is_named(opened: Snapshot) -> None:
    clock = Clock()
    async with BotApiServer() as telegram:
        telegram.fail("getUpdates", 409, WEBHOOK, times=None)
        async with living(telegram, opened, clock=clock, is_ready=False) as bot:
            await telegram.called("getUpdates", count=2)
            clock.now += 5 * 60
            with pytest.raises(TemporaryError, match="another program has set a webhook"):
                await bot.ended()


async def test_two_bots_with_one_token_answer_everybody_and_say_so_once(
    opened: Snapshot, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="bot"):
        async with (
            BotApiServer() as telegram,
            living(telegram, opened),
            living(telegram, opened, is_ready=False),
        ):
            await telegram.called("getUpdates", count=4)
            chats = [telegram.private_chat(telegram.person(f"P{n}")) for n in range(5)]
            for chat in chats:
                await chat.say("/help")
                assert (await chat.reply()).text == text("help", "en")
            # Before they stop: what one has fetched by then is left to the other, which is logged.
            said = [record.getMessage() for record in caplog.records]
    assert set(said) == {"poll failed error=Conflict"}
    assert len(said) <= 2, "one line a minute and bot"


async def test_a_conflict_that_passes_is_forgotten(opened: Snapshot) -> None:
    clock = Clock()
    async with BotApiServer() as telegram:
        telegram.fail("getUpdates", 409, CONFLICT, times=2)
        async with living(telegram, opened, clock=clock):
            await ask_and_see(telegram)
            clock.now += 10 * 60
            await ask_and_see(telegram)
            telegram.fail("getUpdates", 409, CONFLICT)
            await ask_and_see(telegram)
            await ask_and_see(telegram)


async def test_the_same_trouble_is_logged_once_a_minute(
    opened: Snapshot, caplog: pytest.LogCaptureFixture
) -> None:
    async with BotApiServer() as telegram:
        telegram.fail("getUpdates", 409, CONFLICT, times=3)
        with caplog.at_level(logging.WARNING, logger="bot"):
            async with living(telegram, opened):
                await ask_and_see(telegram)
    assert [r.getMessage() for r in caplog.records] == ["poll failed error=Conflict"]


async def test_polling_that_does_not_go_on_ends_the_bot(
    opened: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "_DEAD_SECONDS", 1.0)
    monkeypatch.setattr("bot.serving._FAREWELL_SECONDS", 0.2)
    async with BotApiServer() as telegram:
        telegram.delay("getUpdates", times=None)
        async with living(telegram, opened, is_ready=False) as bot:
            with pytest.raises(TemporaryError, match="no poll for updates has ended for 1 s"):
                await bot.ended()


async def test_an_update_that_nobody_can_read_is_skipped(opened: Snapshot) -> None:
    async with BotApiServer() as telegram, living(telegram, opened) as bot:
        for update in (
            {"message": {"message_id": "x", "date": "yesterday"}},
            {"message": 5},
            {"callback_query": {"id": "1"}},
            {"message": {"message_id": 1, "date": 10**18, "chat": {"id": 1, "type": "private"}}},
            {"unheard_of": {"a": 1}},
            {},
        ):
            telegram.update(update)
        await ask_and_see(telegram)
        await telegram.confirmed()
        assert len(telegram.calls("getUpdates")) < 20, "fetched again and again"
        bot.stop.set()
        await bot.ended()


async def test_what_has_no_number_holds_up_nobody(opened: Snapshot) -> None:
    async with BotApiServer() as telegram, living(telegram, opened):
        chat = telegram.private_chat(telegram.person("Dana", language_code="en"))
        chat.is_started = True
        command = {"type": "bot_command", "offset": 0, "length": 5}
        message = {"message_id": 7, "date": 1_900_000_000, "chat": chat.json(), "text": "/help"}
        message |= {"entities": [command]}
        good = {"update_id": 5, "message": message | {"from": chat.members[0].json()}}
        came = [None, 5, {"message": message}, {"update_id": "6"}, {"update_id": True}, good]
        telegram.garble("getUpdates", 200, json.dumps({"ok": True, "result": came}))
        telegram.update({})  # ends the poll that is open
        assert (await chat.reply()).text == text("help", "en")
        await ask_and_see(telegram)


async def test_updates_without_a_sender_or_of_other_kinds_harm_nobody(opened: Snapshot) -> None:
    async with BotApiServer() as telegram, living(telegram, opened):
        channel = {"id": -1001, "type": "channel", "title": "News"}
        message = {"message_id": 5, "date": 1_700_000_000, "chat": channel, "text": "/help"}
        telegram.update({"channel_post": message})
        telegram.update({"message": message})
        telegram.update({"poll": {"id": "1"}})
        await ask_and_see(telegram)


async def test_an_update_delivered_twice_is_answered_once(opened: Snapshot) -> None:
    async with BotApiServer() as telegram, living(telegram, opened):
        chat = telegram.private_chat(telegram.person("Dana", language_code="en"))
        said = await chat.say("/help")
        await chat.reply()
        telegram.update({"update_id": telegram.world.updates.last_id, "message": said.json()})
        telegram.world.updates._next_id += 1_000_000  # as after a week of silence
        await ask_and_see(telegram)
        await chat.quiet()
