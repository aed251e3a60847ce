"""The bot writes: messages, edits, documents, chat actions, reactions."""

from tests.botapi.calls import Call
from tests.botapi.chats import Chat
from tests.botapi.files import Upload
from tests.botapi.html import Entity, split_url, utf16_length
from tests.botapi.messages import Message
from tests.botapi.refusals import bad_request
from tests.botapi.text import formatted
from tests.botapi.world import Json, World

MAX_TEXT = 4096  # code points, after parsing
MAX_CAPTION = 1024
MAX_BUTTONS = 100

ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}

BUTTON_ACTIONS = {
    "url",
    "callback_data",
    "web_app",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
}


def send_message(world: World, call: Call) -> Json:
    """Put the bot's text in a chat."""
    chat = open_chat(world, call)
    text, entities = read_text(world, call.parameters, "text")
    return put(world, chat, call, text, entities, {}).json()


def send_document(world: World, call: Call) -> Json:
    """Put a file of the bot's in a chat: a new one, or one Telegram has by its id."""
    chat = open_chat(world, call)
    text, entities = read_text(world, call.parameters, "caption")
    upload = call.parameters["document"]
    if not isinstance(upload, Upload):
        file = world.files.get(upload)
        described = file.json(file_name=file.path.rpartition("/")[2])
    elif not upload.content:
        raise bad_request("file must be non-empty")
    else:
        file = world.files.store(
            upload.content, folder="documents", name=upload.name, size=len(upload.content)
        )
        described = file.json(file_name=upload.name, mime_type=upload.mime_type)
    return put(world, chat, call, text, entities, {"document": described}).json()


def edit_message_text(world: World, call: Call) -> Json:
    """Replace the text and keyboard of a message of the bot."""
    message = editable(world, call)
    if message.media:
        raise bad_request("there is no text in the message to edit")
    text, entities = read_text(world, call.parameters, "text")
    change(message, text, entities, call)
    return message.json()


def edit_message_reply_markup(world: World, call: Call) -> Json:
    """Replace or remove the keyboard of a message of the bot."""
    message = editable(world, call)
    change(message, message.text, message.entities, call)
    return message.json()


def delete_message(world: World, call: Call) -> bool:
    """Delete a message: the bot's own, or anybody's in a private chat or as an administrator."""
    chat = open_chat(world, call)
    delete(chat, call.parameters["message_id"])
    return True


def delete_messages(world: World, call: Call) -> bool:
    """Delete several messages; those that are not there are passed over."""
    chat = open_chat(world, call)
    for message_id in call.parameters["message_ids"]:
        if chat.find(message_id) is not None:
            delete(chat, message_id)
    return True


def send_chat_action(world: World, call: Call) -> bool:
    """Show people what the bot is doing."""
    chat = open_chat(world, call)
    chat.refuse_missing_topic(call.parameters.get("message_thread_id"))
    if call.parameters["action"] not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.actions.append(call.parameters["action"])
    world.changes.tell()
    return True


def set_message_reaction(world: World, call: Call) -> bool:
    """React to a message with one emoji, or take the reaction back."""
    message = open_chat(world, call).find(call.parameters["message_id"])
    reactions = call.parameters.get("reaction", [])
    if message is None:
        raise bad_request("message to react not found")
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    message.reactions = [reaction.get("emoji", "custom") for reaction in reactions]
    world.changes.tell()
    return True


def known_chat(world: World, chat_id: int | str) -> Chat:
    """Return the chat or raise ApiError if there is none, or none that the bot could know."""
    if isinstance(chat_id, str):
        raise bad_request("chat not found")  # no chat here has a public @username
    if chat_id in world.people:
        return world.people[chat_id].chat
    if chat_id not in world.chats:
        raise bad_request("chat not found")
    return world.chats[chat_id]


def open_chat(world: World, call: Call) -> Chat:
    """Return the chat the call names, or raise ApiError if the bot can't write there."""
    chat = known_chat(world, call.parameters["chat_id"])
    chat.refuse_if_closed()
    return chat


def read_text(world: World, parameters: Json, name: str) -> tuple[str, list[Entity]]:
    """Return the text or caption as Telegram stores it, or raise ApiError."""
    raw = parameters.get(name, "")
    if name != "caption" and not raw:
        raise bad_request("message text is empty")
    text, entities = formatted(
        raw,
        parse_mode=parameters.get("parse_mode"),
        entities=parameters.get("caption_entities" if name == "caption" else "entities"),
        limit=MAX_CAPTION if name == "caption" else MAX_TEXT,
        kind="message caption" if name == "caption" else "message",
    )
    if name != "caption" and not text:
        raise bad_request("text must be non-empty")
    return text, with_known_people(world, entities)


def with_known_people(world: World, entities: list[Entity]) -> list[Entity]:
    """Return the entities with whole Users in mentions by id; of unknown people there are none."""
    known = []
    for entity in entities:
        person = world.people.get(entity.get("user", {}).get("id"))
        if entity["type"] != "text_mention":
            known.append(entity)
        elif person is not None:
            known.append(entity | {"user": person.json()})
    return known


def put(
    world: World, chat: Chat, call: Call, text: str, entities: list[Entity], media: Json
) -> Message:
    """Put a message of the bot in the chat, where the call says, or raise ApiError."""
    parameters = call.parameters
    topic = parameters.get("message_thread_id")
    chat.refuse_missing_topic(topic)
    replied_to, quote = replied(world, chat, parameters.get("reply_parameters"))
    markup = parameters.get("reply_markup")
    check_keyboard(markup)
    if replied_to is not None and topic is None:
        topic = replied_to.topic  # a reply goes where the message is
    message = Message(
        world,
        chat,
        chat.next_message_id(),
        world.bot,
        text,
        entities,
        media,
        reply_to=replied_to,
        topic=topic,
        markup=markup,
        html_source=parameters.get("text", parameters.get("caption", "")),
        call=call,
        extra=quote,
    )
    return chat.add(message)


def replied(world: World, chat: Chat, reply_parameters: Json | None) -> tuple[Message | None, Json]:
    """Return the message that a new one replies to, with its quote, or raise ApiError."""
    if reply_parameters is None:
        return None, {}
    if "chat_id" in reply_parameters:
        chat = known_chat(world, reply_parameters["chat_id"])
    message = chat.find(reply_parameters["message_id"])
    if message is None:
        if reply_parameters.get("allow_sending_without_reply"):
            return None, {}
        raise bad_request("message to be replied not found")
    if "quote" not in reply_parameters:
        return message, {}
    quote, entities = formatted(
        reply_parameters["quote"],
        parse_mode=reply_parameters.get("quote_parse_mode"),
        entities=reply_parameters.get("quote_entities"),
        limit=1024,
        kind="quote",
    )
    before, found, _ = message.text.partition(quote)
    if not found:
        raise bad_request("QUOTE_TEXT_INVALID")
    position = {"position": utf16_length(before), "is_manual": True}
    return message, {"quote": {"text": quote, "entities": entities} | position}


def editable(world: World, call: Call) -> Message:
    """Return the message that a call wants to edit, or raise ApiError."""
    parameters = call.parameters
    if "inline_message_id" in parameters:
        raise bad_request("MESSAGE_ID_INVALID")
    if "chat_id" not in parameters:
        raise bad_request("chat_id is empty")
    if "message_id" not in parameters:
        raise bad_request("message identifier is not specified")
    message = open_chat(world, call).find(parameters["message_id"])
    if message is None:
        raise bad_request("message to edit not found")
    if not message.is_by_bot:
        raise bad_request("message can't be edited")
    return message


def change(message: Message, text: str, entities: list[Entity], call: Call) -> None:
    """Edit a message, or raise ApiError if nothing is different."""
    markup = call.parameters.get("reply_markup")
    check_keyboard(markup)
    before = (message.text, message.entities, rows(message.markup))
    if before == (text, entities, rows(markup)):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message"
        )
    html_source = call.parameters.get("text", message.html_source)
    message.change(text, entities, markup, html_source)


def delete(chat: Chat, message_id: int) -> None:
    """Delete a message, or raise ApiError if the bot may not."""
    message = chat.find(message_id)
    if message is None:
        raise bad_request("message to delete not found")
    if not (message.is_by_bot or chat.kind == "private" or chat.bot_status == "administrator"):
        raise bad_request("message can't be deleted")
    message.delete()


def rows(markup: Json | None) -> list[list[Json]]:
    """Return the rows of an inline keyboard that have buttons."""
    return [row for row in (markup or {}).get("inline_keyboard", []) if row]


def check_keyboard(markup: Json | None) -> None:
    """Raise ApiError for an inline keyboard that Telegram does not take."""
    buttons = [button for row in rows(markup) for button in row]
    if len(buttons) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    for button in buttons:
        check_button(button)


def check_button(button: Json) -> None:
    """Raise ApiError for a button that does nothing, too much, or something impossible."""
    actions = BUTTON_ACTIONS & button.keys()
    if not button["text"].strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    if not actions:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise bad_request(
            f"can't parse inline keyboard button: exactly one action is allowed, not "
            f"{' and '.join(sorted(actions))}"
        )
    if not 1 <= len(button.get("callback_data", "x").encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not is_url(button["url"], {"http", "https", "tg"}):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: wrong URL")
    if "web_app" in button and not is_url(button["web_app"]["url"], {"https"}):
        raise bad_request("BUTTON_URL_INVALID")
    if not 1 <= len(button.get("copy_text", {"text": "x"})["text"]) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def is_url(url: str, schemes: set[str]) -> bool:
    """Whether `url` is one that a client can open."""
    parts = split_url(url)
    if parts.scheme not in schemes or any(character.isspace() for character in url):
        return False
    return parts.scheme == "tg" or "." in (parts.hostname or "").strip(".")
