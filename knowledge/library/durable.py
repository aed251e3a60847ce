"""Files written whole: after a crash at any moment there is the old one or the new one."""

import os
import tempfile
from pathlib import Path

from knowledge.errors import KnowledgeError
from knowledge.problems import problem


def write(file: Path, data: bytes) -> None:
    """Make `data` the contents of `file`, for its owner alone, and wait until the disk has them.

    Raises KnowledgeError, and leaves what was there, if that cannot be done.
    """
    try:
        make_folder(file.parent)
        descriptor, written = tempfile.mkstemp(prefix=".writing-", dir=file.parent)
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
    _sync(folder.parent)


def _sync(folder: Path) -> None:
    """Wait until the disk has the names in `folder`: a renamed file is safe only then."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
