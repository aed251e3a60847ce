"""Text as Telegram will show it, so that a quote sent equals the quote stored."""

import re
import unicodedata


def normalise(text: str) -> str:
    """Return `text` as Telegram will show it, so that a quote sent equals the quote stored.

    NFC; line and paragraph separators and form feeds become line ends; tabs and other control
    characters become spaces; bidirectional controls and the three combining marks that the Bot
    API server deletes (U+030A, U+0333, U+033F, read in its source) are dropped; half of a
    surrogate pair, which no file can hold, becomes U+FFFD.
    """
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]", "\n", text)
    text = re.sub(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff\u030a\u0333\u033f]", "", text)
    text = re.sub(r"[\x00-\x09\x0e-\x1f\x7f-\x9f]", " ", text)
    text = re.sub(r"[\ud800-\udfff]", "\ufffd", text)
    return unicodedata.normalize("NFC", text)  # what was dropped may have stood between


def one_line(text: str) -> str:
    """Return `text` normalised and on one line, with single spaces between its words."""
    return " ".join(normalise(text).split())


def matched(found: re.Match[str] | None) -> str:
    """Return the first group of `found` that holds anything; nothing if none does.

    A pattern of several languages has one group for each of them.
    """
    return next((group for group in found.groups() if group), "") if found else ""
