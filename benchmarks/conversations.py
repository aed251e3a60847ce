"""Ten conversations with the bot as people see them: `python -m benchmarks.conversations`

Plays those of `conversations.yaml` with the real bot, over HTTP with the strict server of the
tests, and writes docs/conversations.md: every message with its markup and its buttons. The page
does not depend on the day or the machine, so that a test can compare it. A step on which the bot
works for a while names, in `until`, the words to wait for.
"""

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from bot.opening import open_folder
from bot.settings import Settings, Storage
from bot.texts import language_name
from embeddings.encoder import Encoder
from embeddings.models import with_bundled
from knowledge.library.snapshots import Snapshot
from tests.bot.editing import edited
from tests.bot.living import Bot, hasty, living
from tests.botapi import BotApiServer, Chat, InlineResult, Message, Person

COMMAND = "python -m benchmarks.conversations"
PAGE = Path(__file__).parent.parent / "docs" / "conversations.md"
_SCRIPT = Path(__file__).with_name("conversations.yaml")
_RESULTS = 2  # shown of those offered in another chat

Script = Mapping[str, Any]


@dataclass
class Scene:
    """One conversation in progress, and the `lines` of the page that it has made so far."""

    telegram: BotApiServer
    bot: Bot
    people: Mapping[str, Person]
    chat: Chat
    lines: list[str] = field(default_factory=list)
    shown: dict[int, str] = field(default_factory=dict)
    """The text that each message of the bot, by its id, last showed."""

    async def take(self, step: Script) -> None:
        """Do what `step` says, as a person would, and write down what the bot then shows."""
        by = self.people[step["by"]] if "by" in step else next(iter(self.people.values()))
        note = await self._do(step, by)
        await self._rest()
        if "until" in step:
            await self.chat.until(lambda: self._has_said(step["until"]), str(step), 60)
            await self._rest()
        if note:
            self.lines += [note, ""]
        for message in self.chat.replies:
            before = self.shown.get(message.id)
            self.shown[message.id] = message.text
            if before is None:
                self.lines += [_block(message), ""]
            elif before != message.text:
                self.lines += ["*its message above becomes*", "", _block(message), ""]

    async def _do(self, step: Script, by: Person) -> str:
        match step:
            case {"say": words}:
                said = words.format(bot=self.telegram.username)
                replied = self.chat.replies[-1] if step.get("reply") else None
                self._tell(by, said.replace("\n", "  \n"), " (in reply)" if replied else "")
                await self.chat.say(said, by=by, reply_to=replied)
            case {"press": label}:
                message = next(m for m in reversed(self.chat.replies) if m.buttons)
                button = _button(message, label)
                self._tell(by, f"*presses* [ {button} ]")
                press = await message.press(button, by=by)
                await self._rest()
                return (
                    f"*a note:* {press.answer.text}" if press.answer and press.answer.text else ""
                )
            case {"send": name, "text": text}:
                self._tell(by, f"*sends* {name}: {text}")
                await self.chat.send_document(name, text.encode(), by=by)
            case {"add": "bot"}:
                self._tell(by, "*adds the bot to the group*")
                self.chat.bot_status = "left"  # until now
                self.chat.set_bot_status("member", by=by)
            case {"inline": query}:
                self._tell(by, f"*types in another chat* @{self.telegram.username} {query}")
                results = (await by.inline(query)).results
                self.lines += [line for one in results[:_RESULTS] for line in (_result(one), "")]
                return f"*{len(results)} offered in all*"
            case _:
                raise ValueError(f"{_SCRIPT.name}: unknown step {step}")
        return ""

    async def _rest(self) -> None:
        """Wait until the bot has handled all updates."""
        await self.telegram.confirmed()
        await self.bot.application.update_queue.join()

    def _has_said(self, words: str) -> bool | None:
        """Return whether a new or changed message holds `words`; None if not."""
        fresh = (m for m in self.chat.replies if self.shown.get(m.id) != m.text)
        return any(words in message.text for message in fresh) or None

    def _tell(self, by: Person, what: str, how: str = "") -> None:
        self.lines += [f"**{by.first_name}**{how}: {what}", ""]


async def converse(opened: Snapshot, folder: Path) -> str:
    """Return the page: the conversations with a bot that answers from `opened`, and that of an
    editor with a bot over short documents in `folder`.
    """
    script: list[Script] = yaml.safe_load(_SCRIPT.read_text("utf-8"))
    lines = [
        "# Conversations",
        "",
        f"What people see, made by `{COMMAND}` and compared by a test: what the",
        "bot sends, with its markup, and the rows of buttons under it in [ brackets ].",
        "",
    ]
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(BotApiServer())
        bot = await stack.enter_async_context(living(telegram, opened, limiter=hasty()))
        editing = await stack.enter_async_context(edited(opened.knowledge_base.models, folder))
        for number, one in enumerate(script, start=1):
            server, life = (editing.telegram, editing.bot) if "edits" in one else (telegram, bot)
            people = {
                name: editing.editor
                if "edits" in one
                else server.person(name, language_code=language)
                for name, language in one["people"].items()
            }
            members = list(people.values())
            chat = server.private_chat(members[0])
            if "group" in one:
                chat = server.group(one["group"], members, privacy=False)
            scene = Scene(server, life, people, chat, [f"## {number}. {one['title']}", ""])
            scene.lines += [_cast(one), ""]
            for step in one["steps"]:
                await scene.take(step)
            lines += scene.lines
        if telegram.refusals:
            raise RuntimeError(f"Telegram refused: {telegram.refusals}")
    return "\n".join(lines).rstrip() + "\n"


def _cast(one: Script) -> str:
    spoken = [
        f"{name} (Telegram in {language_name(code, 'en')})" for name, code in one["people"].items()
    ]
    where = f", in the group “{one['group']}”" if "group" in one else ""
    return f"*{', '.join(spoken)}{where}*"


def _button(message: Message, label: str | int) -> str:
    """Return the words of the button that `label` names. Raises ValueError if there is none."""
    words = [button.text for row in message.buttons for button in row]
    if isinstance(label, int) and label <= len(words):
        return words[label - 1]
    if label not in words:
        raise ValueError(f"{_SCRIPT.name}: there is no button {label!r}, only {words}")
    return str(label)


def _block(message: Message) -> str:
    """Return `message` as the bot sent it, and a line for each row of its buttons."""
    rows = ["  ".join(f"[ {button.text} ]" for button in row) for row in message.buttons]
    return "\n".join(["```html", message.html_source or message.text, *rows, "```"])


def _result(one: InlineResult) -> str:
    content = one.raw["input_message_content"]["message_text"]
    return "\n".join([f"*offered:* {one.title} – {one.description}", "", "```html", content, "```"])


def main() -> None:
    """Write the page."""
    with TemporaryDirectory() as scratch:
        settings = Settings(storage=Storage(path=Path(scratch) / "state"))
        opened = open_folder(settings, with_bundled(Encoder()))
        page = asyncio.run(converse(opened, Path(scratch)))
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page, "utf-8")
    print(f"{PAGE}: {page.count(chr(10))} lines")


if __name__ == "__main__":
    main()
