"""Commands for admins alone, in their private chat: the gate before all of them, and those that
change nothing.
"""

import datetime
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from telegram import Update
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot import metrics
from bot.buttons import (
    edit_keyboard,
)
from bot.callback_data import (
    edit_data,
)
from bot.desk import Context, Desk, desk
from bot.editors import Editors, editors
from bot.handlers.commands import unknown
from bot.handlers.sending import reply
from bot.introduction import withdraw_menu
from bot.keeping import log_failure, state_told
from bot.messages import Block, Run, plain
from bot.reports import duration, history_blocks
from bot.texts import date, text
from bot.wording import refusal
from knowledge.errors import KnowledgeError

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]

_A_PAGE = 5  # questions without an answer in one message
_DOCUMENTS_A_PAGE = 20
_ON_BUTTON = 40  # characters of a file's name


def admin_only(handler: Handler) -> Handler:
    """Return `handler` for admins; to anybody else its command is unknown."""

    async def gate(update: Update, context: Context) -> None:
        at, chat = desk(context), update.effective_chat
        if at.is_admin(update):
            try:
                await handler(update, context)
            except KnowledgeError as error:
                language = at.language_of(update)
                log_failure(error)
                words = text("nothing_changed", language, reason=refusal(error, language))
                await reply(update, [plain(words)])
            return
        metrics.updates.labels("not_admin").inc()
        if chat is not None and chat.type == ChatType.PRIVATE:
            await unknown(update, context)
            # A former admin may still have the menu of admins.
            with suppress(TelegramError):
                await withdraw_menu(context.bot, chat.id)

    return gate


async def status(update: Update, context: Context) -> None:
    """Say what the bot answers from, how much it answered today, and what is wrong with it."""
    at, editing = desk(context), editors(context)
    language = at.language_of(update)
    base = at.knowledge_base
    published = editing.library.published()
    words = text(
        "status",
        language,
        edition=at.snapshot.edition.digest[:8],
        documents=len(base.documents),
        passages=len(base.passages),
        people=len(base.people.people),
        model=base.models.encoder.name,
        uptime=duration(datetime.datetime.now(datetime.UTC) - editing.started, language),
        published=_moment(published.now.at, language)
        if published is not None
        else text("not_known", language),
        answered=at.tally.today("answered"),
        asked_back=at.tally.today("clarify"),
        declined=at.tally.today("not_found"),
        memory=metrics.memory_bytes() >> 20,
    )
    wrong = state_told(editing.library, language)
    await reply(update, [plain(words), *map(plain, wrong)])


async def history(update: Update, context: Context) -> None:
    """List what was published, with buttons to go back to it."""
    at, editing = desk(context), editors(context)
    language = at.language_of(update)
    published = editing.library.published()
    if published is None:
        return
    rows = [
        [(text("button_back", language, number=one.number), edit_data("back", one.number))]
        for one in reversed(published.history)
        if one.number != published.current
    ]
    blocks = history_blocks(published.history, published.current, language)
    await reply(update, blocks, edit_keyboard(rows))


async def documents(update: Update, context: Context) -> None:
    """List the documents, with a button to remove each."""
    await show_documents(update, desk(context), 0)


async def show_documents(update: Update, at: Desk, offset: int) -> None:
    """Send a page of the documents, from the one at `offset` on."""
    language = at.language_of(update)
    edition = at.snapshot.edition
    names = list(edition.documents)
    blocks = [
        plain(text("documents", language, edition=edition.digest[:8], count=len(names))),
    ]
    rows = []
    shown = names[offset : offset + _DOCUMENTS_A_PAGE]
    by_name = dict(zip(names, at.knowledge_base.documents, strict=True))
    for number, name in enumerate(shown, start=offset):
        document = by_name[name]
        day = (
            date(document.date, language) if document.date else text("card_date_unknown", language)
        )
        blocks.append(Block((Run(name, is_bold=True), Run(f"\n{document.title}, {day}"))))
        rows.append([(name[:_ON_BUTTON], edit_data("remove", f"{edition.digest[:8]}.{number}"))])
    if (following := offset + _DOCUMENTS_A_PAGE) < len(names):
        rows.append([(text("button_more", language), edit_data("documents", following))])
    await reply(update, blocks, edit_keyboard(rows))


async def gaps(update: Update, context: Context) -> None:
    """List the questions that their askers handed over."""
    await show_gaps(update, desk(context), editors(context), 0)


async def show_gaps(update: Update, at: Desk, editing: Editors, offset: int) -> None:
    """Send a page of the questions handed over, from the one at `offset` on."""
    language = at.language_of(update)
    kept = editing.gaps.all()[::-1]
    last_page = (max(len(kept), 1) - 1) // _A_PAGE * _A_PAGE
    offset = min(offset, last_page)  # some may have been dismissed since
    if not kept:
        await reply(update, [plain(text("no_gaps", language))])
        return
    blocks = [plain(text("gaps", language, count=len(kept)))]
    rows = []
    for number, gap in enumerate(kept[offset : offset + _A_PAGE], start=offset + 1):
        wrong = f" · {text('gap_wrong', language)}" if gap.is_wrong else ""
        often = f" · {gap.count}×" if gap.count > 1 else ""
        heading = Run(f"{number} · {date(gap.day, language)}{often}{wrong}\n", is_bold=True)
        blocks.append(Block((heading, Run(gap.question, is_code=True))))
        words = text("button_dismiss", language, number=number)
        rows.append([(words, edit_data("dismiss", gap.id))])
    if offset + _A_PAGE < len(kept):
        rows.append([(text("button_more", language), edit_data("gaps", offset + _A_PAGE))])
    await reply(update, blocks, edit_keyboard(rows))


def _moment(moment: datetime.datetime, language: str) -> str:
    return f"{date(moment.date(), language)}, {moment:%H:%M} UTC"
