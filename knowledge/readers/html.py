"""Web pages: the article in it, by trafilatura, without menus and what stands around.

Trafilatura, not selectolax: the latter parses well but leaves telling an article from a menu to
us, and the former is measured at that on thousands of pages.
"""

import codecs
import datetime
import re
from collections.abc import Iterator

from lxml import etree, html
from trafilatura import bare_extraction
from trafilatura.metadata import Document as Article

from knowledge.errors import DocumentError
from knowledge.problems import problem
from knowledge.readers import BlockText, Contents, claims
from knowledge.readers.encoding import decode
from knowledge.text import one_line

# Where a page says its charset: within the first 1024 bytes, as HTML's standard has it.
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
# Charsets that text is still found in; the standard reads "iso-8859-1" and "ascii" as cp1252.
_CODEC = re.compile(
    r"utf-8|cp125\d|cp866|koi8-[ru]|iso8859-\d+|mac-cyrillic|gb18030|big5|shift_jis"
)
_WESTERN = {"iso8859-1", "ascii"}
_SENTENCE_END = re.compile(r"[.!?…:;][\"'»”’)\]]*$")
_LAYOUT_CELL = 200  # characters; a cell with more, in several blocks, is no cell of a table


def read(data: bytes) -> Contents:
    """Return the article in the web page `data`. Raises DocumentError."""
    page = _parsed(decode(data, declared=_declared(data)))
    language = page.get("lang") or page.get("{http://www.w3.org/XML/1998/namespace}lang")
    _unlink(page)
    found = bare_extraction(
        page,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        # Dates are looked for in what the page says of itself, not guessed from its text.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if not isinstance(found, Article) or not isinstance(found.body, etree._Element):
        raise DocumentError(problem("no_article"))
    fields = claims.known(
        title=claims.title(found.title),
        date=_date(found.date),
        language=claims.language(language),
        publisher=one_line(found.sitename or "") or None,
        url=found.url,
    )
    return Contents(fields, tuple(_blocks(found.body)))


def _declared(data: bytes) -> str | None:
    match = _CHARSET.search(data[:1024])
    if match is None:
        return None
    label = match[1].decode("ascii", "replace")
    try:
        name = codecs.lookup(label).name
    except LookupError:
        name = ""
    if name in _WESTERN:
        return "cp1252"
    if name.startswith("utf-16"):
        return "utf-8"  # it could not be read as far as here if it were true
    if not _CODEC.fullmatch(name):
        raise DocumentError(problem("charset_unknown", charset=label))
    return name


def _parsed(source: str) -> html.HtmlElement:
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, no_network=True
    )
    if not source.strip():
        raise DocumentError(problem("no_text"))
    try:
        page = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError as error:
        raise DocumentError(problem("no_text")) from error
    except etree.XMLSyntaxError as error:  # this parser forgives all but want of memory
        raise DocumentError(problem("page_damaged")) from error
    # libxml2 stops where tags are nested 256 deep, or a piece of text has 10 MB: the rest is lost.
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise DocumentError(problem("tags_too_deep"))
    return page


def _unlink(page: html.HtmlElement) -> None:
    """Make text of the links in an article's lists and tables.

    To trafilatura a list of links is a menu; in an article it is as often a list of people.
    """
    inside = "ancestor::li or ancestor::td or ancestor::th"
    outside = "ancestor::nav or ancestor::aside or ancestor::header or ancestor::footer"
    for link in page.xpath(f"(//article | //main)//a[({inside}) and not({outside})]"):
        link.drop_tag()


def _date(text: str | None) -> str | None:
    try:
        return claims.date(datetime.date.fromisoformat(text)) if text else None
    except ValueError:
        return None


def _blocks(body: etree._Element) -> Iterator[BlockText]:
    """Yield the blocks of trafilatura's XML: p, head, list of item, table of row of cell, quote."""
    yield from _loose(body.text)
    for element in body:
        match element.tag:
            case "head":
                if text := _text(element):
                    yield "heading", text
            case "list":
                if lines := list(_items(element)):
                    yield "list", "\n".join(lines)
            case "table":
                yield from _rows(element)
            case _ if element.find("p") is not None or element.find("list") is not None:
                yield from _blocks(element)
            case _:
                yield from _paragraphs(element)
        yield from _loose(element.tail)


def _loose(text: str | None) -> Iterator[BlockText]:
    if line := one_line(text or ""):
        yield "paragraph", line


def _paragraphs(element: etree._Element) -> Iterator[BlockText]:
    """Yield the text of `element`, cut at those line breaks that end a sentence."""
    lines = [""]
    for part in _parts(element):
        if part is None:
            lines.append("")
        else:
            lines[-1] += part
    paragraph = ""
    for line in map(one_line, lines):
        if paragraph and line and _SENTENCE_END.search(paragraph):
            yield "paragraph", paragraph
            paragraph = line
        else:
            paragraph = f"{paragraph} {line}".strip()
    if paragraph:
        yield "paragraph", paragraph


def _parts(element: etree._Element) -> Iterator[str | None]:
    """Yield the pieces of text in `element` but for lists within it, None where a line ends."""
    yield element.text or ""
    for child in element:
        if child.tag in {"lb", "p", "head", "list"}:
            yield None
        if child.tag not in {"lb", "list"}:
            yield from _parts(child)
        yield child.tail or ""


def _text(element: etree._Element) -> str:
    return one_line("".join(" " if part is None else part for part in _parts(element)))


def _items(element: etree._Element) -> Iterator[str]:
    """Yield the items of a list, each with its mark and followed by those of lists within it."""
    is_numbered = element.get("rend") == "ol"
    for number, item in enumerate(element.iterchildren("item"), start=1):
        if text := _text(item):
            yield f"{number}. {text}" if is_numbered else f"- {text}"
        for inner in item.iterchildren("list"):
            yield from _items(inner)


def _rows(table: etree._Element) -> Iterator[BlockText]:
    """Yield a paragraph for each row, its cells set apart by bars, or what a layout holds."""
    cells = list(table.iter("cell"))
    if any(len(cell) > 1 and len("".join(cell.itertext())) > _LAYOUT_CELL for cell in cells):
        for cell in cells:
            yield from _blocks(cell)
        return
    for row in table.iterchildren("row"):
        texts = [_text(cell) for cell in row.iterchildren("cell")]
        if any(texts):
            yield "paragraph", " | ".join(texts)
