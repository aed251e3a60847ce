"""How much a document may hold, so that what is built of it fits into the memory of a small server.

Of each word about 1.2 KB are held once it can be searched (measured: 12,000 sentences of 1.3 MB
took 240 MB), and while a document is replaced, both are there; the bot alone takes 0.8 of the 2 GB
that deploy/ allows.
"""

import re
from collections.abc import Iterable
from itertools import islice

from knowledge.errors import DocumentError
from knowledge.problems import problem
from knowledge.reading.formats import BlockText

MOST_WORDS = 250_000
"""Some 500 printed pages."""

MOST_SENTENCES = 40_000
"""Items of lists and rows of tables are sentences too."""

_WORD = re.compile(r"\w+")
_LINE = re.compile(r"^.*?\S", re.MULTILINE)
_STOP = re.compile(r"[.!?…](?=\s)|[。！？]")
_OF_LINES = {"list", "table"}


def check_source(source: str) -> None:
    """Raise DocumentError for a text so long that finding its blocks would take too much memory."""
    for piece in (_WORD, _LINE):
        if next(islice(piece.finditer(source), MOST_WORDS, None), None) is not None:
            raise DocumentError(problem("too_many_words", most=MOST_WORDS))


def check_blocks(blocks: Iterable[BlockText]) -> None:
    """Raise DocumentError if `blocks` are more than a document may hold."""
    words = sentences = 0
    for kind, text in blocks:
        words += sum(1 for _ in _WORD.finditer(text))
        ends = text.count("\n") if kind in _OF_LINES else len(_STOP.findall(text))
        sentences += 1 + ends
        if words > MOST_WORDS:
            raise DocumentError(problem("too_many_words", most=MOST_WORDS))
        if sentences > MOST_SENTENCES:
            raise DocumentError(problem("too_many_sentences", most=MOST_SENTENCES))
