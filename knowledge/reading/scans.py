"""Reads pages that are only pictures, with Tesseract where it is installed.

Tesseract is a program of its own, so it is started here and not by the process that reads files.
That one supplies the pixels of a page, and Tesseract gets nothing else. It has limits of its own,
and a mark takes the place of words that it is not sure of.
"""

import os
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from knowledge.errors import DocumentError
from knowledge.problems import problem
from knowledge.reading.formats import UNREADABLE, BlockText, Contents
from knowledge.reading.formats.broken_words import Words, known_words, mended
from knowledge.words.text import one_line

LANGUAGES = ("kaz", "rus", "eng")
_AT_ONCE = 2  # pages, a core each
_MOST_PAGES = 40  # a page takes 3 to 4 seconds of a core
_MEMORY = 1 << 30  # bytes; a page takes a quarter of that
_PAGE_SECONDS = 20  # of a core; otherwise noise might be read for ever
_INTERRUPT_SECONDS = 0.5  # between calls of `interrupt`
# How sure a word must be, in [0, 1]. On 24 pages drawn with noise, askew, grey or coarse, 168 of
# 7,652 words were misread: of these 46 % are less sure, and of the words read right 3 %. On the
# better half of the pages 10 of 3,820 were misread, and of the words read right 1 % is less sure.
# With 0.92 it would be 65 % and 7 %.
_SURE = 0.88
_MOSTLY = 0.5  # least share of sure words in a paragraph; with fewer it is a drawing, or hopeless
_NEGLIGIBLE = 0.05  # difference in sureness
# Least share of Latin letters on a page in Latin letters, and of sure words on an English page.
_LATIN, _ENGLISH = 0.6, 0.95
_CYRILLIC = re.compile("[\u0400-\u052f]")
# A word of Latin letters that look Cyrillic, not all of them capitals; or of letters of both.
_MISREAD = re.compile(
    r"^\W*(?=\w*[a-z])[aceopxykABCEHKMOPTX]+\W*$"
    "|[a-zA-Z][\u0400-\u052f]|[\u0400-\u052f][a-zA-Z]"
)
_UPRIGHT, _TURNED = "3", "1"  # page segmentation modes; the second one detects the orientation too
_DASHES = {"--": "—", "---": "—"}  # the Kazakh model writes a dash so


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it looks: grey values, one byte each, row by row from the upper left."""

    width: int
    height: int
    grey: bytes


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as it was read, its sureness in [0, 1], and its block, paragraph and line."""

    text: str
    sureness: float
    place: tuple[int, int, int]


_Page = Sequence[_Word]
_Running = set[subprocess.Popen[bytes]]  # to be killed when the work ends


def with_scans(
    contents: Contents,
    look: Callable[[int], Picture],
    seconds: float,
    interrupt: Callable[[], None],
) -> Contents:
    """Return `contents` with the text that Tesseract reads on its scans, in at most `seconds`.

    `look` returns the picture of a page by its number, from 0. `interrupt` is called twice a
    second; an exception that it raises ends the reading. Without Tesseract the scans are left out
    where they are few. Raises DocumentError, without the file's name.
    """
    pages = len(contents.scans)
    if pages > _MOST_PAGES:
        raise DocumentError(problem("scan_too_long", pages=pages, most=_MOST_PAGES))
    if (program := _tesseract()) is None:
        return _without_scans(contents)
    running: _Running = set()
    deadline = time.monotonic() + seconds
    read: list[Future[_Page]] = []
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="scans") as threads:
        try:
            for scan in contents.scans:
                # No more pages wait than are being read, since each takes 9 MB.
                _await([*read[:1], *read[:-_AT_ONCE]], interrupt)
                is_english = bool(read) and _is_latin(read[0].result())
                picture = look(scan.page)
                page = threads.submit(_read_page, program, picture, is_english, deadline, running)
                read.append(page)
            _await(read, interrupt)
            words = [one.result() for one in read]
        except TimeoutError as error:
            done = sum(one.done() and one.exception() is None for one in read)
            found = problem("scan_too_slow", pages=pages, done=done, seconds=f"{seconds:g}")
            raise DocumentError(found) from error
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            for process in tuple(running):
                process.kill()
    return _with_words(contents, words)


def _without_scans(contents: Contents) -> Contents:
    """Return `contents` without its scans, such as a cover or a page of photos. Raises
    DocumentError if they are more than half of the pages, or all that there is.
    """
    pages = len(contents.scans)
    if 2 * pages > contents.pages or not contents.blocks:
        raise DocumentError(problem("scan", empty=pages, pages=contents.pages))
    left_out = dict(contents.notes.left_out)
    left_out["pictures"] = left_out.get("pictures", 0) + pages
    return replace(contents, notes=replace(contents.notes, left_out=left_out), scans=())


def _await(read: Sequence[Future[_Page]], interrupt: Callable[[], None]) -> None:
    """Wait for all of `read`, and raise what one of them, or `interrupt`, raised."""
    while wait(read, timeout=_INTERRUPT_SECONDS).not_done:
        interrupt()
    for one in read:
        one.result()


def _tesseract() -> str | None:
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


def _read_page(
    program: str, picture: Picture, is_english: bool, deadline: float, running: _Running
) -> _Page:
    """Return the words on a page, which `is_english` if the first page of the file suggests so.

    With three languages at hand Tesseract takes an English "on" for Russian letters, so a page in
    Latin letters is read as English alone too, and that is taken unless it is clearly less sure. A
    page with few sure words may lie on its side or upside down; Tesseract then finds out.
    """
    read = partial(_words, program, picture, deadline, running)
    if is_english and _is_english(words := read(("eng",))):
        return words
    words = read(LANGUAGES)
    if _sure_share(words) < _MOSTLY:
        return max(words, read(LANGUAGES, _TURNED), key=_sureness)
    if is_english or not _is_latin(words):
        return words
    english = read(("eng",))
    return english if _sureness(english) > _sureness(words) - _NEGLIGIBLE else words


def _is_latin(words: _Page) -> bool:
    """Return whether `words` are mostly in Latin letters."""
    letters = [letter for word in words for letter in word.text if letter.isalpha()]
    return sum(letter.isascii() for letter in letters) >= _LATIN * max(1, len(letters))


def _is_english(words: _Page) -> bool:
    """Return whether `words`, read as English, are English: else fewer of them would be sure."""
    return _sure_share(words) >= _ENGLISH


def _sure_share(words: _Page) -> float:
    """Return the share of `words` that are sure, in [0, 1]; 1 if there are none."""
    return sum(word.sureness >= _SURE for word in words) / len(words) if words else 1.0


def _words(
    program: str,
    picture: Picture,
    deadline: float,
    running: _Running,
    languages: Sequence[str],
    mode: str = _UPRIGHT,
) -> _Page:
    """Return the words that Tesseract reads in `picture`; a mark for unreadable text if it fails.

    Raises TimeoutError at `deadline`, a time of `time.monotonic`.
    """
    options = ["-l", "+".join(languages), "--dpi", "300", "--psm", mode]
    command = [program, "stdin", "stdout", *options, "tsv"]
    process = subprocess.Popen(  # noqa: S603, nothing of it comes from a file
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        cwd="/",
    )
    running.add(process)
    with process:
        _confine(process.pid)  # meanwhile it waits for the picture
        data = b"P5 %d %d 255\n%b" % (picture.width, picture.height, picture.grey)
        try:
            table, _ = process.communicate(data, timeout=max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            raise TimeoutError from None
    running.discard(process)
    if process.returncode != 0:  # it failed on noise, or on a picture made to break it
        return (_Word(UNREADABLE, 0.0, (0, 0, 0)),)
    words = list(_words_in_table(table.decode("utf-8", "replace")))
    return tuple(word for _, line in groupby(words, _place) for word in _doubted(list(line)))


def _doubted(line: Sequence[_Word]) -> Iterator[_Word]:
    """Yield the words of `line`; those that seem misread in another script are no longer sure.

    Among Latin words these are the ones with a Cyrillic letter; among Cyrillic ones, those that mix
    scripts or have only Latin letters that look Cyrillic, unless all are capitals (Roman numerals).
    """
    is_latin = 2 * sum(_CYRILLIC.search(word.text) is not None for word in line) < len(line)
    for word in line:
        is_cyrillic = _CYRILLIC.search(word.text) is not None
        is_misread = is_cyrillic if is_latin else _MISREAD.search(word.text) is not None
        yield replace(word, sureness=0.0) if is_misread else word


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


def _words_in_table(table: str) -> Iterator[_Word]:
    """Yield the words in the table that Tesseract writes, its TSV output."""
    for row in table.splitlines()[1:]:
        level, _, block, paragraph, line, *_, sureness, text = row.split("\t")
        if level == "5" and (word := one_line(text)):
            place = int(block), int(paragraph), int(line)
            yield _Word(_DASHES.get(word, word), float(sureness) / 100, place)


def _with_words(contents: Contents, pages: Sequence[_Page]) -> Contents:
    """Return `contents` with the words of its scanned `pages` in their places. Raises DocumentError
    if that leaves it empty.
    """
    words = [word for page in pages for word in page]
    pages = [_marked(page) for page in pages]
    lines = [_line(words) for page in pages for _, words in groupby(page, _place)]
    known = known_words(lines)
    blocks: list[BlockText] = []
    start, unread, marks = 0, 0, 0
    for scan, page in zip(contents.scans, pages, strict=True):
        blocks += contents.blocks[start : scan.place]
        start = scan.place
        for paragraph in _paragraphs(page):
            unsure = sum(word.text == UNREADABLE for word in paragraph)
            if unsure > (1 - _MOSTLY) * len(paragraph):
                unread += 1
            else:
                marks += unsure
                blocks.append(("paragraph", _text(paragraph, known)))
    blocks += contents.blocks[start:]
    if not blocks:
        raise DocumentError(problem("scan_unreadable"))
    left_out = dict(contents.notes.left_out)
    if unread + marks:
        left_out["unreadable"] = left_out.get("unreadable", 0) + unread + marks
    notes = replace(contents.notes, left_out=left_out, sureness=_sureness(words))
    return replace(contents, blocks=tuple(blocks), notes=notes, scans=())


def _place(word: _Word) -> tuple[int, int, int]:
    return word.place


def _paragraphs(page: _Page) -> Iterator[list[_Word]]:
    for _, words in groupby(page, lambda word: word.place[:2]):
        yield list(words)


def _text(paragraph: Sequence[_Word], known: Words) -> str:
    return mended([_line(words) for _, words in groupby(paragraph, _place)], known)


def _line(words: Iterable[_Word]) -> str:
    return " ".join(word.text for word in words)


def _marked(page: _Page) -> _Page:
    """Return the words of `page`, with a mark in place of those that are not sure enough."""
    return [word if word.sureness >= _SURE else replace(word, text=UNREADABLE) for word in page]


def _sureness(words: _Page) -> float:
    """Return the mean sureness of `words`, in [0, 1]; 0 if there are none."""
    return sum(word.sureness for word in words) / len(words) if words else 0.0
