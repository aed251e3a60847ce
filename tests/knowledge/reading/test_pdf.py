"""PDFs, drawn line by line as printing programs do: paragraphs come out whole."""

import datetime
import io
import zlib
from collections.abc import Callable, Iterable

import font_roboto
import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from knowledge.errors import DocumentError
from knowledge.reading.documents import Document
from tests.knowledge.conftest import Read

pdfmetrics.registerFont(TTFont("Roboto", font_roboto.Roboto))
pdfmetrics.registerFont(TTFont("Roboto-Bold", font_roboto.RobotoBold))

LEADING = 14  # points from line to line
GAP = 10  # points more between paragraphs


class Page:
    """A page that is written from the top down."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.top = 760.0

    def line(self, text: str, *, left: float = 70, size: float = 11, bold: bool = False) -> None:
        self.canvas.setFont("Roboto-Bold" if bold else "Roboto", size)
        self.canvas.drawString(left, self.top, text)
        self.top -= LEADING

    def paragraph(
        self, *lines: str, left: float = 70, size: float = 11, bold: bool = False
    ) -> None:
        for line in lines:
            self.line(line, left=left, size=size, bold=bold)
        self.top -= GAP

    def at(self, left: float, top: float, text: str, size: float = 8) -> None:
        self.canvas.setFont("Roboto", size)
        self.canvas.drawString(left, top, text)


class Pdf:
    """A PDF in the making; `data` is what it is in the end."""

    def __init__(self, **metadata: str) -> None:
        self.stream = io.BytesIO()
        self.canvas = Canvas(self.stream, pagesize=A4)
        self.canvas.setTitle(metadata.get("title", ""))
        self.is_begun = False

    def page(self) -> Page:
        if self.is_begun:
            self.canvas.showPage()
        self.is_begun = True
        return Page(self.canvas)

    @property
    def data(self) -> bytes:
        self.canvas.save()
        return self.stream.getvalue()


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def texts(document: Document) -> list[str]:
    return [text for _, text in blocks(document)]


RUSSIAN = (
    "Европейский парламент призвал правительство Казахстана освободить",
    "всех активистов и политических заключённых, как это было приня-",
    "то ранее, и провести расследование.",
)
KAZAKH = ("Әділет министрлігі қамқорлыққа алынған азаматтардың құқықтарын", "қорғауға міндетті.")


def test_paragraphs_are_put_together_from_lines(read_data: Read) -> None:
    pdf = Pdf()
    page = pdf.page()
    page.paragraph("Положение в Казахстане", size=16, bold=True)
    page.paragraph(*RUSSIAN)
    page.paragraph(*KAZAKH)
    page.paragraph("Требования", bold=True)
    page.line("• освободить всех осуждённых;")
    page.line("• расследовать пытки, о которых", left=70)
    page.line("сообщали заключённые;", left=80)
    page.top -= GAP
    page.paragraph("Да.")
    assert blocks(read_data(pdf.data, "a.pdf")) == [
        ("heading", "Положение в Казахстане"),
        (
            "paragraph",
            "Европейский парламент призвал правительство Казахстана освободить всех активистов и"
            " политических заключённых, как это было принято ранее, и провести расследование.",
        ),
        ("paragraph", " ".join(KAZAKH)),
        ("heading", "Требования"),
        (
            "list",
            "• освободить всех осуждённых;\n• расследовать пытки, о которых сообщали заключённые;",
        ),
        ("paragraph", "Да."),
    ]


def test_an_indent_begins_a_paragraph(read_data: Read) -> None:
    pdf = Pdf()
    page = pdf.page()
    for number in ("first", "second"):
        page.line(f"The {number} paragraph begins with an indent, as in a printed book,", left=88)
        page.line("and goes on at the margin without any gap between the two of them.")
    assert texts(read_data(pdf.data, "a.pdf")) == [
        f"The {number} paragraph begins with an indent, as in a printed book, and goes on at the"
        " margin without any gap between the two of them."
        for number in ("first", "second")
    ]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("They demanded imme-", "diate release."), "They demanded immediate release."),
        (("It was self-", "evident to all."), "It was self-evident to all."),
        (
            ("The non-governmental groups and other non-", "governmental bodies met."),
            "The non-governmental groups and other non-governmental bodies met.",
        ),
        (("The prison and the well-", "known man."), "The prison and the well-known man."),
        (
            ("We know well that the well-", "known man left."),
            "We know well that the well-known man left.",
        ),
        (("The years 2018-", "2019 were bad."), "The years 2018-2019 were bad."),
        (("The city of Nur-", "Sultan grew."), "The city of Nur-Sultan grew."),
        (("The editor Anna Kara-", "Mergenova left."), "The editor Anna Kara-Mergenova left."),
        (("Дмитрий Мамина-", "Сибирского знал."), "Дмитрий Мамина-Сибирского знал."),
        (("Это сказал кто-", "то из них."), "Это сказал кто-то из них."),
        (
            ("Он говорил по-", "русски и по-", "лучил отказ."),
            "Он говорил по-русски и получил отказ.",
        ),
        (("Олар бір-", "бірін таныды."), "Олар бір-бірін таныды."),
        (("The two- and three-", "storey houses."), "The two- and three-storey houses."),
        (("Houses of two-", "and three floors."), "Houses of two- and three floors."),
        (("He was 30-", "летний and B-", "52 fell."), "He was 30-летний and B-52 fell."),
        (("ПРАВА ЧЕЛОВЕКА В КАЗАХ-", "СТАНЕ И МИРЕ"), "ПРАВА ЧЕЛОВЕКА В КАЗАХСТАНЕ И МИРЕ"),
        (("Он вышел из-", "за угла."), "Он вышел из-за угла."),
        (
            ("Социально-", "экономический отдел финансово-", "го центра."),
            "Социально-экономический отдел финансового центра.",
        ),
        (("The UN-", "led talks and an e-", "mail."), "The UN-led talks and an e-mail."),
        (("The follow-", "up of it."), "The follow-up of it."),
        (("A co\u00ad", "operation began."), "A cooperation began."),
        (("The com\u00admittee and", "the court met."), "The committee and the court met."),
        (("The ﬁrst oﬃce", "was closed."), "The first office was closed."),
    ],
    ids=[
        *("broken", "prefix", "elsewhere with a hyphen", "English words", "word by itself"),
        *("numbers", "capital", "double name", "Russian double name", "particle", "adverb"),
        *("Kazakh pair", "left of two", "before and", "figure", "capitals"),
        *("Russian preposition", "Russian compound", "few letters", "behind a verb", "soft hyphen"),
        *("soft hyphen within", "ligatures"),
    ],
)
def test_broken_words_are_mended(read_data: Read, lines: tuple[str, ...], text: str) -> None:
    pdf = Pdf()
    pdf.page().paragraph(*lines)
    assert texts(read_data(pdf.data, "a.pdf")) == [text]


SENTENCES = (
    "The court heard the first witness on that day.",
    "A lawyer asked for the files of the case again.",
    "Nobody answered the letters of the family.",
    "The trial went on behind closed doors in May.",
)


def test_headers_footers_and_page_numbers_are_dropped(read_data: Read) -> None:
    pdf = Pdf()
    for number, sentence in enumerate(SENTENCES, start=1):
        page = pdf.page()
        page.at(70, 805, "Отчёт о правах человека")
        page.at(400, 805, "Май 2024")
        page.paragraph(sentence)
        page.at(280, 40, f"Стр. {number} из {len(SENTENCES)}")
    assert texts(read_data(pdf.data, "a.pdf")) == list(SENTENCES)


@pytest.mark.parametrize("count", [5, 6])
def test_headers_of_left_and_right_pages_are_dropped(read_data: Read, count: int) -> None:
    pdf = Pdf()
    for number in range(count):
        page = pdf.page()
        if number:  # none above the title
            page.at(70, 805, "Courts of the North" if number % 2 else "Rights in Mines", size=11)
        page.line(f"The witness {number} told the court that he had")
        page.paragraph("seen nothing.")
        page.at(70 if number % 2 else 500, 40, str(number + 1), size=11)
    document = read_data(pdf.data, "a.pdf")
    assert texts(document) == [
        f"The witness {number} told the court that he had seen nothing." for number in range(count)
    ]
    assert document.notes.left_out == {"margins": 2 * count - 1}


def test_a_header_with_the_name_of_the_chapter_is_known_by_its_number(read_data: Read) -> None:
    pdf = Pdf()
    for number, (chapter, sentence) in enumerate(
        zip(("Courts", "Prisons", "Press", "Unions"), SENTENCES, strict=True), start=11
    ):
        page = pdf.page()
        page.at(70, 805, f"{chapter} {number}", size=9)
        page.paragraph(sentence)
    assert texts(read_data(pdf.data, "a.pdf")) == list(SENTENCES)


def test_the_numbers_of_a_text_are_kept(read_data: Read) -> None:
    pdf = Pdf()
    for year in (1953, 1961, 1972):
        pdf.page().paragraph(f"{year} was the year of birth.", f"He was born in {year}.")
    assert len(texts(read_data(pdf.data, "a.pdf"))) == 3


def test_a_paragraph_goes_on_over_the_page_past_a_footnote(read_data: Read) -> None:
    pdf = Pdf()
    page = pdf.page()
    page.paragraph("The Parliament called on the government of the country to release", size=11)
    page.at(70, 60, "1. See the report of that year, which has more.", size=8)
    pdf.page().paragraph("all the activists and to let them speak freely.")
    assert texts(read_data(pdf.data, "a.pdf")) == [
        "The Parliament called on the government of the country to release"
        " all the activists and to let them speak freely.",
        "1. See the report of that year, which has more.",
    ]


def test_a_table_of_contents_is_left_out(read_data: Read) -> None:
    pdf = Pdf()
    page = pdf.page()
    page.paragraph("Courts . . . . . . . . . . . . . . 3", "Prisons ................ iv")
    page.paragraph("He waited... 3 years.")
    assert texts(read_data(pdf.data, "a.pdf")) == ["He waited... 3 years."]


def test_two_columns_are_read_one_after_the_other(read_data: Read) -> None:
    pdf = Pdf()
    page = pdf.page()
    for left in (70, 320):
        page.top = 760
        side = "left" if left == 70 else "right"
        page.line(f"The {side} column speaks", left=left)
        page.line(f"of the {side} side alone.", left=left)
    assert texts(read_data(pdf.data, "a.pdf")) == [
        "The left column speaks of the left side alone.",
        "The right column speaks of the right side alone.",
    ]


def test_a_page_on_its_side_and_a_watermark(read_data: Read) -> None:
    pdf = Pdf()
    page = pdf.page()
    page.canvas.saveState()
    page.canvas.rotate(45)
    page.at(300, 100, "DRAFT", size=60)
    page.canvas.restoreState()
    page.canvas.rotate(90)
    page.canvas.translate(0, -600)
    page.top = 400
    page.paragraph("This table was printed across the page, and its", "lines run up along it.")
    assert texts(read_data(pdf.data, "a.pdf")) == [
        "This table was printed across the page, and its lines run up along it."
    ]


def test_cells_that_stand_apart_are_set_apart_by_bars(read_data: Read) -> None:
    pdf = Pdf()
    page = pdf.page()
    for name, term in (("Name", "Term"), ("Aron Atabek", "18 years")):
        page.line(name)
        page.top += LEADING
        page.line(term, left=300)
    assert texts(read_data(pdf.data, "a.pdf")) == ["Name | Term", "Aron Atabek | 18 years"]


def test_metadata_says_title_and_date(read_data: Read) -> None:
    pdf = Pdf(title="О тюрьмах")
    pdf.page().paragraph("Text of the report.")
    document = read_data(pdf.data, "a.pdf")
    assert document.notes.guessed == ("date",)
    assert document.title == "О тюрьмах"
    assert document.date == datetime.datetime.now(datetime.UTC).date()


@pytest.mark.parametrize("title", ["Microsoft Word - report.doc", "untitled", "a.indd", "(1)"])
def test_a_title_that_a_program_gave_is_not_believed(read_data: Read, title: str) -> None:
    pdf = Pdf(title=title)
    pdf.page().paragraph("Text of the report.")
    assert read_data(pdf.data, "the report.pdf").title == "the report"


def one_page(text: str = "Text of the report.") -> bytes:
    pdf = Pdf()
    pdf.page().paragraph(text)
    return pdf.data


def encrypted(user: str, algorithm: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(one_page())))
    writer.encrypt(user, "owner", algorithm=algorithm)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_pdf_protected_only_against_changes_is_read(read_data: Read, algorithm: str) -> None:
    assert read_data(encrypted("", algorithm), "a.pdf").text == "Text of the report."


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_pdf_with_a_password_is_named(read_data: Read, algorithm: str) -> None:
    with pytest.raises(DocumentError, match=r"^a\.pdf: is protected by a password; save it again"):
        read_data(encrypted("secret", algorithm), "a.pdf")


def scanned(pages: int) -> bytes:
    pdf = Pdf()
    for _ in range(pages):
        pdf.page().canvas.rect(70, 70, 400, 600, fill=1)
    return pdf.data


def raw(objects: Iterable[bytes]) -> bytes:
    """Return a PDF of `objects`, the first of them its catalog."""
    data = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%b"
        b"trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (len(places) + 1, table, len(places) + 1, len(data))
    )


PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%b>>\nstream\n%b\nendstream" % (len(content), entries, content)


def drawing(content: bytes, *, entries: bytes = b"") -> bytes:
    """Return a PDF whose page is drawn by the stream `content`, which may draw itself as /F."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 4 0 R>>>>"
    page = b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</F 4 0 R>>>>>>"
    return raw([CATALOG, PAGES, page, stream(content, form + entries)])


def packed(content: bytes, times: int) -> bytes:
    for _ in range(times):
        content = zlib.compress(content, 9)
    return content


def bomb() -> bytes:
    """Return a document with a drawing of 300 MB; made when it is wanted, as that takes long."""
    return drawing(packed(bytes(300_000_000), 2), entries=b"/Filter[/FlateDecode/FlateDecode]")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7", "is damaged"),
        (one_page()[:200], "is damaged"),
        (b"%PDF-1.7\n" + b"\xff" * 1000, "is damaged"),
        (scanned(3), r"3 of its 3 pages hold no text.*\(OCR\)|too little"),
        (b"PK\x03\x04docx", r"ZIP archive or a Word document .*, not \.pdf; .* \.docx"),
        (b"\x89PNG\r\n\x1a\n", r"is a picture \(PNG\) by its content, not \.pdf"),
        (b"Just text.", "is not a PDF document, whatever its ending says"),
        (
            raw([CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"]),
            "is damaged|hold no text|no text|too little",
        ),
        (raw([CATALOG, b"<</Type/Pages/Kids[]/Count 0>>"]), "is damaged|no text"),
        (drawing(b"/F Do " * 50), "is damaged|no text|broke off|too little"),
        (bomb, "is damaged|needs more than .* MB|no text|too little|too much for the memory"),
        (drawing(b"[" * 200_000), "is damaged|nested too deeply|no text|too little"),
        (drawing(b"(" * 200_000), "is damaged|nested too deeply|no text|too little"),
    ],
    ids=[
        *("nothing", "truncated", "noise", "scan", "ZIP", "PNG", "text", "pages within themselves"),
        *("no pages", "draws itself", "bomb", "brackets", "parentheses"),
    ],
)
def test_a_pdf_that_cannot_be_read_is_named(
    read_data: Read, data: bytes | Callable[[], bytes], message: str
) -> None:
    with pytest.raises(DocumentError, match=rf"^a\.pdf: .*({message})"):
        read_data(data() if callable(data) else data, "a.pdf")
