"""Names of files that come from a chat."""

import unicodedata
from pathlib import PurePosixPath

from knowledge.errors import DocumentError
from knowledge.problems import problem
from knowledge.reading.formats import ENDINGS, EXPECTED
from knowledge.words.text import one_line

_LONGEST = 120  # bytes of UTF-8; longer ones fit neither on a phone nor, with a hash, in a folder


def safe_name(name: str) -> str:
    """Return `name` in NFC, its ending in small letters, white space single: what may be stored.

    Letters of any script stay as they are. Raises DocumentError, which says what to rename, for a
    name that is empty, hidden or too long, that holds a slash, a backslash, or a character nobody
    sees (control, bidirectional, zero-width), or whose ending is not read. A name that is too long
    is refused, not cut: two of them could become one, and one document take another's place.

    Example: "Report  2024.PDF" -> "Report 2024.pdf"
    """
    seen = "".join(" " if _is_unseen(character) else character for character in name)
    shown = one_line(seen)[:60]
    if not shown:
        raise DocumentError(problem("nameless"))
    if any(character in "/\\" for character in name):
        raise DocumentError(problem("name_slash", shown))
    if any(map(_is_unseen, name)):
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


def _is_unseen(character: str) -> bool:
    """Return whether `character` is a control, a format or no character, or separates lines."""
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
