"""Blocks of Word documents: headings, tables, text boxes, files in them, what is left out."""

import datetime

import docx
import pytest

from tests.knowledge.conftest import Read
from tests.knowledge.reading.word import (
    WORD_XML,
    field,
    item,
    level,
    of_kind,
    p,
    saved,
    styled,
    table,
    word,
)

LISTS = {
    "kinds": {77: level(0, "decimal", "%1."), 78: level(0, "decimal", "%1)")},
    "lists": {70: of_kind(77), 71: of_kind(78)},
}
CLAUSE = (
    "The supplier shall deliver all of the goods within thirty days of the order, at its own cost."
)


def merged(text: str, how: str) -> str:
    return f"<w:tcPr>{how}</w:tcPr>{p(text)}"


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (
            [
                (merged("North", '<w:vMerge w:val="restart"/>'), "2019", "14"),
                (merged("", "<w:vMerge/>"), "2020", "21"),
                ("South", "2020", "3"),
            ],
            "North | 2019 | 14\nNorth | 2020 | 21\nSouth | 2020 | 3",
        ),
        (
            [
                (
                    merged("All", '<w:gridSpan w:val="2"/>'),
                    merged("9", '<w:vMerge w:val="restart"/>'),
                ),
                ("a", "b", merged("not shown", "<w:vMerge/>")),
            ],
            "All | 9\na | b | 9",
        ),
        (
            [(merged("a", '<w:hMerge w:val="restart"/>'), merged("", "<w:hMerge/>"), "b")],
            "a | b",
        ),
        ([(item("", 70), "Ivanov"), (item("", 70), "Petrov")], "1. | Ivanov\n2. | Petrov"),
        (
            [(p("Demands:") + item("bread", 70) + item("work", 70), "x")],
            "Demands: 1. bread 2. work | x",
        ),
        ([(table(("in a", "in b")) + p(), "c")], "in a | in b\nc"),
        ([(p("A frame.") + item("bread", 70) + item("work", 70),)], "A frame.\n1. bread\n2. work"),
        (
            [(p("а" * 150) + p("б" * 60), p("a" * 150) + p("b" * 60))],
            "\n".join(("а" * 150, "б" * 60, "a" * 150, "b" * 60)),
        ),
    ],
    ids=[
        *("rows merged", "both merged", "columns merged", "numbers alone", "list in a cell"),
        *("table in a table", "frame", "two languages side by side"),
    ],
)
def test_tables(read_data: Read, rows: list[tuple[str, ...]], text: str) -> None:
    assert read_data(word(table(*rows), **LISTS), "a.docx").text == text


def test_deleted_rows_and_cells_are_gone(read_data: Read) -> None:
    rows = table(("a", "b"), ("c", "d")).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>", 1)
    cells = table((merged("e", "<w:cellDel/>"), "f", "g"))
    document = read_data(word(rows, cells), "a.docx")
    assert (document.text, document.notes.left_out["deleted"]) == ("c | d\nf | g", 2)


def box(new: str, old: str) -> str:
    """Return a text box, written twice: for Word since 2010 and for Word before it."""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wps:txbx>'
        f"<w:txbxContent>{new}</w:txbxContent></wps:txbx></wp:anchor></w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict><v:shape><v:textbox>"
        f"<w:txbxContent>{old}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def test_a_text_box_is_read_once_and_breaks_nothing(read_data: Read) -> None:
    within = box(p("Within it."), p("Within it."))
    data = word(
        p("Before the ", box(p("In a box.") + p(within), p("In a box.")), "break."),
        item("bread", 70),
        item("", 70).replace("</w:p>", f"{box(p('Aside.'), p('Aside.'))}</w:p>"),
        item("work", 70),
        p("The end."),
        **LISTS,
    )
    assert read_data(data, "a.docx").text.splitlines() == [
        *("Before the break.", "In a box.", "Within it."),
        *("1. bread", "3. work", "Aside.", "The end."),
    ]


def test_of_what_is_written_twice_the_one_that_word_understands_is_read(read_data: Read) -> None:
    strange = (
        '<w:r><mc:AlternateContent><mc:Choice xmlns:q="urn:q" Requires="q"><w:t>new</w:t>'
        "</mc:Choice><mc:Fallback><w:t>old</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert read_data(word(p("The ", strange, " one.")), "a.docx").text == "The old one."


def chunk_of() -> str:
    """Return a call for the first part that is put beside a new document's body."""
    return f'<w:altChunk r:id="rId{len(docx.Document().part.rels) + 1}"/>'


@pytest.mark.parametrize(
    ("content_type", "content", "text"),
    [
        ("text/plain", "Words of a file.", "Words of a file."),
        (
            "text/html",
            "<html><p>Forty herders left the valley of the Tau that spring.</p></html>",
            "Forty herders left the valley of the Tau that spring.",
        ),
        ("application/rtf", "{\\rtf1 Words.}", "[?]"),
        (f"{WORD_XML}.document.main+xml", "no archive", "[?]"),
    ],
)
def test_a_file_within_the_file(
    read_data: Read, content_type: str, content: str, text: str
) -> None:
    data = word(p("A"), chunk_of(), p("B"), parts=(("aFChunk", content_type, content.encode()),))
    assert read_data(data, "a.docx").text == f"A\n{text}\nB"


def test_a_word_document_within_a_word_document(read_data: Read) -> None:
    inner = word(p("Inner."), table(("a", "b")))
    kind = f"{WORD_XML}.document.main+xml"
    data = word(p("A"), chunk_of(), p("B"), parts=(("aFChunk", kind, inner),))
    assert read_data(data, "a.docx").text == "A\nInner.\na | b\nB"


def test_a_file_within_the_file_that_is_not_there(read_data: Read) -> None:
    data = word(p("A"), '<w:altChunk r:id="rId99"/>')
    assert read_data(data, "a.docx").text == "A\n[?]"


def test_clauses_in_the_style_of_a_heading_can_be_quoted(read_data: Read) -> None:
    data = word(
        *(
            styled("Duties", "Heading1"),
            styled(CLAUSE, "Heading2"),
            styled(CLAUSE[:-1], "Heading2"),
        ),
        p("Fees", properties='<w:outlineLvl w:val="1"/>'),
        p("Text", properties='<w:outlineLvl w:val="9"/>'),
    )
    kinds = [block.kind for block in read_data(data, "a.docx").blocks]
    assert kinds == ["heading", "paragraph", "heading", "heading", "paragraph"]


def test_a_title_in_its_style_goes_before_other_headings(read_data: Read) -> None:
    data = word(styled("Contents", "Heading1"), styled("Charter", "Title"), p("Text."))
    assert read_data(data, "a.docx").title == "Charter"


def test_tables_of_contents_are_left_out_and_counted(read_data: Read) -> None:
    gallery = '<w:docPartGallery w:val="Table of Contents"/>'
    control = (
        f"<w:sdt><w:sdtPr><w:docPartObj>{gallery}</w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{p('Contents')}{p('Losses 3')}</w:sdtContent></w:sdt>"
    )
    begun, ended = field("TOC \\o", "Claims 9").split('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    data = word(control, p(begun), p("Fees 11", end + ended), p("Text."))
    document = read_data(data, "a.docx")
    assert (document.text, dict(document.notes.left_out)) == ("Text.", {"contents": 4})


def test_headers_footers_and_comments_are_left_out_and_counted(read_data: Read) -> None:
    document = docx.Document()
    document.add_paragraph("Text.")
    document.sections[0].header.paragraphs[0].text = "Confidential"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    document.add_comment(document.paragraphs[0].runs, "Is it so?")
    document.add_comment(document.paragraphs[0].runs, "It is.")
    read = read_data(saved(document), "a.docx")
    assert (read.text, dict(read.notes.left_out)) == ("Text.", {"margins": 2, "comments": 2})


def test_the_day_a_file_was_made_is_a_guess(read_data: Read) -> None:
    document = docx.Document()
    document.add_paragraph("Text.")
    assert read_data(saved(document), "a.docx").notes.guessed == ()
    document.core_properties.comments = ""
    document.core_properties.created = datetime.datetime(2024, 5, 17)
    assert read_data(saved(document), "a.docx").notes.guessed == ("date",)
