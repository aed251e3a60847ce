"""Fields of a Word document: dates, references, tables of contents, numbers of pages.

A field is an instruction and the result it had last, which is what the page shows. `settle` takes
the instructions out of the tree, and the results that are not to be read.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from knowledge.reading.formats.docx_marks import PAGE, UNTOLD
from knowledge.reading.formats.docx_styles import found, value
from knowledge.reading.formats.docx_symbols import symbol

# Word counts these anew on each page, so what the file holds may not be what is shown.
_PAGES = {"PAGE", "NUMPAGES", "SECTIONPAGES"}
# Word shows these without writing a result into the file.
_DRAWN = {"EQ", "LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT"}


@dataclass(slots=True)
class _Field:
    """A field that has begun and not ended."""

    begin: Any
    said: list[str] = field(default_factory=list)
    has_result: bool = False

    @property
    def kind(self) -> str:
        words = "".join(self.said).split(maxsplit=1)
        return words[0].upper() if words else ""


def settle(story: Any) -> int:
    """Leave of the fields in `story` what is to be read. Return how many lines of tables of
    contents were left out.
    """
    contents = _drop_contents(story)
    for simple in list(story.iter(qn("w:fldSimple"))):
        if _kind(simple.get(qn("w:instr"), "")) in _PAGES:
            simple[:] = [_run(_element(PAGE))]
    return contents + _walk(story)


def _drop_contents(story: Any) -> int:
    lines = 0
    for control in list(story.iter(qn("w:sdt"))):
        gallery = value(control, "w:sdtPr/w:docPartObj/w:docPartGallery")
        if gallery == "Table of Contents" and control.getparent() is not None:
            paragraphs = control.iter(qn("w:p"))
            lines += sum(any(t.text for t in line.iter(qn("w:t"))) for line in paragraphs)
            control.getparent().remove(control)
    return lines


def _walk(story: Any) -> int:
    paired = _paired(story)
    inside: list[_Field] = []
    lines = set()
    for run in list(story.iter(qn("w:r"))):
        for child in list(run):
            if child.tag == qn("w:fldChar"):
                if child in paired:
                    _turn(child, inside)
            elif inside and child.tag == qn("w:instrText"):
                inside[-1].said.append(child.text or "")
            elif inside and child.tag != qn("w:rPr") and not _is_read(inside):
                if any(each.kind == "TOC" for each in inside):
                    lines.add(next(run.iterancestors(qn("w:p")), None))
                run.remove(child)
    return len(lines)


def _paired(story: Any) -> set[Any]:
    """Return the signs of those fields that begin and end: one left open would swallow the rest."""
    begun: list[Any] = []
    paired = set()
    for sign in story.iter(qn("w:fldChar")):
        match sign.get(qn("w:fldCharType")):
            case "begin":
                begun.append(sign)
            case "separate" if begun:
                paired.add(sign)
            case "end" if begun:
                paired |= {begun.pop(), sign}
    return paired


def _turn(sign: Any, inside: list[_Field]) -> None:
    """Go into a field, from its instruction to its result, or out of it."""
    match sign.get(qn("w:fldCharType")):
        case "begin":
            inside.append(_Field(sign))
        case "separate" if inside:
            inside[-1].has_result = True
        case "end" if inside:
            ended = inside.pop()
            if not inside or _is_read(inside):
                sign.addnext(_element(_drawn(ended)))


def _is_read(inside: list[_Field]) -> bool:
    return all(each.has_result and each.kind not in _PAGES | _DRAWN | {"TOC"} for each in inside)


def _drawn(ended: _Field) -> str:
    """Return what Word shows for a field beside the result in the file, which may be nothing."""
    said = "".join(ended.said)
    match ended.kind:
        case kind if kind in _PAGES:
            return PAGE
        case kind if kind in _DRAWN:
            return UNTOLD
        case "SYMBOL":
            return "" if ended.has_result else _symbol(said)
        case "FORMCHECKBOX":
            return "☒" if _is_checked(ended.begin) else "☐"
        case "FORMDROPDOWN":
            return _chosen(ended.begin)
        case "MACROBUTTON" | "GOTOBUTTON":
            return (said.split(maxsplit=2) + [""] * 3)[2]
        case _:
            return ""


def _symbol(said: str) -> str:
    match = re.match(r"\s*SYMBOL\s+(0x[\da-f]+|\d+)", said, re.IGNORECASE)
    font = re.search(r"\\f\s+(?:\"([^\"]*)\"|(\S+))", said)
    if match is None:
        return UNTOLD
    return symbol(int(match[1], 0), (font[1] or font[2]) if font else None)


def _is_checked(begin: Any) -> bool:
    box = found(begin, "w:ffData/w:checkBox")
    for tag in ("w:checked", "w:default"):
        sign = None if box is None else box.find(qn(tag))
        if sign is not None:
            return sign.get(qn("w:val")) not in {"0", "false", "off"}
    return False


def _chosen(begin: Any) -> str:
    choices = found(begin, "w:ffData/w:ddList")
    if choices is None:
        return ""
    number = value(choices, "w:result") or value(choices, "w:default") or "0"
    entries = [entry.get(qn("w:val"), "") for entry in choices.iterchildren(qn("w:listEntry"))]
    return entries[int(number)] if number.isdecimal() and int(number) < len(entries) else ""


def _kind(said: str) -> str:
    return (said.split() or [""])[0].upper()


def _element(said: str) -> Any:
    """Return `said` as Word would write it: a sign for the number of a page, a letter without a
    font for what cannot be told.
    """
    if said == PAGE:
        return OxmlElement("w:pgNum")
    if said == UNTOLD:
        return OxmlElement("w:sym")
    text = OxmlElement("w:t")
    text.text = said
    return text


def _run(content: Any) -> Any:
    run = OxmlElement("w:r")
    run.append(content)
    return run
