"""Formulas of Word documents, on one line: x²+1, (a+b)/2, √2, ∑_(i=1)^n.

A formula that cannot be written so without saying something else is UNTOLD as a whole.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from knowledge.reading.formats.docx_marks import UNTOLD, WITHOUT
from knowledge.reading.formats.docx_symbols import symbol
from knowledge.reading.formats.raised import LOWERED_FIGURES, RAISED_FIGURES

_RAISED = RAISED_FIGURES | str.maketrans("–ni", "⁻ⁿⁱ")
_LOWERED = LOWERED_FIGURES | str.maketrans("–", "₋")
_ATOM = re.compile(r"\w+(?:[.,]\d+)?'*")
_LINES = {"\u0305", "\u0332"}  # over and under any number of letters
_MAX_DEPTH = 50


class _UntoldError(Exception):
    """This formula cannot be written on one line."""


def linear(formula: Any) -> str:
    """Return `formula`, an m:oMath or m:oMathPara, on one line; UNTOLD if there is no such line."""
    try:
        return _all(formula, 0)
    except _UntoldError:
        return UNTOLD


def raised(text: str) -> str | None:
    """Return `text` in raised letters of Unicode; None if it lacks some of them."""
    written = text.translate(_RAISED)
    return written if all(a != b or a == " " for a, b in zip(text, written, strict=True)) else None


def lowered(text: str) -> str | None:
    """Return `text` in lowered letters of Unicode; None if it lacks some of them."""
    written = text.translate(_LOWERED)
    return written if all(a != b or a == " " for a, b in zip(text, written, strict=True)) else None


def _all(parent: Any | None, depth: int) -> str:
    """Return what `parent` holds, its parts side by side."""
    if parent is None:
        return ""
    if depth > _MAX_DEPTH:
        raise _UntoldError
    line = ""
    for child in parent:
        part = _part(child, depth + 1)
        if child.tag == qn("m:f") and re.search(r"\w$", line):
            line += " "  # two and a half is no "21/2"
        elif line and part and _is_fraction_before(child) and re.match(r"\w", part):
            line += " "
        line += part
    return line


def _is_fraction_before(element: Any) -> bool:
    before = element.getprevious()
    return before is not None and before.tag == qn("m:f")


def _part(element: Any, depth: int) -> str:
    write = _WRITERS.get(element.tag)
    if write is not None:
        return str(write(element, depth))
    if element.tag in _THROUGH:
        return _all(element, depth)
    if element.tag.endswith("Pr") or not _holds_text(element):
        return ""
    raise _UntoldError


def _holds_text(element: Any) -> bool:
    return any(True for _ in element.iter(qn("m:t"), qn("w:t"), qn("w:sym"), qn("w:drawing")))


def _run(run: Any, depth: int) -> str:  # noqa: ARG001, called as the others are
    return "".join(_letters(run))


def _letters(run: Any) -> Iterator[str]:
    for child in run:
        if child.tag in {qn("m:t"), qn("w:t")}:
            text = (child.text or "").translate(WITHOUT)
            if any(unicodedata.category(letter) == "Co" for letter in text):
                raise _UntoldError
            yield text
        elif child.tag == qn("w:sym"):
            yield symbol(int(child.get(qn("w:char"), "0"), 16), child.get(qn("w:font")))
        elif child.tag in {qn("w:br"), qn("w:tab")}:
            yield " "


def _of(element: Any, tag: str, depth: int) -> str:
    return _all(element.find(qn(tag)), depth).strip()


def _said(element: Any, path: str, default: str) -> str:
    """Return what the properties of `element` say at `path`, `default` if nothing."""
    child = element.find("/".join(map(qn, path.split("/"))))
    return default if child is None else str(child.get(qn("m:val"), ""))


def _enclosed(text: str) -> str:
    return text if _ATOM.fullmatch(text) or _is_bracketed(text) else f"({text})"


def _is_bracketed(text: str) -> bool:
    return re.fullmatch(r"\([^()]*\)|√\w+|\[[^\[\]]*\]", text) is not None


def _fraction(element: Any, depth: int) -> str:
    if _said(element, "m:fPr/m:type", "bar") == "noBar":
        raise _UntoldError
    above, below = (_of(element, tag, depth) for tag in ("m:num", "m:den"))
    return f"{_enclosed(above)}/{_enclosed(below)}"


def _base(element: Any, depth: int) -> str:
    base = _of(element, "m:e", depth)
    return f"({base})" if element.find(f"{qn('m:e')}/{qn('m:f')}") is not None else base


def _beside(below: str, above: str) -> str:
    """Return a lowered and a raised text; with signs for it if Unicode lacks letters of either."""
    low, high = lowered(below), raised(above)
    if low is not None and high is not None:
        return low + high
    return (f"_{_enclosed(below)}" if below else "") + (f"^{_enclosed(above)}" if above else "")


def _scripts(element: Any, depth: int) -> str:
    """Write a base with what stands above or below its end."""
    below, above = (_of(element, tag, depth) for tag in ("m:sub", "m:sup"))
    return _base(element, depth) + _beside(below, above)


def _scripts_before(element: Any, depth: int) -> str:
    below, above = (_of(element, tag, depth) for tag in ("m:sub", "m:sup"))
    written = (raised(above), lowered(below))
    if None in written:
        raise _UntoldError
    return f"{written[0]}{written[1]}{_base(element, depth)}"


def _root(element: Any, depth: int) -> str:
    degree = raised(_of(element, "m:deg", depth))
    if degree is None:
        raise _UntoldError
    return f"{degree}√{_enclosed(_of(element, 'm:e', depth))}"


def _sum(element: Any, depth: int) -> str:
    below, above = (_of(element, tag, depth) for tag in ("m:sub", "m:sup"))
    sign = _said(element, "m:naryPr/m:chr", "∫")
    return f"{sign}{_beside(below, above)} {_of(element, 'm:e', depth)}"


def _brackets(element: Any, depth: int) -> str:
    begin, end = _said(element, "m:dPr/m:begChr", "("), _said(element, "m:dPr/m:endChr", ")")
    between = _said(element, "m:dPr/m:sepChr", "|")
    parts = (_all(part, depth).strip() for part in element.iterchildren(qn("m:e")))
    return begin + between.join(parts) + end


def _rows(element: Any, depth: int) -> str:
    """Write equations below each other; "&" in them says where they are aligned."""
    rows = (_all(row, depth).replace("&", "").strip() for row in element.iterchildren(qn("m:e")))
    return "; ".join(rows)


def _function(element: Any, depth: int) -> str:
    return f"{_of(element, 'm:fName', depth)} {_of(element, 'm:e', depth)}"


def _limit(element: Any, depth: int) -> str:
    if element.find(f"{qn('m:e')}/{qn('m:groupChr')}") is not None:
        raise _UntoldError
    limit = _of(element, "m:lim", depth)
    is_below = element.tag == qn("m:limLow")
    return _of(element, "m:e", depth) + _beside(*((limit, "") if is_below else ("", limit)))


def _accented(element: Any, depth: int) -> str:
    if element.tag == qn("m:bar"):
        sign = "\u0305" if _said(element, "m:barPr/m:pos", "bot") == "top" else "\u0332"
    else:
        sign = _said(element, "m:accPr/m:chr", "\u0302")
    base = _of(element, "m:e", depth)
    if not unicodedata.combining(sign[:1]) or not (len(base) == 1 or sign in _LINES):
        raise _UntoldError
    return "".join(letter + sign for letter in base)


def _boxed(element: Any, depth: int) -> str:
    properties = element.find(qn("m:borderBoxPr"))
    if properties is not None and any("strike" in child.tag for child in properties):
        raise _UntoldError
    return _all(element.find(qn("m:e")), depth)


def _phantom(element: Any, depth: int) -> str:
    """Write what takes up space; it may be there for its size only."""
    is_shown = _said(element, "m:phantPr/m:show", "1") not in {"0", "off", "false"}
    return _all(element.find(qn("m:e")), depth) if is_shown else ""


_THROUGH = {
    *(qn(f"m:{tag}") for tag in ("oMath", "oMathPara", "box", "e")),
    *(qn(f"w:{tag}") for tag in ("ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent")),
}
_WRITERS = {
    qn("m:r"): _run,
    qn("w:r"): _run,
    qn("m:f"): _fraction,
    qn("m:sSub"): _scripts,
    qn("m:sSup"): _scripts,
    qn("m:sSubSup"): _scripts,
    qn("m:sPre"): _scripts_before,
    qn("m:rad"): _root,
    qn("m:nary"): _sum,
    qn("m:d"): _brackets,
    qn("m:eqArr"): _rows,
    qn("m:func"): _function,
    qn("m:limLow"): _limit,
    qn("m:limUpp"): _limit,
    qn("m:acc"): _accented,
    qn("m:bar"): _accented,
    qn("m:borderBox"): _boxed,
    qn("m:phant"): _phantom,
}
