"""The word that a question asks for is told by what it does in its sentence."""

from pathlib import Path

import numpy as np
import pytest

from embeddings.encoder import Encoder
from knowledge.documents import read_documents
from knowledge.knowledge_base import KnowledgeBase
from knowledge.questions import understand
from knowledge.retrieval import Query
from knowledge.word_vectors import encode

TEXT = """\
The poet was jailed in June.

The poet was jailed by soldiers.

The poet was jailed in the north.

The poet was jailed."""


@pytest.fixture(scope="module")
def base(encoder: Encoder, state: Path, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "a.txt").write_text(TEXT)
    return KnowledgeBase.build(
        read_documents(folder, 1_000_000).readable,
        encoder,
        cache=state / "vectors.sqlite",
        false_answer_rate=1.0,
    )


def test_the_word_asked_for_is_nearest_to_what_asks(base: KnowledgeBase) -> None:
    (shelf,) = base.shelves
    asked = understand("When was the poet jailed?")
    compared = shelf.compare(Query(asked, encode(asked, base.encoder), None, False), base.passages)
    assert compared is not None
    likeness = shelf.answer_words.likeness(
        asked, encode(asked, base.encoder).words, compared.sentences
    )
    assert likeness.argmax() == 0
    assert likeness[3] == 0, "the words of the question answer nothing"


def test_a_question_without_a_word_that_asks_has_none_near(base: KnowledgeBase) -> None:
    (shelf,) = base.shelves
    asked = understand("Tell me of the poet")
    encoded = encode(asked, base.encoder)
    assert encoded.words.shape == (0, 384)
    assert not shelf.answer_words.likeness(asked, encoded.words, np.arange(4)).any()
