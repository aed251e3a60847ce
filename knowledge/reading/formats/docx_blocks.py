"""The blocks of a Word document whose XML is settled: headings, paragraphs, lists, tables."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from docx.oxml.ns import qn

from knowledge.reading.formats import BlockText, LeftOut
from knowledge.reading.formats.docx_formulas import linear
from knowledge.reading.formats.docx_numbering import Mark, Numbering
from knowledge.reading.formats.docx_styles import Styles, value
from knowledge.reading.formats.docx_tables import cells, is_bold, is_header, rows
from knowledge.reading.formats.docx_text import FORMULAS, is_number_of_page, text_of
from knowledge.reading.formats.table_blocks import Row, table_blocks
from knowledge.words.patterns import of_any

_TITLE = re.compile(of_any("files", "title_style"), re.IGNORECASE)
_HEADING = re.compile(of_any("files", "heading_style"), re.IGNORECASE)
_CONTENTS = re.compile(of_any("files", "contents_style"), re.IGNORECASE)
_OUTLINE = {str(level) for level in range(9)}
# Contracts and laws set whole clauses in the style of a heading, to number them. What is so long,
# in characters, and ends as sentences do is one to be quoted.
_CLAUSE = 80
_SENTENCE_END = re.compile(r"[.;:!?…][\"'»”’)\]]*$")
_LAYOUT_CELL = 200  # characters; a cell with more, in several blocks, is no cell of a table
_WRAPPERS = {
    qn(f"w:{tag}")
    for tag in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "body")
}


class Blocks:
    """Reads one story of a document after the other; its lists go on with their numbers."""

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        inserted: Callable[[str | None], Iterable[BlockText]],
    ) -> None:
        """`inserted` returns the blocks of another file put into the document, by its id there."""
        self._styles = styles
        self._numbering = numbering
        self._inserted = inserted
        self._boxes: list[Any] = []
        self.title: str | None = None
        """What stands in the style of a title."""
        self.left_out: Counter[LeftOut] = Counter()

    def of(self, story: Any) -> Iterator[BlockText]:
        """Yield the blocks of `story`, items in a row as one list.

        A text box floats where its paragraph is: it comes after that, or after its list.
        """
        items: list[str] = []
        for kind, text in self._within(story):
            if kind == "list" and items:
                items.append(text)
                continue
            if items:
                yield "list", "\n".join(items)
            yield from self._floating()
            items = [text] if kind == "list" else []
            if kind != "list":
                yield kind, text
        if items:
            yield "list", "\n".join(items)
        yield from self._floating()

    def _floating(self) -> Iterator[BlockText]:
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            yield from self.of(box)

    def _within(self, parent: Any, *, in_cell: bool = False) -> Iterator[BlockText]:
        """Yield headings, paragraphs, items of lists one by one, and rows of tables."""
        for element in parent:
            if element.tag == qn("w:p"):
                yield from self._paragraph(element, in_cell)
                self._boxes += _boxes(element)
            elif element.tag == qn("w:tbl"):
                yield from self._table(element)
            elif element.tag in _WRAPPERS:
                yield from self._within(element, in_cell=in_cell)
            elif element.tag in FORMULAS:
                yield "paragraph", linear(element)
            elif element.tag == qn("w:altChunk"):
                yield from self._inserted(element.get(qn("r:id")))

    def _paragraph(self, paragraph: Any, in_cell: bool) -> Iterator[BlockText]:
        mark = self._numbering.mark(paragraph)  # an empty item counts too
        text = text_of(paragraph, self._styles)
        chain = self._styles.of(paragraph)
        names = [value(style, "w:name") or "" for style in chain]
        if not text:
            if in_cell and mark and mark.text.strip("-"):
                yield "list", mark.text  # a column of numbers is often made so
        elif any(map(_CONTENTS.fullmatch, names)):
            self.left_out["contents"] += 1
        elif is_number_of_page(text):
            self.left_out["margins"] += 1
        elif _is_heading(paragraph, chain, names, text):
            if self.title is None and any(map(_TITLE.fullmatch, names)):
                self.title = text
            yield "heading", (mark or Mark("")).before(text)
        elif mark is not None:
            yield "list", mark.before(text)
        else:
            yield "paragraph", text

    def _table(self, table: Any) -> Iterator[BlockText]:
        """Yield the rows of `table`, the cells of each set apart by bars, or what a layout holds.

        What stands in a cell that spans several rows is said in each of them.
        """
        above: dict[int, str] = {}
        held: list[Row] = []
        for element in rows(table):
            read = [
                (place, goes_on, [] if goes_on else list(self._within(cell, in_cell=True)))
                for place, goes_on, cell in cells(element)
            ]
            is_lone = len(read) == 1 and not _is_title(read[0][2])
            if is_lone or any(_is_layout(blocks) for _, _, blocks in read):
                yield from table_blocks(held)
                held = []
                yield from (block for _, _, blocks in read for block in blocks)
                continue
            texts = []
            for place, goes_on, blocks in read:
                text = above.get(place, "") if goes_on else " ".join(text for _, text in blocks)
                above[place] = text.replace("\n", " ")
                texts.append(above[place])
            held.append(
                Row(
                    tuple(texts),
                    is_header=is_header(element, table, self._styles),
                    is_bold=is_bold(element, self._styles),
                    begins_above=any(goes_on for _, goes_on, _ in read),
                )
            )
        yield from table_blocks(held)


def _boxes(paragraph: Any) -> list[Any]:
    """Return the text boxes of `paragraph`, without those within them."""
    boxes = paragraph.iter(qn("w:txbxContent"))
    return [box for box in boxes if next(box.iterancestors(qn("w:p"))) is paragraph]


def _is_heading(paragraph: Any, chain: tuple[Any, ...], names: list[str], text: str) -> bool:
    if len(text) > _CLAUSE and _SENTENCE_END.search(text):
        return False
    levels = (value(element, "w:pPr/w:outlineLvl") for element in (paragraph, *chain))
    level = next((each for each in levels if each is not None), None)
    return level in _OUTLINE or any(map(_HEADING.fullmatch, names))


def _is_layout(blocks: list[BlockText]) -> bool:
    """Return whether a cell with `blocks` is there to set them beside others, as on a page."""
    if any(" | " in text for _, text in blocks):
        return True  # rows of a table within it
    return len(blocks) > 1 and sum(len(text) for _, text in blocks) > _LAYOUT_CELL


def _is_title(blocks: list[BlockText]) -> bool:
    """Return whether `blocks` of a lone cell are a line across the columns of its table."""
    return [kind for kind, _ in blocks] == ["paragraph"] and len(blocks[0][1]) <= _LAYOUT_CELL
