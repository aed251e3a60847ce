"""Snapshots of the editions in an archive.

A file is read once for all of them, and the editions built last need not be built again.
"""

from collections import OrderedDict
from collections.abc import Iterator
from functools import partial

from knowledge.library.archive import Archive
from knowledge.library.editions import COMPANIONS, Edition, Held
from knowledge.library.progress import Report, reporting
from knowledge.library.snapshots import Build, Snapshot, assemble
from knowledge.reading.documents import Document, parse, with_metadata
from knowledge.reading.formats.bounds import room_of
from knowledge.reading.parsing import Limits, Parser

_SNAPSHOTS = 2  # remembered: the one that serves, and the last one built beside it


class Builder:
    """Builds snapshots of what is in an archive, and remembers the last _SNAPSHOTS."""

    def __init__(self, archive: Archive, build: Build, max_bytes: int, max_words: int) -> None:
        """Read files of at most `max_bytes` each and `max_words` together; build with `build`."""
        self.archive = archive
        self.max_bytes = max_bytes
        self.max_words = max_words
        self._build = build
        # By name and SHA-256, without what editors say of them.
        self._documents: dict[tuple[str, str], Document] = {}
        self._snapshots: OrderedDict[str, Snapshot] = OrderedDict()  # by edition, latest last

    def snapshot(self, edition: Edition, report: Report) -> Snapshot:
        """Return the snapshot of `edition`, built unless it is remembered.

        Raises KnowledgeError, which names the file, if a file cannot be used.
        """
        if (known := self._snapshots.get(edition.digest)) is not None:
            return self.remember(known)
        with self.parser(report) as parser:
            documents = [
                self.parsed(name, held, None, parser)
                for name, held in reporting(edition.documents, report)
            ]
        companions = {
            name: (self.archive.object(edition.files[name].sha256), name)
            for name in COMPANIONS
            if name in edition.files
        }
        self._make_room(1)  # first, lest there be one more in memory while this one is built
        built = assemble(edition, documents, companions, self._build, partial(report, "encoding"))
        return self.remember(built)

    def snapshot_of(self, digest: str, report: Report) -> Snapshot:
        """Return the snapshot of the edition `digest`.

        Raises KnowledgeError as `snapshot` does, or if it is damaged and not remembered.
        """
        if (known := self._snapshots.get(digest)) is not None:
            return self.remember(known)
        return self.snapshot(self.archive.edition(digest), report)

    def remembered(self) -> Iterator[Snapshot]:
        """Yield the snapshots that are remembered, the latest first."""
        return reversed(self._snapshots.values())

    def remember(self, snapshot: Snapshot) -> Snapshot:
        """Remember `snapshot`, the one used before it, and the documents of both; return it."""
        self._snapshots[snapshot.edition.digest] = snapshot
        self._snapshots.move_to_end(snapshot.edition.digest)
        self._make_room()
        kept = {
            (name, held.sha256)
            for known in self._snapshots.values()
            for name, held in known.edition.documents.items()
        }
        self._documents = {key: read for key, read in self._documents.items() if key in kept}
        return snapshot

    def _make_room(self, count: int = 0) -> None:
        """Forget the snapshots used longest ago, until there is room for `count` more."""
        while len(self._snapshots) > _SNAPSHOTS - count:
            self._snapshots.popitem(last=False)

    def parser(self, report: Report) -> Parser:
        """Return a parser of files that calls `report` while it reads, which may interrupt it."""
        return Parser(Limits(self.max_bytes), partial(report, "reading", 0, 1), self.archive)

    def parsed(self, name: str, held: Held, data: bytes | None, parser: Parser) -> Document:
        """Return the document in the file `held`, which is read once for all editions.

        `data` are its bytes, if they are at hand.
        """
        document = self._documents.get((name, held.sha256))
        if document is None:
            data = self.archive.contents(held.sha256) if data is None else data
            document = parse(data, name, parser)
            self._documents[name, held.sha256] = document
        return with_metadata(document, held.metadata)

    def room(self, name: str, held: Held, parser: Parser) -> int:
        """Return the room that the document in the file `held` takes, in words."""
        document = self.parsed(name, held, None, parser)
        return room_of((b.kind, document.text[b.start : b.end]) for b in document.blocks)
