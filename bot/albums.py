"""Join photos of pages into one PDF, which holds the JPEG files unchanged.

No photo is decoded here: a crafted picture may break its decoder, so that runs elsewhere, in a
confined process. Only the size is read, from the header of the JPEG (ISO/IEC 10918-1, B.2).
"""

from collections.abc import Sequence
from dataclasses import dataclass

_DOTS_AN_INCH = 150  # Telegram scales the photo of a page to 1,280 dots
_COLOURS = {1: b"/DeviceGray", 3: b"/DeviceRGB"}
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # markers of what holds the size
_ALONE = {0x01, *range(0xD0, 0xD9)}  # markers without a segment


class AlbumError(Exception):
    """The photos cannot be joined into one PDF."""


@dataclass(frozen=True, slots=True)
class _Size:
    width: int
    height: int
    colours: bytes


def pdf_of(photos: Sequence[bytes]) -> bytes:
    """Return a PDF whose pages are the JPEG files `photos`, in order.

    Raises AlbumError if one is not a JPEG of one or three colour components.
    """
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    for photo in photos:
        size, number = _size(photo), len(objects) + 1
        width, height = (72 * dots / _DOTS_AN_INCH for dots in (size.width, size.height))
        drawn = b"q %.2f 0 0 %.2f 0 0 cm /I Do Q" % (width, height)
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.2f %.2f]/Contents %d 0 R"
            b"/Resources<</XObject<</I %d 0 R>>>>>>" % (width, height, number + 1, number + 2),
            _stream(b"", drawn),
            _stream(
                b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace%s/BitsPerComponent 8"
                b"/Filter/DCTDecode" % (size.width, size.height, size.colours),
                photo,
            ),
        ]
    pages = b" ".join(b"%d 0 R" % (3 + 3 * place) for place in range(len(photos)))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(photos), pages)
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    """Return a PDF file of `objects`, numbered from 1; the first is the catalogue."""
    data = bytearray(b"%PDF-1.4\n")
    table = [b"0000000000 65535 f \n"]
    for number, one in enumerate(objects, start=1):
        table.append(b"%010d 00000 n \n" % len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(data)
    data += b"xref\n0 %d\n%s" % (len(table), b"".join(table))
    data += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(table), start)
    return bytes(data)


def _stream(entries: bytes, data: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def _size(photo: bytes) -> _Size:
    """Return size and colours from the header of the JPEG `photo`. AlbumError if there is none."""
    if photo[:2] != b"\xff\xd8":
        raise AlbumError
    place = 2
    while place + 9 < len(photo) and photo[place] == 0xFF:
        marker = photo[place + 1]
        if marker in _FRAMES:
            height = int.from_bytes(photo[place + 5 : place + 7])
            width = int.from_bytes(photo[place + 7 : place + 9])
            colours = _COLOURS.get(photo[place + 9])
            if not (width and height and colours):
                raise AlbumError
            return _Size(width, height, colours)
        length = int.from_bytes(photo[place + 2 : place + 4])
        place += 1 if marker == 0xFF else 2 if marker in _ALONE else 2 + length
    raise AlbumError
