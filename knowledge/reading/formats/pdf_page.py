"""What is drawn on a page of a PDF: bits of text, ruled lines, and pictures of letters.

What nobody sees of the text is left out, or marked where a bar is over it.
"""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import atan2, degrees, hypot
from typing import Any, Literal

import pypdfium2.raw as pdfium

from knowledge.reading.formats import UNREADABLE
from knowledge.reading.formats.pdf_boxes import Bit, Box
from knowledge.reading.formats.pdf_drawings import colour_of, drawings, is_white
from knowledge.reading.formats.pdf_seen import is_edge, seen
from knowledge.reading.formats.pdf_stamps import without_stamps

_BOLD = re.compile(r"bold|black|heavy|semibold|cmbx", re.IGNORECASE)
_TIGHT = 0.15  # heights of letters between two of them that are surely of one word
_HYPHEN = 0x02  # PDFium's sign for a hyphen, soft or not, that ends a line
_BULLETS = re.compile(
    "[\uf0a7\uf0b7\uf0d8\uf0fc\uf076\uf071\uf0a8\uf06c\uf06e]"
)  # Wingdings, Symbol


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as it is looked at, its text upright; `turned` is text that runs up or down it."""

    bits: list[Bit]
    turned: list[Bit]
    rules: list[Box] = field(default_factory=list)
    shapes: list[Box] = field(default_factory=list)
    pictures: int = 0
    watermarks: int = 0


def drawn(document: Any, number: int) -> Drawn:
    """Return what is drawn on the page at place `number` of a document of PDFium."""
    page = _flattened(document, number)
    if not page:
        return Drawn([], [])
    try:
        text_page = pdfium.FPDFText_LoadPage(page)
        if not text_page:
            return Drawn([], [])
        try:
            by_turn = _bits(text_page, _seen(page))
        finally:
            pdfium.FPDFText_ClosePage(text_page)
        watermarks = int(bool(by_turn.pop(None, [])))
        turn = max(by_turn, key=lambda each: len(by_turn[each]), default=0)
        bits = by_turn.pop(turn or 0, [])
        turned = [bit for each in by_turn.values() for bit in each]
        found = drawings(page, turn or 0)
        bits, over = seen(bits, found.areas, found.order_of)
        bits, stamps = without_stamps(bits)
        rules = [rule for rule in found.rules if not any(is_edge(rule, box) for box in over)]
        return Drawn(bits, turned, rules, found.shapes, found.pictures, watermarks + stamps)
    finally:
        pdfium.FPDF_ClosePage(page)


def _flattened(document: Any, number: int) -> Any:
    """Return the page with its filled-in fields and notes drawn on it, as they are seen."""
    page = pdfium.FPDF_LoadPage(document, number)
    if page and pdfium.FPDFPage_GetAnnotCount(page) > 0:
        is_changed = (
            pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS
        )
        if is_changed:
            pdfium.FPDF_ClosePage(page)
            page = pdfium.FPDF_LoadPage(document, number)
    return page


def _seen(page: Any) -> Box:
    """Return the part of the page that is shown, in its own coordinates."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    return Box(box.left, box.top, box.right, box.bottom)


@dataclass(frozen=True, slots=True)
class _Style:
    """Of a piece of text in one font."""

    turn: int | None  # quarters, None if it runs across
    down: float
    size: float
    font: str
    is_bold: bool
    ink: Literal["", "white", "none"] = ""
    piece: bytes = b""
    colour: tuple[int, ...] | None = None


def _bits(page: Any, seen: Box) -> dict[int | None, list[Bit]]:
    """Return the bits on a page by how many quarters they are turned."""
    found: dict[int | None, list[Bit]] = {}
    style, text, left, right = _Style(0, 0.0, 1.0, "", False), "", 0.0, 0.0
    is_spaced = False
    order = 0
    for now, begin, end, letter in _letters(page):
        if text:
            is_near = -0.5 * now.size < begin - right < _TIGHT * now.size
            # Two letters drawn as one have one box.
            if letter and now is style and (is_near or end == right):
                text, right = text + letter, end
                continue
            bit = Bit(
                *(left, right, style.down, style.size, text, style.is_bold, order, is_spaced),
                *(style.ink, style.piece, style.colour),
            )
            if _is_seen(bit, style.turn, seen):
                found.setdefault(style.turn, []).append(bit)
            order, is_spaced = order + 1, False
        is_spaced = is_spaced or not letter
        style, text, left, right = now, letter, begin, end
    return found


def _letters(page: Any) -> Iterator[tuple[_Style, float, float, str]]:
    """Yield each letter of a page with its style and where it begins and ends; "" for a space.

    Millions of letters go through here.
    """
    piece_at, code_at = pdfium.FPDFText_GetTextObject, pdfium.FPDFText_GetUnicode
    box_at, box = pdfium.FPDFText_GetLooseCharBox, pdfium.FS_RECTF()
    at = ctypes.byref(box)
    last, style = b"", _Style(0, 0.0, 1.0, "", False)
    fonts: dict[str, dict[int, str]] = {}
    letters: dict[int, str] = {}
    for index in range(pdfium.FPDFText_CountChars(page)):
        piece = piece_at(page, index)
        if not piece:  # PDFium's own guess at a space or the end of a line
            continue
        address = bytes(piece)
        if address != last:
            last, style = address, _style(page, index, piece)
            letters = fonts.setdefault(style.font, {})
        code = code_at(page, index)
        letter = letters.get(code)
        if letter is None:
            letter = letters[code] = _letter(page, index, code)
        if not letter:
            yield style, 0.0, 0.0, ""
            continue
        box_at(page, index, at)
        if style.turn == 0:
            yield style, box.left, box.right, letter
        else:
            yield style, *_along(box, style.turn), letter
    yield style, 0.0, 0.0, ""


def _is_seen(bit: Bit, turn: int | None, seen: Box) -> bool:
    """Return whether any of `bit` is on the part of the page that is shown."""
    if turn not in (0, 2):
        return True
    left, right, up = (
        (bit.left, bit.right, -bit.down) if turn == 0 else (-bit.right, -bit.left, bit.down)
    )
    return (
        right > seen.left and left < seen.right and seen.bottom < up + bit.size and (up < seen.top)
    )


def _along(box: Any, turn: int | None) -> tuple[float, float]:
    """Return where a letter begins and ends along its line."""
    if turn == 1:
        return box.bottom, box.top
    if turn == 2:
        return -box.right, -box.left
    if turn == 3:
        return -box.top, -box.bottom
    return box.left, box.right


def _letter(page: Any, index: int, code: int) -> str:
    """Return what stands for a letter in the text: "" for a space."""
    if code == _HYPHEN:
        return "-"
    letter = chr(code)
    if letter.isspace() and code != _HYPHEN:
        return ""
    if _BULLETS.match(letter):
        return "•"
    is_private = 0xE000 <= code <= 0xF8FF or code >= 0xF0000
    is_unmapped = pdfium.FPDFText_HasUnicodeMapError(page, index) == 1
    is_none = code < 0x20 or code in (0xFFFD, 0xFFFE, 0xFFFF)
    return UNREADABLE if is_private or is_unmapped or is_none else letter


def _style(page: Any, index: int, piece: Any) -> _Style:
    matrix, x, y = pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetMatrix(page, index, matrix)
    pdfium.FPDFText_GetCharOrigin(page, index, x, y)
    size = pdfium.FPDFText_GetFontSize(page, index) * hypot(matrix.c, matrix.d)
    angle = degrees(atan2(matrix.b, matrix.a)) / 90
    turn = round(angle) % 4 if abs(angle - round(angle)) < 0.06 else None
    downs = {0: -y.value, 1: x.value, 2: y.value, 3: -x.value}
    name = ctypes.create_string_buffer(128)
    font = pdfium.FPDFTextObj_GetFont(piece)
    pdfium.FPDFFont_GetBaseFontName(font, name, 128)
    font_name = name.value.decode("latin-1")
    is_bold = _BOLD.search(font_name) is not None
    colour = colour_of(piece)
    return _Style(
        turn,
        downs[turn or 0],
        size or 1.0,
        font_name,
        is_bold,
        ink=_ink(piece, colour),
        piece=bytes(piece),
        colour=colour,
    )


def _ink(piece: Any, colour: tuple[int, ...] | None) -> Literal["", "white", "none"]:
    """Return what is odd in how a piece of text is drawn: in white, or not at all."""
    if pdfium.FPDFTextObj_GetTextRenderMode(piece) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
        return "none"
    return "white" if is_white(colour) else ""
