"""Columns on a scanned page that Tesseract reads across: short ones, as in bilingual letters.

A stretch of lines is two columns if a gap wider than any space runs down through all of them, and
what stands on both sides of it is running text; the cells of a table are a word or two.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from statistics import median

from knowledge.reading.tesseract import Word

_Line = Sequence[Word]
_GAP = 1.5  # heights of a word, at least; a space between words is at most one
_FEWEST_LINES = 3
_FEWEST_WORDS = 3.0  # in a line of a column, on average
_APART = 1.5  # usual distances between lines, from which on another paragraph begins


def in_columns(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return `words`, those of a page, column by column."""
    lines = [list(line) for _, line in groupby(words, key=lambda word: word.place)]
    found: list[Word] = []
    for _, block in groupby(lines, key=lambda line: line[0].place[0]):
        found += _parted(list(block))
    return tuple(found)


def _parted(lines: Sequence[_Line]) -> Iterator[Word]:
    """Yield the words of the `lines` of a block."""
    height = median(word.height for line in lines for word in line)
    start = 0
    while start < len(lines):
        end, gap = _stretch(lines, start, _GAP * height)
        sides = [_side(lines[start:end], gap, is_left=is_left) for is_left in (True, False)]
        if end - start >= _FEWEST_LINES and all(map(_is_prose, sides)):
            for side in sides:
                yield from _parted(_paragraphs(side))
            start = end
        else:
            yield from lines[start]
            start += 1


def _stretch(lines: Sequence[_Line], start: int, least: float) -> tuple[int, tuple[int, int]]:
    """Return before which line the stretch from `start` on ends that has a gap in common which is
    at least so wide, and the gap, from left to right.
    """
    best = start, (0, 0)
    for gap in _gaps(lines[start], least):
        end = start + 1
        while end < len(lines) and (narrowed := _common(gap, lines[end], least)) is not None:
            gap, end = narrowed, end + 1
        best = max(best, (end, gap))
    return best


def _gaps(line: _Line, least: float) -> Iterator[tuple[int, int]]:
    for one, next_one in pairwise(line):
        if next_one.left - (one.left + one.width) >= least:
            yield one.left + one.width, next_one.left


def _common(gap: tuple[int, int], line: _Line, least: float) -> tuple[int, int] | None:
    """Return what of `gap` is free in `line`, too; None if that is too narrow."""
    left = max([gap[0], *(word.left + word.width for word in line if word.left < gap[0])])
    right = min([gap[1], *(word.left for word in line if word.left >= gap[0])])
    return (left, right) if right - left >= least else None


def _side(lines: Sequence[_Line], gap: tuple[int, int], *, is_left: bool) -> list[_Line]:
    sides = ([word for word in line if (word.left < gap[1]) == is_left] for line in lines)
    return [line for line in sides if line]


def _is_prose(lines: Sequence[_Line]) -> bool:
    count = sum(map(len, lines))
    return len(lines) >= _FEWEST_LINES and count >= _FEWEST_WORDS * len(lines)


def _paragraphs(column: Sequence[_Line]) -> list[_Line]:
    """Return the lines of `column` in paragraphs of its own, told by the space between them."""
    tops = [line[0].top for line in column]
    usual = median(below - above for above, below in pairwise(tops))
    number, block = 0, -column[0][0].left - 1  # a place where no other column begins
    found: list[_Line] = []
    for place, line in enumerate(column):
        number += place > 0 and tops[place] - tops[place - 1] > _APART * usual
        found.append([replace(word, place=(block, number, place)) for word in line])
    return found
