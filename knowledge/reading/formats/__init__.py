"""What a file of each type says: its blocks of text in order, and what it says of itself.

Files may come from anybody, so readers run in a process of their own: `python -m
knowledge.reading.formats`, started by `knowledge.reading.parsing`. A format is a module with one
`read`, which is a `Read`, and a line in FORMATS. This module is imported by both sides and stays
small.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["paragraph", "heading", "list", "columns", "table"]

# A block as it is read: its text is normalised; a list has an item on each line, a table a row, and
# what its columns are called stands right before it; all else is one line.
BlockText = tuple[BlockKind, str]

OF_LINES: frozenset[BlockKind] = frozenset({"list", "table"})
"""Kinds of blocks each of whose lines stands for itself."""

# What a page shows and no block holds.
LeftOut = Literal[
    "margins", "menus", "comments", "deleted", "contents", "pictures", "unreadable", "styles"
]

UNREADABLE = "[?]"
"""Stands in a block where the page shows what could not be read: a formula that is a drawing, a
letter that its font does not name. No quote reaches across it.
"""


@dataclass(frozen=True, slots=True)
class Notes:
    """What whoever adds a document should know of how its file was read."""

    left_out: Mapping[LeftOut, int] = field(default_factory=dict)
    """How many lines or pieces were left out, of each kind: `margins` are headers, footers and
    numbers of pages; `contents` lines of a table of contents; `deleted` what is struck through;
    `styles` sheets of a web page in other files, which may hide or strike out what was read."""
    guessed: tuple[str, ...] = ()
    """Fields of Metadata that the file does not state: the day it was made, as its date."""
    passed_over: tuple[str, ...] = ()
    """Keys of front matter that say nothing here, such as `tags`."""
    sureness: float | None = None
    """How sure text recognition was of its words, in [0, 1]; None where the file held its text."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A page that is but a picture: its number from 0, and how many blocks stand before it."""

    page: int
    place: int


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds: fields of Metadata, as strings, and blocks in order.

    `scans` are those of its `pages` that a machine has yet to read.
    """

    fields: Mapping[str, str]
    blocks: tuple[BlockText, ...]
    notes: Notes = field(default_factory=Notes)
    scans: tuple[Scan, ...] = ()
    pages: int = 0


Read = Callable[[bytes], Contents]
"""From what is in a file to what it says. Raises DocumentError without the file's name."""

PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp")
FORMATS: Mapping[str, str] = {
    ".txt": "plain",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    **dict.fromkeys(PICTURES, "pictures"),
}
"""The module that reads a file, by its ending; only the process that reads files imports it."""
ENDINGS = tuple(FORMATS)
EXPECTED = ", ".join(ENDINGS)
