"""Tables with a row that says what their columns are called, whichever format they come from."""

import docx
import pytest

from bot.answer_json import as_json
from bot.messages import answer_blocks, pack
from knowledge.errors import KnowledgeError
from knowledge.quotes.answers import Quote, quote
from knowledge.reading.documents import Block, Document
from knowledge.reading.formats.table_blocks import Row, table_blocks
from knowledge.reading.passages import split
from knowledge.reading.rows import names_column, rows_meant
from tests.knowledge.conftest import Know, Read
from tests.knowledge.reading.test_pdf import Pdf
from tests.knowledge.reading.word import p, saved, table, word

HEADER, ROWS = "Village | Houses flooded", "Kokpek | 37\nZhana | 12\nAkzhar | 64"
TABLE = [line.split(" | ") for line in (HEADER, *ROWS.split("\n"))]


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def page(tag: str) -> bytes:
    first, *others = [f"<td>{'<td>'.join(row)}" for row in TABLE]
    head = first.replace("td>", f"{tag}>")
    return f"<p>Said.<table><tr>{head}<tr>{'<tr>'.join(others)}</table>".encode()


def markdown() -> bytes:
    first, *others = [f"|{'|'.join(row)}|" for row in TABLE]
    return "\n".join(["Said.\n", first, "|-|-|", *others]).encode()


def in_word(*, is_bold: bool = False, style: str | None = None, repeats: bool = False) -> bytes:
    document = docx.Document()
    document.add_paragraph("Said.")
    written = document.add_table(0, 2, style=style)
    for row in TABLE:
        for cell, text in zip(written.add_row().cells, row, strict=True):
            cell.paragraphs[0].add_run(text).bold = is_bold and row is TABLE[0]
    if repeats:
        written.rows[0]._tr.get_or_add_trPr().append(
            docx.oxml.parse_xml(
                '<w:tblHeader xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
            )
        )
    return saved(document)


def pdf() -> bytes:
    made = Pdf()
    sheet = made.page()
    sheet.at(70, 790, "Said.")
    for number, row in enumerate(TABLE):
        for x, text in zip((70, 250), row, strict=True):
            sheet.at(x, 750 - 20 * number, text)
    return made.data


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (page("th"), "a.html"),
        (page("td style='font-weight: bold'"), "a.html"),
        (page("td").replace(b"<td>Village", b"<td><b>Village</b>"), "a.html"),
        (markdown(), "a.md"),
        (in_word(is_bold=True), "a.docx"),
        (in_word(style="Light List"), "a.docx"),
        (in_word(repeats=True), "a.docx"),
        (pdf(), "a.pdf"),
    ],
    ids=["th", "bold", "figures", "markdown", "bold run", "style", "repeated", "pdf"],
)
def test_a_table_is_one_block_below_what_its_columns_are_called(
    read_data: Read, data: bytes, name: str
) -> None:
    read = read_data(data, name)
    assert blocks(read) == [("paragraph", "Said."), ("columns", HEADER), ("table", ROWS)]
    _, passage = split(read)
    assert (passage.paragraph, passage.header, passage.text) == (2, HEADER, ROWS)
    assert [passage.sentence_text(s) for s in passage.sentences] == ROWS.split("\n")


@pytest.mark.parametrize(
    "rows",
    [
        [("Name", "Aron Atabek"), ("Born", "1953"), ("Term", "18 years")],
        [("Village",), ("Kokpek",), ("Zhana",)],
        [("Judge:", "Where were you?"), ("Witness:", "At home."), ("Judge:", "When?")],
        [("Story", "What was said"), ("first", "word " * 90), ("second", "word " * 90)],
        [("Village", "Houses"), ("", "")],
    ],
    ids=["names and values", "one column", "speakers", "prose", "nothing below"],
)
def test_rows_without_a_header_are_paragraphs(rows: list[tuple[str, ...]]) -> None:
    read = list(
        table_blocks(
            [
                Row(row, is_header=len(row[-1]) < 14 and n == 0 and row[0] in {"Story"})
                for n, row in enumerate(rows)
            ]
        )
    )
    assert {kind for kind, _ in read} == {"paragraph"}


def test_two_rows_may_say_what_columns_are_called(read_data: Read) -> None:
    data = word(
        table(
            ("<w:tcPr><w:vMerge w:val='restart'/></w:tcPr>" + p("Post"), p("Staff"), p("Staff")),
            ("<w:tcPr><w:vMerge/></w:tcPr>" + p(""), p("Doctors"), p("Nurses")),
            (p("Upper"), p("2"), p("7")),
            (p("Lower"), p("0"), p("3")),
        )
    )
    assert blocks(read_data(data, "a.docx")) == [
        ("columns", "Post | Staff | Staff\nPost | Doctors | Nurses"),
        ("table", "Upper | 2 | 7\nLower | 0 | 3"),
    ]


def long_table(read_data: Read) -> Document:
    rows = "\n".join(f"| Village of the upper river {n} | {n + 100} |" for n in range(60))
    return read_data(f"| Village | Houses flooded |\n|-|-|\n{rows}\n".encode(), "a.md")


def test_each_part_of_a_long_table_shows_the_header(read_data: Read) -> None:
    passages = split(long_table(read_data))
    assert len(passages) > 2
    assert {passage.header for passage in passages} == {HEADER}
    assert {passage.paragraph for passage in passages} == {1}
    assert sum(len(passage.sentences) for passage in passages) == 60
    assert all(len(passage.text) < 1400 for passage in passages)
    last = quote(passages[-1], passages[-1].sentences[-1])
    assert (last.header, last.highlight) == (HEADER, "Village of the upper river 59 | 159")


@pytest.mark.parametrize(
    ("header", "row", "read"),
    [
        ("Village | Houses", "Kokpek | 37", "Village: Kokpek; Houses: 37."),
        ("Village | Houses | Wells", "Total |  | 5", "Village: Total; Wells: 5."),
        (" | Houses", "Kokpek | 37", "Kokpek; Houses: 37."),
        ("Village | Houses", "Kokpek", "Village | Houses\nKokpek"),
    ],
    ids=["each", "an empty cell", "a column without a name", "a cell across columns"],
)
def test_each_cell_is_read_behind_what_its_column_is_called(
    header: str, row: str, read: str
) -> None:
    text = f"{header}\n{row}"
    columns, table = Block("columns", 0, len(header)), Block("table", len(header) + 1, len(text))
    (passage,) = split(Document("a", "a", text, (columns, table), "en"))
    assert passage.read_sentence(passage.sentences[0]) == read


def test_a_header_is_what_stands_in_the_document(read_data: Read) -> None:
    one = quote(passage := split(long_table(read_data))[0], passage.sentences[0])
    with pytest.raises(KnowledgeError, match="not what the document says"):
        Quote(
            one.passage, one.sentence, one.text, one.highlight, one.label, header="Village | Houses"
        )


def test_a_header_that_stands_again_answers_nothing(read_data: Read) -> None:
    data = markdown() + f"\n| {HEADER} |\n| Aral | 5 |".encode()
    *_, passage = split(read_data(data, "a.md"))
    assert HEADER not in [passage.sentence_text(s) for s in passage.sentences]
    assert passage.sentence_text(passage.sentences[-1]) == "Aral | 5"


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("How many houses were flooded in Zhana?", ["Zhana | 12"]),
        ("How many houses were flooded?", ROWS.split("\n")),
        ("Which village had 64 flooded houses?", ["Akzhar | 64"]),
    ],
)
def test_a_row_of_which_a_question_names_another_is_not_meant(
    read_data: Read, question: str, rows: list[str]
) -> None:
    _, passage = split(read_data(markdown(), "a.md"))
    assert [passage.sentence_text(s) for s in rows_meant(question, passage)] == rows


@pytest.mark.parametrize(
    ("question", "is_named"),
    [
        ("How many houses were flooded in Zhana?", True),
        ("Zhana", True),
        ("How many people drowned in Zhana?", False),
        ("How many people drowned in the village of Zhana?", False),
    ],
)
def test_a_question_asks_for_a_column_or_for_what_the_table_does_not_have(
    read_data: Read, question: str, is_named: bool
) -> None:
    _, passage = split(read_data(markdown(), "a.md"))
    assert names_column(question, passage, passage.sentences[1]) is is_named


def test_a_part_of_a_table_is_not_meant_if_another_has_the_row(read_data: Read) -> None:
    first, *_, last = split(long_table(read_data))
    question = "How many houses were flooded in village 59 of the upper river?"
    assert rows_meant(question, first) == ()
    assert rows_meant(question, last) == last.sentences[-1:]


def test_an_answer_is_a_row_under_its_header(know: Know) -> None:
    known = know(a_md=f"# Floods\n\n{markdown().decode()}")
    answer = known.ask("How many houses were flooded in Kokpek?")
    assert [one.highlight for one in answer.quotes] == ["Kokpek | 37"]
    (message,) = pack(answer_blocks(answer, known))
    assert f"<blockquote>{HEADER}\n<b>Kokpek | 37</b></blockquote>" in message
    assert f'"header": "{HEADER}"' in as_json("", answer, known)
