"""Bytes to text, and what a file is by its first bytes."""

import codecs
import re

from knowledge.errors import DocumentError
from knowledge.problems import problem
from knowledge.reading.formats import PICTURES
from knowledge.reading.formats.guessing import guessed, utf_16

# Longer marks first: the mark of UTF-16 begins that of UTF-32.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_TYPES = (
    (b"%PDF-", "is_pdf", ""),
    (b"PK\x03\x04", "is_zip", ""),
    (b"\xd0\xcf\x11\xe0", "is_old_office", ""),
    (b"{\\rtf", "is_rtf", ""),
    (b"\x89PNG", "is_picture", "PNG"),
    (b"\xff\xd8\xff", "is_picture", "JPEG"),
    (b"II*\x00", "is_picture", "TIFF"),
    (b"MM\x00*", "is_picture", "TIFF"),
    (b"GIF8", "is_picture", "GIF"),
    (b"\x1f\x8b", "is_archive", "GZIP"),
    (b"Rar!", "is_archive", "RAR"),
    (b"7z\xbc\xaf", "is_archive", "7-Zip"),
)
_READ_PICTURE = re.compile(rb"\x89PNG|\xff\xd8\xff|II\*\x00|MM\x00\*|RIFF.{4}WEBP", re.DOTALL)
_WEB_PAGE = re.compile(rb"\s*<(?:!doctype\s+html|html\b)", re.IGNORECASE)


def check_type(data: bytes, ending: str) -> None:
    """Raise DocumentError if the first bytes of `data` are not those of a file so called."""
    if ending == ".pdf" and b"%PDF-" in data[:1024]:  # where readers of PDF look for it
        return
    if ending == ".docx" and data.startswith(b"PK\x03\x04"):
        return
    # Programs that send pictures rename them as they please.
    if ending in PICTURES and _READ_PICTURE.match(data):
        return
    for start, code, kind in _TYPES:
        if data.startswith(start):
            raise DocumentError(problem(code, ending=ending, kind=kind))
    if ending in {".txt", ".md"} and _WEB_PAGE.match(data.removeprefix(codecs.BOM_UTF8)):
        raise DocumentError(problem("is_web_page", ending=ending))
    if ending in PICTURES:
        raise DocumentError(problem("no_picture"))
    if ending in {".pdf", ".docx"}:
        raise DocumentError(problem("no_pdf" if ending == ".pdf" else "no_word"))


def decode(data: bytes, *, declared: str | None = None) -> str:
    """Return the text of `data`: by its byte order mark, else as `declared`, else UTF-8.

    Where nothing states it, UTF-16 and the old encodings of Russian and Kazakh are read too, if
    only one of them makes sense. Raises DocumentError if it is not text, or not surely in any.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode(data.removeprefix(mark), encoding)
    # Half the bytes of Cyrillic text in UTF-16 are 4, and of English text 0.
    if b"\x00" in data or 4 * data.count(b"\x04") > len(data):
        text = utf_16(data)
        if text is None:
            raise DocumentError(problem("nul"))
        return text
    try:
        return _decode(data, declared or "utf-8")
    except DocumentError:
        text = None if declared else guessed(data)
        if text is None:
            raise
        return text


def _decode(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        found = problem("encoding", encoding=encoding.upper(), byte=error.start)
        raise DocumentError(found) from error
    if "\x00" in text:
        raise DocumentError(problem("nul"))
    return text
