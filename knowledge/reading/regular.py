"""Reads files of which nobody knows what they are by now.

At the place of a file there may be a pipe, a device without an end, or gigabytes of holes, where
the state is damaged or somebody wants to harm: none is waited for, and none fills the memory.
"""

import errno
import os
import stat
from pathlib import Path

MOST = 100_000_000
"""The most bytes that are read of a file that has no bound of its own."""


def read_start(file: Path, most: int) -> bytes:
    """Return the first `most` bytes of `file` and one more, or all if it has no more.

    Raises OSError, also if it is a folder, a pipe or a device.
    """
    descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK)
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "Not a file")
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            return stream.read(most + 1)
    finally:
        os.close(descriptor)


def read_whole(file: Path, most: int = MOST) -> bytes:
    """Return the bytes of `file`. Raises OSError as `read_start` does, and for more than `most`."""
    is_small = file.stat().st_size <= most
    data = read_start(file, most) if is_small else b""
    if not is_small or len(data) > most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return data
