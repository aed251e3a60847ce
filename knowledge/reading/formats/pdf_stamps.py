"""Stamps and watermarks that are printed across the text of a page of a PDF.

They are no words of the sentences they lie over, and the letters of both would come out mixed.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from knowledge.reading.formats.pdf_boxes import Bit

_HEIGHT = 0.7  # of the size of letters, that of capitals
_ACROSS = 0.25  # of the smaller of two words that lie over each other, at the least
_LARGE = 1.5  # times the letters of the text, at the least, where the colour is the same
_FEWEST = 3  # letters; an initial may reach into its text
_SHARE = 0.25  # of the letters of a stamp lie over text, at the least
_NEAR = 1.5  # heights of letters between two words of a stamp, at the most
_MOST = 400  # words; a page with more that are set otherwise has no stamp that can be told


def without_stamps(bits: Sequence[Bit]) -> tuple[list[Bit], int]:
    """Return `bits` without those of stamps, and how many stamps there were.

    A stamp is of another colour than most of the page, or much larger, and lies over other words.
    """
    colours = Counter[tuple[int, ...] | None]()
    sizes = Counter[float]()
    for bit in bits:
        colours[bit.colour] += len(bit.text)
        sizes[round(bit.size, 1)] += len(bit.text)
    if len(colours) + len(sizes) <= 2:
        return list(bits), 0
    (colour, _), (size, _) = colours.most_common(1)[0], sizes.most_common(1)[0]
    odd = [bit for bit in bits if bit.colour != colour or bit.size >= _LARGE * size]
    if not 0 < len(odd) <= _MOST:
        return list(bits), 0
    apart = {id(bit) for bit in odd}
    text = sorted((bit for bit in bits if id(bit) not in apart), key=lambda bit: bit.down)
    downs = [bit.down for bit in text]
    highest = max((bit.size for bit in text), default=0.0)
    across = set()
    for bit in odd:
        first = bisect_left(downs, bit.down - _HEIGHT * bit.size)
        last = bisect_right(downs, bit.down + _HEIGHT * highest)
        if any(_is_across(bit, other) for other in text[first:last]):
            across.add(id(bit))
    stamps = [each for each in (_clusters(odd) if across else ()) if _is_stamp(each, across)]
    gone = {id(bit) for stamp in stamps for bit in stamp}
    return [bit for bit in bits if id(bit) not in gone], len(stamps)


def _is_across(bit: Bit, other: Bit) -> bool:
    """Return whether two words lie over each other, and are not one printed twice."""
    width = min(bit.right, other.right) - max(bit.left, other.left)
    top = max(bit.down - _HEIGHT * bit.size, other.down - _HEIGHT * other.size)
    height = min(bit.down, other.down) - top
    if width <= 0 or height <= 0 or bit.text == other.text:
        return False
    areas = [(each.right - each.left) * _HEIGHT * each.size for each in (bit, other)]
    return width * height > _ACROSS * min(areas)


def _is_stamp(cluster: Sequence[Bit], across: set[int]) -> bool:
    letters = sum(sum(map(str.isalnum, bit.text)) for bit in cluster)
    over = sum(len(bit.text) for bit in cluster if id(bit) in across)
    return letters >= _FEWEST and over >= _SHARE * sum(len(bit.text) for bit in cluster)


def _clusters(bits: Sequence[Bit]) -> list[list[Bit]]:
    """Return `bits` of one colour that stand near each other together."""
    found: list[list[Bit]] = []
    for bit in bits:
        near = [each for each in found if any(_are_near(bit, other) for other in each)]
        found = [each for each in found if each not in near]
        found.append([bit, *(other for each in near for other in each)])
    return found


def _are_near(bit: Bit, other: Bit) -> bool:
    reach = _NEAR * max(bit.size, other.size)
    return (
        bit.colour == other.colour
        and abs(bit.down - other.down) < reach
        and max(bit.left, other.left) - min(bit.right, other.right) < reach
    )
