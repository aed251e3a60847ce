"""Tesseract, the program that reads words in pictures: one run of it for each picture.

It gets the dots of a picture and nothing else, may write no file and start no other program, and
is killed when there is no more time, or when whoever waits for it gives up.
"""

import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Lock

from knowledge.words.text import one_line

LANGUAGES = ("kaz", "rus", "eng")
UPRIGHT, TURNED = "3", "1"  # page segmentation modes; the second one detects the orientation too
_MEMORY = 1 << 30  # bytes; a page takes a quarter of that
_PAGE_SECONDS = 20  # of a core; otherwise noise might be read for ever
_DASHES = {"--": "—", "---": "—"}  # the Kazakh model writes a dash so


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it looks: grey values, one byte each, row by row from the upper left."""

    width: int
    height: int
    grey: bytes


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was read: its sureness in [0, 1], its block, paragraph and line, and where on
    the page it stands, in dots from the upper left.
    """

    text: str
    sureness: float
    place: tuple[int, int, int]
    left: int = 0
    top: int = 0
    width: int = 0
    height: int = 0


class Tesseract:
    """Starts the program as often as it is asked to, until the time is over or `end` is called.

    Safe to call from several threads.
    """

    def __init__(self, program: str, deadline: float) -> None:
        """Take the path of the program, and a time of `time.monotonic`."""
        self._program = program
        self._deadline = deadline
        self._lock = Lock()
        self._is_over = False
        self._running: set[subprocess.Popen[bytes]] = set()

    def words(
        self, picture: Picture, languages: Sequence[str], mode: str = UPRIGHT
    ) -> tuple[Word, ...] | None:
        """Return the words in `picture`; None if the program failed: on noise, or on a picture
        made to break it.

        Raises TimeoutError when the time is over, or after `end`.
        """
        options = ["-l", "+".join(languages), "--dpi", "300", "--psm", mode]
        with self._started([self._program, "stdin", "stdout", *options, "tsv"]) as process:
            _confine(process.pid)  # meanwhile it waits for the picture
            data = b"P5 %d %d 255\n%b" % (picture.width, picture.height, picture.grey)
            try:
                table, _ = process.communicate(data, timeout=self._seconds_left())
            except subprocess.TimeoutExpired:
                process.kill()
                raise TimeoutError from None
        self._running.discard(process)
        return tuple(_words(table.decode("utf-8", "replace"))) if process.returncode == 0 else None

    def _started(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._is_over:
                raise TimeoutError
            process = subprocess.Popen(  # noqa: S603, nothing of it comes from a file
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                cwd="/",
            )
            self._running.add(process)
        return process

    def _seconds_left(self) -> float:
        return max(0.0, self._deadline - time.monotonic())

    def end(self) -> None:
        """Kill what runs, and let nothing be started any more."""
        with self._lock:
            self._is_over = True
            for process in self._running:
                process.kill()


def installed() -> str | None:
    """Return the path of Tesseract if it is installed with all of LANGUAGES, else None."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    listed = subprocess.run(  # noqa: S603, nothing of it comes from a file
        [program, "--list-langs"], capture_output=True, env=_environment(), check=False
    )
    return program if set(LANGUAGES) <= set(listed.stdout.decode().split()) else None


def _environment() -> dict[str, str]:
    """Return the environment for Tesseract: of ours, which holds the token, only the folder of its
    languages; and one thread for each page.
    """
    kept = {key: os.environ[key] for key in ("TESSDATA_PREFIX",) if key in os.environ}
    return {"OMP_THREAD_LIMIT": "1", **kept}


def _confine(pid: int) -> None:
    """Let the process write no file, start no other, and take no more memory and processor time
    than a page needs. Only Linux can.
    """
    if sys.platform != "linux":
        return
    limits = {
        resource.RLIMIT_AS: _MEMORY,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_CPU: _PAGE_SECONDS,
    }
    try:
        for limit, most in limits.items():
            resource.prlimit(pid, limit, (most, most))
    except ProcessLookupError:  # it ended by itself, and its code says so
        return


def _words(table: str) -> Iterator[Word]:
    """Yield the words in the table that Tesseract writes, its TSV output."""
    for row in table.splitlines()[1:]:
        level, _, *numbers, sureness, text = row.split("\t")
        if level == "5" and (word := one_line(text)):
            block, paragraph, line, _, left, top, width, height = map(int, numbers)
            place = block, paragraph, line
            said = _DASHES.get(word, word)
            yield Word(said, float(sureness) / 100, place, left, top, width, height)
