"""Published editions on disk: the last ten, each file once, and which of them serves.

    objects/SHA-256        the bytes of a file
    scans/SHA-256          what a machine read in that file, if it has pictures of pages
    editions/SHA-256       which files an edition holds
    published.json         the history, and which edition serves
    damaged/               files found damaged, for whoever repairs them

Everything is written before `published.json` names it, and that file is replaced in one step. So a
process killed at any moment leaves the old state or the new one.
"""

import datetime
import fcntl
import hashlib
import os
import time
import weakref
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, suppress
from pathlib import Path

from knowledge.errors import DamagedError, KnowledgeError
from knowledge.library import durable
from knowledge.library.editions import (
    Edition,
    Published,
    edition_of,
    published_as_json,
    published_of,
)
from knowledge.problems import problem
from knowledge.reading.regular import MOST, read_whole

KEPT = 10
"""Publications in the history; older ones are forgotten, with the files that only they held."""

_LOCK = "lock"
_IN_USE = "in-use"  # each process that has put something here holds a shared lock on it
_SETTLED_SECONDS = 3600.0  # after that no process is about to publish a file
_NONE: frozenset[str] = frozenset()


class Archive:
    """The editions in a folder, which several processes may share."""

    def __init__(self, folder: Path, max_bytes: int = MOST) -> None:
        """Use `folder`, which is made when something is first kept, for files of at most
        `max_bytes`; a larger one is damaged.
        """
        self.folder = folder
        self._max_bytes = max_bytes
        self._objects, self._editions = folder / "objects", folder / "editions"
        self._scans = folder / "scans"
        self._published = folder / "published.json"
        self._damaged = folder / "damaged"
        # What this process alone has kept and not published since, and when; None for a scan.
        self._put: dict[str, int | None] = {}
        self._in_use: int | None = None  # a file, open and locked for as long as this object lives
        self._leave: Callable[[], object] = lambda: None

    def published(self) -> Published | None:
        """Return what was published; None before anything was.

        Raises DamagedError if it cannot be read, or is missing while there are editions.
        """
        try:
            return published_of(read_whole(self._published))
        except FileNotFoundError as error:
            if self.editions():
                raise self._damage(self._published, error) from error
            return None
        except (OSError, ValueError) as error:
            raise self._damage(self._published, error) from error

    def stamp(self) -> int:
        """Return a number that changes with each publication, by any process."""
        try:
            return self._published.stat().st_mtime_ns
        except OSError:
            return 0

    def edition(self, digest: str) -> Edition:
        """Return the edition `digest`. Raises DamagedError if it is missing or damaged."""
        return edition_of(self._read(self._editions / digest))

    def editions(self) -> dict[str, datetime.datetime]:
        """Return the digests of the editions that are there, whole or not, and when each was last
        published (UTC), in order of time.
        """
        try:
            files = [file for file in self._editions.iterdir() if file.name[0] != "."]
            times = {file.name: file.stat().st_mtime for file in files}
        except OSError:
            return {}
        in_order = sorted(times.items(), key=lambda item: item[1])
        return {name: datetime.datetime.fromtimestamp(at, datetime.UTC) for name, at in in_order}

    def faults(self, digest: str) -> list[DamagedError]:
        """Return what is damaged or missing of the edition `digest`; [] if it is whole."""
        try:
            objects = self._held_by(digest)
        except DamagedError as error:
            return [error]
        faults = []
        for sha256 in sorted(objects):
            try:
                self.contents(sha256)
            except DamagedError as error:
                faults.append(error)
        return faults

    def is_whole(self, file: Path) -> bool:
        """Return whether `file`, an edition or an object, has the bytes that were written."""
        try:
            self._read(file)
        except DamagedError:
            return False
        return True

    def set_aside(self, file: Path) -> None:
        """Move `file` of this archive, which is damaged, to where nothing reads it.

        Raises KnowledgeError if that is impossible; a missing file is no error.
        """
        try:
            aside = self._damaged / f"{file.name}.{file.lstat().st_mtime_ns}"
            durable.make_folder(self._damaged)
            file.replace(aside)
        except FileNotFoundError:
            return
        except OSError as error:
            raise KnowledgeError(
                problem("unwritable", self._damaged, reason=error.strerror or "")
            ) from error

    def damaged(self) -> int:
        """Return how many damaged files are set aside."""
        try:
            return len(list(self._damaged.iterdir()))
        except OSError:
            return 0

    def is_writable(self) -> bool:
        """Return whether the folder, or the one in which it would be made, may be written to."""
        folders = (self.folder, *self.folder.parents)
        folder = next(folder for folder in folders if folder.exists())
        return os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)

    def contents(self, sha256: str) -> bytes:
        """Return the bytes of a file. Raises DamagedError if they are missing or damaged."""
        return self._read(self._objects / sha256)

    def object(self, sha256: str) -> Path:
        """Return the path at which the bytes of a file are kept."""
        return self._objects / sha256

    def put(self, data: bytes) -> str:
        """Keep `data`, the bytes of a file, and return their SHA-256.

        They are kept until `forget` finds that no publication holds them. Raises KnowledgeError if
        they cannot be written.
        """
        self._stay()
        sha256 = hashlib.sha256(data).hexdigest()
        file = self._objects / sha256
        is_ours_alone = self._kept_at(sha256) in {None, self._put.get(sha256)}
        try:
            self.contents(sha256)
            os.utime(file)  # it is wanted, so it must not be swept away
        except DamagedError:
            self.set_aside(file)
            durable.write(file, data)
        except OSError:
            durable.write(file, data)
        if is_ours_alone:
            self._put[sha256] = self._kept_at(sha256)
        return sha256

    def scanned(self, data: bytes) -> bytes | None:
        """Return what `keep_scanned` kept for the file `data`; None if nothing."""
        try:
            return read_whole(self._scans / hashlib.sha256(data).hexdigest(), self._max_bytes)
        except OSError:
            return None

    def keep_scanned(self, data: bytes, read: bytes) -> None:
        """Keep `read`, what a machine read in the file `data`, for as long as the file is kept.

        Where that is impossible the file is read again, which costs time and nothing else.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        self._put.setdefault(sha256, None)
        with suppress(KnowledgeError):
            durable.write(self._scans / sha256, read)

    def publish(self, published: Published, edition: Edition) -> None:
        """Let `published`, whose current edition is `edition`, serve from now on.

        Call it within `locked`. Raises KnowledgeError, and changes nothing, if a file of the
        edition is not kept or the disk does not take it.
        """
        for name, held in edition.files.items():
            if not (self._objects / held.sha256).exists():
                raise KnowledgeError(problem("not_kept", name))
        durable.write(self._editions / edition.digest, edition.as_json())
        durable.write(self._published, published_as_json(published))
        self._sweep(published)

    def forget(self, wanted: Collection[str] = _NONE, *, is_start: bool = False) -> None:
        """Forget what this process kept and no publication holds, except what is still `wanted`, by
        SHA-256; with `is_start`, when the bot starts, also what killed processes kept.

        What another process may be about to publish stays for an hour: files that it has kept too,
        and at a start, while another process is here, all that is kept. Where the folder may only
        be read everything stays.
        """
        if not self.folder.is_dir():
            return
        with suppress(KnowledgeError), self.locked():
            if (published := self.published()) is not None:
                unwanted = self._put.keys() - {*wanted}
                ours = {sha256 for sha256 in unwanted if self._kept_at(sha256) == self._put[sha256]}
                self._sweep(published, ours, is_start=is_start and self._is_alone())
                for sha256 in unwanted:
                    del self._put[sha256]

    def locked(self) -> AbstractContextManager[None]:
        """Return a context in which nobody else can publish. Raises KnowledgeError if it cannot."""
        return durable.locked(self.folder / _LOCK)

    def _stay(self) -> int:
        """Let other processes know, until this one ends, that it is here. Return the file that says
        so, open. Raises KnowledgeError.
        """
        if self._in_use is None:
            self._in_use = durable.open_to_lock(self.folder / _IN_USE)
            self._leave = weakref.finalize(self, os.close, self._in_use)
            fcntl.flock(self._in_use, fcntl.LOCK_SH)
        return self._in_use

    def _is_alone(self) -> bool:
        """Return whether no other running process has put anything here. Call within `locked`."""
        file = self._stay()
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            fcntl.flock(file, fcntl.LOCK_SH)
        return True

    def _read(self, file: Path) -> bytes:
        try:
            data = read_whole(file, self._max_bytes)
        except OSError as error:
            raise self._damage(file, error) from error
        if hashlib.sha256(data).hexdigest() != file.name:
            raise self._damage(file, ValueError("it is not what was written"))
        return data

    def _damage(self, file: Path, error: Exception) -> DamagedError:
        reason = error.strerror if isinstance(error, OSError) else str(error).split("\n")[0]
        return DamagedError(
            problem("archive_damaged", file, reason=reason or "", folder=str(self.folder))
        )

    def _sweep(
        self, published: Published, unwanted: Collection[str] = _NONE, *, is_start: bool = False
    ) -> None:
        """Forget what no publication holds, and what processes were writing when they died.

        That is editions, and files that one of these held, that are `unwanted` or that are an hour
        old; at a start, all files. Call it within `locked`. What stays costs room and nothing else,
        so a failure is no error.
        """
        editions = {publication.edition for publication in published.history}
        with suppress(OSError, KnowledgeError):
            held = {sha256 for digest in editions for sha256 in self._held_by(digest)}
            released = {*unwanted}
            for file in self._files(self._editions):
                if file.name not in editions:
                    with suppress(KnowledgeError):
                        released |= self._held_by(file.name)
                    file.unlink()
            for file in (*self._files(self._objects), *self._files(self._scans)):
                is_settled = time.time() - file.stat().st_mtime > _SETTLED_SECONDS
                if file.name not in held and (is_start or is_settled or file.name in released):
                    file.unlink()
        for folder in (self.folder, self._editions, self._objects, self._scans):
            with suppress(OSError):
                durable.sweep(folder)

    def _kept_at(self, sha256: str) -> int | None:
        """Return when the file was last kept, by any process, in nanoseconds; None if it is not."""
        try:
            return (self._objects / sha256).stat().st_mtime_ns
        except OSError:
            return None

    def _held_by(self, digest: str) -> set[str]:
        """Return the SHA-256 of each file of the edition `digest`. Raises DamagedError."""
        return {held.sha256 for held in self.edition(digest).files.values()}

    def _files(self, folder: Path) -> list[Path]:
        """Return the files in `folder` that are completely written."""
        if not folder.is_dir():
            return []
        return [file for file in folder.iterdir() if file.is_file() and file.name[0] != "."]
