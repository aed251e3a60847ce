"""Which blocks of a page are its text, now that all are read; the rest is counted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from knowledge.reading.formats import BlockText, LeftOut
from knowledge.reading.formats.pieces import Piece

_PROSE = 60  # characters that are no link, in a paragraph of a text
_LINKS = 0.6  # of the characters of what is a menu, at least
_MAIN = 0.5  # of what else there is, which a <main> that can be believed holds at least


def selected(pieces: Sequence[Piece]) -> tuple[list[BlockText], Counter[LeftOut]]:
    """Return the blocks that are the text of their page, and how many others there are by kind."""
    told = _ends_apart(_outside_apart(pieces))
    others = Counter(piece.apart for piece in told if piece.apart is not None)
    return all_of([piece for piece in told if piece.apart is None]), others


def all_of(pieces: Sequence[Piece]) -> list[BlockText]:
    """Return `pieces` as blocks."""
    return [(piece.kind, piece.text) for piece in pieces]


def _outside_apart(pieces: Sequence[Piece]) -> list[Piece]:
    """Return `pieces` with what stands outside of the main part as menus, but for the title."""
    own = [piece for piece in pieces if piece.apart is None]
    main = sum(len(piece.text) for piece in own if piece.is_main)
    rest = sum(len(piece.text) for piece in own if not piece.is_main)
    if not main or main < rest * _MAIN:
        return list(pieces)
    has_title = any(piece.is_title for piece in own if piece.is_main)
    return [
        piece
        if piece.apart or piece.is_main or (piece.is_title and not has_title)
        else replace(piece, apart="menus")
        for piece in pieces
    ]


def _ends_apart(pieces: list[Piece]) -> list[Piece]:
    """Return `pieces` with the links before the first and after the last paragraph as menus.

    A list of links within a text is as often one of people as one of pages.
    """
    own = [place for place, piece in enumerate(pieces) if piece.apart is None]
    prose = [place for place in own if _is_prose(pieces[place])]
    if not prose:
        return pieces
    # A title may be a link to its own page.
    before = [place for place in own[: own.index(prose[0])] if pieces[place].kind != "heading"]
    ends = {place for place in before if _is_menu(pieces[place])}
    announced = pieces[prose[-1]].text.endswith(":")
    for place in reversed(own):
        piece = pieces[place]
        is_heading_of_none = piece.kind == "heading" and place + 1 in ends | {len(pieces)}
        if place <= prose[-1] or announced or not (_is_menu(piece) or is_heading_of_none):
            break
        ends.add(place)
    return [
        replace(piece, apart="menus") if place in ends else piece
        for place, piece in enumerate(pieces)
    ]


def _is_prose(piece: Piece) -> bool:
    is_long = len(piece.text) - piece.linked >= _PROSE and not _is_menu(piece)
    return piece.is_within or (piece.kind != "heading" and is_long)


def _is_menu(piece: Piece) -> bool:
    return not piece.is_within and piece.linked >= _LINKS * len(piece.text)
