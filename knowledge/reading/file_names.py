"""Checks the names of files that are sent in a chat."""

import unicodedata
from pathlib import PurePosixPath

from knowledge.errors import DocumentError
from knowledge.problems import problem
from knowledge.reading.formats import ENDINGS, EXPECTED
from knowledge.words.text import one_line

_LONGEST = 120  # bytes of UTF-8; longer ones fit neither on a phone nor, with a hash, in a folder


def safe_name(name: str) -> str:
    """Return `name` as it may be stored: normalised, with single spaces and a lower-case ending.

    Letters of any script are allowed. Raises DocumentError, which says what to rename, for a name
    that is empty, hidden or too long, that holds a slash, a backslash, or an invisible character
    (control, bidirectional, zero-width), or whose ending is not read. A name that is too long is
    refused, not cut: two of them could become the same, and one document take another's place.

    Example: "Report  2024.PDF" -> "Report 2024.pdf"
    """
    visible = "".join(" " if _is_invisible(character) else character for character in name)
    shown = one_line(visible)[:60]
    if not shown:
        raise DocumentError(problem("nameless"))
    if any(character in "/\\" for character in name):
        raise DocumentError(problem("name_slash", shown))
    if any(map(_is_invisible, name)):
        raise DocumentError(problem("name_unseen", shown))
    path = PurePosixPath(one_line(name))
    ending, stem = path.suffix.lower(), path.stem.strip()
    if path.name.startswith(".") or not stem:
        raise DocumentError(problem("name_hidden", shown))
    if ending not in ENDINGS:
        raise DocumentError(problem("type_unknown", shown, ending=ending, endings=EXPECTED))
    safe = stem + ending
    if len(safe.encode()) > _LONGEST:
        most = {"bytes": _LONGEST, "latin": _LONGEST, "cyrillic": _LONGEST // 2}
        raise DocumentError(problem("name_too_long", f"{shown}…", **most))
    return safe


def _is_invisible(character: str) -> bool:
    """Return whether `character` is a control or format character, separates lines or paragraphs,
    or stands for no character that is known.
    """
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
