"""Plain text, with front matter or without."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from knowledge.reading.formats import BlockText, Contents, front_matter
from knowledge.reading.formats.bounds import check_source
from knowledge.reading.formats.broken_words import is_broken, known_words, mended
from knowledge.reading.formats.encoding import decode
from knowledge.reading.formats.lists import LIST_ITEM, grouped
from knowledge.words.text import normalise

_WRAPPED_WIDTH = (50, 110)  # characters in the lines of a text wrapped by hand
_INDENT = re.compile(r"(?: {2,}|\t)\s*\S")
_CLOSING = r"[\"'»”’)\]]*$"  # what may stand behind the last mark of a line
_SENTENCE_END = re.compile(r"[.!?…:;]" + _CLOSING)
_GOES_ON = re.compile(r"[,\-\u2010-\u2015]" + _CLOSING)
_LONGEST_TITLE = 120  # characters
_MOST_BEGINNINGS = 0.6  # of the lines of a text whose paragraphs begin with an indent
_ENDED = 0.8  # of its paragraphs end with the end of a sentence, at the least
_GOING = 0.5  # of the lines of a wrapped paragraph, and more, end within a sentence
_FULL = 0.75  # of them, at the least, have no room for another word
_BROKEN_LINE = re.compile(r"\w[-\u00ad\u2010\u2011][ \t]*\n")


def read(data: bytes) -> Contents:
    """Return what the text file `data` holds. Raises DocumentError."""
    front = front_matter.split(decode(data))
    check_source(front.body)
    blocks = _blocks(normalise(front.body), is_titled="title" in front.fields)
    return Contents(front.fields, tuple(blocks), front.notes)


def _blocks(source: str, *, is_titled: bool) -> Iterator[BlockText]:
    """Yield the blocks of a plain text: each line is a paragraph, unless blank lines set those
    apart and the lines are wrapped by hand, or a word goes on in the next; lines with bullets or
    numbers in a row are a list. Unless it `is_titled` elsewhere, its first line may be its title.
    """
    source = _set_apart(source.strip("\n"))
    stanzas = [
        [line.strip() for line in stanza.split("\n")]
        for stanza in re.split(r"\n\s*\n", source.strip())
    ]
    is_wrapped = len(stanzas) > 1 and _is_wrapped(stanzas)
    put_together = _mending(source) if _BROKEN_LINE.search(source) else " ".join
    if not is_titled and _is_title(stanzas):
        yield "heading", stanzas.pop(0)[0]
    for stanza in stanzas:
        parts = _parts(stanza, is_wrapped=is_wrapped or _goes_on_below(stanza))
        yield from grouped(line for line in map(put_together, parts) if line)


def _is_title(stanzas: Sequence[Sequence[str]]) -> bool:
    """Return whether the first of `stanzas` is the title of the others: a short line that neither
    ends as a sentence does nor begins a list.
    """
    line = stanzas[0][0]
    is_alone = len(stanzas) > 1 and len(stanzas[0]) == 1
    return (
        is_alone
        and 0 < len(line) <= _LONGEST_TITLE
        and not LIST_ITEM.match(line)
        and any(map(str.isalpha, line))
        and not _SENTENCE_END.search(line)
        and not _GOES_ON.search(line)
    )


def _set_apart(source: str) -> str:
    """Return `source` with a blank line before each paragraph, if only an indent begins it."""
    lines = [line for line in source.split("\n") if line.strip()]
    begins = [_INDENT.match(line) is not None for line in lines]
    if not (begins and begins[0]) or not 1 < sum(begins) <= _MOST_BEGINNINGS * len(lines):
        return source
    pairs = list(zip(lines, begins[1:], strict=False))
    ends = [_SENTENCE_END.search(line.rstrip()) is not None for line, is_last in pairs if is_last]
    inner = [len(line) for line, is_last in pairs if not is_last]
    low, high = _WRAPPED_WIDTH
    if sum(ends) < _ENDED * len(ends) or not low <= median(inner) or max(inner) > high:
        return source
    return re.sub(r"\n(?=(?: {2}|\t))", "\n\n", source)


def _mending(source: str) -> Callable[[Sequence[str]], str]:
    """Return what puts lines of `source` together, words that are broken at their ends too."""
    words = known_words([source])
    return lambda lines: mended(lines, words)


def _is_wrapped(stanzas: Iterable[list[str]]) -> bool:
    inner = [len(line) for stanza in stanzas for line in stanza[:-1]]
    low, high = _WRAPPED_WIDTH
    return bool(inner) and low <= median(inner) and max(inner) <= high


def _goes_on_below(stanza: Sequence[str]) -> bool:
    """Return whether `stanza` is wrapped by hand: sentences go on from line to line of it, and
    nearly no line had room for the first word of the next.
    """
    if not _is_wrapped([list(stanza)]):
        return False
    breaks = list(pairwise(stanza))
    width = max(map(len, stanza))
    going = sum(not _SENTENCE_END.search(line) and after[:1].islower() for line, after in breaks)
    full = sum(len(f"{line} {after.split(' ')[0]}") > width for line, after in breaks)
    return going > _GOING * len(breaks) and full >= _FULL * len(breaks)


def _parts(lines: Iterable[str], *, is_wrapped: bool) -> Iterator[list[str]]:
    """Yield the lines of each paragraph, and of each item of a list, among `lines`."""
    part: list[str] = []
    for line in lines:
        is_of_it = is_wrapped or (is_broken(part[-1]) and line[:1].isalnum()) if part else True
        if part and (LIST_ITEM.match(line) or not is_of_it):
            yield part
            part = []
        part.append(line)
    yield part
