"""HTML to blocks of text: that of web pages, and what Markdown is rendered to.

Selectolax parses it as browsers do, tags that are never closed or in the wrong place too.
"""

import re
from collections import Counter

from selectolax.lexbor import LexborHTMLParser

from knowledge.errors import DocumentError
from knowledge.problems import problem
from knowledge.reading.formats import BlockText, Notes
from knowledge.reading.formats.markup import Walk
from knowledge.reading.formats.page import page
from knowledge.reading.formats.selection import all_of, selected

_OPEN = 5_000  # tags without an end; parsers take ever longer for each
_MANY_ATTRIBUTES = re.compile(
    r"<[a-z][^\s<>/]*+"
    r"(?:[\s/]++[^\s\"'<>/=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'<>]++))?+){1000}",
    re.IGNORECASE,
)
# As HTML's standard tells attributes apart: a name may hold quotes and "<".
_ATTRIBUTE = r"[\s/]++[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+"
_ATTRIBUTES = re.compile(rf"<[a-z][^\s/>]*+((?:{_ATTRIBUTE})*+)", re.IGNORECASE)
_EACH = re.compile(_ATTRIBUTE)
_MOST_ATTRIBUTES = 500_000  # of a page; ten million take a minute to go through
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)[^<>]*?(/?)>")
# Tags that end by themselves, or hold nothing.
_UNNESTED = {
    *("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup"),
    *("br", "img", "hr", "input", "meta", "link", "col", "colgroup", "wbr", "area", "base", "html"),
    *("source", "param", "embed", "track", "rt", "rp", "head", "body", "a", "button"),
}


def text_of(source: str, *, is_pruned: bool) -> tuple[tuple[BlockText, ...], Notes]:
    """Return the blocks of the HTML `source`, and what it shows beside them.

    `is_pruned` leaves out what stands around the text of a web page. Raises DocumentError.
    """
    _check(source)
    parsed = page(LexborHTMLParser(source), is_pruned=is_pruned)
    if parsed is None:
        raise DocumentError(problem("no_text"))
    walk = Walk(parsed)
    pieces = walk.read()
    blocks, around = selected(pieces) if is_pruned else (all_of(pieces), Counter())
    return tuple(blocks), Notes(dict(walk.left_out + around))


def _check(source: str) -> None:
    """Raise DocumentError for a page made to keep its parser busy."""
    if _MANY_ATTRIBUTES.search(source):
        raise DocumentError(problem("tags_endless"))
    attributes = 0
    for tag in _ATTRIBUTES.finditer(source):
        attributes += len(_EACH.findall(tag[1]))
        if attributes > _MOST_ATTRIBUTES:
            raise DocumentError(problem("attributes_endless", most=_MOST_ATTRIBUTES))
    depth, is_drawing = 0, False
    for closing, name, closed in _TAG.findall(source):
        tag = name.lower()
        if tag in {"svg", "math"}:
            is_drawing = not closing
        if tag in _UNNESTED or (closed and is_drawing):
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > _OPEN:
            raise DocumentError(problem("tags_too_deep"))
