"""Splits Documents into Passages, and Passages into the Sentences that may answer.

A passage is a paragraph, a list or a table; one too long to be read on a phone becomes several, cut
between sentences. A sentence of a list is one of its items, that of a table one of its rows: the
header of a table answers nothing, and is read and shown with each row. A sentence in which
something could not be read is left out: without that, it may say something else.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.reading.documents import Block, Document
from knowledge.reading.formats import OF_LINES, UNREADABLE
from knowledge.words.sentences import split_sentences

_LONGEST = 1800  # characters of a passage: about one screen of a phone, 1.5 windows of the encoder
_LONGEST_TABLE = 1400  # the same of a table, with its header for each row: one window
_UNREAD = re.escape(UNREADABLE)
_UNREAD_AT_ENDS = re.compile(rf"^(?:{_UNREAD}\s*)+|(?:\s*{_UNREAD})+\W*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage: `text[start:end]` of the passage's document."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document that is quoted as one, with its sentences in order (at least one).

    `paragraph` counts the paragraphs, lists and tables of the document from 1, as people would.
    `columns` is the place of the header in the document, if this is a table; else None.
    """

    document: Document
    paragraph: int
    is_list: bool
    sentences: tuple[Sentence, ...]
    columns: Sentence | None = None

    @property
    def start(self) -> int:
        """Where the passage begins in the text of its document."""
        return self.sentences[0].start

    @property
    def end(self) -> int:
        """Where the passage ends in the text of its document."""
        return self.sentences[-1].end

    @property
    def text(self) -> str:
        """The passage, verbatim."""
        return self.document.text[self.start : self.end]

    def sentence_text(self, sentence: Sentence) -> str:
        """Return `sentence`, verbatim."""
        return self.document.text[sentence.start : sentence.end]

    @property
    def header(self) -> str:
        """The header of a table, verbatim; "" if this is none."""
        return self.sentence_text(self.columns) if self.columns else ""

    @property
    def read_text(self) -> str:
        """The passage as models read it: a table under its header."""
        return f"{self.header}\n{self.text}" if self.columns else self.text

    def read_sentence(self, sentence: Sentence) -> str:
        """Return `sentence` as models read it: each cell of a row after the name of its column.

        "Kokpek | 37" is read "Village: Kokpek; Houses flooded: 37."
        """
        said = self.sentence_text(sentence)
        if self.columns is None:
            return said
        cells = _cells(said)
        lines = [_cells(line) for line in self.header.split("\n")]
        fitting = [line for line in lines if len(line) == len(cells)]  # others span columns
        if not fitting:
            return f"{self.header}\n{said}"
        names = (" ".join(dict.fromkeys(filter(None, each))) for each in zip(*fitting, strict=True))
        named = (
            f"{name}: {cell}" if name else cell
            for name, cell in zip(names, cells, strict=True)
            if cell
        )
        return "; ".join(named) + "."

    def is_heading(self, sentence: Sentence) -> bool:
        """Return whether this passage is a list and `sentence` announces items of it."""
        return self.is_list and self.sentence_text(sentence).endswith(":")


def split(document: Document) -> tuple[Passage, ...]:
    """Return the passages of `document`, in order. Headings are not passages."""
    return tuple(
        Passage(document, number, block.kind == "list", sentences, columns)
        for number, block, columns in numbered(document)
        for sentences in _parts(_sentences(document, block, columns), columns)
    )


def numbered(document: Document) -> Iterator[tuple[int, Block, Sentence | None]]:
    """Yield the blocks of `document` that may be quoted, each with its number, from 1, and the
    place of its header if it is a table.
    """
    number, columns = 0, None
    for block in document.blocks:
        if block.kind == "columns":
            columns = Sentence(block.start, block.end)
        elif block.kind != "heading":
            number += 1
            yield number, block, columns if block.kind == "table" else None


def rows_of(passage: Passage) -> list[str]:
    """Return the rows, verbatim, of the whole table of which `passage` is a part."""
    text = passage.document.text
    block = next(b for n, b, _ in numbered(passage.document) if n == passage.paragraph)
    return [row for row in text[block.start : block.end].split("\n") if row != passage.header]


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.split("|")]


def _sentences(document: Document, block: Block, columns: Sentence | None) -> Iterator[Sentence]:
    text = document.text[block.start : block.end]
    pieces: Iterable[str] = split_sentences(text, document.language)
    if block.kind in OF_LINES:
        # The header may be repeated on each page of a table.
        header = document.text[columns.start : columns.end] if columns else ""
        pieces = (line for line in text.split("\n") if line != header)
    end = 0
    for piece in pieces:
        for sentence in _cut(piece.strip()):
            start = text.index(sentence, end)
            end = start + len(sentence)
            shown = _UNREAD_AT_ENDS.sub("", sentence)
            if shown and UNREADABLE not in shown:
                begin = block.start + text.index(shown, start)
                yield Sentence(begin, begin + len(shown))


def _cut(sentence: str) -> Iterator[str]:
    """Yield `sentence`, or pieces of it if it is longer than a passage may be, cut at spaces."""
    while len(sentence) > _LONGEST:
        cut = sentence.rfind(" ", 1, _LONGEST)
        cut = cut if cut > 0 else _LONGEST
        yield sentence[:cut].rstrip()
        sentence = sentence[cut:].lstrip()
    if sentence:
        yield sentence


def _parts(
    sentences: Iterator[Sentence], columns: Sentence | None
) -> Iterator[tuple[Sentence, ...]]:
    """Yield `sentences` in groups, each no longer than a passage may be."""
    part: list[Sentence] = []
    header = columns.end - columns.start if columns else 0  # read with each row
    longest = _LONGEST_TABLE if columns else _LONGEST
    for sentence in sentences:
        if part and sentence.end - part[0].start + len(part) * header > longest:
            yield tuple(part)
            part = []
        part.append(sentence)
    if part:
        yield tuple(part)
