"""Recognise edits that would change nothing, which Telegram refuses. What each message of the bot
shows is remembered for a while, in memory, as hashes that mean nothing outside this process.
"""

from collections.abc import Mapping
from typing import Any

from telegram import TelegramObject

from bot.conversation import Key, LocalMemory

_OF_TEXT, _OF_KEYBOARD = "editMessageText", "editMessageReplyMarkup"
_NOTED = frozenset(["sendMessage", _OF_TEXT, _OF_KEYBOARD])


class Unchanged:
    """What the messages that were sent or edited show: their words, and the buttons under them."""

    def __init__(self) -> None:
        """Start with none."""
        self._shown: LocalMemory[tuple[int | None, int | None]] = LocalMemory()

    def is_same(self, endpoint: str, data: Mapping[str, Any]) -> bool:
        """Return whether this call is known to change nothing."""
        key = _edited(data)
        shown = self._shown.recall(key) if key is not None else None
        if shown is None:
            return False
        if endpoint == _OF_KEYBOARD:
            return shown[1] == _keyboard(data)
        return endpoint == _OF_TEXT and shown == (hash(data["text"]), _keyboard(data))

    def note(self, endpoint: str, data: Mapping[str, Any], result: object) -> None:
        """Remember what the message that this call sent or edited shows, now that it succeeded."""
        if endpoint not in _NOTED:
            return
        key = _edited(data) or _sent(result)
        if key is not None:
            shown = self._shown.recall(key) or (None, None)
            words = shown[0] if endpoint == _OF_KEYBOARD else hash(data["text"])
            self._shown.remember(key, (words, _keyboard(data)))

    def doubt(self, data: Mapping[str, Any]) -> None:
        """Forget what a message shows: an edit of it failed, or may have."""
        if (key := _edited(data)) is not None:
            self._shown.remember(key, (None, None))


def _edited(data: Mapping[str, Any]) -> Key | None:
    chat, message = data.get("chat_id"), data.get("message_id")
    return (chat, message) if isinstance(chat, int) and isinstance(message, int) else None


def _sent(result: object) -> Key | None:
    match result:
        case {"message_id": int(message), "chat": {"id": int(chat)}}:
            return chat, message
        case _:
            return None


def _keyboard(data: Mapping[str, Any]) -> int:
    markup = data.get("reply_markup")
    return hash(markup.to_json() if isinstance(markup, TelegramObject) else markup)
