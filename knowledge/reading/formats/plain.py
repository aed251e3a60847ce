"""Plain text, with front matter or without."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from statistics import median

from knowledge.reading.formats import BlockText, Contents, front_matter
from knowledge.reading.formats.bounds import check_source
from knowledge.reading.formats.broken_words import is_broken, known_words, mended
from knowledge.reading.formats.encoding import decode
from knowledge.reading.formats.lists import LIST_ITEM, grouped
from knowledge.words.text import normalise

_WRAPPED_WIDTH = (50, 110)  # characters in the lines of a text wrapped by hand
_BROKEN_LINE = re.compile(r"\w[-\u00ad\u2010\u2011][ \t]*\n")


def read(data: bytes) -> Contents:
    """Return what the text file `data` holds. Raises DocumentError."""
    front = front_matter.split(decode(data))
    check_source(front.body)
    return Contents(front.fields, tuple(_blocks(normalise(front.body))), front.notes)


def _blocks(source: str) -> Iterator[BlockText]:
    """Yield the blocks of a plain text: each line is a paragraph, unless blank lines set those
    apart and the lines are wrapped by hand, or a word goes on in the next; lines with bullets or
    numbers in a row are a list.
    """
    stanzas = [
        [line.strip() for line in stanza.split("\n")]
        for stanza in re.split(r"\n\s*\n", source.strip())
    ]
    is_wrapped = len(stanzas) > 1 and _is_wrapped(stanzas)
    put_together = _mending(source) if _BROKEN_LINE.search(source) else " ".join
    for stanza in stanzas:
        parts = _parts(stanza, is_wrapped=is_wrapped)
        yield from grouped(line for line in map(put_together, parts) if line)


def _mending(source: str) -> Callable[[Sequence[str]], str]:
    """Return what puts lines of `source` together, words that are broken at their ends too."""
    words = known_words([source])
    return lambda lines: mended(lines, words)


def _is_wrapped(stanzas: Iterable[list[str]]) -> bool:
    inner = [len(line) for stanza in stanzas for line in stanza[:-1]]
    low, high = _WRAPPED_WIDTH
    return bool(inner) and low <= median(inner) and max(inner) <= high


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
