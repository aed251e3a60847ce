"""Markdown (CommonMark and tables), with front matter or without."""

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.readers import BlockText, Contents, front_matter
from knowledge.readers.encoding import decode
from knowledge.text import normalise, one_line


def read(data: bytes) -> Contents:
    """Return what the Markdown file `data` holds. Raises DocumentError."""
    front = front_matter.split(decode(data))
    return Contents(front.fields, tuple(_blocks(normalise(front.body))), front.notes)


def _blocks(source: str) -> Iterator[BlockText]:
    """Yield the blocks of a CommonMark text as a reader sees them, without its marks.

    A row of a table is a paragraph, its cells set apart by bars.
    """
    items: list[str] = []
    cells: list[str] = []
    depth, bullet, is_heading, is_row = 0, "", False, False
    for token in MarkdownIt("commonmark").enable("table").parse(source):
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                depth += 1
            case "bullet_list_close" | "ordered_list_close":
                depth -= 1
                if depth == 0:
                    yield "list", "\n".join(items)
                    items = []
            case "list_item_open":
                bullet = f"{token.info}{token.markup} " if token.info else "- "
            case "heading_open" | "heading_close":
                is_heading = token.type == "heading_open"
            case "tr_open":
                cells, is_row = [], True
            case "tr_close":
                is_row = False
                yield "paragraph", " | ".join(cells)
            case "inline" | "fence" | "code_block":
                text = one_line(token.content if token.children is None else _plain(token))
                if is_row:
                    cells.append(text)
                elif text and depth:
                    items.append(bullet + text)
                    bullet = ""
                elif text:
                    yield ("heading" if is_heading else "paragraph"), text


def _plain(inline: Token) -> str:
    parts = []
    for token in inline.children or []:
        if token.type in {"softbreak", "hardbreak"} or token.content.startswith("<br"):
            parts.append(" ")
        elif token.type in {"text", "code_inline", "image"}:
            parts.append(token.content)
    return "".join(parts)
