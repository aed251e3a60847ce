"""Files written whole: after a crash at any moment there is the old one or the new one."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from knowledge.errors import KnowledgeError
from knowledge.problems import problem

_WRITING = ".writing-"


def write(file: Path, data: bytes) -> None:
    """Make `data` the contents of `file`, for its owner alone, and wait until the disk has them.

    Raises KnowledgeError, and leaves what was there, if that cannot be done.
    """
    try:
        make_folder(file.parent)
        descriptor, written = _temporary(file.parent)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
                os.replace(written, file)  # noqa: PTH105, atomic by name on POSIX
        except OSError:
            Path(written).unlink(missing_ok=True)
            raise
        _sync(file.parent)
    except OSError as error:
        reason = error.strerror or ""
        raise KnowledgeError(problem("unwritable", file, reason=reason)) from error


def make_folder(folder: Path) -> None:
    """Make `folder`, and those above it, for their owner alone. Raises OSError."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)  # whatever the umask takes away
    _sync(folder.parent)


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Let nobody else who locks `file` go on within, in whatever process: it holds nothing.

    Raises KnowledgeError if that is impossible.
    """
    descriptor = open_to_lock(file)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def open_to_lock(file: Path) -> int:
    """Return `file`, made if need be, open for its owner alone. Raises KnowledgeError."""
    try:
        make_folder(file.parent)
        return os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        reason = error.strerror or ""
        raise KnowledgeError(problem("unwritable", file.parent, reason=reason)) from error


def keep_private(folder: Path, *names: str) -> None:
    """Let nobody but their owners into `folder`, and what is called `names` in it with all beneath;
    what the owners may do there stays as it is, and so does what is another user's.
    """
    kept = [folder / name for name in names]
    beneath = [place for one in kept for place in one.rglob("*")]
    for place in (folder, *kept, *beneath):
        if not place.is_symlink():
            with suppress(OSError):
                place.chmod(place.stat().st_mode & 0o700)


def sweep(folder: Path) -> None:
    """Remove what processes that died were writing in `folder`, and nothing that is being written.

    Raises OSError.
    """
    for file in folder.glob(f"{_WRITING}*"):
        with suppress(FileNotFoundError), file.open("rb") as stream, suppress(BlockingIOError):
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            file.unlink()


def _temporary(folder: Path) -> tuple[int, str]:
    """Make a file in `folder`, locked for as long as it is open, and return it and its name."""
    while True:
        descriptor, written = tempfile.mkstemp(prefix=_WRITING, dir=folder)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return descriptor, written
        os.close(descriptor)  # it was taken for one that nobody writes any more


def _sync(folder: Path) -> None:
    """Wait until the disk has the names in `folder`: a renamed file is safe only then."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
