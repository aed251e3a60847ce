"""From files to documents: what is kept, what is refused, and where each block lies."""

import datetime
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import DocumentError
from knowledge.reading.documents import (
    Document,
    parse,
    read_document,
    read_documents,
    with_metadata,
)
from knowledge.reading.metadata import Metadata, as_strings, checked
from knowledge.reading.parsing import Parser
from knowledge.reading.passages import split
from knowledge.words.text import normalise
from tests.knowledge.conftest import Read

LIMIT = 100_000  # bytes

# What Telegram deletes or turns into something else, as notes on its server have it.
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
MARKS = "\u030a\u0333\u033f"
UNSEEN = "\ufeff\u200b\u2060\u2063\u034f\u061c"
DROPPED = BIDI + MARKS + UNSEEN
CONTROLS = "".join(map(chr, (*range(10), *range(11, 32), *range(127, 160)))) + "\u2028\u2029"

ReadText = Callable[..., Document]

# Pieces of texts and of Markdown, in an order nobody would write.
PIECES = st.lists(
    st.sampled_from(
        [
            *("# ", "- ", "  - ", "1. ", "> ", "```\n", "| a | b |\n|---|---|\n", "\n", "\n\n"),
            *("\r\n", "A word. ", "Бір сөз! ", "...", "—", "*", "**", "[a](b)", "\t", "😀", "a) "),
            *("○ ", "---\n", "===\n", "A line of fifty letters or more, wrapped by hand,\n"),
        ]
    ),
    max_size=30,
).map("".join)


@pytest.fixture
def read(read_data: Read) -> ReadText:
    """Return a text read from a file, called report.txt unless something else is said."""
    return lambda text, name="report.txt": read_data(text.encode(), name)


def blocks(document: Document) -> list[tuple[str, str]]:
    """Return kind and text of every block."""
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("e\u0301", "é"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\u2028b\u2029c\x0bd\x0ce\x85f", "a\nb\nc\nd\ne\nf"),
        ("a\tb\x00c\x1fd\x7fe", "a b c d e"),
        ("\ufeffa\u202eb\u200fc", "abc"),
        ("q\u030ax\u0333y\u033f", "qxy"),
        ("a\u030a", "å"),
        ("commis\u00adsion of Bal\u200bta\u2060n", "commission of Baltan"),
        ("commis\u00ad\n  sion", "commission"),
        ("Or\u200dma\u200cnov \u200c 5\u200d", "Ormanov  5"),
        (
            "می\u200cخواهم 1445 ه\u200d. 👩\u200d👦 ❤\ufe0f\u200d🔥",
            "می\u200cخواهم 1445 ه\u200d. 👩\u200d👦 ❤\ufe0f\u200d🔥",
        ),
        ("қазақ ёлка “quoted” 👩‍👦", "қазақ ёлка “quoted” 👩‍👦"),
    ],
    ids=[
        "composed",
        "line-ends",
        "separators",
        "controls",
        "bidi",
        "marks-deleted",
        "mark-composed",
        "unseen",
        "soft-hyphen-at-a-line-end",
        "joiners-in-words",
        "joiners-that-shape",
        "all-else-kept",
    ],
)
def test_text_is_normalised_as_telegram_shows_it(written: str, kept: str) -> None:
    assert normalise(written) == kept


@given(st.text() | st.text(st.sampled_from("ae\u0301" + DROPPED)))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text() | st.text(st.sampled_from("ab \n" + DROPPED + CONTROLS)))
def test_nothing_that_telegram_would_delete_survives(text: str) -> None:
    assert not set(normalise(text)) & set(DROPPED + CONTROLS)


def test_front_matter_says_what_a_document_is(read: ReadText) -> None:
    front = "title: A report\ndate: 2019-03-14\nlanguage: ru\npublisher: An office\n"
    document = read(f"---\n{front}url: https://example.org/a\n---\nThe text.\n")
    assert document.id == "report"
    assert document.title == "A report"
    assert document.date == datetime.date(2019, 3, 14)
    assert document.language == "ru"
    assert document.publisher == "An office"
    assert document.url == "https://example.org/a"
    assert document.text == "The text."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The cat sat.", "en"),
        ("Кошка сидела на ковре.", "ru"),
        ("Мысық кілемнің үстінде отырды.", "kk"),
    ],
    ids=["en", "ru", "kk"],
)
def test_without_front_matter_the_file_and_the_text_say_it(
    read: ReadText, text: str, language: str
) -> None:
    document = read(text, "the cat.txt")
    assert (document.id, document.title, document.language) == ("the cat", "the cat", language)
    assert (document.date, document.publisher, document.url) == (None, None, None)


@pytest.mark.parametrize(
    "source",
    [
        b"---\r\ntitle: T\r\n---\r\nText.\r\n",
        b"\xef\xbb\xbf---\ntitle: T\n---\nText.",
        b"--- \ntitle: T\n---\t\nText.",
        b"---\ntitle: T\ndate:\n---\n\n\nText.\n\n",
    ],
    ids=["crlf", "byte-order-mark", "space-after-dashes", "empty-value"],
)
def test_front_matter_is_found_however_it_is_saved(read_data: Read, source: bytes) -> None:
    document = read_data(source, "report.txt")
    assert (document.title, document.text) == ("T", "Text.")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Report on colony LA-155/8\n\nIt was cold.", "Report on colony LA-155/8"),
        ("Отчёт о колонии\n\nБыло холодно.\n\nОчень.", "Отчёт о колонии"),
        ("It was cold.\n\nVery.", "report"),  # a sentence
        ("Dear colleagues,\n\nit was cold.", "report"),  # goes on
        ("1. Cold\n\nIt was cold.", "report"),  # an item of a list
        ("It was cold\nand dark\n\nVery.", "report"),  # two lines
        ("It was cold", "report"),  # nothing beneath it
        ("---\ntitle: Cold\n---\nDay one\n\nIt was cold.", "Cold"),
    ],
)
def test_a_line_over_a_text_is_its_title(read: ReadText, text: str, title: str) -> None:
    assert read(text).title == title


def test_a_title_is_no_answer(read: ReadText) -> None:
    document = read("Report on colony LA-155/8\n\nThe barracks hold 40 people.")
    assert [passage.text for passage in split(document)] == ["The barracks hold 40 people."]


def test_empty_front_matter_is_none(read: ReadText) -> None:
    assert read("---\n---\nText.").text == "Text."


def test_dashes_without_a_second_line_are_text(read: ReadText) -> None:
    assert read("---\ntitle: T\nText.").text == "---\ntitle: T\nText."


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ("title: [", "its front matter is not YAML"),
        ("? [a]\n: b", "its front matter is not YAML"),
        ("- title", "its front matter is not a list of keys and values"),
        ("just words", "its front matter is not a list of keys and values"),
        ("title: &a [*a]", "its front matter is not YAML"),
        ("title: {a: b}", "title has several values"),
        ("date: 2019", "'2019' is no date"),
        ("date: 03/04/2021", "the date '03/04/2021' is 2021-03-04 or 2021-04-03"),
        ("date: 2024-02-31", "there is no such day as '2024-02-31'"),
        ("language: klingonese", "'klingonese' is no code of a language"),
        ("url: javascript:alert(1)", r"the link 'javascript:alert\(1\)' is no address; .*http"),
    ],
    ids=[
        "open-bracket",
        "list-as-key",
        "list",
        "words",
        "within-itself",
        "keys-as-title",
        "year",
        "either-month",
        "no-such-day",
        "no-language",
        "url",
    ],
)
def test_wrong_front_matter_is_named(read: ReadText, front: str, message: str) -> None:
    with pytest.raises(DocumentError, match=rf"report\.txt: {message}") as caught:
        read(f"---\n{front}\n---\nText.")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"", "there is no text in it"),
        ("a.txt", b" \n\t\r\n\xc2\xa0\n", "there is no text in it"),
        ("a.txt", b"---\ntitle: T\n---\n", "there is no text in it"),
        ("a.md", b"# Only\n\n## headings\n", "there is no text in it"),
        ("a.md", b"<div><br></div>", "there is no text in it"),
        ("a.txt", b"caf\xe9", r"is not UTF-8 \(byte 3\); save it again as UTF-8"),
        ("a.txt", b"a\xed\xa0\x80b", r"is not UTF-8 \(byte 1\)"),
        ("a.txt", "文字".encode("utf-16-le") + b"\x00\x00", r"holds NUL characters"),
        ("a.txt", b"\xff\xfet\x00e", r"is not UTF-16-LE \(byte 2\); save it again as UTF-8"),
        ("a.txt", b"\xff\xfea\x00\x00\x00", r"holds NUL characters"),
        ("a.txt", b"a\x00b", "is not text"),
        (
            "a.doc",
            b"text",
            r"files of type '\.doc' are not read, expected one of \.txt, .*, \.docx",
        ),
        ("README", b"text", "files of type '' are not read"),
    ],
    ids=[
        "empty",
        "blank",
        "front-matter-only",
        "headings-only",
        "html-only",
        "latin-1",
        "surrogate",
        "utf-16-without-mark",
        "utf-16-cut",
        "utf-16-nul",
        "nul",
        "doc",
        "no-ending",
    ],
)
def test_a_file_that_cannot_be_used_is_named(
    read_data: Read, name: str, data: bytes, message: str
) -> None:
    with pytest.raises(DocumentError, match=rf"{name}: .*({message})"):
        read_data(data, name)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", r"is a PDF document by its content, .* the ending \.pdf"),
        (b"PK\x03\x04", "is a ZIP archive or a Word document by its content"),
        (b"\x89PNG\r\n\x1a\n\x00", "is a picture .* by its content"),
        (b"\xff\xd8\xff\xe0", "is a picture .* by its content"),
        (b"{\\rtf1\\ansi Text.}", r"is an RTF document by its content.* as \.docx"),
        (b"\x1f\x8b\x08", "is a GZIP archive by its content.*unpack it"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html>\n<p>Text.", r"is a web page .* the ending \.html"),
        (b"<HTML lang=en><p>Text.", "is a web page by its content"),
    ],
    ids=["PDF", "ZIP", "PNG", "JPEG", "RTF", "GZIP", "web page", "web page without a type"],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_file_of_another_type_than_its_ending_says_is_named(
    read_data: Read, name: str, data: bytes, message: str
) -> None:
    with pytest.raises(DocumentError, match=rf"^{name}: {message}"):
        read_data(data, name)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_says_how_a_text_is_written(read_data: Read, encoding: str) -> None:
    data = "---\ntitle: Т\n---\nМәтін.".encode(encoding)
    document = read_data(data, "a.txt")
    assert (document.title, document.text) == ("Т", "Мәтін.")


METADATA = Metadata(
    title="A \u202etitle", date=datetime.date(2020, 1, 2), language="DE", url="https://e.org/"
)


def test_what_an_editor_says_goes_over_what_the_file_says(parser: Parser) -> None:
    data = b"---\ntitle: T\ndate: 2019-03-14\npublisher: P\n---\nText."
    document = parse(data, "a.txt", parser, METADATA)
    assert (document.title, document.language, document.url) == ("A title", "de", "https://e.org/")
    assert (document.date, document.publisher) == (datetime.date(2020, 1, 2), "P")


def test_metadata_is_corrected_in_a_document_that_was_read(read_data: Read) -> None:
    document = with_metadata(read_data(b"Text.", "a.txt"), METADATA)
    assert document == replace(
        read_data(b"Text.", "a.txt"),
        title="A title",
        date=datetime.date(2020, 1, 2),
        language="de",
        url="https://e.org/",
    )


def test_metadata_that_is_kept_is_read_back() -> None:
    assert checked(as_strings(METADATA)) == METADATA


def test_a_file_of_just_the_largest_size_is_read_and_no_larger_one(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("x" * LIMIT)
    assert len(read_document(file, LIMIT).text) == LIMIT
    file.write_text("x" * (LIMIT + 1))
    message = rf"a\.txt: is larger than {LIMIT} bytes; .* documents\.max_bytes"
    with pytest.raises(DocumentError, match=message):
        read_document(file, LIMIT)


def test_bad_files_leave_the_others_readable(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Good.")
    (tmp_path / "a.txt").write_bytes(b"\xff")
    (tmp_path / "c.MD").write_text("# Also\n\ngood.")
    (tmp_path / "d.docx").write_bytes(b"PK")
    documents = read_documents(tmp_path, LIMIT)
    assert [document.id for document in documents.readable] == ["b", "c"]
    assert [Path(str(p).split(":")[0]).name for p in documents.problems] == ["a.txt", "d.docx"]


def test_two_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("Text.")
    (tmp_path / "report.md").write_text("Markdown.")
    (tmp_path / "report.html").write_text("<html><p>A page.</p>")
    documents = read_documents(tmp_path, LIMIT)
    assert [document.text for document in documents.readable] == ["A page."]
    assert len(documents.problems) == 2
    for problem in documents.problems:
        assert "another document is called report; rename one" in str(problem)


def test_what_is_no_document_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".hidden.txt").write_text("Hidden.")
    (tmp_path / "questions.yaml").write_text("[]")
    (tmp_path / "people.YML").write_text("[]")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    documents = read_documents(tmp_path, LIMIT)
    assert (documents.readable, documents.problems) == ((), ())


@pytest.mark.parametrize("name", ["nowhere", "file"])
def test_a_folder_that_cannot_be_listed_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DocumentError, match=rf"{name}: cannot be listed"):
        read_documents(tmp_path / name, LIMIT)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_nobody_may_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Secret.")
    (tmp_path / "secret.txt").chmod(0)
    (problem,) = read_documents(tmp_path, LIMIT).problems
    assert "secret.txt: cannot be read (Permission denied)" in str(problem)


def test_each_line_of_a_text_is_a_paragraph(read: ReadText) -> None:
    document = read("  One. \nTwo.\n\n\n \nThree.\n")
    assert document.text == "One.\nTwo.\nThree."
    assert {block.kind for block in document.blocks} == {"paragraph"}


WRAPPED = """\
The Parliament voted today on a text about the human rights
situation in the country and it urged the authorities to act
now.

It asked the government of the country for two things, which are:
- the release of all the prisoners who were arrested in the
  spring of that year
- an inquiry

The end.
"""


INDENTED = (
    "  The strike of the dockers of the old port began in May, when the company\n"
    "cut the bonus of the night by half.\n"
    "  Its director told the press that the port could live without them for a\n"
    "summer, and the court was silent.\n"
)


def test_an_indent_begins_a_paragraph_where_nothing_else_does(read_data: Read) -> None:
    assert read_data(INDENTED.encode(), "a.txt").text.splitlines() == [
        "The strike of the dockers of the old port began in May, when the company cut the bonus of"
        " the night by half.",
        "Its director told the press that the port could live without them for a summer, and the"
        " court was silent.",
    ]
    verse = INDENTED.replace("half.", "half,")  # what is indented goes on with a sentence
    assert len(read_data(verse.encode(), "a.txt").text.splitlines()) == 4


def test_lines_wrapped_by_hand_are_joined(read: ReadText) -> None:
    first, lead_in, items, last = blocks(read(WRAPPED))
    assert first == (
        "paragraph",
        "The Parliament voted today on a text about the human rights situation in the country"
        " and it urged the authorities to act now.",
    )
    assert lead_in[1].endswith("two things, which are:")
    assert items == (
        "list",
        "- the release of all the prisoners who were arrested in the spring of that year\n"
        "- an inquiry",
    )
    assert last == ("paragraph", "The end.")


def test_words_broken_at_the_ends_of_lines_are_whole(read_data: Read) -> None:
    wrapped = (
        "На собрании выступила учительница Айгуль Кара-\n"
        "Мергенова, которая прожила там почти всю зиму 2018-\n"
        "2019 годов вместе с семьёй, и рассказала, что шко-\n"
        "ла закрыта.\n\nОтвета нет."
    )
    assert read_data(wrapped.encode(), "a.txt").text == (
        "На собрании выступила учительница Айгуль Кара-Мергенова, которая прожила там почти всю"
        " зиму 2018-2019 годов вместе с семьёй, и рассказала, что школа закрыта.\nОтвета нет."
    )
    lines = "They ask:\n1. to pay the teach-\ners;\n2. to leave.\n- Where?\n"
    assert read_data(lines.encode(), "b.txt").text == (
        "They ask:\n1. to pay the teachers;\n2. to leave.\n- Where?"
    )


LETTER = """\
The court refused to hear our witness, who came ten minutes late,
and gave no other reason for it; the next hearing is set for the
fourth of February.
"""


def test_a_wrapped_paragraph_is_joined_whatever_stands_around_it(read: ReadText) -> None:
    around = "Marina\nIvan\nAlma\nSerik"
    found = [text for _, text in blocks(read(f"{LETTER}\n{around}"))]
    assert found == [" ".join(LETTER.split()), *around.split("\n")]
    assert [text for _, text in blocks(read(LETTER))] == [" ".join(LETTER.split())]


def test_lines_that_had_room_for_the_next_word_are_not_joined(read: ReadText) -> None:
    asked = (
        "to free all the prisoners who were arrested in the spring\n"
        "to let journalists and the families of the prisoners into the courtroom at last\n"
        "to pay for the houses that burned down in the night of the flood"
    )
    assert [text for _, text in blocks(read(asked))] == asked.split("\n")


def test_short_lines_are_not_joined(read: ReadText) -> None:
    assert len(blocks(read("Roses are red,\nviolets are blue.\n\nThe end."))) == 3


def test_long_lines_between_blank_ones_are_not_joined(read: ReadText) -> None:
    line = "A paragraph on a line of its own. " * 5
    assert len(blocks(read(f"{line}\n{line}\n\n{line}"))) == 3


@pytest.mark.parametrize(
    "mark",
    ["-", "–", "—", "•", "*", "○", "1.", "12)", "(3)", "a)", "б)"],
)
def test_marked_lines_in_a_row_are_one_list(read: ReadText, mark: str) -> None:
    document = read(f"We ask for:\n{mark} bread\n{mark} work\nEnd.")
    assert blocks(document) == [
        ("paragraph", "We ask for:"),
        ("list", f"{mark} bread\n{mark} work"),
        ("paragraph", "End."),
    ]


@pytest.mark.parametrize(
    "line",
    ["— Кто там? — спросил он.", "2019. That was the year.", "-no space", "-"],
    ids=["dialogue", "year", "no-space", "dash"],
)
def test_one_marked_line_is_a_paragraph(read: ReadText, line: str) -> None:
    assert blocks(read(f"Before.\n{line}\nAfter."))[1] == ("paragraph", line)


def test_markdown_is_read_without_its_marks(read: ReadText) -> None:
    source = (
        "# A *report*\n\nIt was **said** by [her](https://example.org) in\n`code` &amp; <b>bold</b>"
        " \\*so\\*.\n\nHead\n----\n\n> A quote\n> goes on.\n\n![A photo](a.png)"
        "\n\n```\nlet x\n```\n"
    )
    document = read(source, "a.md")
    assert blocks(document) == [
        ("heading", "A report"),
        ("paragraph", "It was said by her in code & bold *so*."),
        ("heading", "Head"),
        ("paragraph", "A quote goes on."),
        ("paragraph", "let x"),
    ]
    assert document.title == "A report"


def test_nested_lists_of_markdown_are_one_list(read: ReadText) -> None:
    source = "Demands:\n\n1. bread\n   - white\n   - black\n2. work\n\nEnd."
    assert blocks(read(source, "a.md")) == [
        ("paragraph", "Demands:"),
        ("list", "1. bread\n- white\n- black\n2. work"),
        ("paragraph", "End."),
    ]


def test_the_cells_of_a_table_are_kept_in_order(read: ReadText) -> None:
    source = "| Name | Born |\n|---|---|\n| Aron | 1953 |\n"
    assert read(source, "a.md").text == "Name | Born\nAron | 1953"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("- a\n\n  ```\n  code\n  ```\n- b", [("list", "- a\ncode\n- b")]),
        ("a<br>b", [("paragraph", "a b")]),
        ("a&#x202e;b", [("paragraph", "ab")]),
        ("a&#10;b", [("paragraph", "a b")]),
        ("-\n-\n\nText.", [("paragraph", "Text.")]),
    ],
    ids=["code in a list", "line break", "bidi entity", "line feed entity", "empty list"],
)
def test_what_markdown_hides_is_read_as_it_is_seen(
    read: ReadText, source: str, expected: list[tuple[str, str]]
) -> None:
    assert blocks(read(source, "a.md")) == expected


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.txt", "---\ndate: 2019-02-30\n---\nText."),
        ("a.txt", "---\n" + "[" * 2000 + "\n---\nText."),
        ("a.md", "-\n-"),
        ("a.txt", "... !!!"),
    ],
    ids=["no such day", "endless brackets", "empty list", "no word"],
)
def test_one_bad_file_does_not_stop_the_others(tmp_path: Path, name: str, source: str) -> None:
    (tmp_path / name).write_text(source, "utf-8")
    (tmp_path / "good.txt").write_text("Good.", "utf-8")
    found = read_documents(tmp_path, 10_000)
    assert [document.id for document in found.readable] == ["good"]
    assert [name in str(problem) for problem in found.problems] == [True]


def test_a_file_name_that_is_no_text_is_read(tmp_path: Path) -> None:
    (tmp_path / b"\xff.txt".decode("utf-8", "surrogateescape")).write_text("Good.", "utf-8")
    (document,) = read_documents(tmp_path, 10_000).readable
    assert document.id.encode("utf-8")


@given(source=PIECES, ending=st.sampled_from([".txt", ".md"]))
def test_blocks_cover_the_text_exactly(parser: Parser, source: str, ending: str) -> None:
    # Text before the pieces, so that there always is some, and no front matter.
    document = parse(f"Text.\n\n{source}".encode(), f"pieces{ending}", parser)
    assert "\n".join(text for _, text in blocks(document)) == document.text
    end = -1
    for block in document.blocks:
        assert block.start == end + 1
        assert (
            block.kind in {"list", "columns", "table"}
            or "\n" not in document.text[block.start : block.end]
        )
        end = block.end
    assert end == len(document.text)
