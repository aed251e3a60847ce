"""A change to the documents from an admin's word to its end: drafted, shown, published."""

import asyncio
import datetime
import logging
import time
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar, cast

from telegram import InlineKeyboardMarkup, Update
from telegram.error import NetworkError, TelegramError

from bot.buttons import edit_data, edit_keyboard
from bot.desk import App, Context, Desk, desk
from bot.editors import Edit, Editors, Steps, StoppedError, Waiting, editors, new_key
from bot.gaps import Gap, answered
from bot.handlers.sending import replace as show_instead
from bot.handlers.sending import reply
from bot.messages import Block, plain
from bot.reports import (
    answered_blocks,
    back_blocks,
    correction_blocks,
    draft_blocks,
    missing,
    published_blocks,
    reload_blocks,
)
from bot.texts import text
from bot.wording import refusal
from embeddings.errors import EmbeddingError
from knowledge.errors import KnowledgeError, OvertakenError
from knowledge.library import Draft, Report

_log = logging.getLogger(__name__)

Result = TypeVar("Result")

_EDIT_SECONDS = 3.0  # between edits of one message, or Telegram makes the bot wait
_BUTTONS = {
    "put": ("button_publish", "button_publish_anyway", "button_discard"),
    "remove": ("button_remove", "button_remove_anyway", "button_keep"),
    "reload": ("button_swap", "button_swap_anyway", "button_keep_old"),
    "back": ("button_go_back", "button_go_back_anyway", "button_stay"),
}
_FIELDS = ("title", "date"), ("link", "language")  # what a press corrects, in rows of buttons


class Notice:
    """A message to an admin that tells how far something has come, and then how it ended."""

    def __init__(self, update: Update, language: str, messages: tuple[int, ...] = ()) -> None:
        """Tell it in the chat of `update`, in place of what `messages` say, if there are any."""
        self._update, self.language = update, language
        self._ids = messages
        self._shown = text("working", language)
        self._edited = 0.0

    async def wait(self, working: asyncio.Future[Result], steps: Steps) -> Result:
        """Return what `working` comes to, and tell `steps` until then."""
        if not self._ids:
            self._ids = await reply(self._update, [plain(self._shown)])
        while not (await asyncio.wait({working}, timeout=_EDIT_SECONDS))[0]:
            if steps.last is not None:
                step, done, total = steps.last
                words = text(f"step_{step}", self.language, done=done, total=total)
                if words != self._shown:
                    self._shown = words
                    # It tells nothing that cannot be missed.
                    with suppress(TelegramError):
                        await self._say([plain(words)], None)
                    self._edited = time.monotonic()
        return await working

    async def conclude(
        self, blocks: Sequence[Block], keyboard: InlineKeyboardMarkup | None = None
    ) -> tuple[int, ...]:
        """Let it end with `blocks`, and return the messages that it then is."""
        await asyncio.sleep(self._edited + _EDIT_SECONDS - time.monotonic())
        # Somebody may have deleted the message, and how it ended must not be missed.
        with suppress(NetworkError):
            return await self._say(blocks, keyboard)
        return await reply(self._update, blocks, keyboard)

    async def _say(
        self, blocks: Sequence[Block], keyboard: InlineKeyboardMarkup | None
    ) -> tuple[int, ...]:
        message = self._update.effective_message
        assert message is not None  # noqa: S101, it was replied to
        return await show_instead(message, self._ids, blocks, keyboard)


@dataclass(frozen=True, slots=True)
class Task:
    """What an update of an admin sets going, while the bot goes on to answer everybody."""

    update: Update
    application: App
    at: Desk
    editing: Editors

    @property
    def language(self) -> str:
        """The language of the admin."""
        return self.at.language_of(self.update)

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Let `work` go on after the handler; its errors are reported like a handler's."""
        self.application.create_task(work, update=self.update)

    async def reload(self) -> None:
        """Show what has changed on disk, and wait for a word."""
        try:
            await self.propose(Edit("reload"))
            self.editing.reloaded = datetime.datetime.now(datetime.UTC)
        finally:
            self.editing.is_reloading = False

    async def go_back(self, number: int | None) -> None:
        """Show what going back to the publication `number` would do, or else to what served before,
        and wait for a word.
        """
        published = self.editing.library.published()
        wanted = published and published.publication(published.before if number is None else number)
        if not wanted:
            await reply(self.update, [plain(text("nothing_earlier", self.language))])
        else:
            await self.propose(Edit("back", number=wanted.number))

    async def propose(
        self,
        edit: Edit,
        preface: str = "",
        notice: Notice | None = None,
        known: tuple[Gap, ...] | None = None,
    ) -> None:
        """Show what `edit` would do, and wait for a word.

        `known` are the kept questions that it answers, where they have been asked.
        """
        notice = notice or Notice(self.update, self.language)

        def drafted(report: Report) -> tuple[Draft, tuple[Gap, ...]]:
            draft = edit.draft(self.editing.library, report)
            return draft, self._answered(edit, draft, report) if known is None else known

        done = await self._done(notice, edit, drafted)
        if done is not None:
            await self._show(notice, edit, *done, preface)

    async def settle(self, waiting: Waiting, *, is_published: bool) -> None:
        """Publish what waits, or say that nothing came of it; what was discarded is forgotten."""
        async with self.editing.settling():
            await (self.publish(waiting) if is_published else self.discard(waiting))

    async def publish(self, waiting: Waiting) -> None:
        """Publish what waits, if it still is what was shown, or else show it again."""
        notice = Notice(self.update, self.language, waiting.messages)
        edit = waiting.edit
        draft = await self._done(
            notice, edit, lambda report: edit.draft(self.editing.library, report)
        )
        if draft is None:
            return
        if waiting.shows(draft):
            await self._publish(notice, edit, draft, waiting.answered)
        else:
            await self.propose(edit, text("looks_else", self.language), notice)

    async def discard(self, waiting: Waiting) -> None:
        """Say in place of what waited that nothing came of it."""
        words = text(f"discarded_{waiting.edit.kind}", self.language, name=waiting.edit.name)
        await Notice(self.update, self.language, waiting.messages).conclude([plain(words)])

    def _answered(self, edit: Edit, draft: Draft, report: Report) -> tuple[Gap, ...]:
        """Return the kept questions that a document answers which `draft` brings."""
        if edit.kind not in {"put", "reload"}:
            return ()
        found = draft.differences
        documents = {one.document.id for one in (*found.added, *found.changed)}
        try:
            gaps = self.editing.gaps.all()
        except KnowledgeError:  # /gaps says what to do
            _log.error("questions without an answer cannot be read")
            return ()
        base = draft.snapshot.knowledge_base
        return answered(gaps, base, documents, partial(report, "asking"))

    async def _done(
        self, notice: Notice, edit: Edit, work: Callable[[Report], Result]
    ) -> Result | None:
        """Return what `work` does for `edit`, told by `notice`; None if it failed, which is told
        too. A way back waits for nothing.
        """
        steps = Steps()
        if edit.kind == "back":
            working = self.editing.work_at_once(work)
        else:
            working = self.editing.work(work, steps)
        try:
            return await notice.wait(asyncio.ensure_future(working), steps)
        except (KnowledgeError, EmbeddingError) as error:
            await self._fail(notice, error)
        except StoppedError:
            await notice.conclude([plain(text("stopped", self.language))])
        return None

    async def _fail(self, notice: Notice, error: Exception) -> None:
        words = text("nothing_changed", self.language, reason=refusal(error, self.language))
        await notice.conclude([plain(words)])

    async def _show(
        self, notice: Notice, edit: Edit, draft: Draft, known: tuple[Gap, ...], preface: str
    ) -> None:
        if draft.is_empty:
            await self._publish(notice, edit, draft, ())
            return
        blocks = [plain(preface)] if preface else []
        blocks += self._blocks(edit, draft)
        blocks += answered_blocks("gaps_would", known, self.language)
        if edit.kind == "put":
            blocks += correction_blocks(draft, self.language)
        key = new_key()
        chat = self.update.effective_chat
        waiting = Waiting(
            edit,
            chat.id if chat is not None else 0,
            (),
            draft.snapshot.edition.digest,
            frozenset(one.question for one in draft.lost),
            draft.based_on,
            missing(draft),
            known,
        )
        self.editing.await_word(waiting, key)  # before its button can be pressed
        messages = await notice.conclude(blocks, self._keyboard(edit, draft, key))
        if self.editing.waiting(key) is not None:
            self.editing.await_word(replace(waiting, messages=messages), key)

    def _blocks(self, edit: Edit, draft: Draft) -> list[Block]:
        match edit.kind:
            case "reload":
                return reload_blocks(draft, self.language)
            case "back":
                published = self.editing.library.published()
                to = published.publication(edit.number) if published is not None else None
                return back_blocks(draft, to, self.language)
            case "put" | "remove":
                return draft_blocks(draft, edit.name, self.language)

    def _keyboard(self, edit: Edit, draft: Draft, key: str) -> InlineKeyboardMarkup | None:
        publish, publish_anyway, discard = _BUTTONS[edit.kind]
        words = text(publish_anyway if draft.lost else publish, self.language)
        rows = [
            [(words, edit_data("publish", key))],
            [(text(discard, self.language), edit_data("discard", key))],
        ]
        if edit.kind == "put":
            rows += [
                [(text(f"button_{f}", self.language), edit_data(f, key)) for f in row]
                for row in _FIELDS
            ]
        return edit_keyboard(rows)

    async def _publish(
        self, notice: Notice, edit: Edit, draft: Draft, known: tuple[Gap, ...]
    ) -> None:
        try:
            if edit.kind == "back":
                snapshot = await self.editing.go_back(self.application, edit.number)
            else:
                snapshot = await self.editing.publish(self.application, draft)
        except OvertakenError:
            await self.propose(edit, text("overtaken", self.language), notice)
        except (KnowledgeError, EmbeddingError) as error:
            await self._fail(notice, error)
        except StoppedError:
            await notice.conclude([plain(text("stopped", self.language))])
        else:
            done = "rolled_back" if edit.kind == "back" else "published"
            blocks = published_blocks(done, snapshot, draft, self.language)
            blocks += answered_blocks("gaps_answered", known, self.language)
            await notice.conclude(blocks, self._dismissal(known))

    def _dismissal(self, known: tuple[Gap, ...]) -> InlineKeyboardMarkup | None:
        """Return the button that dismisses the questions that are now answered."""
        if not known:
            return None
        key = new_key()
        self.editing.keep_answered(known, key)
        words = text("button_dismiss_answered", self.language, count=len(known))
        return edit_keyboard([[(words, edit_data("answered", key))]])


def task_of(update: Update, context: Context) -> Task:
    """Return what the `update` of an admin sets going."""
    application = cast("App", context.application)
    return Task(update, application, desk(context), editors(context))


async def refuse(task: Task, reason: str) -> None:
    """Say why nothing was changed."""
    words = text("nothing_changed", task.language, reason=reason)
    await reply(task.update, [plain(words)])
