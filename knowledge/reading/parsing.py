"""Reads files into blocks of text, in a confined process that a malicious file may crash.

A file may come from anybody and be made to break its parser, so this process looks at none of its
bytes.
"""

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath
from types import TracebackType
from typing import Protocol

from pydantic import Base64Bytes, BaseModel, TypeAdapter, ValidationError

from knowledge.errors import DocumentError
from knowledge.problems import Problem, problem
from knowledge.reading.formats import ENDINGS, EXPECTED, Contents
from knowledge.reading.scans import with_scans
from knowledge.reading.tesseract import Picture

# Several times what benchmarks.files measures.
_SECONDS = 60.0
# Of address space. Files of 250,000 words take 60 MB (benchmarks.files), and with a tag around each
# word, or in a table of 30,000 rows, less than 400; together with the bot it is 1.5 GB.
_MEMORY = 480 << 20
_INTERRUPT_SECONDS = 0.5  # between calls of `interrupt`


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost: its size in bytes, and the seconds and bytes of memory to read it."""

    max_bytes: int
    seconds: float = _SECONDS
    memory_bytes: int = _MEMORY

    @property
    def reply_bytes(self) -> int:
        """The most text a file may unpack to, in bytes of JSON."""
        return 16_000_000 + 4 * self.max_bytes


class _PageImage(BaseModel):
    """How a page looks, as the process sends it: the fields of a Picture."""

    width: int
    height: int
    grey: Base64Bytes


_Reply = Contents | Problem | _PageImage
_REPLY: TypeAdapter[_Reply] = TypeAdapter(_Reply)


class Kept(Protocol):
    """Keeps the results of text recognition, which takes long and may differ between machines."""

    def scanned(self, data: bytes) -> bytes | None:
        """Return what was kept for the file with the bytes `data`; None if nothing was."""

    def keep_scanned(self, data: bytes, read: bytes) -> None:
        """Keep `read` for the file with the bytes `data`."""


class Parser:
    """Reads one file after another in a process that is started when needed and ended by `with`.

    The process is kept for the next file, which gets a fresh one after a crash or a time-out. Not
    to be used by two threads at once.
    """

    def __init__(
        self,
        limits: Limits,
        interrupt: Callable[[], None] = lambda: None,
        kept: Kept | None = None,
    ) -> None:
        """Keep to `limits`. `interrupt` is called twice a second while a file is read; an exception
        that it raises ends the reading. `kept` keeps the results of text recognition.
        """
        self._kept = kept
        self._limits = limits
        self._interrupt = interrupt
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Parser":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def parse(self, data: bytes, name: str) -> Contents:
        """Return the contents of `data`, the bytes of the file called `name`.

        The ending of `name` says how to read it. Raises DocumentError, which begins with `name` and
        says what is wrong and what to do.
        """
        ending = PurePath(name).suffix.lower()
        if ending not in ENDINGS:
            raise DocumentError(problem("type_unknown", name, ending=ending, endings=EXPECTED))
        if len(data) > self._limits.max_bytes:
            raise DocumentError(problem("too_large", name, bytes=self._limits.max_bytes))
        if not data:
            raise DocumentError(problem("empty", name))
        try:
            contents = self._ask(data, ending)
            if not isinstance(contents, Contents):
                raise DocumentError(problem("reader_raved"))
            if not contents.scans:
                return contents
            return self._recalled(data) or self._recognised(contents, data, ending)
        except DocumentError as error:
            found = error.problem or problem("damaged", ending=ending)
            raise DocumentError(found.about(name)) from error

    def _recognised(self, contents: Contents, data: bytes, ending: str) -> Contents:
        """Return `contents` with the text of its scans, and keep that. Raises DocumentError,
        without the file's name.
        """
        look = partial(self._look, data, ending)
        read = with_scans(contents, look, self._limits.seconds, self._interrupt)
        if self._kept is not None and read.notes.sureness is not None:
            self._kept.keep_scanned(data, _REPLY.dump_json(read))
        return read

    def _recalled(self, data: bytes) -> Contents | None:
        """Return what was kept of an earlier text recognition; None if nothing was."""
        line = self._kept.scanned(data) if self._kept is not None else None
        reply = _validated(line) if line is not None else None
        return reply if isinstance(reply, Contents) else None

    def _look(self, data: bytes, ending: str, page: int) -> Picture:
        """Return the picture of the page with that number, from 0. Raises DocumentError, without
        the file's name.
        """
        image = self._ask(data, ending, page=page)
        if not isinstance(image, _PageImage) or len(image.grey) != image.width * image.height:
            raise DocumentError(problem("reader_raved"))
        return Picture(image.width, image.height, image.grey)

    def _ask(self, data: bytes, ending: str, **wanted: int) -> Contents | _PageImage:
        """Return what the process replies. Raises DocumentError, without the file's name."""
        request = json.dumps({"ending": ending, "size": len(data), **wanted}).encode()
        reply = self._exchange(request + b"\n" + data)
        if isinstance(reply, Problem):
            raise DocumentError(reply)
        return reply

    def _exchange(self, request: bytes) -> _Reply:
        while True:
            is_fresh = self._process is None
            process = self._process = self._process or _start(self._limits)
            try:
                line = _exchange(process, request, self._limits, self._interrupt)
            except TimeoutError:
                self.close()
                return problem("takes_too_long", seconds=f"{self._limits.seconds:g}")
            if line.endswith(b"\n"):
                return _validated(line)
            self.close()
            if line:
                return problem("too_much_text")
            if is_fresh:
                return problem("reader_broke")
            # That the process died before it got this file says nothing about the file.


def _start(limits: Limits) -> subprocess.Popen[bytes]:
    numbers = (limits.seconds, limits.memory_bytes, limits.reply_bytes)
    process = subprocess.Popen(  # noqa: S603, nothing of it comes from a file
        # -P: no module is imported from the current folder; -B: no bytecode is written.
        [sys.executable, "-P", "-B", "-m", "knowledge.reading.formats", *map(str, numbers)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # The same modules as here, but nothing else of the environment, for it holds the token.
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        bufsize=0,
    )
    assert process.stdin is not None  # noqa: S101, a pipe
    os.set_blocking(process.stdin.fileno(), False)
    return process


def _exchange(
    process: subprocess.Popen[bytes],
    request: bytes,
    limits: Limits,
    interrupt: Callable[[], None],
) -> bytes:
    """Return the reply to `request`; without a line end it is incomplete, since the process died
    or wrote more than `limits` allow.

    Raises TimeoutError when the seconds of `limits` are over.
    """
    assert process.stdin is not None  # noqa: S101, both are pipes
    assert process.stdout is not None  # noqa: S101
    deadline = time.monotonic() + limits.seconds
    sink, source = process.stdin.fileno(), process.stdout.fileno()
    poll = select.poll()
    poll.register(sink, select.POLLOUT)
    poll.register(source, select.POLLIN)
    unsent = memoryview(request)
    reply = bytearray()
    while not reply.endswith(b"\n") and len(reply) <= limits.reply_bytes:
        ready = dict(poll.poll(_INTERRUPT_SECONDS * 1000))
        if not ready:
            interrupt()
        if time.monotonic() > deadline:
            raise TimeoutError
        if sink in ready:
            # If the process died while it read the request, no reply will come, and that suffices.
            with suppress(BrokenPipeError):
                unsent = unsent[os.write(sink, unsent) :]
            if not unsent or ready[sink] & select.POLLERR:
                poll.unregister(sink)
        if source in ready:
            part = os.read(source, 1 << 20)
            if not part:
                break
            reply += part
    return bytes(reply)


def _validated(line: bytes) -> _Reply:
    try:
        reply = _REPLY.validate_json(line)
        str(reply)  # raises KeyError for a problem that a file made up
    except (ValidationError, KeyError):
        return problem("reader_raved")
    return reply
