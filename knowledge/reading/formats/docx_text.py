"""The text of a Word paragraph as the page shows it, whose XML is settled."""

import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from docx.oxml.ns import qn

from knowledge.reading.formats.broken_words import is_broken, known_words, mended
from knowledge.reading.formats.docx_formulas import linear, lowered, raised
from knowledge.reading.formats.docx_marks import PAGE, PICTURE, UNTOLD, WITHOUT
from knowledge.reading.formats.docx_styles import Look, Styles
from knowledge.reading.formats.docx_symbols import shown, symbol
from knowledge.words.text import one_line

_RUN, _WORDS, _SYMBOL = qn("w:r"), qn("w:t"), qn("w:sym")
_SIGNS = {
    qn("w:tab"): " ",
    qn("w:ptab"): " ",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    # As it is read aloud and typed in a question; the line is not broken here anyway.
    qn("w:noBreakHyphen"): "-",
    qn("w:pgNum"): PAGE,
}
_TODAY = {qn(f"w:{unit}{form}") for unit in ("day", "month", "year") for form in ("Long", "Short")}
_NOTES = {qn("w:footnoteReference"), qn("w:endnoteReference")}
_DRAWINGS = {qn("w:drawing"), qn("w:pict"), qn("w:object"), qn("w:contentPart")}
FORMULAS = {qn("m:oMath"), qn("m:oMathPara")}
_SKIPPED = {qn("w:pPr"), qn("w:sdtPr"), qn("w:txbxContent"), qn("w:rt")}
_ANCHORED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}anchor"
_SHAPE = "{urn:schemas-microsoft-com:vml}"
_FEW = 3  # words beside the number of a page: "Page 2 of 7"

# Letters of text that are raised or lowered, and how.
_Piece = tuple[str, str | None]


def text_of(paragraph: Any, styles: Styles) -> str:
    """Return the text of `paragraph` on one line; UNTOLD where something cannot be read."""
    pieces = _pieces(paragraph, Look(), styles, paragraph)
    text = "".join(
        _set("".join(part for part, _ in group), how)
        for how, group in groupby(pieces, key=itemgetter(1))
    )
    lines = _without_pages(_without_pictures(text)).split("\n")
    if any(map(is_broken, lines[:-1])):
        return mended(lines, known_words(lines))
    return one_line(" ".join(lines))


def is_number_of_page(text: str) -> bool:
    """Return whether `text` of a paragraph is a number of a page and little else."""
    return PAGE in text and len(re.findall(r"\w+", text)) <= _FEW


def _without_pages(text: str) -> str:
    return text if is_number_of_page(text) else text.replace(PAGE, UNTOLD)


def _without_pictures(text: str) -> str:
    """Return `text` with those pictures UNTOLD that may be words of it, without all others.

    One at the beginning of a line illustrates what follows, or has a line for itself.
    """
    text = re.sub(rf"^[ {PICTURE}]*{PICTURE}", "", text, flags=re.MULTILINE)
    return re.sub(rf"{PICTURE}+", UNTOLD, text)


def _pieces(element: Any, look: Look, styles: Styles, paragraph: Any) -> Iterator[_Piece]:
    for child in element:
        if child.tag == _RUN:
            yield from _pieces(child, styles.look(child, paragraph), styles, paragraph)
        elif child.tag in {_WORDS, _SYMBOL}:
            yield _letters(child, look), look.raised
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag], None
        elif child.tag in _TODAY:
            yield UNTOLD, None
        elif child.tag in FORMULAS:
            yield linear(child), None
        elif child.tag in _DRAWINGS:
            yield _picture(child), None
        elif child.tag in _NOTES:
            if child.get(qn("w:customMarkFollows")) in {"1", "true", "on"}:
                return  # the rest of the run is the note's sign
        elif child.tag not in _SKIPPED:
            yield from _pieces(child, look, styles, paragraph)


def _letters(element: Any, look: Look) -> str:
    if element.tag == _WORDS:
        return shown((element.text or "").translate(WITHOUT), look.font)
    code = element.get(qn("w:char"), "")
    is_code = re.fullmatch(r"[0-9A-Fa-f]{1,6}", code) is not None
    return symbol(int(code, 16), element.get(qn("w:font"))) if is_code else UNTOLD


def _picture(drawing: Any) -> str:
    """Return PICTURE for what stands in the line, as a formula may; nothing for what floats.

    An object of another program is most often a formula, whatever stands beside it.
    """
    if drawing.tag == qn("w:object"):
        return UNTOLD
    if drawing.find(f".//{qn('w:txbxContent')}") is not None:
        return ""
    if drawing.find(_ANCHORED) is not None:
        return ""
    styles = (shape.get("style", "") for shape in drawing if shape.tag.startswith(_SHAPE))
    return "" if any("position:absolute" in style for style in styles) else PICTURE


def _set(text: str, how: str | None) -> str:
    """Return `text` so that raised and lowered figures stay apart from those beside them.

    Letters stay as they are: "1st" is read in a line, and most have no raised twin.
    """
    if how not in {"superscript", "subscript"}:
        return text
    write = raised if how == "superscript" else lowered
    written = None if text.isalpha() and len(text) > 1 else write(text)
    return written or re.sub(r"[0-9]", lambda digit: write(digit[0]) or "", text)
