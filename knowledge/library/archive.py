"""Published editions on disk: the last ten, every file once, and which of them serves.

    objects/SHA-256        the bytes of a file
    scans/SHA-256          what a machine read in that file, if there are pictures of pages in it
    editions/SHA-256       which files an edition holds
    published.json         the history, and what serves now
    damaged/               what was found damaged, for whoever repairs it

All is written before `published.json` names it, and that is replaced in one step. So a process
killed at any moment leaves the old state or the new one.
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

KEPT = 10
"""Publications in the history; older ones are forgotten, and so are files that only they held."""

_LOCK = "lock"
_IN_USE = "in-use"  # locked, for others too, by each process that has put something here
_SETTLED_SECONDS = 3600.0  # after which no other process is about to publish a file
_NONE: frozenset[str] = frozenset()


class Archive:
    """The editions in a folder, which several processes may share."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`, which is made when something is first kept."""
        self.folder = folder
        self._objects, self._editions = folder / "objects", folder / "editions"
        self._scans = folder / "scans"
        self._published = folder / "published.json"
        self._damaged = folder / "damaged"
        # What was kept here alone and not published since, and when; None for a scan.
        self._put: dict[str, int | None] = {}
        self._in_use: int | None = None  # a file, open and locked for as long as this lives
        self._leave: Callable[[], object] = lambda: None

    def published(self) -> Published | None:
        """Return what was published; None before anything was.

        Raises DamagedError if it cannot be read, or is gone while there are editions.
        """
        try:
            return published_of(self._published.read_bytes())
        except FileNotFoundError as error:
            if self.editions():
                raise self._damage(self._published, error) from error
            return None
        except (OSError, ValueError) as error:
            raise self._damage(self._published, error) from error

    def stamp(self) -> int:
        """Return a number that is another one after each publication, by whatever process."""
        try:
            return self._published.stat().st_mtime_ns
        except OSError:
            return 0

    def edition(self, digest: str) -> Edition:
        """Return the edition of that name. Raises DamagedError if it is not there, whole."""
        return edition_of(self._read(self._editions / digest))

    def editions(self) -> dict[str, datetime.datetime]:
        """Return the names of the editions there are, whole or not, and when each was published
        last (UTC), in that order.
        """
        try:
            files = [one for one in self._editions.iterdir() if one.name[0] != "."]
            times = {one.name: one.stat().st_mtime for one in files}
        except OSError:
            return {}
        in_order = sorted(times.items(), key=lambda item: item[1])
        return {name: datetime.datetime.fromtimestamp(at, datetime.UTC) for name, at in in_order}

    def faults(self, digest: str) -> list[DamagedError]:
        """Return what is damaged or gone of the edition of that name; [] if it is whole."""
        try:
            held = {one.sha256 for one in self.edition(digest).files.values()}
        except DamagedError as error:
            return [error]
        found = []
        for sha256 in sorted(held):
            try:
                self.contents(sha256)
            except DamagedError as error:
                found.append(error)
        return found

    def is_whole(self, file: Path) -> bool:
        """Return whether `file`, an edition or an object, is what was written."""
        try:
            self._read(file)
        except DamagedError:
            return False
        return True

    def set_aside(self, file: Path) -> None:
        """Keep `file` of this archive, which is damaged, where nothing reads it. Raises
        KnowledgeError if that is impossible; that it is gone is none.
        """
        try:
            kept = self._damaged / f"{file.name}.{file.stat().st_mtime_ns}"
            durable.make_folder(self._damaged)
            file.replace(kept)
        except FileNotFoundError:
            return
        except OSError as error:
            raise KnowledgeError(
                problem("unwritable", self._damaged, reason=error.strerror or "")
            ) from error

    def damaged(self) -> int:
        """Return how many damaged files are kept."""
        try:
            return len(list(self._damaged.iterdir()))
        except OSError:
            return 0

    def is_writable(self) -> bool:
        """Return whether the folder, or what it would be made in, may be written to."""
        folder = next(one for one in (self.folder, *self.folder.parents) if one.exists())
        return os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)

    def contents(self, sha256: str) -> bytes:
        """Return the bytes of a file. Raises DamagedError if they are not there, whole."""
        return self._read(self._objects / sha256)

    def object(self, sha256: str) -> Path:
        """Return where the bytes of a file lie."""
        return self._objects / sha256

    def put(self, data: bytes) -> str:
        """Keep the bytes of a file and return their SHA-256, until `forget` finds that no
        publication holds them.

        Raises KnowledgeError if they cannot be written.
        """
        self._stay()
        sha256 = hashlib.sha256(data).hexdigest()
        file = self._objects / sha256
        is_known_here_alone = self._kept_at(sha256) in {None, self._put.get(sha256)}
        try:
            self.contents(sha256)
            os.utime(file)  # it is wanted, so it must not be swept away
        except DamagedError:
            self.set_aside(file)
            durable.write(file, data)
        except OSError:
            durable.write(file, data)
        if is_known_here_alone:
            self._put[sha256] = self._kept_at(sha256)
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
        self._put.setdefault(sha256, None)
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

        What another process may be about to publish stays for an hour: what it kept too, and at a
        start, while one is here, whatever was kept.
        Where the folder may only be read all stays.
        """
        if not self.folder.is_dir():
            return
        with suppress(KnowledgeError), self.locked():
            if (published := self.published()) is not None:
                unwanted = self._put.keys() - {*wanted}
                alone = {one for one in unwanted if self._kept_at(one) == self._put[one]}
                self._sweep(published, alone, is_start=is_start and self._is_alone())
                for one in unwanted:
                    del self._put[one]

    def locked(self) -> AbstractContextManager[None]:
        """Let no other process publish within. Raises KnowledgeError if that is impossible."""
        return durable.locked(self.folder / _LOCK)

    def _stay(self) -> int:
        """Let others know that this process is here, until it ends, and return the file that says
        so. Raises KnowledgeError.
        """
        if self._in_use is None:
            self._in_use = durable.open_to_lock(self.folder / _IN_USE)
            self._leave = weakref.finalize(self, os.close, self._in_use)
            fcntl.flock(self._in_use, fcntl.LOCK_SH)
        return self._in_use

    def _is_alone(self) -> bool:
        """Return whether no other process has put anything here. Call it within `locked`."""
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
            data = file.read_bytes()
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
        for folder in (self.folder, self._editions, self._objects, self._scans):
            with suppress(OSError):
                durable.sweep(folder)

    def _kept_at(self, sha256: str) -> int | None:
        """Return when that file was last kept, by whatever process; None if it is not."""
        try:
            return (self._objects / sha256).stat().st_mtime_ns
        except OSError:
            return None

    def _held_by(self, digest: str) -> set[str]:
        return {held.sha256 for held in self.edition(digest).files.values()}

    def _files(self, folder: Path) -> list[Path]:
        """Return the files in `folder` that are whole."""
        if not folder.is_dir():
            return []
        return [one for one in folder.iterdir() if one.is_file() and one.name[0] != "."]
