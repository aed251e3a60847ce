"""Plain text, with front matter or without."""

import re
from collections.abc import Iterable, Iterator
from statistics import median

from knowledge.reading.formats import BlockText, Contents, front_matter
from knowledge.reading.formats.bounds import check_source
from knowledge.reading.formats.encoding import decode
from knowledge.reading.formats.lists import LIST_ITEM, grouped
from knowledge.words.text import normalise

_WRAPPED_WIDTH = (50, 110)  # characters in the lines of a text wrapped by hand


def read(data: bytes) -> Contents:
    """Return what the text file `data` holds. Raises DocumentError."""
    front = front_matter.split(decode(data))
    check_source(front.body)
    return Contents(front.fields, tuple(_blocks(normalise(front.body))), front.notes)


def _blocks(source: str) -> Iterator[BlockText]:
    """Yield the blocks of a plain text: each line is a paragraph, unless blank lines set those
    apart and the lines are wrapped by hand; lines with bullets or numbers in a row are a list.
    """
    stanzas = [
        [line.strip() for line in stanza.split("\n")]
        for stanza in re.split(r"\n\s*\n", source.strip())
    ]
    is_wrapped = len(stanzas) > 1 and _is_wrapped(stanzas)
    for stanza in stanzas:
        lines = list(_joined(stanza)) if is_wrapped else stanza
        yield from grouped(line for line in lines if line)


def _is_wrapped(stanzas: Iterable[list[str]]) -> bool:
    inner = [len(line) for stanza in stanzas for line in stanza[:-1]]
    low, high = _WRAPPED_WIDTH
    return bool(inner) and low <= median(inner) and max(inner) <= high


def _joined(lines: Iterable[str]) -> Iterator[str]:
    """Yield wrapped lines as one, apart from items of a list."""
    whole: list[str] = []
    for line in lines:
        if LIST_ITEM.match(line) and whole:
            yield " ".join(whole)
            whole = []
        whole.append(line)
    yield " ".join(whole)
