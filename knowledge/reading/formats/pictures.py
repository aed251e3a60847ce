"""Pictures of pages: which they are in a file, and how each looks once it is made fit to be read.

They are read by Tesseract, which the process that looks at files may not start: it gives the dots
of a page, and `knowledge.reading.scans` does the rest.
"""

import io
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any, TypeVar

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops, ImageFilter, ImageOps, ImageSequence

from knowledge.errors import DocumentError
from knowledge.problems import problem
from knowledge.reading.formats import BlockText, Contents, Scan
from knowledge.reading.formats.pdf_drawings import image_boxes

_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP")
_MOST_DOTS = 64_000_000  # of a picture as it is in its file; A4 at 600 dots an inch has 35 million
_DOTS = 9_000_000  # of a page as it is read; A4 at 300 dots an inch has 8.7 million
_LARGER = 2.0  # times, at most: what has fewer dots is a part of a page
_INCH = 72.0  # points
_DOTS_AN_INCH = 300.0
_FEW_LETTERS = 100  # of a page that is a picture: a stamp, or the name of the program that scanned
_COVERED = 0.5  # of a page, by its pictures
# Noise is what makes words wrong: blurred so much, of 701 words with noise 1 to 2 came out wrong,
# not 215, and without noise none more.
_BLUR = 1.3  # dots
_COARSE = 16  # times smaller, a picture has no letters left, but still its shadows
_EVEN = 0.9  # of the light of the lightest paper; with as much everywhere there are no shadows
_DARKEST_PAPER = 0.5  # of the lightest: what is darker is a dark box, with light letters in it
_INK = 5_000  # of so many dots one is ink, on a page of a line or two
_STEEPEST, _STEP, _FINE_STEP = 6.0, 0.5, 0.1  # degrees by which a page may lie askew

Item = TypeVar("Item")


def read(data: bytes) -> Contents:
    """Return which pages the picture `data` has: one, but for a TIFF. Raises DocumentError."""
    with _opened(data) as image:
        pages = int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
    return Contents({}, (), scans=tuple(Scan(page, 0) for page in range(pages)), pages=pages)


def look(data: bytes, ending: str, page: int) -> tuple[int, int, bytes]:
    """Return how wide and high the page is, and its grey values from the upper left."""
    image = _drawn(data, page) if ending == ".pdf" else _frame(data, page)
    clear = _cleared(image)
    return *clear.size, clear.tobytes()


def scanned_pages(document: Any, letters: Sequence[int]) -> tuple[int, ...]:
    """Return which pages of a document of PDFium are but pictures; `letters` are how many letters
    each has as text.
    """
    return tuple(n for n, count in enumerate(letters) if _is_scanned(document, n, count))


def around(
    scanned: Sequence[int],
    lines: Sequence[Item],
    page_of: Callable[[Item], int],
    blocks: Callable[[Sequence[Item]], Iterable[BlockText]],
) -> tuple[tuple[BlockText, ...], tuple[Scan, ...]]:
    """Return the blocks that `lines` make, and where among them the `scanned` pages stand."""
    placed: list[BlockText] = []
    scans = []
    for before, page in pairwise((-1, *scanned, None)):
        assert before is not None  # noqa: S101, only the last is
        between = [
            line
            for line in lines
            if page_of(line) > before and (page is None or page_of(line) < page)
        ]
        placed += blocks(between)
        if page is not None:
            scans.append(Scan(page, len(placed)))
    return tuple(placed), tuple(scans)


def _is_scanned(document: Any, number: int, letters: int) -> bool:
    if letters >= _FEW_LETTERS:
        return False
    page = pdfium.FPDF_LoadPage(document, number)
    if not page:
        return False
    try:
        size = pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page)
        boxes = image_boxes(page)
        covered = sum((box.right - box.left) * (box.bottom - box.top) for box in boxes)
        # Letters may also be drawn as lines, each by itself.
        return covered >= _COVERED * size or (
            not letters and pdfium.FPDFPage_CountObjects(page) > 0
        )
    finally:
        pdfium.FPDF_ClosePage(page)


def _drawn(data: bytes, number: int) -> Image.Image:
    with pypdfium2.PdfDocument(data) as document:
        page = document[number]
        width, height = page.get_size()
        scale = min(_DOTS_AN_INCH / _INCH, (_DOTS / (width * height)) ** 0.5)
        image: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
        return image.convert("L")


def _opened(data: bytes) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = None  # one limit is enough, and it is looked at before any is unpacked
    image = Image.open(io.BytesIO(data), formats=_FORMATS)
    _check_size(image)
    return image


def _check_size(image: Image.Image) -> None:
    if (dots := image.width * image.height) > _MOST_DOTS:
        found = {"pixels": -(-dots // 1_000_000), "most": _MOST_DOTS // 1_000_000}
        raise DocumentError(problem("picture_too_large", **found))


def _frame(data: bytes, number: int) -> Image.Image:
    with _opened(data) as image:
        frame = ImageSequence.Iterator(image)[number]
        _check_size(frame)
        upright = ImageOps.exif_transpose(frame)
    return _fitted(_grey(upright))


def _grey(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # of 16 bits
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:  # what shines through is paper
        seen = image.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(paper, seen).convert("L")
    return image.convert("L")


def _fitted(image: Image.Image) -> Image.Image:
    scale = min(_LARGER, (_DOTS / (image.width * image.height)) ** 0.5)
    size = max(1, int(image.width * scale)), max(1, int(image.height * scale))
    return image.resize(size, Image.Resampling.LANCZOS)


def _cleared(image: Image.Image) -> Image.Image:
    """Return `image` straight, without noise and shadows, its paper white, its letters black."""
    smooth = _evened(image.filter(ImageFilter.GaussianBlur(_BLUR)))
    darkest, paper = _levels(smooth)
    straight = smooth.rotate(_askew(smooth), Image.Resampling.BICUBIC, fillcolor=paper)
    span = max(1, paper - darkest)
    return straight.point([min(255, max(0, (v - darkest) * 255 // span)) for v in range(256)])


def _evened(image: Image.Image) -> Image.Image:
    """Return `image`, if there are shadows on it, with each dot as far from white as it is from the
    paper around it. A page of light letters stays as it is.

    Of 74 words on a grey page with a shadow that takes a third of the light, 34 were read right,
    and all are so.
    """
    size = max(1, image.width // _COARSE), max(1, image.height // _COARSE)
    coarse = image.resize(size, Image.Resampling.BOX)
    paper = coarse.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.GaussianBlur(6))
    dark, light = (
        _value_at(paper.histogram(), share * size[0] * size[1]) for share in (0.02, 0.98)
    )
    is_light = 2 * _value_at(coarse.histogram(), size[0] * size[1] / 2) > light
    if not is_light or dark > _EVEN * light:
        return image
    least = int(light * _DARKEST_PAPER)
    around = paper.point([max(value, least) for value in range(256)])
    around = around.resize(image.size, Image.Resampling.BICUBIC)
    return ImageOps.invert(ImageChops.subtract(around, image))


def _levels(image: Image.Image) -> tuple[int, int]:
    """Return how dark the darkest dots are, a few letters' worth of them, and the darkest that is
    still paper, which most of a page is.
    """
    counts = image.histogram()
    total = sum(counts)
    darkest, middle = _value_at(counts, total / _INK), _value_at(counts, total / 2)
    light = [(value, count) for value, count in enumerate(counts) if value > middle and count]
    number = sum(count for _, count in light)
    spread = sum((value - middle) * count for value, count in light) / number if number else 0
    return darkest, max(darkest + 1, round(middle - 4 * spread))


def _value_at(counts: Sequence[int], share: float) -> int:
    passed = 0
    for value, count in enumerate(counts):
        passed += count
        if passed >= share:
            return value
    return len(counts) - 1


def _askew(image: Image.Image) -> float:
    """Return the degrees by which to turn `image` so that its lines run straight.

    Half the words of a page were lost at one degree and a half.
    """
    small = image.copy()
    small.thumbnail((600, 600))
    small = ImageOps.autocontrast(small, cutoff=(1, 50))
    steps = round(_STEEPEST / _STEP)
    coarse = max((_STEP * n for n in range(-steps, steps + 1)), key=lambda a: _ruled(small, a))
    fine = round(_STEP / _FINE_STEP)
    return max(
        (coarse + _FINE_STEP * n for n in range(-fine, fine + 1)), key=lambda a: _ruled(small, a)
    )


def _ruled(image: Image.Image, angle: float) -> float:
    """Return how sharply rows of dots differ when `image` is turned: most where lines lie level."""
    turned = image.rotate(angle, Image.Resampling.BILINEAR, fillcolor=255)
    width, height = turned.size
    middle = turned.crop((width // 12, height // 12, width - width // 12, height - height // 12))
    if not all(middle.size):
        return 0.0
    rows = middle.resize((1, middle.height), Image.Resampling.BOX).tobytes()
    return float(sum((low - high) ** 2 for high, low in pairwise(rows)))
