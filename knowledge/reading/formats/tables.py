"""Tables of a web page, laid out: a merged cell says the same in every row that it spans."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborNode

from knowledge.errors import DocumentError
from knowledge.problems import problem
from knowledge.reading.formats.styles import Styles

_COLUMNS = 1000  # as HTML's standard limits `colspan`
_BOLD = {"bold", "bolder", "600", "700", "800", "900"}
_MERGED = 100_000  # values said again in a table; a table made to break readers has more


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table with what it holds; `is_again` where it began in a row above."""

    node: LexborNode
    is_again: bool = False


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class _Merged:
    """A cell over `width` columns that has `rows` to go, the one it is met in among them."""

    node: LexborNode
    rows: int
    width: int


def rows(table: LexborNode) -> list[Row]:
    """Return the rows of `table` in order, cells that span several in each of them.

    Raises DocumentError where these would be endless.
    """
    found: list[Row] = []
    again = 0
    for group in _groups(table):
        for row in _laid_out(group):
            again += sum(cell.is_again for cell in row)
            if again > _MERGED:
                raise DocumentError(problem("too_much_text"))
            found.append(row)
    return found


def is_header(row: Row) -> bool:
    """Return whether the page says that `row` names the columns below it."""
    groups = [line.parent for cell in row if (line := cell.node.parent) is not None]
    is_head = any(group is not None and group.tag == "thead" for group in groups)
    return is_head or all(cell.node.tag == "th" for cell in row)


def is_bold(cell: LexborNode, styles: Styles) -> bool:
    """Return whether all that `cell` holds is in bold."""
    row = cell.parent
    weights = [styles.of(node).get("font-weight") for node in (cell, row) if node is not None]
    bold = "".join(node.text() for node in cell.css("b, strong"))
    return any(weight in _BOLD for weight in weights) or len(bold) >= len(cell.text().strip())


def _groups(table: LexborNode) -> Iterator[list[LexborNode]]:
    """Yield the rows of each group of `table`; no cell reaches out of its group."""
    for child in table.iter():
        if child.tag in {"thead", "tbody", "tfoot"}:
            yield [row for row in child.iter() if row.tag == "tr"]


def _laid_out(group: list[LexborNode]) -> Iterator[Row]:
    above: dict[int, _Merged] = {}  # by column
    for place, row in enumerate(group):
        merged: dict[int, _Merged] = {}
        cells: list[Cell] = []
        column = 0
        for node in row.iter():
            if node.tag not in {"td", "th"}:
                continue
            while column in above:
                again = merged[column] = above.pop(column)
                cells.append(Cell(again.node, is_again=True))
                column += again.width
            width = _span(node, "colspan", _COLUMNS) or 1
            rows_left = _span(node, "rowspan", len(group) - place) or len(group) - place
            cells.append(Cell(node))
            merged[column] = _Merged(node, rows_left, width)
            column += width
        for column, again in above.items():  # those to the right of the row's own
            merged[column] = again
            cells.append(Cell(again.node, is_again=True))
        above = {
            column: replace(cell, rows=cell.rows - 1)
            for column, cell in sorted(merged.items())
            if cell.rows > 1
        }
        yield tuple(cells)


def _span(cell: LexborNode, name: str, most: int) -> int:
    declared = cell.attributes.get(name)
    value = re.match(r"\s*(\d{1,6})", declared) if declared else None
    return min(int(value[1]), most) if value else 1
