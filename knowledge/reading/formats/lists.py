"""Lines that are items of a list, and the numbers before them, whichever format they come from."""

import re
from collections.abc import Iterable, Iterator

from knowledge.reading.formats import BlockText

# A line of a list: a bullet or a number, then space. A lone dash opens dialogue in Russian too,
# so a single such line makes a list only beside others; see `grouped`.
LIST_ITEM = re.compile(r"\s*(?:[-–—•*○◦▪‣●·]|\(?\d{1,3}[.)]|\(?[a-z\u0430-\u044f]\))\s+\S")

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_LARGEST_ROMAN = 3999


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


def numeral(number: int, form: str) -> str:
    """Return `number` as CSS counts in `form`, such as "lower-alpha" or "upper-roman".

    What cannot be written so (0 in letters, 4000 in Roman figures) is written in digits.
    """
    case, _, letters = form.partition("-")
    if letters == "roman" and 0 < number <= _LARGEST_ROMAN:
        written = roman(number)
    elif letters in {"alpha", "latin"} and number > 0:
        written = _alphabetic(number)
    else:
        return f"{number:02}" if form == "decimal-leading-zero" else str(number)
    return written.upper() if case == "upper" else written


def _alphabetic(number: int) -> str:
    """Return `number` in letters: a to z, then aa, ab."""
    text = ""
    while number > 0:
        number, place = divmod(number - 1, 26)
        text = chr(ord("a") + place) + text
    return text


def roman(number: int) -> str:
    """Return `number`, 1 or more, in small Roman figures."""
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text
