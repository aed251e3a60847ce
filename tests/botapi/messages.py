"""A message, as a test sees it and as the Bot API gives it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.botapi.calls import Call
from tests.botapi.html import Entity
from tests.botapi.queries import Press
from tests.botapi.text import marked_text, tappable, users_entities
from tests.botapi.world import Json, World, now

if TYPE_CHECKING:
    from tests.botapi.chats import Chat, Person


@dataclass(frozen=True, slots=True)
class Button:
    """A button of an inline keyboard; `raw` is the whole of it."""

    text: str
    callback_data: str
    url: str
    raw: Json = field(repr=False)


@dataclass(eq=False)
class Message:
    """A message of a person or of the bot; it changes in place when it is edited.

    `text` is the caption if the message has a file. `versions` holds the texts it had, the present
    one last. For the bot's messages `html_source` is what the bot sent and `call` the call.
    """

    world: World
    chat: "Chat"
    id: int
    sender: Json
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    media: Json = field(default_factory=dict)  # {"document": {...}}, {"photo": [...]}, ...
    date: int = field(default_factory=now)
    reply_to: "Message | None" = None
    topic: int | None = None
    markup: Json | None = None
    html_source: str = ""
    call: Call | None = None
    extra: Json = field(default_factory=dict)
    edit_date: int | None = None
    reactions: list[str] = field(default_factory=list)
    is_deleted: bool = False
    is_taken: bool = False  # by Chat.reply
    is_delivered: bool = True  # False if privacy mode or allowed_updates kept it from the bot

    def __post_init__(self) -> None:
        self.versions = [self.text]
        self._edits = 0
        self._edits_seen = 0

    def __repr__(self) -> str:
        return f"<Message {self}>"

    def __str__(self) -> str:
        media = "".join(f" ({kind})" for kind in self.media)
        buttons = "".join(f" [{button.text}]" for row in self.buttons for button in row)
        gone = " (deleted)" if self.is_deleted else ""
        return f"#{self.id} {self.sender['first_name']}:{media} {self.text}{buttons}{gone}"

    @property
    def is_by_bot(self) -> bool:
        """Whether the bot under test sent it."""
        return bool(self.sender["id"] == self.world.bot["id"])

    @property
    def buttons(self) -> list[list[Button]]:
        """The rows of the inline keyboard, none if there is no keyboard."""
        rows = (self.markup or {}).get("inline_keyboard", [])
        return [
            [
                Button(raw["text"], raw.get("callback_data", ""), raw.get("url", ""), raw)
                for raw in row
            ]
            for row in rows
        ]

    @property
    def bold(self) -> list[str]:
        """The texts in bold, in order."""
        return self.marked("bold")

    @property
    def file(self) -> bytes:
        """The content of the document, photo, voice or sticker."""
        (media,) = self.media.values()
        file_id = (media[-1] if isinstance(media, list) else media)["file_id"]
        return self.world.files.get(file_id).content

    def marked(self, kind: str) -> list[str]:
        """Return the texts of the entities of a type, such as "blockquote" or "text_link"."""
        return [
            marked_text(self.text, entity) for entity in self.entities if entity["type"] == kind
        ]

    @property
    def tappable(self) -> list[str]:
        """What Telegram lets be tapped in the words, but for links that the bot made."""
        return tappable(self.text, self.entities)

    def button(self, label: str) -> Button:
        """Return the first button with `label` in its text or as its data; LookupError if none."""
        for row in self.buttons:
            for button in row:
                if label in button.text or label == button.callback_data:
                    return button
        raise LookupError(f"no button {label!r} on {self}")

    async def press(
        self,
        label: str = "",
        *,
        data: str | None = None,
        by: "Person | None" = None,
        expired: bool = False,
    ) -> Press:
        """Press a button, found by its label or data; `await press.answered()` for the answer.

        `data` is sent as it is, whether or not the message has such a button now: a client may
        show a keyboard that is no more. An `expired` press is one the bot can't answer in time.
        """
        if data is None:
            data = self.button(label).callback_data
        person = by or self.chat.members[0]
        press = Press(
            self.world,
            id=str(self.world.next_number("callback query", 4_382_000_000_000_001)),
            data=data,
            transcript=self.chat.transcript(),
            expired=expired,
        )
        self.world.presses[press.id] = press
        message = self.json()
        if self.is_deleted:
            message = {"message_id": self.id, "chat": self.chat.json(), "date": 0}
        self.world.updates.add(
            "callback_query",
            {
                "id": press.id,
                "from": person.json(),
                "chat_instance": str(-7_000_000_000_000 - self.chat.id),
                "data": data,
                "message": message,
            },
        )
        return press

    async def edit(self, text: str) -> None:
        """Edit a person's message; the bot gets edited_message."""
        self.change(text, users_entities(text))
        if self.is_delivered:
            self.world.updates.add("edited_message", self.json())

    async def edited(self, timeout: float = 10) -> "Message":
        """Wait for the bot's next edit of this message and return the message as it then is."""

        def look() -> Message | None:
            return self if self._edits > self._edits_seen else None

        await self.chat.until(look, f"no edit of message #{self.id}", timeout)
        self._edits_seen += 1
        return self

    async def deleted(self, timeout: float = 10) -> None:
        """Wait until the message is deleted."""
        await self.chat.until(
            lambda: self.is_deleted or None, f"message #{self.id} was not deleted", timeout
        )

    def delete(self) -> None:
        """Delete the message; Telegram does not tell bots."""
        self.is_deleted = True
        self.world.changes.tell()

    def change(
        self, text: str, entities: list[Entity], markup: Json | None = None, html_source: str = ""
    ) -> None:
        """Replace what the message says; called for an edit, whoever makes it."""
        self.text, self.entities, self.markup = text, entities, markup
        self.html_source = html_source
        self.edit_date = now()
        self.versions.append(text)
        self._edits += 1
        self.world.changes.tell()

    def json(self, *, with_reply: bool = True) -> Json:
        """Return the message as the Bot API gives it: the message replied to is one level deep."""
        text, entities = ("caption", "caption_entities") if self.media else ("text", "entities")
        optional: dict[str, Any] = {
            "message_thread_id": self.topic,
            "is_topic_message": True if self.topic else None,
            "edit_date": self.edit_date,
            text: self.text,
            entities: [dict(entity) for entity in self.entities],
            "reply_markup": self.markup if self.buttons else None,
        }
        if with_reply and self.reply_to is not None:
            optional["reply_to_message"] = self.reply_to.json(with_reply=False)
        return (
            {
                "message_id": self.id,
                "from": dict(self.sender),
                "chat": self.chat.json(),
                "date": self.date,
            }
            | {name: value for name, value in optional.items() if value}
            | self.media
            | self.extra
        )
