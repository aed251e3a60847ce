"""The Bot API server held to its own rules, through python-telegram-bot and by raw requests."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any, Self

import aiohttp
import pytest
from aiohttp import web
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    MessageOriginUser,
    ReactionTypeEmoji,
    ReplyParameters,
    Update,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)
from telegram.request import HTTPXRequest

from tests.botapi import BotApiServer, Chat, Person
from tests.botapi.media import KINDS

OTHER_POLL = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)

Api = Callable[..., Awaitable[tuple[int, dict[str, Any]]]]
Context = ContextTypes.DEFAULT_TYPE


@pytest.fixture
async def telegram() -> AsyncIterator[BotApiServer]:
    async with BotApiServer() as server:
        yield server


@pytest.fixture
async def api(telegram: BotApiServer) -> AsyncIterator[Api]:
    """Call a method with a JSON body; returns the HTTP status and the envelope."""
    async with aiohttp.ClientSession() as session:

        async def call(method: str, **parameters: object) -> tuple[int, dict[str, Any]]:
            url = f"{telegram.url}/bot{telegram.token}/{method}"
            async with session.post(url, json=parameters) as response:
                return response.status, await response.json()

        yield call


def loopback() -> HTTPXRequest:
    """Return a connection without TLS: preparing that takes longer than most of these tests."""
    return HTTPXRequest(httpx_kwargs={"verify": False})


@pytest.fixture
async def bot(telegram: BotApiServer) -> AsyncIterator[Bot]:
    async with Bot(
        telegram.token,
        f"{telegram.url}/bot",
        base_file_url=f"{telegram.url}/file/bot",
        request=loopback(),
        get_updates_request=loopback(),
    ) as bot:
        yield bot


@pytest.fixture
def alice(telegram: BotApiServer) -> Person:
    return telegram.person("Alice", language_code="ru")


@pytest.fixture
async def chat(alice: Person) -> Chat:
    """A private chat that Alice has started."""
    await alice.chat.say("/start")
    return alice.chat


@pytest.fixture
async def echo(telegram: BotApiServer) -> AsyncIterator[Application]:  # type: ignore[type-arg]
    """A bot as python-telegram-bot runs it: echoes, turns pages, returns files, answers inline."""

    async def say(update: Update, context: Context) -> None:
        assert update.message is not None
        await update.message.reply_chat_action("typing")
        await update.message.reply_html(
            f"<b>{update.message.text}</b>",
            reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="m1")]]),
        )

    async def turn(update: Update, context: Context) -> None:
        assert update.callback_query is not None
        await update.callback_query.answer("here it is")
        await update.callback_query.edit_message_text("more of it")

    async def file(update: Update, context: Context) -> None:
        assert update.message is not None
        assert update.message.document is not None
        content = await (await update.message.document.get_file()).download_as_bytearray()
        await update.message.reply_document(bytes(content) + b"!", filename="back.txt")

    async def offer(update: Update, context: Context) -> None:
        assert update.inline_query is not None
        content = InputTextMessageContent("<b>found</b>", parse_mode="HTML")
        await update.inline_query.answer([InlineQueryResultArticle("1", "Found", content)])

    application = (
        ApplicationBuilder()
        .token(telegram.token)
        .base_url(f"{telegram.url}/bot")
        .base_file_url(f"{telegram.url}/file/bot")
        .request(loopback())
        .get_updates_request(loopback())
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, say))
    application.add_handler(MessageHandler(filters.Document.ALL, file))
    application.add_handler(CallbackQueryHandler(turn))
    application.add_handler(InlineQueryHandler(offer))
    async with application:
        assert application.updater is not None
        await application.updater.start_polling()
        await application.start()
        await telegram.ready()
        yield application
        await application.updater.stop()
        await application.stop()


# A bot of python-telegram-bot, as a test of Rapporteur would meet it.


async def test_a_whole_conversation(telegram: BotApiServer, echo: object, alice: Person) -> None:
    chat = telegram.private_chat(alice)
    await chat.say("who 🙂?")
    answer = await chat.reply()
    assert (answer.text, answer.bold, answer.html_source) == (
        "who 🙂?",
        ["who 🙂?"],
        "<b>who 🙂?</b>",
    )
    assert answer.entities == [{"type": "bold", "offset": 0, "length": 7}]
    assert chat.actions == ["typing"]
    press = await answer.press("More")
    assert (await press.answered()).text == "here it is"
    assert (await answer.edited()).versions == ["who 🙂?", "more of it"]
    assert answer.buttons == []
    await chat.send_document("a.txt", b"content", mime_type="text/plain")
    returned = await chat.reply()
    assert returned.file == b"content!"
    assert returned.media["document"]["file_name"] == "back.txt"
    await chat.quiet()
    assert telegram.refusals == []


async def test_inline_results_come_back(echo: object, alice: Person) -> None:
    answer = await alice.inline("Bokayev")
    (result,) = answer.results
    assert (result.title, result.text) == ("Found", "found")
    assert result.entities == [{"type": "bold", "offset": 0, "length": 5}]


async def test_a_missing_reply_fails_with_the_transcript(chat: Chat) -> None:
    with pytest.raises(AssertionError) as failure:
        await chat.reply(timeout=0.01)
    assert "no message from the bot within 0.01 s" in str(failure.value)
    assert "#101 Alice: /start" in str(failure.value)


async def test_quiet_fails_if_the_bot_said_more(echo: object, alice: Person) -> None:
    await alice.chat.say("a")
    with pytest.raises(AssertionError, match="the bot said more than was expected"):
        await alice.chat.quiet(settle=0.05)


async def test_quiet_fails_if_nobody_fetches_the_updates(chat: Chat) -> None:
    with pytest.raises(AssertionError, match="updates not confirmed by the bot: 1"):
        await chat.quiet(timeout=0.05)


async def test_quiet_waits_for_a_call_in_progress(
    telegram: BotApiServer, echo: object, alice: Person
) -> None:
    fault = telegram.delay("sendMessage")
    await alice.chat.say("a")
    await fault.reached.wait()
    quiet = asyncio.create_task(alice.chat.quiet(settle=0.02))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asyncio.shield(quiet), 0.1)
    fault.release()
    assert (await alice.chat.reply()).text == "a"
    await quiet


# HTTP.


@pytest.mark.parametrize(
    ("path", "status", "description"),
    [
        ("/bot{token}/getFoo", 404, "Not Found: method not found"),
        ("/bot7200000001:wrong/getMe", 401, "Unauthorized"),
        ("/botnonsense/getMe", 401, "Unauthorized: invalid token specified"),
        ("/nothing", 404, "Not Found"),
        ("/file/bot{token}/documents/none", 404, "Not Found"),
        ("/file/bot7200000001:wrong/documents/none", 401, "Unauthorized"),
    ],
)
async def test_wrong_addresses(
    telegram: BotApiServer, path: str, status: int, description: str
) -> None:
    url = telegram.url + path.format(token=telegram.token)
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        assert response.status == status
        assert await response.json() == {
            "ok": False,
            "error_code": status,
            "description": description,
        }
    assert [call.description for call in telegram.refusals] == [description]


@pytest.mark.parametrize("form", ["query", "urlencoded", "multipart", "json", "GET"])
async def test_parameters_come_in_every_form(telegram: BotApiServer, chat: Chat, form: str) -> None:
    url = f"{telegram.url}/bot{telegram.token}/SENDmessage"
    markup = json.dumps({"inline_keyboard": [[{"text": "b", "callback_data": "d"}]]})
    fields = {"chat_id": str(chat.id), "text": "hello", "reply_markup": markup}
    async with aiohttp.ClientSession() as session:
        if form == "query":
            request = session.post(url, params=fields)
        elif form == "GET":
            request = session.get(url, params=fields)
        elif form == "urlencoded":
            request = session.post(url, data=fields)
        elif form == "json":
            request = session.post(url, json=fields | {"chat_id": chat.id})
        else:
            body = aiohttp.MultipartWriter("form-data")
            for name, value in fields.items():
                body.append(value).set_content_disposition("form-data", name=name)
            request = session.post(url, data=body)
        async with request as response:
            assert response.status == 200, await response.text()
    answer = await chat.reply()
    assert answer.text == "hello"
    assert answer.button("b").callback_data == "d"
    assert telegram.calls("sendMessage")[0].parameters["chat_id"] == chat.id


KEYBOARD = {"text": "a", "callback_data": "b"}


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"txt": "a"}, "unknown parameter txt"),
        ({}, "parameter text is required"),
        ({"text": 5}, 'Field "text" must be of type String'),
        ({"text": "a", "chat_id": 1.5}, 'Field "chat_id" must be of type Integer or String'),
        ({"text": "a", "disable_notification": 1}, "must be of type Boolean"),
        ({"text": "a", "reply_markup": "{"}, "can't parse reply_markup JSON object"),
        (
            {"text": "a", "link_preview_options": {"disabled": True}},
            "unknown parameter link_preview_options.disabled",
        ),
        (
            {"text": "a", "reply_parameters": {"message_id": "101"}},
            'Field "reply_parameters.message_id" must be of type Integer',
        ),
        (
            {"text": "a", "reply_markup": {"inline_keyboard": [[{"text": "a", "data": "b"}]]}},
            "unknown parameter reply_markup.inline_keyboard[0][0].data",
        ),
        (
            {"text": "a", "reply_markup": {"inline_keyboard": [KEYBOARD]}},
            'Field "reply_markup.inline_keyboard[0]" must be of type Array',
        ),
        ({"text": "a", "reply_markup": {"inline": []}}, 'Field "reply_markup" must be of type'),
        (
            {"text": "a", "entities": [{"type": "bald", "offset": 0, "length": 1}]},
            'Field "entities[0].type" must be of type',
        ),
    ],
)
async def test_unknown_and_ill_typed_parameters_are_refused(
    telegram: BotApiServer, api: Api, chat: Chat, parameters: dict[str, Any], reason: str
) -> None:
    status, envelope = await api("sendMessage", **({"chat_id": chat.id} | parameters))
    assert (status, envelope["error_code"]) == (400, 400)
    assert reason in envelope["description"]
    assert [call.status for call in telegram.refusals] == [400]
    assert chat.replies == []


async def test_a_body_that_is_no_json_object_is_refused(telegram: BotApiServer) -> None:
    url = f"{telegram.url}/bot{telegram.token}/getMe"
    headers = {"Content-Type": "application/json"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data="[1", headers=headers) as response,
    ):
        assert response.status == 400


# Fetching updates.


async def test_updates_stay_until_a_later_offset_confirms_them(api: Api, chat: Chat) -> None:
    await chat.say("b")
    await chat.say("c")
    _, all_three = await api("getUpdates")
    _, again = await api("getUpdates", limit=2)
    ids = [update["update_id"] for update in all_three["result"]]
    assert ids == [ids[0], ids[0] + 1, ids[0] + 2]
    assert again["result"] == all_three["result"][:2]
    _, rest = await api("getUpdates", offset=ids[1])
    assert [update["update_id"] for update in rest["result"]] == ids[1:]
    assert (await api("getUpdates", offset=ids[2] + 1))[1]["result"] == []
    assert (await api("getUpdates"))[1]["result"] == []


async def test_a_negative_offset_forgets_all_but_the_last(api: Api, chat: Chat) -> None:
    await chat.say("b")
    await chat.say("c")
    _, last = await api("getUpdates", offset=-1)
    assert [update["message"]["text"] for update in last["result"]] == ["c"]
    assert len((await api("getUpdates"))[1]["result"]) == 1


async def test_a_poll_waits_for_the_next_update(
    telegram: BotApiServer, api: Api, alice: Person
) -> None:
    poll = asyncio.ensure_future(api("getUpdates", timeout=20))
    await telegram.ready()
    await alice.chat.say("a")
    _, envelope = await asyncio.wait_for(poll, 1)
    assert envelope["result"][0]["message"]["text"] == "a"


async def test_a_poll_ends_empty_after_its_timeout(api: Api) -> None:
    started = asyncio.get_running_loop().time()
    assert (await api("getUpdates", timeout=1))[1] == {"ok": True, "result": []}
    assert asyncio.get_running_loop().time() - started >= 0.99


@pytest.mark.parametrize(
    "parameters", [{"limit": 0}, {"limit": 101}, {"timeout": 51}, {"allowed_updates": ["messages"]}]
)
async def test_a_poll_out_of_bounds_is_refused(api: Api, parameters: dict[str, Any]) -> None:
    assert (await api("getUpdates", **parameters))[0] == 400


async def test_of_two_polls_the_first_ends_with_a_conflict(
    telegram: BotApiServer, api: Api, alice: Person
) -> None:
    first = asyncio.ensure_future(api("getUpdates", timeout=20))
    await telegram.ready()
    second = asyncio.ensure_future(api("getUpdates", timeout=20))
    status, envelope = await asyncio.wait_for(first, 1)
    assert (status, envelope["description"]) == (
        409,
        f"Conflict: {OTHER_POLL}",
    )
    await alice.chat.say("a")
    assert len((await asyncio.wait_for(second, 1))[1]["result"]) == 1
    assert [call.status for call in telegram.refusals] == [409]


async def test_a_poll_whose_client_is_gone_is_over(
    telegram: BotApiServer, api: Api, alice: Person
) -> None:
    poll = asyncio.ensure_future(api("getUpdates", timeout=20))
    await telegram.ready()
    poll.cancel()
    (call,) = await telegram.called("getUpdates")
    assert call.status == 0
    await alice.chat.say("a")
    assert len((await api("getUpdates", timeout=20))[1]["result"]) == 1
    assert telegram.refusals == []


async def test_two_applications_quarrel(telegram: BotApiServer, echo: object, bot: Bot) -> None:
    await bot.get_updates(timeout=1)
    await telegram.called("getUpdates", count=2)
    assert 409 in [call.status for call in telegram.calls("getUpdates")]


async def test_allowed_updates_count_when_the_update_is_made(
    api: Api, alice: Person, chat: Chat
) -> None:
    await api("getUpdates", offset=-1, allowed_updates=["callback_query"])
    unseen = await chat.say("not wanted")
    assert not unseen.is_delivered
    await api("getUpdates", allowed_updates=["message"])
    await chat.say("wanted")
    alice.block()
    _, envelope = await api("getUpdates")
    assert [update.get("message", {}).get("text") for update in envelope["result"]] == [
        "/start",
        "wanted",
    ]


async def test_raw_updates_are_delivered_as_they_are(telegram: BotApiServer, api: Api) -> None:
    first = telegram.update({"message": "nonsense"})
    telegram.update({"update_id": first + 1_000_000, "poll": {}})
    assert telegram.update({"poll": {}}) == first + 1_000_001
    _, envelope = await api("getUpdates", offset=first + 1_000_000)
    assert [update["update_id"] for update in envelope["result"]] == [
        first + 1_000_000,
        first + 1_000_001,
    ]
    telegram.update({"update_id": first, "message": "once more"})
    _, envelope = await api("getUpdates", offset=first + 1_000_002)
    assert envelope["result"] == [{"update_id": first, "message": "once more"}]
    assert (await api("getUpdates", offset=first + 1_000_002))[1]["result"] == []


# Messages of people.


async def test_a_message_looks_as_telegram_makes_it(api: Api, alice: Person, chat: Chat) -> None:
    question = await chat.say("/ask 🙂 @somebody", reply_to=chat.messages[0], age=7200)
    _, envelope = await api("getUpdates")
    first, second = (update["message"] for update in envelope["result"])
    assert second == {
        "message_id": 102,
        "from": {
            "id": alice.id,
            "is_bot": False,
            "first_name": "Alice",
            "language_code": "ru",
        },
        "chat": {"id": alice.id, "type": "private", "first_name": "Alice"},
        "date": question.date,
        "text": "/ask 🙂 @somebody",
        "entities": [
            {"type": "bot_command", "offset": 0, "length": 4},
            {"type": "mention", "offset": 8, "length": 9},
        ],
        "reply_to_message": first,
    }
    assert first["date"] - second["date"] in {7199, 7200, 7201}


async def test_only_one_message_replied_to_is_shown(api: Api, chat: Chat) -> None:
    second = await chat.say("b", reply_to=chat.messages[0])
    await chat.say("c", reply_to=second)
    _, envelope = await api("getUpdates", offset=-1)
    shown = envelope["result"][0]["message"]["reply_to_message"]
    assert shown["text"] == "b"
    assert "reply_to_message" not in shown


async def test_messages_without_text(bot: Bot, chat: Chat) -> None:
    await chat.send_photo(caption="look")
    await chat.send_media("voice")
    await chat.send_sticker()
    _, photo, voice, sticker = [update.message for update in await bot.get_updates()]
    assert photo is not None
    assert (photo.caption, photo.photo[-1].width) == ("look", 800)
    assert voice is not None
    assert voice.voice is not None
    assert sticker is not None
    assert sticker.sticker is not None


async def test_a_quote_what_is_forwarded_and_an_album(bot: Bot, chat: Chat) -> None:
    said = await chat.say("😀 one, two")
    await chat.say("/ask", reply_to=said, quote="two")
    await chat.forward(said)
    await chat.send_album("look", "")
    _, _, reply, forwarded, first, second = [u.message for u in await bot.get_updates()]
    assert reply is not None
    assert reply.quote is not None
    assert (reply.quote.text, reply.quote.position) == ("two", 8)
    assert forwarded is not None
    assert isinstance(forwarded.forward_origin, MessageOriginUser)
    assert (forwarded.text, forwarded.forward_origin.sender_user.id) == (said.text, chat.id)
    assert first is not None
    assert second is not None
    assert (first.caption, second.caption) == ("look", None)
    assert first.media_group_id == second.media_group_id is not None


async def test_everything_a_message_may_carry_can_be_read(bot: Bot, chat: Chat) -> None:
    for kind in KINDS:
        await chat.send_media(kind)
    updates = await bot.get_updates()
    carried = [update.message for update in updates[-len(KINDS) :]]
    assert [bool(m and getattr(m, kind)) for kind, m in zip(KINDS, carried, strict=True)] == [
        True
    ] * len(KINDS)


async def test_an_edited_question_comes_as_such(bot: Bot, chat: Chat) -> None:
    question = await chat.say("a")
    await question.edit("/b")
    edited = (await bot.get_updates())[-1].edited_message
    assert edited is not None
    assert (edited.text, edited.message_id) == ("/b", question.id)
    assert edited.edit_date is not None
    assert edited.entities[0].type == "bot_command"


# Sending.


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n\u2028 "}, "text must be non-empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "я" * 4097}, "message is too long"),
        ({"text": "a" * 32769}, "text is too long"),
        (
            {"text": "a<br>", "parse_mode": "HTML"},
            'can\'t parse entities: Unsupported start tag "br" at byte offset 1',
        ),
        (
            {"text": "*a*", "parse_mode": "MarkdownV2"},
            "unsupported parse_mode: this server reads HTML, not MarkdownV2",
        ),
        (
            {"text": "a", "entities": [{"type": "bold", "offset": 0, "length": 2}]},
            "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 2",
        ),
        ({"text": "a", "chat_id": 12345}, "chat not found"),
        ({"text": "a", "chat_id": "@nobody"}, "chat not found"),
        ({"text": "a", "message_thread_id": 7}, "message thread not found"),
        ({"text": "a", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
        (
            {"text": "a", "reply_parameters": {"message_id": 101, "quote": "stop"}},
            "QUOTE_TEXT_INVALID",
        ),
    ],
)
async def test_a_message_is_refused(
    api: Api, chat: Chat, parameters: dict[str, Any], description: str
) -> None:
    status, envelope = await api("sendMessage", **({"chat_id": chat.id} | parameters))
    assert (status, envelope["description"]) == (400, f"Bad Request: {description}")
    assert chat.replies == []


@pytest.mark.parametrize(
    ("button", "description"),
    [
        ({}, "can't parse inline keyboard button: Text buttons are unallowed"),
        ({"callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"callback_data": "я" * 33}, "BUTTON_DATA_INVALID"),
        ({"url": "ftp://example.org"}, "inline keyboard button URL 'ftp://example.org' is invalid"),
        ({"url": "example"}, "inline keyboard button URL 'example' is invalid"),
        ({"url": "https://example.org", "callback_data": "a"}, "exactly one action is allowed"),
        ({"copy_text": {"text": "a" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"callback_data": "a", "style": "loud"}, "must be of type 'danger' or"),
        ({"callback_data": "a", "text": " "}, "BUTTON_TEXT_INVALID"),
    ],
)
async def test_a_button_is_refused(
    api: Api, chat: Chat, button: dict[str, Any], description: str
) -> None:
    markup = {"inline_keyboard": [[{"text": "a"} | button]]}
    status, envelope = await api("sendMessage", chat_id=chat.id, text="a", reply_markup=markup)
    assert status == 400
    assert description in envelope["description"]


@pytest.mark.parametrize(("count", "status"), [(100, 200), (101, 400)])
async def test_a_keyboard_has_at_most_a_hundred_buttons(
    api: Api, chat: Chat, count: int, status: int
) -> None:
    markup = {"inline_keyboard": [[KEYBOARD] for _ in range(count)]}
    answer = await api("sendMessage", chat_id=chat.id, text="a", reply_markup=markup)
    assert answer[0] == status


async def test_the_longest_allowed_things_are_sent(bot: Bot, chat: Chat) -> None:
    button = InlineKeyboardButton("a", callback_data="я" * 32)
    await bot.send_message(
        chat.id,
        f"<i>{'🙂' * 4096}</i>",
        parse_mode="HTML",
        reply_markup=InlineKeyboardMarkup([[button]]),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    answer = await chat.reply()
    assert answer.marked("italic") == ["🙂" * 4096]
    assert answer.entities[0]["length"] == 8192


async def test_people_are_mentioned_by_id_if_they_are_known(
    bot: Bot, alice: Person, chat: Chat
) -> None:
    text = f'<a href="tg://user?id={alice.id}">Alice</a> <a href="tg://user?id=5">Nobody</a>'
    sent = await bot.send_message(chat.id, text, parse_mode="HTML")
    (mention,) = sent.entities
    assert mention.user is not None
    assert mention.user.language_code == "ru"
    assert (await chat.reply()).marked("text_mention") == ["Alice"]


async def test_a_reply_knows_its_question(bot: Bot, chat: Chat) -> None:
    question = await chat.say("what was asked?")
    sent = await bot.send_message(
        chat.id, "a", reply_parameters=ReplyParameters(question.id, quote="was asked")
    )
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "what was asked?"
    assert sent.quote is not None
    assert sent.quote.text == "was asked"
    assert (await chat.reply()).reply_to is question


async def test_a_reply_to_nothing_may_be_sent_without(bot: Bot, chat: Chat) -> None:
    question = await chat.say("a")
    question.delete()
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(chat.id, "a", reply_to_message_id=question.id)
    lenient = ReplyParameters(question.id, allow_sending_without_reply=True)
    await bot.send_message(chat.id, "b", reply_parameters=lenient)
    answer = await chat.reply()
    assert (answer.text, answer.reply_to) == ("b", None)


async def test_nobody_is_written_to_who_did_not_begin(bot: Bot, alice: Person) -> None:
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(alice.id, "a")


async def test_who_blocks_the_bot_gets_nothing(bot: Bot, alice: Person, chat: Chat) -> None:
    alice.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(chat.id, "a")
    alice.unblock()
    await bot.send_message(chat.id, "b")
    _, blocked, unblocked = [update.my_chat_member for update in await bot.get_updates()]
    assert blocked is not None
    assert (blocked.old_chat_member.status, blocked.new_chat_member.status) == ("member", "kicked")
    assert unblocked is not None
    assert unblocked.new_chat_member.status == "member"


# Edits, deletions, small things.


async def test_an_edit_must_change_something(bot: Bot, chat: Chat) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("a", callback_data="b")]])
    sent = await bot.send_message(chat.id, "<b>a</b>", parse_mode="HTML", reply_markup=markup)
    answer = await chat.reply()
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content"):
        await sent.edit_text("<b>a</b> ", parse_mode="HTML", reply_markup=markup)
    await sent.edit_text("a", reply_markup=markup)
    assert (await answer.edited()).bold == []
    await sent.edit_reply_markup(None)
    assert (await answer.edited()).buttons == []
    with pytest.raises(BadRequest, match="not modified"):
        await sent.edit_reply_markup(None)
    assert answer.versions == ["a", "a", "a"]


@pytest.mark.parametrize(
    ("message_id", "description"),
    [(999, "message to edit not found"), (101, "message can't be edited")],
)
async def test_an_edit_is_refused(api: Api, chat: Chat, message_id: int, description: str) -> None:
    _, envelope = await api("editMessageText", chat_id=chat.id, message_id=message_id, text="a")
    assert envelope["description"] == f"Bad Request: {description}"


async def test_an_edit_obeys_the_rules_of_sending(bot: Bot, api: Api, chat: Chat) -> None:
    sent = await bot.send_message(chat.id, "a")
    where = {"chat_id": chat.id, "message_id": sent.message_id}
    _, envelope = await api("editMessageText", **where, text="<p>", parse_mode="HTML")
    assert 'Unsupported start tag "p"' in envelope["description"]
    _, envelope = await api("editMessageText", **where, text="a" * 4097)
    assert envelope["description"] == "Bad Request: message is too long"
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "b" * 65}]]}
    _, envelope = await api("editMessageReplyMarkup", **where, reply_markup=markup)
    assert envelope["description"] == "Bad Request: BUTTON_DATA_INVALID"


async def test_deleting(telegram: BotApiServer, bot: Bot, alice: Person, chat: Chat) -> None:
    sent = await bot.send_message(chat.id, "a")
    await sent.delete()
    await chat.replies[0].deleted()
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await sent.delete()
    group = telegram.group("Friends", [alice])
    question = await group.say("/a")
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(group.id, question.id)
    group.add_bot(status="administrator")
    await bot.delete_messages(group.id, [question.id, 999])
    assert question.is_deleted


async def test_actions_and_reactions(bot: Bot, chat: Chat) -> None:
    await bot.send_chat_action(chat.id, "typing")
    await chat.acted("typing")
    with pytest.raises(BadRequest, match="Wrong parameter action in request"):
        await bot.send_chat_action(chat.id, "thinking")
    await bot.set_message_reaction(chat.id, 101, ReactionTypeEmoji("👀"))
    assert chat.messages[0].reactions == ["👀"]


# Buttons.


async def test_a_press_carries_the_message_and_is_answered_once(
    telegram: BotApiServer, bot: Bot, alice: Person, chat: Chat
) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("More ▸", callback_data="m:1")]])
    await bot.send_message(
        chat.id, "<b>a</b>", parse_mode="HTML", reply_to_message_id=101, reply_markup=markup
    )
    press = await (await chat.reply()).press("More")
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    assert (query.data, query.from_user.id) == ("m:1", alice.id)
    message = query.message
    assert message is not None
    assert message.is_accessible
    assert message.text_html == "<b>a</b>"  # type: ignore[attr-defined]
    assert message.reply_to_message.text == "/start"  # type: ignore[attr-defined]
    assert message.reply_markup == markup  # type: ignore[attr-defined]
    with pytest.raises(BadRequest, match="Message_too_long"):
        await query.answer("a" * 201)
    await query.answer("seen", show_alert=True)
    answer = await press.answered()
    assert (answer.text, answer.show_alert) == ("seen", True)
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired"):
        await query.answer()


async def test_old_and_invented_presses(bot: Bot, chat: Chat) -> None:
    await bot.send_message(chat.id, "a")
    answer = await chat.reply()
    with pytest.raises(LookupError, match="no button 'More'"):
        await answer.press("More")
    await answer.press(data="of an older keyboard", expired=True)
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    assert query.data == "of an older keyboard"
    with pytest.raises(BadRequest, match="Query is too old"):
        await query.answer()
    answer.delete()
    await answer.press(data="gone")
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    assert query.message is not None
    assert not query.message.is_accessible


async def test_a_press_nobody_answers_fails_the_test(bot: Bot, chat: Chat) -> None:
    await bot.send_message(chat.id, "a")
    press = await (await chat.reply()).press(data="x")
    with pytest.raises(AssertionError, match="did not answer the press of 'x'"):
        await press.answered(timeout=0.01)


# Groups.


async def test_privacy_mode_hides_talk_among_people(
    telegram: BotApiServer, bot: Bot, alice: Person
) -> None:
    bob = telegram.person("Bob")
    group = telegram.group("Friends", members=[alice, bob])
    await bot.send_message(group.id, "hello")
    answer = await group.reply()
    hidden = [
        await group.say("how are you?", by=alice),
        await group.say("/ask@another_bot who?", by=bob),
        await group.say(f"@{telegram.username} who?", by=bob),
    ]
    shown = [
        await group.say("/ask who?", by=bob),
        await group.say(f"/ask@{telegram.username} who?", by=alice),
        await group.say("and then?", by=bob, reply_to=answer),
    ]
    assert [message.is_delivered for message in hidden + shown] == [False] * 3 + [True] * 3
    received = [update.message for update in await bot.get_updates()]
    assert [message.message_id for message in received if message] == [m.id for m in shown]
    group.add_bot(status="administrator")
    assert (await group.say("how are you?", by=alice)).is_delivered


async def test_topics(telegram: BotApiServer, bot: Bot, alice: Person) -> None:
    group = telegram.group("Friends", [alice], forum=True, privacy=False)
    topic = group.topic("Questions")
    question = await group.say("who?", topic=topic)
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert (message.message_thread_id, message.is_topic_message) == (topic, True)
    assert message.reply_to_message is not None
    assert message.reply_to_message.forum_topic_created is not None
    await message.reply_chat_action("typing")
    await message.reply_text("here", do_quote=True)
    answer = await group.reply()
    assert (answer.topic, answer.reply_to) == (topic, question)
    await bot.send_message(group.id, "there", reply_to_message_id=question.id)
    assert (await group.reply()).topic == topic
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(group.id, "a", message_thread_id=999)


async def test_a_migrated_group_says_where_to(
    telegram: BotApiServer, bot: Bot, alice: Person
) -> None:
    group = telegram.group("Friends", [alice], kind="group")
    upgraded = group.migrate()
    with pytest.raises(ChatMigrated) as error:
        await bot.send_message(group.id, "a")
    assert error.value.new_chat_id == upgraded.id
    await bot.send_message(upgraded.id, "a")
    assert (await upgraded.reply()).chat.json()["type"] == "supergroup"
    received = [update.message for update in await bot.get_updates()]
    assert [m.migrate_to_chat_id or m.migrate_from_chat_id for m in received if m] == [
        upgraded.id,
        group.id,
    ]


async def test_leaving_and_being_thrown_out(
    telegram: BotApiServer, bot: Bot, alice: Person
) -> None:
    group = telegram.group("Friends", [alice])
    await bot.leave_chat(group.id)
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.send_message(group.id, "a")
    group.add_bot()
    group.remove_bot()
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.send_message(group.id, "a")
    assert [
        update.my_chat_member.new_chat_member.status
        for update in await bot.get_updates()
        if update.my_chat_member
    ] == ["member", "kicked"]


async def test_who_is_who(telegram: BotApiServer, bot: Bot, alice: Person) -> None:
    bob, stranger = telegram.person("Bob"), telegram.person("Stranger")
    group = telegram.group("Friends", [alice, bob])
    people = (alice.id, bob.id, stranger.id, bot.id)
    assert [(await bot.get_chat_member(group.id, person)).status for person in people] == [
        "creator",
        "member",
        "left",
        "member",
    ]
    assert [m.user.id for m in await bot.get_chat_administrators(group.id)] == [alice.id]
    assert await bot.get_chat_member_count(group.id) == 3
    assert (await bot.get_chat(group.id)).title == "Friends"
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.get_chat(stranger.id)


# Files.


async def test_documents_go_both_ways(telegram: BotApiServer, bot: Bot, chat: Chat) -> None:
    await chat.send_document("Док.md", b"# text", mime_type="text/markdown", caption="/add this")
    message = (await bot.get_updates())[-1].message
    assert message is not None
    document = message.document
    assert document is not None
    assert (document.file_name, document.file_size) == ("Док.md", 6)
    assert message.caption_entities[0].type == "bot_command"
    file = await document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"# text"
    await bot.send_document(
        chat.id, b"back", filename="b.md", caption="<b>c</b>", parse_mode="HTML"
    )
    answer = await chat.reply()
    assert (answer.file, answer.text, answer.bold) == (b"back", "c", ["c"])
    await bot.send_document(chat.id, document.file_id)
    assert (await chat.reply()).file == b"# text"
    assert [call.sent["path"] for call in telegram.calls("download")] == ["documents/file_0.md"]


async def test_files_that_can_not_be_had(bot: Bot, api: Api, chat: Chat) -> None:
    await chat.send_document("a.txt", b"a", size=(20 << 20) + 1)
    await chat.send_document("b.txt", b"b", size=None)
    _, big, unmeasured = [update.message for update in await bot.get_updates()]
    assert big is not None
    assert big.document is not None
    with pytest.raises(BadRequest, match="File is too big"):
        await big.document.get_file()
    assert unmeasured is not None
    assert unmeasured.document is not None
    assert unmeasured.document.file_size is None
    _, envelope = await api("getFile", file_id="x")
    assert envelope["description"] == (
        "Bad Request: wrong file_id or the file is temporarily unavailable"
    )
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await bot.send_document(chat.id, b"", filename="empty.txt")
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_document(chat.id, b"a", filename="a.txt", caption="c" * 1025)


# The bot's profile.


async def test_commands_by_scope_and_language(
    telegram: BotApiServer, bot: Bot, alice: Person
) -> None:
    private = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([BotCommand("help", "Help")])
    await bot.set_my_commands([("ask", "Спросить")], scope=private, language_code="ru")
    assert telegram.commands() == {"help": "Help"}
    assert telegram.commands("all_private_chats", "ru") == {"ask": "Спросить"}
    assert telegram.commands("all_private_chats") == {}
    assert (await bot.get_my_commands(private, "ru"))[0].command == "ask"
    await bot.delete_my_commands(private, "ru")
    assert telegram.commands("all_private_chats", "ru") == {}
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.set_my_commands([("reload", "Reload")], scope=BotCommandScopeChat(alice.id))
    await alice.chat.say("/start")
    await bot.set_my_commands([("reload", "Reload")], scope=BotCommandScopeChat(alice.id))
    assert telegram.commands(alice) == {"reload": "Reload"}
    with pytest.raises(ValueError, match="scope is 'everybody'"):
        telegram.commands("everybody")


@pytest.mark.parametrize(
    ("command", "description", "language", "reason"),
    [
        ("Help", "a", "", "BOT_COMMAND_INVALID"),
        ("a" * 33, "a", "", "BOT_COMMAND_INVALID"),
        ("помощь", "a", "", "BOT_COMMAND_INVALID"),
        ("help", "", "", "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("help", "a" * 257, "", "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("help", "a", "en-GB", "LANG_CODE_INVALID"),
    ],
)
async def test_commands_are_refused(
    api: Api, command: str, description: str, language: str, reason: str
) -> None:
    commands = [{"command": command, "description": description}]
    _, envelope = await api("setMyCommands", commands=commands, language_code=language)
    assert envelope["description"] == f"Bad Request: {reason}"


async def test_there_are_at_most_a_hundred_commands(api: Api) -> None:
    commands = [{"command": f"c{number}", "description": "a"} for number in range(101)]
    assert (await api("setMyCommands", commands=commands))[0] == 400
    assert (await api("setMyCommands", commands=commands[:100]))[0] == 200


async def test_name_and_descriptions(telegram: BotApiServer, bot: Bot) -> None:
    assert (await bot.get_my_name("ru")).name == "Rapporteur"
    await bot.set_my_name("Докладчик", language_code="ru")
    await bot.set_my_description("What it does", language_code="")
    await bot.set_my_short_description("Что это", language_code="ru")
    assert (telegram.name("ru"), telegram.name()) == ("Докладчик", "Rapporteur")
    assert telegram.description("ru") == "What it does"
    assert (await bot.get_my_short_description("ru")).short_description == "Что это"
    assert telegram.short_description() == ""
    for call, limit in (
        (bot.set_my_name, 64),
        (bot.set_my_description, 512),
        (bot.set_my_short_description, 120),
    ):
        await call("a" * limit)
        with pytest.raises(BadRequest, match="is too long"):
            await call("a" * (limit + 1))


# Inline mode.


def article(identifier: str = "1", **more: Any) -> dict[str, Any]:
    content = {"message_text": "a"}
    return {
        "type": "article",
        "id": identifier,
        "title": "A",
        "input_message_content": content,
    } | more


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"results": [article(str(number)) for number in range(51)]}, "RESULTS_TOO_MUCH"),
        ({"results": [article(), article()]}, "RESULT_ID_DUPLICATE"),
        ({"results": [article("")]}, "RESULT_ID_INVALID"),
        ({"results": [article("я" * 33)]}, "RESULT_ID_INVALID"),
        ({"results": [], "next_offset": "a" * 65}, "NEXT_OFFSET_INVALID"),
        ({"results": [article(type="photo")]}, 'Field "results[0].type" must be of type'),
        ({"results": [article(text="a")]}, "unknown parameter results[0].text"),
        (
            {"results": [article(input_message_content={"message_text": "a" * 4097})]},
            "message is too long",
        ),
        ({"results": [], "button": {"text": "a"}}, "BUTTON_INVALID"),
        (
            {"results": [], "button": {"text": "a", "start_parameter": "a b"}},
            "START_PARAM_INVALID",
        ),
    ],
)
async def test_an_inline_answer_is_refused(
    api: Api, alice: Person, parameters: dict[str, Any], reason: str
) -> None:
    asking = asyncio.create_task(alice.inline("a", timeout=0.2))
    _, envelope = await api("getUpdates", timeout=5)
    query = envelope["result"][0]["inline_query"]
    status, envelope = await api("answerInlineQuery", inline_query_id=query["id"], **parameters)
    assert status == 400
    assert reason in envelope["description"]
    asking.cancel()


async def test_an_inline_query_is_answered_once(api: Api, alice: Person) -> None:
    asking = asyncio.create_task(alice.inline("a", offset="50"))
    _, envelope = await api("getUpdates", timeout=5)
    query = envelope["result"][0]["inline_query"]
    assert (query["query"], query["offset"]) == ("a", "50")
    answer = {"inline_query_id": query["id"], "results": [article()], "cache_time": 5}
    assert (await api("answerInlineQuery", **answer))[0] == 200
    assert (await asking).cache_time == 5
    assert "query is too old" in (await api("answerInlineQuery", **answer))[1]["description"]


# Troubles.


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_a_refusal_is_asked_for(
    telegram: BotApiServer, bot: Bot, chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # as bot.requests sets it for the whole process
    telegram.fail(
        "sendMessage", 429, "Too Many Requests: retry after 2", parameters={"retry_after": 2}
    )
    with pytest.raises(RetryAfter) as error:
        await bot.send_message(chat.id, "a")
    assert error.value.retry_after == timedelta(seconds=2)
    assert chat.replies == []
    await bot.send_message(chat.id, "b")
    assert (await chat.reply()).text == "b"
    assert [call.status for call in telegram.calls("sendMessage")] == [429, 200]
    assert telegram.refusals == []


async def test_a_429_has_the_header_too(telegram: BotApiServer) -> None:
    telegram.fail("getMe", 429, "Too Many Requests", parameters={"retry_after": 600})
    url = f"{telegram.url}/bot{telegram.token}/getMe"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        assert response.headers["Retry-After"] == "600"
        assert (await response.json())["parameters"] == {"retry_after": 600}


async def test_which_calls_a_fault_befalls(
    telegram: BotApiServer, api: Api, alice: Person, chat: Chat
) -> None:
    group = telegram.group("Friends", [alice])
    telegram.fail("sendMessage", 500, "Internal Server Error: restart", chat=chat, skip=1, times=2)
    outcomes = [(await api("sendMessage", chat_id=chat.id, text="a"))[0] for _ in range(5)]
    assert outcomes == [200, 500, 500, 200, 200]
    assert (await api("sendMessage", chat_id=group.id, text="a"))[0] == 200
    for_ever = telegram.fail("*", 502, "Bad Gateway", times=None)
    assert [(await api("getMe"))[0] for _ in range(3)] == [502] * 3
    for_ever.stop()
    assert (await api("getMe"))[0] == 200
    with pytest.raises(ValueError, match="no method 'sendMesage'"):
        telegram.fail("sendMesage", 500, "x")


async def test_a_broken_connection(telegram: BotApiServer, api: Api, bot: Bot, chat: Chat) -> None:
    telegram.hang_up("getMe")
    with pytest.raises((aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)):
        await api("getMe")
    telegram.hang_up("sendMessage")
    with pytest.raises(NetworkError):
        await bot.send_message(chat.id, "lost")
    telegram.hang_up("sendMessage", after_effect=True)
    with pytest.raises(NetworkError):
        await bot.send_message(chat.id, "sent all the same")
    assert [message.text for message in chat.replies] == ["sent all the same"]
    assert [call.status for call in telegram.calls("sendMessage")] == [0, 0]


async def test_a_late_answer(telegram: BotApiServer, bot: Bot, chat: Chat) -> None:
    telegram.delay("sendMessage", after_effect=True)
    with pytest.raises(TimedOut):
        await bot.send_message(chat.id, "a", read_timeout=0.05)
    assert (await chat.reply()).text == "a"
    telegram.delay("sendMessage", 0.05)
    await bot.send_message(chat.id, "b")
    fault = telegram.delay("sendMessage")
    with pytest.raises(TimedOut):
        await bot.send_message(chat.id, "c", read_timeout=0.05)
    assert [message.text for message in chat.replies] == ["a", "b"]
    await bot.get_me()  # by now the server has noticed that the client of "c" is gone
    fault.release()
    assert (await chat.reply()).text == "b"
    assert (await chat.reply()).text == "c"


@pytest.mark.parametrize(
    ("status", "body", "content_type"),
    [(502, "<html>nginx</html>", "text/html"), (200, '{"ok":true,"resu', "application/json")],
    ids=["proxy", "truncated"],
)
async def test_an_answer_that_is_not_telegrams(
    telegram: BotApiServer, status: int, body: str, content_type: str
) -> None:
    telegram.garble("getMe", status, body, content_type=content_type)
    url = f"{telegram.url}/bot{telegram.token}/getMe"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        assert (response.status, response.content_type) == (status, content_type)
        assert await response.text() == body


async def test_a_download_that_goes_wrong(telegram: BotApiServer, bot: Bot, chat: Chat) -> None:
    await chat.send_document("a.txt", b"whole")
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.document is not None
    file = await message.document.get_file()
    telegram.garble("download", 200, b"who", content_type="application/octet-stream")
    assert bytes(await file.download_as_bytearray()) == b"who"
    telegram.fail("download", 404, "Not Found")
    with pytest.raises(InvalidToken):
        await file.download_as_bytearray()


async def test_a_server_that_is_away_for_a_while(
    telegram: BotApiServer, bot: Bot, chat: Chat
) -> None:
    port = telegram.port
    await telegram.stop()
    with pytest.raises(NetworkError):
        await bot.get_me()
    await telegram.start()
    assert telegram.port == port
    await bot.send_message(chat.id, "a")
    assert (await chat.reply()).text == "a"


async def test_polling_survives_faults(telegram: BotApiServer, echo: object, alice: Person) -> None:
    telegram.garble("getUpdates", 502, "<html>nginx</html>")
    await alice.chat.say("a")
    assert (await alice.chat.reply()).text == "a"
    await telegram.confirmed()
    assert telegram.refusals == []


# Webhooks.


class Receiver:
    """A webhook that keeps what it is sent and answers with the statuses it is given first."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.received: asyncio.Queue[tuple[dict[str, Any], dict[str, str]]] = asyncio.Queue()

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/hook", self._receive)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/hook"
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._runner.cleanup()

    async def _receive(self, request: web.Request) -> web.Response:
        self.received.put_nowait((await request.json(), dict(request.headers)))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)


async def test_updates_are_posted_to_a_webhook(
    telegram: BotApiServer, bot: Bot, alice: Person
) -> None:
    async with Receiver(500, 503) as receiver:
        await bot.set_webhook(receiver.url, secret_token="s3cret-_", allowed_updates=["message"])
        await telegram.ready()
        await alice.chat.say("a")
        await alice.chat.say("b")
        posted = [await asyncio.wait_for(receiver.received.get(), 5) for _ in range(4)]
        assert [update["message"]["text"] for update, _ in posted] == ["a", "a", "a", "b"]
        headers = posted[0][1]
        assert headers["Content-Type"] == "application/json"
        assert headers["X-Telegram-Bot-Api-Secret-Token"] == "s3cret-_"
        await telegram.confirmed()
        info = await bot.get_webhook_info()
        assert (info.url, info.pending_update_count) == (receiver.url, 0)
        assert info.last_error_message is not None
        assert info.last_error_message.startswith("Wrong response from the webhook: 503")
        with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
            await bot.get_updates()
        await bot.delete_webhook()
        await alice.chat.say("c")
        assert len(await bot.get_updates()) == 1
        assert receiver.received.empty()


async def test_a_webhook_ends_the_poll_and_may_drop_what_waits(
    telegram: BotApiServer, api: Api, chat: Chat
) -> None:
    async with Receiver() as receiver:
        await api("getUpdates", offset=-1)
        assert await api("setWebhook", url="", drop_pending_updates=True) == (
            200,
            {"ok": True, "result": True},
        )
        poll = asyncio.ensure_future(api("getUpdates", timeout=20))
        await telegram.ready()
        await api("setWebhook", url=receiver.url)
        status, envelope = await asyncio.wait_for(poll, 1)
        assert (status, envelope["description"]) == (
            409,
            "Conflict: terminated by setWebhook request",
        )


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"url": "http://example.org/"}, "An HTTPS URL must be provided for webhook"),
        ({"url": "https://example.org:1234/"}, "only on ports 80, 88, 443 or 8443"),
        ({"url": "https://example.org/", "secret_token": "a b"}, "unallowed characters"),
        ({"url": "https://example.org/", "max_connections": 101}, "must be in 1-100"),
    ],
)
async def test_a_webhook_is_refused(api: Api, parameters: dict[str, Any], reason: str) -> None:
    status, envelope = await api("setWebhook", **parameters)
    assert status == 400
    assert reason in envelope["description"]
