"""Pages as a scanner or a camera gives them, drawn by the tests."""

import io
import shutil

import font_roboto
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader

from tests.knowledge.reading.test_pdf import Pdf

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="Tesseract is not installed"
)

WIDTH, HEIGHT = 1654, 820  # A4, cut off below, at 200 dots an inch


def page(
    *columns: str, askew: float = 0.0, noise: float = 0, is_grey: bool = False, shadow: float = 0
) -> Image.Image:
    """Draw a page with a column for each text, whose paragraphs are lines of it; a `shadow` takes
    that share of the light from its foot.
    """
    paper, ink = (228, 80) if is_grey else (255, 0)
    image = Image.new("L", (WIDTH, HEIGHT), paper)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(font_roboto.Roboto, 32)
    width = (WIDTH - 240 - 100 * (len(columns) - 1)) // len(columns)
    for number, column in enumerate(columns):
        top = 160
        for paragraph in column.splitlines():
            for line in wrapped(paragraph, draw, font, width):
                draw.text((120 + number * (width + 100), top), line, font=font, fill=ink)
                top += 46
            top += 40
    image = image.rotate(askew, Image.Resampling.BICUBIC, fillcolor=paper)
    shade = Image.linear_gradient("L").resize(image.size).point(lambda value: value * shadow)
    image = ImageChops.subtract(image, shade)
    if not noise:
        return image
    smooth = image.filter(ImageFilter.GaussianBlur(0.6))
    return ImageChops.add(smooth, Image.effect_noise(smooth.size, noise), offset=-128)


def wrapped(
    text: str, draw: ImageDraw.ImageDraw, font: ImageFont.FreeTypeFont, width: int
) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if draw.textlength(longer, font=font) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def saved(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """Return `image` as a file of that kind."""
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def add_picture(pdf: Pdf, image: Image.Image) -> None:
    """Add a page to `pdf` that is but a picture."""
    size = A4[0], A4[0] * image.height / image.width
    pdf.page()
    pdf.canvas.setPageSize(size)
    pdf.canvas.drawImage(ImageReader(image), 0, 0, *size)
