"""A language is a folder: its words stand in `knowledge/languages/`, and in no module."""

from pathlib import Path

import pytest

from knowledge.languages import by_language, words_of_all
from knowledge.words import patterns

KNOWLEDGE = Path(__file__).parent.parent / "knowledge"
FOLDING = {
    "people/names.py": "the sounds that letters spell",
    "reading/formats/docx_formulas.py": "raised letters",
    "reading/formats/docx_symbols.py": "the letters of a font of symbols",
    "reading/formats/pdf_rows.py": "ligatures",
    "reading/formats/raised.py": "raised and lowered letters",
    "words/lexical.py": "a letter that Russian may write as another",
    "words/latin_letters.py": "letters that a keyboard lacks",
    "words/look_alikes.py": "letters that look alike",
    "words/typed_letters.py": "letters that a keyboard lacks",
}
"""Modules with tables that fold or compare letters, and which."""
STILL_TO_MOVE = {
    "question/demand_words.py",
    "question/elsewhere.py",
    "question/glossary.py",
    "question/overlap.py",
}
"""Modules whose words of languages are to become learned, or to move."""


def has_letters(file: Path) -> bool:
    return any(sign.isalpha() and not sign.isascii() for sign in file.read_text("utf-8"))


def test_no_module_has_letters_of_a_language() -> None:
    files = {file.relative_to(KNOWLEDGE).as_posix(): file for file in KNOWLEDGE.rglob("*.py")}
    lettered = {name for name, file in files.items() if has_letters(file)}
    assert lettered - set(FOLDING) - STILL_TO_MOVE == set()
    assert set(FOLDING) <= lettered


def test_a_folder_is_all_that_a_language_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for code, text in (("xx", "a: one\n"), ("kk", "a: [two, three]\n"), ("aa", "b: four\n")):
        (tmp_path / code).mkdir()
        (tmp_path / code / "words.yaml").write_text(text, "utf-8")
    monkeypatch.setattr("knowledge.languages._FOLDER", tmp_path)
    for cached in (by_language, words_of_all, patterns.patterns):
        cached.cache_clear()
    try:
        assert list(by_language("words")) == ["kk", "aa", "xx"]
        assert patterns.of_any("words", "a") == "two|three|one"
        assert patterns.of_any("words", "none has it") == "(?!)"
        assert words_of_all("words", "b") == ("four",)
    finally:
        for cached in (by_language, words_of_all, patterns.patterns):
            cached.cache_clear()
