"""PDFs: lines put together to paragraphs again, without what is printed on every page.

A PDF holds pieces of text and where each is drawn, and nothing of paragraphs. Pieces at one height
are a line; a gap, an indent, another size of letters or a short line that ends a sentence begins a
new paragraph.
"""

import io
import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from math import hypot
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from knowledge.errors import DocumentError
from knowledge.problems import problem
from knowledge.readers import BlockText, Contents, claims
from knowledge.readers.lists import LIST_ITEM, grouped
from knowledge.text import one_line

_BOLD = re.compile(r"bold|black|heavy|semibold|cmbx", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…:;][\"'»”’)\]]*$")
_BULLET = re.compile(r"[-–—•*○◦▪‣●·]\s")
_PAGE_NUMBER = re.compile(r"\W{0,3}(\d{1,4})(?!\S*\w)")
_PAGE_NUMBER_AT_END = re.compile(r"(?<!\S)\W{0,3}(\d{1,4})\W{0,3}$")
_CONTENTS = re.compile(r"(?:[.…·] ?){4,}\s*(?:\d+|[ivxlc]+)$")  # a line of a table of contents
_MARGIN_LINES = 4  # of a page, from each end, among which headers and footers are looked for
_LETTER_WIDTH = 0.6  # of its height, on the wide side: that of a typewriter
_CELL_GAP = 3.0  # heights of letters between the cells of a row
# Two letters drawn as one are two letters to whoever looks for the word.
_LETTERS = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})
_LONGEST_HEADING = 150  # characters
_BROKEN_WORD = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]$")
# First halves of words that keep their hyphen, where nothing else in the text says so.
_PREFIXES = {"non", "self", "anti", "ex", "pro", "semi", "вице", "экс", "кое", "по"}


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of text: where it and the pieces in it begin, in points, and what its letters are.

    `lefts` grow to the right and `top` downwards; a line of the page's text has one height.
    """

    page: int
    text: str
    lefts: tuple[float, ...]
    top: float
    size: float
    is_bold: bool


def read(data: bytes) -> Contents:
    """Return what the PDF `data` holds. Raises DocumentError."""
    logging.disable()  # pypdf would tell what it mends, in words of the file
    try:
        reader = PdfReader(io.BytesIO(data))
        # Many a PDF is protected against changes only, and opens without a password.
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError(problem("password"))
        lines = [list(_lines(number, page)) for number, page in enumerate(reader.pages)]
        _check_text(lines)
        fields = _fields(reader)
    except DependencyError as error:
        raise DocumentError(problem("password")) from error
    except PyPdfError as error:
        raise DocumentError(problem("pdf_damaged")) from error
    return Contents(fields, tuple(_blocks(_body(lines))))


def _fields(reader: PdfReader) -> dict[str, str]:
    said = reader.metadata
    try:
        created = said.creation_date if said is not None else None
    except ValueError:
        created = None
    title = said.title if said is not None else None
    language = reader.root_object.get("/Lang")
    return claims.known(
        title=claims.title(str(title) if title is not None else None),
        date=claims.date(created.date() if created is not None else None),
        language=claims.language(str(language) if language is not None else None),
    )


def _check_text(pages: Sequence[Sequence[_Line]]) -> None:
    """Raise DocumentError for a scan: most of the pages with text, if any, are but pictures."""
    empty = sum(not lines for lines in pages)
    if pages and empty * 2 > len(pages):
        raise DocumentError(problem("scan", empty=empty, pages=len(pages)))


def _lines(number: int, page: PageObject) -> Iterator[_Line]:
    """Yield the lines of a page in the order they are drawn."""
    pieces: list[_Line] = []

    def visit(text: str, outer: Any, inner: Any, font: Any, size: float) -> None:
        a, b, c, d, x, y = _product(inner, outer)
        # On a page turned on its side, letters run up or down it.
        if abs(a) < abs(b):
            a, b, c, d, x, y = (b, -a, d, -c, y, -x) if b > 0 else (-b, a, -d, c, -y, x)
        if not text.strip():
            if pieces:  # white space says whether the next piece is a word of its own
                pieces[-1] = replace(pieces[-1], text=pieces[-1].text + text)
        elif abs(b) < 0.1 * abs(a):  # not a watermark across the page
            name = str((font or {}).get("/BaseFont", ""))
            height = size * hypot(c, d)
            pieces.append(_Line(number, text, (x,), -y, height, _BOLD.search(name) is not None))

    page.extract_text(visitor_text=visit)
    line: list[_Line] = []
    for piece in pieces:
        if line and not _is_beside(piece, line[-1]):
            yield _joined_pieces(line)
            line = []
        line.append(piece)
    if line:
        yield _joined_pieces(line)


def _is_beside(piece: _Line, before: _Line) -> bool:
    reach = 0.5 * max(piece.size, before.size)  # a raised figure is still of its line
    return abs(piece.top - before.top) < reach and piece.lefts > before.lefts


def _joined_pieces(pieces: Sequence[_Line]) -> _Line:
    text, largest = pieces[0].text, max(pieces, key=lambda piece: len(piece.text))
    for before, piece in pairwise(pieces):
        width = _LETTER_WIDTH * before.size * len(before.text.rstrip())
        if piece.lefts[0] - before.lefts[0] - width > _CELL_GAP * piece.size:
            text = f"{text.rstrip()} | {piece.text.lstrip()}"
        else:
            text += piece.text
    return replace(
        largest,
        text=one_line(text.translate(_LETTERS)),
        lefts=tuple(piece.lefts[0] for piece in pieces),
        is_bold=all(piece.is_bold for piece in pieces),
    )


def _product(m: Sequence[float], n: Sequence[float]) -> tuple[float, ...]:
    """Return the product of two matrices of PDF 32000-1, 8.3.4: first `m`, then `n`."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _body(pages: Sequence[Sequence[_Line]]) -> list[_Line]:
    """Return the lines of `pages` without the headers, footers and numbers of pages.

    Those are the outermost lines that come again at the same height of other pages, or begin or
    end with the number of the page.
    """
    shift = _shift_of_numbers(pages)
    body_size = _most_common_size(line for page in pages for line in page)
    heights: dict[str, list[tuple[int, float]]] = {}
    edges = []
    for page in pages:
        by_height = sorted(page, key=lambda line: line.top)
        top, bottom = by_height[:_MARGIN_LINES], by_height[::-1][:_MARGIN_LINES]
        edges.append((top, bottom))
        for line in {id(line): line for line in (*top, *bottom)}.values():
            heights.setdefault(_pattern(line, shift), []).append((line.page, line.top))
    needed = 2 if len(pages) <= 3 else 3

    def is_of_page(line: _Line) -> bool:
        near = {page for page, top in heights[_pattern(line, shift)] if abs(top - line.top) <= 3}
        # "3 Results" above page 3 is a heading.
        is_plain = line.size < 1.05 * body_size and not line.is_bold
        is_numbered = shift is not None and line.page + shift in _numbers(line)
        return len(near) >= needed or (is_plain and is_numbered)

    dropped = {id(line) for page in edges for edge in page for line in takewhile(is_of_page, edge)}
    return [
        line
        for page in pages
        for line in page
        if id(line) not in dropped and not _CONTENTS.search(line.text)
    ]


def _shift_of_numbers(pages: Sequence[Sequence[_Line]]) -> int | None:
    """Return what the number on a page is more than its place; None where pages have none."""
    shifts: Counter[int] = Counter()
    for page in pages:
        if page:
            ends = {min(page, key=lambda line: line.top), max(page, key=lambda line: line.top)}
            numbers = {number for line in ends for number in re.findall(r"\d{1,4}", line.text)}
            shifts.update(int(number) - page[0].page for number in numbers)
    if not shifts:
        return None
    shift, count = shifts.most_common(1)[0]
    if len(pages) == 1:  # nothing but its number says that it is one
        return 1 if any(line.text == "1" for line in pages[0]) else None
    return shift if count >= max(2, len(pages) / 2) else None


def _numbers(line: _Line) -> set[int]:
    found = _PAGE_NUMBER.match(line.text), _PAGE_NUMBER_AT_END.search(line.text)
    return {int(match[1]) for match in found if match is not None}


def _pattern(line: _Line, shift: int | None) -> str:
    """Return the text of `line` with # for the number of its page."""
    number = "" if shift is None else str(line.page + shift)
    return re.sub(r"\d+", lambda match: "#" if match[0] == number else match[0], line.text)


def _blocks(lines: Sequence[_Line]) -> Iterator[BlockText]:
    if not lines:
        return
    body_size = _most_common_size(lines)
    words = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", _all_text(lines).lower()))
    plain: list[str] = []
    for paragraph in _paragraphs(lines, body_size):
        text = _mended([line.text for line in paragraph], words)
        if _is_heading(paragraph, text, body_size):
            yield from grouped(plain)
            plain = []
            yield "heading", text
        elif text:
            plain.append(text)
    yield from grouped(plain)


def _most_common_size(lines: Iterable[_Line]) -> float:
    letters: Counter[float] = Counter()
    for line in lines:
        letters[round(line.size, 1)] += len(line.text)
    return letters.most_common(1)[0][0]


def _all_text(lines: Iterable[_Line]) -> str:
    # A word broken at the end of a line says nothing of how it is written.
    return "\n".join(_BROKEN_WORD.sub("", line.text) for line in lines)


def _is_heading(lines: Sequence[_Line], text: str, body_size: float) -> bool:
    is_large = all(line.size > 1.15 * body_size for line in lines)
    is_bold = all(line.is_bold for line in lines)
    return (
        (is_large or is_bold)
        and len(text) <= _LONGEST_HEADING
        and not _SENTENCE_END.search(text)
        and not LIST_ITEM.match(text)
        and " | " not in text
    )


def _paragraphs(lines: Sequence[_Line], body_size: float) -> list[list[_Line]]:
    leading = _leading(lines)
    full = sorted(len(line.text) for line in lines)[len(lines) * 9 // 10]
    paragraphs = [[lines[0]]]
    for before, line in pairwise(lines):
        if line.page == before.page and line.top > before.top:
            if _begins(line, before, leading.get(round(before.size), 0.0), full):
                paragraphs.append([line])
            else:
                paragraphs[-1].append(line)
        else:
            # On the next page or column it goes on, past footnotes in smaller letters.
            open_one = next(
                (
                    each
                    for each in reversed(paragraphs)
                    if each[-1].size > 0.92 * min(line.size, body_size)
                ),
                paragraphs[-1],
            )
            if line.size <= 1.15 * body_size and _goes_on(line, open_one[-1]):
                open_one.append(line)
            else:
                paragraphs.append([line])
    return paragraphs


def _leading(lines: Sequence[_Line]) -> dict[int, float]:
    """Return the usual distance from line to line for each size of letters, in points."""
    found: dict[int, list[float]] = {}
    for before, line in pairwise(lines):
        distance = line.top - before.top
        if line.page == before.page and 0 < distance < 3 * line.size and _is_alike(line, before):
            found.setdefault(round(line.size), []).append(distance)
    # Low among them: where paragraphs are of one line, most distances are between paragraphs.
    return {size: sorted(each)[len(each) // 5] for size, each in found.items()}


def _begins(line: _Line, before: _Line, leading: float, full: int) -> bool:
    """Return whether `line`, right below `before`, begins a paragraph."""
    is_ended = _SENTENCE_END.search(before.text) is not None
    return (
        not _is_alike(line, before)
        or line.top - before.top > 1.18 * (leading or line.size)
        or " | " in line.text
        or " | " in before.text
        or _BULLET.match(line.text) is not None
        or (is_ended and LIST_ITEM.match(line.text) is not None)
        or _is_indented(line, before)
        or (is_ended and len(before.text) < 0.75 * full)
    )


def _is_indented(line: _Line, before: _Line) -> bool:
    """Return whether `line` begins further right than `before`, but not below an item's text."""
    is_below = any(abs(line.lefts[0] - left) < 0.3 * line.size for left in before.lefts)
    is_right = line.lefts[0] > before.lefts[0] + 0.8 * line.size
    return is_right and not is_below and not LIST_ITEM.match(before.text)


def _goes_on(line: _Line, before: _Line) -> bool:
    """Return whether `line`, at the top of a page or column, goes on with a paragraph."""
    return (
        _is_alike(line, before)
        and not _SENTENCE_END.search(before.text)
        and not LIST_ITEM.match(line.text)
        and " | " not in line.text + before.text
    )


def _is_alike(line: _Line, other: _Line) -> bool:
    return abs(line.size - other.size) < 0.08 * other.size and line.is_bold == other.is_bold


def _mended(lines: Sequence[str], words: Counter[str]) -> str:
    """Return `lines` as one, and words broken at their ends as the rest of the text has them.

    A word that is nowhere else is put together unless its first half is a word by itself, or one
    of those prefixes that keep their hyphen: "приня-|та" is broken, "self-|evident" need not be.
    """
    text = lines[0]
    for line in lines[1:]:
        broken, rest = _BROKEN_WORD.search(text), re.match(r"[^\W\d_]+", line)
        if broken is None or rest is None or not rest[0][0].islower():
            text += " " + line
            continue
        first = broken[1].lower()
        whole, hyphened = first + rest[0], f"{first}-{rest[0]}"
        is_soft = text.endswith("\u00ad")
        is_word = words[first] > 0 or first in _PREFIXES
        if is_soft or words[whole] or not (words[hyphened] or is_word):
            text = text[:-1] + line
        else:
            text = text[:-1] + "-" + line
    return one_line(text.replace("\u00ad", "-"))  # drawn within a line, it is seen as a hyphen
