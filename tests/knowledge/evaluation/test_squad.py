"""Articles from SQuAD's JSON, and how a fault in it is told."""

import json
from pathlib import Path
from typing import Any

import pytest

from knowledge.errors import KnowledgeError
from knowledge.evaluation.squad import SquadQuestion, read_squad
from knowledge.reading.passages import split


def paragraph(context: str, *asked: dict[str, Any]) -> dict[str, Any]:
    return {"context": context, "qas": list(asked)}


def asked(question: str, *answers: str, **fields: Any) -> dict[str, Any]:
    texts = [{"text": text, "answer_start": 0} for text in answers]
    return {"id": "1", "question": question, "answers": texts, **fields}


WELL = paragraph("The well was dug in 1897.\nIt  is deep.", asked("When was it dug?", "in 1897"))
MAYOR = paragraph("The mayor is Anna Berg.", asked("Who was king?", is_impossible=True))


def write(folder: Path, data: object, name: str = "a.json") -> Path:
    file = folder / name
    file.write_text(json.dumps(data), "utf-8")
    return file


def test_an_article_is_a_document_with_its_paragraphs(tmp_path: Path) -> None:
    file = write(tmp_path, {"data": [{"title": "The_Well", "paragraphs": [WELL, MAYOR]}]})
    (article,) = read_squad(file)
    assert article.document.title == "The_Well"
    assert [(p.paragraph, p.text) for p in split(article.document)] == [
        (1, "The well was dug in 1897. It is deep."),
        (2, "The mayor is Anna Berg."),
    ]
    assert article.questions == (
        SquadQuestion("When was it dug?", 1, ("in 1897",)),
        SquadQuestion("Who was king?", 2, ()),
    )


@pytest.mark.parametrize(
    ("name", "language", "found"),
    [
        ("xquad.de.json", "ru", "ru"),
        ("xquad.de.json", None, "de"),
        ("xquad.json", None, "en"),
        ("xquad.dev.json", None, "en"),
    ],
    ids=["option", "name", "text", "no language in the name"],
)
def test_the_language_is_given_or_named_or_found(
    tmp_path: Path, name: str, language: str | None, found: str
) -> None:
    file = write(tmp_path, {"data": [{"title": "", "paragraphs": [WELL]}]}, name)
    (article,) = read_squad(file, language)
    assert article.document.language == found


def test_a_byte_order_mark_is_no_part_of_the_json(tmp_path: Path) -> None:
    data = json.dumps({"data": [{"paragraphs": [WELL]}]})
    (tmp_path / "a.json").write_text(data, "utf-8-sig")
    assert len(read_squad(tmp_path / "a.json")) == 1


def test_each_article_may_be_in_its_own_language(tmp_path: Path) -> None:
    russian = paragraph("Колодец вырыли в 1897 году.", asked("Когда его вырыли?", "1897"))
    data = [{"paragraphs": [WELL]}, {"paragraphs": [russian]}]
    articles = read_squad(write(tmp_path, {"data": data}))
    assert [article.document.language for article in articles] == ["en", "ru"]
    assert len({article.document.id for article in articles}) == 2


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "is not in SQuAD's format, the file: Input should be a valid dictionary"),
        ({"questions": []}, "is not in SQuAD's format, data: Field required"),
        ({"data": []}, "is not in SQuAD's format, data: List should have at least 1 item"),
        ({"data": [{"paragraphs": []}]}, r"data\.0\.paragraphs: List should have at least 1"),
        ({"data": [{"paragraphs": [{"qas": []}]}]}, r"data\.0\.paragraphs\.0\.context: Field"),
        ({"data": [{"paragraphs": [paragraph(" \n")]}]}, r"context: expected some text"),
        ({"data": [{"paragraphs": [paragraph("a", asked("b?"))]}]}, r"qas\.0: expected answers"),
        ({"data": [{"paragraphs": [paragraph("a")]}]}, "asks nothing"),
    ],
    ids=["list", "no-data", "empty", "no-paragraphs", "no-context", "blank", "no-answer", "no-qas"],
)
def test_a_fault_is_named(tmp_path: Path, data: object, message: str) -> None:
    with pytest.raises(KnowledgeError, match=rf"a\.json: .*{message}") as caught:
        read_squad(write(tmp_path, data))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is not JSON"),
        (b"question: a", "is not JSON"),
        (b"\xff", "is not JSON .*utf-8"),
        (b"[" * 100_000, "is not JSON"),
    ],
    ids=["empty", "yaml", "not-utf-8", "deep"],
)
def test_what_is_not_json_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "a.json").write_bytes(content)
    with pytest.raises(KnowledgeError, match=rf"a\.json: {message}"):
        read_squad(tmp_path / "a.json")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"a\.json: cannot be read \(No such file"):
        read_squad(tmp_path / "a.json")
