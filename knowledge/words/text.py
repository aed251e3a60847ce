"""Text as Telegram will show it, so that a quote sent equals the quote stored."""

import re
import unicodedata

from knowledge.words.look_alikes import mended

# Nobody sees them: soft hyphens, spaces and joiners without width, signs of direction, and signs of
# formulas. The three combining marks at the end are deleted by the Bot API server (in its source).
_UNSEEN = re.compile(
    r"\u00ad(?!\s*\Z)|[\u034f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    r"\u030a\u0333\u033f]"
)
# A soft hyphen at the end of a line is seen, and the word goes on in the next one; at the end of
# the text it stays for whoever puts lines together.
_BROKEN_WORD = re.compile(r"\u00ad[ \t]*\n[ \t]*(?=\w)")
# Persian and Indic scripts, Arabic abbreviations and emoji need the joiners and non-joiners.
_JOINING = r"\u0590-\u1fff\u2190-\U0010ffff"
_OF_WORDS = r"0-9A-Za-z\u00c0-\u052f"
_JOINERS = re.compile(
    rf"(?<=[{_OF_WORDS}])[\u200c\u200d]++|[\u200c\u200d]++(?=[{_OF_WORDS}])"
    rf"|(?<![{_JOINING}\u200c\u200d])[\u200c\u200d]++(?![{_JOINING}])"
)


# What any of the steps below would change but for NFC and look-alikes; most texts have none of it.
_ODD = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u030a\u0333\u033f\u034f\u061c\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\ufeff\ud800-\udfff]"
)


def normalise(text: str) -> str:
    """Return `text` as Telegram will show it, so that a quote sent equals the quote stored.

    NFC; line and paragraph separators and form feeds become line ends; tabs and other control
    characters become spaces; what nobody sees is dropped, so that what is searched is what is seen,
    and a letter of the wrong alphabet becomes the one it looks like; half of a surrogate pair,
    which no file can hold, becomes U+FFFD.
    """
    text = unicodedata.normalize("NFC", text)
    if _ODD.search(text):
        text = _without_odd(text)
    # What was dropped may have stood between.
    return unicodedata.normalize("NFC", mended(unicodedata.normalize("NFC", text)))


def _without_odd(text: str) -> str:
    text = re.sub(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]", "\n", text)
    text = _JOINERS.sub("", _UNSEEN.sub("", _BROKEN_WORD.sub("", text)))
    text = re.sub(r"[\x00-\x09\x0e-\x1f\x7f-\x9f]", " ", text)
    return re.sub(r"[\ud800-\udfff]", "\ufffd", text)


def one_line(text: str) -> str:
    """Return `text` normalised and on one line, with single spaces between its words."""
    return " ".join(normalise(text).split())


def matched(found: re.Match[str] | None) -> str:
    """Return the first group of `found` that holds anything; nothing if none does.

    A pattern of several languages has one group for each of them.
    """
    return next((group for group in found.groups() if group), "") if found else ""
