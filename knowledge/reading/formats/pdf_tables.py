"""Tables on pages of PDFs: a line for each row, bars between its cells, wrapped cells whole."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge.reading.formats.pdf_boxes import Box
from knowledge.reading.formats.pdf_rows import Line

_TOUCH = 3.0  # points between ruled lines that meet
_MOST_RULES = 2_000
_LONG_CELL = 400  # letters; where two of a row are longer, they are columns of prose

_Row = list[Line]


@dataclass(frozen=True, slots=True)
class _Grid:
    """A ruled table: where its lines lie, and which are drawn."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    flat: tuple[Box, ...]

    def holds(self, line: Line) -> bool:
        middle = line.down - 0.3 * line.size
        is_level = self.ys[0] < middle < self.ys[-1]
        return is_level and self.xs[0] - _TOUCH < line.left and line.right < self.xs[-1] + _TOUCH

    def cell(self, line: Line) -> tuple[int, int]:
        middle = line.down - 0.3 * line.size
        row = sum(y < middle for y in self.ys) - 1
        column = max(0, sum(x < line.left + _TOUCH for x in self.xs) - 1)
        while row > 0 and not self._is_ruled(row, column):
            row -= 1  # a cell as high as several rows
        return row, column

    def _is_ruled(self, row: int, column: int) -> bool:
        middle = (self.xs[column] + self.xs[min(column + 1, len(self.xs) - 1)]) / 2
        return any(
            abs(rule.top - self.ys[row]) < _TOUCH and rule.left <= middle <= rule.right
            for rule in self.flat
        )


def ruled(rows: Sequence[_Row], rules: Sequence[Box]) -> list[_Row]:
    """Return `rows` with those within ruled tables put together, a line for each of a table."""
    left = [list(row) for row in rows]
    made: list[_Row] = []
    for grid in _grids(rules):
        inside = [line for row in left for line in row if grid.holds(line)]
        cells: dict[int, dict[int, _Row]] = {}
        for line in inside:
            row, column = grid.cell(line)
            cells.setdefault(row, {}).setdefault(column, []).append(line)
        if not _is_table(cells):
            continue
        left = [[line for line in row if not grid.holds(line)] for row in left]
        for _, by_column in sorted(cells.items()):
            columns = len(grid.xs) - 1
            row_line = _row_line([by_column.get(column, []) for column in range(columns)])
            made.append([replace(row_line, left=grid.xs[0], right=grid.xs[-1])])
    return sorted((row for row in [*left, *made] if row), key=lambda row: row[0].down)


def _is_table(cells: dict[int, dict[int, _Row]]) -> bool:
    """Return whether what ruled lines part are cells: not one frame, nor columns of prose."""
    long = sum(
        sum(sum(len(line.text) for line in cell) > _LONG_CELL for cell in row.values()) > 1
        for row in cells.values()
    )
    return any(len(row) > 1 for row in cells.values()) and long * 2 < len(cells)


def _grids(rules: Sequence[Box]) -> Iterator[_Grid]:
    """Yield the tables that ruled lines make: those that touch, with three upright ones."""
    if len(rules) > _MOST_RULES:
        return
    for cluster in _clusters(rules):
        flat = tuple(rule for rule in cluster if rule.right - rule.left > rule.bottom - rule.top)
        upright = [rule for rule in cluster if rule.right - rule.left <= rule.bottom - rule.top]
        xs, ys = _places(rule.left for rule in upright), _places(rule.top for rule in flat)
        if len(xs) > 2 and len(ys) > 1:
            yield _Grid(xs, ys, flat)


def _clusters(rules: Sequence[Box]) -> list[list[Box]]:
    """Return the ruled lines that touch each other together."""
    cluster_of: dict[Box, list[Box]] = {}
    open_ones: list[Box] = []
    for rule in sorted(set(rules), key=lambda each: each.top):
        open_ones = [each for each in open_ones if each.bottom + _TOUCH > rule.top]
        own = cluster_of[rule] = [rule]
        for other in open_ones:
            theirs = cluster_of[other]
            if theirs is not own and _is_touching(rule, other):
                less, more = sorted((own, theirs), key=len)
                more += less
                for each in less:
                    cluster_of[each] = more
                own = more
        open_ones.append(rule)
    return list({id(cluster): cluster for cluster in cluster_of.values()}.values())


def _is_touching(a: Box, b: Box) -> bool:
    return (
        a.left < b.right + _TOUCH
        and b.left < a.right + _TOUCH
        and a.top < b.bottom + _TOUCH
        and b.top < a.bottom + _TOUCH
    )


def _places(values: Iterator[float]) -> tuple[float, ...]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _TOUCH:
            found.append(value)
    return tuple(found)


def aligned(parts: Sequence[Sequence[_Row]], rules: Sequence[Box]) -> list[Line]:
    """Return the rows of a table without upright lines, whose columns are `parts`."""
    levels = [[part[place] for part in parts] for place in range(len(parts[0]))]
    begins = _begins(levels, rules)
    rows: list[list[list[_Row]]] = []
    for level, is_new in zip(levels, begins, strict=True):
        if is_new:
            rows.append([])
        rows[-1].append(level)
    return [
        _row_line([[line for level in row for line in level[place]] for place in range(len(parts))])
        for row in rows
    ]


def _begins(levels: Sequence[Sequence[_Row]], rules: Sequence[Box]) -> list[bool]:
    """Return for each level of lines in a table whether a row begins with it."""
    lines = [[line for cell in level for line in cell] for level in levels]
    flat = [rule for rule in rules if rule.right - rule.left > 20 > rule.bottom - rule.top]
    distances = [b[0].down - a[0].down for a, b in pairwise(lines)]
    usual, widest = min(distances, default=0.0), max(distances, default=0.0)
    is_spaced = widest > 1.25 * usual
    between = [any(a[0].down < rule.top < b[0].down for rule in flat) for a, b in pairwise(lines)]
    begins = [True]
    for place, distance in enumerate(distances, start=1):
        before, now = lines[place - 1], lines[place]
        if between[place - 1]:
            begins.append(True)
        elif min(line.order for line in now) < max(line.order for line in before):
            begins.append(False)  # drawn cell by cell, each cell with all its lines
        elif sum(between) > 1:
            begins.append(False)
        elif is_spaced and any(len(level) < len(levels[0]) for level in lines):
            begins.append(
                distance > 1.15 * usual or (all(levels[place]) and not _is_rest(levels[place]))
            )
        else:
            begins.append(bool(levels[place][0]) and not _is_rest(levels[place]))
    return begins


def _is_rest(level: Sequence[_Row]) -> bool:
    """Return whether a level of lines goes on with the cells of the one above, in small letters."""
    return all(cell[0].text[0].islower() for cell in level if cell)


def are_rows_ruled(rows: Sequence[_Row], rules: Sequence[Box]) -> bool:
    """Return whether lines are ruled between `rows`, across their columns."""
    left = min(line.left for row in rows for line in row)
    right = max(line.right for row in rows for line in row)
    top, bottom = rows[0][0].down, rows[-1][0].down
    return any(
        top < rule.top < bottom and rule.right - rule.left > 0.6 * (right - left) for rule in rules
    )


def _row_line(cells: Sequence[_Row]) -> Line:
    """Return a row of a table as one line; the lines of a cell are parted by line ends."""
    lines = [line for cell in cells for line in cell]
    ordered = [sorted(cell, key=lambda line: (line.down, line.left)) for cell in cells]
    texts = ["\n".join(line.text for line in cell) for cell in ordered]
    return replace(
        max(lines, key=lambda line: len(line.text)),
        text=re.sub(r"[ |]+$", "", " | ".join(texts)) if len(lines) > 1 else lines[0].text,
        left=min(line.left for line in lines),
        right=max(line.right for line in lines),
        down=max(line.down for line in lines),
        is_bold=all(line.is_bold for line in lines),
        is_row=True,
    )
