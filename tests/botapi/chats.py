"""People and the chats they have with the bot: the side of Telegram that a test plays."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from tests.botapi.html import Entity, utf16_length
from tests.botapi.media import media
from tests.botapi.messages import Message
from tests.botapi.queries import InlineAnswer, InlineQuery, InlineResult
from tests.botapi.refusals import bad_request, forbidden
from tests.botapi.text import clean, marked_text, users_entities
from tests.botapi.world import Json, World, now

Found = TypeVar("Found")

ADMIN_RIGHTS = {
    "can_be_edited": False,
    "is_anonymous": False,
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": False,
    "can_restrict_members": False,
    "can_promote_members": False,
    "can_change_info": False,
    "can_invite_users": False,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
}


class Person:
    """Somebody with a Telegram account; ids are above 2**32, as new ones are."""

    def __init__(
        self,
        world: World,
        first_name: str,
        *,
        last_name: str = "",
        username: str = "",
        language_code: str = "",
        is_bot: bool = False,
    ) -> None:
        self.world = world
        self.id = world.next_number("person", 5_000_000_001)
        self.first_name = first_name
        self.last_name = last_name
        self.username = username
        self.language_code = language_code
        self.is_bot = is_bot
        world.people[self.id] = self

    def json(self) -> Json:
        """Return the User as the Bot API gives it."""
        optional = {
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        return {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name} | {
            name: value for name, value in optional.items() if value
        }

    @property
    def chat(self) -> "Chat":
        """The private chat with the bot, whether it was started or not."""
        chat = self.world.chats.get(self.id)
        return chat if chat is not None else Chat(self.world, self.id, "private", [self])

    def block(self) -> None:
        """Block the bot: it is told with my_chat_member, and can't write any more."""
        self.chat.set_bot_status("kicked", by=self)

    def unblock(self) -> None:
        """Unblock the bot, which is told with my_chat_member."""
        self.chat.set_bot_status("member", by=self)

    async def inline(self, query: str, *, offset: str = "", timeout: float = 10) -> InlineAnswer:
        """Type the bot's name and `query` in some chat; return what the bot offers."""
        return await self.type(query, offset=offset).answered(timeout)

    def type(self, query: str, *, offset: str = "") -> InlineQuery:
        """Type the bot's name and `query` in some chat, and do not wait for what the bot offers."""
        asked = InlineQuery(
            self.world,
            id=str(self.world.next_number("inline query", 9_100_000_000_000_001)),
            query=query,
        )
        self.world.inline_queries[asked.id] = asked
        self.world.updates.add(
            "inline_query",
            {"id": asked.id, "from": self.json(), "query": query, "offset": offset},
        )
        return asked


class Chat:
    """A private chat; Group adds what is different with several people.

    `messages` holds everything said, `actions` every chat action such as "typing".
    """

    def __init__(self, world: World, chat_id: int, kind: str, members: list[Person]) -> None:
        self.world = world
        self.id = chat_id
        self.kind = kind
        self.members = members
        self.messages: list[Message] = []
        self.actions: list[str] = []
        self.is_started = False
        self.bot_status = "member"
        self.privacy = False
        world.chats[chat_id] = self

    def json(self) -> Json:
        """Return the Chat as the Bot API gives it."""
        person = self.members[0].json()
        names = ("first_name", "last_name", "username")
        return {"id": self.id, "type": self.kind} | {
            name: person[name] for name in names if name in person
        }

    # What a person does.

    async def say(
        self,
        text: str,
        *,
        by: Person | None = None,
        reply_to: Message | None = None,
        topic: int | None = None,
        age: float = 0,
        quote: str = "",
        extra: Json | None = None,
    ) -> Message:
        """Send a text, `age` seconds ago, in reply to `quote`, a part of `reply_to`, if given;
        `extra` adds to or replaces fields of the message.
        """
        text, entities = clean(text, users_entities(text))
        if quote:
            assert reply_to is not None, "a quote is of a message replied to"
            assert quote in reply_to.text, f"{quote!r} is not in {reply_to}"
            position = utf16_length(reply_to.text.partition(quote)[0])
            quoted = {"text": quote, "position": position, "is_manual": True}
            extra = {"quote": quoted} | (extra or {})
        return self._post(text, entities, {}, by, reply_to, topic, age, extra)

    async def forward(self, original: Message, *, by: Person | None = None) -> Message:
        """Forward a message of some chat into this one."""
        origin = {"type": "user", "sender_user": dict(original.sender), "date": original.date}
        entities = list(original.entities)
        extra = {"forward_origin": origin}
        return self._post(original.text, entities, original.media, by, None, None, 0, extra)

    async def choose(self, result: InlineResult, *, by: Person | None = None) -> Message:
        """Send here what the bot offered inline."""
        extra = {"via_bot": dict(self.world.bot)}
        return self._post(result.text, list(result.entities), {}, by, None, None, 0, extra)

    async def send_document(
        self,
        name: str,
        content: bytes,
        *,
        mime_type: str = "application/octet-stream",
        caption: str = "",
        size: int | None = -1,
        by: Person | None = None,
        reply_to: Message | None = None,
        topic: int | None = None,
        age: float = 0,
        extra: Json | None = None,
    ) -> Message:
        """Send a file. `size` is declared instead of the true one; None declares none."""
        file = self.world.files.store(
            content, folder="documents", name=name, size=len(content) if size == -1 else size
        )
        media = {"document": file.json(file_name=name, mime_type=mime_type)}
        entities = users_entities(caption)
        return self._post(caption, entities, media, by, reply_to, topic, age, extra)

    async def send_photo(
        self,
        content: bytes = b"JPEG",
        *,
        caption: str = "",
        by: Person | None = None,
        reply_to: Message | None = None,
        topic: int | None = None,
        age: float = 0,
        extra: Json | None = None,
    ) -> Message:
        """Send a photo, in two sizes as Telegram makes them; `content` is the larger one. Those of
        an album have one "media_group_id" in `extra`.
        """
        sizes = []
        for width, data in ((90, b"JPEG"), (800, content)):
            file = self.world.files.store(data, folder="photos", name="photo.jpg", size=len(data))
            sizes.append(file.json(width=width, height=width))
        entities = users_entities(caption)
        return self._post(caption, entities, {"photo": sizes}, by, reply_to, topic, age, extra)

    async def send_album(self, *captions: str, by: Person | None = None) -> list[Message]:
        """Send photos as one album, each with its caption; to the bot each is a message."""
        album = {"media_group_id": str(self.world.next_number("album", 13_900_000_000_000_001))}
        return [await self.send_photo(caption=one, by=by, extra=album) for one in captions]

    async def send_media(
        self,
        kind: str,
        *,
        caption: str = "",
        by: Person | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Send something of `kind`, one of media.KINDS."""
        body = media(kind, self.world.files)
        return self._post(caption, users_entities(caption), body, by, reply_to, None, 0, None)

    async def send_sticker(self, *, by: Person | None = None, topic: int | None = None) -> Message:
        """Send a sticker."""
        file = self.world.files.store(b"RIFF", folder="stickers", name="file.webp", size=4)
        sticker = file.json(
            type="regular", width=512, height=512, is_animated=False, is_video=False, emoji="👍"
        )
        return self._post("", [], {"sticker": sticker}, by, None, topic, 0, None)

    # What a test sees of the bot.

    @property
    def replies(self) -> list[Message]:
        """Everything the bot sent here, whether or not `reply` has taken it."""
        return [message for message in self.messages if message.is_by_bot]

    async def reply(self, timeout: float = 10) -> Message:
        """Take the bot's next message in this chat that was not yet taken, waiting if need be."""

        def look() -> Message | None:
            waiting = (m for m in self.replies if not m.is_taken and not m.is_deleted)
            return next(waiting, None)

        message = await self.until(look, "no message from the bot", timeout)
        message.is_taken = True
        return message

    async def acted(self, action: str = "typing", timeout: float = 10) -> None:
        """Wait until the bot has shown a chat action."""
        await self.until(
            lambda: action in self.actions or None, f'the bot did not show "{action}"', timeout
        )

    async def quiet(self, *, settle: float = 0.2, timeout: float = 10) -> None:
        """Pass when the bot is through with all it was told, and sent no message not yet taken.

        It is through when every update made before this call is confirmed (or accepted by the
        webhook), no call of it is in progress, and none but getUpdates has come for `settle`
        seconds. This can't see work that goes on inside the bot without a call: a bot that
        confirms an update and thinks for longer than `settle` seems quiet. Where that matters,
        say something more that must be answered and see that the next reply is to that.
        """
        calls, updates = self.world.calls, self.world.updates
        last_id = updates.last_id

        def count() -> int:
            return sum(call.method != "getUpdates" for call in calls)

        def is_busy() -> bool:
            in_progress = {call.method for call in calls.in_progress} - {"getUpdates"}
            return bool(in_progress) or any(number <= last_id for number in updates.unconfirmed)

        async def nothing_happens() -> bool:
            before = count()
            try:
                await self.until(lambda: is_busy() or count() > before or None, "", settle)
            except AssertionError:
                return True
            return False

        async def settles() -> None:
            while is_busy() or not await nothing_happens():
                await self.until(lambda: not is_busy() or None, "the bot is busy", timeout)

        try:
            await asyncio.wait_for(settles(), timeout)
        except TimeoutError:
            raise AssertionError(
                f"the bot did not come to rest within {timeout} s\n{self.transcript()}\n"
                f"{self.world.recent_events()}"
            ) from None
        waiting = [message for message in self.replies if not message.is_taken]
        assert not waiting, f"the bot said more than was expected\n{self.transcript()}"

    def transcript(self) -> str:
        """Return the chat as lines, for messages of failed tests."""
        lines = [f"  {message}" for message in self.messages]
        return "\n".join([f"chat {self.id} ({self.kind}):", *(lines or ["  nothing was said"])])

    async def until(
        self, look: Callable[[], Found | None], complaint: str, timeout: float
    ) -> Found:
        """Wait until `look` finds something; AssertionError with the transcript if it does not."""
        return await self.world.changes.until(
            look,
            timeout=timeout,
            complaint=lambda: (
                f"{complaint} within {timeout} s\n{self.transcript()}\n{self.world.recent_events()}"
            ),
        )

    # What the methods of the bot need.

    def find(self, message_id: int) -> Message | None:
        """Return the message if it is there and not deleted."""
        found = (m for m in self.messages if m.id == message_id and not m.is_deleted)
        return next(found, None)

    def next_message_id(self) -> int:
        """Return the id of the next message: they rise in each chat."""
        return self.world.next_number(f"message in {self.id}", 101)

    def add(self, message: Message) -> Message:
        """Put a message in the chat."""
        self.messages.append(message)
        self.world.changes.tell()
        return message

    def refuse_if_closed(self) -> None:
        """Raise ApiError if the bot can't write here."""
        if self.bot_status == "kicked":
            raise forbidden("bot was blocked by the user")
        if not self.is_started:
            raise forbidden("bot can't initiate conversation with a user")

    def refuse_missing_topic(self, topic: int | None) -> None:
        """Raise ApiError if there is no such topic."""
        if topic is not None:
            raise bad_request("message thread not found")

    def set_bot_status(self, status: str, *, by: Person) -> None:
        """Make the bot a member, an administrator, left or kicked; it is told."""
        old, self.bot_status = self.bot_status, status
        self.is_started = True
        self.world.updates.add(
            "my_chat_member",
            {
                "chat": self.json(),
                "from": by.json(),
                "date": now(),
                "old_chat_member": member_json(self.world.bot, old),
                "new_chat_member": member_json(self.world.bot, status),
            },
        )

    def _post(
        self,
        text: str,
        entities: list[Entity],
        media: Json,
        by: Person | None,
        reply_to: Message | None,
        topic: int | None,
        age: float,
        extra: Json | None,
    ) -> Message:
        self.is_started = True
        message = Message(
            self.world,
            self,
            self.next_message_id(),
            (by or self.members[0]).json(),
            text,
            entities,
            media,
            date=now() - int(age),
            reply_to=reply_to,
            topic=topic,
            extra=extra or {},
        )
        self.add(message)
        present = self.bot_status in {"member", "administrator"}
        sees_all = not self.privacy or self.bot_status == "administrator"
        message.is_delivered = (
            present
            and (sees_all or is_for_bot(message))
            and self.world.updates.add("message", message.json()) is not None
        )
        return message


class Group(Chat):
    """A group or supergroup, with topics if it is a forum.

    With `privacy` on, as it is for every new bot, the bot is shown commands, replies to its own
    messages, what came through it inline and service messages, and nothing else; as an
    administrator it is shown everything.
    """

    def __init__(
        self,
        world: World,
        title: str,
        members: list[Person],
        *,
        kind: str = "supergroup",
        forum: bool = False,
        privacy: bool = True,
    ) -> None:
        number = world.next_number("group", 1)
        base = -4_000_000_000 if kind == "group" else -1_001_234_567_000
        super().__init__(world, base - number, kind, members)
        self.title = title
        self.is_forum = forum
        self.privacy = privacy
        self.is_started = True
        self.administrators: list[Person] = members[:1]
        self.migrated_to: Group | None = None
        self.topics: dict[int, Message] = {}

    def json(self) -> Json:
        """Return the Chat as the Bot API gives it."""
        forum = {"is_forum": True} if self.is_forum else {}
        return {"id": self.id, "type": self.kind, "title": self.title} | forum

    def topic(self, name: str) -> int:
        """Open a topic and return its id; the bot sees the service message."""
        assert self.is_forum, f"{self.title} is not a forum"
        message_id = self.world.next_number(f"message in {self.id}", 101)
        created = Message(
            self.world,
            self,
            message_id,
            self.members[0].json(),
            topic=message_id,
            extra={"forum_topic_created": {"name": name, "icon_color": 7322096}},
        )
        self.topics[message_id] = self.add(created)
        self.world.updates.add("message", created.json())
        return message_id

    def add_bot(self, *, by: Person | None = None, status: str = "member") -> None:
        """Add the bot, or change what it may do with `status` "administrator"; it is told. Of its
        coming there is a message in the group too.
        """
        is_new = self.bot_status in {"left", "kicked"}
        self.set_bot_status(status, by=by or self.members[0])
        if is_new:
            joined = {"new_chat_members": [dict(self.world.bot)]}
            self._post("", [], {}, by, None, None, 0, joined)

    def remove_bot(self, *, by: Person | None = None) -> None:
        """Throw the bot out; it is told."""
        self.set_bot_status("kicked", by=by or self.members[0])

    def migrate(self) -> "Group":
        """Upgrade the group: return the supergroup; the bot is told in both."""
        upgraded = Group(
            self.world, self.title, self.members, forum=self.is_forum, privacy=self.privacy
        )
        self.migrated_to = upgraded
        for chat, field, other in (
            (self, "migrate_to_chat_id", upgraded),
            (upgraded, "migrate_from_chat_id", self),
        ):
            message = Message(
                self.world,
                chat,
                chat.next_message_id(),
                self.members[0].json(),
                extra={field: other.id},
            )
            chat.add(message)
            self.world.updates.add("message", message.json())
        return upgraded

    def refuse_if_closed(self) -> None:
        """Raise ApiError if the bot can't write here."""
        if self.migrated_to is not None:
            raise bad_request(
                "group chat was upgraded to a supergroup chat",
                {"migrate_to_chat_id": self.migrated_to.id},
            )
        if self.bot_status == "kicked":
            raise forbidden(f"bot was kicked from the {self.kind} chat")
        if self.bot_status == "left":
            raise forbidden(f"bot is not a member of the {self.kind} chat")

    def refuse_missing_topic(self, topic: int | None) -> None:
        """Raise ApiError if there is no such topic."""
        if topic is not None and topic not in self.topics:
            raise bad_request("message thread not found")

    def _post(
        self,
        text: str,
        entities: list[Entity],
        media: Json,
        by: Person | None,
        reply_to: Message | None,
        topic: int | None,
        age: float,
        extra: Json | None,
    ) -> Message:
        if topic is not None and reply_to is None:
            reply_to = self.topics[topic]  # as Telegram does for every message in a topic
        return super()._post(text, entities, media, by, reply_to, topic, age, extra)


def is_for_bot(message: Message) -> bool:
    """Whether a bot in privacy mode is shown the message: replies to it, and commands.

    A command without a bot's name counts, since no other bot is here to be meant by it.
    """
    if message.reply_to is not None and message.reply_to.is_by_bot:
        return True
    if message.extra.keys() & {"via_bot", "new_chat_members"}:
        return True
    name = f"@{message.world.bot['username']}".lower()
    commands = [
        marked_text(message.text, entity).lower()
        for entity in message.entities
        if entity["type"] == "bot_command"
    ]
    return any(command.endswith(name) or "@" not in command for command in commands)


def member_json(user: Json, status: str) -> Json:
    """Return the ChatMember of a user."""
    details: Json = {}
    if status == "kicked":
        details = {"until_date": 0}
    elif status == "administrator":
        details = ADMIN_RIGHTS
    elif status == "creator":
        details = {"is_anonymous": False}
    return {"user": user, "status": status} | details
