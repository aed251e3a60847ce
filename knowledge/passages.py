"""Documents to Passages, and Passages to the Sentences that may answer.

A passage is a paragraph or a list; a paragraph too long to be read on a phone becomes several,
cut between sentences. A sentence of a list is one of its items. One in which something could not be
read answers nothing: without it, it may say another thing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.documents import Block, Document
from knowledge.readers import UNREADABLE
from knowledge.sentences import split_sentences

_LONGEST = 1800  # characters of a passage: about one screen of a phone, 1.5 windows of the encoder
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

    `paragraph` counts the paragraphs and lists of the document from 1, as a reader would.
    """

    document: Document
    paragraph: int
    is_list: bool
    sentences: tuple[Sentence, ...]

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

    def is_heading(self, sentence: Sentence) -> bool:
        """Return whether `sentence` announces the items of a list, which this passage must be."""
        return self.is_list and self.sentence_text(sentence).endswith(":")


def split(document: Document) -> tuple[Passage, ...]:
    """Return the passages of `document` in its order. Headings are no passages."""
    blocks = [block for block in document.blocks if block.kind != "heading"]
    return tuple(
        Passage(document, number, block.kind == "list", sentences)
        for number, block in enumerate(blocks, start=1)
        for sentences in _parts(_sentences(document, block))
    )


def _sentences(document: Document, block: Block) -> Iterator[Sentence]:
    text = document.text[block.start : block.end]
    pieces = text.split("\n") if block.kind == "list" else split_sentences(text, document.language)
    end = 0
    for piece in pieces:
        for sentence in _no_longer(piece.strip()):
            start = text.index(sentence, end)
            end = start + len(sentence)
            shown = _UNREAD_AT_ENDS.sub("", sentence)
            if shown and UNREADABLE not in shown:
                begin = block.start + text.index(shown, start)
                yield Sentence(begin, begin + len(shown))


def _no_longer(sentence: str) -> Iterator[str]:
    """Yield `sentence`, cut at white space where it is longer than a passage may be."""
    while len(sentence) > _LONGEST:
        cut = sentence.rfind(" ", 1, _LONGEST)
        cut = cut if cut > 0 else _LONGEST
        yield sentence[:cut].rstrip()
        sentence = sentence[cut:].lstrip()
    if sentence:
        yield sentence


def _parts(sentences: Iterator[Sentence]) -> Iterator[tuple[Sentence, ...]]:
    part: list[Sentence] = []
    for sentence in sentences:
        if part and sentence.end - part[0].start > _LONGEST:
            yield tuple(part)
            part = []
        part.append(sentence)
    if part:
        yield tuple(part)
