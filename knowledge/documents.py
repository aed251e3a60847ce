"""Files to Documents: front matter, normalised text, and the blocks it is made of.

The text is normalised once, here, so that what is indexed, quoted and sent is one and the same:
Telegram would silently drop or change what is taken out below. Every later offset points into it.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Literal

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import BaseModel, ConfigDict, HttpUrl, ValidationError

from knowledge.errors import DocumentError
from knowledge.languages import detect

BlockKind = Literal["paragraph", "heading", "list"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading or a whole list: `text[start:end]` of its document.

    A list has one item on each line.
    """

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it is quoted. `id` is the file's name without its ending."""

    id: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    language: str
    date: datetime.date | None = None
    publisher: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents of a folder by name, and an error for each that is unreadable."""

    readable: tuple[Document, ...]
    problems: tuple[DocumentError, ...]


class _FrontMatter(BaseModel):
    """What may stand between two lines of `---` at the head of a document."""

    model_config = ConfigDict(extra="forbid")

    title: str | None = None
    date: datetime.date | None = None
    language: str | None = None
    publisher: str | None = None
    url: HttpUrl | None = None


def read_documents(folder: Path, max_bytes: int) -> Documents:
    """Read every document of `folder`; hidden files, YAML files and sub-folders are passed over.

    A file that cannot be read is a problem, and the others still load. Raises DocumentError if
    `folder` cannot be listed.
    """
    try:
        files = sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as error:
        raise DocumentError(f"{folder}: cannot be listed ({error.strerror})") from error
    readable: dict[str, Document] = {}
    problems = []
    for file in files:
        if file.name.startswith(".") or file.suffix.lower() in {".yaml", ".yml"}:
            continue
        try:
            document = read_document(file, max_bytes)
            if document.id in readable:
                raise DocumentError(f"{file}: another document is called {document.id}; rename one")
            readable[document.id] = document
        except DocumentError as error:
            problems.append(error)
    return Documents(tuple(readable.values()), tuple(problems))


def read_document(file: Path, max_bytes: int) -> Document:
    """Read one document. Raises DocumentError, which names the file and the reason."""
    reader = _READERS.get(file.suffix.lower())
    if reader is None:
        known = " or ".join(_READERS)
        raise DocumentError(f"{file}: files of type '{file.suffix}' are not read, expected {known}")
    source = _read_text(file, max_bytes)
    front_matter, body = _split_front_matter(source, file)
    text, blocks = _lay_out(reader(normalise(body)))
    if not any(_holds_words(text, block) for block in blocks):
        raise DocumentError(f"{file}: there is no text in it")
    name = file.stem.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    headings = (text[block.start : block.end] for block in blocks if block.kind == "heading")
    return Document(
        id=name,
        title=_line(front_matter.title or "") or next(headings, name),
        text=text,
        blocks=blocks,
        language=(front_matter.language or detect(text)).lower(),
        date=front_matter.date,
        publisher=_line(front_matter.publisher or "") or None,
        url=str(front_matter.url) if front_matter.url else None,
    )


def normalise(text: str) -> str:
    """Return `text` as Telegram will show it, so that a quote sent equals the quote stored.

    NFC; line and paragraph separators and form feeds become line ends; tabs and other control
    characters become spaces; bidirectional controls and the three combining marks that the Bot
    API server deletes (U+030A, U+0333, U+033F, read in its source) are dropped.
    """
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]", "\n", text)
    text = re.sub(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff\u030a\u0333\u033f]", "", text)
    text = re.sub(r"[\x00-\x09\x0e-\x1f\x7f-\x9f]", " ", text)
    return unicodedata.normalize("NFC", text)  # what was dropped may have stood between


def _line(text: str) -> str:
    return " ".join(normalise(text).split())


def _holds_words(text: str, block: Block) -> bool:
    return block.kind != "heading" and re.search(r"\w", text[block.start : block.end]) is not None


def _read_text(file: Path, max_bytes: int) -> str:
    try:
        with file.open("rb") as stream:
            data = stream.read(max_bytes + 1)
    except OSError as error:
        raise DocumentError(f"{file}: cannot be read ({error.strerror})") from error
    if len(data) > max_bytes:
        raise DocumentError(
            f"{file}: is larger than {max_bytes} bytes; split it or raise documents.max_bytes"
        )
    if b"\x00" in data:
        raise DocumentError(f"{file}: is not text (it holds NUL bytes); save it as UTF-8 text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{file}: is not UTF-8 (byte {error.start}); save it again as UTF-8"
        ) from error


def _split_front_matter(source: str, file: Path) -> tuple[_FrontMatter, str]:
    match = re.match(r"---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", source, re.DOTALL | re.MULTILINE)
    if match is None:
        return _FrontMatter(), source
    try:
        values = yaml.safe_load(match[1])
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise DocumentError(f"{file}: its front matter is not YAML ({reason})") from error
    if values is None:
        values = {}
    if not isinstance(values, dict):
        raise DocumentError(f"{file}: its front matter is not a list of keys and values")
    try:
        return _FrontMatter.model_validate(values), source[match.end() :]
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        expected = "title, date, language, publisher or url"
        if first["type"] == "extra_forbidden":
            raise DocumentError(f"{file}: unknown key '{key}', expected {expected}") from error
        raise DocumentError(f"{file}: {key} is '{first['input']}' ({first['msg']})") from error


# A line of a list: a bullet or a number, then space. A lone dash opens dialogue in Russian too,
# so a single such line makes a list only beside others; see `_read_txt`.
_LIST_ITEM = re.compile(r"\s*(?:[-–—•*○◦▪‣●·]|\(?\d{1,3}[.)]|\(?[a-zа-я]\))\s+\S")
_WRAPPED_WIDTH = (50, 110)  # characters in the lines of a text wrapped by hand


def _read_txt(source: str) -> Iterator[tuple[BlockKind, str]]:
    """Yield the blocks of a plain text: each line is a paragraph, unless blank lines set those
    apart and the lines are wrapped by hand; lines with bullets or numbers in a row are a list.
    """
    stanzas = [
        [line.strip() for line in stanza.split("\n")]
        for stanza in re.split(r"\n\s*\n", source.strip())
    ]
    is_wrapped = len(stanzas) > 1 and _is_wrapped(stanzas)
    for stanza in stanzas:
        lines = list(_joined(stanza)) if is_wrapped else stanza
        yield from _grouped(line for line in lines if line)


def _is_wrapped(stanzas: Iterable[list[str]]) -> bool:
    inner = [len(line) for stanza in stanzas for line in stanza[:-1]]
    low, high = _WRAPPED_WIDTH
    return bool(inner) and low <= median(inner) and max(inner) <= high


def _joined(lines: Iterable[str]) -> Iterator[str]:
    """Yield wrapped lines as one, apart from items of a list."""
    whole: list[str] = []
    for line in lines:
        if _LIST_ITEM.match(line) and whole:
            yield " ".join(whole)
            whole = []
        whole.append(line)
    yield " ".join(whole)


def _grouped(lines: Iterable[str]) -> Iterator[tuple[BlockKind, str]]:
    items: list[str] = []
    for line in lines:
        if _LIST_ITEM.match(line):
            items.append(line)
            continue
        yield from _list_or_paragraph(items)
        items = []
        yield "paragraph", line
    yield from _list_or_paragraph(items)


def _list_or_paragraph(items: list[str]) -> Iterator[tuple[BlockKind, str]]:
    if len(items) > 1:
        yield "list", "\n".join(items)
    elif items:
        yield "paragraph", items[0]


def _read_md(source: str) -> Iterator[tuple[BlockKind, str]]:
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
                text = _line(token.content if token.children is None else _plain(token))
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


_Reader = Callable[[str], Iterator[tuple[BlockKind, str]]]
_READERS: dict[str, _Reader] = {".txt": _read_txt, ".md": _read_md}


def _lay_out(blocks: Iterable[tuple[BlockKind, str]]) -> tuple[str, tuple[Block, ...]]:
    """Return the document's text, its blocks on lines of their own, and where each of them lies."""
    parts, placed, start = [], [], 0
    for kind, text in blocks:
        if not text.strip():
            continue
        parts.append(text)
        placed.append(Block(kind, start, start + len(text)))
        start += len(text) + 1
    return "\n".join(parts), tuple(placed)
