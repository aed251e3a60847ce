"""What a page of a PDF is taken apart to: bits of text, and boxes that hold what is drawn.

All places are in points; `down` grows downwards, and a bit's is that of its baseline.
"""

from typing import Literal, NamedTuple


class Bit(NamedTuple):
    """Letters drawn close together, mostly a word."""

    left: float
    right: float
    down: float
    size: float
    text: str
    is_bold: bool
    order: int  # of the bits of the page as they were drawn
    is_spaced: bool  # a space was drawn before it
    ink: Literal["", "white", "none"] = ""  # what is seen at most upon something
    piece: bytes = b""  # of text, by PDFium's name for it
    colour: tuple[int, ...] | None = None


class Box(NamedTuple):
    """What is drawn from the upper left to the lower right."""

    left: float
    top: float
    right: float
    bottom: float
