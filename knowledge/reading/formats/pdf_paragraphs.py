"""Lines of a PDF put together to paragraphs, over columns and pages and past footnotes."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from knowledge.reading.formats import BlockText
from knowledge.reading.formats.broken_words import known_words, mended
from knowledge.reading.formats.lists import LIST_ITEM, grouped
from knowledge.reading.formats.pdf_rows import Line
from knowledge.reading.formats.table_blocks import Row, table_blocks

_SENTENCE_END = re.compile(r"[.!?…:;][\"'»”’)\]⁰¹²³⁴-⁹]*$")
_GOES_ON = re.compile(r"[,(«“„/&\-\u2010-\u2015]$")
_BULLET = re.compile(r"[-–—•*○◦▪‣●·]\s")
_LONGEST_HEADING = 150  # characters
_FULL = 0.75  # of the width of its column, a line that does not end a paragraph
_FEW_LINES = 3  # of a column, which say nothing of its width

Widths = dict[tuple[int, int], float]
"""Of full lines, by page and column, in points."""
Edges = dict[tuple[int, int, int], float]
"""Right edges by page, column and left edge, in points."""


def blocks(lines: Sequence[Line]) -> Iterator[BlockText]:
    """Yield the paragraphs, headings and lists that `lines` in order are."""
    if not lines:
        return
    body_size = _most_common_size(lines)
    words = known_words(line.text for line in lines)
    plain: list[str] = []
    for is_row, run in groupby(_paragraphs(lines, body_size), lambda each: each[0].is_row):
        read = [(each, mended([line.text for line in each], words)) for each in run]
        table = list(table_blocks([_row(each[0], text) for each, text in read])) if is_row else []
        if any(kind == "table" for kind, _ in table):
            yield from grouped(plain)
            plain = []
            yield from table
            continue
        for paragraph, text in read:
            if _is_heading(paragraph, text, body_size):
                yield from grouped(plain)
                plain = []
                yield "heading", text
            elif text:
                plain.append(text)
    yield from grouped(plain)


def _row(line: Line, text: str) -> Row:
    cells = f" {text}" if text.startswith("|") else text  # the first cell is empty
    return Row(tuple(cells.split(" | ")), is_bold=line.is_bold)


def _most_common_size(lines: Iterable[Line]) -> float:
    letters: Counter[float] = Counter()
    for line in lines:
        letters[round(line.size, 1)] += len(line.text)
    return letters.most_common(1)[0][0]


def _is_heading(lines: Sequence[Line], text: str, body_size: float) -> bool:
    is_large = all(line.size > 1.15 * body_size for line in lines)
    is_bold = all(line.is_bold for line in lines)
    return (
        (is_large or is_bold)
        and len(text) <= _LONGEST_HEADING
        and not _SENTENCE_END.search(text)
        and not LIST_ITEM.match(text)
        and not lines[0].is_row
    )


def _paragraphs(lines: Sequence[Line], body_size: float) -> list[list[Line]]:
    leading, widths, edges = _leading(lines), _widths(lines), _edges(lines)
    current = [lines[0]]
    paragraphs = [current]
    for before, line in pairwise(lines):
        if (line.page, line.column) == (before.page, before.column):
            is_new = _begins(
                line, before, leading.get(round(before.size), 0.0), widths
            ) or _is_broken_off(current, line, edges)
        else:
            # On the next page or column it goes on, past footnotes.
            current = next(
                (
                    each
                    for each in reversed(paragraphs)
                    if each[-1].size > 0.92 * min(line.size, body_size) and not each[-1].is_note
                ),
                current,
            )
            is_large = line.size > 1.15 * body_size
            is_new = is_large or not _goes_on(line, current[-1], widths)
        if is_new:
            current = []
            paragraphs.append(current)
        current.append(line)
    return paragraphs


def _leading(lines: Sequence[Line]) -> dict[int, float]:
    """Return the usual distance from line to line for each size of letters, in points."""
    found: dict[int, list[float]] = {}
    for before, line in pairwise(lines):
        distance = line.down - before.down
        is_below = (line.page, line.column) == (before.page, before.column)
        if is_below and 0 < distance < 3 * line.size and _is_alike(line, before):
            found.setdefault(round(line.size), []).append(distance)
    # Low among them: where paragraphs are of one line, most distances are between paragraphs.
    return {size: sorted(each)[len(each) // 5] for size, each in found.items()}


def _widths(lines: Sequence[Line]) -> dict[tuple[int, int], float]:
    """Return how wide full lines of each column are, in points."""
    columns: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        if not line.is_row:
            columns.setdefault((line.page, line.column), []).append(line)
    usual = _wide(lines)
    return {
        place: _wide(column) if len(column) > _FEW_LINES else usual
        for place, column in columns.items()
    }


def _wide(lines: Sequence[Line]) -> float:
    return sorted(line.right - line.left for line in lines)[len(lines) * 9 // 10]


def _is_full(line: Line, widths: Widths) -> bool:
    width = widths.get((line.page, line.column), 0.0)
    return line.right - line.left > _FULL * width


def _begins(line: Line, before: Line, leading: float, widths: Widths) -> bool:
    """Return whether `line`, right below `before`, begins a paragraph."""
    is_ended = _SENTENCE_END.search(before.text) is not None
    return (
        not _is_alike(line, before)
        or line.down - before.down > 1.18 * (leading or line.size)
        or line.is_row
        or before.is_row
        or _BULLET.match(line.text) is not None
        or (is_ended and LIST_ITEM.match(line.text) is not None)
        or _is_indented(line, before)
        or (is_ended and not _is_full(before, widths))
    )


def _is_broken_off(before: Sequence[Line], after: Line, edges: Edges) -> bool:
    """Return whether the last of the lines `before` ends where its writer ended it: the first word
    of the line `after` it, with a capital, would have had room in it twice. How far lines go is
    told by those of its paragraph, which may stand beside a picture, or of its column.
    """
    line = before[-1]
    edge = max((each.right for each in before[:-1]), default=edges.get(_place(line)))
    if edge is None or _GOES_ON.search(line.text) or not after.text[0].isupper():
        return False
    word = after.text.split()[0]
    length = (after.right - after.left) * (len(word) + 1) / len(after.text)
    return edge - line.right > max(2 * length, (1 - _FULL) * (edge - line.left))


def _edges(lines: Iterable[Line]) -> Edges:
    """Return where the longest of the lines that begin at one place of a column end, in points."""
    rights: dict[tuple[int, int, int], list[float]] = {}
    for line in lines:
        if not line.is_row:
            rights.setdefault(_place(line), []).append(line.right)
    return {place: max(each) for place, each in rights.items() if len(each) >= _FEW_LINES}


def _place(line: Line) -> tuple[int, int, int]:
    return line.page, line.column, round(line.left)


def _is_indented(line: Line, before: Line) -> bool:
    """Return whether `line` begins further right than `before`, but not below an item's text."""
    is_below = any(abs(line.left - left) < 0.3 * line.size for left in before.lefts)
    is_right = line.left > before.left + 0.8 * line.size
    return is_right and not is_below and not LIST_ITEM.match(before.text)


def _goes_on(line: Line, before: Line, widths: Widths) -> bool:
    """Return whether `line`, at the top of a page or column, goes on with a paragraph."""
    return (
        _is_alike(line, before)
        and not _SENTENCE_END.search(before.text)
        and not LIST_ITEM.match(line.text)
        and not (line.is_row or before.is_row)
        and (line.text[0].islower() or _is_full(before, widths))
    )


def _is_alike(line: Line, other: Line) -> bool:
    is_of_size = abs(line.size - other.size) < 0.08 * other.size
    return is_of_size and line.is_bold == other.is_bold and line.is_note == other.is_note
