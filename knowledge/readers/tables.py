"""Tables of a web page, laid out: a merged cell says the same in every row that it spans."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from knowledge.errors import DocumentError
from knowledge.problems import problem

_COLUMNS = 1000  # as HTML's standard limits `colspan`
_MERGED = 100_000  # values said again in a table; a table made to break readers has more


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table with what it holds; `is_again` where it began in a row above."""

    node: LexborNode
    is_again: bool = False


Row = tuple[Cell, ...]


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


def _groups(table: LexborNode) -> Iterator[list[LexborNode]]:
    """Yield the rows of each group of `table`; no cell reaches out of its group."""
    for child in table.iter():
        if child.tag in {"thead", "tbody", "tfoot"}:
            yield [row for row in child.iter() if row.tag == "tr"]


def _laid_out(group: list[LexborNode]) -> Iterator[Row]:
    above: dict[int, tuple[LexborNode, int, int]] = {}  # by column: cell, its rows left, its width
    for place, row in enumerate(group):
        below: dict[int, tuple[LexborNode, int, int]] = {}
        cells: list[Cell] = []
        column = 0
        waiting = [cell for cell in row.iter() if cell.tag in {"td", "th"}]
        for node in [*waiting, None]:
            while column in above or (node is None and above):
                if column not in above:
                    column = min(above)
                merged, left, width = above.pop(column)
                cells.append(Cell(merged, is_again=True))
                if left > 1:
                    below[column] = merged, left - 1, width
                column += width
            if node is None:
                break
            width = _span(node, "colspan", _COLUMNS) or 1
            left = (_span(node, "rowspan", len(group)) or len(group)) - 1
            cells.append(Cell(node))
            if left and place + 1 < len(group):
                below[column] = node, left, width
            column += width
        above = dict(sorted(below.items()))
        yield tuple(cells)


def _span(cell: LexborNode, name: str, most: int) -> int:
    declared = cell.attributes.get(name)
    value = re.match(r"\s*(\d{1,6})", declared) if declared else None
    return min(int(value[1]), most) if value else 1


def captions(table: LexborNode) -> Iterable[LexborNode]:
    """Return the captions of `table`."""
    return [child for child in table.iter() if child.tag == "caption"]
