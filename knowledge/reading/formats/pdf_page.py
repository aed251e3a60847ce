"""What is drawn on a page of a PDF: bits of text, ruled lines, and pictures of letters.

What nobody sees of the text is left out, or marked where a bar is over it.
"""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from math import atan2, degrees, hypot
from typing import Any, Literal

import pypdfium2.raw as pdfium

from knowledge.reading.formats import UNREADABLE
from knowledge.reading.formats.pdf_boxes import Bit, Box
from knowledge.reading.formats.pdf_seen import Area, Kind, is_edge, seen

_BOLD = re.compile(r"bold|black|heavy|semibold|cmbx", re.IGNORECASE)
_TIGHT = 0.15  # heights of letters between two of them that are surely of one word
_THIN = 2.5  # points: a ruled line is no thicker
_MOST_OBJECTS = 20_000  # a map has more; its lines say nothing of its text
_DEEPEST = 8  # drawings within drawings
_WHITE = 250  # of 255: as good as the paper
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
        watermarks = bool(by_turn.pop(None, []))
        turn = max(by_turn, key=lambda each: len(by_turn[each]), default=0)
        bits = by_turn.pop(turn or 0, [])
        turned = [bit for each in by_turn.values() for bit in each]
        found = _drawings(page, turn or 0)
        bits, over = seen(bits, found.areas, found.order_of)
        rules = [rule for rule in found.rules if not any(is_edge(rule, box) for box in over)]
        return Drawn(bits, turned, rules, found.shapes, found.pictures, watermarks)
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
                *(style.ink, style.piece),
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
    return _Style(
        *(turn, downs[turn or 0], size or 1.0, font_name, is_bold, _ink(piece), bytes(piece))
    )


def _ink(piece: Any) -> Literal["", "white", "none"]:
    """Return what is odd in how a piece of text is drawn: in white, or not at all."""
    if pdfium.FPDFTextObj_GetTextRenderMode(piece) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
        return "none"
    return "white" if _is_white(_fill(piece)) else ""


def _fill(item: Any) -> tuple[int, ...] | None:
    """Return red, green, blue and opacity of what is drawn, up to 255; None if it has no colour."""
    parts = [ctypes.c_uint() for _ in range(4)]
    is_known = pdfium.FPDFPageObj_GetFillColor(item, *parts)
    return tuple(part.value for part in parts) if is_known else None


def _is_white(colour: tuple[int, ...] | None) -> bool:
    return colour is not None and min(colour[:3]) >= _WHITE


Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class _Drawings:
    """What is drawn on a page beside its text, and when each piece of text was drawn."""

    rules: list[Box] = field(default_factory=list)
    shapes: list[Box] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    order_of: dict[bytes, int] = field(default_factory=dict)
    pictures: int = 0


def _drawings(page: Any, turn: int) -> _Drawings:
    """Return the ruled lines of a page, its other shapes, and how many of them are pictures."""
    found = _Drawings()
    pictures = 0
    for order, (item, kind, matrix) in enumerate(_objects(page)):
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            found.order_of[bytes(item)] = order
            continue
        box = _turned(_bounds(item, matrix), turn)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            lines = list(_ruled(item, box))
            found.rules.extend(lines)
            found.shapes.extend([] if lines else [box])
            if box.bottom - box.top > _THIN and (area := _filled(item)) is not None:
                found.areas.append(Area(box, area, order))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            found.shapes.append(box)
            found.areas.append(Area(box, "picture", order))
            pictures += box.right - box.left > 50 and box.bottom - box.top > 50
        else:
            found.areas.append(Area(box, "ground", order))
    return replace(found, pictures=pictures)


def _filled(path: Any) -> Kind | None:
    """Return what a path covers as, None if it is but a line; only a full rectangle hides."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    segments = pdfium.FPDFPath_CountSegments(path)
    if not fill.value:
        # A broad stroke of a marker.
        return "cover" if stroke.value and segments == 2 and not _is_clear(path) else None
    is_white = _is_white(_fill(path))
    if 4 <= segments <= 6 and not _is_clear(path):
        return "white cover" if is_white else "cover"
    return None if is_white else "ground"


def _is_clear(path: Any) -> bool:
    """Return whether what is beneath `path` is seen through it, as with a text marker."""
    colour = _fill(path)
    return bool(pdfium.FPDFPageObj_HasTransparency(path)) or (
        colour is not None and colour[3] < 255
    )


def image_boxes(page: Any) -> list[Box]:
    """Return where the pictures of a page lie."""
    return [
        _turned(_bounds(item, matrix), 0)
        for item, kind, matrix in _objects(page)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE
    ]


def _objects(page: Any) -> Iterator[tuple[Any, int, Matrix]]:
    """Yield what is drawn in its order, of which kind, and how the drawing it is in is placed."""
    left = _MOST_OBJECTS

    def within(holder: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, int, Matrix]]:
        nonlocal left
        is_page = depth == 0
        count = pdfium.FPDFPage_CountObjects if is_page else pdfium.FPDFFormObj_CountObjects
        get = pdfium.FPDFPage_GetObject if is_page else pdfium.FPDFFormObj_GetObject
        for index in range(count(holder)):
            if left <= 0:
                return
            left -= 1
            item = get(holder, index)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                own = pdfium.FS_MATRIX()
                pdfium.FPDFPageObj_GetMatrix(item, own)
                inner = (own.a, own.b, own.c, own.d, own.e, own.f)
                yield from within(item, _product(inner, matrix), depth + 1)
            else:
                yield item, kind, matrix

    yield from within(page, _SAME, 0)


def _product(m: Matrix, n: Matrix) -> Matrix:
    """Return the product of two matrices of PDF 32000-1, 8.3.4: first `m`, then `n`."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _bounds(item: Any, m: Matrix) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of a drawing as it lies on the page."""
    bounds = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(item, *bounds)
    left, bottom, right, top = (each.value for each in bounds)
    corners = [
        (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
        for x in (left, right)
        for y in (bottom, top)
    ]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _turned(bounds: tuple[float, float, float, float], turn: int) -> Box:
    left, bottom, right, top = bounds
    if turn == 1:
        return Box(bottom, left, top, right)
    if turn == 2:
        return Box(-right, bottom, -left, top)
    if turn == 3:
        return Box(-top, -right, -bottom, -left)
    return Box(left, -top, right, -bottom)


def _ruled(item: Any, box: Box) -> Iterator[Box]:
    """Yield the ruled lines that a path is: one, or the four of a frame."""
    width, height = box.right - box.left, box.bottom - box.top
    if (height <= _THIN and width > 4) or (width <= _THIN and height > 4):
        yield box
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    if stroke.value and 4 <= pdfium.FPDFPath_CountSegments(item) <= 6 and min(width, height) > 6:
        yield Box(box.left, box.top, box.right, box.top)
        yield Box(box.left, box.bottom, box.right, box.bottom)
        yield Box(box.left, box.top, box.left, box.bottom)
        yield Box(box.right, box.top, box.right, box.bottom)
