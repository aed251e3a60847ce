"""Golden questions from their file, and how a fault in it is told."""

from pathlib import Path

import pytest

from knowledge.errors import KnowledgeError
from knowledge.library.golden import Golden, read_golden


def write(folder: Path, text: str | bytes) -> Path:
    file = folder / "questions.yaml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def test_questions_are_read_in_order(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "- {question: 'Who sat?', shows: the cat, example: true}\n"
        "- {question: 'Кім отырды?', declined: true}\n",
    )
    assert read_golden(file) == (
        Golden(question="Who sat?", shows="the cat", example=True),
        Golden(question="Кім отырды?", declined=True),
    )


def test_no_file_is_no_questions(tmp_path: Path) -> None:
    assert read_golden(tmp_path / "questions.yaml") == ()


@pytest.mark.parametrize("text", ["", "# only a comment\n", "[]"], ids=["empty", "comment", "list"])
def test_an_empty_file_is_no_questions(tmp_path: Path, text: str) -> None:
    assert read_golden(write(tmp_path, text)) == ()


OUTCOME = "expected either shows or declined: true"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {question: a, shows: b}\n- {question: c}", f"entry 1: {OUTCOME}"),
        ("- {question: a, shows: b, declined: true}", f"entry 0: {OUTCOME}"),
        ("- {question: a, declined: false}", f"entry 0: {OUTCOME}"),
        ("- {shows: b}", r"entry 0\.question: Field required"),
        ("- {question: a, show: b}", r"entry 0\.show: Extra inputs"),
        ("- {question: 2019, declined: true}", r"entry 0\.question: .*valid string"),
        ("- words", "entry 0: "),
        ("question: a", "entry the file: .*valid list"),
        ("words", "entry the file: .*valid list"),
        ("- [", r"cannot be read \(while parsing"),
        (b"\xff", r"cannot be read \('utf-8' codec"),
    ],
    ids=[
        "no-outcome",
        "both-outcomes",
        "declined-false",
        "no-question",
        "unknown-key",
        "number",
        "words-as-entry",
        "mapping",
        "words",
        "not-yaml",
        "not-utf-8",
    ],
)
def test_a_fault_is_named(tmp_path: Path, text: str | bytes, message: str) -> None:
    with pytest.raises(KnowledgeError, match=rf"questions\.yaml: {message}") as caught:
        read_golden(write(tmp_path, text))
    assert "\n" not in str(caught.value)


def test_a_folder_in_its_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "questions.yaml").mkdir()
    with pytest.raises(KnowledgeError, match=r"questions\.yaml: cannot be read .*directory"):
        read_golden(tmp_path / "questions.yaml")
