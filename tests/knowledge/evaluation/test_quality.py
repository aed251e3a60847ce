"""How good answers are, on a fixed sample: of documents nothing was trained on, and of our own.

The floors lie some questions below what was measured (benchmarks/README.md): a fall through them is
a change for the worse, and no chance.
"""

from collections import Counter
from pathlib import Path

import pytest

import knowledge
from benchmarks.founding import verdicts
from bot.settings import Settings
from embeddings.models import Models
from knowledge.evaluation.corpus import read_corpus
from knowledge.evaluation.evaluation import ask, of_labelled
from knowledge.evaluation.measures import Outcome, measure
from knowledge.knowledge_base import KnowledgeBase

CORPUS = Path(knowledge.__file__).parent.parent / "benchmarks" / "reading" / "test"


@pytest.fixture(scope="module")
def outcomes(models: Models, tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    """What comes of every third question to every 20th of the first 60 documents for testing, the
    same whenever others are added behind them.
    """
    cache = tmp_path_factory.mktemp("quality") / "vectors.sqlite"
    rate = Settings().answers.false_answer_rate
    found = []
    for labelled in read_corpus(CORPUS)[:60:20]:
        base = KnowledgeBase.build([labelled.document], models, cache=cache, false_answer_rate=rate)
        found += [ask(case, base)[0] for case in of_labelled(labelled)[::3]]
    return found


def test_questions_to_documents_that_nothing_was_trained_on(outcomes: list[Outcome]) -> None:
    measured = measure(outcomes)
    assert measured.answerable > 15
    assert measured.exact_quotes == 1.0
    assert measured.sentence_at_1 is not None
    assert measured.sentence_at_1 >= 0.6
    assert measured.false_answers is not None
    assert measured.false_answers <= 0.3


def test_the_founding_document_as_people_ask_about_it(base: KnowledgeBase) -> None:
    found = Counter(verdict for _, verdict in verdicts(base, every=50))
    assert found["right"] / found.total() >= 0.85
