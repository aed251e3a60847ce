"""The bullets and numbers that a browser draws before the items of a list."""

import re
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborNode

from knowledge.reading.formats.generated import pairs
from knowledge.reading.formats.lists import numeral
from knowledge.reading.formats.styles import Styles

_TYPES = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
}
_FORM = re.compile(
    r"(?<!\()\"[^\"]*\"|(?<!\()'[^']*'|"
    r"\b(?:none|disc|circle|square|(?:lower|upper)-(?:alpha|latin|roman)|decimal(?:-leading-zero)?)\b",
    re.IGNORECASE,
)
_QUOTES = "\"'"
_BULLETS = {"none", "disc", "circle", "square"}


def marks(
    container: LexborNode, items: Sequence[LexborNode], styles: Styles
) -> Iterator[tuple[int, str]]:
    """Yield the number and the mark of each of `items`, the shown `<li>` of `container`."""
    attributes = container.attributes
    is_numbered = container.tag == "ol"
    is_reversed = "reversed" in attributes
    default = _form(container, styles) or ("decimal" if is_numbered else "disc")
    number = _integer(attributes.get("start"), len(items) if is_reversed else 1)
    step = -1 if is_reversed else 1
    begun = _counted(container, styles, "counter-reset")
    begun = _counted(container, styles, "counter-set") if begun is None else begun
    number = number if begun is None else begun + step
    for item in items:
        steps = _counted(item, styles, "counter-increment", 1)
        number += 0 if steps is None else steps - step
        number = _integer(item.attributes.get("value"), number)
        told = _counted(item, styles, "counter-set")
        number = number if told is None else told
        form = _form(item, styles) or default
        if form[0] in _QUOTES:
            mark = form.strip(_QUOTES).strip()
        elif form == "none" and is_numbered:
            mark = ""
        else:
            mark = "-" if form in _BULLETS else f"{numeral(number, form)}."
        yield number, mark
        number += step


def marked(mark: str, text: str) -> str:
    """Return `text` after `mark`, which is not said again if its author has typed the number."""
    typed = re.match(r"[-–—•*·]|\(?(\w{1,6})[.)](?!\S)", text)
    is_typed = typed is not None and (typed[1] or "-") == mark.rstrip(".")
    return text if not mark or is_typed else f"{mark} {text}"


def _form(node: LexborNode, styles: Styles) -> str | None:
    style = styles.of(node)
    declared = f"{style.get('list-style', '')} {style.get('list-style-type', '')}"
    if found := _FORM.search(declared):
        return found[0] if found[0][0] in _QUOTES else found[0].lower()
    return _TYPES.get((node.attributes.get("type") or "").strip())


def _counted(node: LexborNode, styles: Styles, name: str, otherwise: int = 0) -> int | None:
    """Return what the style `name` of `node` says of the numbers of lists; None if nothing."""
    told = dict(pairs(styles.of(node).get(name, ""), otherwise))
    return told.get("list-item")


def _integer(value: str | None, otherwise: int) -> int:
    found = re.match(r"\s*([+-]?\d{1,9})(?!\d)", value or "")
    return int(found[1]) if found else otherwise
