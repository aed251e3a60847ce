"""Asking about people and demands on Telegram, over real HTTP."""

from textwrap import wrap

import pytest

from bot.texts import text
from knowledge.knowledge_base import KnowledgeBase
from tests.botapi import BotApiServer, Chat, Message

EVERYBODY = 13


def labels(message: Message) -> list[str]:
    return [button.text for row in message.buttons for button in row]


async def test_a_person_in_another_script_gets_what_is_said_of_them(chat: Chat) -> None:
    await chat.say("Кто такой Искандер Еримбетов?")
    card = await chat.reply()
    assert card.bold[0] == "Искандер Еримбетов"
    assert card.text.startswith("Искандер Еримбетов · Iskander Yerimbetov")
    assert "на 14 марта 2019 г." in card.text
    pages = [card]
    while "Ещё" in labels(pages[-1]):
        await pages[-1].press("Ещё")
        pages.append(await chat.reply())
    numbers = [bold.split(" ·")[0] for page in pages for bold in page.bold if " из " in bold]
    assert numbers == ["1 из 3", "2 из 3", "3 из 3"]
    assert len({quoted for page in pages for quoted in quotations(page)}) == 3


async def test_a_shared_surname_is_asked_back_with_a_button_for_each(chat: Chat) -> None:
    await chat.say("Who is Abishev?")
    asked_back = await chat.reply()
    assert asked_back.text == text("which_one", "en")
    assert labels(asked_back) == ["Kenzhebek Abishev", "Aset Abishev"]
    await asked_back.press("Aset Abishev")
    answer = await chat.reply()
    quoted = answer.marked("expandable_blockquote")
    assert "bloggers Ablovas Dzhumayev and Aset Abishev" in quoted[0]


async def test_a_press_on_a_name_answers_the_question_that_was_asked(chat: Chat) -> None:
    await chat.say("Is Abishev in prison?")
    await (await chat.reply()).press("Kenzhebek Abishev")
    assert text("as_of", "en", date="14 March 2019") in (await chat.reply()).text


async def test_a_slip_of_the_pen_is_asked_back(chat: Chat) -> None:
    await chat.say("Who is Maks Bokaeyv?")
    asked_back = await chat.reply()
    assert (asked_back.text, labels(asked_back)) == (text("did_you_mean", "en"), ["Maks Bokayev"])


@pytest.mark.parametrize(
    "name", ["Maks B\u3164o\u180ekayev", "M\U000e0041aks Βοkayev", "🅼🅰🅺🆂 ⒝⒪⒦⒜⒴⒠⒱"]
)
async def test_a_person_in_disguise_is_shown(chat: Chat, name: str) -> None:
    await chat.say(f"Who is {name}?")
    assert (await chat.reply()).bold[0] == "Maks Bokayev"


@pytest.mark.parametrize(
    "name",
    ["Serik Bokayev", "Alexei Navalny", "<b>Navalny</b> & Co", "Serik B\u3164o\U000e0041kayev"],
)
async def test_a_stranger_is_declined_without_a_quote(chat: Chat, name: str) -> None:
    await chat.say(f"Who is {name}?")
    answer = await chat.reply()
    assert answer.text.startswith(text("stranger", "en"))
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
    assert page.text.endswith("1–10 of 13")
    assert [len(row) for row in page.buttons][:4] == [2, 2, 2, 2], "short names, two a row"
    await page.press("More")
    page = await page.edited()
    assert page.text.endswith("11–13 of 13")
    assert labels(page)[-1] == "Back"
    names = names[:-1] + labels(page)[:-1]
    assert names == [person.name for person in base.people.people]
    assert len(names) == EVERYBODY
    await page.press("Back")
    page = await page.edited()
    assert page.text.endswith("1–10 of 13")

    await page.press("Aigul Akberdiyeva")
    card = await chat.reply()
    assert card.bold[0] == "Aigul Akberdiyeva"
    assert card.marked("blockquote")[0] == "a mother of four"


async def test_a_deep_link_opens_the_card_it_stands_on(chat: Chat, telegram: BotApiServer) -> None:
    await chat.say("/people")
    await (await chat.reply()).press("Maks Bokayev")
    card = await chat.reply()
    link = next(one["url"] for one in card.entities if one["type"] == "text_link")
    name, payload = link.rsplit("/", 1)[-1].split("?start=")
    assert name == telegram.username
    await chat.say(f"/start {payload}")
    assert (await chat.reply()).text == card.text


async def test_person_answers_about_the_name_behind_it(chat: Chat) -> None:
    await chat.say("/person Djakishev")
    assert "Mukhtar Dzhakishev" in (await chat.reply()).text
    await chat.say("/person")
    assert (await chat.reply()).text == text("person_usage", "en", example="Julie Ward")


def quotations(message: Message) -> list[str]:
    """Return what `message` quotes, folded or not, in order."""
    found = message.marked("blockquote") + message.marked("expandable_blockquote")
    return sorted(found, key=message.text.index)


@pytest.mark.parametrize("asked", ["/demands", "What does the resolution demand?"])
async def test_all_demands_are_listed_counted_and_paged(
    chat: Chat, base: KnowledgeBase, asked: str
) -> None:
    await chat.say(asked)
    page = await chat.reply()
    quoted = quotations(page)
    while "More" in labels(page):
        if len(quoted) < 3:  # what is typed goes on as the button does
            await chat.say("more")
            assert quotations(await chat.reply())[0] not in quoted
        await page.press("More")
        page = await chat.reply()
        quoted += quotations(page)
    assert quoted == [s.passage.sentence_text(s.sentence) for s in base.statements.demands]
    assert any(bold.startswith("7 of 7") for bold in page.bold)


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


async def test_after_a_no_about_somebody_he_is_nobody_else(chat: Chat) -> None:
    await chat.say("Who is Iskander Yerimbetov?")
    await chat.reply()
    await chat.say("How old is Maks Bokayev?")
    assert (await chat.reply()).text.startswith(text("nothing_found", "en"))
    await chat.say("What do MEPs ask for him?")
    answer = (await chat.reply()).text
    assert text("about_person", "en", names="Maks Bokayev") in answer
    assert "full rehabilitation" in answer


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
    sentence = base.passages[4].sentence_text(base.passages[4].sentences[1])
    assert result.title.endswith(" …")
    assert sentence.startswith(result.title.removesuffix(" …"))
    assert sentence in result.text
    assert result.text.startswith("Maks Bokayev · Demanded by: MEPs")
    (link,) = [e for e in result.entities if e.get("url", "").startswith("https://t.me/")]
    assert link["url"].startswith(f"https://t.me/{telegram.username}?start=p_")
    # Of each of the two what is said, and the demand that concerns them.
    assert len((await asker.inline("Abishev")).results) == 4
    assert (await asker.inline("Navalny")).results == []
    assert (await asker.inline("")).results == []


def screen_lines(message: Message) -> int:
    """Return how many lines of 40 characters `message` takes before anything is unfolded."""
    folded = set(message.marked("expandable_blockquote"))
    text = message.text
    for quoted in folded:
        text = text.replace(quoted, "\n".join(wrap(quoted, 40)[:3]))
    return sum(len(wrap(line, 40)) or 1 for line in text.splitlines())


ABISHEV = {"en": "Kenzhebek Abishev", "ru": "Кенжебек Абишев", "kk": "Кенжебек Әбішев"}


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("kenzhebek", "en"),
        ("@Kenzhebek?", "en"),
        ("«Кенжебек Абишев»", "ru"),
        ("К. Абишев", "ru"),
        ("кто такой Kenzhebek Abishev 🙏", "ru"),
        ("Kenzhebek Abishev кім?", "kk"),
        ("/person Кенжебек", "ru"),
    ],
)
async def test_a_name_however_it_is_asked_gets_the_card_of_the_list(
    telegram: BotApiServer, question: str, language: str
) -> None:
    chat = telegram.private_chat(telegram.person("Alice", language_code=language))
    await chat.say(question)
    asked = await chat.reply()
    await chat.say("/people")
    await (await chat.reply()).press(ABISHEV[language])
    listed = await chat.reply()
    assert asked.text == listed.text
    assert labels(asked) == labels(listed)
    assert asked.text.startswith(f"{ABISHEV[language]} · ")
    assert asked.marked("blockquote") == ["poet"]
    assert screen_lines(asked) <= 12


async def test_whom_it_may_be_is_asked_in_the_letters_of_the_asker(telegram: BotApiServer) -> None:
    chat = telegram.private_chat(telegram.person("Dana", language_code="ru"))
    await chat.say("Абишев")
    assert labels(await chat.reply()) == ["Кенжебек Абишев", "Асет Абишев"]
    await chat.say("Кто такой Бокоев?")
    assert labels(await chat.reply()) == ["Макс Бокаев"]


@pytest.mark.parametrize("question", ["compare Zhumagulov and Abishev", "Abishev and Zhumagulov?"])
async def test_two_people_are_answered_both_after_the_choice_too(chat: Chat, question: str) -> None:
    await chat.say(question)
    await (await chat.reply()).press("Kenzhebek Abishev")
    answer = await chat.reply()
    # Of both the same is said, so it stands once, under both names.
    assert set(answer.bold[0].split(", ")) == {"Almat Zhumagulov", "Kenzhebek Abishev"}
    assert answer.bold[1].startswith("1 of 2")
    await answer.press("Almat Zhumagulov")
    assert (await chat.reply()).bold[0] == "Almat Zhumagulov"


async def test_of_two_people_each_has_a_part(chat: Chat) -> None:
    await chat.say("What happened to Ward and Bokayev?")
    answer = await chat.reply()
    ward, bokayev = answer.text.split("Maks Bokayev · ")
    assert ward.startswith("Julie Ward · ")
    assert "There are many worrying cases" in ward
    assert "full rehabilitation" in bokayev


async def test_of_two_people_each_has_one_quote_where_two_do_not_fit_a_phone(chat: Chat) -> None:
    await chat.say("What is the difference between Almat Zhumagulov and Ablovas Dzhumayev?")
    answer = await chat.reply()
    assert "Almat Zhumagulov" in answer.bold
    assert "Ablovas Dzhumayev" in answer.bold
    assert len(answer.marked("expandable_blockquote")) == 2
    # The rest of each is a press away.
    await answer.press("Ablovas Dzhumayev")
    assert len((await chat.reply()).marked("expandable_blockquote")) == 2


async def test_a_card_can_be_passed_on(chat: Chat) -> None:
    await chat.say("Who is Aigul Akberdiyeva?")
    assert text("button_share", "en") in labels(await chat.reply())


async def test_who_is_not_mentioned_is_said_and_the_other_answered(chat: Chat) -> None:
    await chat.say("What happened to Bokayev and Alexei Navalny?")
    answer = await chat.reply()
    first, second, *_ = answer.text.splitlines()
    assert first == text("absent", "en", names="Alexei Navalny")
    assert second.startswith("Maks Bokayev")
    await chat.say("Is he free?")
    assert (await chat.reply()).text == text("whom", "en"), "it is not known of whom"
    await chat.say("Did Bokayev meet Alexei Navalny?")
    assert (await chat.reply()).text.startswith(text("stranger", "en"))


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
