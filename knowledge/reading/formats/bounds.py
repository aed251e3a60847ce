"""How much documents may hold, so that what is built of them fits in the memory of a small server.

Of each word 1.2 to 1.8 KB are held once it can be searched (measured: 12,000 sentences of 1.3 MB
took 240 MB, 3,700 of 60,000 words, each a paragraph of its own, 109 MB), and while one document is
replaced, all are there twice; the bot alone takes 0.84 of the 2 GB that deploy/ allows.
"""

import re
from collections.abc import Iterable
from itertools import islice

from knowledge.errors import DocumentError
from knowledge.problems import problem
from knowledge.reading.formats import OF_LINES, BlockText

MOST_WORDS = 250_000
"""Of one document, some 500 printed pages."""

MOST_SENTENCES = 40_000
"""Items of lists and rows of tables are sentences too."""

_LETTERS = 12
"""Characters that count as a word: without it, a text without spaces would be one word. In no
document of the corpus are there as many to a word (spaces and signs included)."""

_WORD = re.compile(r"\w+")
_LINE = re.compile(r"^.*?\S", re.MULTILINE)
_STOP = re.compile(r"[.!?…](?=\s)|[。！？]")


def check_source(source: str) -> None:
    """Raise DocumentError for a text so long that finding its blocks would take too much memory."""
    for piece in (_WORD, _LINE):
        if next(islice(piece.finditer(source), MOST_WORDS, None), None) is not None:
            raise DocumentError(problem("too_many_words", most=MOST_WORDS))


def check_blocks(blocks: Iterable[BlockText]) -> None:
    """Raise DocumentError if `blocks` are more than a document may hold."""
    words = sentences = 0
    for block in blocks:
        more_words, more_sentences = _counted(block)
        words += more_words
        sentences += more_sentences
        if words > MOST_WORDS:
            raise DocumentError(problem("too_many_words", most=MOST_WORDS))
        if sentences > MOST_SENTENCES:
            raise DocumentError(problem("too_many_sentences", most=MOST_SENTENCES))


def room_of(blocks: Iterable[BlockText]) -> int:
    """Return how much room `blocks` take, in words: a sentence takes as much as six at least."""
    share = MOST_WORDS // MOST_SENTENCES
    return sum(max(words, share * sentences) for words, sentences in map(_counted, blocks))


def _counted(block: BlockText) -> tuple[int, int]:
    """Return the number of words of `block`, and of its sentences, about."""
    kind, text = block
    ends = text.count("\n") if kind in OF_LINES else len(_STOP.findall(text))
    words = sum(1 for _ in _WORD.finditer(text))
    return max(words, len(text) // _LETTERS), 1 + ends
