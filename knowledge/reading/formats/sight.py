"""Which text of a web page is seen: its letters have a size, and another colour than their ground.

Only what is surely unseen is left out: where a style sheet that is not read may say otherwise, or
a picture may lie beneath, the text is taken for seen.
"""

import re
from dataclasses import dataclass, replace

from PIL.ImageColor import colormap
from selectolax.lexbor import LexborNode

from knowledge.reading.formats.styles import Declarations, Styles

Colour = tuple[int, int, int]

_BLACK, _WHITE = (0, 0, 0), (255, 255, 255)
_ALIKE = 5  # of 255: nobody tells two colours apart that are so near each other
_HEX = re.compile(r"#([0-9a-f]{3,8})")
_RGB = re.compile(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)\s*(?:[,/]\s*([\d.]+)(%?)\s*)?\)")
_NO_GROUND = {"none", "transparent", "inherit", "initial", "unset", "0", "0px", "0%"}
_AS_ABOVE = {"inherit", "unset", "currentcolor"}
_DRAWN = re.compile(r"url\(|gradient|image|element\(")
_FROM_FONT = re.compile(r"(?:^|\s)(0(?=[/\s])|\d*\.?\d+(?:px|pt|r?em|%))")
_SIZE = re.compile(r"(\d*\.?\d+)(px|pt|rem|em|%)?")
_SMALLEST = 1.0  # pixels or points: no larger letters can be read
_LIT = ("text-shadow", "-webkit-text-stroke", "-webkit-text-fill-color")
_CLIPPED = ("background-clip", "-webkit-background-clip")
_CELLS = {"td", "th"}
_COLOURED = {"font", "table", "tbody", "thead", "tfoot", "tr", *_CELLS, "body"}  # by attributes
_PLACED = {"absolute", "fixed", "relative", "sticky"}


@dataclass(frozen=True, slots=True)
class Sight:
    """How the text of an element looks; a colour is None where it is not known."""

    ink: Colour | None = _BLACK
    ground: Colour | None = _WHITE
    paper: Colour = _WHITE
    is_clear: bool = False  # of a colour that lets all through
    is_tiny: bool = False

    @property
    def is_seen(self) -> bool:
        """Return whether such text is seen."""
        return not (self.is_tiny or self.is_clear or _are_alike(self.ink, self.ground))

    @property
    def is_barred(self) -> bool:
        """Return whether a bar is seen where the text stands: it is of the colour of its ground,
        and that is not the paper's.
        """
        is_hidden = not self.is_tiny and _are_alike(self.ink, self.ground)
        return is_hidden and not _are_alike(self.ground, self.paper)

    @property
    def _is_unknown(self) -> bool:
        return self.ink is None and self.ground is None and not (self.is_clear or self.is_tiny)

    def within(self, node: LexborNode, style: Declarations, styles: Styles) -> "Sight":
        """Return how the text of `node` looks, which has `style` and lies in what looks so."""
        tag = node.tag
        if tag in _CELLS:
            return self._of_cell(node, styles)._in(node, style, styles)
        if not style and not styles.is_partial and tag not in _COLOURED:
            return self
        return self._in(node, style, styles)

    def _of_cell(self, cell: LexborNode, styles: Styles) -> "Sight":
        """Return how the row and the group of `cell` look, which the walk does not go through."""
        row = cell.parent
        group = None if row is None else row.parent
        found = self
        for each in (group, row):
            if each is not None and each.tag != "table":
                found = found._in(each, styles.of(each), styles)
        return found

    def _in(self, node: LexborNode, style: Declarations, styles: Styles) -> "Sight":
        attributes = node.attributes
        found = self
        if (
            styles.is_partial
            and not self._is_unknown
            and (attributes.get("class") or attributes.get("id"))
        ):
            # A rule that is not read may give it other colours, and another size.
            found = Sight(None, None, self.paper)
        if not style and node.tag not in _COLOURED:
            return found
        if style.get("position") in _PLACED:
            found = replace(found, ground=None)  # a picture may lie beneath
        if "background" in attributes:
            found = replace(found, ground=None)
        ground = style.get("background-color") or style.get("background")
        if ground := ground or (attributes.get("bgcolor") or "").lower():
            found = found._upon(ground, style)
        ink = style.get("color") or (node.tag == "font" and attributes.get("color")) or ""
        if ink and ink not in _AS_ABOVE:
            found = found._in_ink(ink.lower(), style)
        if any(style.get(name, "none") != "none" for name in _LIT):
            found = replace(found, ink=None, is_clear=False)
        size = style.get("font-size") or _of_font(style.get("font", ""))
        return replace(found, is_tiny=_is_tiny(size, found.is_tiny)) if size else found

    def _upon(self, ground: str, style: Declarations) -> "Sight":
        if _DRAWN.search(ground + style.get("background", "") + style.get("background-image", "")):
            return replace(self, ground=None)
        first = ground if ground.startswith("rgb") else ground.split()[0]
        if first in _NO_GROUND or _is_clear(first):
            return self
        return replace(self, ground=colour(first))

    def _in_ink(self, ink: str, style: Declarations) -> "Sight":
        # What is cut to the shape of its letters shows through them.
        is_clipped = any("text" in style.get(name, "") for name in _CLIPPED)
        is_clear = (ink == "transparent" or _is_clear(ink)) and not is_clipped
        return replace(self, ink=colour(ink), is_clear=is_clear)


def paper(body: LexborNode, styles: Styles) -> Sight:
    """Return how text looks that stands right in `body`."""
    root = body.parent
    start = Sight(ground=None) if styles.is_partial else Sight()
    for node in (root, body):
        if node is not None and node.is_element_node:
            start = start.within(node, styles.of(node), styles)
    ink = (body.attributes.get("text") or "").lower()
    start = replace(start, ink=colour(ink)) if ink else start
    return replace(start, paper=start.ground or _WHITE, is_clear=False, is_tiny=False)


def colour(css: str) -> Colour | None:
    """Return the colour that `css` says; None for none that is known, or one seen through."""
    css = str(colormap.get(css, css))
    if (found := _HEX.fullmatch(css)) and len(found[1]) in {3, 4, 6, 8}:
        digits = found[1] if len(found[1]) > 4 else "".join(2 * digit for digit in found[1])
        if digits[6:] not in {"", "ff"}:
            return None
        red, green, blue = (int(digits[place : place + 2], 16) for place in (0, 2, 4))
        return red, green, blue
    found = _RGB.match(css)
    if found is None or _opacity(found) < 1:
        return None
    red, green, blue = (min(255, int(part)) for part in found.groups()[:3])
    return red, green, blue


def _is_clear(css: str) -> bool:
    """Return whether the colour `css` lets everything through."""
    if found := _HEX.fullmatch(css):
        return (len(found[1]) == 4 and found[1][3] == "0") or found[1][6:] == "00"
    found = _RGB.match(css)
    return found is not None and _opacity(found) == 0


def _opacity(found: re.Match[str]) -> float:
    try:
        return float(found[4] or 1) / (100 if found[5] else 1)
    except ValueError:
        return 1.0


def _are_alike(ink: Colour | None, ground: Colour | None) -> bool:
    if ink is None or ground is None:
        return False
    return all(abs(a - b) <= _ALIKE for a, b in zip(ink, ground, strict=True))


def _of_font(font: str) -> str:
    found = _FROM_FONT.search(font)
    return found[1] if found else ""


def _is_tiny(size: str, above: bool) -> bool:
    """Return whether letters of `size` are too small to be seen, in what is so `above` or not."""
    found = _SIZE.fullmatch(size)
    if found is None:
        return above and size in _AS_ABOVE
    number, unit = float(found[1]), found[2]
    if unit in {"em", "%"} and number:
        return above
    return number * (16 if unit == "rem" else 1) <= _SMALLEST
