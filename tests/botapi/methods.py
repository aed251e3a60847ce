"""The table of methods: what each may carry, and what does it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.botapi import answering, delivery, lookup, sending
from tests.botapi.calls import Call
from tests.botapi.world import World

SENDING = (
    "chat_id!: Integer|String, message_thread_id: Integer, parse_mode: String, "
    "disable_notification: Boolean, protect_content: Boolean, allow_paid_broadcast: Boolean, "
    "message_effect_id: String, reply_parameters: ReplyParameters, reply_markup: ReplyMarkup"
)
EDITING = (
    "chat_id: Integer|String, message_id: Integer, inline_message_id: String, "
    "reply_markup: InlineKeyboardMarkup"
)


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the Bot API; `run` returns its result, which may be awaitable, or refuses."""

    parameters: str
    run: Callable[[World, Call], Any]


METHODS = {
    "answerCallbackQuery": Method(
        "callback_query_id!: String, text: String, show_alert: Boolean, url: String, "
        "cache_time: Integer",
        answering.answer_callback_query,
    ),
    "answerInlineQuery": Method(
        "inline_query_id!: String, results!: Array of InlineQueryResult, cache_time: Integer, "
        "is_personal: Boolean, next_offset: String, button: InlineQueryResultsButton",
        answering.answer_inline_query,
    ),
    "close": Method("", lambda _world, _call: True),
    "deleteMessage": Method(
        "chat_id!: Integer|String, message_id!: Integer", sending.delete_message
    ),
    "deleteMessages": Method(
        "chat_id!: Integer|String, message_ids!: Array of Integer", sending.delete_messages
    ),
    "deleteMyCommands": Method(
        "scope: BotCommandScope, language_code: String", lookup.delete_my_commands
    ),
    "deleteWebhook": Method("drop_pending_updates: Boolean", delivery.delete_webhook),
    "editMessageReplyMarkup": Method(EDITING, sending.edit_message_reply_markup),
    "editMessageText": Method(
        f"{EDITING}, text!: String, parse_mode: String, entities: Array of MessageEntity, "
        "link_preview_options: LinkPreviewOptions",
        sending.edit_message_text,
    ),
    "getChat": Method("chat_id!: Integer|String", lookup.get_chat),
    "getChatAdministrators": Method(
        "chat_id!: Integer|String, return_bots: Boolean", lookup.get_chat_administrators
    ),
    "getChatMember": Method("chat_id!: Integer|String, user_id!: Integer", lookup.get_chat_member),
    "getChatMemberCount": Method("chat_id!: Integer|String", lookup.get_chat_member_count),
    "getFile": Method("file_id!: String", lookup.get_file),
    "getMe": Method("", lookup.get_me),
    "getMyCommands": Method(
        "scope: BotCommandScope, language_code: String", lookup.get_my_commands
    ),
    "getMyDescription": Method("language_code: String", lookup.get_text),
    "getMyName": Method("language_code: String", lookup.get_text),
    "getMyShortDescription": Method("language_code: String", lookup.get_text),
    "getUpdates": Method(
        "offset: Integer, limit: Integer, timeout: Integer, allowed_updates: Array of String",
        delivery.get_updates,
    ),
    "getWebhookInfo": Method("", delivery.get_webhook_info),
    "leaveChat": Method("chat_id!: Integer|String", lookup.leave_chat),
    "logOut": Method("", lambda _world, _call: True),
    "sendChatAction": Method(
        "chat_id!: Integer|String, message_thread_id: Integer, action!: String",
        sending.send_chat_action,
    ),
    "sendDocument": Method(
        f"{SENDING}, document!: InputFile|String, thumbnail: InputFile|String, "
        "caption: String, caption_entities: Array of MessageEntity, "
        "disable_content_type_detection: Boolean",
        sending.send_document,
    ),
    "sendMessage": Method(
        f"{SENDING}, text!: String, entities: Array of MessageEntity, "
        "link_preview_options: LinkPreviewOptions",
        sending.send_message,
    ),
    "setMessageReaction": Method(
        "chat_id!: Integer|String, message_id!: Integer, reaction: Array of ReactionType, "
        "is_big: Boolean",
        sending.set_message_reaction,
    ),
    "setMyCommands": Method(
        "commands!: Array of BotCommand, scope: BotCommandScope, language_code: String",
        lookup.set_my_commands,
    ),
    "setMyDescription": Method("description: String, language_code: String", lookup.set_text),
    "setMyName": Method("name: String, language_code: String", lookup.set_text),
    "setMyShortDescription": Method(
        "short_description: String, language_code: String", lookup.set_text
    ),
    "setWebhook": Method(
        "url!: String, certificate: InputFile, ip_address: String, max_connections: Integer, "
        "allowed_updates: Array of String, drop_pending_updates: Boolean, secret_token: String",
        delivery.set_webhook,
    ),
}
