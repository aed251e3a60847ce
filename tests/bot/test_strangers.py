"""What a stranger sends costs nobody else anything: the list of gaps, what can be tapped, what is
left on the disk, and presses and bots that would go on for ever.
"""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import metrics
from bot.texts import text
from embeddings.models import Models
from knowledge.library.snapshots import Snapshot
from tests.bot.editing import Edited, edited
from tests.bot.living import hasty, living
from tests.botapi import BotApiServer, Chat, Message
from tests.knowledge.library.libraries import PRISON

HOW_MANY = "How many people does the prison hold?"
BAIT = "Who runs /rollback @hunter_01 #join evil.example https://evil.kz +7 701 123 4567 a@b.kz"


@pytest.fixture
async def at(models: Models, tmp_path: Path) -> AsyncIterator[Edited]:
    async with edited(models, tmp_path) as at:
        yield at


async def handed_over(chat: Chat, question: str) -> str:
    """Ask `question`, press the button, and return the answer to the press."""
    await chat.say(question)
    press = await (await chat.reply()).press("Tell the editors")
    return (await press.answered()).text


async def test_one_person_fills_no_list_and_what_says_the_same_is_one(
    at: Edited, monkeypatch: pytest.MonkeyPatch
) -> None:
    bob, carol = at.somebody(), at.somebody()
    assert await handed_over(carol, "Who baked the first bread?") == text("told", "en")
    clock = at.bot.application.bot_data["editors"].handed_over
    for number in range(10):
        said = await handed_over(bob, f"How many doors has prison number {number}?")
        assert said == text("told", "en")
    more = "How many doors has prison number 11?"
    assert await handed_over(bob, more) == text("told_enough", "en", count=10)
    disguised = "<b>Ｗho</b> b\u0301aked the \u3164first bre\U000e0041ad?"
    assert await handed_over(at.somebody(), disguised) == text("told", "en")
    assert await handed_over(carol, "who baked the FIRST bread ??") == text("told", "en")
    listed = await at.answer("/gaps")
    assert "a wrong one: 11," in listed
    assert "3×\nwho baked the FIRST bread ??" in listed
    now = clock._clock()
    monkeypatch.setattr(clock, "_clock", lambda: now + 3601)
    assert await handed_over(bob, more) == text("told", "en")
    kept = at.settings.storage.path
    assert kept is not None
    for person in (bob, carol):
        assert str(person.id).encode() not in b"".join(
            one.read_bytes() for one in kept.rglob("*") if one.is_file()
        )


async def test_nothing_of_a_stranger_can_be_tapped_by_an_editor(at: Edited) -> None:
    bob = at.somebody()
    assert await handed_over(bob, BAIT) == text("told", "en")
    await at.chat.say("/gaps")
    listed = await at.chat.reply()
    assert BAIT in listed.text
    assert listed.tappable == []
    assert "/rollback" in (await helped(at)).tappable, "what can be tapped is seen by this test"


async def test_nothing_of_a_stranger_can_be_tapped_where_a_document_answers_it(at: Edited) -> None:
    bait = "When did the /rollback mill @hunter_01 #join evil.example burn down?"
    assert await handed_over(at.somebody(), bait) == text("told", "en")
    report = await at.send("mill.txt", "The mill burned down in 1950, says @hunter_01 of #join.")
    assert bait in report.text
    assert report.tappable == []
    await at.pressed(report, "Publish")
    assert bait in report.text
    assert report.tappable == []


async def helped(at: Edited) -> Message:
    await at.chat.say("/help")
    return await at.chat.reply()


async def test_a_quote_is_read_as_it_stands_and_its_commands_cannot_be_tapped(at: Edited) -> None:
    words = "The prison of the north holds 300 people, say /rollback or ask @hunter_01 #now."
    report = await at.send("prison.txt", words)
    assert not {"/rollback", "@hunter_01", "#now"} & {*report.tappable}
    await at.pressed(report, "Publish")
    bob = at.somebody()
    await bob.say(HOW_MANY)
    answer = await bob.reply()
    assert words in answer.text
    assert answer.tappable == []
    await answer.press("Around it")
    assert (await bob.reply()).tappable == []


async def test_what_an_editor_discards_is_nowhere_in_the_state_folder(at: Edited) -> None:
    kept = at.settings.storage.path
    assert kept is not None
    report = await at.send("prison.txt", PRISON)
    waits = await at.send("other.txt", "The river flooded the valley in 1931.")
    await at.pressed(report, "Discard", "prison.txt was discarded")
    await at.chat.say("/status")
    await at.chat.reply()
    jobs = at.bot.application.bot_data["editors"].jobs
    await jobs.work(lambda _: None)  # behind all that was to do
    held = [one.read_bytes() for one in kept.rglob("*") if one.is_file()]
    assert not any(PRISON.encode() in one for one in held)
    await at.pressed(waits, "Publish")
    assert "1931" in await at.answer("When did the river flood the valley?")


async def test_a_press_that_changes_nothing_is_no_call_that_telegram_refuses(
    telegram: BotApiServer, chat: Chat
) -> None:
    await chat.say("/people")
    people = await chat.reply()
    for _ in range(2):
        await (await people.press("More")).answered()
    await people.edited()
    await chat.say("/start")
    greeting = await chat.reply()
    for _ in range(2):
        await (await greeting.press(data="language:ru:start")).answered()
    await greeting.edited()
    await chat.say("How many citizens signed the appeal?")
    answer = await chat.reply()
    for _ in range(2):
        await (await answer.press(data=answer.button("Ещё").callback_data)).answered()
    for _ in range(2):
        await chat.reply()
    await chat.quiet()
    assert telegram.refusals == []


@pytest.mark.parametrize("said", ["How many citizens signed the appeal?", "/start", "/ask", "hm"])
async def test_another_bot_is_not_answered_in_private_either(
    telegram: BotApiServer, said: str
) -> None:
    robot = telegram.private_chat(telegram.person("Robot", is_bot=True))
    message = await robot.say(said)
    await message.edit("Who is Maks Bokayev?")
    await robot.send_photo()
    await robot.quiet()


async def test_an_album_of_four_photos_has_one_reply(chat: Chat) -> None:
    await chat.send_album("", "", "", "")
    assert (await chat.reply()).text == text("text_only", "en")
    await chat.quiet()


async def test_what_surely_was_not_sent_is_sent_again_and_counted(opened: Snapshot) -> None:
    async with BotApiServer() as telegram, living(telegram, opened, limiter=hasty()) as bot:
        chat = telegram.private_chat(telegram.person("Dana", language_code="en"))
        await chat.say("/help")
        await chat.reply()
        again, unsure = counted("sent_again"), counted("unsure")
        await telegram.stop()
        sending = asyncio.create_task(bot.application.bot.send_message(chat.id, "after"))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.shield(sending), 0.5)
        await telegram.start()
        assert (await chat.reply()).text == "after"
        assert counted("sent_again") > again
        telegram.hang_up("sendMessage", after_effect=True)
        await chat.say("/privacy")
        assert (await chat.reply()).text == text("privacy", "en")
        await chat.quiet()
        assert counted("unsure") == unsure + 1


def counted(name: str) -> float:
    """Return the value of a counter of messages."""
    return metrics._registry.get_sample_value(f"rapporteur_messages_{name}_total") or 0.0
