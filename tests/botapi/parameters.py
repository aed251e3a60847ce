"""What a call may carry: types and shapes, in the notation of the Bot API's own pages.

The real server ignores what it does not know. Here an unknown key, a missing one or one of the
wrong type is refused wherever it stands, with its full path, so that a typo cannot hide.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.botapi.files import Upload
from tests.botapi.refusals import ApiError, bad_request

ENTITY_TYPES = (
    "'mention'|'hashtag'|'cashtag'|'bot_command'|'url'|'email'|'phone_number'|'bold'|'italic'|"
    "'underline'|'strikethrough'|'spoiler'|'blockquote'|'expandable_blockquote'|'code'|'pre'|"
    "'text_link'|'text_mention'|'custom_emoji'|'date_time'"
)

SHAPES = {
    "BotCommand": "command!: String, description!: String",
    "BotCommandScopeAllChatAdministrators": "type!: 'all_chat_administrators'",
    "BotCommandScopeAllGroupChats": "type!: 'all_group_chats'",
    "BotCommandScopeAllPrivateChats": "type!: 'all_private_chats'",
    "BotCommandScopeChat": "type!: 'chat', chat_id!: Integer|String",
    "BotCommandScopeChatAdministrators": "type!: 'chat_administrators', chat_id!: Integer|String",
    "BotCommandScopeChatMember": (
        "type!: 'chat_member', chat_id!: Integer|String, user_id!: Integer"
    ),
    "BotCommandScopeDefault": "type!: 'default'",
    "CopyTextButton": "text!: String",
    "ForceReply": ("force_reply!: Boolean, input_field_placeholder: String, selective: Boolean"),
    "InlineKeyboardButton": (
        "text!: String, icon_custom_emoji_id: String, style: 'danger'|'success'|'primary', "
        "url: String, callback_data: String, web_app: WebAppInfo, switch_inline_query: String, "
        "switch_inline_query_current_chat: String, "
        "switch_inline_query_chosen_chat: SwitchInlineQueryChosenChat, copy_text: CopyTextButton"
    ),
    "InlineKeyboardMarkup": "inline_keyboard!: Array of Array of InlineKeyboardButton",
    "InlineQueryResultArticle": (
        "type!: 'article', id!: String, title!: String, "
        "input_message_content!: InputTextMessageContent, reply_markup: InlineKeyboardMarkup, "
        "url: String, description: String, thumbnail_url: String, thumbnail_width: Integer, "
        "thumbnail_height: Integer"
    ),
    "InlineQueryResultsButton": "text!: String, web_app: WebAppInfo, start_parameter: String",
    "InputTextMessageContent": (
        "message_text!: String, parse_mode: String, entities: Array of MessageEntity, "
        "link_preview_options: LinkPreviewOptions"
    ),
    "KeyboardButton": "text!: String",
    "LinkPreviewOptions": (
        "is_disabled: Boolean, url: String, prefer_small_media: Boolean, "
        "prefer_large_media: Boolean, show_above_text: Boolean"
    ),
    "MessageEntity": (
        f"type!: {ENTITY_TYPES}, offset!: Integer, length!: Integer, url: String, user: User, "
        "language: String, custom_emoji_id: String, unix_time: Integer, date_time_format: String"
    ),
    "ReactionTypeCustomEmoji": "type!: 'custom_emoji', custom_emoji_id!: String",
    "ReactionTypeEmoji": "type!: 'emoji', emoji!: String",
    "ReplyKeyboardMarkup": (
        "keyboard!: Array of Array of KeyboardButton, is_persistent: Boolean, "
        "resize_keyboard: Boolean, one_time_keyboard: Boolean, input_field_placeholder: String, "
        "selective: Boolean"
    ),
    "ReplyKeyboardRemove": "remove_keyboard!: Boolean, selective: Boolean",
    "ReplyParameters": (
        "message_id!: Integer, chat_id: Integer|String, allow_sending_without_reply: Boolean, "
        "quote: String, quote_parse_mode: String, quote_entities: Array of MessageEntity, "
        "quote_position: Integer"
    ),
    "SwitchInlineQueryChosenChat": (
        "query: String, allow_user_chats: Boolean, allow_bot_chats: Boolean, "
        "allow_group_chats: Boolean, allow_channel_chats: Boolean"
    ),
    "User": (
        "id!: Integer, is_bot!: Boolean, first_name!: String, last_name: String, "
        "username: String, language_code: String, is_premium: Boolean"
    ),
    "WebAppInfo": "url!: String",
}

ALTERNATIVES = {
    "BotCommandScope": (
        "BotCommandScopeDefault|BotCommandScopeAllPrivateChats|BotCommandScopeAllGroupChats|"
        "BotCommandScopeAllChatAdministrators|BotCommandScopeChat|"
        "BotCommandScopeChatAdministrators|BotCommandScopeChatMember"
    ),
    "InlineQueryResult": "InlineQueryResultArticle",
    "ReactionType": "ReactionTypeEmoji|ReactionTypeCustomEmoji",
    "ReplyMarkup": "InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply",
}

PYTHON_TYPES: dict[str, type] = {
    "Integer": int,
    "String": str,
    "Boolean": bool,
    "InputFile": Upload,
}


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter of a method, or one key of an object."""

    name: str
    kind: str
    required: bool


@cache
def fields(notation: str) -> dict[str, Field]:
    """Return the fields that a notation such as "chat_id!: Integer|String, text: String" means."""
    found = {}
    for item in filter(None, notation.split(", ")):
        name, kind = item.split(": ")
        bare = name.removesuffix("!")
        found[bare] = Field(bare, kind, required=bare != name)
    return found


def read_parameters(sent: dict[str, Any], notation: str) -> dict[str, Any]:
    """Return the parameters of a call, checked and decoded; raises ApiError.

    Parameters come as strings, as uploads or, in a JSON body, as themselves. Objects may be
    JSON-encoded strings. A file may stand in a part of its own, named by "attach://part".
    """
    expected = fields(notation)
    values = dict(sent)
    for field in expected.values():
        value = values.get(field.name)
        if "InputFile" in field.kind and isinstance(value, str) and value.startswith("attach://"):
            values[field.name] = values.pop(value.removeprefix("attach://"), value)
    refuse_unknown_and_missing(values, expected, path="")
    return {
        name: read(from_wire(value, expected[name].kind, name), expected[name].kind, name)
        for name, value in values.items()
    }


def from_wire(value: Any, kind: str, name: str) -> Any:
    """Return `value` with the meaning its string form has for a parameter of this kind."""
    if not isinstance(value, str) or kind == "String":
        return value
    if kind.startswith("Integer"):
        return int(value) if re.fullmatch(r"-?[0-9]+", value) else value
    if kind == "Boolean":
        return {"true": True, "false": False}.get(value, value)
    if "String" in kind.split("|"):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad_request(f"can't parse {name} JSON object") from None


def read(value: Any, kind: str, path: str) -> Any:
    """Return `value` if it is of this kind all the way down; raises ApiError naming the place."""
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            raise wrong_type(path, "Array")
        inner = kind.removeprefix("Array of ")
        return [read(item, inner, f"{path}[{number}]") for number, item in enumerate(value)]
    kind = ALTERNATIVES.get(kind, kind)
    for alternative in kind.split("|"):
        if is_of(value, alternative):
            return read_object(value, alternative, path) if alternative in SHAPES else value
    if kind in SHAPES and isinstance(value, dict):
        return read_object(value, kind, path)  # for the exact complaint
    raise wrong_type(path, kind.replace("|", " or "))


def is_of(value: Any, kind: str) -> bool:
    """Whether `value` is meant as this kind: for an object, whether it has what is required."""
    if kind.startswith("'"):
        return bool(value == kind.strip("'"))
    if kind in PYTHON_TYPES:
        return type(value) is PYTHON_TYPES[kind]
    return isinstance(value, dict) and all(
        field.name in value
        and (not field.kind.startswith("'") or f"'{value[field.name]}'" in field.kind.split("|"))
        for field in fields(SHAPES[kind]).values()
        if field.required
    )


def read_object(value: dict[str, Any], shape: str, path: str) -> dict[str, Any]:
    """Return the object if all its keys are known and of the right kinds; raises ApiError."""
    expected = fields(SHAPES[shape])
    refuse_unknown_and_missing(value, expected, path=f"{path}.")
    return {name: read(item, expected[name].kind, f"{path}.{name}") for name, item in value.items()}


def refuse_unknown_and_missing(
    values: dict[str, Any], expected: dict[str, Field], *, path: str
) -> None:
    """Raise ApiError if `values` has other keys than expected, or lacks a required one."""
    for name in values:
        if name not in expected:
            raise bad_request(f"unknown parameter {path}{name}")
    for field in expected.values():
        if field.required and field.name not in values:
            raise bad_request(f"parameter {path}{field.name} is required")


def wrong_type(path: str, kind: str) -> ApiError:
    """Return the 400 for a value of another type than `kind`."""
    return bad_request(f'Field "{path}" must be of type {kind}')
