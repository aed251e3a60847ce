"""The Telegram application and its handlers."""

from functools import partial
from typing import TYPE_CHECKING, cast

from telegram import Update
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    Defaults,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.backlog import Backlog
from bot.callback_data import (
    EDIT,
    LANGUAGE,
    SURELY_WRONG,
    TELL,
    WRONG,
)
from bot.concurrency import PerChatProcessor
from bot.corrections import PAGE_PHOTO
from bot.desk import App, Desk
from bot.editors import Editors
from bot.gaps import Gaps
from bot.handlers import (
    admin,
    commands,
    correcting,
    editing,
    errors,
    files,
    handing_over,
    inline,
    languages,
    membership,
    people,
    presses,
    questions,
    refusals,
)
from bot.handlers.admin import admin_only
from bot.limiter import Limiter
from bot.requests import MOST_BYTES, Request
from bot.settings import Settings, state_folder
from bot.texts import text
from knowledge.library.library import Library
from knowledge.library.snapshots import Snapshot

if TYPE_CHECKING:  # it needs the extra redis
    from bot.shared import Shared

UPDATES = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
)
_ADMIN_HANDLERS = {
    "documents": admin.documents,
    "reload": editing.reload,
    "history": admin.history,
    "rollback": editing.rollback,
    "gaps": admin.gaps,
    "status": admin.status,
}
_CONNECTIONS = 32
_READ_SECONDS = 20.0  # after such a timeout a message may or may not have been delivered


def build(
    library: Library,
    snapshot: Snapshot,
    settings: Settings,
    token: str,
    poller: Request,
    *,
    limiter: Limiter | None = None,
    shared: "Shared | None" = None,
) -> App:
    """Return the application with all its handlers.

    It answers from `snapshot` until another is published in `library`; `poller` fetches its
    updates. `shared` is the state it has in common with other processes of the bot.
    """
    memories = shared.memories | {"is_shared": True} if shared is not None else {}
    at = Desk(snapshot, settings.language, frozenset(settings.admins), **memories)
    is_file = filters.Document.ALL | (filters.User(settings.admins) & PAGE_PHOTO)
    backlog = Backlog(
        lambda update: text("was_away", at.language_of(update)),
        lambda update: bool(is_file.check_update(update)) and at.is_admin(update),
    )
    turns, pace = (shared.turns, shared.pace) if shared is not None else (None, None)
    processor = PerChatProcessor(partial(refusals.decline, at), backlog, turns)
    application = cast(
        "App",
        ApplicationBuilder()
        .token(token)
        .base_url(f"{settings.telegram.api_url}/bot")
        .base_file_url(f"{settings.telegram.api_url}/file/bot")
        .request(
            Request(
                connections=_CONNECTIONS,
                read_seconds=_READ_SECONDS,
                max_bytes=max(MOST_BYTES, settings.documents.max_bytes),
            )
        )
        .get_updates_request(poller)
        .concurrent_updates(processor)
        .rate_limiter(limiter or Limiter(pace=pace))
        .defaults(Defaults(allow_sending_without_reply=True))
        .build(),
    )
    application.bot_data["desk"] = at
    application.bot_data["typing"] = inline.Typing()
    gaps = Gaps(state_folder(settings) / "gaps.json")
    application.bot_data["editors"] = Editors(library, gaps)
    new = filters.UpdateType.MESSAGE
    private = new & filters.ChatType.PRIVATE
    is_text = filters.TEXT & ~filters.COMMAND
    edited = filters.UpdateType.EDITED_MESSAGE & (filters.TEXT | filters.CAPTION)
    application.add_handlers(
        [
            CommandHandler("start", commands.start, new),
            CommandHandler("help", commands.help_, new),
            CommandHandler("about", commands.about, new),
            CommandHandler("privacy", commands.privacy, new),
            CommandHandler("ask", questions.answer, new),
            CommandHandler("people", people.people, new),
            CommandHandler("person", people.person, new),
            CommandHandler("demands", people.demands, new),
            CommandHandler("language", languages.language, new),
            CommandHandler("forget", people.forget, new),
            CommandHandler("id", commands.id_, private),
            *(
                CommandHandler(command, admin_only(handler), new)
                for command, handler in _ADMIN_HANDLERS.items()
            ),
            MessageHandler(private & filters.COMMAND, commands.unknown),
            MessageHandler(private & is_file, files.receive),
            MessageHandler(private & is_text & filters.User(settings.admins), correcting.correct),
            MessageHandler(new & ~filters.COMMAND & ~filters.StatusUpdate.ALL, questions.answer),
            MessageHandler(edited, correcting.correct_again),
            CallbackQueryHandler(editing.press, f"^{EDIT}$"),
            CallbackQueryHandler(languages.press, LANGUAGE),
            CallbackQueryHandler(handing_over.call_wrong, f"^{WRONG}$"),
            CallbackQueryHandler(handing_over.tell, f"^(?:{TELL}|{SURELY_WRONG})$"),
            CallbackQueryHandler(presses.press),
            InlineQueryHandler(inline.inline),
            ChatMemberHandler(membership.change),
        ]
    )
    application.add_error_handler(errors.report)
    return application
