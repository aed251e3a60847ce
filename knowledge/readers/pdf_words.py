"""Words broken at the ends of lines, put together as the rest of the text has them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from knowledge.text import one_line

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN_WORD = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]$")
# First halves of words that keep their hyphen, where nothing else in the text says so.
_PREFIXES = {"non", "self", "anti", "ex", "pro", "semi", "вице", "экс", "кое", "по"}


def known_words(texts: Iterable[str]) -> Counter[str]:
    """Return the words of a document by how often they are whole in it."""
    # A word broken at the end of a line says nothing of how it is written.
    whole = "\n".join(_BROKEN_WORD.sub("", text) for text in texts)
    return Counter(_WORD.findall(whole.lower()))


def mended(texts: Sequence[str], words: Counter[str]) -> str:
    """Return lines as one; the cells of a row hold lines of their own.

    A word that is nowhere else is put together unless its first half is a word by itself, or one
    of those prefixes that keep their hyphen: "приня-|та" is broken, "self-|evident" need not be.
    """
    lines = [line for text in texts for line in text.split("\n")]
    text = lines[0]
    for line in lines[1:]:
        text = _put_together(text, line, words)
    return one_line(text.replace("\u00ad", ""))


def _put_together(text: str, line: str, words: Counter[str]) -> str:
    broken, rest = _BROKEN_WORD.search(text), re.match(r"[^\W\d_]+", line)
    if broken is None or rest is None or not rest[0][0].islower():
        return f"{text} {line}"
    first = broken[1].lower()
    whole, hyphened = first + rest[0], f"{first}-{rest[0]}"
    is_word = words[first] > 0 or first in _PREFIXES
    if words[whole] or not (words[hyphened] or is_word):
        return text[:-1] + line
    return text[:-1] + "-" + line
