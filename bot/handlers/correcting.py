"""Corrections by admins of a document that waits for their decision, and what they are asked."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import replace
from typing import Any

from telegram import CallbackQuery, ForceReply, Message, Update
from telegram.error import TelegramError

from bot.buttons import (
    edit_keyboard,
)
from bot.callback_data import (
    edit_data,
)
from bot.corrections import Corrections, is_question, read_corrections, read_value
from bot.desk import Context, desk
from bot.editors import Waiting, Wanted
from bot.handlers import questions
from bot.handlers.drafting import Task, refuse, task_of
from bot.handlers.presses import answer, take_keyboard
from bot.handlers.sending import replace as show_instead
from bot.handlers.sending import reply
from bot.messages import plain
from bot.texts import LANGUAGES, language_name, text
from bot.wording import refusal
from knowledge.errors import DocumentError
from knowledge.reading.metadata import Metadata, field_called


async def correct(update: Update, context: Context) -> None:
    """Draft a document again with an admin's corrections; whatever else they write is a question.

    They correct it in reply to the message that shows it, with the value that they were asked for,
    or in any message while it is the only one that waits.
    """
    message = update.message
    if message is None or not desk(context).is_admin(update):
        await questions.answer(update, context)
        return
    task, words = task_of(update, context), message.text or ""
    if (wanted := _wanted(task, message)) is not None:
        await _take(task, message, wanted.key, _given(wanted, words))
    elif (work := _correcting(task, message.chat_id, words)) is not None:
        task.begin(_correct_after(work, update, context))
    elif message.reply_to_message is None:
        await _without_reply(update, context, task, message)
    else:
        key = task.editing.shown_in(message.chat_id, message.reply_to_message.message_id)
        waiting = task.editing.waiting(key) if key is not None else None
        is_open = waiting is not None and waiting.edit.kind == "put"
        corrections = read_corrections(words)
        if corrections is None and not is_open:
            await questions.answer(update, context)
        elif corrections is None:
            await reply(update, [plain(text("how_to_correct", task.language))])
        elif key is None and task.editing.open_in(message.chat_id):
            # They reply to what refused another value, say.
            await _without_reply(update, context, task, message)
        elif key is None or not is_open:
            await reply(update, [plain(text("no_draft", task.language))])
        else:
            await _take(task, message, key, corrections)


async def correct_again(update: Update, context: Context) -> None:
    """Take the lines that an admin has edited in a correction or a caption, if they name a field
    each, for the only document that waits; any other edited message is a question.
    """
    message = update.edited_message
    if message is None or not desk(context).is_admin(update):
        await questions.correct(update, context)
        return
    task = task_of(update, context)
    corrections = read_corrections(message.text or message.caption or "")
    keys = task.editing.open_in(message.chat_id)
    if not keys or corrections is None or not corrections.is_keyed:
        await questions.correct(update, context)
    elif len(keys) > 1:
        await reply(update, [plain(text("which_draft", task.language, count=len(keys)))])
    else:
        await _take(task, message, keys[0], corrections)


async def ask(query: CallbackQuery, task: Task, field: str, key: str) -> None:
    """Ask for the title, date or link of the document under `key`, or offer languages for it."""
    waiting = task.editing.waiting(key)
    if waiting is None:
        await answer(query, text("no_draft", task.language))
        await take_keyboard(query)
        return
    await answer(query)
    words = plain(text(f"ask_{field}", task.language, name=waiting.edit.name))
    if field == "language":
        rows = [[(language_name(code, task.language), edit_data(code, key))] for code in LANGUAGES]
        await reply(task.update, [words], edit_keyboard(rows))
        return
    shown = await reply(task.update, [words], ForceReply())
    wanted = Wanted(key, field_called(field) or field, shown[-1] if shown else 0)
    task.editing.want(waiting.chat, wanted)


async def choose_language(query: CallbackQuery, task: Task, code: str, key: str) -> None:
    """Draft the document under `key` again in the language `code`."""
    is_open = task.editing.waiting(key) is not None
    await answer(query, None if is_open else text("no_draft", task.language))
    await take_keyboard(query)
    if is_open and isinstance(query.message, Message):
        await _take(task, query.message, key, Corrections(Metadata(language=code)))


def refusals(corrections: Corrections, language: str) -> list[str]:
    """Return which lines were refused, and why."""
    return [
        text("line_not_taken", language, line=line, reason=refusal(why, language))
        for line, why in corrections.refused
    ]


def _correcting(task: Task, chat: int, words: str) -> asyncio.Task[None] | None:
    """Return the task that drafts the only document of `chat` again, if `words` correct it further;
    else None.
    """
    if is_question(words) or read_corrections(words) is None or task.editing.open_in(chat):
        return None
    return task.editing.correcting(chat)


async def _correct_after(work: asyncio.Task[None], update: Update, context: Context) -> None:
    await asyncio.wait({work})
    await correct(update, context)


def _wanted(task: Task, message: Message) -> Wanted | None:
    """Return what was asked for, if `message` gives it: in reply to that, or in reply to nothing
    and not as a question.
    """
    wanted, replied = task.editing.wanted_in(message.chat_id), message.reply_to_message
    if wanted is None:
        return None
    if replied is not None:
        return wanted if replied.message_id == wanted.message else None
    return None if is_question(message.text or "") else wanted


def _given(wanted: Wanted, words: str) -> Corrections:
    """Return `words` as the value that was asked for, unless they name a field themselves."""
    said = read_corrections(words)
    if said is not None and said.is_keyed:
        return said
    try:
        return Corrections(read_value(wanted.field, words))
    except DocumentError as error:
        return Corrections(Metadata(), ((words[:100], error),))


async def _without_reply(update: Update, context: Context, task: Task, message: Message) -> None:
    """Take `message` if it corrects the only document that waits; else answer it as a question."""
    keys, words = task.editing.open_in(message.chat_id), message.text or ""
    corrections = read_corrections(words) if keys and not is_question(words) else None
    waiting = task.editing.waiting(keys[0]) if keys else None
    if corrections is None or waiting is None:
        await questions.answer(update, context)
    elif len(keys) > 1 and corrections.is_keyed:
        await reply(update, [plain(text("which_draft", task.language, count=len(keys)))])
    elif corrections.is_keyed or (
        len(keys) == 1 and not corrections.others and corrections.bare <= waiting.missing
    ):
        await _take(task, message, keys[0], corrections)
    else:
        await questions.answer(update, context)


async def _take(task: Task, message: Message, key: str, corrections: Corrections) -> None:
    """Draft the document under `key` again, with those of `corrections` that are valid."""
    told = refusals(corrections, task.language)
    waiting = task.editing.waiting(key)
    if waiting is None:
        return
    if corrections.metadata == Metadata():
        reasons = "\n".join(refusal(why, task.language) for _, why in corrections.refused)
        await refuse(task, reasons)
        return
    edit = replace(waiting.edit, metadata=corrections.metadata.over(waiting.edit.metadata))
    # In another language it may answer other questions.
    known = waiting.answered if corrections.metadata.language is None else None
    drafting = task.propose(edit, "\n".join(told), known=known)
    # At once: the next message must find that it is being drafted.
    task.editing.forget(key)
    work = task.begin(_draft_below(task, message, waiting, drafting))
    task.editing.corrects(message.chat_id, work)


async def _draft_below(
    task: Task, message: Message, waiting: Waiting, drafting: Coroutine[Any, Any, None]
) -> None:
    """Let the message that showed `waiting` point to the new one, which `drafting` sends."""
    words = text("corrected_below", task.language, name=waiting.edit.name)
    with suppress(TelegramError):
        await show_instead(message, waiting.messages, [plain(words)], None)
    await drafting
