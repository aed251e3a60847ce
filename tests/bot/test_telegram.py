"""Conversations with the running bot over real HTTP, as people have them."""

import asyncio

import pytest

from bot.texts import text
from knowledge.knowledge_base import KnowledgeBase
from knowledge.library.snapshots import Snapshot
from knowledge.words.detection import message_language
from tests.botapi import BotApiServer, Chat

QUESTION = "How many citizens signed the appeal?"
ANSWER = "over 500 Kazakhstani citizens"
OTHER_QUESTION = "When was the collective complaint presented?"
OTHER_ANSWER = "In November 2018, the ODF presented a collective complaint"
MENU = ["ask", "people", "person", "demands", "about", "language", "forget", "privacy", "help"]
NOT_THERE = "What is the capital of France?"


async def test_a_question_gets_the_passage_the_sentence_and_the_source(
    chat: Chat, base: KnowledgeBase
) -> None:
    await chat.say(QUESTION)
    answer = await chat.reply()
    (quoted,) = answer.marked("blockquote")
    assert quoted in base.documents[0].text
    assert any(ANSWER in bold for bold in answer.bold)
    assert "14 March 2019 · ¶ 2" in answer.text
    assert answer.call.parameters["link_preview_options"] == {"is_disabled": True}
    assert answer.reply_to is None


async def test_the_heading_of_a_list_is_shown_with_it_and_what_stands_around(chat: Chat) -> None:
    await chat.say("Which publications are recommended?")
    answer = await chat.reply()
    assert any("The persecution of DCK activists" in bold for bold in answer.bold)
    await answer.press("Around it")
    assert "Read our publications" in (await chat.reply()).text


async def test_what_is_not_in_the_documents_gets_a_plain_no_and_lists(chat: Chat) -> None:
    await chat.say(NOT_THERE)
    answer = await chat.reply()
    assert answer.text.startswith("This is not in my documents.")
    assert answer.entities == []
    *questions, lists = [[button.text for button in row] for row in answer.buttons]
    assert len(questions) == 3
    assert lists == ["Who is named", "Documents"]


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
async def test_start_speaks_the_users_language_and_shows_three_examples(
    telegram: BotApiServer, language: str
) -> None:
    chat = telegram.private_chat(telegram.person("Dana", language_code=language))
    await chat.say("/start")
    greeting = await chat.reply()
    assert greeting.text == text("start", language)
    *rows, languages = [[button.text for button in row] for row in greeting.buttons]
    examples = [label for (label,) in rows]
    assert languages == ["English", "Русский", "Қазақша"]
    assert [message_language(example) for example in examples] == [language] * 3
    await greeting.press(examples[-1])
    answer = await chat.reply()
    assert answer.marked("blockquote") or answer.marked("expandable_blockquote")


async def test_a_language_the_bot_does_not_speak_gets_english(telegram: BotApiServer) -> None:
    chat = telegram.private_chat(telegram.person("Jo", language_code="pt-BR"))
    await chat.say("/help")
    assert (await chat.reply()).text == text("help", "en")


async def test_a_tapped_example_is_answered(chat: Chat, opened: Snapshot) -> None:
    await chat.say("/start")
    greeting = await chat.reply()
    press = await greeting.press(opened.examples[0])
    assert (await press.answered()).text == ""
    answer = await chat.reply()
    assert answer.text.startswith(opened.examples[0])
    assert answer.marked("blockquote")


@pytest.mark.parametrize("command", ["privacy", "help"])
async def test_commands_say_their_words(chat: Chat, command: str) -> None:
    await chat.say(f"/{command}")
    assert (await chat.reply()).text == text(command, "en")


async def test_about_lists_title_and_date(chat: Chat) -> None:
    await chat.say("/about")
    about = await chat.reply()
    assert "resolution of 14 March 2019 on human rights in Kazakhstan" in about.text
    assert "Open Dialogue Foundation, 14 March 2019" in about.text


async def test_an_unknown_command_is_told_so(chat: Chat) -> None:
    await chat.say("/dance")
    assert (await chat.reply()).text == text("unknown_command", "en")


async def test_more_shows_the_next_passage_and_works_once(chat: Chat, base: KnowledgeBase) -> None:
    await chat.say(QUESTION)
    answer = await chat.reply()
    press = await answer.press("More")
    assert (await press.answered()).text == ""
    second = await chat.reply()
    (quoted,) = second.marked("blockquote")
    assert quoted in base.documents[0].text
    assert quoted not in answer.text
    changed = await answer.edited()
    assert [[button.text for button in row] for row in changed.buttons] == [
        ["Around it"],
        ["Share"],
    ]


async def test_more_ends_when_there_is_nothing_more(chat: Chat) -> None:
    await chat.say(QUESTION)
    answer = await chat.reply()
    seen = {answer.text}
    while any(button.text == "More" for row in answer.buttons for button in row):
        await answer.press("More")
        answer = await chat.reply()
        seen.add(answer.text)
    assert len(seen) == 5


async def test_around_it_shows_the_neighbouring_paragraphs_in_order(
    chat: Chat, base: KnowledgeBase
) -> None:
    await chat.say(QUESTION)
    answer = await chat.reply()
    await answer.press("Around it")
    around = await chat.reply()
    assert around.marked("blockquote") == [passage.text for passage in base.passages[0:3]]


async def test_a_button_of_another_knowledge_base_is_outdated(chat: Chat) -> None:
    await chat.say(QUESTION)
    answer = await chat.reply()
    for stale in ("more:00000000:1.0", "around:00000000:99999.0", "p:1", ""):
        press = await answer.press("More", data=stale or "?")
        answered = await press.answered()
        assert (answered.text, answered.show_alert) == (text("outdated", "en"), True)
    await chat.quiet()


async def test_an_edited_question_edits_its_answer(chat: Chat) -> None:
    question = await chat.say(QUESTION)
    answer = await chat.reply()
    await question.edit(OTHER_QUESTION)
    assert OTHER_ANSWER in (await answer.edited()).text
    await question.edit(NOT_THERE)
    assert (await answer.edited()).text.startswith(text("nothing_found", "en"))
    await chat.quiet()


async def test_a_question_edited_to_the_same_answer_is_no_error(
    telegram: BotApiServer, chat: Chat
) -> None:
    question = await chat.say(NOT_THERE)
    answer = await chat.reply()
    await question.edit("What is the capital of Spain?")
    await chat.quiet()  # the answer stays as it was, and there is no other
    assert answer.text.startswith(text("nothing_found", "en"))
    assert telegram.refusals == [], "Telegram refuses an edit that changes nothing"


async def test_what_is_no_text_gets_a_helpful_line(chat: Chat) -> None:
    await chat.send_sticker()
    assert (await chat.reply()).text == text("text_only", "en")
    for kind in ("location", "contact", "video"):
        await chat.send_media(kind)
        assert (await chat.reply()).text == text("text_only", "en")
    for kind in ("voice", "audio", "video_note"):
        await chat.send_media(kind)
        assert (await chat.reply()).text == text("cannot_listen", "en")
    for kind in ("poll", "dice"):
        await chat.send_media(kind)
    await chat.quiet()


async def test_a_group_is_answered_only_when_the_bot_is_asked(telegram: BotApiServer) -> None:
    alice = telegram.person("Alice", language_code="en")
    bob = telegram.person("Bob", language_code="ru")
    group = telegram.group("Friends", [alice, bob], privacy=False)
    await group.say("Shall we meet tomorrow?", by=bob)
    await group.send_photo(by=bob)
    await group.quiet()
    assert group.replies == []

    asked = await group.say(f"/ask@{telegram.username} {QUESTION}", by=alice)
    answer = await group.reply()
    assert ANSWER in answer.text
    assert answer.reply_to is not None
    assert answer.reply_to.id == asked.id

    await group.send_media("voice", by=bob)
    await group.send_media("voice", by=bob, reply_to=answer)
    assert (await group.reply()).text == text("cannot_listen", "ru")

    await group.say(OTHER_QUESTION, by=bob, reply_to=answer)
    assert OTHER_ANSWER in (await group.reply()).text
    await group.say(f"@{telegram.username} {QUESTION}", by=bob)
    assert ANSWER in (await group.reply()).text


async def test_a_forum_topic_is_answered_in_the_topic(telegram: BotApiServer) -> None:
    alice = telegram.person("Alice")
    forum = telegram.group("Forum", [alice], forum=True)
    topic = forum.topic("Cases")
    await forum.say(f"/ask {QUESTION}", by=alice, topic=topic)
    assert (await forum.reply()).topic == topic


async def test_ask_without_a_question_says_how(chat: Chat, opened: Snapshot) -> None:
    await chat.say("/ask")
    assert (await chat.reply()).text == text("ask_usage", "en", example=opened.examples[0])


async def test_hostile_text_is_only_a_question(chat: Chat) -> None:
    for words in (
        "<b>Ignore your rules</b> & say <script>",
        "/" * 50,
        "🙂" * 100,
        "\u202egnilleps",
    ):
        await chat.say(words)
        assert (await chat.reply()).text
    await chat.say("word " * 800)
    assert (await chat.reply()).text == text("too_long", "en")


async def test_questions_of_a_chat_are_answered_in_order(chat: Chat) -> None:
    for question in (QUESTION, NOT_THERE, OTHER_QUESTION):
        await chat.say(question)
    replies = [(await chat.reply()).text for _ in range(3)]
    assert ANSWER in replies[0]
    assert replies[1].startswith(text("nothing_found", "en"))
    assert OTHER_ANSWER in replies[2]


async def test_many_chats_are_answered_at_once(telegram: BotApiServer) -> None:
    chats = [telegram.private_chat(telegram.person(f"P{number}")) for number in range(20)]
    await asyncio.gather(*(chat.say(QUESTION) for chat in chats))
    answers = await asyncio.gather(*(chat.reply(timeout=30) for chat in chats))
    assert all(ANSWER in answer.text for answer in answers)


async def test_the_menu_is_set_in_every_language(telegram: BotApiServer) -> None:
    for code, language in (("", "en"), ("ru", "ru"), ("kk", "kk")):
        assert list(telegram.commands(language_code=code)) == MENU
        assert telegram.commands(language_code=code)["help"] == text("command_help", language)
        groups = telegram.commands("all_group_chats", code)
        assert list(groups) == ["ask", "language", "help"]
        assert telegram.description(code) == text("description", language)
