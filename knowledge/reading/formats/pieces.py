"""Blocks of a web page as they were found, before what is its text is chosen."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from knowledge.reading.formats import BlockKind, LeftOut
from knowledge.reading.formats.list_marks import marked


@dataclass(frozen=True, slots=True)
class Piece:
    """A block as it was found, with what tells whether it belongs to the text of its page."""

    kind: BlockKind
    text: str
    linked: int = 0  # characters that are links
    is_main: bool = False
    is_within: bool = False  # in an article
    is_title: bool = False
    is_item: bool = False  # stands without a list; those in a row make one
    apart: LeftOut | None = None


def with_mark(pieces: list[Piece], mark: str) -> list[Piece]:
    """Return the pieces of an item, the first of them with its mark."""
    if not pieces or (mark == "-" and pieces[0].kind != "paragraph"):
        return pieces
    return [replace(pieces[0], text=marked(mark, pieces[0].text)), *pieces[1:]]


def with_items_joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Yield `pieces`, items in a row that no list holds as one."""
    for is_item, run in groupby(pieces, key=lambda piece: piece.is_item):
        found = list(run)
        if is_item:
            yield replace(found[0], kind="list", text="\n".join(piece.text for piece in found))
        else:
            yield from found
