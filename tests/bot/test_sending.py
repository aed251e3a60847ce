"""Faults of sendMessage and its kin over real HTTP, and what the user sees."""

import asyncio
import logging
import time

import pytest

from bot import limiter
from bot.texts import text
from knowledge.library import Snapshot
from tests.bot.living import living
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
    async with BotApiServer() as telegram, living(telegram, opened):
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
        (400, '{"ok":false,"error_code":400,"description":"Bad Request: BUTTON_DATA_INVALID"}'),
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


async def test_formatting_that_is_refused_is_left_out(opened: Snapshot) -> None:
    async with BotApiServer() as telegram, living(telegram, opened):
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
    "reason", ["bot was blocked by the user", "user is deactivated", "bot was kicked"]
)
async def test_who_has_blocked_the_bot_is_dropped_quietly(
    opened: Snapshot, caplog: pytest.LogCaptureFixture, reason: str
) -> None:
    async with BotApiServer() as telegram, living(telegram, opened):
        chat = someone(telegram)
        telegram.fail("sendMessage", 403, f"Forbidden: {reason}", times=None)
        with caplog.at_level(logging.DEBUG, logger="bot"):
            await chat.say("Who is Maks Bokayev?")
            await chat.quiet()
        assert caplog.records == []
        assert len(telegram.calls("sendMessage")) == 1


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
