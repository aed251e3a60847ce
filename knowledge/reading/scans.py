"""Reads pages that are only pictures, with Tesseract where it is installed.

Tesseract is a program of its own, so it is started here and not by the process that reads files.
That one supplies the pixels of a page. A mark takes the place of words that were read unsurely.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from itertools import groupby

from knowledge.errors import DocumentError
from knowledge.problems import problem
from knowledge.reading.formats import UNREADABLE, BlockText, Contents
from knowledge.reading.formats.broken_words import Words, known_words, mended
from knowledge.reading.scan_columns import in_columns
from knowledge.reading.tesseract import (
    LANGUAGES,
    TURNED,
    UPRIGHT,
    Picture,
    Tesseract,
    Word,
    installed,
)

_AT_ONCE = 2  # pages, a core each
_MOST_PAGES = 40  # a page takes 3 to 4 seconds of a core
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
# A paragraph that goes on in the next one, if that begins with a small letter: on the next page, or
# where Tesseract sees two in one.
_UNENDED = re.compile(r"[\w,\-\u2013\u2014]$")

_Page = Sequence[Word]


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
    if (program := installed()) is None:
        return _without_scans(contents)
    tesseract = Tesseract(program, time.monotonic() + seconds)
    read: list[Future[_Page]] = []
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="scans") as threads:
        try:
            for scan in contents.scans:
                # No more pages wait than are being read, since each takes 9 MB.
                _await([*read[:1], *read[:-_AT_ONCE]], interrupt)
                is_english = bool(read) and _is_latin(read[0].result())
                picture = look(scan.page)
                page = threads.submit(_read_page, tesseract, picture, is_english)
                read.append(page)
            _await(read, interrupt)
            words = [one.result() for one in read]
        except TimeoutError as error:
            done = sum(one.done() and one.exception() is None for one in read)
            found = problem("scan_too_slow", pages=pages, done=done, seconds=f"{seconds:g}")
            raise DocumentError(found) from error
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            tesseract.end()
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


def _read_page(tesseract: Tesseract, picture: Picture, is_english: bool) -> _Page:
    """Return the words on a page, which `is_english` if the first page of the file suggests so.

    With three languages at hand Tesseract takes an English "on" for Russian letters, so a page in
    Latin letters is read as English alone too, and that is taken unless it is clearly less sure. A
    page with few sure words may lie on its side or upside down; Tesseract then finds out.
    """

    def read(languages: Sequence[str], mode: str = UPRIGHT) -> _Page:
        words = tesseract.words(picture, languages, mode)
        if words is None:
            return (Word(UNREADABLE, 0.0, (0, 0, 0)),)
        lines = groupby(in_columns(words), _place)
        return tuple(word for _, line in lines for word in _doubted(list(line)))

    if is_english and _is_english(words := read(("eng",))):
        return words
    words = read(LANGUAGES)
    if _sure_share(words) < _MOSTLY:
        return max(words, read(LANGUAGES, TURNED), key=_sureness)
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


def _doubted(line: Sequence[Word]) -> Iterator[Word]:
    """Yield the words of `line`; those that seem misread in another script are no longer sure.

    Among Latin words these are the ones with a Cyrillic letter; among Cyrillic ones, those that mix
    scripts or have only Latin letters that look Cyrillic, unless all are capitals (Roman numerals).
    """
    is_latin = 2 * sum(_CYRILLIC.search(word.text) is not None for word in line) < len(line)
    for word in line:
        is_cyrillic = _CYRILLIC.search(word.text) is not None
        is_misread = is_cyrillic if is_latin else _MISREAD.search(word.text) is not None
        yield replace(word, sureness=0.0) if is_misread else word


def _with_words(contents: Contents, pages: Sequence[_Page]) -> Contents:
    """Return `contents` with the words of its scanned `pages` in their places. Raises DocumentError
    if that leaves it empty.
    """
    words = [word for page in pages for word in page]
    pages = [_marked(page) for page in pages]
    lines = [_line(words) for page in pages for _, words in groupby(page, _place)]
    known = known_words(lines)
    blocks: list[BlockText] = []
    own: list[str] = []  # the paragraphs read of scans since then
    start, unread, marks = 0, 0, 0
    for scan, page in zip(contents.scans, pages, strict=True):
        if start < scan.place:
            blocks += [*_as_paragraphs(own), *contents.blocks[start : scan.place]]
            own, start = [], scan.place
        for paragraph in _paragraphs(page):
            unsure = sum(word.text == UNREADABLE for word in paragraph)
            if unsure > (1 - _MOSTLY) * len(paragraph):
                unread += 1
            else:
                marks += unsure
                text = _text(paragraph, known)
                if own and _UNENDED.search(own[-1]) and text[0].islower():
                    text = mended([own.pop(), text], known)
                own.append(text)
    blocks += [*_as_paragraphs(own), *contents.blocks[start:]]
    if not blocks:
        raise DocumentError(problem("scan_unreadable"))
    left_out = dict(contents.notes.left_out)
    if unread + marks:
        left_out["unreadable"] = left_out.get("unreadable", 0) + unread + marks
    notes = replace(contents.notes, left_out=left_out, sureness=_sureness(words))
    return replace(contents, blocks=tuple(blocks), notes=notes, scans=())


def _place(word: Word) -> tuple[int, int, int]:
    return word.place


def _paragraphs(page: _Page) -> Iterator[list[Word]]:
    for _, words in groupby(page, lambda word: word.place[:2]):
        yield list(words)


def _as_paragraphs(texts: Iterable[str]) -> Iterator[BlockText]:
    return (("paragraph", text) for text in texts)


def _text(paragraph: Sequence[Word], known: Words) -> str:
    return mended([_line(words) for _, words in groupby(paragraph, _place)], known)


def _line(words: Iterable[Word]) -> str:
    return " ".join(word.text for word in words)


def _marked(page: _Page) -> _Page:
    """Return the words of `page`, with a mark in place of those that are not sure enough."""
    return [word if word.sureness >= _SURE else replace(word, text=UNREADABLE) for word in page]


def _sureness(words: _Page) -> float:
    """Return the mean sureness of `words`, in [0, 1]; 0 if there are none."""
    return sum(word.sureness for word in words) / len(words) if words else 0.0
