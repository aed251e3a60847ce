"""Files of every kind that is read, of any bytes, and what may come of reading them."""

import io
import re
import zipfile
from functools import cache
from typing import Any

import docx
from hypothesis import strategies as st
from PIL import Image

from knowledge.errors import DocumentError
from knowledge.reading.documents import parse
from knowledge.reading.formats import ENDINGS
from knowledge.reading.parsing import Parser
from knowledge.reading.passages import split
from knowledge.words.text import normalise
from tests.knowledge.reading.test_docx import saved, with_part
from tests.knowledge.reading.test_html import ARTICLE
from tests.knowledge.reading.test_pdf import one_page

File = tuple[bytes, str]

_MAGIC = (b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html><p>", b"---\ntitle: ", b"\xff\xfe", b"\x89PNG")
_MARKUP = [
    *(
        "<p>",
        "</p>",
        "<table>",
        "<tr>",
        "<td>",
        "<ul>",
        "<li>",
        "<article>",
        "<body>",
        "<!--",
        "&#",
    ),
    *(
        "<sup>",
        "<script>",
        "# ",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "| a | b |\n",
        "|---|---|\n",
        "> ",
        "```\n",
    ),
    *(
        "[^1]",
        "[^1]: ",
        "$x$",
        "**",
        "---\n",
        "date: ",
        "2024-05-17",
        "title: ",
        "term\n: ",
        "\u200f",
    ),
    *(
        "The court ruled. ",
        "Суд решил. ",
        "Сот шешті. ",
        "Correction: ",
        "«",
        "No. 5",
        "\t",
        "\x0c",
    ),
]


def _picture(form: str) -> bytes:
    stream = io.BytesIO()
    Image.new("L", (40, 30), 255).save(stream, form)
    return stream.getvalue()


@cache
def _valid() -> dict[str, bytes]:
    document = docx.Document()
    document.add_heading("Report")
    document.add_paragraph("The text of it.")
    document.add_paragraph("bread", style="List Bullet")
    document.add_paragraph("first", style="List Number")
    document.add_table(2, 2).cell(0, 0).text = "Court"
    forms = {".jpg": "JPEG", ".png": "PNG", ".tif": "TIFF", ".webp": "WEBP"}
    return {
        ".pdf": one_page(),
        ".docx": saved(document),
        ".html": ARTICLE.encode(),
        ".md": b"---\ntitle: T\n---\n# A\n\n- b\n\n| c |\n|---|\n| d |\n",
        ".txt": "---\ndate: 2024-05-17\n---\nThe court ruled.\n\nСуд решил.".encode(),
    } | {ending: _picture(form) for ending, form in forms.items()}


@st.composite
def _spoilt(draw: st.DrawFn) -> File:
    """Draw a file that was good before bytes of it were changed, doubled or cut away."""
    ending = draw(st.sampled_from(sorted(_valid())))
    return bytes(_bytes_changed(draw, _valid()[ending])), ending


@st.composite
def _repacked(draw: st.DrawFn) -> File:
    """Draw a Word document with one part damaged in an intact archive."""
    data = _valid()[".docx"]
    archive = zipfile.ZipFile(io.BytesIO(data))
    names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
    # The text itself as often as all that stands around it.
    name = draw(st.sampled_from([*["word/document.xml"] * len(names), *names]))
    return with_part(data, name, bytes(_bytes_changed(draw, archive.read(name)))), ".docx"


def _bytes_changed(draw: st.DrawFn, good: bytes) -> bytearray:
    data = bytearray(good)
    for _ in range(draw(st.integers(1, 6))):
        place, length = draw(st.integers(0, len(data))), draw(st.integers(0, 60))
        source = draw(st.integers(0, len(data)))
        piece = bytes(data[source : source + length])
        new = draw(st.just(piece) | st.just(piece * 50) | st.binary(max_size=20) | _NUMBER)
        data[place : place + draw(st.integers(0, 20))] = new
    return data


_NUMBER = st.sampled_from([b"-1", b"0", b"65536", b"2147483648", b"9" * 30, b"1e308", b"NaN"])
_RANDOM = st.tuples(
    st.builds(bytes.__add__, st.sampled_from(_MAGIC), st.binary(max_size=500)),
    st.sampled_from(ENDINGS),
)
_MARKED = st.tuples(
    st.lists(st.sampled_from(_MARKUP) | st.text(max_size=8), max_size=60).map(
        lambda parts: "".join(parts).encode("utf-8", "surrogatepass")
    ),
    st.sampled_from([".txt", ".md", ".html"]),
)

files: Any = _RANDOM | _MARKED | _spoilt() | _repacked()
"""A file as bytes, and the ending of its name."""


def read(file: File, parser: Parser) -> bool:
    """Return whether `file` is a document. Raises AssertionError for one that should not be, and
    for a refusal that is not clear.
    """
    data, ending = file
    try:
        document = parse(data, f"a{ending}", parser)
    except DocumentError as error:
        is_clear = re.match(rf"a\{ending}: (?!takes longer|its reader)", str(error)) is not None
        assert is_clear, error  # noqa: PT017, some files are read and some are not
        return False
    for block in document.blocks:
        text = document.text[block.start : block.end]
        assert text == normalise(text)
        assert text.strip()
        assert block.kind in {"list", "table", "columns"} or "\n" not in text
    assert document.title == normalise(document.title)
    for passage in split(document):
        assert passage.sentences
        for sentence in passage.sentences:
            assert passage.start <= sentence.start < sentence.end <= passage.end
    return True
