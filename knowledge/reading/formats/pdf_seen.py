"""Which words on a page of a PDF are seen: not those under a bar, nor those in white on white.

A name that is blacked out is often still there beneath the bar, and text for machines is set in the
colour of the paper. Nobody who looks at the page can quote either.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from knowledge.reading.formats import UNREADABLE
from knowledge.reading.formats.pdf_boxes import Bit, Box

_MOST = 2_000  # areas; a map or a drawing has more, and says nothing of its text
_UNDER = 0.6  # of a word's width is under a bar, at the least
_HIGH = 0.7  # of its letters' height is the bar, at the least

Kind = Literal["cover", "white cover", "ground", "picture"]


class Area(NamedTuple):
    """A filled area, a `cover` if it lets nothing through, or a picture; `order` is its turn."""

    box: Box
    kind: Kind
    order: int


def seen(
    bits: Iterable[Bit], areas: Sequence[Area], order_of: Mapping[bytes, int]
) -> tuple[list[Bit], list[Box]]:
    """Return those of `bits` that are seen, a mark in place of those that a bar is over, and what
    lies over some.

    `order_of` says in which turn each piece of text was drawn. White paper over words is no bar:
    nothing is seen there.
    """
    told = areas if len(areas) <= _MOST else []
    covers = [area for area in told if area.kind in {"cover", "white cover"}]
    kept: list[Bit] = []
    over: set[Box] = set()
    for bit in bits:
        if bit.ink and not _shows(bit, told):
            continue
        cover = _over(bit, covers, order_of) if covers else None
        if cover is None:
            kept.append(bit)
            continue
        over.add(cover.box)
        if cover.kind == "white cover":
            continue
        if kept and _is_under_the_same(kept[-1], bit):
            kept[-1] = kept[-1]._replace(right=bit.right, order=bit.order)
        else:
            kept.append(bit._replace(text=UNREADABLE))
    return kept, list(over)


def is_edge(rule: Box, box: Box) -> bool:
    """Return whether `rule` is drawn round `box`, and parts no cells of a table."""
    is_level = box.left - 1 <= rule.left and rule.right <= box.right + 1
    return is_level and box.top - 1 <= rule.top and rule.bottom <= box.bottom + 1


def _shows(bit: Bit, areas: Iterable[Area]) -> bool:
    """Return whether `bit`, in white or in no ink, has something beneath that it shows against.

    What a machine read on a picture of a page lies there in no ink, and the picture shows it.
    """
    wanted = {"picture"} if bit.ink == "none" else {"cover", "ground", "picture"}
    return any(area.kind in wanted and _holds(area.box, bit) for area in areas)


def _holds(box: Box, bit: Bit) -> bool:
    middle, height = (bit.left + bit.right) / 2, bit.down - 0.3 * bit.size
    return box.left < middle < box.right and box.top < height < box.bottom


def _over(bit: Bit, covers: Iterable[Area], order_of: Mapping[bytes, int]) -> Area | None:
    drawn = order_of.get(bit.piece)
    if drawn is None:
        return None
    for area in covers:
        box = area.box
        width = min(box.right, bit.right) - max(box.left, bit.left)
        is_high = box.bottom - box.top > _HIGH * bit.size
        is_over = is_high and box.top < bit.down - 0.3 * bit.size < box.bottom
        if area.order > drawn and is_over and width > _UNDER * (bit.right - bit.left):
            return area
    return None


def _is_under_the_same(last: Bit, bit: Bit) -> bool:
    return last.text == UNREADABLE and last.down == bit.down and bit.order == last.order + 1
