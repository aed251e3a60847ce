"""A tree of HTML to blocks of text, as a browser shows it.

One walk for web pages and for Markdown, which is HTML when it is rendered.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from selectolax.lexbor import LexborNode

from knowledge.errors import DocumentError
from knowledge.problems import problem
from knowledge.reading.formats import UNREADABLE, BlockKind, LeftOut, tables
from knowledge.reading.formats.list_marks import marked, marks
from knowledge.reading.formats.page import Page
from knowledge.reading.formats.phrases import GAP, paragraphs
from knowledge.reading.formats.pieces import Piece, with_items_joined, with_mark
from knowledge.reading.formats.runs import Run
from knowledge.reading.formats.sight import paper
from knowledge.reading.formats.styles import Declarations, is_struck
from knowledge.reading.formats.table_blocks import Row, table_blocks

_DEEPEST = 512  # tags within each other, as in browsers
_ENDLESS = 10_000_000  # characters in a piece of text
_LONGEST_HEADING = 300  # characters; what is longer is text in large letters
_LAYOUT_CELL = 200  # characters; a cell with more, in several blocks, is no cell of a table
_TALL_CELL = 500  # characters; nor is one with more in a table without headers
_SHORT_ENTRY = 200  # characters of a definition that stands on one line with its term
_BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog"),
    *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup"),
    *("hr", "legend", "li", "main", "nav", "p", "pre", "section", "listing", "xmp", "caption"),
    *("tbody", "thead", "tfoot", "table", "tr", "td", "th", "plaintext", "search", "html"),
}
_LISTS = {"ul", "ol", "menu", "dir"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "summary"}
_STRUCK = {"s", "del", "strike"}
_LINES = {"pre", "listing", "xmp", "plaintext"}
_DISPLAYED_AS_BLOCK = re.compile(r"(?:block|flex|grid|table|list-item|flow-root)\b")
_AFTER_TERM = re.compile(r"[:?.!—–-]$")


class Walk:
    """The walk over one page, which keeps what it has found in `pieces`."""

    def __init__(self, page: Page) -> None:
        """Begin at the head of `page`."""
        self.pieces: list[Piece] = []
        self.left_out: Counter[LeftOut] = Counter({"styles": page.unread_styles})
        self._page = page
        self._sight = paper(page.body, page.styles)
        self._depth = 0
        self._place = Piece("paragraph", "")  # what a block found now is, but for its text
        self._run = Run(page, self._children, self.left_out)

    def read(self) -> list[Piece]:
        """Return the pieces of the page in order."""
        for around in (self._page.body.parent, self._page.body):  # a page may begin counters there
            if around is not None:
                self._page.generated.enter(around)
        self._children(self._page.body)
        self._flush()
        return list(with_items_joined(self.pieces))

    def _children(self, parent: LexborNode) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise DocumentError(problem("tags_too_deep"))
        written = self._page.generated
        mark = written.text(parent, "marker") if parent.tag == "li" else ""
        self._run.open(mark + written.text(parent, "before"))
        for child in parent.iter(include_text=True):
            if child.is_element_node:
                self._element(child)
            elif child.is_text_node:
                text = child.text_content or ""
                if len(text) > _ENDLESS:
                    raise DocumentError(problem("tags_too_deep"))
                self._text(text)
        self._run.open("")
        self._run.add(written.text(parent, "after"))
        self._depth -= 1

    def _text(self, text: str) -> None:
        if self._sight.is_seen or text.isspace():
            self._run.say(text)
        elif not self._sight.is_barred:
            self._run.add("" if self._sight.is_tiny else GAP)
        elif not self._run.ends_unread:
            self.left_out["unreadable"] += 1
            self._run.add(UNREADABLE)

    def _element(self, node: LexborNode) -> None:
        style = self._page.styles.of(node)
        around = self._sight
        self._sight = around.within(node, style, self._page.styles)
        self._page.generated.enter(node)
        self._read(node, style)
        self._page.generated.leave()
        self._sight = around

    def _read(self, node: LexborNode, style: Declarations) -> None:
        if not self._page.is_shown(node, style):
            # A formula is drawn by a picture or by spans, beside what says it to machines.
            if (formula := node.css_first("math")) is not None:
                self._run.read(formula, {})
            return
        if node.tag in _STRUCK or is_struck(style):
            self.left_out["deleted"] += bool(node.text().strip())
            return
        place = self._place
        apart = None if place.apart else self._page.apart(node, is_within=place.is_within)
        if apart and (self._run.is_flat or node.tag == "span"):
            self.left_out[apart] += 1
            return
        is_main = node.tag == "main" or node.attributes.get("role") == "main"
        is_within = is_main or node.tag == "article"
        if not (apart or is_within):
            self._shown(node, style)
            return
        self._flush()
        self._place = replace(
            place,
            apart=apart or place.apart,
            is_main=is_main or place.is_main,
            is_within=is_within or place.is_within,
        )
        self._shown(node, style)
        self._flush()
        self._place = place

    def _shown(self, node: LexborNode, style: Declarations) -> None:
        keeps_lines = self._run.keeps_lines
        white_space = style.get("white-space", "")
        self._run.keeps_lines = (
            node.tag in _LINES or white_space.startswith("pre") or (keeps_lines and not white_space)
        )
        if not self._run.read(node, style):
            self._block(node, style)
        self._run.keeps_lines = keeps_lines

    def _block(self, node: LexborNode, style: Declarations) -> None:
        tag = node.tag or ""
        if not _is_block(node, style):
            self._run.box(node, style)
        elif self._run.is_flat:
            self._run.add(" ")
            self._children(node)
            self._run.add(" ")
        elif tag in _HEADINGS or node.attributes.get("role") == "heading":
            self._heading(node)
        elif tag in _LISTS:
            self._flush()
            self._list(node)
        elif tag == "table":
            self._flush()
            self._table(node)
        elif tag == "dl":
            self._flush()
            self._definitions(node)
        else:
            self._flush()
            self._children(node)
            self._flush(is_item=_is_lone_item(node))

    def _flush(self, *, is_item: bool = False) -> None:
        text, linked = self._run.take()
        if not text or text.isspace():
            return
        for kind, line in paragraphs(text):
            share = round(linked * len(line) / len(text))
            line = marked("-", line) if is_item and kind == "paragraph" else line
            self._keep(kind, line, share, is_item=is_item)

    def _keep(
        self,
        kind: BlockKind,
        text: str,
        linked: int,
        *,
        is_item: bool = False,
        is_title: bool = False,
    ) -> None:
        place = self._place
        self.pieces.append(
            Piece(
                *(kind, text, linked, place.is_main, place.is_within, is_title, is_item),
                place.apart,
            )
        )

    def _heading(self, node: LexborNode) -> None:
        self._flush()
        text = self._run.flat(node)
        linked = self._run.take()[1]
        kind: BlockKind = "heading" if len(text) <= _LONGEST_HEADING else "paragraph"
        if text:
            self._keep(kind, text, linked, is_title=node.tag == "h1")

    def _inside(self, node: LexborNode) -> list[Piece]:
        """Return what is in `node`, an item or a cell; what is left out of it goes to `pieces`."""
        before, self.pieces = self.pieces, []
        self._element(node)
        self._flush()
        found, self.pieces = self.pieces, before
        self.pieces += [piece for piece in found if piece.apart and not self._place.apart]
        return [piece for piece in found if self._place.apart or not piece.apart]

    def _list(self, container: LexborNode) -> None:
        """Keep `container` as a list, or as what its items hold if they are sections."""
        children = [child for child in container.iter() if child.is_element_node]
        items = [
            child
            for child in children
            if child.tag == "li" and self._page.is_shown(child, self._page.styles.of(child))
        ]
        mark_of = dict(
            zip(
                [item.mem_id for item in items],
                marks(container, items, self._page.styles),
                strict=True,
            )
        )
        found: list[Piece] = []
        for child in children:
            number, mark = mark_of.get(child.mem_id, (0, ""))
            is_written = self._page.generated.marks(child, number)
            found += with_mark(self._inside(child), "" if is_written else mark)
        if any(piece.kind == "heading" for piece in found):
            self.pieces += found
        elif found:
            text = "\n".join(piece.text for piece in found)
            linked = sum(piece.linked for piece in found)
            self._keep("list", text, linked)

    def _table(self, table: LexborNode) -> None:
        """Keep the rows of `table`, the cells of each set apart by bars, or what a layout holds."""
        for caption in table.iter():
            if caption.tag == "caption":
                self.pieces += self._inside(caption)
        rows = tables.rows(table)
        cells = [cell.node for row in rows for cell in row if not cell.is_again]
        held = {cell.mem_id: self._inside(cell) for cell in cells}
        if _is_layout(table, list(held.values())):
            self.pieces += [piece for cell in cells for piece in held[cell.mem_id]]
            return
        filled = [row for row in rows if any(held[cell.node.mem_id] for cell in row)]
        linked = [sum(p.linked for cell in row for p in held[cell.node.mem_id]) for row in filled]
        for kind, text in table_blocks([self._row(row, held) for row in filled]):
            count = text.count("\n") + 1
            self._keep(kind, text, sum(linked[:count]))
            del linked[:count]

    def _row(self, row: tables.Row, held: Mapping[int, list[Piece]]) -> Row:
        """Return `row`, in whose cells the pieces `held` stand."""
        texts = [
            " ".join(piece.text for piece in held[cell.node.mem_id]).replace("\n", " ")
            for cell in row
        ]
        own = [cell.node for cell, text in zip(row, texts, strict=True) if text]
        return Row(
            tuple(texts),
            is_header=tables.is_header(row),
            is_bold=all(tables.is_bold(node, self._page.styles) for node in own),
            begins_above=any(cell.is_again for cell in row),
        )

    def _definitions(self, container: LexborNode) -> None:
        """Keep each term with its definition: on one line, if that is short."""
        terms: list[Piece] = []
        for is_term, nodes in groupby(_entries(container), key=lambda node: node.tag == "dt"):
            held = [piece for node in nodes for piece in self._inside(node)]
            if is_term:
                terms = held
                continue
            is_short = sum(len(piece.text) for piece in held) <= _SHORT_ENTRY
            if len(terms) == 1 and is_short and all(p.kind == "paragraph" for p in [*terms, *held]):
                between = " " if _AFTER_TERM.search(terms[0].text) else " | "
                values = " | ".join(piece.text for piece in held)
                held = [replace(terms[0], text=f"{terms[0].text}{between}{values}")]
                terms = []
            self.pieces += [*terms, *held]
            terms = []
        self.pieces += terms


def _is_block(node: LexborNode, style: Declarations) -> bool:
    """Return whether `node` begins a line of its own."""
    display = style.get("display", "")
    if style.get("float", "none") != "none" and len(node.text().strip()) > 2:  # no capital dropped
        return True
    if display and display != "none":  # a click shows what is not displayed
        return _DISPLAYED_AS_BLOCK.match(display) is not None
    tag = node.tag
    return tag in _BLOCKS or tag in _LISTS or tag in _HEADINGS


def _is_lone_item(node: LexborNode) -> bool:
    """Return whether `node` is an item that no list holds: Word writes them as paragraphs."""
    if node.tag == "li":
        return node.parent is not None and node.parent.tag not in _LISTS
    return "mso-list:" in (node.attributes.get("style") or "").replace(" ", "")


def _is_layout(table: LexborNode, cells: list[list[Piece]]) -> bool:
    """Return whether `table` only puts text in its place, and its cells are no table's."""
    if table.attributes.get("role") in {"presentation", "none"}:
        return True
    if any(inner.mem_id != table.mem_id for inner in table.css("table")):
        return True
    if table.css_first("th") is not None:
        return False
    lengths = [sum(len(piece.text) for piece in cell) for cell in cells]
    return any(
        length > (_LAYOUT_CELL if len(cell) > 1 else _TALL_CELL)
        for cell, length in zip(cells, lengths, strict=True)
    ) or any(piece.kind == "heading" for cell in cells for piece in cell)


def _entries(container: LexborNode) -> Iterator[LexborNode]:
    """Yield the terms and definitions of `container`, those in a `<div>` too."""
    for child in container.iter():
        if child.tag in {"dt", "dd"}:
            yield child
        elif child.is_element_node:
            yield from _entries(child) if child.tag == "div" else [child]
