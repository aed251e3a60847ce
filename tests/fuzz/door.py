"""A bot behind its webhook, to which anything is posted, and what may come of that."""

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from bot.application import UPDATES
from bot.settings import Settings
from bot.webhook import Webhook
from knowledge.library.library import Library
from knowledge.library.snapshots import Snapshot
from tests.bot.living import Bot, hasty, living, somewhere
from tests.botapi import BotApiServer, Chat
from tests.fuzz.updates import bodies

_SECRET = "Only-Telegram_knows"
_FIRST = 900_000_001  # number of the first update
_SECONDS = 60.0
# What Telegram says of chats, files and messages that a made-up update names, and nobody else.
_MADE_UP = re.compile(
    "(chat|user|message thread|message to .*) not found|wrong file_id|query is too old|"
    "can't initiate conversation|bot is not a member|bot was (kicked|blocked)|message can't be|"
    "not enough rights|MESSAGE_ID_INVALID"
)
# What is logged of that.
_EXPECTED = re.compile("error=(BadRequest|Forbidden)|sent with less: message thread not found")


class Door:
    """Posts to the bot; it must accept whatever is posted, and go on serving others."""

    def __init__(
        self, telegram: BotApiServer, bot: Bot, url: str, session: aiohttp.ClientSession, sane: Chat
    ) -> None:
        """Post to the `bot` at `url`; `sane` is the chat of somebody who asks as people do."""
        self.telegram, self._bot, self._url, self._session = telegram, bot, url, session
        self.sane = sane
        self._number = _FIRST
        self.errors = _Errors()
        self.outcomes = {"answered": 0, "silent": 0, "not an update": 0}

    async def put(self, body: bytes) -> None:
        """Post `body`, wait until the bot is through with it, and see that nothing is amiss."""
        self._number += 1
        before = len(self.telegram.calls())
        headers = {"X-Telegram-Bot-Api-Secret-Token": _SECRET}
        async with self._session.post(
            self._url, data=_numbered(body, self._number), headers=headers
        ) as response:
            status = response.status
        assert status in {200, 400}, f"a post was answered with {status}"
        async with asyncio.timeout(_SECONDS):
            await self._bot.application.update_queue.join()
        calls = self.telegram.calls()[before:]
        outcome = "answered" if calls else "silent"
        self.outcomes["not an update" if status == 400 else outcome] += 1
        self.check()

    def check(self) -> None:
        """See that the bot lives, and neither failed nor was refused but for what was made up."""
        assert not self._bot.life.done(), "the bot has ended"
        refusals = [call.description or "" for call in self.telegram.refusals]
        errors, self.errors.lines = self.errors.lines, []
        self.telegram.refusals.clear()
        for chat in self.telegram.world.chats.values():
            del chat.messages[:-20]
        self.telegram.world.calls.calls.clear()
        assert [one for one in refusals if not _MADE_UP.search(one)] == [], errors
        assert refusals or errors == []
        assert [one for one in errors if not _EXPECTED.search(one)] == []

    async def is_answered(self) -> bool:
        """Return whether somebody who asks as people do is answered."""
        await self.sane.say("/help")
        return bool((await self.sane.reply(timeout=_SECONDS)).text)


class _Errors(logging.Handler):
    """Keeps what is logged as an error, by whichever library."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {record.getMessage()}")


@asynccontextmanager
async def door(
    opened: Snapshot, settings: Settings, library: Library | None = None
) -> AsyncIterator[tuple[Door, Any]]:
    """Open a door to a bot that answers from `opened`; yield it, and what may be posted there."""
    where = somewhere()
    source = Webhook(where, _SECRET, UPDATES)
    async with BotApiServer() as telegram, aiohttp.ClientSession() as session:
        sane, alice, editor = (
            telegram.person(name, language_code="en") for name in ("Sane", "Alice", "Editor")
        )
        given = settings.model_copy(update={"admins": [editor.id]})
        async with living(
            telegram, opened, webhook=source, settings=given, library=library, limiter=hasty()
        ) as bot:
            group = telegram.group("Friends", [alice, editor], privacy=False)
            opening = Door(telegram, bot, str(where.url), session, sane.chat)
            data = await _data(alice.chat)
            for chat in (group, editor.chat):
                await chat.say("/help", by=editor)
                await chat.reply(timeout=_SECONDS)
            people = [alice.json(), editor.json(), dict(telegram.world.bot)]
            chats = [alice.chat.json(), editor.chat.json(), group.json()]
            logging.getLogger().addHandler(opening.errors)
            try:
                yield opening, bodies(people, chats, data)
                opening.check()
            finally:
                logging.getLogger().removeHandler(opening.errors)


async def _data(chat: Chat) -> Sequence[str]:
    """Return what the buttons of the bot carry, from asking for some of each kind."""
    for words in (
        "/start",
        "/people",
        "/demands",
        "Bokayev",
        "What is this about?",
        "mayor of Rome",
    ):
        await chat.say(words)
        await chat.reply(timeout=_SECONDS)
    await chat.quiet(timeout=_SECONDS)
    found = re.findall(r'"callback_data": "([^"]+)"', json.dumps([m.json() for m in chat.replies]))
    keys = [f"edit:{word}:0a1b2c3d" for word in ("publish", "discard", "reload", "history", "gaps")]
    return [
        *dict.fromkeys(found),
        *keys,
        "edit:back:1",
        "wrong",
        "wrong:sure",
        "tell",
        "language:kk",
    ]


def _numbered(body: bytes, number: int) -> bytes:
    """Return `body` with a number of its own, if it is an update without one."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return body
    if not isinstance(update, dict) or "update_id" in update:
        return body
    return json.dumps(update | {"update_id": number}).encode()
