"""Fractions on pages of PDFs: figures above and below a short line that stands among words."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from knowledge.reading.formats import UNREADABLE
from knowledge.reading.formats.pdf_boxes import Bit, Box

_MOST = 400  # lines on a page; a table of forms has more
# In heights of letters.
_WIDEST = 25.0
_NEAR = 2.0  # between the fraction and a word of its line
_CENTRED = 0.4
_PLAIN = re.compile(r"[\w.,]{1,6}")


def with_fractions(
    bits: Sequence[Bit], flat: Sequence[Box], upright: Sequence[Box]
) -> tuple[list[Bit], list[Box]]:
    """Return `bits` with one bit for each fraction, and those `flat` lines that are of none.

    One of two short terms is written 3/4; what is longer is marked as unreadable in a line.
    """
    if len(flat) > _MOST:
        return list(bits), list(flat)
    by_height = sorted(bits, key=lambda bit: bit.down)
    heights = [bit.down for bit in by_height]
    left: list[Box] = []
    used: set[int] = set()
    made: list[Bit] = []
    for rule in flat:
        begin = bisect_left(heights, rule.top - 15)
        near = [
            bit
            for bit in by_height[begin : bisect_right(heights, rule.top + 20)]
            if id(bit) not in used
        ]
        above = [bit for bit in near if _is_in(bit, rule, -0.1, 0.6)]
        below = [bit for bit in near if _is_in(bit, rule, -1.3, -0.6)]
        beside = _beside(rule, near, above, below)
        is_of_table = any(_is_touching(rule, other) for other in upright)
        if beside is None or is_of_table or not (_fits(rule, above) and _fits(rule, below)):
            left.append(rule)
            continue
        used |= {id(bit) for bit in (*above, *below)}
        terms = [_said(part) for part in (above, below)]
        is_plain = all(_PLAIN.fullmatch(term) for term in terms)
        made.append(
            beside._replace(
                left=rule.left + 0.2 * beside.size,  # a word's gap behind "1" in 1 3/4
                right=max(rule.right, rule.left + 0.3 * beside.size),
                text="/".join(terms) if is_plain else UNREADABLE,
                is_spaced=True,
            )
        )
    return [*(bit for bit in bits if id(bit) not in used), *made], left


def _is_in(bit: Bit, rule: Box, least: float, most: float) -> bool:
    """Return whether `bit` is within the width of `rule`, and how high its baseline is above it."""
    is_within = rule.left - 2 < bit.left and bit.right < rule.right + 2
    return is_within and least * bit.size <= rule.top - bit.down <= most * bit.size


def _fits(rule: Box, part: Sequence[Bit]) -> bool:
    """Return whether `part` is centred over or under `rule`."""
    if not part:
        return False
    size = part[0].size
    left, right = min(bit.left for bit in part), max(bit.right for bit in part)
    is_short = rule.right - rule.left < _WIDEST * size
    return is_short and abs((left + right) - (rule.left + rule.right)) < 2 * _CENTRED * size


def _beside(
    rule: Box, near: Sequence[Bit], above: Sequence[Bit], below: Sequence[Bit]
) -> Bit | None:
    """Return the word of the line in which the fraction stands: its baseline is between the two."""
    if not above or not below:
        return None
    words = [
        bit
        for bit in near
        if bit not in above
        and bit not in below
        and max(each.down for each in above) + 1 < bit.down < min(each.down for each in below) - 1
        and 0 < bit.down - rule.top < 0.6 * bit.size
        and -1 < max(bit.left - rule.right, rule.left - bit.right) < _NEAR * bit.size
    ]
    return min(words, key=lambda bit: abs(bit.left - rule.left), default=None)


def _is_touching(rule: Box, upright: Box) -> bool:
    return (
        rule.left - 2 < upright.right
        and upright.left < rule.right + 2
        and upright.top - 2 < rule.top < upright.bottom + 2
    )


def _said(part: Sequence[Bit]) -> str:
    return " ".join(bit.text for bit in sorted(part, key=lambda bit: bit.left))
