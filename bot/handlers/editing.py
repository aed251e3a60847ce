"""Commands and buttons with which admins change the documents and dismiss questions handed over."""

import logging

from telegram import CallbackQuery, Update

from bot import metrics
from bot.buttons import (
    edit_keyboard,
)
from bot.callback_data import (
    edit_data,
)
from bot.desk import Context, desk
from bot.editors import Edit
from bot.handlers import correcting
from bot.handlers.admin import show_documents, show_gaps
from bot.handlers.drafting import Task, task_of
from bot.handlers.handing_over import is_done
from bot.handlers.presses import answer, take_away, take_keyboard
from bot.handlers.sending import reply
from bot.messages import plain
from bot.texts import LANGUAGES, text

_log = logging.getLogger(__name__)


async def reload(update: Update, context: Context) -> None:
    """Read the files on disk again; one reload at a time."""
    task = task_of(update, context)
    if task.editing.is_reloading:
        await reply(update, [plain(text("reload_in_work", task.language))])
        return
    task.editing.is_reloading = True
    task.begin(task.reload())


async def rollback(update: Update, context: Context) -> None:
    """Show what going back to the previous publication would do, and wait for a decision."""
    task = task_of(update, context)
    task.begin(task.go_back(None))


async def press(update: Update, context: Context) -> None:
    """Do what a button for editors says, for an admin; to anybody else it is outdated."""
    query, at = update.callback_query, desk(context)
    if query is None:
        return
    language = at.language_of(update)
    if not at.is_admin(update):
        metrics.updates.labels("not_admin").inc()
        await answer(query, text("outdated", language))
        return
    task = task_of(update, context)
    _, action, subject = (query.data or "::").split(":")  # a press may carry nothing
    match action:
        case "publish" | "discard":
            await _settle(query, task, action, subject)
        case "details":
            await _show_details(query, task, subject)
        case "title" | "date" | "link" | "language":
            await correcting.ask(query, task, action, subject)
        case _ if action in LANGUAGES:
            await correcting.choose_language(query, task, action, subject)
        case "remove":
            await _remove(query, task, subject)
        case "back" if subject.isdigit():
            await answer(query)
            task.begin(task.go_back(int(subject)))
        case "documents" if subject.isdigit():
            await answer(query)
            await show_documents(update, at, int(subject))
        case "gaps" if subject.isdigit():
            await answer(query)
            await show_gaps(update, at, task.editing, int(subject))
        case "dismiss":
            if await is_done(query, task.editing.gaps.dismiss, subject, language=language):
                await answer(query)
                await take_away(query)
        case "answered":
            await _dismiss_answered(query, task, subject)
        case _:
            await answer(query, text("outdated", language))


async def _settle(query: CallbackQuery, task: Task, action: str, key: str) -> None:
    """Publish or discard what waits under `key`."""
    waiting = task.editing.waiting(key)
    await answer(query, None if waiting is not None else text("no_draft", task.language))
    await take_keyboard(query)
    task.editing.forget(key)
    if waiting is not None:
        task.begin(task.settle(waiting, is_published=action == "publish"))


async def _show_details(query: CallbackQuery, task: Task, subject: str) -> None:
    """Send a page of what a waiting edit would change; `subject` is its key and the page number."""
    key, _, number = subject.partition(".")
    waiting = task.editing.waiting(key)
    if waiting is None or not number.isdigit() or int(number) >= len(waiting.pages):
        await answer(query, text("no_draft", task.language))
        await take_away(query)
        return
    await answer(query)
    following = int(number) + 1
    if int(number) > 0:
        await take_away(query)
    more = [[(text("button_more", task.language), edit_data("details", f"{key}.{following}"))]]
    keyboard = edit_keyboard(more if following < len(waiting.pages) else [])
    await reply(task.update, waiting.pages[int(number)], keyboard)


async def _remove(query: CallbackQuery, task: Task, subject: str) -> None:
    """Show what removing a document would change; `subject` is its edition and its index there."""
    edition, _, place = subject.partition(".")
    snapshot = task.at.snapshot
    names = list(snapshot.edition.documents)
    is_current = snapshot.edition.digest.startswith(edition)
    if not (is_current and place.isdigit() and int(place) < len(names)):
        await answer(query, text("outdated", task.language))
        return
    await answer(query)
    task.begin(task.propose(Edit("remove", names[int(place)])))


async def _dismiss_answered(query: CallbackQuery, task: Task, key: str) -> None:
    ids = [gap.id for gap in task.editing.answered(key)]
    if not ids:
        await answer(query, text("outdated", task.language))
    elif await is_done(query, task.editing.gaps.dismiss, *ids, language=task.language):
        await answer(query, text("dismissed", task.language, count=len(ids)))
        await take_away(query)
