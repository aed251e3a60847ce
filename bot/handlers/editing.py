"""Changes to the documents from an admin's chat: drafted, shown, and published at their word."""

import asyncio
import datetime
import logging
import time
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from telegram import Document, InlineKeyboardMarkup, Message, Update
from telegram.error import NetworkError, TelegramError

from bot import metrics
from bot.buttons import edit_data, edit_keyboard
from bot.corrections import read_corrections
from bot.desk import App, Context, Desk, desk, serve_from
from bot.editors import Edit, Editors, Steps, StoppedError, Waiting, editors, new_key
from bot.handlers import questions
from bot.handlers.admin import show_documents, show_gaps
from bot.handlers.handing_over import is_done
from bot.handlers.presses import answer, take_away, take_keyboard
from bot.handlers.sending import replace as show_instead
from bot.handlers.sending import reply
from bot.messages import Block, plain
from bot.reports import correction_blocks, draft_blocks, published_blocks, reload_blocks, summary
from bot.texts import text
from bot.wording import refusal
from embeddings.errors import EmbeddingError
from knowledge.errors import KnowledgeError, OvertakenError
from knowledge.file_names import safe_name
from knowledge.library import Draft, Report
from knowledge.metadata import Metadata

_log = logging.getLogger(__name__)

Result = TypeVar("Result")

_EDIT_SECONDS = 3.0  # between edits of one message, or Telegram makes the bot wait
_BUTTONS = {
    "put": ("button_publish", "button_publish_anyway", "button_discard"),
    "remove": ("button_remove", "button_remove_anyway", "button_keep"),
    "reload": ("button_swap_anyway", "button_swap_anyway", "button_keep_old"),
}


class Notice:
    """A message to an admin that tells how far something has come, and then how it ended."""

    def __init__(self, update: Update, language: str) -> None:
        """Tell it in the chat of `update`."""
        self._update, self.language = update, language
        self._ids: tuple[int, ...] = ()
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
        """Take over what has changed on disk, or show what would be lost with it."""
        try:
            await self.propose(Edit("reload"))
            self.editing.reloaded = datetime.datetime.now(datetime.UTC)
        finally:
            self.editing.is_reloading = False

    async def propose(self, edit: Edit, preface: str = "", notice: Notice | None = None) -> None:
        """Show what `edit` would do, and wait for a word; a reload that is only good needs none."""
        notice = notice or Notice(self.update, self.language)
        draft = await self._done(notice, lambda report: edit.draft(self.editing.library, report))
        if draft is not None:
            await self._show(notice, edit, draft, preface)

    async def publish(self, waiting: Waiting) -> None:
        """Publish what waits, if it still is what was shown, or else show it again."""
        notice = Notice(self.update, self.language)
        edit = waiting.edit
        draft = await self._done(notice, lambda report: edit.draft(self.editing.library, report))
        if draft is None:
            return
        if draft.is_empty or not waiting.shows(draft):
            await self._show(notice, edit, draft, text("looks_else", self.language))
        else:
            await self._publish(notice, edit, draft)

    async def roll_back(self, number: int | None) -> None:
        """Go back to the publication `number`, or the one before the last."""
        library = self.editing.library
        published = library.published()
        if published is None or published.publication(number or published.now.before) is None:
            await reply(self.update, [plain(text("nothing_earlier", self.language))])
            return
        try:
            snapshot = await self.editing.work_at_once(
                lambda report: library.roll_back(number, report)
            )
        except (KnowledgeError, EmbeddingError) as error:
            await _refuse(self, refusal(error, self.language))
            return
        serve_from(self.application, snapshot)
        await reply(self.update, [plain(summary("rolled_back", snapshot, self.language))])

    async def _done(self, notice: Notice, work: Callable[[Report], Result]) -> Result | None:
        """Return what `work` does, told by `notice`; None if it failed, which is told too."""
        steps = Steps()
        try:
            return await notice.wait(asyncio.ensure_future(self.editing.work(work, steps)), steps)
        except (KnowledgeError, EmbeddingError) as error:
            words = text("nothing_changed", self.language, reason=refusal(error, self.language))
            await notice.conclude([plain(words)])
        except StoppedError:
            await notice.conclude([plain(text("stopped", self.language))])
        return None

    async def _show(self, notice: Notice, edit: Edit, draft: Draft, preface: str = "") -> None:
        if draft.is_empty or (edit.kind == "reload" and not draft.lost):
            await self._publish(notice, edit, draft)
            return
        language = self.language
        publish, publish_anyway, discard = _BUTTONS[edit.kind]
        key = new_key()
        keyboard = edit_keyboard(
            [
                (
                    text(publish_anyway if draft.lost else publish, language),
                    edit_data("publish", key),
                ),
                (text(discard, language), edit_data("discard", key)),
            ]
        )
        blocks = [plain(preface)] if preface else []
        if edit.kind == "reload":
            blocks += reload_blocks(draft, language)
        else:
            blocks += draft_blocks(draft, edit.name, language)
        if edit.kind == "put":
            blocks += correction_blocks(draft, language)
        chat = self.update.effective_chat
        lost = frozenset(one.question for one in draft.lost)
        edition = draft.snapshot.edition.digest
        waiting = Waiting(edit, chat.id if chat is not None else 0, (), edition, lost)
        self.editing.await_word(waiting, key)  # before its button can be pressed
        messages = await notice.conclude(blocks, keyboard)
        if self.editing.waiting(key) is not None:
            self.editing.await_word(replace(waiting, messages=messages), key)

    async def _publish(self, notice: Notice, edit: Edit, draft: Draft) -> None:
        try:
            snapshot = await self.editing.publish(self.application, draft)
        except OvertakenError:
            await self.propose(edit, text("overtaken", self.language), notice)
            return
        except KnowledgeError as error:
            words = text("nothing_changed", self.language, reason=refusal(error, self.language))
            await notice.conclude([plain(words)])
            return
        await notice.conclude(published_blocks(snapshot, draft, self.language))


async def reload(update: Update, context: Context) -> None:
    """Read the files on disk again; one reload at a time."""
    task = _task(update, context)
    if task.editing.is_reloading:
        await reply(update, [plain(text("reload_in_work", task.language))])
        return
    task.editing.is_reloading = True
    task.begin(task.reload())


async def rollback(update: Update, context: Context) -> None:
    """Go back to what served before."""
    task = _task(update, context)
    task.begin(task.roll_back(None))


async def receive(update: Update, context: Context) -> None:
    """Show what a file from an admin would change; from anybody else only text is read."""
    if desk(context).is_admin(update):
        task = _task(update, context)
        task.begin(_receive(task))
    else:
        await questions.text_only(update, context)


async def correct(update: Update, context: Context) -> None:
    """Draft a document again with what an admin's reply says of it; any other is a question."""
    message, at = update.message, desk(context)
    if message is None or message.reply_to_message is None or not at.is_admin(update):
        await questions.answer(update, context)
        return
    task = _task(update, context)
    shown = message.reply_to_message
    key = task.editing.shown_in(message.chat_id, shown.message_id)
    waiting = task.editing.waiting(key) if key is not None else None
    is_open = waiting is not None and waiting.edit.kind == "put"
    try:
        corrections = read_corrections(message.text or "")
    except KnowledgeError as error:
        await _refuse(task, refusal(error, task.language))
        return
    if corrections is None and not is_open:
        await questions.answer(update, context)
        return
    if corrections is None or waiting is None or key is None or not is_open:
        words = "no_draft" if corrections is not None else "how_to_correct"
        await reply(update, [plain(text(words, task.language))])
        return
    task.editing.forget(key)
    with suppress(TelegramError):
        await context.bot.edit_message_reply_markup(message.chat_id, waiting.messages[-1])
    edit = waiting.edit
    task.begin(task.propose(replace(edit, metadata=corrections.over(edit.metadata))))


async def press(update: Update, context: Context) -> None:
    """Do what a button for editors says, for admins; to anybody else it is outdated."""
    query, at = update.callback_query, desk(context)
    if query is None:
        return
    language = at.language_of(update)
    if not at.is_admin(update):
        metrics.updates.labels("not_admin").inc()
        await answer(query, text("outdated", language))
        return
    task = _task(update, context)
    _, action, subject = (query.data or "").split(":")
    match action:
        case "publish" | "discard":
            waiting = task.editing.waiting(subject)
            await answer(query, None if waiting is not None else text("no_draft", language))
            await take_keyboard(query)
            task.editing.forget(subject)
            if waiting is None:
                return
            if action == "publish":
                task.begin(task.publish(waiting))
            else:
                await reply(update, [plain(text("discarded", language))])
        case "remove":
            edition, _, place = subject.partition(".")
            names = list(at.snapshot.edition.documents)
            is_current = at.snapshot.edition.digest.startswith(edition)
            if not (is_current and place.isdigit() and int(place) < len(names)):
                await answer(query, text("outdated", language))
                return
            await answer(query)
            task.begin(task.propose(Edit("remove", names[int(place)])))
        case "back" if subject.isdigit():
            await answer(query)
            await take_keyboard(query)
            task.begin(task.roll_back(int(subject)))
        case "documents" if subject.isdigit():
            await answer(query)
            await show_documents(update, at, int(subject))
        case "gaps" if subject.isdigit():
            await answer(query)
            await show_gaps(update, at, task.editing, int(subject))
        case "dismiss":
            if await is_done(query, task.editing.gaps.dismiss, subject, language):
                await answer(query)
                await take_away(query)
        case _:
            await answer(query, text("outdated", language))


def _task(update: Update, context: Context) -> Task:
    application = cast("App", context.application)
    return Task(update, application, desk(context), editors(context))


async def _receive(task: Task) -> None:
    """Fetch the file of an admin's message and show what it would change."""
    message, language = task.update.effective_message, task.language
    if message is None:
        return
    sent = message.document or (message.photo[-1] if message.photo else None)
    if sent is None:
        return
    limit = task.editing.library.max_bytes
    try:
        name = (
            safe_name(sent.file_name or "") if isinstance(sent, Document) else photo_name(message)
        )
        metadata = read_corrections(message.caption or "") or Metadata()
    except KnowledgeError as error:
        await _refuse(task, refusal(error, task.language))
        return
    if sent.file_size is None:
        await _refuse(task, text("file_without_size", language))
        return
    if sent.file_size > limit:
        words = text("file_too_large", language, name=name, size=sent.file_size, limit=limit)
        await _refuse(task, words)
        return
    try:
        file = await sent.get_file()
        data = bytes(await file.download_as_bytearray())
    except TelegramError:
        await _refuse(task, text("file_not_fetched", language, name=name))
        return
    if len(data) != sent.file_size:
        size = sent.file_size
        await _refuse(task, text("file_cut_short", language, name=name, got=len(data), size=size))
        return
    preface = "" if message.document is not None else text("photo_is_poor", language)
    await task.propose(Edit("put", name, data, metadata), preface)


def photo_name(message: Message) -> str:
    """Return the name of the photo that `message` is: photos have none, and no two are the same."""
    return f"photo-{message.date:%Y-%m-%d}-{message.message_id}.jpg"


async def _refuse(task: Task, reason: str) -> None:
    words = text("nothing_changed", task.language, reason=reason)
    await reply(task.update, [plain(words)])
