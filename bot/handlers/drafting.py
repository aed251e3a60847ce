"""A change to the documents from an admin's request to its end: drafted, shown, and published or
discarded.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal, TypeVar, cast

from telegram import InlineKeyboardMarkup, Update
from telegram.error import NetworkError, TelegramError

from bot.buttons import (
    edit_keyboard,
)
from bot.callback_data import (
    edit_data,
)
from bot.desk import App, Context, Desk, desk
from bot.drafts import Sheet, missing, sheet
from bot.editors import Edit, Editors, Waiting, editors, new_key
from bot.gaps import Gap, answered
from bot.handlers.sending import replace as show_instead
from bot.handlers.sending import reply
from bot.jobs import Steps, StoppedError
from bot.keeping import log_failure
from bot.messages import Block, plain
from bot.reports import answered_blocks, published_blocks
from bot.texts import text
from bot.wording import refusal
from embeddings.errors import EmbeddingError
from knowledge.errors import KnowledgeError, OvertakenError
from knowledge.library.drafts import Draft
from knowledge.library.progress import Report

_log = logging.getLogger(__name__)

Result = TypeVar("Result")

_FIRST_SECONDS = 1.5  # before the first sign of work in a message that is there already
_EDIT_SECONDS = 3.0  # between edits of one message, or Telegram makes the bot wait
_BUTTONS = {
    "put": ("button_publish", "button_publish_anyway", "button_discard"),
    "remove": ("button_remove", "button_remove_anyway", "button_keep"),
    "reload": ("button_swap", "button_swap_anyway", "button_keep_old"),
    "back": ("button_go_back", "button_go_back_anyway", "button_stay"),
}
_FIELDS = ("title", "date"), ("link", "language")  # rows of buttons, each to correct a field


class Notice:
    """A message to an admin that tells how far a job has come, and then how it ended."""

    def __init__(
        self,
        update: Update,
        language: str,
        messages: tuple[int, ...] = (),
        doing: Literal["working", "publishing", "going_back"] = "working",
    ) -> None:
        """Tell it in the chat of `update`, in place of `messages`, if there are any; `doing` names
        the job.
        """
        self._update, self.language = update, language
        self._ids = messages
        self._doing = doing
        self._shown = ""
        self._edited = 0.0

    async def wait(self, work: Coroutine[Any, Any, Result], steps: Steps | None = None) -> Result:
        """Return the result of `work`; until then, tell that it goes on, and how far by `steps`."""
        working = asyncio.ensure_future(work)
        if not self._ids:
            self._shown = text(self._doing, self.language)
            # An admin can do without this message, and so can the work.
            with suppress(TelegramError):
                self._ids = await reply(self._update, [plain(self._shown)])
        pause = _EDIT_SECONDS if self._shown else _FIRST_SECONDS
        while not (await asyncio.wait({working}, timeout=pause))[0]:
            pause = _EDIT_SECONDS
            words = self._words(steps)
            if words != self._shown:
                self._shown = words
                with suppress(TelegramError):
                    self._ids = await self._say([plain(words)], None)
                self._edited = time.monotonic()
        return await working

    def _words(self, steps: Steps | None) -> str:
        """Return what is being done, and how far it has come where that is known."""
        if steps is None or steps.last is None:
            return text(self._doing, self.language)
        step, done, total = steps.last
        words = text(f"step_{step}", self.language, done=done, total=total)
        return words if self._doing == "working" else f"{text(self._doing, self.language)}\n{words}"

    async def conclude(
        self, blocks: Sequence[Block], keyboard: InlineKeyboardMarkup | None = None
    ) -> tuple[int, ...]:
        """Say in `blocks` how it ended, and return the ids of the messages that do."""
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
    """Work that an admin's update starts, while the bot goes on answering everybody."""

    update: Update
    application: App
    at: Desk
    editing: Editors

    @property
    def language(self) -> str:
        """The language of the admin."""
        return self.at.language_of(self.update)

    def begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run `work` beyond the end of the handler; its errors are reported like a handler's."""
        return self.application.create_task(work, update=self.update)

    async def reload(self) -> None:
        """Show what has changed on disk, and wait for a decision."""
        try:
            await self.propose(Edit("reload"))
        finally:
            self.editing.is_reloading = False

    async def go_back(self, number: int | None) -> None:
        """Show what going back to the publication `number` would do, or to the previous one if it
        is None, and wait for a decision.
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
        """Show what `edit` would do, and wait for a decision.

        `known` are the kept questions that it answers; None if they are still to be asked.
        """
        notice = notice or Notice(self.update, self.language)

        def drafted(report: Report) -> tuple[Draft, tuple[Gap, ...]]:
            draft = edit.draft(self.editing.library, report)
            return draft, self._answered(edit, draft, report) if known is None else known

        done = await self._done(notice, edit, drafted)
        if done is not None:
            await self._show(notice, edit, *done, preface)

    async def settle(self, waiting: Waiting, *, is_published: bool) -> None:
        """Publish what waits, or say that it was discarded; then forget the discarded files."""
        async with self.editing.settling():
            await (self.publish(waiting) if is_published else self.discard(waiting))

    async def publish(self, waiting: Waiting) -> None:
        """Publish what waits, if its draft is still what was shown; if not, show the new draft."""
        edit = waiting.edit
        doing: Literal["publishing", "going_back"] = (
            "going_back" if edit.kind == "back" else "publishing"
        )
        notice = Notice(self.update, self.language, waiting.messages, doing)
        published = self.editing.library.published()
        # If nothing was published since, all that the draft needs is at hand, and it is quick.
        is_urgent = published is not None and published.current == waiting.based_on
        draft = await self._done(
            notice,
            edit,
            lambda report: edit.draft(self.editing.library, report),
            is_urgent=is_urgent,
        )
        if draft is None:
            return
        if waiting.shows(draft):
            await self._publish(notice, edit, draft, waiting.answered)
        else:
            await self.propose(edit, text("looks_else", self.language), notice)

    async def discard(self, waiting: Waiting) -> None:
        """Say in place of what waited that it was discarded."""
        words = text(f"discarded_{waiting.edit.kind}", self.language, name=waiting.edit.name)
        await Notice(self.update, self.language, waiting.messages).conclude([plain(words)])

    def _answered(self, edit: Edit, draft: Draft, report: Report) -> tuple[Gap, ...]:
        """Return the kept questions that a document which `draft` adds or changes answers."""
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
        self,
        notice: Notice,
        edit: Edit,
        work: Callable[[Report], Result],
        *,
        is_urgent: bool = False,
    ) -> Result | None:
        """Return the result of `work` for `edit`, with its progress in `notice`; None if it failed,
        as `notice` then says. It is an urgent job if it `is_urgent` or a rollback.
        """
        steps = Steps()
        if is_urgent or edit.kind == "back":
            working = self.editing.jobs.work_at_once(work, steps)
        else:
            working = self.editing.jobs.work(work, steps)
        try:
            return await notice.wait(working, steps)
        except (KnowledgeError, EmbeddingError) as error:
            log_failure(error)
            await self.fail(notice, refusal(error, self.language))
        except StoppedError:
            await notice.conclude([plain(text("stopped", self.language))])
        return None

    async def fail(self, notice: Notice, reason: str) -> None:
        """Say in `notice` why nothing was changed."""
        await notice.conclude([plain(text("nothing_changed", self.language, reason=reason))])

    async def _show(
        self, notice: Notice, edit: Edit, draft: Draft, known: tuple[Gap, ...], preface: str
    ) -> None:
        if draft.is_empty:
            await self._publish(notice, edit, draft, ())
            return
        shown = self._sheet(edit, draft, known, preface)
        key = new_key()
        chat = self.update.effective_chat
        waiting = Waiting(
            edit,
            chat.id if chat is not None else 0,
            (),
            draft.files,
            frozenset(one.question for one in draft.lost),
            draft.based_on,
            missing(draft),
            known,
            shown.pages,
        )
        self.editing.await_word(waiting, key)  # before its button can be pressed
        keyboard = self._keyboard(edit, draft, key, is_longer=bool(shown.pages))
        messages = await notice.conclude(shown.screen, keyboard)
        if self.editing.waiting(key) is not None:
            self.editing.await_word(replace(waiting, messages=messages), key)

    def _sheet(self, edit: Edit, draft: Draft, known: tuple[Gap, ...], preface: str) -> Sheet:
        published = self.editing.library.published() if edit.kind == "back" else None
        to = published.publication(edit.number) if published is not None else None
        return sheet(edit, draft, self.language, preface=preface, answered=known, to=to)

    def _keyboard(
        self, edit: Edit, draft: Draft, key: str, *, is_longer: bool
    ) -> InlineKeyboardMarkup | None:
        publish, publish_anyway, discard = _BUTTONS[edit.kind]
        words = text(publish_anyway if draft.lost else publish, self.language)
        rows = [
            [(words, edit_data("publish", key))],
            [(text(discard, self.language), edit_data("discard", key))],
        ]
        if is_longer:
            rows.append([(text("button_details", self.language), edit_data("details", f"{key}.0"))])
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
                working = self.editing.go_back(self.application, edit.number)
            else:
                working = self.editing.publish(self.application, draft)
            snapshot = await notice.wait(working)
        except OvertakenError:
            await self.propose(edit, text("overtaken", self.language), notice)
        except (KnowledgeError, EmbeddingError) as error:
            log_failure(error)
            await self.fail(notice, refusal(error, self.language))
        except StoppedError:
            await notice.conclude([plain(text("stopped", self.language))])
        else:
            done = "rolled_back" if edit.kind == "back" else "published"
            blocks = published_blocks(done, snapshot, draft, self.language)
            blocks += answered_blocks(known, self.language)
            await notice.conclude(blocks, self._dismissal(known))

    def _dismissal(self, known: tuple[Gap, ...]) -> InlineKeyboardMarkup | None:
        """Return the button that dismisses the kept questions that are now answered."""
        if not known:
            return None
        key = new_key()
        self.editing.keep_answered(known, key)
        words = text("button_dismiss_answered", self.language, count=len(known))
        return edit_keyboard([[(words, edit_data("answered", key))]])


def task_of(update: Update, context: Context) -> Task:
    """Return the task that starts with the `update` of an admin."""
    application = cast("App", context.application)
    return Task(update, application, desk(context), editors(context))


async def refuse(task: Task, reason: str) -> None:
    """Say why nothing was changed."""
    words = text("nothing_changed", task.language, reason=reason)
    await reply(task.update, [plain(words)])
