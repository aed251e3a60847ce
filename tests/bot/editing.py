"""A bot with an editor: a small folder of documents, a state folder, and a chat."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.opening import open_library
from bot.settings import Documents, Settings, Storage
from embeddings.models import Models
from knowledge.library.library import Library
from tests.bot.living import Bot, hasty, living
from tests.botapi import BotApiServer, Chat, Message, Person
from tests.knowledge.library.libraries import GOLDEN, WELL, put_vectors, write

WHEN = "When was the well dug?"


@dataclass
class Edited:
    """A bot that `editor` edits in `chat`, its documents in `folder`, and its library."""

    telegram: BotApiServer
    bot: Bot
    library: Library
    settings: Settings
    folder: Path
    editor: Person
    chat: Chat

    async def answer(self, question: str, chat: Chat | None = None) -> str:
        """Return the bot's answer to `question`."""
        asked_in = chat or self.chat
        await asked_in.say(question)
        return (await asked_in.reply()).text

    def somebody(self, language: str = "en") -> Chat:
        """Return the private chat of somebody who is no editor."""
        return self.telegram.private_chat(self.telegram.person("Bob", language_code=language))

    async def ended(self, start: str = "One moment", chat: Chat | None = None) -> Message:
        """Return the bot's next message, which says `start`, once it is edited to its end."""
        notice = await (chat or self.chat).reply(timeout=20)
        while notice.text.startswith(
            (start, "Reading", "Preparing", "Asking", "Waiting", "Publishing")
        ):
            await notice.edited(timeout=20)
        return notice

    async def send(self, name: str, content: bytes | str, **options: object) -> Message:
        """Send a file as the editor, and return what it would change."""
        data = content.encode() if isinstance(content, str) else content
        await self.chat.send_document(name, data, **options)  # type: ignore[arg-type]
        return await self.ended()

    async def pressed(
        self, message: Message, label: str, start: str | tuple[str, ...] = "Published"
    ) -> Message:
        """Press the editor's button `label`, and return `message` once it says `start`."""
        await message.press(label)
        while not message.text.startswith(start):
            await message.edited(timeout=20)
        return message

    async def published(self, name: str, content: str) -> Message:
        """Send a file as the editor and publish it."""
        return await self.pressed(await self.send(name, content), "Publish")

    async def rolled_back(self) -> Message:
        """Go back to what served before, as the editor."""
        await self.chat.say("/rollback")
        return await self.pressed(await self.ended(), "Go back", "I went back")


@asynccontextmanager
async def edited(
    models: Models,
    tmp_path: Path,
    *,
    language: str = "en",
    max_bytes: int = 100_000,
    max_words: int = 250_000,
    has_met: bool = False,
) -> AsyncIterator[Edited]:
    """Let an edited bot live over a folder with a document about a well.

    With `has_met` its editor has written to it before it started.
    """
    folder = tmp_path / "docs"
    if not folder.exists():
        write(folder, well_txt=WELL, questions_yaml=GOLDEN)
    put_vectors(tmp_path / "state", models)
    async with BotApiServer() as telegram:
        editor = telegram.person("Ed", language_code=language)
        settings = Settings(
            admins=[editor.id],
            storage=Storage(path=tmp_path / "state"),
            documents=Documents(folder=folder, max_bytes=max_bytes, max_words=max_words),
        )
        if has_met:
            await telegram.private_chat(editor).say("/id")
        library = open_library(settings, models)
        snapshot = library.open(is_published=True)
        async with living(
            telegram, snapshot, library=library, settings=settings, limiter=hasty()
        ) as bot:
            chat = telegram.private_chat(editor)
            yield Edited(telegram, bot, library, settings, folder, editor, chat)
            unexpected = [r for r in telegram.refusals if "chat not found" not in r.description]
            assert unexpected == []
