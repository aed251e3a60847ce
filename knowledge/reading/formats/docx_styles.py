"""What the styles of a Word document say of its paragraphs and runs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from docx.oxml.ns import qn

_VALUE = qn("w:val")
OFF = {"0", "false", "off"}
_MOVED, _SMALL = 4, 18  # half points: letters that are set so much higher, and are no larger
_UNSEEN = 2  # half points: no letters so small can be read


def value(parent: Any | None, path: str) -> str | None:
    """Return the value of the element at `path`, such as "w:pPr/w:numPr", below `parent`."""
    child = None if parent is None else found(parent, path)
    return None if child is None else child.get(_VALUE)


def found(parent: Any, path: str) -> Any | None:
    """Return the element at `path` below `parent`."""
    return parent.find(_qualified(path))


@cache
def _qualified(path: str) -> str:
    return "/".join(map(qn, path.split("/")))


@dataclass(frozen=True, slots=True)
class Look:
    """How letters look; None where it is not said."""

    is_hidden: bool | None = None
    is_struck: bool | None = None
    is_bold: bool | None = None
    raised: str | None = None
    """`superscript`, `subscript` or `baseline`."""
    font: str | None = None
    colour: str | None = None
    """Six hexadecimal digits, or `auto`."""
    paper: str | None = None
    """The colour that shading lays beneath the letters, likewise, or a marker's by its name."""
    is_tiny: bool | None = None
    """Whether they are too small to be seen."""


PLAIN = Look()


def look(properties: Any | None) -> Look:
    """Return how letters with `properties`, a w:rPr, look."""
    if properties is None or len(properties) == 0:
        return PLAIN
    strikes = [_switch(properties, tag) for tag in ("w:strike", "w:dstrike")]
    return Look(
        is_hidden=_switch(properties, "w:vanish"),
        is_struck=None if strikes == [None, None] else any(strikes),
        is_bold=_switch(properties, "w:b"),
        raised=value(properties, "w:vertAlign") or _moved(properties),
        font=_font(properties.find(qn("w:rFonts"))),
        colour=value(properties, "w:color"),
        paper=_paper(properties),
        is_tiny=_is_tiny(properties),
    )


def _is_tiny(properties: Any) -> bool | None:
    size = value(properties, "w:sz")
    return int(size) <= _UNSEEN if size is not None and size.isdecimal() else None


def _moved(properties: Any) -> str | None:
    """Return how small letters are set that were raised by hand."""
    height, size = value(properties, "w:position"), value(properties, "w:sz")
    if height is None or size is None or not re.fullmatch(r"-?\d{1,3}", height):
        return None
    if abs(int(height)) < _MOVED or not size.isdecimal() or int(size) > _SMALL:
        return None
    return "superscript" if int(height) > 0 else "subscript"


def _paper(properties: Any) -> str | None:
    """Return the colour beneath letters, by a marker or by shading."""
    return value(properties, "w:highlight") or filling(properties)


def filling(properties: Any | None) -> str | None:
    """Return the colour that w:shd in `properties` fills with, None if it says none."""
    shading = None if properties is None else properties.find(qn("w:shd"))
    if shading is None or shading.get(qn("w:val")) == "nil":
        return None
    if shading.get(qn("w:val")) == "solid":
        colour: str | None = shading.get(qn("w:color"))
        return "000000" if colour in {None, "auto"} else colour
    filled: str | None = shading.get(qn("w:fill"))
    return None if filled == "auto" else filled


def _switch(properties: Any, tag: str) -> bool | None:
    sign = found(properties, tag)
    return None if sign is None else sign.get(qn("w:val")) not in OFF


def _font(fonts: Any | None) -> str | None:
    if fonts is None:
        return None
    if fonts.get(qn("w:asciiTheme")):
        return ""  # one of the theme's, which are no symbol fonts
    font: str | None = fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi"))
    return font


def _over(upper: Look, lower: Look) -> Look:
    """Return `lower` with what `upper` says in its place."""
    return Look(
        lower.is_hidden if upper.is_hidden is None else upper.is_hidden,
        lower.is_struck if upper.is_struck is None else upper.is_struck,
        lower.is_bold if upper.is_bold is None else upper.is_bold,
        upper.raised or lower.raised,
        lower.font if upper.font is None else upper.font,
        upper.colour or lower.colour,
        upper.paper or lower.paper,
        lower.is_tiny if upper.is_tiny is None else upper.is_tiny,
    )


class Styles:
    """Looks up styles by their ids; each is worked out once."""

    def __init__(self, element: Any) -> None:
        """Read `element`, the w:styles of a document."""
        styles = list(element.iterchildren(qn("w:style")))
        self._elements = {style.get(qn("w:styleId")): style for style in styles}
        self._default = next(
            (
                style.get(qn("w:styleId"))
                for style in styles
                if style.get(qn("w:type")) == "paragraph"
                and style.get(qn("w:default")) not in {None, *OFF}
            ),
            None,
        )
        self._chains: dict[str | None, tuple[Any, ...]] = {}
        self._looks: dict[str | None, Look] = {}
        self._pairs: dict[tuple[str | None, str | None], Look] = {}

    def chain(self, style_id: str | None) -> tuple[Any, ...]:
        """Return the style `style_id` and those it is based on, nearest first."""
        if style_id not in self._chains:
            self._chains[style_id] = tuple(self._based(style_id))
        return self._chains[style_id]

    def of(self, paragraph: Any) -> tuple[Any, ...]:
        """Return the styles of `paragraph`, nearest first."""
        return self.chain(self._id(paragraph))

    def look(self, run: Any, paragraph: Any | None) -> Look:
        """Return how the letters of `run` in `paragraph` look."""
        properties = run.find(qn("w:rPr"))
        styles = (value(properties, "w:rStyle"), self._id(paragraph))
        if styles not in self._pairs:
            self._pairs[styles] = _both(*map(self._look, styles))
        own = look(properties)
        return self._pairs[styles] if own is PLAIN else _over(own, self._pairs[styles])

    def look_of_mark(self, paragraph: Any) -> Look:
        """Return how the sign at the end of `paragraph` looks: where it is hidden, none ends."""
        mark = look(found(paragraph, "w:pPr/w:rPr"))
        return _over(mark, self._look(self._id(paragraph)))

    def _id(self, paragraph: Any | None) -> str | None:
        style_id = value(paragraph, "w:pPr/w:pStyle")
        return style_id if style_id in self._elements else self._default

    def _based(self, style_id: str | None) -> Iterator[Any]:
        seen = set()
        while style_id in self._elements and style_id not in seen:
            seen.add(style_id)
            style = self._elements[style_id]
            yield style
            style_id = value(style, "w:basedOn")

    def _look(self, style_id: str | None) -> Look:
        if style_id not in self._looks:
            said = PLAIN
            for style in reversed(self.chain(style_id)):
                said = _over(look(style.find(qn("w:rPr"))), said)
            self._looks[style_id] = said
        return self._looks[style_id]


def _both(character: Look, paragraph: Look) -> Look:
    """Return how letters look in two styles: hidden and struck undo each other, as Word has it."""
    return replace(
        _over(character, paragraph),
        is_hidden=bool(character.is_hidden) != bool(paragraph.is_hidden),
        is_struck=bool(character.is_struck) != bool(paragraph.is_struck),
    )
