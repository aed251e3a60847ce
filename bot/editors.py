"""What editors do to the documents, and the drafts that wait for their decision."""

import asyncio
import datetime
import logging
import secrets
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from telegram import Message
from telegram.ext import Application

from bot.allowance import Allowance
from bot.desk import App, Context, serve_from
from bot.gaps import Gap, Gaps
from bot.jobs import Jobs, StoppedError
from bot.messages import Block
from embeddings.errors import EmbeddingError
from knowledge.errors import KnowledgeError
from knowledge.library.drafts import Draft
from knowledge.library.editions import ChangedFile
from knowledge.library.library import Library
from knowledge.library.progress import Report
from knowledge.library.snapshots import Snapshot
from knowledge.reading.metadata import Metadata

_log = logging.getLogger(__name__)

_WAITING = 20  # edits that wait for an admin's decision; each holds a file
_HANDED_OVER = 10  # questions that one person may hand over within an hour
_LOOK_SECONDS = 2.0  # between checks whether another process has published


@dataclass(frozen=True, slots=True)
class Edit:
    """A change that an admin wants to make to the documents."""

    kind: Literal["reload", "put", "remove", "back"]
    name: str = ""
    data: bytes = b""
    metadata: Metadata = field(default_factory=Metadata)
    number: int = 0  # of the publication to go back to

    def draft(self, library: Library, report: Report) -> Draft:
        """Return the draft of the change. Raises KnowledgeError or EmbeddingError."""
        library.check_writable()
        match self.kind:
            case "reload":
                return library.reload(report)
            case "put":
                return library.put(self.name, self.data, self.metadata, report)
            case "remove":
                return library.remove(self.name, report)
            case "back":
                return library.back(self.number, report)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An edit that waits for an admin's decision, and what they were shown of its draft.

    `messages` show it in `chat`. `files` are those that the draft changes, `lost` the golden
    questions that it loses, and `based_on` is the publication that served at the time.
    `missing` are the fields of its document that are not known, `answered` the kept questions that
    it answers, and `pages` say in full what it does.
    """

    edit: Edit
    chat: int
    messages: tuple[int, ...]
    files: frozenset[ChangedFile]
    lost: frozenset[str]
    based_on: int | None
    missing: frozenset[str] = frozenset()
    answered: tuple[Gap, ...] = ()
    pages: tuple[tuple[Block, ...], ...] = ()

    def shows(self, draft: Draft) -> bool:
        """Return whether `draft` does what was shown, whatever else was published since."""
        lost = frozenset(one.question for one in draft.lost)
        return (draft.files, lost) == (self.files, self.lost)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A value that an admin was asked for: `field` of the document that waits under `key`, asked in
    `message`.
    """

    key: str
    field: str
    message: int


class Editors:
    """The library, the jobs that change it, and the drafts that wait for a decision."""

    def __init__(self, library: Library, gaps: Gaps) -> None:
        """Change `library`; keep in `gaps` the questions that are handed over."""
        self.library = library
        self.gaps = gaps
        self.jobs = Jobs()
        self.handed_over = Allowance(_HANDED_OVER)
        self.started = datetime.datetime.now(datetime.UTC)
        self.is_reloading = False
        # By chat and album, the photos that have come.
        self.albums: dict[tuple[int, str], list[Message]] = {}
        self._settling = 0  # decisions being carried out, for which files must stay
        self._waiting: OrderedDict[str, Waiting] = OrderedDict()
        self._wanted: dict[int, Wanted] = {}  # by chat
        self._corrected: dict[int, asyncio.Task[None]] = {}  # by chat, the task that drafts again
        self._answered: OrderedDict[str, tuple[Gap, ...]] = OrderedDict()
        self._hangup: asyncio.Task[None] | None = None
        self._is_hung_up_again = False

    async def publish(self, application: App, draft: Draft) -> Snapshot:
        """Publish `draft`, as an urgent job, and answer from it.

        Raises OvertakenError or KnowledgeError.
        """
        snapshot = await self.jobs.work_at_once(lambda _: self.library.publish(draft))
        serve_from(application, snapshot)
        return snapshot

    async def go_back(self, application: App, number: int) -> Snapshot:
        """Roll back to the publication `number`, as an urgent job, and answer from it.

        Raises as `Jobs.work` and `Library.roll_back` do.
        """
        snapshot = await self.jobs.work_at_once(
            lambda report: self.library.roll_back(number, report)
        )
        serve_from(application, snapshot)
        return snapshot

    @asynccontextmanager
    async def settling(self) -> AsyncIterator[None]:
        """Keep the files of discarded drafts while the body runs. After the last such body, forget
        every file that was put and is neither published nor waiting.
        """
        self._settling += 1
        try:
            yield
        finally:
            self._settling -= 1
            if not self._settling:
                with suppress(StoppedError):
                    await self.jobs.work_at_once(self._forget_discarded)

    def _forget_discarded(self, _: Report) -> None:
        if not self._settling:
            data = [one.edit.data for one in self._waiting.values() if one.edit.kind == "put"]
            self.library.forget_discarded(data)

    def hang_up(self, application: App) -> asyncio.Task[None]:
        """Reload as SIGHUP asks, after any such reload that is running; return the task."""
        self._is_hung_up_again = True
        if self._hangup is None or self._hangup.done():
            self._hangup = asyncio.create_task(self._reload_while_asked(application))
        return self._hangup

    async def _reload_while_asked(self, application: App) -> None:
        while self._is_hung_up_again:
            # What changes after this moment needs another signal, and gets another reload.
            self._is_hung_up_again = False
            self.is_reloading = True
            try:
                async with self.settling():
                    await self._reload_quietly(application)
            finally:
                self.is_reloading = False

    async def _reload_quietly(self, application: App) -> None:
        """Reload with nobody to ask: if golden questions would be lost, only log that."""
        try:
            draft = await self.jobs.work(self.library.reload)
            if draft.lost:
                _log.warning(
                    "reload not published lost=%d: golden questions that passed would fail;"
                    " /reload shows which, and can publish it",
                    len(draft.lost),
                )
                return
            snapshot = await self.publish(application, draft)
        except (KnowledgeError, EmbeddingError) as error:
            # The rest of the message may quote the documents, names and all.
            file = str(error).partition(": ")[0]
            _log.error("reload changed nothing file=%s; rapporteur index says why", file)
        except StoppedError:
            pass
        else:
            _log.info(
                "reloaded edition=%s documents=%d",
                snapshot.edition.digest[:8],
                len(snapshot.knowledge_base.documents),
            )

    async def follow(self, application: App) -> None:
        """Answer from what another process publishes, such as `rapporteur index`."""
        stamp = self.library.stamp()
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            if (now := self.library.stamp()) == stamp:
                continue
            stamp = now
            try:
                serve_from(application, await self.jobs.work(self.library.serving))
            except (KnowledgeError, EmbeddingError) as error:
                name = type(error).__name__
                _log.error("what was published cannot serve error=%s", name)

    def await_word(self, waiting: Waiting, key: str) -> None:
        """Keep `waiting` under `key` until an admin decides; the oldest makes room."""
        self._waiting[key] = waiting
        while len(self._waiting) > _WAITING:
            self._waiting.popitem(last=False)

    def waiting(self, key: str) -> Waiting | None:
        """Return what waits under `key`; None if nothing does any more."""
        return self._waiting.get(key)

    def shown_in(self, chat: int, message: int) -> str | None:
        """Return the key of the waiting edit that `message` shows; None if it shows none."""
        return next(
            (
                key
                for key, one in self._waiting.items()
                if one.chat == chat and message in one.messages
            ),
            None,
        )

    def open_in(self, chat: int) -> list[str]:
        """Return the keys of the documents that wait in `chat`."""
        waiting = self._waiting.items()
        return [key for key, one in waiting if one.chat == chat and one.edit.kind == "put"]

    def corrects(self, chat: int, work: asyncio.Task[None]) -> None:
        """Note the task that drafts again what was corrected in `chat`; then that waits again."""
        self._corrected[chat] = work

    def correcting(self, chat: int) -> asyncio.Task[None] | None:
        """Return the running task that drafts again what was corrected in `chat`, or None."""
        work = self._corrected.get(chat)
        return None if work is None or work.done() else work

    def forget(self, key: str) -> None:
        """Let nothing wait under `key` any more."""
        self._waiting.pop(key, None)

    def want(self, chat: int, wanted: Wanted) -> None:
        """Note the value asked for in `chat`, in place of any before."""
        self._wanted[chat] = wanted

    def wanted_in(self, chat: int) -> Wanted | None:
        """Return the value last asked for in `chat`; None if there is none, or its edit is gone."""
        wanted = self._wanted.get(chat)
        return wanted if wanted is not None and wanted.key in self._waiting else None

    def keep_answered(self, gaps: tuple[Gap, ...], key: str) -> None:
        """Keep under `key` questions that an editor was told are now answered; the oldest make
        room.
        """
        self._answered[key] = gaps
        while len(self._answered) > _WAITING:
            self._answered.popitem(last=False)

    def answered(self, key: str) -> tuple[Gap, ...]:
        """Return the questions kept under `key`; () if there are none any more."""
        return self._answered.get(key, ())


def new_key() -> str:
    """Return a key that nobody can guess, of eight hexadecimal digits."""
    return secrets.token_hex(4)


def editors(context: Context) -> Editors:
    """Return the editors of the running application."""
    return editors_of(context.application)


def editors_of(application: Application[Any, Any, Any, Any, Any, Any]) -> Editors:
    """Return the editors of `application`."""
    return cast("Editors", application.bot_data["editors"])
