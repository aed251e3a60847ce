"""Text as Telegram will show it, so that a quote sent equals the quote stored."""

import re
import unicodedata

from knowledge.words.look_alikes import mended

# Characters that nobody sees: soft hyphens, zero-width spaces and joiners, direction marks and
# invisible operators. The Bot API server deletes the three combining marks at the end (its source).
_UNSEEN = re.compile(
    r"\u00ad(?!\s*\Z)|[\u034f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    r"\u030a\u0333\u033f]"
)
# A soft hyphen at the end of a line is seen, and the word goes on in the next line. At the end of
# the text it stays, for the caller that joins lines.
_BROKEN_WORD = re.compile(r"\u00ad[ \t]*\n[ \t]*(?=\w)")
# Persian, Indic scripts, Arabic abbreviations and emoji need zero-width joiners and non-joiners.
_JOINING = r"\u0590-\u1fff\u2190-\U0010ffff"
_OF_WORDS = r"0-9A-Za-z\u00c0-\u052f"
# Compiled for the first text that needs it, as it takes longest of all that the process that reads
# files compiles.
_JOINERS = (
    rf"(?<=[{_OF_WORDS}])[\u200c\u200d]++|[\u200c\u200d]++(?=[{_OF_WORDS}])"
    rf"|(?<![{_JOINING}\u200c\u200d])[\u200c\u200d]++(?![{_JOINING}])"
)


# What `_without_odd` changes; most texts have none of it.
_ODD = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u030a\u0333\u033f\u034f\u061c\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\ufeff\ud800-\udfff]"
)


def normalise(text: str) -> str:
    """Return `text` as Telegram will show it, so that a quote sent equals the quote stored.

    The text becomes NFC. Line and paragraph separators and form feeds become line ends; tabs and
    other control characters become spaces. Characters that nobody sees are dropped, so that what is
    searched is what is seen. A letter of the wrong alphabet becomes the one it looks like. Half of
    a surrogate pair, which no file can hold, becomes U+FFFD.
    """
    text = unicodedata.normalize("NFC", text)
    if _ODD.search(text):
        text = _without_odd(text)
    # NFC again: what was dropped may have stood between a letter and its mark.
    return unicodedata.normalize("NFC", mended(unicodedata.normalize("NFC", text)))


def _without_odd(text: str) -> str:
    text = re.sub(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]", "\n", text)
    text = re.sub(_JOINERS, "", _UNSEEN.sub("", _BROKEN_WORD.sub("", text)))
    text = re.sub(r"[\x00-\x09\x0e-\x1f\x7f-\x9f]", " ", text)
    return re.sub(r"[\ud800-\udfff]", "\ufffd", text)


def one_line(text: str) -> str:
    """Return `text` normalised and on one line, with single spaces between its words."""
    return " ".join(normalise(text).split())


def matched(match: re.Match[str] | None) -> str:
    """Return the first group of `match` that holds anything; "" if none does, or without a match.

    A pattern of several languages has one group for each of them.
    """
    return next((group for group in match.groups() if group), "") if match else ""
