"""Where a question may stand: in a caption, a reply, a forwarded message, or in any chat."""

import pytest

from bot.texts import text
from knowledge.knowledge_base import KnowledgeBase
from tests.botapi import BotApiServer, Chat, Group, Person

QUESTION = "How many citizens signed the appeal?"
ANSWER = "over 500 Kazakhstani citizens"
OTHER_QUESTION = "When was the collective complaint presented?"
OTHER_ANSWER = "In November 2018, the ODF presented a collective complaint"
NOT_THERE = "What is the capital of France?"


@pytest.fixture
def alice(telegram: BotApiServer) -> Person:
    return telegram.person("Alice", language_code="en")


@pytest.fixture
def bob(telegram: BotApiServer) -> Person:
    return telegram.person("Bob", language_code="ru")


@pytest.fixture
def group(telegram: BotApiServer, alice: Person, bob: Person) -> Group:
    """A group all of whose messages the bot sees."""
    return telegram.group("Friends", [alice, bob], privacy=False)


@pytest.mark.parametrize("kind", ["photo", "document", "voice", "video"])
async def test_a_caption_is_a_question(chat: Chat, kind: str) -> None:
    if kind == "photo":
        await chat.send_photo(caption=QUESTION)
    elif kind == "document":
        await chat.send_document("page.pdf", b"%PDF", caption=QUESTION)
    else:
        await chat.send_media(kind, caption=QUESTION)
    assert ANSWER in (await chat.reply()).text


async def test_a_file_without_a_caption_gets_a_helpful_line(chat: Chat) -> None:
    await chat.send_document("page.pdf", b"%PDF")
    assert (await chat.reply()).text == text("text_only", "en")


async def test_a_caption_in_a_group_is_a_question_if_it_calls_the_bot(
    telegram: BotApiServer, group: Group, bob: Person
) -> None:
    await group.send_photo(caption=QUESTION, by=bob)
    await group.quiet()
    for called in (f"@{telegram.username}", "/ask", f"/ask@{telegram.username}"):
        await group.send_photo(caption=f"{called} {QUESTION}", by=bob)
        assert ANSWER in (await group.reply()).text
    await group.send_photo(caption=f"/ask@some_other_bot {QUESTION}", by=bob)
    await group.quiet()


async def test_an_edited_caption_edits_the_answer(chat: Chat) -> None:
    photo = await chat.send_photo(caption=QUESTION)
    answer = await chat.reply()
    await photo.edit(OTHER_QUESTION)
    assert OTHER_ANSWER in (await answer.edited()).text


@pytest.mark.parametrize("captions", [(QUESTION, "", ""), ("", QUESTION, "")])
async def test_an_album_gets_one_reply(chat: Chat, captions: tuple[str, ...]) -> None:
    await chat.send_album(*captions)
    answer = await chat.reply()
    if not captions[0]:
        await answer.edited()
    assert ANSWER in answer.text
    await chat.quiet()


async def test_an_album_without_words_is_told_once(chat: Chat) -> None:
    await chat.send_album("", "", "")
    assert (await chat.reply()).text == text("text_only", "en")
    await chat.quiet()


async def test_whoever_calls_the_bot_in_reply_to_a_message_asks_that(
    telegram: BotApiServer, group: Group, alice: Person, bob: Person
) -> None:
    asked = await group.say(QUESTION, by=alice)
    for call in ("/ask", f"@{telegram.username}"):
        called = await group.say(call, by=bob, reply_to=asked)
        answer = await group.reply()
        assert ANSWER in answer.text
        assert answer.reply_to is not None
        assert answer.reply_to.id == called.id
    photo = await group.send_photo(caption=OTHER_QUESTION, by=alice)
    await group.say("/ask", by=bob, reply_to=photo)
    assert OTHER_ANSWER in (await group.reply()).text
    # What stands beside the name goes before.
    await group.say(f"/ask {OTHER_QUESTION}", by=bob, reply_to=asked)
    assert OTHER_ANSWER in (await group.reply()).text


async def test_the_part_quoted_is_the_question(group: Group, alice: Person, bob: Person) -> None:
    letter = await group.say(f"Hi all. {QUESTION} See you at eight!", by=alice)
    await group.say("/ask", by=bob, reply_to=letter, quote=QUESTION)
    assert ANSWER in (await group.reply()).text


async def test_a_call_that_asks_nothing_is_told_how_to_ask(
    telegram: BotApiServer, group: Group, bob: Person
) -> None:
    sticker = await group.send_sticker(by=bob)
    await group.say(f"@{telegram.username}", by=bob, reply_to=sticker)
    assert "/ask" in (await group.reply()).text


async def test_nobody_can_hand_over_what_another_wrote(group: Group, alice: Person) -> None:
    asked = await group.say(NOT_THERE, by=alice)
    await group.say("/ask", by=alice, reply_to=asked)
    labels = [button.text for row in (await group.reply()).buttons for button in row]
    assert text("button_tell", "en") not in labels


async def test_what_is_forwarded_is_a_question_in_private_only(
    telegram: BotApiServer, chat: Chat, group: Group, alice: Person, bob: Person
) -> None:
    asked = await group.say(f"@{telegram.username} {QUESTION}", by=alice)
    assert ANSWER in (await group.reply()).text
    await group.forward(asked, by=bob)
    await group.quiet()
    await chat.forward(asked)
    assert ANSWER in (await chat.reply()).text


async def test_other_bots_and_what_the_bot_offered_are_no_questions(
    telegram: BotApiServer, chat: Chat, group: Group, alice: Person
) -> None:
    robot = telegram.person("Robot", is_bot=True)
    await group.say(f"@{telegram.username} {QUESTION}", by=robot)
    (offered,) = (await alice.inline(QUESTION)).results
    await group.choose(offered, by=alice)
    await chat.choose(offered)
    await group.quiet()
    await chat.quiet()


@pytest.mark.parametrize(
    ("code", "language", "status"),
    [("ru", "ru", "member"), ("kk", "kk", "administrator"), ("de", "en", "member")],
)
async def test_a_group_is_greeted_once_in_the_language_of_who_adds_the_bot(
    telegram: BotApiServer, alice: Person, code: str, language: str, status: str
) -> None:
    dana = telegram.person("Dana", language_code=code)
    group = telegram.group("New", [alice, dana])
    group.bot_status = "left"
    group.add_bot(by=dana, status=status)
    greeting = await group.reply()
    usage = text("group_usage", language)
    assert greeting.text == f"{text('joined', language)}\n\n{usage}"
    await group.say("/start", by=dana)
    assert (await group.reply()).text == usage  # not only to write a question, as in private
    group.add_bot(by=dana, status="administrator" if status == "member" else "member")
    group.remove_bot(by=dana)
    await group.quiet()


async def test_a_channel_is_not_greeted(telegram: BotApiServer, alice: Person) -> None:
    channel = telegram.group("News", [alice], kind="channel")
    channel.bot_status = "left"
    channel.set_bot_status("administrator", by=alice)
    await channel.quiet()


async def test_a_question_typed_in_any_chat_offers_quotes(
    telegram: BotApiServer, alice: Person, base: KnowledgeBase
) -> None:
    offered = await alice.inline(QUESTION)
    (card,) = offered.results
    assert "500 Kazakhstani citizens" in " ".join(card.text.split())
    assert card.description == "The European… · 14 March 2019 · ¶ 2"
    assert card.text.splitlines()[-1] == text("inline_more", "en")
    (link,) = [e for e in card.entities if e.get("url", "").startswith("https://t.me/")]
    assert link["url"] == f"https://t.me/{telegram.username}"
    assert any(quoted in base.documents[0].text for quoted in [card.text.splitlines()[1]])
    demanded = await alice.inline("what does the resolution demand")
    assert [one.title for one in demanded.results] == list(
        dict.fromkeys(one.title for one in demanded.results)
    )
    assert len(demanded.results) == len(base.statements.demands)
    assert (offered.cache_time, offered.is_personal, offered.button) == (60, True, None)


@pytest.mark.parametrize(
    ("query", "words"),
    [("", "inline_hint"), ("wh", "inline_hint"), (NOT_THERE, "inline_nothing")],
)
async def test_a_query_without_a_quote_leads_to_the_private_chat(
    alice: Person, query: str, words: str
) -> None:
    offered = await alice.inline(query)
    assert offered.results == []
    assert offered.button == {"text": text(words, "en"), "start_parameter": "inline"}
    await alice.chat.say("/start inline")
    assert (await alice.chat.reply()).text == text("start", "en")


async def test_of_what_one_person_types_only_the_last_is_looked_up(alice: Person) -> None:
    typed = [alice.type(QUESTION[:length]) for length in range(30, len(QUESTION) + 1)]
    assert len((await typed[-1].answered()).results) == 1
    assert [query.answer for query in typed[:-1]] == [None] * (len(typed) - 1)


async def test_a_card_is_in_the_language_of_who_asks(bob: Person) -> None:
    (card, *_) = (await bob.inline("Бокаев")).results
    assert text("inline_more", "ru") in card.text
    (card, *_) = (await bob.inline(QUESTION)).results
    assert text("inline_more", "en") in card.text
