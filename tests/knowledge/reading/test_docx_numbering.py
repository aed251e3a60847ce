"""Numbers of items in Word documents: those that Word shows, checked by hand against the standard.

What the standard leaves open is as LibreOffice 7.4 shows it.
"""

import pytest

from tests.knowledge.conftest import Read
from tests.knowledge.reading.word import begun_at, item, level, of_kind, p, style, styled, word

DECIMAL = level(0, "decimal", "%1.")


def test_lists_of_a_kind_go_on_with_each_others_numbers(read_data: Read) -> None:
    data = word(
        *(item("a", 70), item("b", 70), p("Then:"), item("c", 71), item("d", 71)),
        *(p("And:"), item("e", 72), item("f", 71)),
        kinds={77: DECIMAL},
        lists={70: of_kind(77), 71: of_kind(77, begun_at(7)), 72: of_kind(77)},
    )
    text = "1. a\n2. b\nThen:\n7. c\n8. d\nAnd:\n9. e\n10. f"
    assert read_data(data, "a.docx").text == text


def test_lists_of_two_kinds_count_apart(read_data: Read) -> None:
    data = word(
        *(item("a", 70), item("b", 71), item("c", 70)),
        kinds={77: DECIMAL, 78: DECIMAL},
        lists={70: of_kind(77), 71: of_kind(78)},
    )
    assert read_data(data, "a.docx").text == "1. a\n1. b\n2. c"


def test_levels_begin_anew_below_each_item(read_data: Read) -> None:
    levels = (
        level(0, "upperRoman", "Chapter %1."),
        level(1, "decimal", "%1.%2"),
        level(2, "lowerLetter", "%1.%2.%3", "<w:isLgl/>"),
        level(3, "decimal", "Article %4.", '<w:lvlRestart w:val="0"/>'),
        level(4, "decimal", "%5)", '<w:lvlRestart w:val="1"/>'),
    )
    depths = (0, 1, 2, 2, 3, 4, 1, 4, 0, 1, 3, 4)
    data = word(
        *(item("x", 70, depth) for depth in depths),
        kinds={77: "".join(levels)},
        lists={70: of_kind(77)},
    )
    assert read_data(data, "a.docx").text.splitlines() == [
        *("Chapter I. x", "I.1 x", "1.1.1 x", "1.1.2 x", "Article 1. x", "1) x"),
        *("I.2 x", "2) x"),
        *("Chapter II. x", "II.1 x", "Article 2. x", "1) x"),
    ]


def test_a_level_left_out_has_begun(read_data: Read) -> None:
    data = word(
        *(item("a", 70, 1), item("b", 70, 1), item("c", 70), item("d", 70, 1)),
        kinds={77: DECIMAL + level(1, "decimal", "%1.%2.")},
        lists={70: of_kind(77)},
    )
    assert read_data(data, "a.docx").text == "1.1. a\n1.2. b\n2. c\n2.1. d"


def test_a_list_may_change_how_its_kind_is_written(read_data: Read) -> None:
    roman = f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "(%1)", start=3)}</w:lvlOverride>'
    data = word(
        *(item("a", 70), item("b", 71), item("c", 70)),
        kinds={77: DECIMAL},
        lists={70: of_kind(77), 71: of_kind(77, roman)},
    )
    assert read_data(data, "a.docx").text == "1. a\n(II) b\n3. c"


@pytest.mark.parametrize(
    ("form", "start", "shown"),
    [
        ("decimal", 0, "0"),
        ("decimalZero", 9, "09"),
        ("lowerRoman", 49, "xlix"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("lowerLetter", 26, "z"),
        ("upperLetter", 28, "BB"),
        ("russianLower", 9, "и"),
        ("russianLower", 10, "к"),  # there is no й
        ("russianLower", 23, "ч"),
        ("russianUpper", 26, "Ы"),
        ("ordinal", 3, "3rd"),
        ("ordinal", 11, "11th"),
        ("ordinal", 21, "21st"),
        ("numberInDash", 4, "- 4 -"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("none", 1, ""),
        ("hebrew1", 1, "[?]"),
        ("lowerRoman", 0, "[?]"),
        ("upperLetter", 100_000, "[?]"),
    ],
)
def test_forms_of_numbers(read_data: Read, form: str, start: int, shown: str) -> None:
    data = word(
        item("x", 70), kinds={77: level(0, form, "%1)", start=start)}, lists={70: of_kind(77)}
    )
    assert read_data(data, "a.docx").text == f"{shown}) x"


def test_an_ordinal_is_in_the_language_of_the_document(read_data: Read) -> None:
    data = word(
        item("x", 70),
        kinds={77: level(0, "ordinal", "%1", start=2)},
        lists={70: of_kind(77)},
        language="ru-RU",
    )
    assert read_data(data, "a.docx").text == "2-й x"


def test_a_form_that_older_programs_do_not_know(read_data: Read) -> None:
    form = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom"'
        ' w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/>'
        "</mc:Fallback></mc:AlternateContent>"
    )
    kind = f'<w:lvl w:ilvl="0"><w:start w:val="7"/>{form}<w:lvlText w:val="№ %1"/></w:lvl>'
    data = word(item("x", 70), kinds={77: kind}, lists={70: of_kind(77)})
    assert read_data(data, "a.docx").text == "№ 007 x"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (level(0, "decimal", "§%1.", '<w:suff w:val="nothing"/>'), "§1.x"),
        (level(0, "decimal", "%1.", '<w:suff w:val="space"/>'), "1. x"),
        (level(0, "decimal", "%1.", "<w:rPr><w:vanish/></w:rPr>"), "x"),
        (level(0, "none", "Note:"), "Note: x"),
        (level(0, "none", ""), "x"),
        (level(0, "bullet", "\uf0b7"), "- x"),
        (level(0, "bullet", ""), "x"),
    ],
    ids=["glued", "space", "hidden", "word", "nothing", "bullet", "no bullet"],
)
def test_what_stands_before_an_item(read_data: Read, kind: str, text: str) -> None:
    data = word(item("x", 70), kinds={77: kind}, lists={70: of_kind(77)})
    assert read_data(data, "a.docx").text == text


def test_headings_are_numbered_by_their_styles(read_data: Read) -> None:
    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    data = word(
        *(styled("Scope", "Part"), styled("Terms", "Clause"), styled("Off", "Clause", off)),
        *(styled("", "Clause"), styled("Third", "Clause"), p("Body.")),
        kinds={
            77: level(0, "decimal", "%1", '<w:pStyle w:val="Part"/>')
            + level(1, "decimal", "%1.%2", '<w:pStyle w:val="Clause"/>')
        },
        lists={70: of_kind(77)},
        styles=(
            style(
                "Part",
                '<w:pPr><w:numPr><w:numId w:val="70"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr>',
            ),
            style(
                "Clause",
                '<w:basedOn w:val="Part"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>',
            ),
        ),
    )
    document = read_data(data, "a.docx")
    assert document.text == "1 Scope\n1.1 Terms\nOff\n1.3 Third\nBody."
    assert [block.kind for block in document.blocks] == [*["heading"] * 4, "paragraph"]


def test_a_list_may_be_that_of_a_style(read_data: Read) -> None:
    link = '<w:numStyleLink w:val="Outline"/>'
    outline = style(
        "Outline", '<w:pPr><w:numPr><w:numId w:val="70"/></w:numPr></w:pPr>', "numbering"
    )
    data = word(
        *(item("a", 71), item("b", 70), item("c", 71)),
        kinds={77: level(0, "lowerLetter", "%1)"), 78: link},
        lists={70: of_kind(77), 71: of_kind(78)},
        styles=(outline,),
    )
    assert read_data(data, "a.docx").text == "a) a\nb) b\nc) c"


def test_a_list_that_is_switched_off_is_a_paragraph(read_data: Read) -> None:
    off = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    document = read_data(word(styled("No item.", "ListBullet", off)), "a.docx")
    assert (document.blocks[0].kind, document.text) == ("paragraph", "No item.")


def test_what_is_deleted_is_not_counted_and_what_is_empty_is(read_data: Read) -> None:
    gone = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="70"/></w:numPr><w:rPr><w:del/>'
        "</w:rPr></w:pPr><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
    )
    data = word(
        *(item("a", 70), gone, item("b", 70), item("", 70), item("c", 70)),
        kinds={77: DECIMAL},
        lists={70: of_kind(77)},
    )
    assert read_data(data, "a.docx").text == "1. a\n2. b\n4. c"
