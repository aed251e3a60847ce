"""The rows of a table as blocks, whichever format they come from.

Rows that say what the columns are called are to those below them what a lead-in is to the items of
a list: a block of their own, before the one of all other rows. Where no row is surely such, each
row is a paragraph.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile

from knowledge.reading.formats import BlockText

_LONGEST_NAME = 100  # characters of what a column is called
_LONGEST_VALUE = 400  # characters of a cell; with longer ones it is prose set side by side
_FIGURES = re.compile(r"[\d\s.,:%/+–−-]*\d[\d\s.,:%/+–−-]*")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table. `is_header` says that the file has it name the columns, and
    `begins_above` that one of its cells began in the row before.
    """

    cells: tuple[str, ...]
    is_header: bool = False
    is_bold: bool = False
    begins_above: bool = False

    @property
    def text(self) -> str:
        """The cells on one line, set apart by bars."""
        return " | ".join(self.cells).strip()

    @property
    def filled(self) -> int:
        """How many of the cells hold something."""
        return sum(map(bool, self.cells))


def table_blocks(rows: Sequence[Row]) -> Iterator[BlockText]:
    """Yield `rows` in order as blocks: what the columns are called, and the table."""
    held = [row for row in rows if row.filled]
    start, end = _header(held)
    if start == end:
        yield from (("paragraph", row.text) for row in held)
        return
    yield from (("paragraph", row.text) for row in held[:start])  # a title across the columns
    yield "columns", "\n".join(row.text for row in held[start:end])
    yield "table", "\n".join(row.text for row in held[end:])


def _header(rows: Sequence[Row]) -> tuple[int, int]:
    """Return where the rows that name the columns begin and end; (0, 0) if none surely does."""
    start = next((n for n, row in enumerate(rows) if row.filled > 1 or row.is_header), len(rows))
    end = start
    while end < len(rows) and rows[end].is_header:
        end += 1
    if end == start and start < len(rows) and _is_unlike(rows[start], rows[start + 1 :]):
        end += 1
        while end < len(rows) and rows[start].is_bold and rows[end].is_bold:
            end += 1
    while start < end < len(rows) and rows[end].begins_above:
        end += 1
    names, values = rows[start:end], rows[end:]
    is_table = (
        any(row.filled > 1 for row in names)
        and any(row.filled > 1 for row in values)
        and all(len(cell) <= _LONGEST_NAME for row in names for cell in row.cells)
        and all(len(cell) <= _LONGEST_VALUE for row in values for cell in row.cells)
    )
    return (start, end) if is_table else (0, 0)


def _is_unlike(first: Row, others: Sequence[Row]) -> bool:
    """Return whether `first` looks as if it named columns: alone in bold, or words over figures.

    Of two columns the first row may be a name and its value, so that more must speak for it.
    """
    rest = dropwhile(lambda row: row.begins_above, others)  # those name the columns too
    below = [row for row in rest if row.filled > 1 and row.cells != first.cells]
    if first.is_bold and not all(row.is_bold for row in below):
        return True
    least = 2 if len(first.cells) > 2 else 3
    is_of_words = all(first.cells[1:]) and not any(map(_is_figure, first.cells))
    if not is_of_words or len(below) < least:
        return False
    return any(
        all(len(row.cells) <= column or _is_figure(row.cells[column]) for row in below)
        and sum(len(row.cells) > column and row.cells[column] != "" for row in below) >= least
        for column in range(1, len(first.cells))
    )


def _is_figure(cell: str) -> bool:
    return not cell or _FIGURES.fullmatch(cell) is not None
