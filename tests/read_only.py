"""A read-only folder, whoever runs the tests: even root, whom file modes do not stop."""

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_DAC_OVERRIDE = 1 << 1  # capability(7): to write whatever the mode says
_VERSION = 0x20080522  # of capset(2), for 64 bits in two halves


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("process", ctypes.c_int))


class _Half(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Make `folder` read-only for this thread and those that it starts."""
    everything = [folder, *folder.rglob("*")]
    for one in everything:
        one.chmod(0o500 if one.is_dir() else 0o400)
    libc, header, halves = ctypes.CDLL(None, use_errno=True), _Header(_VERSION, 0), (_Half * 2)()
    libc.capget(ctypes.byref(header), halves)
    before = halves[0].effective
    halves[0].effective &= ~_DAC_OVERRIDE
    libc.capset(ctypes.byref(header), halves)
    try:
        assert not os.access(folder, os.W_OK, effective_ids=True)
        yield
    finally:
        halves[0].effective = before
        libc.capset(ctypes.byref(header), halves)
        for one in everything:
            if one.exists():
                one.chmod(0o700 if one.is_dir() else 0o600)
