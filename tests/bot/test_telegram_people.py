"""Asking about people and demands on Telegram, over real HTTP."""

import pytest

from bot.texts import text
from knowledge.knowledge_base import KnowledgeBase
from tests.botapi import BotApiServer, Chat, Message

EVERYBODY = 13


def labels(message: Message) -> list[str]:
    return [button.text for row in message.buttons for button in row]


async def test_a_person_in_another_script_gets_what_is_said_of_them(chat: Chat) -> None:
    await chat.say("Кто такой Искандер Еримбетов?")
    answer = await chat.reply()
    counted, quoted, sources = answer.bold[::2], answer.marked("blockquote"), 1
    while "Ещё" in labels(answer):
        await answer.press("Ещё")
        answer = await chat.reply()
        counted, quoted = counted + answer.bold[::2], quoted + answer.marked("blockquote")
        sources += answer.text.count("14 марта 2019 г.")
    assert [bold.split(" ·")[0] for bold in counted] == ["1 из 3", "2 из 3", "3 из 3"]
    assert all("Yerimbetov" in text for text in quoted)
    assert sources <= len(quoted)


async def test_a_shared_surname_is_asked_back_with_a_button_for_each(chat: Chat) -> None:
    await chat.say("Who is Abishev?")
    asked_back = await chat.reply()
    assert asked_back.text == text("which_one", "en")
    assert labels(asked_back) == ["Kenzhebek Abishev", "Aset Abishev"]
    await asked_back.press("Aset Abishev")
    answer = await chat.reply()
    assert "bloggers Ablovas Dzhumayev and Aset Abishev" in answer.marked("blockquote")[0]


async def test_a_press_on_a_name_answers_the_question_that_was_asked(chat: Chat) -> None:
    await chat.say("Is Abishev in prison?")
    await (await chat.reply()).press("Kenzhebek Abishev")
    assert text("as_of", "en", date="14 March 2019") in (await chat.reply()).text


async def test_a_slip_of_the_pen_is_asked_back(chat: Chat) -> None:
    await chat.say("Who is Maks Bokaeyv?")
    asked_back = await chat.reply()
    assert (asked_back.text, labels(asked_back)) == (text("did_you_mean", "en"), ["Maks Bokayev"])


@pytest.mark.parametrize("name", ["Serik Bokayev", "Alexei Navalny", "<b>Navalny</b> & Co"])
async def test_a_stranger_is_declined_without_a_quote(chat: Chat, name: str) -> None:
    await chat.say(f"Who is {name}?")
    answer = await chat.reply()
    assert answer.text == text("stranger", "en")
    assert answer.entities == []


async def test_what_happened_since_is_out_of_reach(chat: Chat) -> None:
    await chat.say("Is Bokayev in prison?")
    assert text("as_of", "en", date="14 March 2019") in (await chat.reply()).text


async def test_people_are_listed_page_by_page_and_each_has_a_card(
    chat: Chat, base: KnowledgeBase
) -> None:
    await chat.say("/people")
    page = await chat.reply()
    names = labels(page)
    assert names[-1] == "More"
    await page.press("More")
    names = names[:-1] + labels(await chat.reply())
    assert names == [person.name for person in base.people.people]
    assert len(names) == EVERYBODY

    await page.press("Aigul Akberdiyeva")
    card = await chat.reply()
    assert card.bold[0] == "Aigul Akberdiyeva"
    assert "a mother of four" in card.marked("blockquote")[-1]


async def test_a_deep_link_opens_the_card_it_stands_on(chat: Chat, telegram: BotApiServer) -> None:
    await chat.say("/people")
    await (await chat.reply()).press("Maks Bokayev")
    card = await chat.reply()
    link = next(line for line in card.text.splitlines() if "t.me" in line)
    name, payload = link.rsplit("/", 1)[-1].split("?start=")
    assert name == telegram.username
    await chat.say(f"/start {payload}")
    assert (await chat.reply()).text == card.text


async def test_person_answers_about_the_name_behind_it(chat: Chat) -> None:
    await chat.say("/person Djakishev")
    assert "Mukhtar Dzhakishev" in (await chat.reply()).text
    await chat.say("/person")
    assert (await chat.reply()).text == text("person_usage", "en", example="Julie Ward")


@pytest.mark.parametrize("asked", ["/demands", "What does the resolution demand?"])
async def test_all_demands_are_listed_counted_and_paged(
    chat: Chat, base: KnowledgeBase, asked: str
) -> None:
    await chat.say(asked)
    page = await chat.reply()
    quoted = page.marked("blockquote")
    while "More" in labels(page):
        await page.press("More")
        page = await chat.reply()
        quoted += page.marked("blockquote")
    assert quoted == [s.passage.sentence_text(s.sentence) for s in base.statements.demands]
    assert page.bold[-2].startswith("7 of 7")


async def test_a_conversation_goes_on_until_it_is_forgotten(chat: Chat) -> None:
    await chat.say("Who is Iskander Yerimbetov?")
    await chat.reply()
    await chat.say("What did the UN say about him?")
    followed = await chat.reply()
    assert followed.text.startswith("About Iskander Yerimbetov:")
    assert "his arrest and detention were arbitrary" in followed.text
    await chat.say("/forget")
    assert (await chat.reply()).text == text("forgotten", "en")
    await chat.say("What did the UN say about him?")
    assert "About Iskander Yerimbetov:" not in (await chat.reply()).text


async def test_people_in_one_group_have_conversations_of_their_own(
    telegram: BotApiServer,
) -> None:
    alice, bob = telegram.person("Alice"), telegram.person("Bob")
    group = telegram.group("Friends", [alice, bob])
    await group.say("/ask Who is Iskander Yerimbetov?", by=alice)
    await group.reply()
    await group.say("/ask What did the UN say about him?", by=bob)
    assert "About Iskander Yerimbetov:" not in (await group.reply()).text


async def test_a_name_typed_in_any_chat_offers_what_is_said(
    telegram: BotApiServer, base: KnowledgeBase
) -> None:
    asker = telegram.person("Alice", language_code="en")
    offered = await asker.inline("Bokaev")
    (result,) = offered.results
    assert result.title == "Maks Bokayev · Demanded by: MEPs"
    sentence = base.passages[4].sentences[1]
    assert base.passages[4].sentence_text(sentence) in result.text
    assert f"t.me/{telegram.username}?start=p_" in result.text
    # Of each of the two what is said, and the demand that concerns them.
    assert len((await asker.inline("Abishev")).results) == 4
    assert (await asker.inline("Navalny")).results == []
    assert (await asker.inline("")).results == []


async def test_an_answer_is_passed_on_as_one_card_that_leads_back_to_it(
    telegram: BotApiServer, chat: Chat
) -> None:
    await chat.say("What does the EP call for regarding victims of torture?")
    answer = await chat.reply()
    (quoted,) = answer.marked("blockquote")
    query = answer.button("Share").raw["switch_inline_query"]
    friend = telegram.person("Bob", language_code="ru")
    (card,) = (await friend.inline(query)).results
    assert card.title == "Требование: the EP"
    assert quoted in card.text
    assert "14 марта 2019 г." in card.text
    (link,) = [entity["url"] for entity in card.entities if entity["type"] == "text_link"]
    name, payload = link.rsplit("/", 1)[-1].split("?start=")
    assert name == telegram.username
    other = telegram.private_chat(friend)
    await other.say(f"/start {payload}")
    assert (await other.reply()).marked("blockquote") == [quoted]


async def test_a_card_of_documents_that_have_changed_is_none_and_says_so(
    telegram: BotApiServer,
) -> None:
    friend = telegram.person("Bob", language_code="en")
    for stale in ("share:00000000:1.0", "share:00000000:99999.0"):
        answer = await friend.inline(stale)
        assert answer.results == []
        assert answer.button is not None
        assert answer.button["text"] == text("outdated", "en")
    chat = telegram.private_chat(friend)
    await chat.say("/start q_00000000_1_0")
    assert (await chat.reply()).text == text("start", "en")
