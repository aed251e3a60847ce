"""The word that a question asks for is told by what it does in its sentence."""

import numpy as np
import pytest

from knowledge.knowledge_base import KnowledgeBase
from knowledge.question.questions import understand
from knowledge.question.word_vectors import encode
from knowledge.search.retrieval import Query
from tests.knowledge.conftest import Know

TEXT = """\
The poet was jailed in June.

The poet was jailed by soldiers.

The poet was jailed in the north.

The poet was jailed."""


@pytest.fixture
def base(know: Know) -> KnowledgeBase:
    return know(a=TEXT)


def test_the_word_asked_for_is_nearest_to_what_asks(base: KnowledgeBase) -> None:
    (shelf,) = base.search.shelves
    asked = understand("When was the poet jailed?")
    compared = shelf.compare(Query(asked, encode(asked, base.models.encoder), None), base.passages)
    assert compared is not None
    words = encode(asked, base.models.encoder).words
    near = shelf.word_vectors.compare(asked, words, compared.sentences).answer_word
    assert near.argmax() == 0
    assert near[3] == 0, "the words of the question answer nothing"


def test_a_question_without_a_word_that_asks_has_none_near(base: KnowledgeBase) -> None:
    (shelf,) = base.search.shelves
    asked = understand("Tell me of the poet")
    encoded = encode(asked, base.models.encoder)
    near = shelf.word_vectors.compare(asked, encoded.words, np.arange(4))
    assert not near.answer_word.any()
    assert near.words.shape == (4, 1), "the poet alone carries meaning"


def test_a_sentence_that_says_it_in_other_words_is_nearer(base: KnowledgeBase) -> None:
    (shelf,) = base.search.shelves
    asked = understand("Was the writer imprisoned by troops?")
    near = shelf.word_vectors.compare(asked, encode(asked, base.models.encoder).words, np.arange(4))
    of_sentences, of_windows, of_passages = near.maxsim(np.arange(4))
    assert of_sentences.argmax() == 1
    assert np.array_equal(of_sentences, of_windows), "passages of one sentence"
    assert np.array_equal(of_sentences, of_passages)


def test_a_question_of_small_words_comes_near_to_nothing(base: KnowledgeBase) -> None:
    (shelf,) = base.search.shelves
    asked = understand("Who was it?")
    near = shelf.word_vectors.compare(asked, encode(asked, base.models.encoder).words, np.arange(4))
    assert not any(of.any() for of in near.maxsim(np.arange(4)))
