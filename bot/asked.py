"""The question in a message: in its text, its caption, or the message it replies to."""

from telegram import Message, MessageEntity
from telegram.constants import ChatType

_NAMING = (MessageEntity.MENTION, MessageEntity.BOT_COMMAND)
_ASKING = frozenset(["/ask", "/person"])  # commands that a question follows


def asked_in(message: Message, bot_id: int, username: str) -> str | None:
    """Return the question in `message`, without the bot's name; None if it asks the bot nothing.

    If the message only names the bot, the question is the text of the message it replies to, or
    the part of that text which it quotes.
    """
    own = own_words(message, bot_id, username)
    return own if own or own is None else _words_replied_to(message, bot_id)


def own_words(message: Message, bot_id: int, username: str) -> str | None:
    """Return what `message` itself says to the bot, without the bot's name: "" if it only names the
    bot; None if it is not for the bot, or has no text.

    A forwarded message is a question in a private chat, and is ignored in a group.
    """
    if not _is_by_somebody(message):
        return None
    words = message.text or message.caption or ""
    is_called = False
    for entity, name in sorted(_named_in(message).items(), key=lambda item: -item[0].offset):
        command, _, addressee = name.partition("@")
        if addressee.lower() == username.lower() or (not addressee and command in _ASKING):
            is_called = True
            start = len(words.encode("utf-16-le")[: 2 * entity.offset].decode("utf-16-le"))
            words = f"{words[:start]} {words[start + len(name) :]}"
    words = " ".join(words.split())
    return words if is_called or (_is_meant(message, bot_id) and words) else None


def is_spoken_to(message: Message, bot_id: int) -> bool:
    """Return whether `message` is a recording for the bot: in a private chat, or in a group in
    reply to it.
    """
    is_sound = message.voice or message.audio or message.video_note
    return bool(is_sound) and _is_by_somebody(message) and _is_meant(message, bot_id)


def is_for_bot(message: Message) -> bool:
    """Return whether `message` is addressed to the bot, as every message in a private chat is."""
    if message.chat.type == ChatType.PRIVATE:
        return True
    bot = message.get_bot()
    is_command = any("@" not in name for name in _named_in(message).values())
    return own_words(message, bot.id, bot.username) is not None or (
        is_command and _is_by_somebody(message)
    )


def _is_meant(message: Message, bot_id: int) -> bool:
    """Return whether `message` is for the bot without naming it: in a private chat, or in reply."""
    replied_to = message.reply_to_message
    return message.chat.type == ChatType.PRIVATE or (
        replied_to is not None
        and replied_to.from_user is not None
        and replied_to.from_user.id == bot_id
    )


def _is_by_somebody(message: Message) -> bool:
    """Return whether a person wrote `message` for this chat: it comes neither from a bot nor
    through one in inline mode, and in a group it is not forwarded.
    """
    # A person who writes as a group or a channel has a bot as `from_user`.
    sender = message.from_user if message.sender_chat is None else None
    is_passed_on = message.forward_origin is not None and message.chat.type != ChatType.PRIVATE
    return not (
        is_passed_on or message.via_bot is not None or (sender is not None and sender.is_bot)
    )


def _words_replied_to(message: Message, bot_id: int) -> str | None:
    if message.quote is not None:
        words = message.quote.text
    else:
        replied_to = message.reply_to_message
        if replied_to is None or (
            replied_to.from_user is not None and replied_to.from_user.id == bot_id
        ):
            return None
        words = replied_to.text or replied_to.caption or ""
    return " ".join(words.split()) or None


def _named_in(message: Message) -> dict[MessageEntity, str]:
    """Return the mentions and commands in `message`; none if their offsets are wrong."""
    try:
        if message.text:
            return message.parse_entities([*_NAMING])
        return message.parse_caption_entities([*_NAMING]) if message.caption else {}
    except UnicodeError:  # one begins or ends within a character
        return {}
