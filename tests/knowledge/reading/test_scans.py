"""Pages that are only pictures: read by Tesseract, and told as no surer than it was."""

import io
import subprocess
import time
from pathlib import Path

import pytest
from PIL import Image, TiffImagePlugin
from reportlab.lib.pagesizes import A4

from knowledge.errors import DocumentError
from knowledge.reading.documents import parse
from knowledge.reading.formats import PICTURES, UNREADABLE
from knowledge.reading.parsing import Limits, Parser
from knowledge.reading.tesseract import LANGUAGES, Picture, Tesseract
from tests.knowledge.conftest import Read
from tests.knowledge.reading.scanned import add_picture, needs_tesseract, page, saved
from tests.knowledge.reading.test_pdf import Pdf, texts

ENGLISH = (
    "The well of the village was dug in 1897 by Anna Karimova and her brothers. It gave water to"
    " 340 households until the summer of 1931, when the river changed its course and the well ran"
    " dry."
)
RUSSIAN = (
    "Комиссия посетила 12 школ района и нашла, что в девяти из них зимой нет отопления. Директор"
    " Марат Воронов сказал, что письма в министерство остались без ответа."
)
KAZAKH = (
    "Ауыл тұрғындары әкімге үшінші рет хат жазып, көпірді жөндеуді сұрады. Өткен жылы су тасқыны"
    " кезінде екі үйді су басып, қырық адам көршілеріне көшті."
)
TEXTS = {"en": ENGLISH, "ru": RUSSIAN, "kk": KAZAKH}
PRINTED = (
    "This page holds its text, as programs print it. The council of the district met on the fourth"
    " of May and heard two reports on the state of the roads."
)


def scan(*pages: Image.Image) -> bytes:
    pdf = Pdf()
    for image in pages:
        add_picture(pdf, image)
    return pdf.data


def printed(pdf: Pdf, text: str = PRINTED) -> None:
    half = text.index(" ", len(text) // 2)
    page = pdf.page()
    pdf.canvas.setPageSize(A4)
    page.paragraph(text[:half], text[half + 1 :])


@needs_tesseract
@pytest.mark.parametrize(
    ("language", "look"),
    [
        ("en", {}),
        ("ru", {"askew": 1.5, "noise": 15, "is_grey": True}),
        ("kk", {"askew": 1.5, "noise": 15, "is_grey": True, "shadow": 0.4}),
    ],
    ids=["clean", "Russian, askew, noisy and grey", "Kazakh, in a shadow too"],
)
def test_a_scan_is_read_by_machine(read_data: Read, language: str, look: dict[str, float]) -> None:
    document = read_data(scan(page(TEXTS[language], **look)), "a.pdf")  # type: ignore[arg-type]
    assert document.text == TEXTS[language]
    assert document.language == language
    assert document.notes.sureness is not None
    assert 0.9 < document.notes.sureness <= 1


@needs_tesseract
def test_a_picture_of_a_page_is_read_by_machine(read_data: Read) -> None:
    # A PNG, a JPEG, and a TIFF are read below.
    assert texts(read_data(saved(page(ENGLISH), "WEBP"), "a.webp")) == [ENGLISH]


@needs_tesseract
def test_columns_are_read_one_after_the_other(read_data: Read) -> None:
    document = read_data(scan(page(f"{ENGLISH}\n{PRINTED}", ENGLISH)), "a.pdf")
    assert texts(document) == [ENGLISH, PRINTED, ENGLISH]
    document = read_data(saved(page(RUSSIAN[:90], KAZAKH[:123])), "a.png")
    assert texts(document) == [RUSSIAN[:90], KAZAKH[:123]]


@needs_tesseract
def test_a_sentence_goes_on_on_the_next_page(read_data: Read) -> None:
    pages = [page(part) for part in (RUSSIAN[:34], f"{RUSSIAN[35:]}\n{KAZAKH}")]
    assert texts(read_data(scan(*pages), "a.pdf")) == [RUSSIAN, KAZAKH]


@needs_tesseract
def test_scanned_pages_among_others_are_read_in_their_places(read_data: Read) -> None:
    pdf = Pdf()
    add_picture(pdf, page(RUSSIAN))
    printed(pdf)
    add_picture(pdf, page(ENGLISH))
    document = read_data(pdf.data, "a.pdf")
    assert texts(document) == [RUSSIAN, PRINTED, ENGLISH]
    assert document.notes.sureness is not None


@needs_tesseract
def test_the_stamp_of_a_scanning_program_is_not_the_text_of_a_page(read_data: Read) -> None:
    pdf = Pdf()
    add_picture(pdf, page(ENGLISH))
    pdf.canvas.setFont("Roboto", 8)
    pdf.canvas.drawString(70, 20, "Scanned by ScanApp")
    assert texts(read_data(pdf.data, "a.pdf"))[0] == ENGLISH


@needs_tesseract
def test_an_empty_page_holds_nothing_and_is_no_scan(read_data: Read) -> None:
    pdf = Pdf()
    printed(pdf)
    pdf.page()
    document = read_data(pdf.data, "a.pdf")
    assert texts(document) == [PRINTED]
    assert document.notes.sureness is None


@needs_tesseract
def test_all_pages_of_a_tiff_are_read(read_data: Read) -> None:
    stream = io.BytesIO()
    with TiffImagePlugin.AppendingTiffWriter(stream, True) as writer:
        for text in (ENGLISH, RUSSIAN):
            page(text).save(writer, "TIFF")
            writer.newFrame()
    assert texts(read_data(stream.getvalue(), "a.tif")) == [ENGLISH, RUSSIAN]


@needs_tesseract
def test_a_photo_is_turned_as_its_camera_was(read_data: Read) -> None:
    image = page(ENGLISH).transpose(Image.Transpose.ROTATE_90)
    exif = image.getexif()
    exif[0x0112] = 6  # turn it to the right to see it
    assert texts(read_data(saved(image, "JPEG", exif=exif), "a.jpg")) == [ENGLISH]


@needs_tesseract
@pytest.mark.parametrize("degrees", [90, 180])
def test_a_page_that_lies_on_its_side_or_head_is_read(read_data: Read, degrees: int) -> None:
    image = page(f"{RUSSIAN}\n{RUSSIAN}").rotate(degrees, expand=True)
    assert texts(read_data(saved(image), "a.png")) == [RUSSIAN, RUSSIAN]


@needs_tesseract
def test_letters_that_look_alike_are_of_the_script_of_their_line(read_data: Read) -> None:
    text = read_data(saved(page(f"{RUSSIAN}\n{ENGLISH}")), "a.png").text
    assert set(text.replace(UNREADABLE, "").split()) <= set(f"{RUSSIAN} {ENGLISH}".split())


@needs_tesseract
def test_what_cannot_be_read_does_not_come_out_as_words(read_data: Read) -> None:
    image = page(f"{ENGLISH}\n{PRINTED}")
    image.paste(Image.effect_noise((420, 34), 120), (520, 166))  # over words of the first line
    document = read_data(saved(image), "a.png")
    read = set(document.text.replace(UNREADABLE, "").split())
    assert read < set(f"{ENGLISH} {PRINTED}".split())
    assert {"village", "brothers.", "households", "roads."} < read
    assert UNREADABLE in document.text
    assert document.notes.left_out["unreadable"] >= document.text.count(UNREADABLE)


@needs_tesseract
@pytest.mark.parametrize(
    "image", [Image.effect_noise((1200, 1600), 90), Image.new("L", (900, 900))]
)
def test_a_picture_without_words_is_refused(read_data: Read, image: Image.Image) -> None:
    with pytest.raises(DocumentError, match=r"^a\.png: too little of its pictures could be read"):
        read_data(saved(image), "a.png")


def test_without_tesseract_a_scan_is_refused_and_it_is_said_what_to_install(
    read_data: Read, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    message = r"^a\.pdf: 2 of its 3 pages hold no text, .*apt-get install tesseract-ocr"
    pdf = Pdf()
    printed(pdf)
    for _ in range(2):
        add_picture(pdf, page("A"))
    with pytest.raises(DocumentError, match=message):
        read_data(pdf.data, "a.pdf")


def test_without_tesseract_a_page_among_many_is_left_out_and_that_is_told(
    read_data: Read, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    pdf = Pdf()
    add_picture(pdf, page("A"))
    printed(pdf)
    document = read_data(pdf.data, "a.pdf")
    assert texts(document) == [PRINTED]
    assert document.notes.left_out == {"pictures": 1}
    assert document.notes.sureness is None


@needs_tesseract
def test_without_all_languages_a_scan_is_refused(
    read_data: Read, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    with pytest.raises(DocumentError, match=r"^a\.png: 1 of its 1 pages .* tesseract-ocr-kaz"):
        read_data(saved(page("A")), "a.png")


def test_more_pages_than_a_minute_is_enough_for_are_refused_at_once(read_data: Read) -> None:
    image = Image.new("L", (8, 8))
    with pytest.raises(DocumentError, match=r"^a\.pdf: 41 of its pages .* 40 are read"):
        read_data(scan(*[image] * 41), "a.pdf")


@needs_tesseract
def test_pages_that_take_too_long_are_refused_and_nothing_goes_on() -> None:
    with Parser(Limits(10_000_000, seconds=3)) as parser:
        with pytest.raises(
            DocumentError, match=r"^a\.pdf: (12 of its pages .* in|takes longer than) 3 seconds"
        ):
            parse(scan(*[page(f"{ENGLISH}\n" * 8, noise=20)] * 12), "a.pdf", parser)
        assert parse(b"Good.", "good.txt", parser).text == "Good."
    listed = subprocess.run(["ps", "-o", "comm", "--ppid", str(_own())], capture_output=True)  # noqa: S603, S607
    assert b"tesseract" not in listed.stdout


def test_nothing_is_started_any_more_after_giving_up() -> None:
    tesseract = Tesseract("true", time.monotonic() + 60)
    tesseract.end()
    with pytest.raises(TimeoutError):
        tesseract.words(Picture(1, 1, b"\0"), LANGUAGES)


def _own() -> int:
    return int(Path("/proc/self").resolve().name)


def test_a_picture_of_too_many_dots_is_refused_before_it_is_unpacked(read_data: Read) -> None:
    data = saved(Image.new("1", (30_000, 30_000)))
    with pytest.raises(DocumentError, match=r"^a\.png: is a picture of 900 million dots"):
        read_data(data, "a.png")


@pytest.mark.parametrize("ending", PICTURES)
def test_a_picture_is_known_by_its_content(read_data: Read, ending: str) -> None:
    with pytest.raises(DocumentError, match=rf"^a{ending}: is not a picture"):
        read_data(b"Not a picture at all.", f"a{ending}")
    with pytest.raises(DocumentError, match=rf"^a{ending}: is a PDF document"):
        read_data(b"%PDF-1.7", f"a{ending}")
    with pytest.raises(DocumentError, match=rf"^a{ending}: is damaged"):
        read_data(b"\x89PNG\r\n\x1a\n", f"a{ending}")


def test_a_picture_with_another_ending_is_refused(read_data: Read) -> None:
    with pytest.raises(DocumentError, match=r"^a\.txt: is a picture \(PNG\) .* ending \.png"):
        read_data(saved(Image.new("L", (8, 8))), "a.txt")
