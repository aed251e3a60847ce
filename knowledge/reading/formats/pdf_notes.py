"""Footnotes on pages of PDFs, told from the text above them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from knowledge.reading.formats.pdf_boxes import Box
from knowledge.reading.formats.pdf_rows import Line

_RAISED_MARK = re.compile(r"[⁰¹²³⁴-⁹]+\s*\S|\*{1,3}\s?\w|[†‡]")
_MARK = re.compile(r"\[?\d{1,3}\b|[a-z]\)")


def with_notes(lines: Iterable[Line], rules: Sequence[Box]) -> list[Line]:
    """Return the lines of a page with its footnotes known as such.

    They are at the foot of a column, from a line with a raised mark on, or from below a short line
    that is ruled at its left.
    """
    found: list[Line] = []
    for _, column in groupby(lines, key=lambda line: line.column):
        run = list(column)
        begin = next(
            (place for place in range(1, len(run)) if _begins(run, place, rules)), len(run)
        )
        found += [replace(line, is_note=place >= begin) for place, line in enumerate(run)]
    return found


def _begins(run: Sequence[Line], place: int, rules: Sequence[Box]) -> bool:
    line, before = run[place], run[place - 1]
    is_low = line.down > (run[0].down + run[-1].down) / 2
    if not is_low or line.is_row or line.size > 1.02 * max(each.size for each in run[:place]):
        return False
    width = max(each.right for each in run) - min(each.left for each in run)
    is_ruled = any(
        before.down < rule.top < line.down - 0.5 * line.size
        and abs(rule.left - line.left) < 2 * line.size
        and rule.right - rule.left < 0.6 * width
        for rule in rules
    )
    return _RAISED_MARK.match(line.text) is not None or (
        is_ruled and (line.size < 0.95 * before.size or _MARK.match(line.text) is not None)
    )
