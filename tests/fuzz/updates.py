"""Updates in the Bot API's types, with anything in them changed, left out or added."""

import copy
import json
import time
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]

_WORDS = [
    *("Who is Maks Bokayev?", "Бокаев", "Боқаев туралы", "What is demanded?", "source?", "hello"),
    *("/start", "/help", "/ask", "/ask source?", "/people", "/person", "/person Max", "/demands"),
    *(
        "/language",
        "/forget",
        "/id",
        "/about",
        "/privacy",
        "/nothing",
        "/start x_-1",
        "/help@other",
    ),
    *("/documents", "/reload", "/history", "/rollback", "/gaps", "/status", "date: 31.02.2024"),
    *(
        "title: T\ndate: 2024",
        "",
        " ",
        "\n",
        "@rapporteur_test_bot",
        "?" * 4096,
        "\u202e\u200b\u0301",
    ),
]
_ODD: st.SearchStrategy[Any] = st.sampled_from(
    [
        *(None, True, False, 0, -1, 1 << 31, -(1 << 31) - 1, 1 << 63, -(1 << 63), 10**400),
        *(0.5, 1e308, float("inf"), float("nan"), "", "0", "\x00", "\ud83d", "9" * 5000),
        *([], [[]], [None], {}, {"": {}}, {"id": "1"}, [{}] * 300),
    ]
) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=5,
)
_NUMBERS = st.integers(1, 300)
# What is no command may be a question, which takes long.
_TEXTS = st.integers(0, 9).flatmap(
    lambda number: st.text(max_size=60) if number == 9 else st.sampled_from(_WORDS)
)
_FILE = {"file_id": "AAA", "file_unique_id": "A", "file_size": 9}
_ENTITY_KINDS = [
    *("mention", "bot_command", "url", "text_link", "text_mention", "pre", "custom_emoji", "new"),
    *("blockquote", "expandable_blockquote", "bold"),
]
_ENTITIES = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(_ENTITY_KINDS),
            "offset": st.integers(-2, 60),
            "length": st.integers(-2, 60),
        },
        optional={"url": _TEXTS, "language": _TEXTS, "user": st.just({"id": 1})},
    ),
    max_size=4,
)
_POLL = {
    "id": "1",
    "question": "?",
    "options": [{"text": "a", "voter_count": 0, "persistent_id": "1"}],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
}
_DOCUMENTS = st.fixed_dictionaries(
    {"file_id": st.just("AAA"), "file_unique_id": st.just("A")},
    optional={"file_name": _TEXTS, "mime_type": _TEXTS, "file_size": st.integers(-1, 1 << 40)},
)
_MEDIA: Json = {
    "photo": st.lists(st.just(_FILE | {"width": 9, "height": 9}), max_size=2),
    "document": _DOCUMENTS,
    "voice": st.just(_FILE | {"duration": 1}),
    "sticker": st.just(
        _FILE
        | {"type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}
    ),
    "contact": st.just({"phone_number": "+7", "first_name": "A"}),
    "location": st.just({"latitude": 43.2, "longitude": 76.9}),
    "poll": st.just(_POLL),
    "dice": st.just({"emoji": "🎲", "value": 3}),
    "story": st.just({"chat": {"id": -1, "type": "channel"}, "id": 1}),
}
_OTHER_KINDS = [
    *("channel_post", "edited_channel_post", "business_message", "message_reaction"),
    *("shipping_query", "poll", "poll_answer", "chat_member", "chat_join_request", "unheard_of"),
]


def bodies(people: Sequence[Json], chats: Sequence[Json], data: Sequence[str]) -> Any:
    """Return a strategy of what may be posted to the bot: JSON of an update, or not even that.

    `people` and `chats` are those that the bot may answer, and `data` what its buttons carry.
    """
    updates = _changed(_updates(people, chats, data))
    others = {10: st.binary(max_size=60), 11: _cut(updates)}
    return st.integers(0, 11).flatmap(lambda number: others.get(number, updates.map(_dumped)))


def _dumped(update: Json) -> bytes:
    return json.dumps(update).encode()


def _cut(updates: Any) -> Any:
    return st.builds(lambda update, at: _dumped(update)[:at], updates, st.integers(0, 400))


def _updates(people: Sequence[Json], chats: Sequence[Json], data: Sequence[str]) -> Any:
    messages = _messages(people, chats)
    user, chat = st.sampled_from(people), st.sampled_from(chats)
    pressed = st.sampled_from(data) | st.builds(_respelled, st.sampled_from(data), st.data())
    query = st.fixed_dictionaries(
        {"id": _NUMBERS.map(str), "from": user, "chat_instance": st.just("1")},
        optional={
            "message": messages,
            "inline_message_id": _TEXTS,
            "data": pressed | _TEXTS,
            "game_short_name": _TEXTS,
        },
    )
    inline = st.fixed_dictionaries(
        {
            "id": _NUMBERS.map(str),
            "from": user,
            "query": _TEXTS,
            "offset": st.sampled_from(["", "9"]),
        },
        optional={"chat_type": _TEXTS, "location": _MEDIA["location"]},
    )
    member = st.fixed_dictionaries(
        {"chat": chat, "from": user, "date": st.just(0)}
        | {
            key: st.fixed_dictionaries(
                {
                    "user": user,
                    "status": st.sampled_from(["member", "left", "kicked", "administrator", "new"]),
                    "until_date": st.just(0),
                }
            )
            for key in ("old_chat_member", "new_chat_member")
        }
    )
    kinds = {"message": messages, "edited_message": messages, "callback_query": query}
    kinds |= {"inline_query": inline, "my_chat_member": member}
    kinds |= dict.fromkeys(_OTHER_KINDS, messages)
    often = ["message"] * 6 + ["callback_query"] * 5 + ["edited_message", "inline_query"]
    return st.sampled_from([*often, *kinds]).flatmap(
        lambda kind: kinds[kind].map(lambda body: {kind: body})
    )


def _messages(people: Sequence[Json], chats: Sequence[Json]) -> Any:
    user, chat = st.sampled_from(people), st.sampled_from(chats)
    now = st.just(int(time.time()) + 1000)  # so that none of a long run is old
    required = {"message_id": _NUMBERS, "date": now, "chat": chat, "from": user, "text": _TEXTS}
    origin = {"type": st.sampled_from(["user", "hidden_user", "chat", "new"]), "date": st.just(0)}
    optional: Json = _MEDIA | {
        "caption": _TEXTS,
        "entities": _ENTITIES,
        "caption_entities": _ENTITIES,
        "sender_chat": chat,
        "via_bot": user,
        "media_group_id": st.just("1"),
        "edit_date": now,
        "forward_origin": st.fixed_dictionaries(
            origin, optional={"sender_user": user, "sender_user_name": _TEXTS, "sender_chat": chat}
        ),
        "quote": st.fixed_dictionaries({"text": _TEXTS, "position": st.integers(-1, 99)}),
        "external_reply": st.just({"origin": {"type": "hidden_user", "date": 0}}),
        "message_thread_id": _NUMBERS,
        "is_topic_message": st.booleans(),
        "new_chat_members": st.lists(user, max_size=2),
        "left_chat_member": user,
        "new_chat_title": _TEXTS,
        "migrate_to_chat_id": st.just(-100),
        "reply_markup": st.just(
            {"inline_keyboard": [[{"text": "a", "callback_data": "language:en"}]]}
        ),
    }
    plain = _with_some(required, optional)
    return _with_some(required, optional | {"reply_to_message": plain})


@st.composite
def _with_some(draw: st.DrawFn, required: Json, optional: Json) -> Json:
    """Draw what is `required`, and a few of what is `optional`."""
    few = draw(st.lists(st.sampled_from(sorted(optional)), max_size=3, unique=True))
    chosen = required | {key: optional[key] for key in few}
    return {key: draw(values) for key, values in chosen.items()}


def _respelled(data: str, drawn: st.DataObject) -> str:
    """Return `data` of a button with one of its characters another."""
    place = drawn.draw(st.integers(0, max(0, len(data) - 1)))
    return data[:place] + drawn.draw(st.sampled_from("09af.,:-x")) + data[place + 1 :]


@st.composite
def _changed(draw: st.DrawFn, updates: Any) -> Json:
    """Draw an update with up to three of its values changed, and its number as it should be, or
    not.
    """
    update: Json = copy.deepcopy(draw(updates))
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 1, 2, 3]))):
        places = _places(update)
        if not places:
            break
        holder, key = places[draw(st.integers(0, len(places) - 1))]
        match draw(st.sampled_from(["other", "gone", "more", "moved"])):
            case "other":
                holder[key] = copy.deepcopy(draw(_ODD))
            case "gone":
                del holder[key]
            case "more" if isinstance(holder, dict):
                holder[draw(st.text(max_size=9))] = copy.deepcopy(draw(_ODD))
            case _:
                source, name = places[draw(st.integers(0, len(places) - 1))]
                holder[key] = copy.deepcopy(source[name])
    if draw(st.integers(0, 30)) == 0:
        update["update_id"] = copy.deepcopy(draw(_ODD))
    return update


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Return each place in `value`, all the way down: what holds it, and its key there."""
    found: list[tuple[Any, Any]] = []
    if isinstance(value, dict | list):
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        for key in keys:
            found += [(value, key), *_places(value[key])]
    return found
