"""Text of Word paragraphs: what the page shows of symbols, changes, notes and fields."""

import pytest

from tests.knowledge.conftest import Read
from tests.knowledge.reading.word import NAMESPACES, WORD_XML, field, p, r, style, styled, word

RAISED = '<w:vertAlign w:val="superscript"/>'
LOWERED = '<w:vertAlign w:val="subscript"/>'
PICTURE = "<w:r><w:drawing><wp:inline/></w:drawing></w:r>"
FLOATING = "<w:r><w:drawing><wp:anchor/></w:drawing></w:r>"
EQUATION = "<w:r><w:object><v:shape/></w:object></w:r>"
BREAK = "<w:r><w:br/></w:r>"
RUBY = f"<w:r><w:ruby><w:rt>{r('kan')}</w:rt><w:rubyBase>{r('漢')}</w:rubyBase></w:ruby></w:r>"
KARA = "Anna Kara-Mergenova spent the winter"
OPEN_FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
STYLES = (
    style("Up", f"<w:rPr>{RAISED}</w:rPr>", "character"),
    style("Gone", "<w:rPr><w:strike/></w:rPr>", "character"),
    style("Hidden", "<w:rPr><w:vanish/></w:rPr>", "character"),
    style("Greek", '<w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr>', "character"),
    style("Unseen", "<w:rPr><w:vanish/></w:rPr>"),
)


def sign(code: str, font: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def in_style(text: str, name: str) -> str:
    return r(text, f'<w:rStyle w:val="{name}"/>')


def deleted(text: str) -> str:
    return f"<w:del><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def checks(read_data: Read, paragraph: str, text: str) -> None:
    document = read_data(word(paragraph, p("End."), styles=STYLES), "a.docx")
    assert document.text == f"{text}\nEnd.".lstrip()


@pytest.mark.parametrize(
    ("paragraph", "text"),
    [
        (p("At 31 ", sign("F0B0", "Symbol"), "C."), "At 31 °C."),
        (p("At 31 ", sign("00B0", "symbol"), "C."), "At 31 °C."),
        (p("5 ", sign("F0B1", "Symbol"), " 2"), "5 ± 2"),
        (p(sign("F0FC", "Wingdings"), " yes"), "✓ yes"),
        (p(sign("2612", "MS Gothic"), " no"), "☒ no"),
        (p("Odd ", sign("F041", "Acme Signs"), "."), "Odd [?]."),
        (p("Odd ", sign("zz", "Symbol"), "."), "Odd [?]."),
        (p("Odd ", sign("F0F0", "Symbol"), "."), "Odd [?]."),
        (p("Width 3 ", in_style("m", "Greek"), "m."), "Width 3 μm."),
        (p("Width 3 ", in_style("\uf06d", "Greek"), "m."), "Width 3 μm."),
        (p("Own \ue123 letter."), "Own [?] letter."),
        (p("What ends ﷐ here﷒."), "What ends here."),
    ],
)
def test_symbols_are_what_their_font_shows(read_data: Read, paragraph: str, text: str) -> None:
    checks(read_data, paragraph, text)


@pytest.mark.parametrize(
    ("paragraph", "text"),
    [
        (p("It paid 85", r("4", RAISED), " families."), "It paid 85⁴ families."),
        (p("It paid 85", in_style("12", "Up"), "."), "It paid 85¹²."),
        (p("30 m", r("2", RAISED), " of CO", r("2", LOWERED)), "30 m² of CO₂"),
        (p("10", r("-", RAISED), r("6", RAISED), " g"), "10⁻⁶ g"),
        (p("2", r("n", RAISED), " ways"), "2ⁿ ways"),
        (p("the 1", r("st", RAISED), " of May"), "the 1st of May"),
        (p("m", r("in", RAISED)), "min"),
        (p("85", r("4a", RAISED), " families"), "85⁴a families"),
        (p("85", r("4", '<w:vertAlign w:val="baseline"/>')), "854"),
    ],
)
def test_raised_figures_stay_apart(read_data: Read, paragraph: str, text: str) -> None:
    checks(read_data, paragraph, text)


@pytest.mark.parametrize(
    ("paragraph", "text", "count"),
    [
        (p("It costs ", r("90", "<w:strike/>"), " 70."), "It costs 70.", 1),
        (p("It costs ", r("9", "<w:strike/>"), r("0", "<w:dstrike/>"), " 70."), "It costs 70.", 1),
        (p(r("90 ", "<w:strike/>"), "70 ", r("60 ", "<w:strike/>"), "50"), "70 50", 2),
        (p("Not ", in_style("dead", "Gone"), "."), "Not .", 1),
        (p("It ", r("lives", '<w:strike w:val="0"/>'), "."), "It lives.", 0),
        (
            p("It ", r("lives", '<w:rStyle w:val="Gone"/><w:strike w:val="false"/>'), "."),
            "It lives.",
            0,
        ),
        (p("It costs ", deleted("90"), f"<w:ins>{r('70')}</w:ins>", "."), "It costs 70.", 1),
        (p("It ", deleted("a"), deleted("b"), "stays."), "It stays.", 1),
        (p("It ", f"<w:ins>{deleted('never')}</w:ins>", "was."), "It was.", 1),
        (
            p("Here. ", f"<w:moveFrom>{r('Moved.')}</w:moveFrom>")
            + p(f"<w:moveTo>{r('Moved.')}</w:moveTo>"),
            "Here.\nMoved.",
            0,
        ),
    ],
)
def test_what_is_struck_out_or_deleted_is_counted(
    read_data: Read, paragraph: str, text: str, count: int
) -> None:
    data = word(f"<w:sdt><w:sdtContent>{paragraph}</w:sdtContent></w:sdt>", styles=STYLES)
    document = read_data(data, "a.docx")
    assert (document.text, document.notes.left_out.get("deleted", 0)) == (text, count)


@pytest.mark.parametrize(
    ("mark", "text"),
    [
        ("<w:rPr><w:del/></w:rPr>", "The court decided.\nEnd."),
        ("<w:rPr><w:moveFrom/></w:rPr>", "The court decided.\nEnd."),
        ("<w:rPr><w:vanish/></w:rPr>", "The court decided.\nEnd."),
        ("<w:rPr><w:vanish/><w:specVanish/></w:rPr>", "The court\ndecided.\nEnd."),
        ("<w:rPr><w:ins/></w:rPr>", "The court\ndecided.\nEnd."),
        ('<w:framePr w:dropCap="drop"/>', "The court decided.\nEnd."),
    ],
    ids=["deleted", "moved", "hidden", "run-in heading", "inserted", "large initial"],
)
def test_a_paragraph_without_an_end_goes_on(read_data: Read, mark: str, text: str) -> None:
    data = word(p("The court ", properties=mark), p("decided."), p("End."))
    assert read_data(data, "a.docx").text == text


def test_three_paragraphs_become_one(read_data: Read) -> None:
    gone = "<w:rPr><w:del/></w:rPr>"
    data = word(p("a ", properties=gone), p("b ", properties=gone), p("c"))
    assert read_data(data, "a.docx").text == "a b c"


@pytest.mark.parametrize(
    ("paragraph", "text"),
    [
        (p(r("Secret. ", "<w:vanish/>"), "Seen."), "Seen."),
        (p(in_style("Secret. ", "Hidden"), "Seen."), "Seen."),
        (p(r("Seen.", '<w:vanish w:val="0"/>')), "Seen."),
        (p(r("On the web too.", "<w:webHidden/>")), "On the web too."),
        (p("Warm", "<w:r><w:softHyphen/></w:r>", "est."), "Warmest."),
        (p("A", "<w:r><w:noBreakHyphen/></w:r>", "B"), "A-B"),
        (p("A", "<w:r><w:ptab/></w:r>", "B", "<w:r><w:cr/></w:r>", "C"), "A B C"),
        (p(r("capital", "<w:caps/>"), r(" small", "<w:smallCaps/>")), "capital small"),
        (p("One <!-- no --> word"), "One word"),
        (p("Anna Kara-", BREAK, "Mergenova spent the win-", BREAK, "ter"), KARA),
        (p(f"<w:smartTag>{r('Astana')}</w:smartTag>", " shone."), "Astana shone."),
        (p(RUBY), "漢"),
    ],
)
def test_what_is_seen_is_read(read_data: Read, paragraph: str, text: str) -> None:
    checks(read_data, paragraph, text)


def test_a_hidden_paragraph_is_not_there(read_data: Read) -> None:
    data = word(p("A"), styled("Secret.", "Unseen"), p("B"), styles=STYLES)
    assert read_data(data, "a.docx").text == "A\nB"


@pytest.mark.parametrize(
    ("paragraph", "text"),
    [
        (p("Dated ", field('DATE \\@ "d MMMM"', "3 May"), "."), "Dated 3 May."),
        (p("Table ", f'<w:fldSimple w:instr=" SEQ T ">{r("3")}</w:fldSimple>'), "Table 3"),
        (p("An entry", field('XE "entry"'), "."), "An entry."),
        (p("See page ", field("PAGEREF _a", "12"), "."), "See page 12."),
        (p("If ", field(f"IF {field('MERGEFIELD x', 'inner')} = 1", "yes"), "."), "If yes."),
        (p("Sum ", field('SYMBOL 229 \\f "Symbol"'), "."), "Sum ∑."),
        (p("Half ", field("EQ \\f(1;2)"), " of it."), "Half [?] of it."),
        (p(field("LISTNUM"), " Item"), "[?] Item"),
        (p("It is ", field("FORMCHECKBOX"), " so."), "It is ☐ so."),
        (p("Fill in: ", field("MACROBUTTON NoMacro [your name]")), "Fill in: [your name]"),
        (p("Open ", OPEN_FIELD, "field."), "Open field."),
        (
            p("The copy has in all ", field("NUMPAGES", "93"), " pages."),
            "The copy has in all [?] pages.",
        ),
    ],
)
def test_of_a_field_the_result_is_read(read_data: Read, paragraph: str, text: str) -> None:
    checks(read_data, paragraph, text)


def test_numbers_of_pages_are_margins(read_data: Read) -> None:
    simple = f'<w:fldSimple w:instr=" PAGE ">{r("17")}</w:fldSimple>'
    data = word(p("Page ", field("PAGE", "17"), " of ", field("NUMPAGES", "93")), p(simple), p("a"))
    document = read_data(data, "a.docx")
    assert (document.text, dict(document.notes.left_out)) == ("a", {"margins": 2})


@pytest.mark.parametrize(
    ("paragraph", "text"),
    [
        (p("The limit is ", EQUATION, " per litre."), "The limit is [?] per litre."),
        (p(EQUATION, " is the limit."), "[?] is the limit."),
        (p("The mass is ", PICTURE), "The mass is [?]"),
        (p(PICTURE, BREAK, "Fig. 1. The mine."), "Fig. 1. The mine."),
        (p("Above it.", BREAK, PICTURE), "Above it."),
        (p("A map ", FLOATING, " beside it."), "A map beside it."),
    ],
)
def test_a_picture_in_a_line_may_be_a_word_of_it(
    read_data: Read, paragraph: str, text: str
) -> None:
    document = read_data(word(paragraph, p(PICTURE), p("End.")), "a.docx")
    assert (document.text, document.notes.left_out["pictures"]) == (f"{text}\nEnd.", 2)


def notes(kind: str, *texts: str) -> tuple[str, str, bytes]:
    """Return the part of footnotes or endnotes, with the line above them."""
    written = "".join(
        f'<w:{kind} w:id="{number}">{p(f"<w:r><w:{kind}Ref/></w:r>", f" {text}")}</w:{kind}>'
        for number, text in enumerate(texts, start=1)
    )
    line = f'<w:{kind} w:type="separator" w:id="-1">{p("Not a note.")}</w:{kind}>'
    content = f"<w:{kind}s {NAMESPACES}>{line}{written}</w:{kind}s>"
    return f"{kind}s", f"{WORD_XML}.{kind}s+xml", content.encode()


def test_notes_come_at_the_end_and_leave_no_figure(read_data: Read) -> None:
    called = f'<w:r><w:rPr>{RAISED}</w:rPr><w:{{}}Reference w:id="{{}}"/></w:r>'
    star = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="3"/><w:t>*</w:t></w:r>'
    gone = f"<w:del>{called.format('footnote', 2)}</w:del>"
    data = word(
        p(
            "It paid 85",
            called.format("footnote", 1),
            " families",
            called.format("endnote", 1),
            ".",
        ),
        p("In May", star, gone, "."),
        parts=(
            notes("footnote", "Counted by hand.", "Called for no more.", "Or June."),
            notes("endnote", "So the fund."),
        ),
    )
    assert read_data(data, "a.docx").text.splitlines() == [
        *("It paid 85 families.", "In May."),
        *("Counted by hand.", "Or June.", "So the fund."),
    ]


BLACK, WHITE = '<w:color w:val="000000"/>', '<w:color w:val="FFFFFF"/>'
MARKER = '<w:highlight w:val="black"/>'
SHADING = '<w:shd w:val="clear" w:color="auto" w:fill="000000"/>'
ON_WHITE = '<w:shd w:val="clear" w:color="auto" w:fill="FFFFFF"/>'
BLUE = '<w:color w:val="1F3864"/><w:shd w:val="clear" w:fill="1F3864"/>'
MOVED = '<w:position w:val="8"/><w:sz w:val="14"/>'


@pytest.mark.parametrize(
    ("paragraph", "text"),
    [
        (p("It was ", r("Aidos", MARKER), r(" Berik", MARKER), "."), "It was [?]."),
        (p("It was ", r("Aidos", BLACK + SHADING), "."), "It was [?]."),
        (p("It was ", r("Aidos", SHADING), "."), "It was Aidos."),
        (p("It was ", r("Aidos", WHITE + MARKER), "."), "It was Aidos."),
        (p("It was", r(" not", WHITE), "."), "It was."),
        (p(r("Seen.", WHITE), properties=SHADING), "Seen."),
        (p("It was", r(" not", '<w:color w:val="fefefe"/>'), "."), "It was."),
        (p("It was", r(" not", WHITE + ON_WHITE), "."), "It was."),
        (p(r("not", WHITE), properties=ON_WHITE), ""),
        (p("It was ", r("Aidos", BLUE), "."), "It was [?]."),
        (p("It was", r(" not", '<w:sz w:val="2"/>'), "."), "It was."),
        (p(r("Small.", '<w:sz w:val="8"/>')), "Small."),
        (p("To 85", r("4", MOVED), " and 10", r("6", MOVED)), "To 85⁴ and 10⁶"),
    ],
    ids=[
        *("marker", "shading", "white by itself", "white", "unseen", "on black", "nearly white"),
        *("white on white", "white paragraph", "blue on blue", "tiny", "small", "moved by hand"),
    ],
)
def test_colours_hide_what_they_hide_on_the_page(
    read_data: Read, paragraph: str, text: str
) -> None:
    checks(read_data, paragraph, text)
