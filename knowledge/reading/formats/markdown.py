"""Markdown as it is commonly rendered, with front matter or without: HTML, and read as such."""

import functools
from dataclasses import replace

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from knowledge.reading.formats import Contents, front_matter
from knowledge.reading.formats.bounds import check_source
from knowledge.reading.formats.encoding import decode
from knowledge.reading.formats.rendered import text_of
from knowledge.words.text import normalise


def read(data: bytes) -> Contents:
    """Return what the Markdown file `data` holds. Raises DocumentError."""
    front = front_matter.split(decode(data))
    check_source(front.body)
    blocks, notes = text_of(_parser().render(normalise(front.body)), is_pruned=False)
    return Contents(front.fields, blocks, replace(notes, passed_over=front.notes.passed_over))


@functools.cache
def _parser() -> MarkdownIt:
    """Return the parser, which takes a tenth of the time of a small file to make."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return parser.use(footnote_plugin).use(deflist_plugin)
