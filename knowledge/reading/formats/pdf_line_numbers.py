"""Numbers of lines in the margin of a page of a PDF, as laws and records of courts have them."""

from collections.abc import Sequence
from itertools import pairwise

from knowledge.reading.formats.pdf_rows import Line

_Row = list[Line]


def without_line_numbers(rows: Sequence[_Row]) -> tuple[list[_Row], int]:
    """Return `rows` without the numbers that count each second, fifth or tenth of them in the
    margin, and how many numbers these were.

    What numbers every row may be a table's first column, and stays.
    """
    alone = [
        (place, row[0])
        for place, row in enumerate(rows)
        if len(row) > 1 and row[0].text.isdecimal() and len(row[0].text) < 5
    ]
    numbers = {id(line) for _, line in alone}
    left = min((line.left for row in rows for line in row if id(line) not in numbers), default=0.0)
    steps = {
        (after - before, int(below.text) - int(above.text))
        for (before, above), (after, below) in pairwise(alone)
    }
    rows_between, step = next(iter(steps), (0, 0))
    if (
        len(steps) != 1
        or rows_between != step
        or step < 2
        or any(line.right > left or int(line.text) % step for _, line in alone)
    ):
        return list(rows), 0
    return [[line for line in row if id(line) not in numbers] for row in rows], len(alone)
