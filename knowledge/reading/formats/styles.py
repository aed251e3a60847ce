"""The little of CSS that changes what a page says: what is hidden, struck, raised, unnumbered."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

Declarations = Mapping[str, str]

_SIMPLE = re.compile(r"(?:[a-z][\w-]*)?(?:[.#][\w-]+)?")
_WANTED = {
    *("display", "visibility", "float", "quotes", "vertical-align", "white-space"),
    *("text-decoration", "text-decoration-line", "list-style", "list-style-type"),
    *("font-weight", "color", "background", "background-color"),
}
_BEFORE_Q = re.compile(r"q::?before")
_BLACK = re.compile(
    r"(?:black|#000(?:000)?|rgba?\(\s*0\s*,\s*0\s*,\s*0\s*(?:,\s*1\s*)?\))(?![\w%])"
)
_EMPTY_CONTENT = {"none", "''", '""'}


@dataclass(frozen=True, slots=True)
class Styles:
    """The style sheets in a page: those of their rules that name a tag, a class or an id."""

    rules: Mapping[str, Declarations] = field(default_factory=dict)

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


def styles(sheets: Iterable[str]) -> Styles:
    """Return the rules of style `sheets`, later ones over earlier ones."""
    rules: dict[str, Declarations] = {}
    for sheet in sheets:
        for selectors, body in _rules(sheet):
            declared = declarations(body)
            for selector in selectors.split(","):
                name = selector.strip()
                if _BEFORE_Q.fullmatch(name) and _content(body) in _EMPTY_CONTENT:
                    rules["q"] = {**rules.get("q", {}), "quotes": "none"}
                elif declared and name and _SIMPLE.fullmatch(name):
                    rules[name] = {**rules.get(name, {}), **declared}
    return Styles(rules)


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
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
    """Return those declarations in `css`, such as "float: left", that change what is read."""
    found = {}
    for declaration in css.split(";"):
        name, _, value = declaration.partition(":")
        if (name := name.strip().lower()) in _WANTED:
            found[name] = value.lower().replace("!important", "").strip()
    return found


def is_hidden(style: Declarations) -> bool:
    """Return whether what has `style` is not shown."""
    return style.get("display") == "none" or style.get("visibility") in {"hidden", "collapse"}


def is_struck(style: Declarations) -> bool:
    """Return whether what has `style` is struck through."""
    lines = f"{style.get('text-decoration', '')} {style.get('text-decoration-line', '')}"
    return "line-through" in lines


def is_blackened(style: Declarations) -> bool:
    """Return whether what has `style` is black upon black, as what is made unreadable is."""
    paper = style.get("background-color") or style.get("background", "")
    return all(_BLACK.match(colour) is not None for colour in (style.get("color", ""), paper))


def _content(body: str) -> str:
    found = re.search(r"content\s*:\s*([^;]*)", body, re.IGNORECASE)
    return found[1].strip() if found else ""
