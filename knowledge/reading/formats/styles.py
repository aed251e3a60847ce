"""The little of CSS that changes what a page says: what is hidden, struck, raised, unnumbered."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

Declarations = Mapping[str, str]

_DECLARATION = re.compile(r"(?:[^;\"']++|\"[^\"]*+\"|'[^']*+')++")
_SIMPLE = re.compile(r"(?:[a-z][\w-]*)?(?:[.#][\w-]+)?")
_WANTED = {
    *("display", "visibility", "float", "quotes", "vertical-align", "white-space"),
    *("text-decoration", "text-decoration-line", "list-style", "list-style-type"),
    *("font-weight", "color", "background", "background-color", "background-image"),
    *("background-clip", "-webkit-background-clip", "text-shadow", "-webkit-text-stroke"),
    *("-webkit-text-fill-color", "font", "font-size", "opacity", "transition", "animation"),
    *("transform", "position", "left", "top", "right", "bottom", "text-indent", "margin-left"),
    *("counter-reset", "counter-set", "counter-increment"),
    *("clip", "clip-path", "width", "height", "overflow"),
}
_COLOURED = {"color", "background", "background-color", "background-image", "font-size", "font"}
_AWAY = -999  # pixels from the page
_PIXELS = {"px": 1.0, "pt": 1.3, "em": 16.0, "rem": 16.0}
_LENGTH = re.compile(r"(-?\d*\.?\d+)(px|pt|r?em)?")
_CUT = re.compile(r"rect\((?:\s*[01](?:px)?[\s,]*){4}\)|inset\((?:50|100)%[^)]*\)|circle\(0[^)]*\)")
_MOVING = ("transition", "animation", "transform")
_BEFORE_Q = re.compile(r"q::?before")
_EMPTY_CONTENT = {"none", "''", '""'}


@dataclass(frozen=True, slots=True)
class Styles:
    """The style sheets in a page: those of their rules that name a tag, a class or an id."""

    rules: Mapping[str, Declarations] = field(default_factory=dict)
    is_partial: bool = False
    """Whether others, which are not read, may say what colour something has."""

    def of(self, node: LexborNode) -> Declarations:
        """Return what is declared for `node`, in its own `style` or by a rule."""
        attributes = node.attributes
        own = attributes.get("style")
        if not self.rules:
            return declarations(own) if own else {}
        tag = node.tag or ""
        found: dict[str, str] = {}
        classes = [f".{name}" for name in (attributes.get("class") or "").split()]
        for name in ("", *classes, f"#{attributes.get('id') or ''}"):
            found |= (self.rules.get(name) or {}) if name else {}
            found |= self.rules.get(tag + name) or {}
        return found | declarations(own) if own else found


def styles(sheets: Iterable[str], *, has_others: bool = False) -> Styles:
    """Return the rules of style `sheets`, later ones over earlier ones; there may be others."""
    rules: dict[str, Declarations] = {}
    is_partial = has_others
    for sheet in sheets:
        is_partial |= "@import" in sheet
        for selectors, body in rules_of(sheet):
            of_them = declarations(body)
            for selector in selectors.split(","):
                name = selector.strip()
                if _BEFORE_Q.fullmatch(name) and declared(body).get("content") in _EMPTY_CONTENT:
                    rules["q"] = {**rules.get("q", {}), "quotes": "none"}
                elif of_them and name and _SIMPLE.fullmatch(name):
                    rules[name] = {**rules.get(name, {}), **of_them}
                elif ":" not in name and not _COLOURED.isdisjoint(of_them):
                    is_partial = True
    return Styles(rules, is_partial)


def rules_of(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield the selectors and the declarations of each rule in `sheet`.

    Those for print, narrow screens and the like do not tell how the page is first seen.
    """
    head, *others = sheet.split("/*")
    plain = head + "".join(other.partition("*/")[2] for other in others)
    selectors, depth = "", 0
    for part in re.findall(r"[^{}]+|[{}]", plain):
        if part in "{}":
            depth = depth + 1 if part == "{" else max(0, depth - 1)
        elif depth == 0:
            selectors = part.rpartition(";")[2].replace("<!--", "").replace("-->", "").strip()
        elif depth == 1 and not selectors.startswith("@"):
            yield selectors, part


def declarations(css: str) -> dict[str, str]:
    """Return those declarations in `css`, such as "float: left", that change what is read.

    What is no text in them is in lower case.
    """
    found = {}
    for declaration in _split(css):
        name, _, value = declaration.partition(":")
        if (name := name.strip().lower()) in _WANTED:
            value = value.replace("!important", "").strip()
            found[name] = value if _has_text(value) else value.lower()
    return found


def declared(css: str) -> dict[str, str]:
    """Return all declarations in `css` as they are written."""
    parts = (declaration.partition(":") for declaration in _split(css))
    return {
        name.strip().lower(): value.replace("!important", "").strip() for name, _, value in parts
    }


def _split(css: str) -> list[str]:
    """Return the declarations in `css`; a semicolon in a text ends none."""
    return _DECLARATION.findall(css) if _has_text(css) else css.split(";")


def _has_text(css: str) -> bool:
    return '"' in css or "'" in css


def is_hidden(style: Declarations) -> bool:
    """Return whether what has `style` is not shown."""
    return bool(style) and (
        style.get("display") == "none"
        or style.get("visibility") in {"hidden", "collapse"}
        or _is_away(style)
        or _is_cut(style)
    )


def is_faded(style: Declarations) -> bool:
    """Return whether what has `style` lets all light through, and is not on its way to be seen."""
    opacity = style.get("opacity")
    if opacity is None or not re.fullmatch(r"0?\.?0+%?", opacity):
        return False
    return not any(style.get(name, "none") != "none" for name in _MOVING)


def _is_away(style: Declarations) -> bool:
    """Return whether what has `style` is drawn far from the page."""
    sides = ["text-indent", "margin-left"]
    if style.get("position") in {"absolute", "fixed"}:
        sides += ["left", "top", "right", "bottom"]
    if any(_pixels(style.get(side, "")) <= _AWAY for side in sides):
        return True
    is_out = style.get("text-indent") in {"100%", "-100%"}
    return is_out and style.get("overflow") == "hidden"


def _is_cut(style: Declarations) -> bool:
    """Return whether nothing is left of the box of what has `style`."""
    is_placed = style.get("position") in {"absolute", "fixed"}
    if is_placed and _CUT.match(style.get("clip") or style.get("clip-path", "")):
        return True
    sides = [style.get(side, "") for side in ("width", "height")]
    is_small = all(side and 0 <= _pixels(side) <= 1 for side in sides)
    return is_small and style.get("overflow") == "hidden"


def _pixels(length: str) -> float:
    """Return how many pixels `length` is; infinity for what is no such length."""
    found = _LENGTH.fullmatch(length)
    if found is None or not (found[2] or float(found[1]) == 0):
        return math.inf
    return float(found[1]) * _PIXELS.get(found[2], 1.0)


def is_struck(style: Declarations) -> bool:
    """Return whether what has `style` is struck through."""
    lines = f"{style.get('text-decoration', '')} {style.get('text-decoration-line', '')}"
    return "line-through" in lines
