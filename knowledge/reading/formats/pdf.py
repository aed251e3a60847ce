"""PDFs: what is drawn on each page put together to lines, columns, tables and paragraphs.

A PDF holds letters and where each is drawn, and nothing of words, lines or paragraphs. PDFium says
where they are; the modules beside this one put them together, each for one step.
"""

import ctypes
import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from knowledge.errors import DocumentError
from knowledge.problems import problem
from knowledge.reading.formats import Contents, LeftOut, Notes, claims
from knowledge.reading.formats.pdf_boxes import Box
from knowledge.reading.formats.pdf_columns import in_order
from knowledge.reading.formats.pdf_line_numbers import without_line_numbers
from knowledge.reading.formats.pdf_margins import body
from knowledge.reading.formats.pdf_notes import with_notes
from knowledge.reading.formats.pdf_page import Drawn, drawn
from knowledge.reading.formats.pdf_paragraphs import blocks
from knowledge.reading.formats.pdf_rows import Line, rows
from knowledge.reading.formats.pictures import around, scanned_pages

_NOTHING = Drawn([], [])
_PROTECTED = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
_DAY = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)")


def read(data: bytes) -> Contents:
    """Return what the PDF `data` holds. Raises DocumentError."""
    with _opened(data) as document:
        pages = [_page(document, number) for number in range(pdfium.FPDF_GetPageCount(document))]
        fields = _fields(document)
        letters = [sum(len(line.text) for row in page.rows for line in row) for page in pages]
        scanned = scanned_pages(document, letters)
    text = body([page.rows for page in pages])
    turned = body([page.turned for page in pages])
    lines: list[Line] = []
    for page, upright, beside in zip(pages, text.pages, turned.pages, strict=True):
        lines += with_notes(in_order([upright, beside], page.rules), page.rules)
    left_out: dict[LeftOut, int] = {
        "margins": text.margins + turned.margins + sum(page.beside for page in pages),
        "contents": text.contents + turned.contents,
        "deleted": sum(page.struck for page in pages),
        "pictures": sum(page.pictures for n, page in enumerate(pages) if n not in scanned),
        "unreadable": sum(page.marks for page in pages),
    }
    notes = Notes(
        {kind: count for kind, count in left_out.items() if count},
        ("date",) if "date" in fields else (),
    )
    placed, scans = around(scanned, lines, lambda line: line.page, blocks)
    return Contents(fields, placed, notes, scans, len(pages))


@dataclass(frozen=True, slots=True)
class _Page:
    """The rows of a page and what else is drawn on it."""

    rows: list[list[Line]]
    turned: list[list[Line]]
    rules: Sequence[Box]
    struck: int
    marks: int
    pictures: int
    beside: int  # watermarks, stamps and numbers of lines


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    # Many a PDF is protected against changes only, and opens without a password.
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        is_protected = pdfium.FPDF_GetLastError() in _PROTECTED
        raise DocumentError(problem("password" if is_protected else "pdf_damaged"))
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def _page(document: Any, number: int) -> _Page:
    page = drawn(document, number)
    upright, turned = rows(number, page, page.bits), rows(number, _NOTHING, page.turned)
    numbered, numbers = without_line_numbers(upright.rows)
    return _Page(
        numbered,
        turned.rows,
        page.rules,
        upright.struck,
        upright.marks + turned.marks,
        page.pictures,
        page.watermarks + numbers,
    )


def _fields(document: Any) -> dict[str, str]:
    created = _DAY.match(_said(document, b"CreationDate"))
    try:
        day = datetime.date(*map(int, created.groups())) if created is not None else None
    except ValueError:
        day = None
    language = _string(lambda buffer, size: pdfium.FPDFCatalog_GetLanguage(document, buffer, size))
    return claims.known(
        title=claims.title(_said(document, b"Title")),
        date=claims.date(day),
        language=claims.language(language),
    )


def _said(document: Any, key: bytes) -> str:
    return _string(lambda buffer, size: pdfium.FPDF_GetMetaText(document, key, buffer, size))


def _string(get: Callable[[Any, int], int]) -> str:
    """Return the text that a function of PDFium writes, which says how many bytes it has."""
    size = get(None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    get(buffer, size)
    return bytes(buffer)[: max(0, size - 2)].decode("utf-16-le", "replace")
