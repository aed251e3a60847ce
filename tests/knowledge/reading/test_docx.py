"""Word documents, written by python-docx and by hand: what Word shows is what is read."""

import datetime
import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml

from knowledge.errors import DocumentError
from knowledge.reading.documents import Document
from tests.knowledge.conftest import Read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document: WordDocument) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_body(*elements: str) -> bytes:
    """Return a document of `elements`, XML in which the prefix w is known."""
    document = docx.Document()
    for element in elements:
        document.element.body.insert(-1, parse_xml(element.replace(">", f" {W}>", 1)))
    return saved(document)


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """Return the document `data` with the part `name` put in place."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            if part.filename != name:
                target.writestr(part, source.read(part))
        target.writestr(name, content)
    return stream.getvalue()


def report() -> WordDocument:
    document = docx.Document()
    document.add_heading("Отчёт", 0)
    document.add_heading("Соттар", 1)
    paragraph = document.add_paragraph("The court ")
    paragraph.add_run("in Astana").bold = True
    paragraph.add_run(" decided.")
    for demand in ("bread", "work"):
        document.add_paragraph(demand, style="List Bullet")
    document.add_paragraph("Between.")
    for demand in ("first", "second"):
        document.add_paragraph(demand, style="List Number")
    table = document.add_table(2, 2)
    for row, texts in zip(table.rows, (("Name", "Born"), ("Арон", "1953")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph("The end.")
    return document


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def test_headings_paragraphs_lists_and_tables_are_read_in_order(read_data: Read) -> None:
    document = read_data(saved(report()), "report.docx")
    assert blocks(document) == [
        ("heading", "Отчёт"),
        ("heading", "Соттар"),
        ("paragraph", "The court in Astana decided."),
        ("list", "- bread\n- work"),
        ("paragraph", "Between."),
        ("list", "1. first\n2. second"),
        ("paragraph", "Name | Born"),
        ("paragraph", "Арон | 1953"),
        ("paragraph", "The end."),
    ]
    assert document.title == "Отчёт"


def test_core_properties_say_title_and_date(read_data: Read) -> None:
    written = report()
    written.core_properties.title = "On the prisons"
    written.core_properties.comments = ""
    written.core_properties.created = datetime.datetime(2024, 5, 17, 10, 0)
    document = read_data(saved(written), "a.docx")
    assert (document.title, document.date) == ("On the prisons", datetime.date(2024, 5, 17))


@pytest.mark.parametrize(
    "title", ["Document1", "report.doc", "Untitled", "Microsoft Word - a", "12"]
)
def test_a_title_that_a_program_gave_is_not_believed(read_data: Read, title: str) -> None:
    written = report()
    written.core_properties.title = title
    assert read_data(saved(written), "a.docx").title == "Отчёт"


def test_the_date_of_a_template_is_not_believed(read_data: Read) -> None:
    assert read_data(saved(report()), "a.docx").date is None


def test_a_date_to_come_is_not_believed(read_data: Read) -> None:
    written = report()
    written.core_properties.comments = ""
    written.core_properties.created = datetime.datetime(2999, 1, 1)
    assert read_data(saved(written), "a.docx").date is None


@pytest.mark.parametrize(
    ("element", "text"),
    [
        (
            "<w:p><w:r><w:t xml:space='preserve'>He was </w:t></w:r><w:del><w:r><w:delText>jailed"
            "</w:delText></w:r></w:del><w:ins><w:r><w:t>freed</w:t></w:r></w:ins></w:p>",
            "He was freed",
        ),
        (
            "<w:sdt><w:sdtContent><w:p><w:r><w:t>Held.</w:t></w:r></w:p></w:sdtContent></w:sdt>",
            "Held.",
        ),
        (
            "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden. </w:t></w:r><w:r><w:t>Seen.</w:t>"
            "</w:r></w:p>",
            "Seen.",
        ),
        ("<w:p><w:hyperlink><w:r><w:t>A link.</w:t></w:r></w:hyperlink></w:p>", "A link."),
        (
            "<w:p><w:r><w:t>One</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t>"
            "<w:noBreakHyphen/><w:t>four</w:t></w:r></w:p>",
            "One two three-four",
        ),
        (
            "<w:p><w:fldSimple><w:r><w:t>2024</w:t></w:r></w:fldSimple><w:r><w:instrText> DATE "
            "</w:instrText></w:r></w:p>",
            "2024",
        ),
        ("<w:p><w:r><w:t>a\u202eb</w:t></w:r></w:p>", "ab"),
        (
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r>"
            "<w:t>in b</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:tc><w:tc><w:p><w:r><w:t>c</w:t>"
            "</w:r></w:p></w:tc></w:tr></w:tbl>",
            "a in b | c",
        ),
    ],
    ids=[
        *("changes tracked", "content control", "hidden", "link", "breaks", "field", "bidi"),
        "table in a table",
    ],
)
def test_text_is_read_as_word_shows_it(read_data: Read, element: str, text: str) -> None:
    assert read_data(with_body(element), "a.docx").text == text


def test_numbers_are_those_that_word_shows(read_data: Read) -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    kind = parse_xml(
        f'<w:abstractNum {W} w:abstractNumId="90">'
        '<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>'
        '<w:lvl w:ilvl="2"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1.%3"/></w:lvl>'
        "</w:abstractNum>"
    )
    numbering.insert(0, kind)
    numbering.append(parse_xml(f'<w:num {W} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for level, text in ((0, "a"), (1, "b"), (1, "c"), (2, "d"), (0, "e"), (1, "f")):
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>')
        )
    assert read_data(saved(document), "a.docx").text == "3. a\n(a) b\n(b) c\n3.I d\n4. e\n(a) f"


def archive(write: Callable[[zipfile.ZipFile], None]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        write(target)
    return stream.getvalue()


def lying(data: bytes) -> bytes:
    """Return the archive `data` with its first part said to be of 10 bytes, everywhere."""
    size = zipfile.ZipFile(io.BytesIO(data)).infolist()[0].file_size.to_bytes(4, "little")
    return data.replace(size, (10).to_bytes(4, "little"))


DOCTYPE = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    b"<w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>"
)


def bomb() -> bytes:
    """Return a document that unpacks to 101 MB; made when it is wanted, as that takes long."""
    return with_part(saved(report()), "word/media/a.bin", bytes(101_000_000))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04 and no more", "is damaged or protected by a password"),
        (
            b"%PDF-1.7 ...",
            r"is a PDF document by its content, not \.docx; give it the ending \.pdf",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "is an old or protected Office document by its content, .* without a password",
        ),
        (b"Just text.", "is not a Word document"),
        (archive(lambda a: a.writestr("a.txt", "x")), "is a ZIP archive, not a Word document"),
        (archive(lambda a: a.writestr("[Content_Types].xml", "<a")), "no Word document|damaged"),
        (bomb, "unpacks to more than 100 MB"),
        (lying(archive(lambda a: a.writestr("[Content_Types].xml", bytes(200_000)))), "is damaged"),
        (with_part(saved(report()), "word/document.xml", DOCTYPE), "holds XML entities"),
        (
            with_part(saved(report()), "word/document.xml", b" " * 65_530 + DOCTYPE),
            "holds XML entities",
        ),
        (saved(report())[:-200], "is damaged"),
        (saved(docx.Document()), "there is no text in it"),
    ],
    ids=[
        *("cut off", "PDF", "old", "text", "ZIP", "other ZIP", "bomb", "lying", "entity"),
        *("entity far in", "truncated", "empty"),
    ],
)
def test_a_word_document_that_cannot_be_read_is_named(
    read_data: Read, data: bytes | Callable[[], bytes], message: str
) -> None:
    with pytest.raises(DocumentError, match=rf"^a\.docx: .*({message})"):
        read_data(data() if callable(data) else data, "a.docx")


def test_many_small_parts_are_a_bomb_too(read_data: Read) -> None:
    def write(target: zipfile.ZipFile) -> None:
        target.writestr("[Content_Types].xml", "<a/>")
        for number in range(6_000):
            target.writestr(str(number), "")

    with pytest.raises(DocumentError, match="unpacks to more than"):
        read_data(archive(write), "a.docx")
