"""What the process that reads files gives up, for good, before it looks at one.

A file may be made to run code of whoever made it, by a fault in a parser. So the kernel lets the
process read the program and its libraries and nothing else (Landlock), make no system call but
those of reading and computing (seccomp), and use so much memory. Python's own hook says the same in
plainer words, and is all there is where the kernel has none of it.
"""

import fcntl
import os
import resource
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

_OPEN_FILES = 32  # three pipes, and what importing a reader opens for a moment
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REFUSED = (
    *("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn"),
    *("os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.link", "os.symlink", "os.truncate"),
    *("os.chmod", "os.chown", "os.utime", "os.setxattr", "os.removexattr"),
    *("os.kill", "shutil.", "urllib.", "ftplib.", "smtplib.", "http."),
)
# Beside the program: shared libraries, where they are found, and what day it is where.
_SYSTEM = ("/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime")
_CALLS = (
    *("read", "readv", "pread64", "write", "writev", "lseek", "close", "poll"),
    *("stat", "lstat", "fstat", "newfstatat", "statx", "access", "faccessat", "faccessat2"),
    *("readlink", "readlinkat", "getdents64", "getcwd"),
    *("mmap", "munmap", "mremap", "mprotect", "brk", "madvise", "futex", "sched_yield"),
    *("rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "setitimer"),
    *("getpid", "gettid", "getuid", "geteuid", "getgid", "getegid", "uname", "sysinfo"),
    *("getrusage", "getrlimit", "sched_getaffinity", "set_robust_list", "rseq", "getrandom"),
    *("clock_gettime", "clock_getres", "gettimeofday", "time", "nanosleep", "clock_nanosleep"),
    *("restart_syscall", "exit", "exit_group"),
)
# With others a descriptor sends its owner signals, and the owner may be the bot.
_DESCRIPTOR_CALLS = (
    *(fcntl.F_DUPFD, fcntl.F_DUPFD_CLOEXEC, fcntl.F_GETFD, fcntl.F_SETFD),
    *(fcntl.F_GETFL, fcntl.F_SETFL),
)


def confine(memory_bytes: int) -> None:
    """Give up, for good, what reading does not need: files, network, processes, much memory."""
    landlock, calls = _landlock(), _filter()  # made now: libraries are looked for by a process
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_NOFILE: _OPEN_FILES,
    }
    if sys.platform == "linux":  # macOS refuses it
        limits[resource.RLIMIT_AS] = memory_bytes
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))
    if landlock is not None:
        landlock.apply()
    if calls is not None:
        calls.load()
    sys.addaudithook(_refuse)


def lacking() -> list[str]:
    """Return what of this the machine does not have, by name; it may be all."""
    found = {"Landlock": _landlock(), "seccomp": _filter()}
    return [name for name, one in found.items() if one is None]


def _landlock() -> Any | None:
    """Return the rules of which files may be read; None where the kernel has no Landlock."""
    if sys.platform != "linux":
        return None
    from py_landlock import AccessFs, Landlock
    from py_landlock.errors import LandlockError

    rules = Landlock(strict=False)  # what an older kernel does not know it lets pass
    try:
        for path in _readable():
            rules.add_path_rule(
                path, access=AccessFs.READ_FILE | (AccessFs.READ_DIR if path.is_dir() else 0)
            )
    except LandlockError:
        return None
    return rules


def _readable() -> Iterator[Path]:
    """Yield where the program and its libraries lie; beside a checkout may lie anything."""
    package = Path(__file__).parents[2]  # knowledge
    installed = {"purelib", "platlib", "stdlib", "platstdlib"}
    folders = [Path(sysconfig.get_path(name)) for name in installed]
    for folder in (package, *folders, *map(Path, filter(None, sys.path)), *map(Path, _SYSTEM)):
        is_checkout = folder == package.parent and folder not in folders
        if folder.exists() and not is_checkout:
            yield folder


def _filter() -> Any | None:
    """Return the filter of system calls; None where there is no libseccomp."""
    if sys.platform != "linux":
        return None
    try:
        import pyseccomp as seccomp
    except RuntimeError:  # the library of the system that it is for is not there
        return None
    calls = seccomp.SyscallFilter(seccomp.ERRNO(1))
    for name in _CALLS:
        with suppress(OSError):  # this machine's kind of processor has no call of that name
            calls.add_rule(seccomp.ALLOW, name)
    for number in _DESCRIPTOR_CALLS:
        calls.add_rule(seccomp.ALLOW, "fcntl", seccomp.Arg(1, seccomp.EQ, number))
    reading = (seccomp.MASKED_EQ, _WRITING, 0)
    calls.add_rule(seccomp.ALLOW, "openat", seccomp.Arg(2, *reading))
    with suppress(OSError):
        calls.add_rule(seccomp.ALLOW, "open", seccomp.Arg(1, *reading))
    calls.add_rule(seccomp.ALLOW, "prlimit64", seccomp.Arg(2, seccomp.EQ, 0))  # only to ask
    return calls


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_REFUSED) or (event == "open" and (arguments[2] or 0) & _WRITING):
        raise PermissionError(f"{event} is refused to the process that reads files")
