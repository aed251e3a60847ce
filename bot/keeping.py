"""What is wrong with the files that the bot keeps, as its editors are told.

Where the files are concerns whoever runs the bot, and is told in the log alone.
"""

import logging
from collections.abc import Iterable

from telegram import Bot
from telegram.error import TelegramError

from bot.texts import date, text
from embeddings.errors import EmbeddingError
from knowledge.errors import KnowledgeError
from knowledge.library.library import Library
from knowledge.library.recovery import Damage

_log = logging.getLogger(__name__)

OF_THE_SERVER = frozenset(
    {"all_gone", "archive_damaged", "folder_unreadable", "gaps_damaged", "read_only", "unwritable"}
)
"""Codes of problems with a file of the server, not with a document of an editor."""


def log_failure(error: Exception) -> None:
    """Log `error` if it is about the server: an editor is told of it without the path.

    No other error is logged: its message may hold words of a document.
    """
    problem = error.problem if isinstance(error, KnowledgeError) else None
    if isinstance(error, EmbeddingError) or (problem and problem.code in OF_THE_SERVER):
        _log.error("an edit failed: %s", error)


def log_damage(damage: Damage) -> None:
    """Log which files are damaged, and what serves instead."""
    serves = "what was published, restored from the documents on disk"
    if damage.instead is not None:
        serves = f"publication {damage.instead.number}, edition {damage.instead.edition[:8]}"
    for file in damage.files:
        _log.error("damaged or missing file=%s; now serving %s", file, serves)


def damage_told(damage: Damage, language: str) -> str:
    """Return what to tell an editor of `damage`."""
    one, count = damage.instead, len(damage.files)
    if one is None:
        return text("damage_mended", language, files=count)
    return text(
        "damage_instead",
        language,
        files=count,
        number=one.number,
        date=date(one.at.date(), language),
        edition=one.edition[:8],
    )


def state_told(library: Library, language: str) -> list[str]:
    """Return what is wrong with the files of `library`, a line each; [] if nothing is."""
    lines = [damage_told(library.damage, language)] if library.damage is not None else []
    if count := library.damaged_files:
        lines.append(text("status_damaged", language, count=count))
    if library.is_read_only:
        lines.append(text("status_read_only", language))
    return lines


async def tell_editors(bot: Bot, editors: Iterable[int], library: Library, language: str) -> None:
    """Tell each of `editors` what was found damaged at this start, if anything was."""
    if library.damage is None:
        return
    for editor in editors:
        try:
            await bot.send_message(editor, damage_told(library.damage, language))
        except TelegramError as error:  # a bot cannot write to a user who never opened it
            _log.warning("an editor was not told of damage error=%s", type(error).__name__)
