"""Web pages: their text without menus and what else stands around it, as a browser shows it.

Trafilatura tells what a page says of itself. The text is not trafilatura's: of 40 hard pages that
left out or changed a third of what was looked for.
"""

import codecs
import datetime
import re

from lxml import etree, html
from trafilatura.metadata import extract_metadata

from knowledge.errors import DocumentError
from knowledge.problems import problem
from knowledge.reading.formats import Contents, claims
from knowledge.reading.formats.encoding import decode
from knowledge.reading.formats.rendered import text_of
from knowledge.words.text import one_line

# Where a page says its charset. HTML's standard looks at 1024 bytes, browsers a little further.
_CHARSET = re.compile(
    rb"""<(?:meta\b[^<>]*?charset|\?xml\b[^<>]*?encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_HEAD = 1 << 16  # bytes in which it is looked for
# Charsets that text is still found in; the standard reads "iso-8859-1" and "ascii" as cp1252.
_CODEC = re.compile(
    r"utf-8|cp125\d|cp866|koi8-[ru]|iso8859-\d+|mac-cyrillic|gb18030|big5|shift_jis"
)
_WESTERN = {"iso8859-1", "ascii"}
_SAID = 500_000  # characters at the head of a page in which it says what it is


def read(data: bytes) -> Contents:
    """Return the text of the web page `data`. Raises DocumentError."""
    source = decode(data, declared=_declared(data))
    if not source.strip():
        raise DocumentError(problem("no_text"))
    blocks, notes = text_of(source, is_pruned=True)
    if not blocks and notes.left_out.keys() - {"styles"}:  # menus and nothing else
        raise DocumentError(problem("no_article"))
    return Contents(_fields(source), blocks, notes)


def _declared(data: bytes) -> str | None:
    match = _CHARSET.search(data[:_HEAD])
    if match is None:
        return None
    label = match[1].decode("ascii", "replace")
    try:
        name = codecs.lookup(label).name
    except LookupError:
        name = ""
    if name in _WESTERN:
        return "utf-8" if _is_utf_8(data) else "cp1252"
    if name.startswith("utf-16"):
        return "utf-8"  # it could not be read as far as here if it were true
    if not _CODEC.fullmatch(name):
        raise DocumentError(problem("charset_unknown", charset=label))
    # A server may say otherwise than its page, and no other text is UTF-8 by chance.
    return "utf-8" if _is_utf_8(data) else name


def _is_utf_8(data: bytes) -> bool:
    try:
        return not data.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def _fields(source: str) -> dict[str, str]:
    """Return what the page says of itself."""
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, no_network=True
    )
    try:
        said = html.document_fromstring(source[:_SAID].encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):  # no tags at the head of it, or broken ones
        return {}
    language = said.get("lang") or said.get("{http://www.w3.org/XML/1998/namespace}lang")
    # Dates are looked for in what the page says of itself, not guessed from its text.
    found = extract_metadata(said, None, {"extensive_search": False, "original_date": True})
    return claims.known(
        title=claims.title(found.title),
        date=_date(found.date),
        language=claims.language(language),
        publisher=one_line(found.sitename or "") or None,
        url=found.url,
    )


def _date(text: str | None) -> str | None:
    try:
        return claims.date(datetime.date.fromisoformat(text)) if text else None
    except ValueError:
        return None
