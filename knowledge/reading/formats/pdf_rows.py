"""Bits of text on a page of a PDF put together to lines, one for each column they stand in."""

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from knowledge.languages import words_of_all
from knowledge.reading.formats import UNREADABLE
from knowledge.reading.formats.pdf_boxes import Bit, Box
from knowledge.reading.formats.pdf_fractions import with_fractions
from knowledge.reading.formats.pdf_page import Drawn
from knowledge.reading.formats.raised import LOWERED_FIGURES, RAISED_FIGURES, RAISED_LETTERS
from knowledge.words.text import one_line

# All in heights of letters.
_GAP = 0.9  # between lines of two columns, at the least
_SPACE = 0.15  # between words
_WIDEST_GAP = 5.0  # between words of a line that was drawn out, whose gaps are
_ALIKE = 0.12  # and there are
_FEWEST_GAPS = 3  # of them
_SAME_ROW = 0.22
_SMALL = 0.82  # of the letters beside it is a raised or lowered one
_FAR = 9.0
_MARKS = ".,:;!?…»”)"
_SPACED_OUT = 4  # letters of a word set l i k e this, at the least
# What stands before an item of a list.
MARKER = re.compile(r"[-–—•*○◦▪‣●·]|\(?(?:\d{1,3}\.?){1,4}[.)]?|\(?\w{1,3}[.)]")
_MARKS = ".,;:!?…«»“”„\"'()[]"
# Two letters drawn as one are two letters to whoever looks for the word.
_LETTERS = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text in one column, where it lies, in points, and what its letters are.

    `lefts` are where it begins, and its text after the mark of an item; `down` is its baseline,
    growing downwards.
    """

    page: int
    text: str
    left: float
    right: float
    down: float
    size: float
    is_bold: bool
    lefts: tuple[float, ...]
    order: int  # of what was drawn on the page
    column: int = 0  # of the page, in the order of reading
    is_row: bool = False  # of a table: its cells set apart by bars, their lines by line ends
    is_note: bool = False  # at the foot of a page


@dataclass(frozen=True, slots=True)
class Rows:
    """The lines of a page from top to bottom, those of one height together, left to right."""

    rows: list[list[Line]]
    struck: int  # bits of text
    marks: int  # of what could not be read


def rows(page: int, drawn: Drawn, bits: Sequence[Bit]) -> Rows:
    """Return the lines that `bits`, all of them turned alike, make on the page."""
    flat = [rule for rule in drawn.rules if rule.right - rule.left > rule.bottom - rule.top]
    upright = [rule for rule in drawn.rules if rule.right - rule.left <= rule.bottom - rule.top]
    found, struck = [], 0
    whole, flat = with_fractions(bits, flat, upright)
    for row in _attached(_by_height(_with_initials(whole))):
        kept = _not_struck(row, flat)
        struck += len(row) - len(kept)
        if kept:
            found.append(kept)
    found = _with_shapes(found, drawn.shapes)
    lines = [[_line(page, each) for each in _parted(row, upright)] for row in found]
    marks = sum(line.text.count(UNREADABLE) for row in lines for line in row)
    return Rows([[line for line in row if line.text] for row in lines], struck, marks)


def _with_initials(bits: Sequence[Bit]) -> list[Bit]:
    """Return `bits` with large initials, which are as high as some lines, put in the first one."""
    if not bits:
        return []
    usual = median(bit.size for bit in bits)
    moved = []
    for bit in bits:
        if len(bit.text) == 1 and bit.text.isalpha() and 1.7 * usual < bit.size < 8 * usual:
            beside = [
                other
                for other in bits
                if other.size < 0.6 * bit.size
                and -0.3 * other.size < other.left - bit.right < 0.8 * bit.size
                and bit.down - 0.9 * bit.size < other.down < bit.down + 0.1 * bit.size
            ]
            heights = {round(other.down) for other in beside}
            if len(heights) > 1:
                first = min(beside, key=lambda other: (other.down, other.left))
                # As if it were no wider than a hair, so that its line begins with the next ones.
                gap = 0.3 if _is_word(bit, first, beside, bits) else 0.1
                left = first.left - gap * first.size
                bit = bit._replace(left=left, right=left, down=first.down, size=first.size)
        moved.append(bit)
    return moved


def _is_word(initial: Bit, first: Bit, beside: Sequence[Bit], bits: Sequence[Bit]) -> bool:
    """Return whether a large `initial` is a word of its own, which `first` does not go on with.

    "A man": its line begins a space further right than the next one, or the page has "man" and no
    "aman" elsewhere.
    """
    if initial.text.lower() not in words_of_all("letters", "words"):
        return False
    below = [bit.left for bit in beside if round(bit.down) != round(first.down)]
    if 0.15 * first.size < first.left - min(below) < 0.6 * first.size:
        return True
    rest, words = (
        first.text.lower(),
        {bit.text.lower().strip(_MARKS) for bit in bits if bit is not first},
    )
    return rest in words and initial.text.lower() + rest not in words


def _by_height(bits: Iterable[Bit]) -> list[list[Bit]]:
    found: list[list[Bit]] = []
    for bit in sorted(bits, key=lambda each: each.down):
        if found and bit.down - found[-1][0].down <= _SAME_ROW * max(bit.size, found[-1][0].size):
            found[-1].append(bit)
        else:
            found.append([bit])
    return found


def _attached(by_height: list[list[Bit]]) -> list[list[Bit]]:
    """Return rows with raised and lowered figures in the row of the letters they stand beside."""
    sizes = [max(bit.size for bit in row) for row in by_height]
    for number, row in enumerate(by_height):
        smallest = min(bit.size for bit in row)
        near = [
            other
            for other in range(max(0, number - 3), min(len(by_height), number + 4))
            if other != number and sizes[other] * _SMALL >= smallest
        ]
        for bit in sorted(row, key=lambda each: each.left) if near else ():
            distances = [(_distance(bit, by_height[other], sizes[other]), other) for other in near]
            distance, other = min(distances)
            if distance < _FAR:
                by_height[other].append(bit)
                row.remove(bit)
    return [row for row in by_height if row]


def _distance(bit: Bit, row: Sequence[Bit], size: float) -> float:
    """Return how far from letters of `row` a raised or lowered one stands, in heights of letters.

    It is _FAR if it cannot be one of that row.
    """
    above = row[0].down - bit.down if row else 0.0
    if bit.size > size * _SMALL or not -0.6 * size < above < 0.75 * size or len(bit.text) > 6:
        return _FAR
    if any(min(bit.right, o.right) - max(bit.left, o.left) > 0.15 * size for o in row):
        return _FAR  # it stands above or below them
    gaps = [gap for o in row for gap in (bit.left - o.right, o.left - bit.right)]
    return min((abs(gap) / size for gap in gaps if -0.15 * size <= gap <= 0.3 * size), default=_FAR)


def _not_struck(row: list[Bit], flat: Sequence[Box]) -> list[Bit]:
    """Return the bits of `row` that no ruled line is drawn through."""
    size = max(bit.size for bit in row)
    near = [rule for rule in flat if row[0].down - size < rule.top < row[0].down]
    return [bit for bit in row if not any(_strikes(rule, bit) for rule in near)] if near else row


def _strikes(rule: Box, bit: Bit) -> bool:
    height = bit.down - (rule.top + rule.bottom) / 2
    covered = min(rule.right, bit.right) - max(rule.left, bit.left)
    return 0.12 * bit.size < height < 0.5 * bit.size and covered > 0.8 * (bit.right - bit.left)


def _with_shapes(found: list[list[Bit]], shapes: Sequence[Box]) -> list[list[Bit]]:
    """Return rows with a mark for each drawing that stands among their words, as formulas do."""
    for shape in _clusters(shapes):
        width, height = shape.right - shape.left, shape.bottom - shape.top
        for row in found:
            size, down = max(bit.size for bit in row), row[0].down
            middle = (shape.top + shape.bottom) / 2
            is_of_row = down - 1.1 * size < middle < down + 0.5 * size
            if not is_of_row or not 0.4 * size < height < 3 * size or not 0.2 * size < width:
                continue
            if any(bit.left < shape.right and bit.right > shape.left for bit in row):
                break  # behind the words
            before = [bit for bit in row if bit.right <= shape.left]
            after = [bit for bit in row if bit.left >= shape.right]
            reach = 1.5 * size
            is_after = bool(before) and shape.left - max(bit.right for bit in before) < reach
            is_before = bool(after) and min(bit.left for bit in after) - shape.right < reach
            if is_after or is_before:
                is_bullet = not before and max(width, height) < size
                text = "•" if is_bullet else UNREADABLE
                row.append(Bit(shape.left, shape.right, down, size, text, False, -1, True))
            break
    return found


def _clusters(shapes: Sequence[Box]) -> list[Box]:
    """Return shapes with those put together that nearly touch: the letters of one formula."""
    if len(shapes) > 2_000:  # a map or a drawing
        return []
    found: list[Box] = []
    for shape in sorted(shapes):
        last = found[-1] if found else None
        is_near = last is not None and (
            shape.left - last.right < 4
            and shape.top < last.bottom + 2
            and shape.bottom > last.top - 2
        )
        if last is not None and is_near:
            found[-1] = Box(
                last.left,
                min(last.top, shape.top),
                max(last.right, shape.right),
                max(last.bottom, shape.bottom),
            )
        else:
            found.append(shape)
    return found


def _parted(row: list[Bit], upright: Sequence[Box]) -> Iterator[list[Bit]]:
    """Yield the bits of each line in `row`: wide gaps and ruled lines are between two of them."""
    row.sort(key=lambda bit: bit.left)
    down, size = row[0].down, max(bit.size for bit in row)
    rules = [rule for rule in upright if rule.top < down - 0.3 * size < rule.bottom]
    widest = math.inf if _is_justified(row, size) else _GAP
    part, right = [row[0]], row[0].right
    for before, bit in pairwise(row):
        if bit.text == before.text and abs(bit.left - before.left) < 0.25 * bit.size:
            continue  # printed twice, to be bold
        is_ruled = any(before.right - 2 < rule.left < bit.left + 2 for rule in rules)
        if is_ruled or bit.left - right > widest * max(before.size, bit.size):
            yield part
            part, right = [], bit.right
        part.append(bit)
        right = max(right, bit.right)
    yield part


def _is_justified(row: Sequence[Bit], size: float) -> bool:
    """Return whether a line was drawn out to the width of its column: all its gaps are alike."""
    gaps = [after.left - before.right for before, after in pairwise(row)]
    between = [gap for gap in gaps if gap > _SPACE * size]
    return (
        len(between) >= _FEWEST_GAPS
        and _GAP * size < max(between) < _WIDEST_GAP * size
        and max(between) - min(between) < _ALIKE * size
        and 2 * sum(bit.text[0].isalpha() for bit in row) > len(row)
    )


def _line(page: int, bits: list[Bit]) -> Line:
    letters: dict[tuple[float, bool], int] = {}
    for bit in bits:
        kind = (bit.size, bit.is_bold)
        letters[kind] = letters.get(kind, 0) + len(bit.text)
    size = max(letters, key=lambda kind: letters[kind])[0]
    down = next(bit.down for bit in bits if bit.size == size)
    texts = bits[:2] if MARKER.fullmatch(bits[0].text) else bits[:1]
    return Line(
        page=page,
        text=_text(bits, size, down),
        left=bits[0].left,
        right=max(bit.right for bit in bits),
        down=down,
        size=size,
        is_bold=all(bit.is_bold for bit in bits),
        lefts=tuple(bit.left for bit in texts),
        order=min(bit.order for bit in bits),
    )


def _text(bits: list[Bit], size: float, down: float) -> str:
    gaps = [after.left - before.right for before, after in pairwise(bits)]
    is_word = [gap > _SPACE * size or (bit.is_spaced and gap > 0.05 * size)
               for gap, bit in zip(gaps, bits[1:], strict=True)]  # fmt: skip
    for begin, end in _spaced_out(bits):
        usual = median(gaps[begin : end - 1])
        for place in range(begin, end - 1):
            is_word[place] = gaps[place] > 1.6 * usual
    words = [[_letters(bits[0], size, down)]]
    for bit, is_new in zip(bits[1:], is_word, strict=True):
        if is_new:
            words.append([])
        words[-1].append(_letters(bit, size, down))
    texts = ["".join(word) for word in words]
    if _is_leftward("".join(texts)):
        texts = [_leftward(text) for text in reversed(texts)]
    return one_line(" ".join(texts).translate(_LETTERS))


def _spaced_out(bits: Sequence[Bit]) -> Iterator[tuple[int, int]]:
    """Yield where words l i k e this begin and end among `bits`, with the mark behind them."""
    begin = 0
    for place in range(len(bits) + 1):
        text = bits[place].text if place < len(bits) else ""
        if len(text) == 1 and (text.isalpha() or (place > begin and text in _MARKS)):
            continue
        if place - begin >= _SPACED_OUT:
            yield begin, place
        begin = place + 1


def _letters(bit: Bit, size: float, down: float) -> str:
    """Return the text of `bit`, its figures raised or lowered as they are in its line."""
    above = down - bit.down
    if bit.size > _SMALL * size or len(bit.text) > 6 or not re.search(r"[\d+−a-z-]", bit.text):
        return bit.text
    if above > 0.18 * size:
        return bit.text.translate(RAISED_LETTERS if len(bit.text) == 1 else {}).translate(
            RAISED_FIGURES
        )
    return bit.text.translate(LOWERED_FIGURES) if above < -0.05 * size else bit.text


def _is_leftward(text: str) -> bool:
    """Return whether most letters of `text` are of a script that runs from right to left."""
    if text.isascii():
        return False
    kinds = [unicodedata.bidirectional(letter) for letter in text]
    return kinds.count("R") + kinds.count("AL") > kinds.count("L")


def _leftward(word: str) -> str:
    """Return a word of a line that runs leftward, with its letters in the order of reading."""
    word = unicodedata.normalize("NFKC", word[::-1])
    return re.sub(r"[0-9A-Za-z]+(?:[.,:/-][0-9A-Za-z]+)*", lambda match: match[0][::-1], word)
