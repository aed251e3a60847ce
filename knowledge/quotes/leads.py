"""The lead of an item of a list: the sentence above it, without which it may not be understood.

"The union demands:" leads to "– that he be released;", and so does an item to those within it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from knowledge.reading.documents import Block, Document
from knowledge.reading.passages import Passage, Sentence
from knowledge.words.sentences import split_sentences

# An item within a paragraph: "(a) to release him;".
_ITEM = re.compile(r"\W*(?:[–—•-]\s|\(?(?:\d{1,3}|[^\W\d_]{1,4})\))")
_MARK = re.compile(r"\(?[^\W_]{1,4}[.)]|[^\w\s]+")  # "(a)", "1.", "–"
_GOES_ON = (";", ",")
_QUOTES = "“«\"' "
_LONGEST_OPENING = 80  # characters; an opening names who speaks in what follows: "The Committee,"


def lead_of(passage: Passage, sentence: Sentence) -> Sentence | None:
    """Return the sentence of the document that `sentence` of `passage`, as an item, goes on from;
    None if it is no item or has no lead.
    """
    item = passage.sentence_text(sentence)
    goes_on = _ITEM.match(item) is not None or item.lstrip(_QUOTES)[:1].islower()
    if not passage.is_list and not goes_on:
        return None
    for above in _before(passage, sentence):
        said = passage.document.text[above.start : above.end]
        is_beside = above.start >= passage.start and _mark(said) == _mark(item) != ""
        if said.endswith(":") and not is_beside:
            return above
        if not passage.is_list and not said.endswith(_GOES_ON):
            return None
    return None


def openings_of(passage: Passage) -> Iterator[Sentence]:
    """Yield what may name who speaks in the numbered clauses of which `passage` is one.

    That is the short lines above that end in a comma, such as "The Committee,", without the comma,
    the nearest first.
    """
    document = passage.document
    for block in reversed(document.blocks[: _count_above(passage)]):
        if block.end - block.start <= _LONGEST_OPENING and document.text[block.end - 1] == ",":
            yield Sentence(block.start, block.end - 1)


def _before(passage: Passage, sentence: Sentence) -> Iterator[Sentence]:
    """Yield the sentences before `sentence` in `passage`, the nearest first, and then the last
    sentence of the paragraph or heading above, if that ends in a colon.
    """
    yield from reversed([other for other in passage.sentences if other.end <= sentence.start])
    count = _count_above(passage)
    above = passage.document.blocks[count - 1] if count else None
    if above is not None and passage.document.text[above.end - 1] == ":":
        yield _last_of(passage.document, above)


def _count_above(passage: Passage) -> int:
    """Return how many blocks of the document end before `passage`."""
    return bisect_right(passage.document.blocks, passage.start, key=lambda block: block.end)


def _last_of(document: Document, block: Block) -> Sentence:
    """Return the last sentence of `block`."""
    text = document.text[block.start : block.end]
    *_, last = split_sentences(text.rpartition("\n")[2], document.language)
    start = block.start + text.rindex(last)
    return Sentence(start, start + len(last))


def _mark(item: str) -> str:
    """Return the mark before `item`, with "x" for its number or letter; "" if there is none.

    >>> _mark("(a) to act;"), _mark("12. Acts:"), _mark("to act;")
    ('(x)', 'x.', '')
    """
    mark = item.split(maxsplit=1)[0]
    return re.sub(r"\w+", "x", mark) if _MARK.fullmatch(mark) else ""
