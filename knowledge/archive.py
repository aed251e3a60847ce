"""Published editions on disk: the last ten, every file once, and which of them serves.

    objects/SHA-256        the bytes of a file
    scans/SHA-256          what a machine read in that file, if there are pictures of pages in it
    editions/SHA-256       which files an edition holds
    published.json         the history, and what serves now

All is written before `published.json` names it, and that is replaced in one step. So a process
killed at any moment leaves the old state or the new one.
"""

import fcntl
import hashlib
import os
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from knowledge import durable
from knowledge.editions import (
    Edition,
    Published,
    edition_of,
    published_as_json,
    published_of,
)
from knowledge.errors import KnowledgeError
from knowledge.problems import problem

KEPT = 10
"""Publications in the history; older ones are forgotten, and so are files that only they held."""


_LOCK = "lock"
_SETTLED_SECONDS = 3600.0  # after which no other process is about to publish a file
_NONE: frozenset[str] = frozenset()


class Archive:
    """The editions in a folder, which several processes may share."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`, which is made when something is first kept."""
        self._folder = folder
        self._objects, self._editions = folder / "objects", folder / "editions"
        self._scans = folder / "scans"
        self._published = folder / "published.json"
        self._put: set[str] = set()  # what was kept here and not published since

    def published(self) -> Published | None:
        """Return what was published; None before anything was.

        Raises KnowledgeError if it cannot be read.
        """
        try:
            return published_of(self._published.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise self._damaged(self._published, error) from error

    def stamp(self) -> int:
        """Return a number that is another one after each publication, by whatever process."""
        try:
            return self._published.stat().st_mtime_ns
        except OSError:
            return 0

    def edition(self, digest: str) -> Edition:
        """Return the edition of that name. Raises KnowledgeError if it is not there, whole."""
        return edition_of(self._read(self._editions / digest))

    def contents(self, sha256: str) -> bytes:
        """Return the bytes of a file. Raises KnowledgeError if they are not there, whole."""
        return self._read(self._objects / sha256)

    def object(self, sha256: str) -> Path:
        """Return where the bytes of a file lie."""
        return self._objects / sha256

    def put(self, data: bytes) -> str:
        """Keep the bytes of a file and return their SHA-256, until `forget` finds that no
        publication holds them.

        Raises KnowledgeError if they cannot be written.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        self._put.add(sha256)
        try:
            os.utime(self._objects / sha256)  # it is wanted, so it must not be swept away
        except OSError:
            durable.write(self._objects / sha256, data)
        return sha256

    def scanned(self, data: bytes) -> bytes | None:
        """Return what was kept of what a machine read in the file `data`; None if nothing was."""
        try:
            return (self._scans / hashlib.sha256(data).hexdigest()).read_bytes()
        except OSError:
            return None

    def keep_scanned(self, data: bytes, read: bytes) -> None:
        """Keep what a machine read in the file `data` for as long as that is kept.

        Where that is impossible it is read again, which costs time and nothing else.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        self._put.add(sha256)
        with suppress(KnowledgeError):
            durable.write(self._scans / sha256, read)

    def publish(self, published: Published, edition: Edition) -> None:
        """Let `published`, whose current edition is `edition`, be what serves.

        Call it within `locked`. Raises KnowledgeError, and nothing is changed, if a file of the
        edition is not kept or the disk does not take it.
        """
        for name, held in edition.files.items():
            if not (self._objects / held.sha256).exists():
                raise KnowledgeError(problem("not_kept", name))
        durable.write(self._editions / edition.digest, edition.as_json())
        durable.write(self._published, published_as_json(published))
        self._sweep(published)

    def forget(self, wanted: Collection[str] = _NONE, *, is_start: bool = False) -> None:
        """Forget what was kept here and no publication holds, but for what is still `wanted`, by
        its SHA-256; at the start of the bot also what one kept that was killed.

        What another process may be about to publish stays for an hour. Where the folder may only be
        read all stays.
        """
        if not self._folder.is_dir():
            return
        with suppress(KnowledgeError), self.locked():
            if (published := self.published()) is not None:
                self._sweep(published, self._put - {*wanted}, is_start=is_start)
                self._put &= {*wanted}

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Let no other process publish in between. Raises KnowledgeError if that is impossible."""
        try:
            durable.make_folder(self._folder)
            descriptor = os.open(self._folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise KnowledgeError(
                problem("unwritable", self._folder, reason=error.strerror or "")
            ) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _read(self, file: Path) -> bytes:
        try:
            data = file.read_bytes()
        except OSError as error:
            raise self._damaged(file, error) from error
        if hashlib.sha256(data).hexdigest() != file.name:
            raise self._damaged(file, ValueError("it is not what was written"))
        return data

    def _damaged(self, file: Path, error: Exception) -> KnowledgeError:
        reason = error.strerror if isinstance(error, OSError) else str(error).split("\n")[0]
        return KnowledgeError(
            problem("archive_damaged", file, reason=reason or "", folder=str(self._folder))
        )

    def _sweep(
        self, published: Published, unwanted: Collection[str] = _NONE, *, is_start: bool = False
    ) -> None:
        """Forget what no publication holds: editions, and files that one of them held, that are
        `unwanted` or that lie here for an hour, at a start all; and what a process was writing when
        it died. Call it within `locked`.

        What stays costs room and nothing else, so nothing is lost if that is impossible.
        """
        editions = {one.edition for one in published.history}
        with suppress(OSError, KnowledgeError):
            held = {sha256 for digest in editions for sha256 in self._held_by(digest)}
            gone = {*unwanted}
            for file in self._files(self._editions):
                if file.name not in editions:
                    with suppress(KnowledgeError):
                        gone |= self._held_by(file.name)
                    file.unlink()
            for file in (*self._files(self._objects), *self._files(self._scans)):
                is_settled = time.time() - file.stat().st_mtime > _SETTLED_SECONDS
                if file.name not in held and (is_start or is_settled or file.name in gone):
                    file.unlink()
        for folder in (self._folder, self._editions, self._objects, self._scans):
            with suppress(OSError):
                durable.sweep(folder)

    def _held_by(self, digest: str) -> set[str]:
        return {held.sha256 for held in self.edition(digest).files.values()}

    def _files(self, folder: Path) -> list[Path]:
        """Return the files in `folder` that are whole."""
        if not folder.is_dir():
            return []
        return [one for one in folder.iterdir() if one.is_file() and one.name[0] != "."]
