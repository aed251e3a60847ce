"""Lines that are items of a list, whichever format they come from."""

import re
from collections.abc import Iterable, Iterator

from knowledge.readers import BlockText

# A line of a list: a bullet or a number, then space. A lone dash opens dialogue in Russian too,
# so a single such line makes a list only beside others; see `grouped`.
LIST_ITEM = re.compile(r"\s*(?:[-–—•*○◦▪‣●·]|\(?\d{1,3}[.)]|\(?[a-zа-я]\))\s+\S")


def grouped(lines: Iterable[str]) -> Iterator[BlockText]:
    """Yield each of `lines` as a paragraph, and two or more marked lines in a row as a list."""
    items: list[str] = []
    for line in lines:
        if LIST_ITEM.match(line):
            items.append(line)
            continue
        yield from _list_or_paragraph(items)
        items = []
        yield "paragraph", line
    yield from _list_or_paragraph(items)


def _list_or_paragraph(items: list[str]) -> Iterator[BlockText]:
    if len(items) > 1:
        yield "list", "\n".join(items)
    elif items:
        yield "paragraph", items[0]
