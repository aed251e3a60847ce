"""What is printed on pages of a PDF beside its text: headers, footers, numbers, and contents."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, median_low

from knowledge.reading.formats.pdf_rows import Line

_ROWS = 4  # of a page, from each end, among which headers and footers are looked for
_ALONE = re.compile(r"\W*(?:(\d{1,4})|[ivxlc]{1,6})\W*")
_AT_BEGIN = re.compile(r"\W{0,3}(\d{1,4})(?!\S*\w)")
_AT_END = re.compile(r"(?<!\S)\W{0,3}(\d{1,4})\W{0,3}$")
_CONTENTS = re.compile(r"(?:[.…·] ?){4,}\s*(\d+|[ivxlc]+)$")  # a line of a table of contents
_FEW_PAGES = 6
_HEADINGS = 0.3  # of the lines of contents are headings, at least; some are broken otherwise
_LETTERS = 15  # by which they are compared
_NUMBERED = ("…#", "#…")  # a row that ends, or begins, with the number of its page
_APART = 1.3  # usual distances of rows between the text and what is printed beside it

_Row = list[Line]
_Page = list[_Row]


@dataclass(frozen=True, slots=True)
class Body:
    """The rows of each page without what was left out, and how many rows that were."""

    pages: list[_Page]
    margins: int
    contents: int


def body(pages: Sequence[_Page]) -> Body:
    """Return the rows of `pages` that are text.

    Left out are the outermost rows of a page that are but its number, or come again at the same
    height of other pages, apart from the text; and those of a table of contents.
    """
    margins, contents = _margins(pages), _contents(pages)
    left_out = margins | contents
    kept = [[row for row in page if id(row) not in left_out] for page in pages]
    return Body(kept, len(margins), len(contents - margins))


def _margins(pages: Sequence[_Page]) -> set[int]:
    shift = _shift_of_numbers(pages)
    size = median([row[0].size for page in pages for row in page] or [0.0])
    heights: dict[str, list[tuple[int, float]]] = {}
    for number, page in enumerate(pages):
        for row in {id(row): row for row in (*page[:_ROWS], *page[-_ROWS:])}.values():
            for pattern in _patterns(row, number, shift, size):
                heights.setdefault(pattern, []).append((number, row[0].down))
    fewest = 2 if len(pages) <= 3 else 3
    small = 0.95 * size if len(pages) <= _FEW_PAGES else 0.0  # on every other page

    def comes_again(row: _Row, number: int) -> bool:
        for pattern in _patterns(row, number, shift, size):
            found = {page for page, down in heights[pattern] if abs(down - row[0].down) <= 3}
            enough = 3 if pattern in _NUMBERED else 2 if row[0].size < small else fewest
            is_of_side = pattern not in _NUMBERED and _are_one_side(found, len(pages))
            if len(found) >= enough or is_of_side:
                return True
        return False

    dropped: set[int] = set()
    for number, page in enumerate(pages):
        found: list[_Row] = []
        for rows in (page, page[::-1]):
            outer: list[_Row] = []
            for row in rows[:_ROWS]:
                if not _is_number(row, number, shift) and not comes_again(row, number):
                    break
                outer.append(row)
            found += _apart(outer, rows, number, shift)
        # Pages that are all alike are text.
        is_all = _ROWS <= len(page) <= len(found)
        dropped |= {id(row) for row in found if not is_all or _is_number(row, number, shift)}
    return dropped


def _are_one_side(found: set[int], count: int) -> bool:
    """Return whether `found` are the left or the right ones of `count` pages; the first, with the
    title, may be left out.
    """
    sides = {page % 2 for page in found}
    wanted = {page for page in range(1, count) if page % 2 in sides}
    return len(sides) == 1 and len(found) > 1 and wanted <= found


def _apart(outer: list[_Row], rows: list[_Row], number: int, shift: int | None) -> list[_Row]:
    """Return the `outer` ones of `rows` up to the last that stands apart from the text.

    What follows the text at its usual distance is of it, a table's head that each page repeats.
    """
    count = len(outer)
    usual = median_low(
        [abs(b[0].down - a[0].down) for a, b in pairwise(rows[count:])]
        or [abs(b[0].down - a[0].down) for a, b in pairwise(rows)]
        or [0.0]
    )
    while 0 < count < len(rows) and not _is_number(outer[count - 1], number, shift):
        last, text = outer[count - 1][0], rows[count][0]
        is_far = abs(text.down - last.down) > _APART * usual
        if is_far or last.size < 0.95 * text.size:
            break
        count -= 1
    return outer[:count]


def _shift_of_numbers(pages: Sequence[_Page]) -> int | None:
    """Return what the number on a page is more than its place; None where pages have none."""
    shifts: Counter[int] = Counter()
    for number, page in enumerate(pages):
        if page:
            found = {each for row in (page[0], page[-1]) for each in _numbers(_text(row))}
            shifts.update(each - number for each in found)
    if not shifts:
        return None
    shift, count = shifts.most_common(1)[0]
    if len(pages) == 1:  # nothing but its number says that it is one
        return 1 if any(_text(row) == "1" for row in pages[0]) else None
    return shift if count >= max(2, len(pages) / 2) else None


def _numbers(text: str) -> set[int]:
    return {int(number) for number in re.findall(r"(?<!\d)\d{1,4}(?!\d)", text)}


def _is_number(row: _Row, number: int, shift: int | None) -> bool:
    """Return whether `row` is the number of its page, or a Roman one, and nothing else."""
    alone = _ALONE.fullmatch(_text(row))
    if alone is None:
        return False
    return alone[1] is None or (shift is not None and int(alone[1]) == number + shift)


def _patterns(row: _Row, number: int, shift: int | None, size: float) -> list[str]:
    """Return what must come again at one height for `row` to be a header or footer.

    That is its text, with # for the number of its page; or but the number, beside the name of the
    chapter. "3 Results" above page 3 may be a heading, unless its letters are smaller than `size`,
    that of the text, or stand far apart.
    """
    text = _text(row)
    if shift is None:
        return [text]
    own = str(number + shift)
    places = [match.span() for match in re.finditer(r"\d+", text) if match[0] == own]
    found = [text[:begin] + "#" + text[end:] for begin, end in places] or [text]
    begin, end = _AT_BEGIN.match(text), _AT_END.search(text)
    is_small = row[0].size < 0.95 * size
    is_plain = row[0].size < 1.05 * size and not row[0].is_bold
    is_wide = len(row) > 1 and row[1].left - row[0].right > 3 * size
    if end is not None and end[1] == own and is_plain:
        found.append(_NUMBERED[0])
    if begin is not None and begin[1] == own and (is_small or (is_plain and is_wide)):
        found.append(_NUMBERED[1])
    return found


def _text(row: _Row) -> str:
    return " ".join(line.text for line in row)


def _contents(pages: Sequence[_Page]) -> set[int]:
    """Return the rows of tables of contents: dots, numbers that never fall, and headings that
    stand above their text elsewhere, or Roman numbers. Else it is a list of prices, or of fines.
    """
    runs: list[list[tuple[_Row, int | None]]] = []
    gap = 0
    begins: set[str] = set()
    for row in (row for page in pages for row in page):
        match = _CONTENTS.search(_text(row))
        if match is None:
            gap += 1
            begins.add(_begin(_text(row)))
            continue
        if not runs or gap > 2:
            runs.append([])
        gap = 0
        runs[-1].append((row, int(match[1]) if match[1].isdigit() else None))
    found: set[int] = set()
    for run in runs:
        numbers = [number for _, number in run if number is not None]
        is_rising = all(a <= b for a, b in pairwise(numbers))
        headings = sum(_begin(_text(row)) in begins for row, _ in run)
        is_roman = len(numbers) < len(run)
        if is_rising and (is_roman or headings >= _HEADINGS * len(run)):
            found |= {id(row) for row, _ in run}
    return found


def _begin(text: str) -> str:
    """Return the first letters of `text`, by which a line of contents and its heading are alike."""
    letters = re.sub(r"[\W\d_]+", "", _CONTENTS.sub("", text)).casefold()
    return letters[:_LETTERS]
