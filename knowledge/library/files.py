"""The files of the next edition, from the disk and from the chat.

Whichever of the two changed a file last decides. What is new, changed or gone on disk since it was
last looked at is taken over; other files stay as the editors left them in the chat.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.errors import DocumentError, KnowledgeError
from knowledge.library.archive import Archive
from knowledge.library.builder import Builder
from knowledge.library.editions import COMPANIONS, Held, Published, is_document
from knowledge.library.progress import Report, reporting
from knowledge.problems import Problem, problem
from knowledge.reading.documents import document_files, document_id, read_bytes
from knowledge.reading.file_names import safe_name
from knowledge.reading.metadata import Metadata, check_date
from knowledge.reading.parsing import Parser


@dataclass(frozen=True, slots=True)
class Files:
    """Files by name as an edition is to hold them; `seen` and `left_out` are those of Published."""

    held: Mapping[str, Held]
    seen: Mapping[str, str]
    left_out: Mapping[str, Problem | str]


def files_in(folder: Path) -> dict[str, Path]:
    """Return the paths of the documents in `folder` and of the COMPANIONS beside them, by name.

    Raises DocumentError if `folder` cannot be listed.
    """
    documents = {file.name: file for file in document_files(folder)}
    beside = {name: folder / name for name in COMPANIONS}
    return documents | {name: file for name, file in beside.items() if file.is_file()}


def files_of(published: Published, edition: str, archive: Archive) -> Files:
    """Return the files of the edition with that digest, with what `published` says of the disk."""
    return Files(archive.edition(edition).files, published.seen, published.left_out)


def all_on_disk(
    folder: Path, builder: Builder, report: Report
) -> tuple[Files, tuple[DocumentError, ...]]:
    """Return the files in `folder` that can be used, and why the others cannot."""
    held: dict[str, Held] = {}
    seen: dict[str, str] = {}
    left_out: dict[str, Problem | str] = {}
    problems: list[DocumentError] = []
    words = 0
    with builder.parser(report) as parser:
        for name, file in reporting(files_in(folder), report):
            try:
                data = read_bytes(file, builder.max_bytes)
                seen[name] = builder.archive.put(data)
                held[name] = Held(seen[name])
                if is_document(name):
                    _check(name, data, held, builder, parser)
                    with_it = words + builder.room(name, held[name], parser)
                    if with_it > builder.max_words:
                        raise _no_room(name, with_it, builder)
                    words = with_it
            except DocumentError as error:
                held.pop(name, None)
                left_out[name] = error.problem or str(error)
                problems.append(error)
    return Files(held, seen, left_out), tuple(problems)


def changed_on_disk(files: Files, folder: Path, builder: Builder, report: Report) -> Files:
    """Return `files` with what has changed in `folder` since it was last looked at.

    Raises KnowledgeError, which names the file, if a changed file cannot be used.
    """
    held, seen, left_out = dict(files.held), dict[str, str](), dict(files.left_out)
    on_disk = files_in(folder)
    if not any(map(is_document, on_disk)) and any(map(is_document, files.seen)):
        raise KnowledgeError(problem("all_gone", folder))
    for name in files.seen.keys() - on_disk.keys():
        left_out.pop(name, None)
        # It goes, unless an editor has put another one in its place.
        if name in held and held[name].sha256 == files.seen[name]:
            del held[name]
    with builder.parser(report) as parser:
        for name, file in reporting(on_disk, report):
            data = read_bytes(file, builder.max_bytes)
            seen[name] = hashlib.sha256(data).hexdigest()
            if files.seen.get(name) != seen[name]:
                left_out.pop(name, None)
                known = held[name].metadata if name in held else Metadata()
                held[name] = Held(builder.archive.put(data), known)
                if is_document(name):
                    _check(name, data, held, builder, parser)
        _check_room(held, files.held, builder, parser)
    return Files(held, seen, left_out)


def with_document(
    files: Files, name: str, data: bytes, metadata: Metadata, builder: Builder, report: Report
) -> Files:
    """Return `files` with `data` as the document called `name`, new or not.

    `metadata` overrides what editors said of it before, and that what the file says of itself.
    Raises KnowledgeError, which names the file, if it cannot be read or may not have that name.
    """
    name, held = safe_name(name), dict(files.held)
    for other in [other for other in held if _is_called(other, name)]:
        metadata = metadata.over(held.pop(other).metadata)
    held[name] = Held(hashlib.sha256(data).hexdigest(), metadata)
    with builder.parser(report) as parser:
        _check(name, data, held, builder, parser)
        _check_room(held, files.held, builder, parser)
    builder.archive.put(data)
    return replace(files, held=held)


def without_document(files: Files, name: str) -> Files:
    """Return `files` without the document called `name`. Raises KnowledgeError if there is none."""
    if name not in files.held or not is_document(name):
        raise KnowledgeError(problem("no_such_document", name))
    return replace(files, held={other: held for other, held in files.held.items() if other != name})


def _check(
    name: str, data: bytes, held: Mapping[str, Held], builder: Builder, parser: Parser
) -> None:
    """Raise DocumentError if the file `name` of `held`, whose bytes are `data`, cannot be read as a
    document, has the id of another one, or has a date that is yet to come.
    """
    for other in filter(is_document, held):
        if other != name and document_id(other) == document_id(name):
            raise DocumentError(problem("same_name", name, other=other))
    check_date(builder.parsed(name, held[name], data, parser).date, name)


def _check_room(
    held: Mapping[str, Held], before: Mapping[str, Held], builder: Builder, parser: Parser
) -> None:
    """Raise DocumentError if the documents of `held` need more room than there is, and more than
    those `before`, which serve. It names the largest of the new ones.
    """
    new = [name for name in held if is_document(name) and before.get(name) != held[name]]
    if not new:
        return
    room = {name: builder.room(name, held[name], parser) for name in filter(is_document, held)}
    words = sum(room.values())
    if words <= builder.max_words:
        return
    served = (builder.room(name, before[name], parser) for name in filter(is_document, before))
    if words > sum(served):
        raise _no_room(max(new, key=lambda name: room[name]), words, builder)


def _no_room(name: str, words: int, builder: Builder) -> DocumentError:
    return DocumentError(problem("too_much_together", name, words=words, most=builder.max_words))


def _is_called(other: str, name: str) -> bool:
    """Return whether the file `other`, perhaps from the disk, is called `name` in a chat."""
    try:
        return is_document(other) and safe_name(other) == name
    except DocumentError:
        return False
