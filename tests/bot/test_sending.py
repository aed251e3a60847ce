"""Faults of sendMessage and its kin over real HTTP, and what the user sees."""

import asyncio
import logging
import threading
import time
from pathlib import Path

import pytest

from bot import limiter
from bot.opening import open_folder
from bot.settings import Documents, Settings, Storage
from bot.texts import text
from embeddings.models import Models
from knowledge.library.snapshots import Snapshot
from tests.bot.living import hasty, living
from tests.botapi import BotApiServer, Chat

HELP, FAILED = text("help", "en"), text("failed", "en")
QUESTION = "How many citizens signed the appeal?"


def someone(telegram: BotApiServer, name: str = "Dana") -> Chat:
    return telegram.private_chat(telegram.person(name, language_code="en"))


async def test_a_chat_that_must_rest_is_waited_for_and_others_are_not(opened: Snapshot) -> None:
    async with BotApiServer() as telegram, living(telegram, opened):
        chat, other = someone(telegram), someone(telegram, "Aigul")
        telegram.fail("sendMessage", 429, "retry", parameters={"retry_after": 2}, chat=chat)
        await chat.say("/help")
        await telegram.called("sendMessage")
        begun = time.monotonic()
        await other.say("/help")
        await other.reply()
        assert time.monotonic() - begun < 1
        assert (await chat.reply()).text == HELP
        assert time.monotonic() - begun > 1.5
        await chat.quiet()
        assert len(telegram.calls("sendMessage")) == 3


async def test_a_chat_that_must_rest_for_long_is_given_up_with_one_line(
    opened: Snapshot, caplog: pytest.LogCaptureFixture
) -> None:
    async with BotApiServer() as telegram, living(telegram, opened):
        chat, other = someone(telegram), someone(telegram, "Aigul")
        telegram.fail("sendMessage", 429, "retry", parameters={"retry_after": 600}, chat=chat)
        with caplog.at_level(logging.INFO, logger="bot"):
            await chat.say("/help")
            await chat.quiet()
        (line,) = caplog.records
        assert "RetryAfter" in line.getMessage()
        await chat.say("/help")
        await other.say("/help")
        assert (await other.reply()).text == HELP
        await chat.quiet()
        calls = [call for call in telegram.calls("sendMessage") if call.chat_id == chat.id]
        assert len(calls) == 1, "a chat that must rest is left alone"


async def test_a_429_that_does_not_say_how_long_is_waited_for(
    opened: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.requests._REST_SECONDS", 0.5)
    async with BotApiServer() as telegram, living(telegram, opened):
        chat = someone(telegram)
        telegram.garble("sendMessage", 429, "<html>slow down</html>")
        await chat.say("/help")
        assert (await chat.reply()).text == HELP
        await chat.quiet()


async def test_a_429_is_followed_by_two_more_attempts_at_most(opened: Snapshot) -> None:
    async with BotApiServer() as telegram, living(telegram, opened):
        chat = someone(telegram)
        telegram.fail("sendMessage", 429, "retry", parameters={"retry_after": 1}, times=None)
        await chat.say("/help")
        await telegram.called("sendMessage", count=3)
        await chat.quiet(settle=1.5)
        assert len(telegram.calls("sendMessage")) == 3


async def test_an_answer_that_may_have_arrived_is_not_sent_again(
    opened: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.application._READ_SECONDS", 0.5)
    async with BotApiServer() as telegram, living(telegram, opened, limiter=hasty()):
        chat = someone(telegram)
        late = telegram.delay("sendMessage", 2, after_effect=True)
        await chat.say("/help")
        assert (await chat.reply()).text == HELP
        await late.reached.wait()
        telegram.hang_up("sendMessage", after_effect=True)
        await chat.say("/privacy")
        assert (await chat.reply()).text == text("privacy", "en")
        await chat.quiet(settle=1)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (413, "<html>too large</html>"),
        (500, '{"ok":false,"error_code":500,"description":"Internal Server Error"}'),
        (502, "<html>bad gateway</html>"),
        (400, '{"ok":false,"error_code":400,"description":"Bad Request: message is too long"}'),
        (400, '{"ok":false,"error_code":400,"description":"Bad Request: text is too long"}'),
        (400, '{"ok":false,"error_code":400,"description":"Bad Request: message text is empty"}'),
        (400, '{"ok":false,"error_code":400,"description":"Bad Request: text must be non-empty"}'),
        (200, "<html>log in</html>"),
        (200, '{"ok":true}'),
    ],
)
async def test_an_answer_that_is_refused_is_admitted_once(
    opened: Snapshot, status: int, body: str
) -> None:
    async with BotApiServer() as telegram, living(telegram, opened):
        chat = someone(telegram)
        telegram.garble("sendMessage", status, body, content_type="application/json")
        await chat.say("/help")
        assert (await chat.reply()).text == FAILED
        await chat.quiet()


async def test_a_server_that_is_down_for_a_moment_costs_no_answer(opened: Snapshot) -> None:
    async with BotApiServer() as telegram, living(telegram, opened) as bot:
        chat = someone(telegram)
        await chat.say("/help")
        await chat.reply()
        await telegram.stop()
        sending = asyncio.create_task(bot.application.bot.send_message(chat.id, "after all"))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.shield(sending), 0.5)
        await telegram.start()
        assert (await chat.reply()).text == "after all"
        await chat.quiet()


@pytest.mark.parametrize(
    ("refusal", "is_without"),
    [
        ("message to be replied not found", "reply"),
        ("message thread not found", "topic"),
        ("BUTTON_DATA_INVALID", "buttons"),
        ("reply markup is too long", "buttons"),
    ],
)
async def test_what_a_reader_can_do_without_is_left_out_if_it_is_refused(
    opened: Snapshot, refusal: str, is_without: str
) -> None:
    async with BotApiServer() as telegram, living(telegram, opened):
        forum = telegram.group("Forum", [telegram.person("Dana")], forum=True)
        topic = forum.topic("Cases")
        telegram.fail("sendMessage", 400, f"Bad Request: {refusal}")
        asked = await forum.say(f"/ask {QUESTION}", topic=topic)
        answer = await forum.reply()
        assert "over 500 Kazakhstani citizens" in answer.text
        assert answer.marked("bold")
        shown = {
            "reply": answer.reply_to is not None and answer.reply_to.id == asked.id,
            "topic": answer.call.parameters.get("message_thread_id") == topic,
            "buttons": bool(answer.buttons),
        }
        assert [part for part, is_there in shown.items() if not is_there] == [is_without]
        await forum.quiet()


@pytest.mark.parametrize(
    "reason",
    [
        "chat not found",
        "not enough rights to send text messages to the chat",
        "CHAT_WRITE_FORBIDDEN",
    ],
)
async def test_a_chat_that_is_closed_is_told_nothing_and_others_are_answered(
    opened: Snapshot, caplog: pytest.LogCaptureFixture, reason: str
) -> None:
    async with BotApiServer() as telegram, living(telegram, opened):
        chat = someone(telegram)
        telegram.fail("sendMessage", 400, f"Bad Request: {reason}", times=None, chat=chat)
        with caplog.at_level(logging.DEBUG, logger="bot"):
            await chat.say("/help")
            await chat.quiet()
        (line,) = caplog.records
        assert "update failed error=BadRequest" in line.getMessage()
        assert len(telegram.calls("sendMessage")) == 1
        other = someone(telegram)
        await other.say("/help")
        assert (await other.reply()).text == HELP


async def test_a_question_that_failed_is_answered_once_it_is_edited(opened: Snapshot) -> None:
    async with BotApiServer() as telegram, living(telegram, opened):
        chat = someone(telegram)
        telegram.garble("sendMessage", 502, "<html>bad gateway</html>")
        asked = await chat.say(QUESTION)
        failed = await chat.reply()
        assert failed.text == FAILED
        await asked.edit(f"Please: {QUESTION}")
        assert "over 500 Kazakhstani citizens" in (await failed.edited()).text


async def test_when_a_part_cannot_be_sent_the_user_is_told_and_order_is_kept(
    models: Models, tmp_path: Path
) -> None:
    paragraphs = (
        f"In {year} the dam broke. " + "Water stood in the fields of the valley. " * 40
        for year in (1931, 1932, 1933)
    )
    (tmp_path / "dam.txt").write_text("\n\n".join(paragraphs))
    settings = Settings(documents=Documents(folder=tmp_path), storage=Storage(path=tmp_path))
    rivers = open_folder(settings, models)
    async with BotApiServer() as telegram, living(telegram, rivers):
        chat = someone(telegram)
        await chat.say("Did the dam break in 1932?")
        answer = await chat.reply()
        await answer.press("Around it")
        whole = [(await chat.reply()).text for _ in range(2)]
        await chat.say("Did the dam break in 1932?")
        answer = await chat.reply()
        telegram.garble("sendMessage", 502, "<html>bad gateway</html>", skip=1)
        await answer.press("Around it")
        assert [(await chat.reply()).text for _ in range(2)] == [whole[0], FAILED]
        await chat.quiet()


@pytest.mark.parametrize("reason", ["message to edit not found", "message can't be edited"])
async def test_a_corrected_question_whose_answer_is_gone_is_answered_anew(
    opened: Snapshot, reason: str
) -> None:
    async with BotApiServer() as telegram, living(telegram, opened, limiter=hasty()):
        chat = someone(telegram)
        question = await chat.say("/ask What is the capital of France?")
        await chat.reply()
        telegram.fail("editMessageText", 400, f"Bad Request: {reason}")
        await question.edit(f"/ask {QUESTION}")
        answer = await chat.reply()
        assert "over 500 Kazakhstani citizens" in answer.text
        await question.edit("/ask Who is Maks Bokayev?")
        assert "Bokayev" in (await answer.edited()).text
        await chat.quiet()


async def test_who_waits_sees_the_bot_at_work_and_that_it_cannot_be_shown_harms_nobody(
    opened: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.handlers.sending._TYPING_AFTER", 60)  # nothing takes so long
    async with BotApiServer() as telegram, living(telegram, opened) as bot:
        chat, second, third = (someone(telegram) for _ in range(3))
        await chat.say(QUESTION)
        await chat.reply()
        assert chat.actions == [], "an answer that comes before then needs no sign"
        monkeypatch.setattr("bot.handlers.sending._TYPING_AFTER", 0.1)
        busy = threading.Event()
        bot.application.bot_data["desk"]._thread.submit(busy.wait)
        telegram.fail("sendChatAction", 429, "x", parameters={"retry_after": 600}, chat=second)
        telegram.delay("sendChatAction", chat=third)
        for waiting in (chat, second, third):
            await waiting.say(QUESTION)
        await chat.acted("typing")
        await telegram.world.changes.until(
            lambda: len(telegram.calls("sendChatAction")) == 3 or None,
            timeout=10,
            complaint=lambda: "not everybody was shown the bot at work",
        )
        busy.set()
        for waiting in (chat, second, third):
            assert "over 500 Kazakhstani citizens" in (await waiting.reply()).text


async def test_formatting_that_is_refused_is_left_out(opened: Snapshot) -> None:
    async with BotApiServer() as telegram, living(telegram, opened, limiter=hasty()):
        chat = someone(telegram)
        refusal = 'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 5'
        telegram.fail("sendMessage", 400, refusal)
        question = await chat.say(QUESTION)
        answer = await chat.reply()
        assert "over 500 Kazakhstani citizens" in answer.text
        assert "<b>" not in answer.text
        assert "&" not in answer.text
        assert answer.entities == []
        assert answer.buttons
        telegram.fail("editMessageText", 400, refusal)
        await question.edit("Who is Maks Bokayev?")
        assert "Bokayev" in (await answer.edited()).text


@pytest.mark.parametrize(
    "reason",
    [
        "bot was blocked by the user",
        "user is deactivated",
        "bot was kicked from the supergroup chat",
        "bot can't initiate conversation with a user",
    ],
)
async def test_who_has_blocked_the_bot_is_dropped_quietly(
    opened: Snapshot, caplog: pytest.LogCaptureFixture, reason: str
) -> None:
    async with BotApiServer() as telegram, living(telegram, opened):
        chat = someone(telegram)
        telegram.fail("sendMessage", 403, f"Forbidden: {reason}", times=None)
        with caplog.at_level(logging.DEBUG, logger="bot"):
            await chat.say("Who is Maks Bokayev?")
            await telegram.called("sendMessage")
            await chat.quiet()
        assert caplog.records == []
        assert len(telegram.calls("sendMessage")) == 1


async def test_what_was_remembered_of_somebody_who_blocks_the_bot_is_forgotten(
    opened: Snapshot,
) -> None:
    async with BotApiServer() as telegram, living(telegram, opened):
        chat = someone(telegram)
        question = await chat.say(QUESTION)
        await chat.reply()
        chat.members[0].block()
        chat.members[0].unblock()
        await question.edit("Who is Maks Bokayev?")
        await chat.quiet()
        assert telegram.calls("editMessageText") == []


async def test_a_group_that_was_upgraded_is_followed(opened: Snapshot) -> None:
    async with BotApiServer() as telegram, living(telegram, opened):
        group = telegram.group("Friends", [telegram.person("Dana")], kind="group")
        held = telegram.delay("sendMessage")
        await group.say(f"/ask {QUESTION}")
        await held.reached.wait()
        upgraded = group.migrate()
        held.release()
        assert "over 500 Kazakhstani citizens" in (await upgraded.reply()).text
        await upgraded.say(f"/ask {QUESTION}")
        await upgraded.reply()
        await upgraded.quiet()


async def test_every_part_and_every_failure_stays_in_its_topic(opened: Snapshot) -> None:
    async with BotApiServer() as telegram, living(telegram, opened):
        forum = telegram.group("Forum", [telegram.person("Dana")], forum=True)
        topic = forum.topic("Cases")
        await forum.say("/demands", topic=topic)
        assert (await forum.reply()).topic == topic
        telegram.fail("sendMessage", 400, "Bad Request: message is too long")
        await forum.say("/people", topic=topic)
        failed = await forum.reply()
        assert (failed.text, failed.topic) == (FAILED, topic)


async def test_a_press_is_served_though_its_spinner_and_keyboard_are_not(opened: Snapshot) -> None:
    async with BotApiServer() as telegram, living(telegram, opened):
        chat = someone(telegram)
        await chat.say(QUESTION)
        answer = await chat.reply()
        telegram.fail("answerCallbackQuery", 429, "retry", parameters={"retry_after": 600})
        telegram.garble("editMessageReplyMarkup", 502, "<html>bad gateway</html>")
        await answer.press("More")
        assert (await chat.reply()).marked("blockquote")
        await answer.press("Around it", expired=True)
        assert (await chat.reply()).marked("blockquote")
        await chat.quiet()


async def test_a_chat_is_sent_three_messages_at_once_and_then_one_a_second(
    opened: Snapshot,
) -> None:
    async with BotApiServer() as telegram, living(telegram, opened):
        chat = someone(telegram)
        begun = time.monotonic()
        for _ in range(5):
            await chat.say("/help")
        for _ in range(3):
            await chat.reply()
        assert time.monotonic() - begun < 2
        await chat.reply()
        await chat.reply()
        assert time.monotonic() - begun >= 3


def test_turns_keep_to_the_window_whatever_comes() -> None:
    window = limiter._Window(3, 3.0)
    turns = [window.turn(now) for now in (0, 0, 0, 0, 0, 5, 5.5, 5.6, 5.7)]
    assert turns == [0, 0, 0, 3, 3, 5, 6, 6, 8]
