"""Pages of PDFs that are hard to read: columns, tables, raised figures, pictures of letters."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, NumberObject
from reportlab.lib.utils import ImageReader

from tests.knowledge.conftest import Read
from tests.knowledge.reading.test_pdf import GAP, LEADING, Page, Pdf, texts

LEFT_COLUMN = (
    "The strike of the dockers of the old",
    "port began in May of that year when",
    "the company cut the night bonus by",
    "half. The union had asked for talks",
    "in March and was refused them.",
)
RIGHT_COLUMN = (
    "the company answered with a lockout",
    "on the next day. Its director told",
    "the press that the port could live",
    "without the dockers for a whole",
    "summer, and the court was silent.",
)


def row_by_row(page: Page, *columns: tuple[str, ...], width: float = 215) -> None:
    """Draw `columns` as some programs do, line by line across the page."""
    for row in zip(*columns, strict=True):
        for number, text in enumerate(row):
            if text:
                page.at(70 + number * width, page.top, text, size=11)
        page.top -= LEADING


def figures_first() -> bytes:
    pdf = Pdf()
    for number, lines in enumerate(
        (
            ("The storm struck them. In the upper village the flood killed",),
            ("2 shepherds and a child, whose names the mayor read. It took",),
            ("3 barns with all the hay of the winter that the herders had.",),
        ),
        start=1,
    ):
        page = pdf.page()
        page.paragraph(*lines)
        page.at(290, 40, str(number), size=11)
    return pdf.data


def repeated_head() -> bytes:
    pdf = Pdf()
    for names in (("Aidos", "Berik"), ("Darya", "Elena"), ("Farida", "Galym")):
        page = pdf.page()
        for row in (("Name", "Term in years"), *((name, "7") for name in names)):
            row_by_row(page, *((cell,) for cell in row))
    return pdf.data


def columns() -> bytes:
    pdf = Pdf()
    row_by_row(pdf.page(), LEFT_COLUMN, RIGHT_COLUMN)
    return pdf.data


def three_columns() -> bytes:
    pdf = Pdf()
    page = pdf.page()
    thirds = [
        tuple(
            f"{word} {text}"
            for text in ("speaks of it and", "tells it again to", "all who hear it")
        )
        for word in ("first", "second", "third")
    ]
    row_by_row(page, *thirds, width=150)
    return pdf.data


def columns_under_a_title() -> bytes:
    pdf = Pdf()
    page = pdf.page()
    page.line("A title across both of the columns, which are below it", size=16)
    page.top -= 10
    row_by_row(page, LEFT_COLUMN, RIGHT_COLUMN)
    page.top -= 10
    page.line("A last sentence goes across the whole of the page from its left to its right.")
    return pdf.data


def sidebar() -> bytes:
    """A narrow column beside the text, drawn before it and at other heights."""
    pdf = Pdf()
    page = pdf.page()
    for number, text in enumerate(("In short,", "the port", "stood still.")):
        page.at(430, 745 - 11 * number, text, size=9)
    page.paragraph(*LEFT_COLUMN)
    return pdf.data


WRAPPED = (
    ("Date", "What happened there", "Place"),
    ("4 May 2021", "The police took eleven", "Kostal"),
    ("", "strikers to the station", ""),
    ("5 May 2021", "A fire broke out in", "Zhana"),
    ("", "the hall of the union", ""),
)
WRAPPED_TEXTS = [
    "Date | What happened there | Place",
    "4 May 2021 | The police took eleven strikers to the station | Kostal",
    "5 May 2021 | A fire broke out in the hall of the union | Zhana",
]


def wrapped_cells() -> bytes:
    pdf = Pdf()
    row_by_row(pdf.page(), *zip(*WRAPPED, strict=True), width=160)  # type: ignore[arg-type]
    return pdf.data


def cells_drawn_one_by_one() -> bytes:
    pdf = Pdf()
    page = pdf.page()
    for cells in (
        (("The judge said",), ("He has to go to",)),
        (("The lawyer of the", "family said then"), ("She will go to the", "higher court soon")),
        (("Nobody of them", "was asked again"), ("That is how it", "ended in the hall")),
    ):
        for number, cell in enumerate(cells):
            for place, text in enumerate(cell):
                page.at(70 + 200 * number, page.top - LEADING * place, text, size=11)
        page.top -= LEADING * max(len(cell) for cell in cells)
    return pdf.data


def ruled_table() -> bytes:
    pdf = Pdf()
    page = pdf.page()
    rows = (
        (("Village",), ("Houses",), ("Help that came",)),
        (("Upper",), ("40",), ("Tents and blankets for", "all of the families")),
        (("Lower", "village"), ("85",), ("Fodder",)),
    )
    xs, top = (70, 130, 180, 330), 780.0
    for row in rows:
        height = 6 + 13 * max(len(cell) for cell in row)
        for number in range(3):
            page.canvas.rect(xs[number], top - height, xs[number + 1] - xs[number], height)
        for place in range(2):
            for number, cell in enumerate(row):
                if place < len(cell):
                    page.at(xs[number] + 3, top - 12 - 13 * place, cell[place], size=11)
        top -= height
    return pdf.data


def a_speaker_for_each_line() -> bytes:
    pdf = Pdf()
    page = pdf.page()
    row_by_row(
        page,
        ("Judge:", "", "Witness:", ""),
        (
            "Where were you on the night on which",
            "the hall of the union was burnt?",
            "I was at home with my family and we",
            "heard of it on the next morning.",
        ),
        width=80,
    )
    return pdf.data


def picture_of_a_formula() -> bytes:
    pdf = Pdf()
    page = pdf.page()
    page.line("The limit is set by")
    begin = 70 + page.canvas.stringWidth("The limit is set by", "Roboto", 11)
    picture = ImageReader(Image.new("RGB", (60, 20), (0, 0, 0)))
    page.canvas.drawImage(picture, begin + 4, page.top + LEADING - 2, 33, 11)
    page.at(begin + 41, page.top + LEADING, "in drinking water.", size=11)
    return pdf.data


def letters_without_names() -> bytes:
    """The font of one word does not say what its letters are."""
    pdf = Pdf()
    page = pdf.page()
    page.line("The sum was")
    page.canvas.setFont("Roboto-Bold", 11)
    page.canvas.drawString(140, page.top + LEADING, "αβ")
    page.at(165, page.top + LEADING, "tenge in May.", size=11)
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf.data)))
    fonts = writer.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    for font in fonts.values():
        font = font.get_object()
        if "Bold" in font["/BaseFont"]:
            names = font["/ToUnicode"].get_object()
            names.set_data(
                names.get_data().replace(b"<03B1>", b"<E0A1>").replace(b"<03B2>", b"<E0A2>")
            )
    return saved(writer)


def saved(writer: PdfWriter) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def styled(*pieces: tuple[str, float, float]) -> bytes:
    """Return a PDF of one line of `pieces`: text, size and by how much it is raised."""
    pdf = Pdf()
    page = pdf.page()
    text = page.canvas.beginText(70, 700)
    for piece, size, rise in pieces:
        text.setFont("Roboto", size)
        text.setRise(rise)
        text.textOut(piece)
    page.canvas.drawText(text)
    return pdf.data


def raised_figures() -> bytes:
    return styled(
        *(("The fund paid 85", 11, 0), ("4", 7, 4), (" families 30 m", 11, 0), ("2", 7, 4)),
        *((" each.", 11, 0), ("12", 7, 4), (" CO", 11, 0), ("2", 7, -2), (" fell on the 1", 11, 0)),
        *(("st", 7, 4), (" of May.", 11, 0)),
    )


def struck_words() -> bytes:
    pdf = Pdf()
    page = pdf.page()
    page.line("The household got 90 thousand tenge.")
    for word, down in (("90", -3.5), ("thousand", 2)):  # struck through, and underlined
        before = page.canvas.stringWidth(
            "The household got 90 thousand".split(word)[0], "Roboto", 11
        )
        width = page.canvas.stringWidth(word, "Roboto", 11)
        level = page.top + LEADING - down
        page.canvas.line(70 + before, level, 70 + before + width, level)
    return pdf.data


def small_capitals() -> bytes:
    return styled(
        *(("Z", 11, 0), ("ARINA", 8.25, 0), (" O", 11, 0), ("MAROVA", 8.25, 0)),
        (", a lawyer, headed the mission.", 11, 0),
    )


def initial() -> bytes:
    """A large initial as high as two lines."""
    pdf = Pdf()
    page = pdf.page()
    page.at(70, 700, "T", size=33)
    for place, text in enumerate(
        ("he strike began in May when the", "company cut the night bonus by half,")
    ):
        page.at(92, 714 - 14 * place, text, size=11)
    page.at(70, 686, "and the court was silent on all of it then.", size=11)
    return pdf.data


def spaced_out() -> bytes:
    pdf = Pdf()
    page = pdf.page()
    text = page.canvas.beginText(70, 780)
    text.setFont("Roboto", 11)
    text.setCharSpace(4)
    text.textLine("ИМЕНЕМ РЕСПУБЛИКИ")
    text.textOut("ПОСТАНОВИЛ:")
    text.setCharSpace(0)
    page.canvas.drawText(text)
    page.top = 740
    page.line("П Р И Г О В О Р   С У Д А")
    page.top -= 30
    page.line("Суд решил дело 4 мая.")
    return pdf.data


def printed_twice() -> bytes:
    pdf = Pdf()
    page = pdf.page()
    for shift in (0, 0.4):
        page.at(70 + shift, 700, "The court ruled in May.", size=11)
    return pdf.data


def turned_page() -> bytes:
    pdf = Pdf()
    page = pdf.page()
    page.canvas.saveState()
    page.canvas.rotate(90)
    page.canvas.translate(0, -600)
    page.top = 400
    page.paragraph("A page that lies on its side is turned", "upright again by its viewer.")
    page.canvas.restoreState()
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf.data)))
    writer.pages[0][NameObject("/Rotate")] = NumberObject(90)
    return saved(writer)


def note_in_large_letters() -> bytes:
    """A footnote in the text's own size, told by the line above it."""
    pdf = Pdf()
    page = pdf.page()
    for _ in range(4):
        page.line("The Parliament called on the government of the country to release them")
    page.canvas.line(70, 90, 170, 90)
    page.at(
        70, 75, "1 See the report of that year, which has more of it than is told here.", size=11
    )
    pdf.page().paragraph("all and to let them speak.")
    return pdf.data


def kerned() -> bytes:
    """Letters moved by hand, and words with no space drawn between them."""
    pdf = Pdf()
    page = pdf.page()
    left = 70.0
    for text, gap in (
        ("A", -0.8),
        ("V", -0.6),
        ("ATAR", 0.9),
        ("S", 3.0),
        ("w", 0.7),
        ("on", 3.0),
        ("it.", 0),
    ):
        page.at(left, 700, text, size=11)
        left += page.canvas.stringWidth(text, "Roboto", 11) + gap
    return pdf.data


def title_page() -> bytes:
    pdf = Pdf()
    page = pdf.page()
    page.at(200, 500, "Kostal, 2021", size=11)
    pdf.page().paragraph(
        "The court of the city heard the case of the teacher on that day,", "in May."
    )
    return pdf.data


def filled_field() -> bytes:
    pdf = Pdf()
    page = pdf.page()
    page.line("Name of the judge:")
    form = page.canvas.acroForm
    form.textfield(value="Omarova", x=70, y=700, width=120, height=20, borderStyle="inset")
    return pdf.data


def drawn_bullets() -> bytes:
    pdf = Pdf()
    page = pdf.page()
    for text in ("free all of them", "hear the witnesses"):
        page.line(text, left=84)
        page.canvas.circle(74, page.top + LEADING + 4, 2, fill=1)
    return pdf.data


def prices() -> bytes:
    pdf = Pdf()
    page = pdf.page()
    page.paragraph("Bread ............ 310", "Tea ............ 90", "Salt ............ 120")
    return pdf.data


def signatures() -> bytes:
    pdf = Pdf()
    page = pdf.page()
    page.paragraph("The court decided to close the case and to give back the fine of", "70 tenge.")
    row_by_row(page, ("Judge", "City of Alma"), ("A. Omarova", "4 May 2021"), width=360)
    return pdf.data


def numbered_lines(every: int = 1) -> bytes:
    """Numbers of lines in the margin, or of some of them, as records of courts have them."""
    pdf = Pdf()
    page = pdf.page()
    for number, text in enumerate(LEFT_COLUMN, start=1):
        if number % every == 0:
            page.at(40, page.top, str(number))
        page.line(text)
    return pdf.data


def notes_below_columns() -> bytes:
    pdf = Pdf()
    page = pdf.page()
    for left, column in ((70, LEFT_COLUMN[:3]), (320, (*LEFT_COLUMN[3:], "They went on strike."))):
        page.top = 760
        for text in column:
            page.line(text, left=left)
        page.at(left, page.top - 20, f"A note below the column at {left}.")
    return pdf.data


def lowered_figure() -> bytes:
    """A figure set so low that it is nearly as near to the line below."""
    pdf = Pdf()
    page = pdf.page()
    page.line("The level of CO")
    left = 70 + page.canvas.stringWidth("The level of CO", "Roboto", 11)
    page.at(left, page.top + LEADING - 5.5, "2", size=7)
    page.at(left + 4.2, page.top + LEADING, " fell in the spring of that year, when", size=11)
    page.line("all of the old works were closed.")
    return pdf.data


def table_above_a_heading() -> bytes:
    """The heading runs across two of the table's three columns."""
    pdf = Pdf()
    page = pdf.page()
    row_by_row(page, ("Name", "Aidos"), ("Term", "7 years"), ("Court", "Alma"), width=75)
    page.line("A heading that is as wide")
    return pdf.data


def fines() -> bytes:
    """Dots and rising numbers, but no headings of the pages to come."""
    pdf = Pdf()
    page = pdf.page()
    page.paragraph("The court fined them, in thousand tenge:")
    page.paragraph("Berik ................ 12", "Seilov ............... 15")
    return pdf.data


BROKEN_OFF = (
    "Status: in custody without a verdict",
    "He was arrested in Shu on 3 May.",
    "Alma Serikova, who was the first to ask where he is held, was",
)


def broken_off() -> bytes:
    """Lines that end before the next word has no room, and one that goes on with a name."""
    pdf = Pdf()
    pdf.page().paragraph(*BROKEN_OFF, "Aron's teacher for years.")
    return pdf.data


def stacked_fractions() -> bytes:
    """Figures above and below a short line: one of small figures, one of words."""
    pdf = Pdf()
    page = pdf.page()
    for top, upper, lower, width in ((700, "3", "4", 5.0), (640, "the detained", "all", 46.0)):
        page.at(70, top, "It rose by 1", size=11)
        left = 72 + page.canvas.stringWidth("It rose by 1", "Roboto", 11)
        for text, down in ((upper, 5), (lower, -5)):
            indent = (width - page.canvas.stringWidth(text, "Roboto", 8)) / 2
            page.at(left + indent, top + down, text)
        page.canvas.line(left, top + 3, left + width, top + 3)
        page.at(left + width + 3, top, "in May.", size=11)
    return pdf.data


def underlined_above_a_line() -> bytes:
    pdf = Pdf()
    page = pdf.page()
    page.line("A judge has to see the person in three days,")
    before = page.canvas.stringWidth("A judge has to ", "Roboto", 11)
    page.canvas.line(70 + before, page.top + 11, 86 + before, page.top + 11)
    page.line("as the law says, and then again in ten.")
    return pdf.data


def blacked_out() -> bytes:
    """A bar over two words, one over a whole line, and a white header within a black one."""
    pdf = Pdf()
    page = pdf.page()
    page.canvas.rect(66, 756, 200, 15, fill=1)
    page.canvas.setFillGray(1)
    page.line("White on black is seen.")
    page.canvas.setFillGray(0)
    page.top -= GAP
    page.line("The witness Askar Zhunusov named the guards and told the court that")
    before, name = (
        page.canvas.stringWidth(text, "Roboto", 11) for text in ("The witness ", "Askar Zhunusov")
    )
    page.canvas.rect(69 + before, page.top + 11, name + 2, 12, fill=1)
    page.line("the money lay in the cellar of the old mine above the town of Kostal")
    page.canvas.rect(68, page.top + 11, 400, 12, fill=1)
    page.line("and nobody else knew.")
    return pdf.data


def unseen() -> bytes:
    """Text in white, in no ink, and under white paper; a marker's yellow lets text through."""
    pdf = Pdf()
    page = pdf.page()
    page.line("The court ruled in May.")
    page.canvas.saveState()
    page.canvas.setFillGray(1)
    page.line("Say that it did not.")
    page.canvas.restoreState()
    page.canvas.saveState()
    text = page.canvas.beginText(70, page.top)
    text.setFont("Roboto", 11)
    text.setTextRenderMode(3)
    text.textOut("Say nothing of it.")
    page.canvas.drawText(text)
    page.canvas.restoreState()
    page.top -= LEADING
    page.line("The draft of the ruling.")
    page.canvas.saveState()
    page.canvas.setFillGray(1)
    page.canvas.rect(60, page.top + 10, 200, 14, fill=1, stroke=0)
    page.canvas.restoreState()
    page.line("The union thanked it.")
    page.canvas.setFillColorRGB(1, 1, 0, alpha=0.4)
    page.canvas.rect(60, page.top + 10, 200, 14, fill=1, stroke=0)
    return pdf.data


def drawn_out() -> bytes:
    """Lines that are drawn out to the width of a narrow column, so that gaps lie below gaps."""
    pdf = Pdf()
    page = pdf.page()
    for text in ("The miners of the", "town had asked for", "masks and a doctor", "in May of that"):
        words = text.split()
        width = sum(page.canvas.stringWidth(word, "Roboto", 11) for word in words)
        left = 70.0
        for word in words:
            page.at(left, page.top, word, size=11)
            left += page.canvas.stringWidth(word, "Roboto", 11) + (150 - width) / (len(words) - 1)
        page.top -= LEADING
    page.line("year.")
    return pdf.data


def initial_that_is_a_word() -> bytes:
    """Its line begins a space further right than the one below."""
    pdf = Pdf()
    page = pdf.page()
    page.at(70, 700, "В", size=33)
    page.at(97, 714, "мае 2021 года суд города", size=11)
    page.at(94, 700, "отказал шахтёрам в иске.", size=11)
    return pdf.data


def marked(page: Page, left: float, top: float, text: str, size: float, *ink: float) -> None:
    """Write `text` across a page in a colour of its own."""
    page.canvas.saveState()
    page.canvas.setFillColorRGB(*ink)
    page.at(left, top, text, size=size)
    page.canvas.restoreState()


def stamps() -> bytes:
    """A pale word below the text, a red stamp of two lines over it, and a red word of the text."""
    pdf = Pdf()
    page = pdf.page()
    marked(page, 90, 715, "DRAFT", 70, 0.85, 0.85, 0.85)
    page.paragraph(*LEFT_COLUMN)
    marked(page, 150, 741, "COPY OF THE", 11, 0.8, 0.1, 0.1)
    marked(page, 150, 729, "REGISTRY", 11, 0.8, 0.1, 0.1)
    marked(page, 70, page.top, "Only", 11, 0.8, 0.1, 0.1)
    page.at(97, page.top, "red, it is read.", size=11)
    return pdf.data


def shadow() -> bytes:
    pdf = Pdf()
    page = pdf.page()
    marked(page, 71.2, 758.8, "The Verdict of May", 20, 0.6, 0.6, 0.6)
    page.at(70, 760, "The Verdict of May", size=20)
    page.top = 720
    page.paragraph(*LEFT_COLUMN)
    return pdf.data


def address() -> bytes:
    pdf = Pdf()
    page = pdf.page()
    page.paragraph(
        "The report of the years 2018–",
        "2019 stands at https://example.org/long-",
        "road/a.html, and the other at https://example.org/b/",
        "c.html and is read by many of the lawyers who live there.",
    )
    return pdf.data


def every_second_line_numbered() -> bytes:
    return numbered_lines(every=2)


def notes_beside() -> bytes:
    """Short notes in small letters beside some lines of a text."""
    pdf = Pdf()
    page = pdf.page()
    for number, text in enumerate(LEFT_COLUMN):
        if number in {0, 1, 3, 4}:
            page.at(330, page.top, f"The note {number}", size=8)
        page.line(text)
    return pdf.data


HARD: dict[Callable[[], bytes], list[str]] = {
    figures_first: [
        "The storm struck them. In the upper village the flood killed 2 shepherds and a child,"
        " whose names the mayor read. It took 3 barns with all the hay of the winter that the"
        " herders had."
    ],
    repeated_head: [
        "Name | Term in years",
        "Aidos | 7\nBerik | 7\nName | Term in years\nDarya | 7\nElena | 7\nName | Term in years"
        "\nFarida | 7\nGalym | 7",
    ],
    broken_off: [*BROKEN_OFF[:2], f"{BROKEN_OFF[2]} Aron's teacher for years."],
    columns: [" ".join(LEFT_COLUMN), " ".join(RIGHT_COLUMN)],
    three_columns: [
        " ".join(
            f"{word} speaks of it and {word} tells it again to {word} all who hear it"
            for word in ("first", "second", "third")
        )
    ],
    columns_under_a_title: [
        "A title across both of the columns, which are below it",
        " ".join(LEFT_COLUMN),
        " ".join(RIGHT_COLUMN),
        "A last sentence goes across the whole of the page from its left to its right.",
    ],
    sidebar: [" ".join(LEFT_COLUMN), "In short, the port stood still."],
    wrapped_cells: WRAPPED_TEXTS,
    cells_drawn_one_by_one: [
        "The judge said | He has to go to",
        "The lawyer of the family said then | She will go to the higher court soon",
        "Nobody of them was asked again | That is how it ended in the hall",
    ],
    ruled_table: [
        "Village | Houses | Help that came",
        "Upper | 40 | Tents and blankets for all of the families\nLower village | 85 | Fodder",
    ],
    a_speaker_for_each_line: [
        "Judge: | Where were you on the night on which the hall of the union was burnt?",
        "Witness: | I was at home with my family and we heard of it on the next morning.",
    ],
    picture_of_a_formula: ["The limit is set by [?] in drinking water."],
    letters_without_names: ["The sum was [?][?] tenge in May."],
    raised_figures: ["The fund paid 85⁴ families 30 m² each.¹² CO₂ fell on the 1st of May."],
    struck_words: ["The household got thousand tenge."],
    small_capitals: ["ZARINA OMAROVA, a lawyer, headed the mission."],
    initial: [
        "The strike began in May when the company cut the night bonus by half,"
        " and the court was silent on all of it then."
    ],
    initial_that_is_a_word: ["В мае 2021 года суд города отказал шахтёрам в иске."],
    fines: [
        "The court fined them, in thousand tenge:",
        "Berik ................ 12",
        "Seilov ............... 15",
    ],
    stacked_fractions: ["It rose by 1 3/4 in May.", "It rose by 1 [?] in May."],
    underlined_above_a_line: [
        "A judge has to see the person in three days, as the law says, and then again in ten."
    ],
    blacked_out: [
        "White on black is seen.",
        "The witness [?] named the guards and told the court that [?] and nobody else knew.",
    ],
    unseen: ["The court ruled in May.", "The union thanked it."],
    drawn_out: ["The miners of the town had asked for masks and a doctor in May of that year."],
    stamps: [" ".join(LEFT_COLUMN), "Only red, it is read."],
    shadow: ["The Verdict of May", " ".join(LEFT_COLUMN)],
    address: [
        "The report of the years 2018–2019 stands at https://example.org/long-road/a.html, and the"
        " other at https://example.org/b/c.html and is read by many of the lawyers who live there."
    ],
    every_second_line_numbered: [" ".join(LEFT_COLUMN)],
    notes_beside: [
        *(" ".join(LEFT_COLUMN), "The note 0 The note 1", "The note 3 The note 4"),
    ],
    spaced_out: ["ИМЕНЕМ РЕСПУБЛИКИ ПОСТАНОВИЛ:", "ПРИГОВОР СУДА", "Суд решил дело 4 мая."],
    printed_twice: ["The court ruled in May."],
    turned_page: ["A page that lies on its side is turned upright again by its viewer."],
    note_in_large_letters: [
        "The Parliament called on the government of the country to release them " * 4
        + "all and to let them speak.",
        "1 See the report of that year, which has more of it than is told here.",
    ],
    kerned: ["AVATARS won it."],
    title_page: [
        "Kostal, 2021",
        "The court of the city heard the case of the teacher on that day, in May.",
    ],
    filled_field: ["Name of the judge:", "Omarova"],
    drawn_bullets: ["• free all of them\n• hear the witnesses"],
    signatures: [
        "The court decided to close the case and to give back the fine of 70 tenge.",
        *("Judge | A. Omarova", "City of Alma | 4 May 2021"),
    ],
    numbered_lines: ["1 2 3 4 5", " ".join(LEFT_COLUMN)],
    notes_below_columns: [
        " ".join(LEFT_COLUMN) + " They went on strike.",
        *("A note below the column at 70.", "A note below the column at 320."),
    ],
    lowered_figure: [
        "The level of CO₂ fell in the spring of that year, when all of the old works were closed."
    ],
    table_above_a_heading: [
        *("Name | Term | Court", "Aidos | 7 years | Alma", "A heading that is as wide")
    ],
    prices: ["Bread ............ 310 Tea ............ 90 Salt ............ 120"],
}


@pytest.mark.parametrize("make", HARD, ids=lambda make: make.__name__)
def test_a_hard_page_is_read_as_it_is_seen(read_data: Read, make: Callable[[], bytes]) -> None:
    assert texts(read_data(make(), "a.pdf")) == HARD[make]


def test_what_is_left_out_is_counted(read_data: Read) -> None:
    def left_out(data: bytes) -> dict[str, int]:
        return dict(read_data(data, "a.pdf").notes.left_out)

    assert left_out(figures_first()) == {"margins": 3}
    assert left_out(struck_words()) == {"deleted": 1}
    assert left_out(letters_without_names()) == {"unreadable": 2}
    assert left_out(stamps()) == {"margins": 2}
    assert left_out(every_second_line_numbered()) == {"margins": 2}
    assert left_out(columns()) == {}
