"""Documents on Telegram: overview, choice and pages; and what is offered under a "no"."""

import pytest

from bot.callback_data import (
    read,
)
from bot.desk import Desk
from bot.document_buttons import documents_keyboard
from bot.handlers.questions import shown
from bot.messages import pack
from bot.texts import text
from knowledge.knowledge_base import KnowledgeBase
from knowledge.library.snapshots import Snapshot
from knowledge.quotes.answers import Answer
from tests.botapi import Chat, Message

QUESTION = "How many citizens signed the appeal?"
TITLE = "The European Parliament's resolution of 14 March 2019 on human rights in Kazakhstan"


def labels(message: Message) -> list[str]:
    return [button.text for row in message.buttons for button in row]


@pytest.mark.parametrize("asked", ["/about", "What is this about?", "tell me about the resolution"])
async def test_the_only_document_is_shown_at_a_glance(
    chat: Chat, base: KnowledgeBase, asked: str
) -> None:
    await chat.say(asked)
    card = await chat.reply()
    assert TITLE in card.bold
    assert "Open Dialogue Foundation, 14 March 2019" in card.text
    (opening,) = card.marked("expandable_blockquote")
    assert opening in base.documents[0].text
    named, demanded, *questions, reading = labels(card)
    assert named == f"Who is named: {len(base.people.people)}"
    assert demanded == f"What is demanded: {len(base.statements.demands)}"
    assert len(questions) == 3
    assert reading == "Read from the beginning"


async def test_what_a_document_holds_is_a_press_away(chat: Chat, base: KnowledgeBase) -> None:
    await chat.say("/about")
    card = await chat.reply()
    named, demanded, question, *_, reading = labels(card)
    await card.press(named)
    people = await chat.reply()
    assert labels(people)[0] == base.people.people[0].name
    await people.press("More")
    assert labels(await chat.reply())[-1] == base.people.people[-1].name
    await card.press(demanded)
    assert (await chat.reply()).bold[0].startswith("1 of ")
    await card.press(question)
    answer = await chat.reply()
    assert answer.text.startswith(question)
    assert answer.marked("blockquote")
    await card.press(reading)
    pages = await chat.reply()
    assert pages.marked("blockquote") == [one.text for one in base.passages[:3]]
    await pages.press("Read on")
    assert (await chat.reply()).marked("blockquote")[0] == base.passages[3].text


async def test_after_an_answer_its_source_date_and_link_are_told_and_more(
    chat: Chat,
) -> None:
    await chat.say(QUESTION)
    answer = await chat.reply()
    await chat.say("source?")
    told = (await chat.reply()).text
    assert TITLE in told
    assert text("field_language", "en", value="English") in told
    await chat.say("when was this published?")
    assert text("document_date", "en", date="14 March 2019") in (await chat.reply()).text
    await chat.say("link?")
    assert text("document_no_link", "en") in (await chat.reply()).text
    await chat.say("tell me more")
    more = await chat.reply()
    assert more.text.startswith(text("more", "en"))
    assert more.marked("blockquote")[0] not in answer.text
    await chat.say("/forget")
    await chat.reply()
    await chat.say("tell me more")
    assert (await chat.reply()).text == text("more_of_what", "en")


async def test_a_no_leads_to_the_person_who_was_named(chat: Chat) -> None:
    await chat.say("How old is Maks Bokayev?")
    answer = await chat.reply()
    assert answer.text.startswith(text("nothing_found", "en"))
    await answer.press(text("button_of_person", "en", name="Maks Bokayev"))
    assert "Maks Bokayev" in (await chat.reply()).bold


async def test_a_no_leads_to_questions_that_are_answered(chat: Chat, opened: Snapshot) -> None:
    await chat.say("How many MEPs voted against the resolution?")
    answer = await chat.reply()
    assert answer.text == f"{text('nothing_found', 'en')}\n{text('offered_questions', 'en')}"
    golden = {one.question for one in opened.golden if one.shows}
    first, *_ = labels(answer)
    assert first in golden
    await answer.press(first)
    assert (await chat.reply()).marked("blockquote")


async def test_whom_it_is_about_can_be_chosen_where_nobody_was_named(chat: Chat) -> None:
    await chat.say("Is he free?")
    asked = await chat.reply()
    assert asked.text == text("whom", "en")
    first, *_, people, _ = labels(asked)
    assert people == text("button_people", "en")
    await asked.press(first)
    assert (await chat.reply()).bold[0] in first


async def test_what_the_bot_is_and_what_can_be_asked(chat: Chat, opened: Snapshot) -> None:
    await chat.say("are you ChatGPT?")
    assert (await chat.reply()).text == text("bot_nature", "en")
    await chat.say("Говори по-русски")
    assert (await chat.reply()).text == text("language_chosen", "ru")
    await chat.say("/forget")
    await chat.reply()
    await chat.say("what can I ask?")
    answer = await chat.reply()
    assert answer.text == text("what_to_ask", "en")
    assert labels(answer)[0] in opened.examples


def test_several_documents_are_chosen_by_buttons_page_by_page(base: KnowledgeBase) -> None:
    many = tuple(base.documents) * 12
    keyboard = documents_keyboard(many, base, "en")
    *titles, more = [button for row in keyboard.inline_keyboard for button in row]
    assert len(titles) == 10
    assert all(len(one.text) <= 64 and len(str(one.callback_data)) <= 64 for one in titles)
    assert more.text == "More"
    press = read(str(titles[0].callback_data))
    assert press is not None
    assert (press.action, press.numbers) == ("document", ((0,),))


def test_a_choice_of_documents_asks_which(opened: Snapshot, base: KnowledgeBase) -> None:
    asked = Answer("clarify", "ru", 0.0, reason="which_document", documents=base.documents)
    blocks, keyboard = shown(asked, Desk(opened, "en"))
    assert pack(blocks) == [text("which_document", "ru")]
    assert keyboard is not None
    assert keyboard.inline_keyboard[0][0].text.startswith(TITLE[:50])
