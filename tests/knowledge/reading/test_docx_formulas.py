"""Formulas of Word documents on one line, or a mark in their place."""

import pytest

from tests.knowledge.conftest import Read
from tests.knowledge.reading.word import p, word


def run(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def m(tag: str, *content: str, **properties: str) -> str:
    """Return an element of a formula; a text in `content` is a run of it."""
    said = "".join(f'<m:{name} m:val="{value}"/>' for name, value in properties.items())
    inside = "".join(part if part.startswith("<") else run(part) for part in content)
    return f"<m:{tag}><m:{tag}Pr>{said}</m:{tag}Pr>{inside}</m:{tag}>"


def part(tag: str, *content: str) -> str:
    """Return a part of an element: its base, what stands above or below."""
    return m(tag, *content).replace(f"<m:{tag}Pr></m:{tag}Pr>", "")


def fraction(above: str, below: str, **properties: str) -> str:
    return m("f", part("num", above), part("den", below), **properties)


def raised(base: str, above: str) -> str:
    return m("sSup", part("e", base), part("sup", above))


def brackets(*content: str, **properties: str) -> str:
    return m("d", *(part("e", each) for each in content), **properties)


SUM = (part("sub", "i=1"), part("sup", "n"), part("e", "k"))
EQUATIONS = m("eqArr", part("e", "x&amp;=1"), part("e", "y&amp;=2"))
SIGN = '<m:r><w:sym w:font="Symbol" w:char="F061"/></m:r>'


@pytest.mark.parametrize(
    ("formula", "line"),
    [
        ("c≤10 µg/l", "c≤10 µg/l"),
        (fraction("1", "2"), "1/2"),
        (fraction("a+b", "2"), "(a+b)/2"),
        (run("2") + fraction("1", "2"), "2 1/2"),
        (fraction("1", "2") + run("x"), "1/2 x"),
        (raised("x", "2"), "x²"),
        (raised("10", "−3"), "10⁻³"),
        (raised("e", "ix"), "e^ix"),
        (raised("e", "a+b"), "e^(a+b)"),
        (raised(fraction("1", "2"), "3"), "(1/2)³"),
        (m("sSub", part("e", "x"), part("sub", "12")), "x₁₂"),
        (m("sSub", part("e", "T"), part("sub", "max")), "T_max"),
        (m("sSubSup", part("e", "x"), part("sub", "1"), part("sup", "2")), "x₁²"),
        (m("sPre", part("sub", "92"), part("sup", "235"), part("e", "U")), "²³⁵₉₂U"),
        (m("rad", part("deg"), part("e", "2"), degHide="1"), "√2"),
        (m("rad", part("deg", "3"), part("e", "a+1")), "³√(a+1)"),
        (m("nary", *SUM, chr="∑"), "∑_(i=1)^n k"),
        (m("nary", part("sub", "0"), part("sup", "1"), part("e", "x dx")), "∫₀¹ x dx"),
        (brackets("a+b"), "(a+b)"),
        (brackets("x", begChr="|", endChr="|"), "|x|"),
        (brackets("a", "b", sepChr=";"), "(a;b)"),
        (brackets(EQUATIONS, begChr="{", endChr=""), "{x=1; y=2"),
        (m("func", part("fName", "sin"), part("e", "x")), "sin x"),
        (m("limLow", part("e", "lim"), part("lim", "x→0")), "lim_(x→0)"),
        (m("acc", part("e", "x"), chr="\u0302"), "x\u0302"),
        (m("bar", part("e", "AB"), pos="top"), "A\u0305B\u0305"),
        (m("borderBox", part("e", "x=1")), "x=1"),
        (m("phant", part("e", "x"), show="0"), ""),
        (SIGN, "α"),
        ("<w:ins><m:r><m:t>a</m:t></m:r></w:ins><w:del><m:r><m:t>b</m:t></m:r></w:del>", "a"),
    ],
)
def test_a_formula_is_written_on_one_line(read_data: Read, formula: str, line: str) -> None:
    data = word(p("It is ", part("oMath", formula), " here."))
    assert read_data(data, "a.docx").text == f"It is {line} here.".replace("  ", " ")


@pytest.mark.parametrize(
    "formula",
    [
        brackets(fraction("n", "k", type="noBar")),
        m("m", part("mr", part("e", "a"), part("e", "b"))),
        m("groupChr", part("e", "a+b"), chr="⏟"),
        m("acc", part("e", "AB"), chr="\u0302"),
        m("borderBox", part("e", "x"), strikeBLTR="1"),
        m("sPre", part("sub", "max"), part("sup", "2"), part("e", "U")),
        m("rad", part("deg", "k"), part("e", "2")),
        "\ue000",
        raised("x", m("m", part("mr", part("e", "a")))),
    ],
    ids=[
        *("binomial", "matrix", "brace", "wide accent", "crossed out", "letters before"),
        *("lettered root", "private letter", "matrix within"),
    ],
)
def test_a_formula_that_has_no_line_leaves_a_mark(read_data: Read, formula: str) -> None:
    document = read_data(word(p("It is ", part("oMath", formula), " here.")), "a.docx")
    assert document.text == "It is [?] here."
    assert document.notes.left_out["unreadable"] == 1


def test_a_formula_on_a_line_of_its_own_is_a_paragraph(read_data: Read) -> None:
    data = word(p("Then"), part("oMathPara", part("oMath", "x=1")), p("holds."))
    assert read_data(data, "a.docx").text == "Then\nx=1\nholds."
