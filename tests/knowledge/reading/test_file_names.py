"""Names that come from a chat: what may be stored, and what must be renamed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import DocumentError
from knowledge.reading.file_names import safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("report.pdf", "report.pdf"),
        ("Отчёт  2024 .PDF", "Отчёт 2024.pdf"),
        ("Есеп қаңтар ұсыныс.docx", "Есеп қаңтар ұсыныс.docx"),
        ("Отче\u0308т.txt", "Отчёт.txt"),
        ("a.b (1), «c».md", "a.b (1), «c».md"),
        (" report.htm ", "report.htm"),
        ("ж" * 58 + ".txt", "ж" * 58 + ".txt"),
    ],
    ids=["plain", "spaces", "Kazakh", "composed", "signs", "around", "longest"],
)
def test_names_are_kept_as_their_owner_writes_them(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("../report.txt", "must not hold /"),
        ("/etc/passwd.txt", "must not hold /"),
        ("..\\report.txt", "must not hold /"),
        ("C:\\report.txt", "must not hold /"),
        ("a\x00.txt", "cannot be seen"),
        ("a\n.txt", "cannot be seen"),
        ("a\u2028.txt", "cannot be seen"),
        ("a\u202etxt.pdf", "cannot be seen"),
        ("a\u200b.pdf", "cannot be seen"),
        ("a\ud800.pdf", "cannot be seen"),
        (".hidden.txt", "begin with a dot"),
        (".txt", "begin with a dot"),
        ("..", "begin with a dot"),
        (" .txt", "begin with a dot"),
        ("", "a file without a name"),
        ("  ", "a file without a name"),
        ("report", r"files of type '' are not read, expected one of \.txt"),
        ("report.exe", r"files of type '\.exe' are not read"),
        ("report.pdf.exe", r"files of type '\.exe' are not read"),
        ("questions.yaml", r"files of type '\.yaml' are not read"),
        ("a" * 117 + ".txt", "too long; rename it to 120 bytes at most"),
        ("ж" * 59 + ".txt", "too long"),
        ("a" * 296 + ".txt", "too long"),
    ],
)
def test_names_that_may_not_be_stored_are_refused(name: str, message: str) -> None:
    with pytest.raises(DocumentError, match=message) as caught:
        safe_name(name)
    assert len(str(caught.value)) < 250
    assert not any(unicodedata.category(character)[0] == "C" for character in str(caught.value))


@given(st.text(max_size=130).map(lambda stem: f"{stem}.txt"))
def test_a_safe_name_is_safe_and_stays_so(name: str) -> None:
    try:
        safe = safe_name(name)
    except DocumentError:
        return
    assert safe_name(safe) == safe
    assert len(safe.encode()) <= 120
    assert unicodedata.is_normalized("NFC", safe)
    assert not set(safe) & set("/\\\n\x00\u202e")
