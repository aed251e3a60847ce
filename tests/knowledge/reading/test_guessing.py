"""Text in encodings that nothing states."""

from pathlib import Path

import pytest

from knowledge.errors import DocumentError
from knowledge.reading.formats.encoding import decode
from knowledge.reading.formats.guessing import guessed

_FOLDER = Path(__file__).parent.parent / "words" / "sentences"
OLD = ("cp1251", "kz1048", "ptcp154", "koi8-r", "cp866", "mac-cyrillic", "iso8859-5")


def paragraphs(language: str) -> list[str]:
    text = (_FOLDER / f"{language}.txt").read_text("utf-8").strip()
    return [paragraph.replace("\n", " ") for paragraph in text.split("\n\n")]


def in_encoding(texts: list[str], encoding: str) -> list[tuple[str, bytes]]:
    """Return those of `texts` that can be written in `encoding`, also as bytes."""
    written = []
    for text in texts:
        try:
            written.append((text, text.encode(encoding)))
        except UnicodeEncodeError:
            continue
    return written


@pytest.mark.parametrize("encoding", OLD)
@pytest.mark.parametrize("language", ["ru", "kk"])
def test_no_text_is_read_wrongly_however_short(language: str, encoding: str) -> None:
    whole = paragraphs(language)
    short = [" ".join(text.split()[:count]) for text in whole for count in (1, 2, 4)]
    tables = [f"{text.split()[-1]} 1 204,50 | 17.05.1998 | {text.split()[0]} 88" for text in whole]
    for text, data in in_encoding([*whole, *short, *tables], encoding):
        if not text.isascii():
            assert guessed(data) in {text, None}


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        *(("ru", encoding) for encoding in (*OLD[:5], "utf-16-le", "utf-16-be")),
        *(("kk", encoding) for encoding in ("kz1048", "ptcp154", "utf-16-le", "utf-16-be")),
    ],
)
def test_whole_documents_are_read(language: str, encoding: str) -> None:
    texts = [text.replace("—", "-").replace("№", "N") for text in paragraphs(language)]
    written = in_encoding(texts, encoding)
    text = "\n\n".join(text for text, _ in written[:6])
    assert len(text) > 500
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Le café était fermé à cause de la grève.", "cp1252"),
        ("Über die Straße gehen viele Bürger.", "latin-1"),
        ("Zażółć gęślą jaźń.", "cp1250"),
        ("Καλημέρα κόσμε, τι κάνετε;", "cp1253"),
        ("İstanbul’da şöyle güzel bir gün.", "cp1254"),
        ("Суд", "cp1251"),
    ],
)
def test_what_is_not_sure_is_refused_with_the_reason(text: str, encoding: str) -> None:
    with pytest.raises(DocumentError, match=r"is not UTF-8 .*save it again as UTF-8"):
        decode(text.encode(encoding))


def test_broken_utf_8_is_refused() -> None:
    data = "Привет, это обычный текст в кодировке ютф. ".encode() * 20
    with pytest.raises(DocumentError, match="is not UTF-8"):
        decode(data[:-1].removesuffix(b"\xd0") + b"\xd0")


def test_a_stated_encoding_is_not_guessed_at() -> None:
    data = "Обычный русский текст в старой кодировке.".encode("cp1251")
    assert decode(data) == data.decode("cp1251")
    with pytest.raises(DocumentError, match="is not ASCII"):
        decode(data, declared="ascii")


def test_utf_16_of_other_scripts_is_refused_without_its_mark() -> None:
    with pytest.raises(DocumentError, match="NUL characters"):
        decode("文字 テスト".encode("utf-16-le"))
