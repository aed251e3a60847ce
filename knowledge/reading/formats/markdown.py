"""Markdown as it is commonly rendered, with front matter or without: HTML, and read as such."""

import functools
import re
from collections import Counter
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from knowledge.reading.formats import Contents, front_matter
from knowledge.reading.formats.bounds import check_source
from knowledge.reading.formats.broken_words import Words, is_broken, known_words, mended
from knowledge.reading.formats.encoding import decode
from knowledge.reading.formats.markdown_dialects import COMMENTS, dialects, without_templates
from knowledge.reading.formats.rendered import text_of
from knowledge.words.text import normalise

_DEEPEST = 100  # blocks within each other, as in other programs: what is deeper is dropped
_LAST, _FIRST = re.compile(r"\S+$"), re.compile(r"\S+")


def read(data: bytes) -> Contents:
    """Return what the Markdown file `data` holds. Raises DocumentError."""
    source = decode(data)
    front = front_matter.split(source)
    check_source(front.body)
    body, marks, hidden = normalise(front.body), 0, 0
    if front.fields or front.notes.passed_over:  # Jekyll fills in nothing without front matter
        body, marks, hidden = without_templates(body)
    rendered, comments = _rendered(body)
    blocks, notes = text_of(rendered, is_pruned=False)
    left_out = Counter(notes.left_out)
    left_out += Counter({"unreadable": marks, "comments": hidden + comments})
    passed_over = front.notes.passed_over
    return Contents(
        front.fields, blocks, replace(notes, left_out=dict(left_out), passed_over=passed_over)
    )


def _rendered(source: str) -> tuple[str, int]:
    """Return `source` as HTML, words that are broken at the ends of its lines whole, and how many
    comments in it are not shown.
    """
    parser = _parser()
    env: dict[str, int] = {}
    tokens = parser.parse(source, env)
    lines = source.split("\n")
    if any(map(is_broken, lines)):
        words = known_words(lines)
        for token in tokens:
            _mend(token.children or [], words)
    rendered: str = parser.renderer.render(tokens, parser.options, env)
    return rendered, env.get(COMMENTS, 0)


def _mend(tokens: list[Token], words: Words) -> None:
    """Put words together that a break between two of `tokens` cuts."""
    for before, line_end, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if [each.type for each in (before, line_end, after)] != ["text", "softbreak", "text"]:
            continue
        first, rest = _LAST.search(before.content), _FIRST.match(after.content)
        if first is None or rest is None or not is_broken(first[0]):
            continue
        whole = mended([first[0], rest[0]], words)
        if " " not in whole:
            before.content = before.content[: first.start()] + whole
            after.content = after.content[rest.end() :]
            line_end.type, line_end.tag, line_end.content = "text", "", ""


@functools.cache
def _parser() -> MarkdownIt:
    """Return the parser, which takes a tenth of the time of a small file to make."""
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    return parser.use(footnote_plugin).use(deflist_plugin).use(dialects)
