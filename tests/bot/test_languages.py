"""Which language the bot answers in: the one chosen, that of the message, or that of Telegram."""

import re

import pytest

from bot.texts import text
from knowledge.words.detection import message_language
from tests.botapi import BotApiServer, Chat

PLACES = {"en": r"paragraph|¶", "ru": r"(?<!-)абз", "kk": "-абз"}
"""Where a quote stands, in the words of a language."""


def somebody(telegram: BotApiServer, code: str) -> Chat:
    return telegram.private_chat(telegram.person("Dana", language_code=code))


@pytest.mark.parametrize(
    ("message", "code", "language"),
    [
        ("Бокаев", "ru", "ru"),
        ("Бокаев", "kk", "kk"),
        ("Bokayev", "ru", "ru"),
        ("Мұхтар Жәкішев", "ru", "ru"),
        ("Кто такой Мұхтар Жәкішев?", "ru", "ru"),
        ("Кто такой Мұхтар Жәкішев?", "kk", "ru"),
        ("что с боқаевым", "ru", "ru"),
        ("Бокаев кайда?", "kk", "kk"),
        ("Абишев ушин не талап етиледи", "kk", "kk"),
        ("What happened to Bokayev?", "kk", "en"),
    ],
)
async def test_an_answer_is_in_the_language_of_the_message_or_of_telegram(
    telegram: BotApiServer, message: str, code: str, language: str
) -> None:
    chat = somebody(telegram, code)
    await chat.say(message)
    said = (await chat.reply()).text
    is_placed = re.search(PLACES[language], said)
    assert is_placed or said in {text("which_one", language), text("did_you_mean", language)}


@pytest.mark.parametrize("message", ["Алматы?", "?", "Қостанай", "ок", "👍", "Навальный"])
@pytest.mark.parametrize("code", ["ru", "kk"])
async def test_a_message_of_no_clear_language_is_answered_in_that_of_telegram(
    telegram: BotApiServer, message: str, code: str
) -> None:
    chat = somebody(telegram, code)
    await chat.say(message)
    said = (await chat.reply()).text
    assert said.startswith(
        tuple(text(key, code) for key in ("nothing_found", "stranger", "thanks"))
    )


async def test_a_language_chosen_holds_for_all_that_is_said_until_it_is_forgotten(
    chat: Chat,
) -> None:
    await chat.say("/language")
    asked = await chat.reply()
    assert asked.text == text("choose_language", "en")
    assert [button.text for button in asked.buttons[0]] == ["English", "Русский", "Қазақша"]
    await (await asked.press("Қазақша")).answered()
    assert (await asked.edited()).text == text("language_chosen", "kk")
    await chat.say("What is the capital of France?")
    assert (await chat.reply()).text.startswith(text("nothing_found", "kk"))
    await chat.say("/help")
    assert (await chat.reply()).text == text("help", "kk")
    await chat.say("/forget")
    assert (await chat.reply()).text == text("forgotten", "en")
    await chat.say("/help")
    assert (await chat.reply()).text == text("help", "en")


async def test_the_greeting_changes_its_language_at_a_press(chat: Chat) -> None:
    await chat.say("/start")
    greeting = await chat.reply()
    await greeting.press("Русский")
    assert (await greeting.edited()).text == text("start", "ru")
    assert [message_language(row[0].text) for row in greeting.buttons[:-1]] == ["ru"] * 3
    await greeting.press("Русский")
    await chat.say("/language")
    assert (await chat.reply()).text == text("choose_language", "ru")


async def test_a_button_goes_on_in_the_language_of_its_answer(telegram: BotApiServer) -> None:
    chat = somebody(telegram, "kk")
    await chat.say("Сколько граждан подписали обращение?")
    answer = await chat.reply()
    assert text("button_around", "ru") in [b.text for row in answer.buttons for b in row]
    await answer.press(text("button_around", "ru"))
    assert text("heading_around", "ru") in (await chat.reply()).text


async def test_in_a_group_each_chooses_for_themselves(telegram: BotApiServer) -> None:
    alice = telegram.person("Alice", language_code="en")
    bob = telegram.person("Bob", language_code="en")
    group = telegram.group("Friends", [alice, bob])
    await group.say("/language", by=alice)
    asked = await group.reply()
    press = await asked.press("Русский", by=bob)
    assert (await press.answered()).text == text("language_chosen", "ru")
    for person, language in ((alice, "en"), (bob, "ru")):
        await group.say("/ask", by=person)
        assert text("ask_usage", language, example="")[:12] in (await group.reply()).text


async def test_a_language_spoken_of_can_be_undone_at_a_press(chat: Chat) -> None:
    await chat.say("Говори по-русски")
    said = await chat.reply()
    assert said.text == text("language_chosen", "ru")
    await said.press("English")
    assert (await said.edited()).text == text("language_chosen", "en")


@pytest.mark.parametrize("code", ["en", "ru", "kk"])
async def test_no_sentence_of_the_bot_ends_in_two_full_stops(
    telegram: BotApiServer, code: str
) -> None:
    chat = somebody(telegram, code)
    await chat.say(
        {"en": "Is Bokayev free?", "ru": "Бокаев на свободе?", "kk": "Бокаев бостандықта ма?"}[code]
    )
    said = (await chat.reply()).text
    assert ".." not in said.replace("…", "")


@pytest.mark.parametrize(
    "asked", ["do you have an opinion on Kazakhstan", "what is your opinion about Kazakhstan"]
)
async def test_a_question_about_a_country_changes_no_language(chat: Chat, asked: str) -> None:
    await chat.say(asked)
    await chat.reply()
    await chat.say("/help")
    assert (await chat.reply()).text == text("help", "en")


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("speak Kazakh", "kk"),
        ("по-казахски, пожалуйста", "kk"),
        ("қазақша сөйле", "kk"),
        ("орысша жауап бер", "ru"),
        ("на русском", "ru"),
        ("po russki", "ru"),
        ("ағылшынша сөйлеші", "en"),
    ],
)
async def test_a_language_is_asked_for_by_its_name(chat: Chat, asked: str, language: str) -> None:
    await chat.say(asked)
    assert (await chat.reply()).text == text("language_chosen", language)
