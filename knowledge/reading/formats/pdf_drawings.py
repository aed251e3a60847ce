"""What is drawn on a page of a PDF beside its text: ruled lines, pictures, and what covers text."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2.raw as pdfium

from knowledge.reading.formats.pdf_boxes import Box
from knowledge.reading.formats.pdf_seen import Area, Kind

_THIN = 2.5  # points: a ruled line is no thicker
_MOST_OBJECTS = 20_000  # a map has more; its lines say nothing of its text
_DEEPEST = 8  # drawings within drawings
_WHITE = 250  # of 255: as good as the paper

Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class Drawings:
    """What is drawn on a page beside its text, and when each piece of text was drawn."""

    rules: list[Box] = field(default_factory=list)
    shapes: list[Box] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    order_of: dict[bytes, int] = field(default_factory=dict)
    pictures: int = 0


def drawings(page: Any, turn: int) -> Drawings:
    """Return the ruled lines of a page, its other shapes, and how many of them are pictures."""
    found = Drawings()
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
    is_paper = is_white(colour_of(path))
    if 4 <= segments <= 6 and not _is_clear(path):
        return "white cover" if is_paper else "cover"
    return None if is_paper else "ground"


def _is_clear(path: Any) -> bool:
    """Return whether what is beneath `path` is seen through it, as with a text marker."""
    colour = colour_of(path)
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


def colour_of(item: Any) -> tuple[int, ...] | None:
    """Return red, green, blue and opacity of what is drawn, up to 255; None if it has no colour."""
    parts = [ctypes.c_uint() for _ in range(4)]
    is_known = pdfium.FPDFPageObj_GetFillColor(item, *parts)
    return tuple(part.value for part in parts) if is_known else None


def is_white(colour: tuple[int, ...] | None) -> bool:
    """Return whether `colour` is as good as the paper's."""
    return colour is not None and min(colour[:3]) >= _WHITE
