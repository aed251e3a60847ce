"""Reads files into Documents: their title and other metadata, their text, and its blocks.

The readers of formats normalise the text once, so that the same text is indexed, quoted and sent.
Every later offset points into it.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from knowledge.errors import DocumentError
from knowledge.problems import problem
from knowledge.reading.formats import BlockKind, BlockText, Notes
from knowledge.reading.metadata import Metadata, check_date, sane
from knowledge.reading.parsing import Limits, Parser
from knowledge.reading.regular import read_start
from knowledge.words.detection import detect
from knowledge.words.text import one_line


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, a whole list or table: `text[start:end]` of its document.

    A list has one item on each line, a table one row. The header of a table is a block of its own,
    "columns", before it.
    """

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it is quoted. `id` is the name of its file without the ending."""

    id: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    language: str
    date: datetime.date | None = None
    publisher: str | None = None
    url: str | None = None
    notes: Notes = field(default_factory=Notes, compare=False)


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents of a folder, sorted by file name, and an error for each that was refused."""

    readable: tuple[Document, ...]
    problems: tuple[DocumentError, ...]


_NOTHING = Metadata()


def read_documents(folder: Path, max_bytes: int) -> Documents:
    """Read every document of `folder`, without hidden files, YAML files and sub-folders.

    A file that cannot be read, has the id of another one or is dated in the future is a problem,
    and the others still load. Raises DocumentError if `folder` cannot be listed.
    """
    readable: dict[str, Document] = {}
    problems = []
    with Parser(Limits(max_bytes)) as parser:
        for file in document_files(folder):
            try:
                document = parse(read_bytes(file, max_bytes), str(file), parser)
                check_date(document.date, str(file))
                if document.id in readable:
                    raise DocumentError(problem("same_id", file, id=document.id))
                readable[document.id] = document
            except DocumentError as error:
                problems.append(error)
    return Documents(tuple(readable.values()), tuple(problems))


def read_document(file: Path, max_bytes: int) -> Document:
    """Read one document. Raises DocumentError, which names the file and the reason."""
    with Parser(Limits(max_bytes)) as parser:
        return parse(read_bytes(file, max_bytes), str(file), parser)


def document_files(folder: Path) -> list[Path]:
    """Return the files of `folder`, sorted by name, without hidden files and YAML files.

    Raises DocumentError if `folder` cannot be listed.
    """
    try:
        files = sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as error:
        raise DocumentError(
            problem("folder_unreadable", folder, reason=error.strerror or "")
        ) from error
    return [f for f in files if f.name[0] != "." and f.suffix.lower() not in {".yaml", ".yml"}]


def read_bytes(file: Path, max_bytes: int) -> bytes:
    """Return the bytes of `file`, at most one more than `max_bytes`, which `parse` then refuses.

    Raises DocumentError, which names the file, if it cannot be read.
    """
    try:
        return read_start(file, max_bytes)
    except OSError as error:
        raise DocumentError(problem("unreadable", file, reason=error.strerror or "")) from error


def parse(data: bytes, name: str, parser: Parser, metadata: Metadata = _NOTHING) -> Document:
    """Return the document in `data`, the bytes of the file called `name`.

    `metadata` overrides what the file says of itself. One `parser` may read many files. Raises
    DocumentError, which begins with `name` and says what is wrong and what to do.
    """
    parsed = parser.parse(data, name)
    text, blocks = _lay_out(parsed.blocks)
    if not any(_holds_words(text, block) for block in blocks):
        raise DocumentError(problem("no_text", name))
    identity = document_id(name)
    headings = (text[block.start : block.end] for block in blocks if block.kind == "heading")
    without_fields = Document(
        id=identity,
        title=next(headings, identity),
        text=text,
        blocks=blocks,
        language=detect(text),
    )
    with_fields = replace(with_metadata(without_fields, sane(parsed.fields)), notes=parsed.notes)
    return with_metadata(with_fields, metadata)


def document_id(name: str) -> str:
    """Return the id of the document in the file called `name`: `name` without folder and ending."""
    return PurePath(name).stem.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def with_metadata(document: Document, metadata: Metadata) -> Document:
    """Return `document` with the known fields of `metadata` in place of its own, guessed or not."""
    guessed = tuple(key for key in document.notes.guessed if getattr(metadata, key) is None)
    return replace(
        document,
        title=one_line(metadata.title or "") or document.title,
        language=(metadata.language or document.language).lower(),
        date=metadata.date or document.date,
        publisher=one_line(metadata.publisher or "") or document.publisher,
        url=metadata.url or document.url,
        notes=replace(document.notes, guessed=guessed),
    )


def _holds_words(text: str, block: Block) -> bool:
    return (
        block.kind not in {"heading", "columns"}
        and re.search(r"\w", text[block.start : block.end]) is not None
    )


def _lay_out(blocks: Iterable[BlockText]) -> tuple[str, tuple[Block, ...]]:
    """Return the text of all `blocks` that are not empty, each on lines of its own, and the blocks
    with their places in it.
    """
    parts, placed, start = [], [], 0
    for kind, text in blocks:
        if not text.strip():
            continue
        parts.append(text)
        placed.append(Block(kind, start, start + len(text)))
        start += len(text) + 1
    return "\n".join(parts), tuple(placed)
