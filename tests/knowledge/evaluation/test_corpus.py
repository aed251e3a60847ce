"""Documents with questions whose answers are known by sentence."""

import datetime
from pathlib import Path

import pytest

from knowledge.errors import KnowledgeError
from knowledge.evaluation.corpus import Labelled, read_corpus

FILE = """\
---
title: The Lida trial
publisher: Free Union Watch
date: 2023-03-14
language: en
kind: trial report
people:
  - Siarhei Hrynchuk
---
1 Siarhei Hrynchuk was detained in 2021.
2 He got seven years.

3 His wife appealed.
---
en | how many | terse | 2 | years hrynchuk
ru | list | careful | 1, 3 | Что произошло?
kk | why | everyday | - other-person | әйелі неге қамалды
"""


def read(folder: Path, text: str) -> tuple[Labelled, ...]:
    (folder / "lida.txt").write_text(text, "utf-8")
    return read_corpus(folder)


def test_a_file_is_a_document_and_what_is_asked_of_it(tmp_path: Path) -> None:
    (found,) = read(tmp_path, FILE)
    document = found.document
    assert (document.id, document.title, document.language) == ("lida", "The Lida trial", "en")
    assert document.date == datetime.date(2023, 3, 14)
    assert document.text == (
        "Siarhei Hrynchuk was detained in 2021. He got seven years.\nHis wife appealed."
    )
    assert [len(passage.sentences) for passage in found.passages] == [2, 1]
    assert document.text[found.sentences[1].start : found.sentences[1].end] == "He got seven years."
    assert found.people == ("Siarhei Hrynchuk",)
    assert [(q.language, q.kind, q.answers, q.miss) for q in found.questions] == [
        ("en", "how many", (1,), None),
        ("ru", "list", (0, 2), None),
        ("kk", "why", (), "other-person"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("3 His", "4 His", "expected sentence 3 at '4 His wife appealed.'"),
        ("| 2 |", "| 9 |", "no such sentence as in 'en"),
        ("| 2 |", "| two |", "no such sentence as in 'en"),
        ("| terse |", "| short |", "'short' is not known"),
        ("- other-person", "- nobody", "'nobody' is not known"),
        ("language: en", "language: de", "what is known of it is wrong"),
        ("years hrynchuk", "years | hrynchuk", "expected five fields"),
        ("---\n1 ", "1 ", "expected three parts"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in FILE
    with pytest.raises(KnowledgeError, match=rf"lida\.txt: {message}"):
        read(tmp_path, FILE.replace(old, new, 1))


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="holds no documents with questions"):
        read_corpus(tmp_path)
