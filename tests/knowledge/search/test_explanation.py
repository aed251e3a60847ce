"""Why a question was answered or declined, and when an answer is given."""

import math
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from embeddings.models import Models
from embeddings.reranker import Reranker
from knowledge.knowledge_base import KnowledgeBase
from knowledge.question.questions import understand
from knowledge.reading.documents import read_documents
from knowledge.search.decision import least_confidence
from knowledge.search.reading_confidence import least_confidence as least_of_reader


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("What did the European Parliament condemn?", "answered"),
        ("How do I bake bread?", "not_found"),
    ],
)
def test_the_contributions_make_up_the_confidence(
    base: KnowledgeBase, question: str, status: str
) -> None:
    answer = base.ask(question)
    assert answer.status == status
    found = answer.explanation
    assert found is not None
    log_odds = found.intercept + sum(one.contribution for one in found.decision)
    assert answer.confidence == pytest.approx(1 / (1 + math.exp(-log_odds)))
    rate = base.search.false_answer_rate
    # The "no" is the reader's, which had the last word.
    least = (
        least_confidence("en", rate)
        if status == "answered"
        else least_of_reader(rate / (2 - rate), len(base.passages))
    )
    assert found.least_confidence == least
    assert (answer.confidence >= found.least_confidence) == (status == "answered")
    if status == "answered":
        assert answer.quotes[0].highlight == found.sentence


def test_what_is_found_without_a_search_has_nothing_behind_it(base: KnowledgeBase) -> None:
    assert base.ask("Who is Maks Bokayev?").explanation is None
    assert base.ask("Hello!").explanation is None


@pytest.mark.parametrize("language", ["en", "ru", "kk", "de"])
def test_a_smaller_rate_needs_more_confidence(language: str) -> None:
    rates = [0.0, 0.001, 0.002, 0.01, 0.015, 0.02, 0.1, 0.5, 0.9, 1.0]
    needed = [least_confidence(language, rate) for rate in rates]
    assert needed == sorted(needed, reverse=True)
    assert (needed[0], needed[-1]) == (1.0, 0.0)
    assert needed[3] > needed[4] > needed[5]


def test_another_rate_gives_and_withholds_answers(base: KnowledgeBase) -> None:
    doubtful = "What is the population of Kazakhstan?"
    assert base.at_rate(1.0).ask(doubtful).status == "answered"
    assert base.at_rate(0.0).ask(doubtful).status == "not_found"


def test_a_reranker_has_the_last_word_of_the_search(
    models: Models, tiny_reranker: Path, state: Path, tmp_path: Path
) -> None:
    texts = "The poet was jailed. Letters.\nFlour for the baker. Torture.\nThe baker jailed flour."
    (tmp_path / "a.txt").write_text(texts)
    reranker = Reranker(str(tiny_reranker))
    build = partial(
        KnowledgeBase.build,
        read_documents(tmp_path, 1000).readable,
        cache=state / "vectors.sqlite",
        false_answer_rate=1.0,
    )
    base, plain = build(replace(models, reranker=reranker)), build(models)
    for question in ("torture of the poet", "flour", "jailed letters"):
        answer = base.search.answer(understand(question))
        sentences = [p.sentence_text(s) for p in base.passages for s in p.sentences]
        scores = reranker.scores(question, sentences)
        assert answer.quotes[0].highlight == sentences[scores.argmax()]
    asked = [understand(q) for q in ("flour", "jailed letters", "poet torture")]
    firsts = {base.search.answer(one).quotes[0].highlight for one in asked}
    assert firsts != {plain.search.answer(one).quotes[0].highlight for one in asked}
