"""Bytes to text, and what a file is by its first bytes."""

import codecs
import re

from knowledge.errors import DocumentError

# Longer marks first: the mark of UTF-16 begins that of UTF-32.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_TYPES = (
    (b"%PDF-", "a PDF document", "give it the ending .pdf"),
    (b"PK\x03\x04", "a ZIP archive or a Word document", "unpack it, or give it the ending .docx"),
    (
        b"\xd0\xcf\x11\xe0",
        "an old or protected Office document",
        "save it again as .docx, without a password",
    ),
    (b"{\\rtf", "an RTF document", "save it again as .docx"),
    (b"\x89PNG", "a picture", "save its text as .txt"),
    (b"\xff\xd8\xff", "a picture", "save its text as .txt"),
    (b"GIF8", "a picture", "save its text as .txt"),
    (b"\x1f\x8b", "a GZIP archive", "unpack it"),
    (b"Rar!", "a RAR archive", "unpack it"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it"),
)
_WEB_PAGE = re.compile(rb"\s*<(?:!doctype\s+html|html\b)", re.IGNORECASE)


def check_type(data: bytes, ending: str) -> None:
    """Raise DocumentError if the first bytes of `data` are not those of a file so called."""
    if ending == ".pdf" and b"%PDF-" in data[:1024]:  # where readers of PDF look for it
        return
    if ending == ".docx" and data.startswith(b"PK\x03\x04"):
        return
    for start, what, remedy in _TYPES:
        if data.startswith(start):
            raise DocumentError(f"is {what} by its content, not {ending}; {remedy}")
    if ending in {".txt", ".md"} and _WEB_PAGE.match(data.removeprefix(codecs.BOM_UTF8)):
        raise DocumentError(f"is a web page by its content, not {ending}; give it the ending .html")
    if ending in {".pdf", ".docx"}:
        what = "a PDF" if ending == ".pdf" else "a Word"
        raise DocumentError(
            f"is not {what} document, whatever its ending says; save it again as {ending}"
        )


def decode(data: bytes, *, declared: str | None = None) -> str:
    """Return the text of `data`: by its byte order mark, else as `declared`, else UTF-8.

    Raises DocumentError if it is not text, or not in that encoding.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode(data.removeprefix(mark), encoding)
    if b"\x00" in data:
        raise DocumentError("is not text (it holds NUL bytes); save it as UTF-8 text")
    return _decode(data, declared or "utf-8")


def _decode(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding.upper()
        raise DocumentError(
            f"is not {name} (byte {error.start}); save it again as UTF-8"
        ) from error
    if "\x00" in text:
        raise DocumentError("is not text (it holds NUL characters); save it as UTF-8 text")
    return text
