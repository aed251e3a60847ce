"""Editors at work: what they send, see and say, and what everybody else gets."""

import asyncio
import datetime
import gzip
import io
import json
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from PIL import Image

from bot.backlog import OLD_SECONDS
from bot.messages import SCREEN, phone_lines, plain
from bot.opening import open_library
from bot.texts import date, text
from embeddings.models import Models
from knowledge.knowledge_base import KnowledgeBase
from knowledge.quotes.answers import Answer
from tests.bot.editing import WHEN, Edited, edited
from tests.botapi import Chat, Message
from tests.knowledge.library.libraries import GOLDEN, PRISON, WELL, write
from tests.knowledge.reading.scanned import needs_tesseract, page, saved
from tests.knowledge.reading.test_pdf import Pdf

HOW_MANY = "How many people does the prison hold?"
FIRST_NAMES = ("Serik", "Marat", "Askar", "Timur", "Aliya", "Dana", "Saule", "Aigul")
COMMANDS = ["documents", "reload", "history", "rollback", "gaps", "status"]
NOT_FOUND = "This is not in my documents."


@pytest.fixture
async def at(models: Models, tmp_path: Path) -> AsyncIterator[Edited]:
    async with edited(models, tmp_path) as one:
        yield one


@pytest.fixture(scope="module")
async def steady(models: Models, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Edited]:
    """A bot for tests after which its documents are what they were."""
    async with edited(models, tmp_path_factory.mktemp("steady")) as one:
        yield one


def labels(message: Message) -> list[str]:
    """Return what the buttons of `message` say."""
    return [button.text for row in message.buttons for button in row]


async def discarded(at: Edited, report: Message, name: str) -> None:
    """Discard what would come of the file `name`."""
    await at.pressed(report, "Discard", text("discarded_put", "en", name=name))


# Who.


async def test_to_anybody_else_they_are_no_commands(steady: Edited) -> None:
    bob = steady.somebody()
    group = steady.telegram.group("Friends", [steady.editor], privacy=False)
    for command in COMMANDS:
        assert await steady.answer(f"/{command}", bob) == text("unknown_command", "en"), command
        await group.say(f"/{command}", by=steady.editor)
    await group.quiet()


async def test_in_a_group_an_admin_is_nobody(steady: Edited) -> None:
    group = steady.telegram.group("Friends", [steady.editor], privacy=False)
    await group.send_document("prison.txt", PRISON.encode(), by=steady.editor)
    await group.quiet()
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    await group.say("/reload", by=steady.editor, extra={"from": anonymous})
    await group.quiet()


async def test_a_file_from_anybody_else_is_not_read(steady: Edited) -> None:
    fetched = steady.telegram.calls("getFile")
    bob = steady.somebody()
    await bob.send_document("prison.txt", PRISON.encode())
    assert (await bob.reply()).text == text("text_only", "en")
    assert steady.telegram.calls("getFile") == fetched


async def test_buttons_of_editors_do_nothing_for_others(steady: Edited) -> None:
    report = await steady.send("prison.txt", PRISON)
    data = report.button("Publish").callback_data
    bob = steady.somebody()
    await bob.say(WHEN)
    answer = await bob.reply()
    for forged in (data, "edit:back:1", "edit:gaps:0", "edit:dismiss:00000000"):
        press = await answer.press(data=forged)
        assert (await press.answered()).text == text("outdated", "en")
    await bob.quiet()
    assert NOT_FOUND in await steady.answer(HOW_MANY)
    await discarded(steady, report, "prison.txt")


async def test_the_menu_of_editors_is_theirs_alone(at: Edited) -> None:
    # Telegram refused while nobody had opened the bot.
    assert at.telegram.commands(at.editor) == {}
    await at.chat.say("/start")
    assert (await at.chat.reply()).text.startswith(text("start_editor", "en"))
    for code, language in (("", "en"), ("ru", "ru"), ("kk", "kk")):
        menu = at.telegram.commands(at.editor, code)
        assert list(menu)[-len(COMMANDS) :] == COMMANDS
        assert menu["reload"] == text("admin_command_reload", language)
        assert not set(COMMANDS) & set(at.telegram.commands(language_code=code))
    assert [c for c in COMMANDS if f"/{c}" in await at.answer("/help")] == COMMANDS
    assert "/reload" not in await at.answer("/help", at.somebody())


# Reload.


async def test_a_reload_takes_over_what_changed_on_disk(at: Edited) -> None:
    write(at.folder, prison_txt=PRISON)
    await at.chat.say("/reload")
    report = await at.ended()
    assert labels(report) == ["Swap", "Keep the old one"]
    assert NOT_FOUND in await at.answer(HOW_MANY)
    done = await at.pressed(report, "Swap")
    assert "Documents: 2, passages: 2, people: 1." in done.text
    assert "New: prison" in done.text
    assert PRISON in await at.answer(HOW_MANY)
    await at.chat.say("/reload")
    assert (await at.ended()).text.startswith("There is nothing new.")


async def test_a_reload_that_fails_says_which_file_and_why(at: Edited) -> None:
    write(at.folder, prison_txt=PRISON, bad_txt="")
    await at.chat.say("/reload")
    said = (await at.ended()).text
    assert said.startswith("Nothing was changed. bad.txt: there is no text in it")
    assert NOT_FOUND in await at.answer(HOW_MANY)
    assert WELL in await at.answer(WHEN)


async def test_what_fails_golden_questions_waits_for_the_editor(at: Edited) -> None:
    write(at.folder, well_txt="The well was dug long ago.", prison_txt=PRISON)
    await at.chat.say("/reload")
    report = await at.ended()
    assert labels(report) == ["Swap anyway", "Keep the old one", "Details"]
    for shown in (
        "Changed: well",
        "New: prison",
        "Passages: +2, −1 · People: +0, −1",
        f"{WHEN} – should show “1897”",
    ):
        assert shown in report.text
    assert WELL in await at.answer(WHEN)
    await at.pressed(report, "Keep the old one", text("discarded_reload", "en"))
    assert labels(report) == []
    assert WELL in await at.answer(WHEN)

    await at.chat.say("/reload")
    report = await at.ended()
    await at.pressed(report, "Swap anyway")
    assert PRISON in await at.answer(HOW_MANY)


async def test_one_reload_at_a_time_and_its_progress(
    at: Edited, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.handlers.drafting._EDIT_SECONDS", 0.5)
    write(at.folder, **{f"d{n}_txt": f"House {n} has {n} doors." for n in range(100)})
    await at.chat.say("/reload")
    await at.chat.say("/reload")
    replies = {(message := await at.chat.reply()).text: message for _ in range(2)}
    assert set(replies) == {text("working", "en"), text("reload_in_work", "en")}
    first = replies[text("working", "en")]
    # Everybody is answered meanwhile.
    assert WELL in await at.answer(WHEN, at.somebody())
    while not first.text.startswith("The files on my disk have changed"):
        await first.edited(timeout=60)
    times = [call.time for call in at.telegram.calls("editMessageText")]
    assert len(times) > 1
    assert all(later - sooner >= 0.4 for sooner, later in pairwise(times))


async def test_sighup_and_another_process_reload_too(at: Edited, models: Models) -> None:
    write(at.folder, prison_txt=PRISON)
    await at.bot.hang_up()
    await until_answered(at, HOW_MANY, PRISON)
    other = open_library(at.settings, models)
    write(at.folder, mill_txt="The mill burned down in 1950.")
    other.publish(other.reload())
    await until_answered(at, "When did the mill burn down?", "The mill burned down in 1950.")


async def until_answered(at: Edited, question: str, sentence: str) -> None:
    """Ask until the answer holds `sentence`."""
    async with asyncio.timeout(15):
        while sentence not in await at.answer(question, at.somebody()):
            await asyncio.sleep(0.2)


# Upload.


async def test_a_file_is_shown_before_it_is_published(at: Edited) -> None:
    report = await at.send("Prisons 2021.TXT", f"---\ntitle: Prisons\n---\n{PRISON}")
    assert report.text.splitlines()[:-1] == [
        "New: Prisons 2021.txt",
        "Title: Prisons",
        "Language: English",
        "Passages: +1, −0 · People: +0, −0",
        "Golden questions right: 2 of 2",
        "Still missing: the date, the link",
    ]
    assert report.marked("blockquote") == [PRISON]
    assert labels(report) == ["Publish", "Discard", "Details", "Title", "Date", "Link", "Language"]
    await report.press("Details")
    details = await at.chat.reply()
    assert "Date: not known\nLanguage: English\nPublisher: not known" in details.text
    await details.press("More")
    assert "Press a button, or write it" in (await at.chat.reply()).text
    assert NOT_FOUND in await at.answer(HOW_MANY, at.somebody())
    await at.pressed(report, "Publish")
    assert (labels(report), "Passages: +1, −0" in report.text) == ([], True)
    assert PRISON in await at.answer(HOW_MANY, at.somebody())


async def test_a_long_change_is_one_screen_and_its_details_are_screens_too(steady: Edited) -> None:
    people = [f"{first} {last}" for last in ("Omarov", "Seitov") for first in FIRST_NAMES]
    words = " ".join(f"{name} lives in the north of the country." for name in people)
    report = await steady.send(
        "well.txt", f"---\ntitle: {'Long words ' * 12}\n---\nThe well was dug long ago. {words}"
    )
    screens = [report]
    await report.press("Details")
    while True:
        screens.append(await steady.chat.reply())
        if not screens[-1].buttons:
            break
        await screens[-1].press("More")
    for screen in screens:
        seen = screen.text
        for folded in screen.marked("expandable_blockquote"):
            seen = seen.replace(folded, "…")
        assert phone_lines([plain(seen)]) <= SCREEN
    told = "\n".join(screen.text for screen in screens)
    for shown in (*people, "People no longer named: 1\nAnna Karimova", f"{WHEN} – should show"):
        assert shown in told
    await discarded(steady, report, "well.txt")


async def test_what_a_file_says_of_itself_is_corrected_by_reply(at: Edited) -> None:
    report = await at.send("prison.txt", PRISON)
    await at.chat.say("date: 17.05.2021\nназвание: Тюрьмы\nhttps://a.org/b", reply_to=report)
    again = await at.ended()
    assert "Title: Тюрьмы\nDate: 17 May 2021" in again.text
    assert "Link: https://a.org/b" in again.text
    assert report.text == text("corrected_below", "en", name="prison.txt")
    assert labels(report) == []
    await at.chat.say("date: soon", reply_to=again)
    assert (await at.chat.reply()).text.startswith("Nothing was changed. 'soon' is no date")
    await at.chat.say("thanks!", reply_to=again)
    assert (await at.chat.reply()).text == text("how_to_correct", "en")
    await at.chat.say("publisher: Watch", reply_to=again)
    last = await at.ended()
    await at.pressed(last, "Publish")
    assert "— Тюрьмы · Watch · 17 May 2021 · ¶ 1" in await at.answer(HOW_MANY)


async def test_a_correction_needs_no_reply_while_one_document_waits(at: Edited) -> None:
    await at.send("prison.txt", PRISON)
    await at.chat.say("17 мая 2021 г.")
    assert "Date: 17 May 2021" in (await at.ended()).text
    assert WELL in await at.answer(WHEN)  # a question is one
    await at.chat.say("18.05.2021")  # the day is known, so this is no correction
    assert NOT_FOUND in (await at.chat.reply()).text
    await at.chat.say("Title: Prisons\ndate: 03/04/2021\nlink: https://a.org/b")
    report = await at.ended()
    refused = "The date '03/04/2021' is 2021-03-04 or 2021-04-03"
    assert report.text.startswith(f"Not taken: “date: 03/04/2021”. {refused}")
    assert "Title: Prisons\nDate: 17 May 2021" in report.text
    assert "Link: https://a.org/b" in report.text
    said = await at.chat.say("date: 19.05.2021")
    assert "Date: 19 May 2021" in (await at.ended()).text
    await said.edit("date: 18.05.2021")
    report = await at.ended()
    assert "Date: 18 May 2021" in report.text
    await at.send("mill.txt", "The mill burned down in 1950.")
    await at.chat.say("title: Mills")
    assert (await at.chat.reply()).text == text("which_draft", "en", count=2)


async def test_what_is_corrected_in_the_meantime_counts_too(at: Edited) -> None:
    await at.send("notes.txt", "The minutes of a meeting. Nobody came to it.")
    for line in (
        "title: Minutes",
        "date: 17.05.2021",
        "publisher: The council",
        "https://a.example.org/1",
    ):
        await at.chat.say(line)
    shown = await at.chat.reply(timeout=20)
    while "https://a.example.org/1" not in shown.text:
        shown = await at.chat.reply(timeout=20)
        while shown.text.startswith("One moment"):
            await shown.edited(timeout=20)
        assert text("nothing_found", "en") not in shown.text
    assert "Title: Minutes" in shown.text
    assert "Date: 17 May 2021" in shown.text


async def test_a_button_asks_for_what_it_names(steady: Edited) -> None:
    report = await steady.send("prison.txt", PRISON)
    await report.press("Title")
    asked = await steady.chat.reply()
    assert asked.text == text("ask_title", "en", name="prison.txt")
    assert asked.markup is not None
    assert asked.markup["force_reply"] is True
    await steady.chat.say("Who is jailed?", reply_to=asked)
    report = await steady.ended()
    assert "Title: Who is jailed?" in report.text
    await report.press("Date")
    await steady.chat.reply()
    assert WELL in await steady.answer(WHEN)  # not what was asked for
    await steady.chat.say("soon")
    assert (await steady.chat.reply()).text.startswith("Nothing was changed. 'soon' is no date")
    await steady.chat.say("May 17, 2021")
    report = await steady.ended()
    assert "Date: 17 May 2021" in report.text
    await report.press("Language")
    asked = await steady.chat.reply()
    assert labels(asked) == ["English", "Russian", "Kazakh"]
    data = asked.button("Russian").callback_data
    await asked.press("Kazakh")
    report = await steady.ended()
    assert "Language: Kazakh" in report.text
    press = await asked.press(data=data)
    assert (await press.answered()).text == text("no_draft", "en")
    await discarded(steady, report, "prison.txt")


async def test_nothing_is_asked_again_for_a_correction_and_to_publish(at: Edited) -> None:
    report = await at.send("prison.txt", PRISON)
    asked = []
    ask = KnowledgeBase.ask

    def counted(self: KnowledgeBase, question: str, *rest: Any) -> Answer:
        asked.append(question)
        return ask(self, question, *rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(KnowledgeBase, "ask", counted)
        await at.chat.say("date: 17.05.2021\nlink: https://a.org/b")
        report = await at.ended()
        assert "Golden questions right: 2 of 2" in report.text
        await at.pressed(report, "Publish")
    assert asked == []


async def test_what_is_said_in_a_caption_counts_too(steady: Edited) -> None:
    report = await steady.send("prison.txt", PRISON, caption="title: Prisons\ndate: 2021-05-17")
    assert "Title: Prisons\nDate: 17 May 2021" in report.text
    await discarded(steady, report, "prison.txt")
    report = await steady.send(
        "mill.txt", "The mill burned down in 1950.", caption="Mills\n2021-02-31"
    )
    assert report.text.startswith("Not taken: “2021-02-31”. There is no such day as '2021-02-31'")
    assert "New: mill.txt\nTitle: Mills\n" in report.text
    await discarded(steady, report, "mill.txt")


async def test_a_date_that_is_yet_to_come_is_refused(steady: Edited) -> None:
    refused = "he date '2919-03-14' is yet to come; expected the day of publication"
    told = await steady.send("prison.txt", PRISON, caption="date: 14.03.2919\ntitle: Prisons")
    assert told.text.startswith(f"Not taken: “date: 14.03.2919”. T{refused}")
    assert "Title: Prisons\nLanguage: English" in told.text
    await discarded(steady, told, "prison.txt")
    told = await steady.send("prison.txt", f"---\ndate: 2919-03-14\n---\n{PRISON}")
    assert told.text.startswith(f"Nothing was changed. prison.txt: t{refused}")
    report = await steady.send("prison.txt", PRISON)
    await steady.chat.say("date: 2919-03-14", reply_to=report)
    assert (await steady.chat.reply()).text.startswith(f"Nothing was changed. T{refused}")
    await steady.chat.say("date: 2019-03-14", reply_to=report)  # it still waits
    report = await steady.ended()
    assert "Date: 14 March 2019" in report.text
    await discarded(steady, report, "prison.txt")


async def test_a_file_of_the_same_name_replaces(steady: Edited) -> None:
    report = await steady.send("well.txt", WELL.replace("Anna Karimova", "Serik Omarov"))
    for shown in (
        "Replaces the one of this name: well.txt",
        "Passages: +1, −1 · People: +1, −1",
    ):
        assert shown in report.text
    await discarded(steady, report, "well.txt")
    same = await steady.send("well.txt", WELL)
    assert same.text.startswith("There is nothing new.")
    again = await steady.send("well.txt", f"{WELL}\n\n")  # the same words in other bytes
    lines = [text("draft_replaces", "en", name="well.txt"), text("draft_same", "en")]
    assert again.text.splitlines()[:2] == lines
    await discarded(steady, again, "well.txt")


async def test_several_files_at_once_are_published_one_after_the_other(at: Edited) -> None:
    await at.chat.send_document("prison.txt", PRISON.encode())
    await at.chat.send_document("mill.txt", b"The mill burned down in 1950.")
    reports = [await at.ended(), await at.ended()]
    for report in reports:
        await at.pressed(report, "Publish")
    assert PRISON in await at.answer(HOW_MANY)
    assert "1950" in await at.answer("When did the mill burn down?")


async def test_every_file_sent_during_an_outage_is_taken(at: Edited) -> None:
    old = OLD_SECONDS + 60
    names = [f"house{number}.txt" for number in range(12)]  # more than one may have waiting
    bob = at.somebody()
    await at.chat.say("/help", age=old)
    for name in names:
        await at.chat.send_document(name, f"{name} has 7 doors.".encode(), age=old)
        await bob.send_document(name, b"words", age=old)
    await at.chat.say(WHEN, age=old)
    said = [(await at.ended()).text for _ in range(len(names) + 1)]
    (answer,) = (words for words in said if WELL in words)
    assert answer.startswith(text("was_away", "en"))
    shown = {words.split("\n")[0] for words in said} - {answer.split("\n")[0]}
    assert shown == {f"New: {name}" for name in names}
    await at.chat.quiet()
    assert text("text_only", "en") in (await bob.reply()).text
    await bob.quiet()


async def test_a_press_that_comes_too_late_is_told_so(steady: Edited) -> None:
    report = await steady.send("prison.txt", PRISON)
    data = report.button("Publish").callback_data
    await steady.pressed(report, "Discard", "prison.txt was discarded")
    press = await report.press(data=data)
    assert (await press.answered()).text == text("no_draft", "en")
    press = await report.press(data="")
    assert (await press.answered()).text == text("outdated", "en")


@pytest.mark.parametrize(
    ("name", "content", "options", "reason"),
    [
        ("a.txt", b"x" * 100_001, {}, "a.txt has 101 KB, and I read at most 100 KB"),
        ("a.txt", b"words", {"size": None}, "does not say how large the file is"),
        ("a.txt", b"words", {"size": 9}, "a.txt arrived with 5 of 9 bytes"),
        ("a.pdf", b"words", {}, "a.pdf: "),
        ("a.docx", b"PK\x03\x04words", {}, "a.docx: "),
        ("a.txt", b"%PDF-1.7 words", {}, "a.txt: "),
        ("a.txt", b"", {}, "a.txt: there is no text in it"),
        ("a.txt", b"caf\xe9", {}, "a.txt: "),
        ("a.html", b"<p>" + b"<div>" * 15_000, {}, "a.html: "),
        ("a.txt", b"\x00\x01\x02", {}, "a.txt: "),
        ("../a.txt", b"words", {}, "must not hold / or"),
        ("/etc/passwd.txt", b"words", {}, "must not hold / or"),
        ("a\x07.txt", b"words", {}, "a character that cannot be seen"),
        ("a\u202etxt.exe", b"words", {}, "a character that cannot be seen"),
        ("x" * 300 + ".txt", b"words", {}, "its name is too long"),
        ("a.exe", b"MZ", {}, "files of type '.exe' are not read"),
        ("", b"words", {}, "A file without a name"),
        ("well.md", b"words", {}, "well.txt is called the same"),
    ],
)
async def test_a_bad_file_gets_a_clear_sentence(
    steady: Edited, name: str, content: bytes, options: dict[str, object], reason: str
) -> None:
    at, before = steady, steady.library.published()
    told = await at.send(name, content, **options)
    assert told.text.startswith("Nothing was changed. ")
    assert reason in told.text
    assert labels(told) == []
    assert at.library.published() == before
    assert WELL in await at.answer(WHEN)


async def test_documents_that_do_not_fit_together_are_refused_before_they_are_published(
    models: Models, tmp_path: Path
) -> None:
    async with edited(models, tmp_path, max_words=9 + 8 + 12) as at:  # WELL, PRISON and 12 more
        await at.published("prison.txt", PRISON)
        mill = "The mill burned down in 1950, and nobody has built it up since."
        told = await at.send("mill.txt", mill)
        assert told.text.startswith(
            "Nothing was changed. mill.txt: with it all documents hold 30 words, and the memory has"
            " room for 29; shorten it, remove others"
        )
        assert labels(told) == []
        write(at.folder, mill_txt=mill)
        await at.chat.say("/reload")
        assert "mill.txt: with it all documents hold 30 words" in (await at.ended()).text
        assert "1950" not in await at.answer("When did the mill burn down?")
        report = await at.send("mill.txt", mill.removesuffix(" since.") + ".")
        await at.pressed(report, "Publish")
        assert "1950" in await at.answer("When did the mill burn down?")
        assert WELL in await at.answer(WHEN)


async def test_a_change_is_shown_though_the_sign_before_it_was_lost(at: Edited) -> None:
    at.telegram.hang_up("sendMessage")
    await at.chat.send_document("prison.txt", PRISON.encode())
    report = await at.ended()
    assert report.text.startswith("New: prison.txt")
    await at.pressed(report, "Publish")
    assert PRISON in await at.answer(HOW_MANY)


async def test_a_file_far_larger_than_its_message_says_is_not_read_to_its_end(
    steady: Edited,
) -> None:
    told = await steady.send("long.txt", b"x" * 20_500_000, size=10)
    assert told.text.startswith("Nothing was changed. long.txt could not be fetched")


async def test_a_file_that_comes_packed_is_not_unpacked(steady: Edited) -> None:
    packed = gzip.compress(PRISON.encode())
    steady.telegram.garble("download", 200, packed, content_type="text/plain", encoding="gzip")
    told = await steady.send("prison.txt", PRISON)
    assert told.text == "Nothing was changed. " + text("file_not_fetched", "en", name="prison.txt")


async def test_a_file_that_trickles_in_is_given_up(
    steady: Edited, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.requests.MOST_SECONDS", 0.5)
    slow = steady.telegram.delay("download")
    told = await steady.send("prison.txt", PRISON)
    assert told.text == "Nothing was changed. " + text("file_not_fetched", "en", name="prison.txt")
    slow.release()


async def test_a_file_that_cannot_be_fetched_is_told_so(steady: Edited) -> None:
    steady.telegram.fail("getFile", 400, "Bad Request: file is too big")
    told = await steady.send("prison.txt", PRISON)
    assert told.text == "Nothing was changed. " + text("file_not_fetched", "en", name="prison.txt")
    steady.telegram.garble("download", 404, "gone")
    told = await steady.send("prison.txt", PRISON)
    assert "could not be fetched" in told.text
    steady.telegram.refusals.clear()


async def test_no_file_of_this_machine_is_taken_for_one_that_was_sent(
    steady: Edited, tmp_path: Path
) -> None:
    (tmp_path / "here.txt").write_text(PRISON)
    for path in (str(tmp_path / "here.txt"), ""):
        named = {"file_id": "A", "file_unique_id": "A", "file_path": path}
        steady.telegram.garble("getFile", 200, json.dumps({"ok": True, "result": named}))
        assert "could not be fetched" in (await steady.send("prison.txt", PRISON)).text


async def test_word_and_web_pages_are_published(at: Edited) -> None:
    word = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(PRISON)
    document.save(word)
    page = "<html><head><title>Mills</title></head><body><article><p>{}</p></article></body></html>"
    mill = "The mill burned down in 1950, and nobody has built it up again since then."
    for name, content in (("prison.docx", word.getvalue()), ("mill.html", page.format(mill))):
        report = await at.send(name, content)
        assert f"New: {name}" in report.text
        await at.pressed(report, "Publish")
    assert PRISON in await at.answer(HOW_MANY, at.somebody())
    assert mill in await at.answer("When did the mill burn down?", at.somebody())


async def test_a_pdf_is_published_and_quoted(at: Edited) -> None:
    pdf = Pdf(title="Prisons of the north")
    pdf.page().paragraph("The prison of the north holds", "300 people.")
    report = await at.send("prison.pdf", pdf.data)
    assert report.text.startswith("New: prison.pdf\nTitle: Prisons of the north\n")
    assert report.marked("blockquote") == [PRISON]
    await at.pressed(report, "Publish")
    answer = await at.answer(HOW_MANY, at.somebody())
    assert PRISON in answer
    assert "— Prisons of" in answer


async def test_a_text_without_spaces_is_shown_by_its_head(steady: Edited) -> None:
    report = await steady.send("words.txt", "x" * 5_000)
    assert [len(shown) for shown in report.marked("expandable_blockquote")] == [300]
    await discarded(steady, report, "words.txt")


async def test_a_correction_for_what_waits_no_more_is_no_question(steady: Edited) -> None:
    report = await steady.send("prison.txt", PRISON)
    await steady.pressed(report, "Discard", "prison.txt was discarded")
    await steady.chat.say("date: 2021-05-17", reply_to=report)
    assert (await steady.chat.reply()).text == text("no_draft", "en")
    await steady.chat.say(WHEN, reply_to=report)
    assert WELL in (await steady.chat.reply()).text


async def test_a_deleted_notice_does_not_hide_how_it_ended(at: Edited) -> None:
    at.telegram.fail("editMessageText", 400, "Bad Request: message to edit not found")
    await at.chat.send_document("prison.txt", PRISON.encode())
    await at.chat.reply()
    report = await at.chat.reply(timeout=20)
    assert "New: prison.txt" in report.text
    await at.pressed(report, "Publish")


async def test_a_stop_breaks_off_what_is_in_work_and_says_so(at: Edited) -> None:
    write(at.folder, **{f"d{n}_txt": f"House {n} has {n} doors." for n in range(100)})
    await at.chat.say("/reload")
    notice = await at.chat.reply()
    at.bot.stop.set()
    await at.bot.ended()
    assert notice.text == text("stopped", "en")


async def test_a_way_back_does_not_wait_for_a_file(at: Edited) -> None:
    await at.published("prison.txt", PRISON)
    words = " ".join(f"House {n} has {n} doors." for n in range(60))
    await at.chat.send_document("houses.txt", words.encode())
    notice = await at.chat.reply()
    await at.rolled_back()
    assert notice.text.startswith(("One moment", "Reading", "Preparing"))
    assert NOT_FOUND in await at.answer(HOW_MANY, at.somebody())
    while "New: houses.txt" not in notice.text:  # it was only put off
        await notice.edited(timeout=60)


# Documents, history, status.


async def test_a_document_is_removed_after_a_question(at: Edited) -> None:
    await at.published("prison.txt", PRISON)
    await at.chat.say("/documents")
    listed = await at.chat.reply()
    assert labels(listed) == ["prison.txt", "well.txt"]
    await listed.press("prison.txt")
    asked = await at.ended()
    assert asked.text.startswith("To be removed: prison.txt")
    assert labels(asked) == ["Remove", "Keep it"]
    await at.pressed(asked, "Remove")
    assert (labels(asked), "Gone: prison" in asked.text) == ([], True)
    assert NOT_FOUND in await at.answer(HOW_MANY)
    press = await listed.press("well.txt")
    assert (await press.answered()).text == text("outdated", "en")


async def test_the_last_document_is_kept(steady: Edited) -> None:
    await steady.chat.say("/documents")
    await (await steady.chat.reply()).press("well.txt")
    assert "There are no documents to answer from" in (await steady.ended()).text


async def test_what_is_pressed_is_told_to_be_in_work(
    at: Edited, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = await at.send("prison.txt", PRISON)
    monkeypatch.setattr("bot.handlers.drafting._FIRST_SECONDS", 0)
    monkeypatch.setattr("bot.handlers.drafting._EDIT_SECONDS", 0.1)
    await at.pressed(report, "Publish")
    said = [call.parameters["text"] for call in at.telegram.calls("editMessageText")]
    assert list(dict.fromkeys(words.split()[0] for words in said))[-2:] == [
        "Publishing",
        "Published:",
    ]


async def test_what_another_published_in_between_is_shown_first_if_it_is_the_same_file(
    at: Edited,
) -> None:
    report = await at.send("prison.txt", PRISON)
    other = open_library(at.settings, at.library.serving().knowledge_base.models)
    write(at.folder, mill_txt="The mill burned down in 1950.")
    other.publish(other.reload())
    await at.pressed(report, "Publish")  # it does what was shown, beside the mill
    assert list(at.library.serving().edition.documents) == ["mill.txt", "prison.txt", "well.txt"]
    report = await at.send("prison.txt", f"{PRISON} It was built in 1931.")
    write(at.folder, prison_txt=f"{PRISON} It has two floors.")
    other.publish(other.reload())
    await at.pressed(report, "Publish", text("looks_else", "en"))
    await at.pressed(report, "Publish")
    assert "1931" in await at.answer("When was the prison built?")


async def test_everybody_is_told_their_own_number(steady: Edited) -> None:
    assert str(steady.editor.id) in await steady.answer("/id")


async def test_history_and_the_way_back(at: Edited) -> None:
    assert await at.answer("/rollback") == text("nothing_earlier", "en")
    await at.published("prison.txt", PRISON)
    await at.chat.say("/rollback")
    asked = await at.ended()
    assert asked.text.startswith("Back to publication 1 of ")
    assert "\nGone: prison\nPassages: +0, −1" in asked.text
    assert labels(asked) == ["Go back", "Stay"]
    assert PRISON in await at.answer(HOW_MANY)  # it asks before it does
    await at.pressed(asked, "Stay", text("discarded_back", "en"))
    assert PRISON in await at.answer(HOW_MANY)
    done = await at.rolled_back()
    assert (labels(done), "Gone: prison" in done.text) == ([], True)
    assert NOT_FOUND in await at.answer(HOW_MANY)
    await at.chat.say("/history")
    history = await at.chat.reply()
    assert "serves now\nNew: well.txt" in history.text
    assert str(at.editor.id) not in history.text
    assert "Ed" not in history.text.split()
    await history.press("Go back to 2")
    await at.pressed(await at.ended(), "Go back", "I went back")
    assert PRISON in await at.answer(HOW_MANY)
    await at.rolled_back()  # to what served a moment ago
    assert NOT_FOUND in await at.answer(HOW_MANY)


async def test_going_back_names_the_golden_questions_that_are_lost(at: Edited) -> None:
    report = await at.send("well.txt", "The well was dug long ago.")
    assert labels(report)[0] == "Publish anyway"
    await at.pressed(report, "Publish anyway")
    await at.pressed(await at.send("well.txt", WELL), "Publish")
    await at.chat.say("/rollback")
    asked = await at.ended()
    assert f"{WHEN} – should show “1897”" in asked.text
    assert labels(asked) == ["Go back anyway", "Stay", "Details"]
    await asked.press("Details")
    assert (await at.chat.reply()).text == "People no longer named: 1\nAnna Karimova"


async def test_status_counts_and_names_nobody(at: Edited) -> None:
    bob = at.somebody()
    await at.answer(WHEN, bob)
    await at.answer(HOW_MANY, bob)
    said = await at.answer("/status")
    edition = at.library.serving().edition.digest[:8]
    published = at.library.published().now
    for line in (
        f"Edition: {edition}",
        "Documents: 1",
        "Passages: 1",
        "People: 1",
        "Model: all-MiniLM-L6-v2",
        f"Published: {date(published.at.date(), 'en')}, {published.at:%H:%M} UTC",
        "Today (UTC): 1 answered, 0 asked back, 1 declined",
    ):
        assert line in said.splitlines()


async def test_status_counts_from_midnight_on(at: Edited, monkeypatch: pytest.MonkeyPatch) -> None:
    bob = at.somebody()
    await at.answer(WHEN, bob)
    assert "Today (UTC): 1 answered, 0 asked back, 0 declined" in await at.answer("/status")
    tomorrow = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)
    monkeypatch.setattr("bot.tally._today", lambda: tomorrow)
    assert "Today (UTC): 0 answered, 0 asked back, 0 declined" in await at.answer("/status")
    await at.answer(HOW_MANY, bob)
    assert "Today (UTC): 0 answered, 0 asked back, 1 declined" in await at.answer("/status")


# Questions without an answer.


async def test_a_question_is_handed_over_by_a_press_and_nothing_else(at: Edited) -> None:
    bob = at.somebody()
    await bob.say(HOW_MANY)
    answer = await bob.reply()
    kept = at.settings.storage.path
    assert kept is not None
    assert not (kept / "gaps.json").exists()
    press = await answer.press("Tell the editors")
    assert (await press.answered()).text == text("told", "en")
    await answer.edited()
    assert "Tell the editors" not in labels(answer)
    assert str(bob.id) not in (kept / "gaps.json").read_text()
    await at.chat.say("/gaps")
    listed = await at.chat.reply()
    assert HOW_MANY in listed.text
    assert "Bob" not in listed.text
    await listed.press("Dismiss 1")
    await listed.edited()
    assert await at.answer("/gaps") == text("no_gaps", "en")
    assert text("privacy_gaps", "en") in await at.answer("/privacy", bob)


async def test_a_new_document_tells_which_questions_it_answers(at: Edited) -> None:
    bob = at.somebody()
    for question in (HOW_MANY, "Who baked the first bread?"):
        await bob.say(question)
        press = await (await bob.reply()).press("Tell the editors")
        await press.answered()
    report = await at.send("prison.txt", PRISON)
    assert f"{text('gaps_would', 'en', count=1)}\n– {HOW_MANY}" in report.text
    done = await at.pressed(report, "Publish")
    assert f"{text('gaps_answered', 'en', count=1)}\n– {HOW_MANY}" in done.text
    press = await done.press("Dismiss these (1)")
    assert (await press.answered()).text == text("dismissed", "en", count=1)
    left = await at.answer("/gaps")
    assert "bread" in left
    assert HOW_MANY not in left


async def test_a_corrected_question_that_finds_nothing_is_handed_over_too(at: Edited) -> None:
    bob = at.somebody()
    question = await bob.say(WHEN)
    found = await bob.reply()
    await question.edit(HOW_MANY)
    declined = await found.edited()
    assert declined.text.startswith(NOT_FOUND)
    press = await declined.press("Tell the editors")
    assert (await press.answered()).text == text("told", "en")
    assert HOW_MANY in await at.answer("/gaps")


async def test_an_answer_called_wrong_is_handed_over_once_its_asker_has_seen_the_words(
    at: Edited,
) -> None:
    bob = at.somebody()
    await bob.say(WHEN)
    answer = await bob.reply()
    press = await answer.press("Not right?")
    asked = await press.answered()
    assert asked.show_alert
    assert f"“{WHEN}”" in asked.text
    await answer.edited()
    assert await at.answer("/gaps") == text("no_gaps", "en")
    press = await answer.press("Tell the editors")
    assert (await press.answered()).text == text("told", "en")
    assert "Tell the editors" not in labels(await answer.edited())
    listed = await at.answer("/gaps")
    assert WHEN in listed
    assert text("gap_wrong", "en") in listed


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
async def test_of_a_long_question_called_wrong_the_first_words_are_shown(
    steady: Edited, language: str
) -> None:
    bob = steady.somebody(language)
    question = f"When was the well dug {'and also when was it dug ' * 30}?"
    await bob.say(WHEN)
    answer = await bob.reply()
    assert answer.reply_to is not None
    answer.reply_to.text = question
    asked = await (await answer.press(data="wrong")).answered()
    assert "“When was the well dug and" in asked.text.replace("«", "“")
    assert len(asked.text) <= 200


async def test_all_who_press_at_once_are_kept(at: Edited) -> None:
    chats = [at.somebody() for _ in range(12)]
    for number, chat in enumerate(chats):
        await chat.say(f"How many doors has prison number {number}?")
    answers = [await chat.reply() for chat in chats]
    presses = [await answer.press("Tell the editors") for answer in answers]
    for press in presses:
        assert (await press.answered()).text == text("told", "en")
    await at.chat.say("/gaps")
    listed = await at.chat.reply()
    assert "Questions that found no answer, or a wrong one: 12" in listed.text
    for number in range(1, 6):
        await listed.press(f"Dismiss {number}")
    await listed.press("More")
    assert "6 · " in (await at.chat.reply()).text


async def test_what_cannot_be_kept_is_not_thanked_for(at: Edited) -> None:
    kept = at.settings.storage.path
    assert kept is not None
    (kept / "gaps.json").write_text("{")
    bob = at.somebody()
    await bob.say(HOW_MANY)
    press = await (await bob.reply()).press("Tell the editors")
    assert (await press.answered()).text == text("failed", "en")
    assert "The list of questions is damaged" in await at.answer("/gaps")


async def test_in_a_group_only_the_asker_hands_a_question_over(at: Edited) -> None:
    alice, bob = at.telegram.person("Alice"), at.telegram.person("Bob")
    group = at.telegram.group("Friends", [alice, bob])
    await group.say(f"/ask {HOW_MANY}", by=alice)
    answer = await group.reply()
    press = await answer.press("Tell the editors", by=bob)
    assert (await press.answered()).text == text("not_yours", "en")
    press = await answer.press("Tell the editors", by=alice)
    assert (await press.answered()).text == text("told", "en")
    assert HOW_MANY in await at.answer("/gaps")


# What holds for all of it.


async def test_answers_never_mix_snapshots_while_reloads_swap(at: Edited) -> None:
    """40 questions during 4 reloads: each answer is entirely of one edition or the other."""
    editions = [f"The bridge opened in {1900 + n}. Its keeper was Anna Karimova." for n in (1, 2)]
    write(at.folder, bridge_txt=editions[0])
    await at.bot.hang_up()
    chats = [at.somebody() for _ in range(10)]
    answers: list[Message] = []
    heard: asyncio.Queue[None] = asyncio.Queue()

    async def ask(chat: Chat) -> None:
        for _ in range(4):
            await chat.say("When did the bridge open?")
            answers.append(await chat.reply(timeout=60))
            heard.put_nowait(None)

    asking = asyncio.gather(*map(ask, chats))
    for number in range(4):
        write(at.folder, bridge_txt=editions[(number + 1) % 2])
        await at.bot.hang_up()
        for _ in range(9):  # a swap takes a moment only
            await heard.get()
    await asking
    assert len(answers) == 40
    whole = set()
    for answer in answers:
        (quoted,) = answer.marked("blockquote")
        (rest,) = answer.marked("expandable_blockquote")
        whole.add(quoted + rest.removeprefix("…"))
    assert whole == set(editions)


async def test_editors_are_served_in_their_language(models: Models, tmp_path: Path) -> None:
    async with edited(models, tmp_path, language="ru") as at:
        await at.chat.send_document("prison.txt", PRISON.encode())
        report = await at.ended("Минуту")
        assert report.text.startswith("Новый документ: prison.txt")
        assert labels(report)[:2] == ["Опубликовать", "Отменить"]
        await at.chat.say(WHEN)  # an answer in English changes nothing of that
        await at.chat.reply()
        await report.press("Дата")
        assert (await at.chat.reply()).text == text("ask_date", "ru", name="prison.txt")


@pytest.mark.parametrize(
    ("language", "picture", "empty", "beside"),
    [
        (
            "ru",
            "a.txt: по содержимому это картинка (PNG), а не .txt; дайте ей"
            " окончание .png, .jpg, .tif или .webp или сохраните её текст как .txt",
            "bad.txt: файл пуст, текста в нём нет; сохраните его ещё раз",
            "people.yaml: запись 0.name: в «–» нет букв",
        ),
        (
            "kk",
            "a.txt: мазмұны бойынша бұл .txt емес, сурет (PNG); соңын .png, .jpg,"
            " .tif немесе .webp деп өзгертіңіз немесе мәтінін .txt етіп сақтаңыз",
            "bad.txt: файл бос, ішінде мәтін жоқ; оны қайта сақтаңыз",
            "people.yaml: 0.name жазбасы: «–» ішінде әріп жоқ",
        ),
    ],
)
async def test_editors_read_in_their_language_why_a_file_is_refused(
    models: Models, tmp_path: Path, language: str, picture: str, empty: str, beside: str
) -> None:
    write(tmp_path / "docs", well_txt=WELL, questions_yaml=GOLDEN, bad_txt="")
    async with edited(models, tmp_path, language=language) as at:
        working = text("working", language)
        await at.chat.send_document("a.txt", b"\x89PNG")
        told = await at.ended(working)
        assert told.text == text("nothing_changed", language, reason=picture)
        await at.chat.say("/reload")
        told = await at.ended(working)
        assert told.text.endswith(text("list_left_out", language, reason=empty))
        write(at.folder, people_yaml="- name: –")
        await at.chat.say("/reload")
        told = await at.ended(working)
        assert told.text == text("nothing_changed", language, reason=beside)


# Scans and photos.


@needs_tesseract
@pytest.mark.parametrize("caption", ["", "date: 2024-05-17"])
async def test_a_photo_from_an_editor_is_a_document(at: Edited, caption: str) -> None:
    await at.chat.send_photo(saved(page(PRISON), "JPEG"), caption=caption)
    report = await at.ended()
    assert report.text.startswith(text("photo_is_poor", "en"))
    assert "New: photo-" in report.text
    assert "Read by machine from pictures, 9" in report.text
    assert PRISON in report.text  # to compare
    assert ("Date: 17 May 2024" in report.text) is bool(caption)
    await at.pressed(report, "Publish")
    answer = await at.answer(HOW_MANY)
    assert PRISON in answer
    assert answer.count("read by machine from a scan") == 1


@needs_tesseract
async def test_an_album_of_photos_is_one_document(at: Edited) -> None:
    pages = (f"{PRISON} It is old.", "The mill burned down in 1950.")
    for caption, said in zip(("Prisons, mills", ""), pages, strict=True):
        photo = saved(page(said), "JPEG")
        await at.chat.send_photo(photo, caption=caption, extra={"media_group_id": "7"})
    report = await at.ended()
    assert "New: Prisons, mills.pdf\nTitle: Prisons, mills\n" in report.text
    await report.press("Details")  # on the screen there is no room for how it begins
    (begins,) = (await at.chat.reply()).marked("blockquote")
    assert begins.index(PRISON) < begins.index(pages[1])
    await at.pressed(report, "Publish")
    assert pages[1] in await at.answer("When did the mill burn down?")


async def test_an_album_that_is_too_large_is_to_be_sent_otherwise(steady: Edited) -> None:
    photo = saved(Image.new("L", (8, 8)), "JPEG") + bytes(60_000)  # of 100,000 at most
    for _ in range(2):
        await steady.chat.send_photo(photo, extra={"media_group_id": "8"})
    assert (await steady.ended()).text.endswith(text("album_not_joined", "en"))


async def test_a_photo_with_a_question_is_no_document(steady: Edited) -> None:
    fetched = steady.telegram.calls("getFile")
    await steady.chat.send_photo(caption=WHEN)
    await steady.chat.reply()
    assert steady.telegram.calls("getFile") == fetched


async def test_a_photo_from_anybody_else_is_not_read(steady: Edited) -> None:
    fetched = steady.telegram.calls("getFile")
    bob = steady.somebody()
    await bob.send_photo()
    assert (await bob.reply()).text == text("text_only", "en")
    assert steady.telegram.calls("getFile") == fetched


async def test_a_photo_that_cannot_be_read_is_refused(steady: Edited) -> None:
    await steady.chat.send_photo(b"\xff\xd8\xff no picture")
    report = await steady.ended()
    assert report.text.startswith("Nothing was changed. photo-")
    assert "is damaged" in report.text
