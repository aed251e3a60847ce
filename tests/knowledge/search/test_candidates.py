"""Which passages are worth reading, on documents small enough to read."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from embeddings.multilingual import multilingual_encoder
from knowledge.question.questions import understand
from knowledge.reading.passages import Passage, split
from knowledge.search.candidates import Candidates, store_of
from knowledge.search.shelving import shelve
from tests.knowledge.conftest import Read

Build = Callable[..., tuple[Candidates, list[Passage]]]

BREAD = "Bread is baked at dawn. The baker sleeps at noon. Flour comes from the mill."
PRISON = "The poet was jailed in May. His wife brought him letters. A guard read them all."
FOOTBALL = "Ten thousand people watched the match. The home team lost. Rain fell all day."
POET = "Ақын мамырда түрмеге қамалды. Әйелі оған хат әкелді."


@pytest.fixture
def build(state: Path, read_data: Read) -> Build:
    """A function from texts, by file name, to what finds passages in them, and those passages."""

    def build_of(**texts: str) -> tuple[Candidates, list[Passage]]:
        documents = [read_data(text.encode(), f"{name}.txt") for name, text in texts.items()]
        passages = [passage for document in documents for passage in split(document)]
        encoder, cache = multilingual_encoder(), state / "vectors.sqlite"
        store = store_of(passages, shelve(passages, encoder, encoder, cache))
        return Candidates(passages, encoder, store, cache), passages

    return build_of


def closest(
    retrieval: Candidates, question: str, count: int, among: Sequence[Passage] | None = None
) -> list[Passage]:
    asked = understand(question)
    return retrieval.closest(asked, retrieval.encode(asked), count, among)


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("When does the baker sleep?", BREAD),
        ("Откуда берут муку?", BREAD),
        ("Сколько зрителей пришло на стадион?", FOOTBALL),
        ("Ақынға кім хат әкелді?", PRISON),
    ],
)
def test_what_is_near_comes_first_in_any_language(
    build: Build, question: str, passage: str
) -> None:
    retrieval, _ = build(a=f"{BREAD}\n{PRISON}\n{FOOTBALL}")
    assert closest(retrieval, question, 3)[0].text == passage


def test_documents_of_several_languages_are_searched_together(build: Build) -> None:
    retrieval, _ = build(a=f"{BREAD}\n{FOOTBALL}", b=POET)
    assert closest(retrieval, "Who brought the poet letters?", 1)[0].text == POET


def test_only_what_is_allowed_is_found(build: Build) -> None:
    retrieval, passages = build(a=f"{BREAD}\n{PRISON}\n{FOOTBALL}")
    asked = "When does the baker sleep?"
    found = closest(retrieval, asked, 3, passages[1:])
    assert {one.text for one in found} == {PRISON, FOOTBALL}
    assert closest(retrieval, asked, 3, []) == []


def test_no_more_are_found_than_asked_for(build: Build) -> None:
    retrieval, passages = build(a=f"{BREAD}\n{PRISON}\n{FOOTBALL}")
    assert len(closest(retrieval, "bread", 2)) == 2
    assert len(closest(retrieval, "", 9)) == len(passages)
