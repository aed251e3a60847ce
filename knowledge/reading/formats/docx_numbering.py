"""The number or bullet that Word shows before a paragraph, counted as Word counts.

A paragraph belongs to a list (w:num), by itself or by its style. Lists of one kind (w:abstractNum)
go on with each other's numbers unless one says that it begins anew (w:startOverride).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from docx.oxml.ns import qn

from knowledge.reading.formats.docx_marks import WITHOUT
from knowledge.reading.formats.docx_numbers import written
from knowledge.reading.formats.docx_shown import choose
from knowledge.reading.formats.docx_styles import Styles, found, look, value
from knowledge.reading.formats.docx_symbols import shown

_DEPTHS = range(9)
_WITH_ZERO = {"decimal", "decimalZero"}  # where nothing is said, Word begins with it
_BULLET = "-"  # whatever its picture: that is decoration


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands before the text of an item; `text` may be empty."""

    text: str
    gap: str = " "

    def before(self, text: str) -> str:
        """Return `text` with the mark before it."""
        return f"{self.text}{self.gap}{text}" if self.text else text


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list: how its number is written, around which text ("%1."), from which one."""

    form: str
    pattern: str
    first: int
    restart: int | None  # the level, counted from 1, after which it begins anew; 0: never
    is_decimal: bool  # whatever the forms of the levels
    gap: str
    style: str | None
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class _List:
    kind: str
    levels: Mapping[int, _Level] = field(default_factory=dict)
    starts: Mapping[int, int] = field(default_factory=dict)

    def first(self, depth: int) -> int:
        return self.starts.get(depth, self.levels[depth].first if depth in self.levels else 1)


class Numbering:
    """Counts the items of a document's lists; `mark` is to be asked of each paragraph in order."""

    def __init__(self, element: Any | None, styles: Styles, language: str) -> None:
        """Read `element`, the w:numbering of a document, if it has one."""
        self._styles = styles
        self._language = language
        self._lists = {} if element is None else _lists(element, styles)
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def mark(self, paragraph: Any) -> Mark | None:
        """Return what Word shows before `paragraph` and count it; None: it is no item."""
        place = self._place(paragraph)
        if place is None:
            return None
        counts = self._count(*place)
        numbered, depth = self._lists[place[0]], place[1]
        level = numbered.levels[depth]
        if level.is_hidden:
            return Mark("")
        if level.form == "bullet":
            return Mark(_BULLET if level.pattern else "")

        def number(match: re.Match[str]) -> str:
            above = int(match[1]) - 1
            if above not in numbered.levels or above > depth:
                return ""
            form = numbered.levels[above].form
            if level.is_decimal and form not in {"none", "bullet"}:
                form = "decimal"
            return written(counts[above] or 0, form, self._language)

        return Mark(re.sub(r"%([1-9])", number, level.pattern).strip(), level.gap)

    def _count(self, list_id: str, depth: int) -> list[int | None]:
        numbered = self._lists[list_id]
        counts = self._counts.setdefault(numbered.kind, [None for _ in _DEPTHS])
        for above in _DEPTHS[:depth]:
            if counts[above] is None:  # a level left out has begun: "1.1" is followed by "2"
                counts[above] = numbered.first(above)
        is_new = (list_id, depth) not in self._begun
        self._begun.add((list_id, depth))
        count = counts[depth]
        if count is None or (is_new and depth in numbered.starts):
            counts[depth] = numbered.first(depth)
        else:
            counts[depth] = count + 1
        for below in _DEPTHS[depth + 1 :]:
            restart = numbered.levels[below].restart if below in numbered.levels else None
            if restart is None or restart > below or depth < restart:
                counts[below] = None
        return counts

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        """Return the list that `paragraph` belongs to, and its level there."""
        own = found(paragraph, "w:pPr/w:numPr")
        list_id, depth = value(own, "w:numId"), value(own, "w:ilvl")
        for style in self._styles.of(paragraph):
            of_style = found(style, "w:pPr/w:numPr")
            if of_style is not None:
                list_id = list_id or value(of_style, "w:numId")
                depth = depth or self._linked(list_id, style) or value(of_style, "w:ilvl")
        numbered = self._lists.get(list_id or "")
        if list_id is None or numbered is None or int(depth or 0) not in numbered.levels:
            return None
        return list_id, int(depth or 0)

    def _linked(self, list_id: str | None, style: Any) -> str | None:
        """Return the level of the list that says it is for paragraphs of `style`."""
        numbered = self._lists.get(list_id or "", _List(""))
        name = style.get(qn("w:styleId"))
        return next((str(d) for d, level in numbered.levels.items() if level.style == name), None)


def _lists(numbering: Any, styles: Styles) -> dict[str, _List]:
    """Return the lists that `numbering` defines, by their numbers; 0 is none."""
    choose(numbering)
    kinds = {
        kind.get(qn("w:abstractNumId"), ""): kind
        for kind in numbering.iterchildren(qn("w:abstractNum"))
    }
    numbers = {
        number.get(qn("w:numId"), ""): number for number in numbering.iterchildren(qn("w:num"))
    }
    levels = {name: dict(_levels(kind)) for name, kind in kinds.items()}
    lists = {}
    for list_id, number in numbers.items():
        kind = _kind(number, kinds, numbers, styles)
        if list_id != "0" and kind in levels:
            lists[list_id] = _overridden(number, _List(kind, levels[kind]))
    return lists


def _kind(number: Any, kinds: dict[str, Any], numbers: dict[str, Any], styles: Styles) -> str:
    """Return the kind of the list `number`; it may be that of the list in a style."""
    name = value(number, "w:abstractNumId") or ""
    link = value(kinds.get(name), "w:numStyleLink")
    for style in styles.chain(link)[:1]:
        linked = numbers.get(value(style, "w:pPr/w:numPr/w:numId") or "")
        return (value(linked, "w:abstractNumId") or name) if linked is not None else name
    return name


def _overridden(number: Any, numbered: _List) -> _List:
    levels, starts = dict(numbered.levels), dict(numbered.starts)
    for override in number.iterchildren(qn("w:lvlOverride")):
        depth = int(override.get(qn("w:ilvl"), "0"))
        if depth not in _DEPTHS:
            continue
        for element in override.iterchildren(qn("w:lvl")):
            # Word takes no notice of when a level begins anew if it stands here.
            restart = levels[depth].restart if depth in levels else None
            levels[depth] = replace(_level(element), restart=restart)
        start = value(override, "w:startOverride")
        if start is not None:
            starts[depth] = int(start)
    return _List(numbered.kind, levels, starts)


def _levels(kind: Any) -> Iterator[tuple[int, _Level]]:
    for level in kind.iterchildren(qn("w:lvl")):
        depth = int(level.get(qn("w:ilvl"), "0"))
        if depth in _DEPTHS:
            yield depth, _level(level)


def _level(element: Any) -> _Level:
    restart, looks = value(element, "w:lvlRestart"), look(element.find(qn("w:rPr")))
    pattern = (value(element, "w:lvlText") or "").translate(WITHOUT)
    form = _form(element)
    is_decimal = element.find(qn("w:isLgl"))
    return _Level(
        form=form,
        pattern=pattern if form == "bullet" else shown(pattern, looks.font),
        first=int(value(element, "w:start") or (0 if form in _WITH_ZERO else 1)),
        restart=None if restart is None else int(restart),
        is_decimal=is_decimal is not None and is_decimal.get(qn("w:val")) not in {"0", "false"},
        gap="" if value(element, "w:suff") == "nothing" else " ",
        style=value(element, "w:pStyle"),
        is_hidden=bool(looks.is_hidden),
    )


def _form(level: Any) -> str:
    form = value(level, "w:numFmt") or "decimal"
    if form != "custom":
        return form
    # "001, 002, 003, ...": the first shows how many digits.
    said: str = level.find(qn("w:numFmt")).get(qn("w:format"), "")
    return said.split(",")[0].strip()
