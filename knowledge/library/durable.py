"""Files written as a whole: after a crash at any moment there is the old file or the new one."""

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
    """Make `data` the contents of `file`, for its owner alone, and wait until they are on disk.

    Raises KnowledgeError, and leaves what was there, if that is impossible.
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
    folder.chmod(0o700)  # the umask may have taken some of it away
    _sync(folder.parent)


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Lock `file`, which holds nothing, against all others who lock it, in any process.

    Raises KnowledgeError if that is impossible.
    """
    descriptor = open_to_lock(file)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def open_to_lock(file: Path) -> int:
    """Return a descriptor of `file`, made for its owner alone if missing. Raises KnowledgeError."""
    try:
        make_folder(file.parent)
        return os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        reason = error.strerror or ""
        raise KnowledgeError(problem("unwritable", file.parent, reason=reason)) from error


def keep_private(folder: Path, *names: str) -> None:
    """Let nobody but the owner into `folder`, and into what is called `names` in it, with all
    beneath.

    What the owner may do stays as it is, and so does what belongs to another user.
    """
    private = [folder / name for name in names]
    beneath = [path for root in private for path in root.rglob("*")]
    for path in (folder, *private, *beneath):
        if not path.is_symlink():
            with suppress(OSError):
                path.chmod(path.stat().st_mode & 0o700)


def sweep(folder: Path) -> None:
    """Remove what processes were writing in `folder` when they died, not what is being written.

    Raises OSError.
    """
    for file in folder.glob(f"{_WRITING}*"):
        with suppress(FileNotFoundError), file.open("rb") as stream, suppress(BlockingIOError):
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            file.unlink()


def _temporary(folder: Path) -> tuple[int, str]:
    """Return the descriptor and the path of a new file in `folder`, locked while it is open."""
    while True:
        descriptor, written = tempfile.mkstemp(prefix=_WRITING, dir=folder)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return descriptor, written
        os.close(descriptor)  # `sweep` has removed it before it was locked


def _sync(folder: Path) -> None:
    """Wait until the names in `folder` are on disk: a renamed file is safe only then."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
