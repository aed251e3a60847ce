"""Snapshots of the editions in an archive: a file is read once for all of them, and an edition that
was built last need not be built again.
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

_SNAPSHOTS = 2  # kept: what serves, and what was built last beside it


class Builder:
    """Builds snapshots of what is in an archive, and remembers the last _SNAPSHOTS."""

    def __init__(self, archive: Archive, build: Build, max_bytes: int, max_words: int) -> None:
        """Read files of at most `max_bytes`, of `max_words` together, and build with `build`."""
        self.archive = archive
        self.max_bytes = max_bytes
        self.max_words = max_words
        self._build = build
        self._documents: dict[tuple[str, str], Document] = {}  # by name and SHA-256, as they came
        self._snapshots: OrderedDict[str, Snapshot] = OrderedDict()  # by edition, latest last

    def snapshot(self, edition: Edition, report: Report) -> Snapshot:
        """Return the snapshot of `edition`, built unless it is remembered.

        Raises KnowledgeError, which names the file, if one cannot be used.
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
        self._make_room(1)  # before it is built, or there would be one more in memory
        built = assemble(edition, documents, companions, self._build, partial(report, "encoding"))
        return self.remember(built)

    def snapshot_of(self, digest: str, report: Report) -> Snapshot:
        """Return the snapshot of the edition of that name.

        Raises KnowledgeError as `snapshot` does, or if it is not remembered and damaged.
        """
        if (known := self._snapshots.get(digest)) is not None:
            return self.remember(known)
        return self.snapshot(self.archive.edition(digest), report)

    def remembered(self) -> Iterator[Snapshot]:
        """Yield the snapshots that need not be built, the latest first."""
        return reversed(self._snapshots.values())

    def remember(self, snapshot: Snapshot) -> Snapshot:
        """Keep `snapshot` and the one before it, and of the documents those that they hold."""
        self._snapshots[snapshot.edition.digest] = snapshot
        self._snapshots.move_to_end(snapshot.edition.digest)
        self._make_room()
        kept = {
            (name, held.sha256)
            for one in self._snapshots.values()
            for name, held in one.edition.documents.items()
        }
        self._documents = {f: d for f, d in self._documents.items() if f in kept}
        return snapshot

    def _make_room(self, count: int = 0) -> None:
        """Forget the snapshots that were wanted longest ago, so that there is room for `count`."""
        while len(self._snapshots) > _SNAPSHOTS - count:
            self._snapshots.popitem(last=False)

    def parser(self, report: Report) -> Parser:
        """Return what reads files, and lets `report` interrupt it while it does."""
        return Parser(Limits(self.max_bytes), partial(report, "reading", 0, 1), self.archive)

    def parsed(self, name: str, held: Held, data: bytes | None, parser: Parser) -> Document:
        """Return the document in the file `held`, read once for all editions; `data` are its bytes
        where they are at hand.
        """
        found = self._documents.get((name, held.sha256))
        if found is None:
            data = self.archive.contents(held.sha256) if data is None else data
            found = parse(data, name, parser)
            self._documents[name, held.sha256] = found
        return with_metadata(found, held.metadata)

    def room(self, name: str, held: Held, parser: Parser) -> int:
        """Return how much room the document in the file `held` takes, in words."""
        document = self.parsed(name, held, None, parser)
        return room_of((b.kind, document.text[b.start : b.end]) for b in document.blocks)
