"""What style sheets write on a page before and after its elements: numbers, quotation marks, words.

Counters are those of CSS Lists 3, as far as pages use them: `counter-reset`, `counter-set` and
`counter-increment`, shown by `counter()` and `counters()` in the `content` of `::before` and
`::marker`. What is there for its looks alone, an arrow or a letter of a font of icons, is left out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from selectolax.lexbor import LexborNode, SelectolaxError

from knowledge.reading.formats.lists import numeral
from knowledge.reading.formats.quotation_marks import Quotations
from knowledge.reading.formats.styles import Styles, declared, rules_of

_MOST_RULES = 300  # Google Docs writes some thirty for the lists of a page
_MOST_NODES = 200_000  # that such rules name
_PSEUDO = re.compile(r"(.*?)::?(before|after|marker)")
_PART = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|[\w-]+\([^)]*\)|[^\s\"']+")
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_COUNTER = re.compile(r"counters?\(\s*([\w-]+)\s*(?:,\s*(?:\"([^\"]*)\"|'([^']*)'))?(.*)\)")
_SAYS = re.compile(r"[^\W_]|[«»“”„‘’\"'‹›§№]")
_SIGNS = re.compile("[\ue000-\uf8ff]")  # of a font of icons
_PAIR = re.compile(r"(-{0,2}[^\W\d][\w-]*)(?:\s+([+-]?\d{1,9}))?")

_Declared = dict[str, str]


@dataclass(slots=True)
class _Instance:
    """A counter that was begun within `depth` elements, and its value."""

    depth: int
    value: int


@dataclass(slots=True)
class Generated:
    """What is written before and after elements, in the order in which a page is read."""

    quotations: Quotations
    rules: Mapping[tuple[int, str], _Declared] = field(default_factory=dict)
    _counters: dict[str, list[_Instance]] = field(default_factory=dict)
    _depth: int = 0

    def marks(self, item: LexborNode, number: int) -> bool:
        """Return whether what is written before `item`, the one with that `number` of a list,
        takes the place of its mark: it shows a counter, or is said to be its mark.
        """
        if not self.rules:
            return False
        self._set("list-item", number)
        own = self.rules.get((item.mem_id, "marker"), {}).get("content", "normal")
        before = self.rules.get((item.mem_id, "before"), {}).get("content", "")
        return own != "normal" or "counter" in before

    def enter(self, node: LexborNode) -> None:
        """Count `node`, whose contents are read next."""
        if not self.rules:
            return
        row = node.parent if node.tag in {"td", "th"} and _is_first(node) else None
        for each in (row, node):  # the walk goes through no rows
            if each is not None:
                self._count({**self.rules.get((each.mem_id, ""), {}), **_own(each)})
        self._depth += 1

    def leave(self) -> None:
        """Forget the counters that were begun within the element that was entered last."""
        if not self.rules:
            return
        self._depth -= 1
        for instances in self._counters.values():
            while instances and instances[-1].depth > self._depth:
                instances.pop()

    def text(self, node: LexborNode, side: str) -> str:
        """Return what is written at `side`, "before", "after" or "marker", within `node`."""
        told = self.rules.get((node.mem_id, side)) if self.rules else None
        if told is None:
            return ""
        self._count(told)
        if told.get("display") == "none" or told.get("visibility") == "hidden":
            return ""
        content = told.get("content", "")
        is_number = "counter" in content
        is_apart = told.get("position") in {"absolute", "fixed"} or "opacity" in told
        if not is_number and (is_apart or "font-family" in told):
            return ""
        text = self._said(content, node)
        if not _SAYS.search(text) or _SIGNS.search(text):
            return ""
        return f"{text.strip()} " if is_number and side != "after" else text

    def _said(self, content: str, node: LexborNode) -> str:
        said = []
        for part in _PART.findall(content):
            if part[0] in "\"'":
                said.append(_ESCAPE.sub(_letter, part[1:-1]))
            elif found := _COUNTER.fullmatch(part):
                said.append(self._shown(found))
            elif found := re.fullmatch(r"attr\(\s*([\w-]+)\s*\)", part):
                said.append(node.attributes.get(found[1]) or "")
            elif part in {"open-quote", "close-quote"}:
                said.append(self.quotations.mark(node, is_opening=part == "open-quote"))
            elif part == "/":  # what follows is for those who do not see the page
                break
            else:
                return ""
        return "".join(said)

    def _shown(self, counter: re.Match[str]) -> str:
        name, between = counter[1], counter[2] or counter[3]
        form = counter[4].strip(" ,") or "decimal"
        values = [each.value for each in self._counters.get(name, [])] or [0]
        shown = values if between is not None else values[-1:]
        return (between or "").join(numeral(value, form) for value in shown)

    def _count(self, told: _Declared) -> None:
        for name, value in pairs(told.get("counter-reset", ""), 0):
            self._begin(name, value)
        for name, value in pairs(told.get("counter-increment", ""), 1):
            counted = self._counters.get(name)
            self._set(name, value + (counted[-1].value if counted else 0))
        for name, value in pairs(told.get("counter-set", ""), 0):
            self._set(name, value)

    def _set(self, name: str, value: int) -> None:
        if not self._counters.get(name):
            self._begin(name, 0)
        self._counters[name][-1].value = value

    def _begin(self, name: str, value: int) -> None:
        """Begin a counter; one that an element beside this one began is over."""
        instances = self._counters.setdefault(name, [])
        if instances and instances[-1].depth == self._depth:
            instances.pop()
        instances.append(_Instance(self._depth, value))


def generated(root: LexborNode, sheets: Iterable[str], styles: Styles) -> Generated:
    """Return what the style `sheets` of a page, whose rules `styles` holds, write on it."""
    quotations = Quotations(styles)
    found: dict[tuple[int, str], _Declared] = {}
    nodes = 0
    for selector, told in islice(_rules(sheets), _MOST_RULES):
        match = _PSEUDO.fullmatch(selector)
        side = match[2] if match else ""
        for node in _named(root, match[1] if match else selector):
            nodes += 1
            if node.tag != "q":  # its marks are told by its language
                place = (node.mem_id, side)
                found[place] = {**found.get(place, {}), **told}
        if nodes > _MOST_NODES:
            return Generated(quotations)
    return Generated(quotations, found)


def pairs(value: str, otherwise: int) -> Iterator[tuple[str, int]]:
    """Yield the counters named in `value`, each with its number, `otherwise` if none is said."""
    for found in _PAIR.finditer("" if value == "none" else value):
        yield found[1], int(found[2] or otherwise)


def _rules(sheets: Iterable[str]) -> Iterator[tuple[str, _Declared]]:
    for sheet in sheets:
        if "content" not in sheet and "counter-" not in sheet:
            continue
        for selectors, body in rules_of(sheet):
            if "content" in body or "counter-" in body:
                for selector in selectors.split(","):
                    yield selector.strip(), declared(body)


def _own(node: LexborNode) -> _Declared:
    style = node.attributes.get("style") or ""
    return declared(style) if "counter-" in style else {}


def _named(root: LexborNode, selector: str) -> list[LexborNode]:
    try:
        return root.css(selector or "*")
    except SelectolaxError:  # newer than the parser, or none
        return []


def _is_first(cell: LexborNode) -> bool:
    before = cell.prev
    while before is not None and not before.is_element_node:
        before = before.prev
    return before is None


def _letter(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return escape[2].replace("\n", "")
    code = int(escape[1], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
