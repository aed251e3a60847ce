"""The lines of a page of a PDF in the order in which they are read: column after column."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import mean, median

from knowledge.reading.formats import pdf_tables
from knowledge.reading.formats.pdf_boxes import Box
from knowledge.reading.formats.pdf_rows import MARKER, Line

_GUTTER = 0.8  # heights of letters between columns, at the least
_CELL_GAP = 3.0  # the same between the cells of a lone row
_NOTE = 0.87  # of the letters of a text, at the most, are those of notes in its margin
_DEEPEST = 4  # columns within columns

_Row = list[Line]
_Span = tuple[float, float]


def in_order(parts: Sequence[Sequence[_Row]], rules: Sequence[Box]) -> list[Line]:
    """Return the lines of a page in order, those of each column numbered alike.

    `parts` are the rows that are upright, to which `rules` belong, and those that are not.
    """
    upright, turned = parts
    runs = [
        *_runs(pdf_tables.ruled(upright, rules), rules, _DEEPEST),
        *_runs(turned, (), _DEEPEST),
    ]
    return [replace(line, column=number) for number, run in enumerate(runs) for line in run]


def _runs(rows: Sequence[_Row], rules: Sequence[Box], depth: int) -> Iterator[list[Line]]:
    """Yield the lines of one column after the other."""
    plain: list[Line] = []
    start = 0
    while start < len(rows):
        end, gutters = _band(rows, start)
        band = rows[start:end]
        parts = _parts(band, gutters)
        if not gutters or not depth or not _are_side_by_side(parts):
            plain.append(_joined(rows[start]))
            start += 1
        elif _are_columns(band, parts, rules):
            if plain:
                yield plain
            plain = []
            for part in parts:
                yield from _runs([row for row in part if row], rules, depth - 1)
            start = end
        else:
            first, last = _table(band, parts)
            plain += [_joined(row) for row in band[:first]]
            if _are_markers(parts[0]):
                plain += [_joined(row) for row in band[first:last]]
            elif first < last:
                columns = [part[first:last] for part in parts]
                plain += pdf_tables.aligned([each for each in columns if any(each)], rules)
            start += last
    if plain:
        yield plain


def _table(band: Sequence[_Row], parts: Sequence[Sequence[_Row]]) -> tuple[int, int]:
    """Return where the rows of a table begin and end: text above and below it is of one column."""
    wide = [place for place, row in enumerate(band) if len(row) > 1]
    if not wide:
        return 1, 1
    last = wide[-1] + 1
    while last < len(band) and not parts[0][last]:  # the rest of a cell
        last += 1
    return wide[0], last


def _band(rows: Sequence[_Row], start: int) -> tuple[int, list[_Span]]:
    """Return where the rows end that leave a strip of the page empty, and all such strips."""
    spans = _spans(rows[start])
    gutters = _gutters(spans, rows[start])
    end, full = start + 1, 1
    while end < len(rows):
        row = rows[end]
        more = _united([*spans, *_spans(row)])
        left = _gutters(more, row)
        is_none = not left and (gutters or end > start + 1)
        is_far = gutters and len(row) == 1 and _distance(rows, end) > 2.5 * row[0].size
        # What runs across two columns is below them.
        is_across = len(left) < len(gutters) and len(row) == 1 and full > 1
        if is_none or is_far or is_across:
            break
        full = full + (len(row) > len(left)) if len(left) == len(gutters) else 1
        spans, gutters, end = more, left, end + 1
    return end, gutters


def _distance(rows: Sequence[_Row], place: int) -> float:
    return rows[place][0].down - rows[place - 1][0].down


def _spans(row: _Row) -> list[_Span]:
    return [(line.left, line.right) for line in row]


def _united(spans: list[_Span]) -> list[_Span]:
    spans.sort()
    found = [spans[0]]
    for left, right in spans[1:]:
        if left <= found[-1][1]:
            found[-1] = found[-1][0], max(right, found[-1][1])
        else:
            found.append((left, right))
    return found


def _gutters(spans: Sequence[_Span], row: _Row) -> list[_Span]:
    width = _GUTTER * max(line.size for line in row)
    return [(a[1], b[0]) for a, b in pairwise(spans) if b[0] - a[1] > width]


def _parts(rows: Sequence[_Row], gutters: Sequence[_Span]) -> list[list[_Row]]:
    """Return the rows of each column that `gutters` part; a row may have no line in one."""
    edges = [(left + right) / 2 for left, right in gutters]
    parts: list[list[_Row]] = [[] for _ in range(len(edges) + 1)]
    for row in rows:
        split: list[_Row] = [[] for _ in parts]
        for line in row:
            split[sum(line.left > edge for edge in edges)].append(line)
        for part, own in zip(parts, split, strict=True):
            part.append(own)
    return parts


def _are_side_by_side(parts: Sequence[Sequence[_Row]]) -> bool:
    """Return whether at least two of `parts` have two lines, at heights that are alike."""
    heights = [[row[0].down for row in part if row] for part in parts]
    long = [each for each in heights if len(each) > 1]
    return len(long) > 1 and any(a[0] < b[-1] + 1 and b[0] < a[-1] + 1 for a, b in pairwise(long))


def _are_markers(part: Sequence[_Row]) -> bool:
    """Return whether a column holds nothing but bullets or numbers of items."""
    return all(MARKER.fullmatch(line.text) for row in part for line in row)


def _are_line_numbers(columns: Sequence[Sequence[Line]]) -> bool:
    """Return whether the first of two columns numbers the lines of the other."""
    numbers = [line.text for line in columns[0]]
    return (
        len(columns) == 2
        and len(numbers) > 3
        and all(number.isdecimal() for number in numbers)
        and _is_running(columns[1])
    )


def _are_columns(
    rows: Sequence[_Row], parts: Sequence[Sequence[_Row]], rules: Sequence[Box]
) -> bool:
    """Return whether `parts` are columns to be read one by one, and not those of a table."""
    columns = [[line for row in part for line in row] for part in parts]
    if any(line.is_row for column in columns for line in column):
        return True  # a table, and what stands beside it
    if any(_are_markers(part) for part in parts):
        return _are_line_numbers(columns)
    if _are_notes_beside(columns):
        return True
    length = [mean(len(line.text) for line in column) for column in columns]
    if _are_drawn_one_by_one(columns):
        return min(length) >= 12 or not _are_level(rows)
    if not _are_level(rows):
        return min(length) >= 8 and all(_is_dense(column) for column in columns)
    return (
        min(length) >= 18
        and min(len(column) for column in columns) >= 3
        and _holes(parts) < 0.2
        and all(_is_running(column) for column in columns)
        and not pdf_tables.are_rows_ruled(rows, rules)
        and not _are_cells_drawn(parts)
    )


def _are_notes_beside(columns: Sequence[Sequence[Line]]) -> bool:
    """Return whether one of two columns is a text, and the other notes to it in small letters."""
    if len(columns) != 2:
        return False
    small, text = sorted(columns, key=lambda column: median(line.size for line in column))
    sizes = [median(line.size for line in column) for column in (small, text)]
    return sizes[0] < _NOTE * sizes[1] and _is_running(text)


def _are_drawn_one_by_one(columns: Sequence[Sequence[Line]]) -> bool:
    spans = sorted(
        (min(line.order for line in column), max(line.order for line in column))
        for column in columns
    )
    return all(a[1] < b[0] for a, b in pairwise(spans))


def _is_dense(column: Sequence[Line]) -> bool:
    """Return whether the lines of a column follow each other as those of a text do."""
    distance = (column[-1].down - column[0].down) / max(1, len(column) - 1)
    return len(column) > 2 and distance < 2.5 * column[0].size


def _are_level(rows: Sequence[_Row]) -> bool:
    """Return whether most rows have lines in more than one column."""
    return sum(len(row) > 1 for row in rows) > 0.5 * len(rows)


def _holes(parts: Sequence[Sequence[_Row]]) -> float:
    """Return the share of rows within a column that have no line there."""
    rows = empty = 0
    for part in parts:
        held = [bool(row) for row in part]
        first, last = held.index(True), len(held) - held[::-1].index(True)
        rows += last - first
        empty += held[first:last].count(False)
    return empty / rows


def _is_running(column: Sequence[Line]) -> bool:
    """Return whether the lines of a column are sentences that run on from one to the next."""
    width = max(line.right for line in column) - min(line.left for line in column)
    full = sum(line.right - line.left > 0.7 * width for line in column)
    begins = [line.text[0] for line in column[1:]]
    small = sum(not letter.isupper() and not letter.isdigit() for letter in begins)
    return full >= 0.6 * len(column) and small >= 0.4 * len(begins)


def _are_cells_drawn(parts: Sequence[Sequence[_Row]]) -> bool:
    """Return whether some lines of a column are drawn before others beside them, over again.

    Programs draw a table cell by cell, and each cell with all its lines.
    """
    turns = sorted(
        (line.order, number) for number, part in enumerate(parts) for row in part for line in row
    )
    sides = [side for _, side in turns]
    changes = sum(a != b for a, b in pairwise(sides))
    rows = sum(len([part for part in parts if part[place]]) > 1 for place in range(len(parts[0])))
    return len(parts) - 1 < changes < rows


def _joined(row: _Row) -> Line:
    """Return the lines of one row as one, those far apart as cells."""
    text = row[0].text
    for before, line in pairwise(row):
        is_cell = line.left - before.right > _CELL_GAP * line.size
        text += f" | {line.text}" if is_cell else f" {line.text}"
    if len(row) == 1:
        return row[0]
    return replace(
        max(row, key=lambda line: len(line.text)),
        text=text,
        left=row[0].left,
        right=row[-1].right,
        is_bold=all(line.is_bold for line in row),
        lefts=tuple(left for line in row for left in line.lefts),
        is_row=" | " in text,
    )
