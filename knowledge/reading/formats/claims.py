"""What may be believed of the things a file says of itself."""

import datetime
import re

from knowledge.words.patterns import of_any
from knowledge.words.text import one_line

_LONGEST_TITLE = 300  # characters
_TOOL = re.compile(
    rf"microsoft (?:word|powerpoint|excel)\b.*|(?:{of_any('files', 'untitled')})[ _-]*\d*"
    r"|.*\.(?:docx?|rtf|odt|pdf|indd|qxd|pptx?|xlsx?|html?|txt|tex|dvi)",
    re.IGNORECASE,
)
_DETECTED = {"en", "ru", "kk"}


def title(text: str | None) -> str | None:
    """Return `text` as a title, None for what a program put there by itself ("Document1")."""
    text = one_line(text or "")
    is_title = re.search(r"[^\W\d_]{2}", text) and len(text) <= _LONGEST_TITLE
    return text if is_title and "\ufffd" not in text and not _TOOL.fullmatch(text) else None


def date(day: datetime.date | None) -> str | None:
    """Return `day` in ISO form, None if it lies in the future or before there were such files."""
    if day is None:
        return None
    return day.isoformat() if datetime.date(1985, 1, 1) <= day <= last_day() else None


def last_day() -> datetime.date:
    """Return tomorrow by UTC, which is today somewhere: nothing is published later."""
    return datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)


def language(tag: str | None) -> str | None:
    """Return the ISO 639 code of a language tag such as "de-AT", if it can be believed.

    English, Russian and Kazakh are told apart by the text itself: templates say "en" of any page.
    """
    match = re.fullmatch(r"([A-Za-z]{2,3})(?:[-_].*)?", (tag or "").strip())
    code = match[1].lower() if match else None
    return None if code in _DETECTED else code


def known(**fields: str | None) -> dict[str, str]:
    """Return those of `fields` that are known."""
    return {key: value for key, value in fields.items() if value}
