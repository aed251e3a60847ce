"""What the server knows, shared by the people's side (chats) and the bot's side (methods)."""

import time
from typing import TYPE_CHECKING, Any

from tests.botapi.calls import CallLog
from tests.botapi.files import Files
from tests.botapi.profile import Profile
from tests.botapi.updates import Updates
from tests.botapi.waiting import Changes
from tests.botapi.webhook import Webhook

if TYPE_CHECKING:
    from tests.botapi.chats import Chat, Person
    from tests.botapi.queries import InlineQuery, Press

Json = dict[str, Any]


class World:
    """The bot, the people, the chats, and what waits for an answer."""

    def __init__(self, *, bot_id: int, username: str) -> None:
        self.bot = {
            "id": bot_id,
            "is_bot": True,
            "first_name": "Rapporteur",
            "username": username,
        }
        self.changes = Changes()
        self.updates = Updates(self.changes)
        self.webhook = Webhook(self.updates)
        self.calls = CallLog()
        self.files = Files()
        self.profile = Profile(name=str(self.bot["first_name"]))
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}
        self.inline_queries: dict[str, InlineQuery] = {}
        self._identifiers: dict[str, int] = {}

    def next_number(self, kind: str, first: int = 1) -> int:
        """Return the next number of a series: `first`, `first` + 1, ..."""
        number = self._identifiers.get(kind, first)
        self._identifiers[kind] = number + 1
        return number

    def recent_events(self) -> str:
        """Return what else a failed test wants to know: the last calls, what is unconfirmed."""
        calls = [str(call) for call in self.calls if call.method != "getUpdates"][-8:]
        return (
            f"updates not confirmed by the bot: {len(self.updates.unconfirmed)}\n"
            f"the bot is polling: {self.updates.is_polled}\n"
            f"last calls: {'; '.join(calls) or 'none'}"
        )


def now() -> int:
    """Return the time in whole seconds, as Telegram's dates are."""
    return int(time.time())
