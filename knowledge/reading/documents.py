"""Files to Documents: what they are called and say of themselves, their text and its blocks.

The text is normalised once, by the readers, so that what is indexed, quoted and sent is one and
the same. Every later offset points into it.
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
from knowledge.words.detection import detect
from knowledge.words.text import one_line


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, a whole list or table: `text[start:end]` of its document.

    A list has one item on each line, a table one row. What its columns are called is a block
    before it.
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
    notes: Notes = field(default_factory=Notes, compare=False)


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents of a folder by name, and an error for each that is unreadable."""

    readable: tuple[Document, ...]
    problems: tuple[DocumentError, ...]


_NOTHING = Metadata()


def read_documents(folder: Path, max_bytes: int) -> Documents:
    """Read every document of `folder`; hidden files, YAML files and sub-folders are passed over.

    A file that cannot be read is a problem, and the others still load. Raises DocumentError if
    `folder` cannot be listed.
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
    """Return the files of `folder` that should be documents, by name: not hidden, and no YAML.

    Raises DocumentError if it cannot be listed.
    """
    try:
        files = sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as error:
        raise DocumentError(
            problem("folder_unreadable", folder, reason=error.strerror or "")
        ) from error
    return [f for f in files if f.name[0] != "." and f.suffix.lower() not in {".yaml", ".yml"}]


def read_bytes(file: Path, max_bytes: int) -> bytes:
    """Return what is in `file`, up to one byte more than `max_bytes`, which `parse` then refuses.

    Raises DocumentError, which names the file, if it cannot be read.
    """
    try:
        with file.open("rb") as stream:
            return stream.read(max_bytes + 1)
    except OSError as error:
        raise DocumentError(problem("unreadable", file, reason=error.strerror or "")) from error


def parse(data: bytes, name: str, parser: Parser, metadata: Metadata = _NOTHING) -> Document:
    """Return the document that the bytes of the file called `name` hold.

    `metadata` goes over what the file says of itself. One `parser` may read many files. Raises
    DocumentError, which begins with `name` and says what is wrong and what to do.
    """
    parsed = parser.parse(data, name)
    text, blocks = _lay_out(parsed.blocks)
    if not any(_holds_words(text, block) for block in blocks):
        raise DocumentError(problem("no_text", name))
    identity = document_id(name)
    headings = (text[block.start : block.end] for block in blocks if block.kind == "heading")
    untold = Document(
        id=identity,
        title=next(headings, identity),
        text=text,
        blocks=blocks,
        language=detect(text),
    )
    told = replace(with_metadata(untold, sane(parsed.fields)), notes=parsed.notes)
    return with_metadata(told, metadata)


def document_id(name: str) -> str:
    """Return the id of the document in the file called `name`: that without its ending."""
    return PurePath(name).stem.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def with_metadata(document: Document, metadata: Metadata) -> Document:
    """Return `document` with what `metadata` knows in place of what it said, or was guessed."""
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
    """Return the document's text, its blocks on lines of their own, and where each of them lies."""
    parts, placed, start = [], [], 0
    for kind, text in blocks:
        if not text.strip():
            continue
        parts.append(text)
        placed.append(Block(kind, start, start + len(text)))
        start += len(text) + 1
    return "\n".join(parts), tuple(placed)
