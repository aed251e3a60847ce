"""Every "no" says why: a gate that names what is missing, or a confidence that is too small."""

import pytest

from knowledge.knowledge_base import KnowledgeBase
from knowledge.question.questions import LONGEST_QUESTION
from tests.knowledge.conftest import Know

TRIAL = """\
On 4 May 2021 the Osh court sentenced the teacher Gulmira Asanova to three years in prison.

Her colleague Joldosh Kerimbekov was acquitted for lack of evidence.
"""
MILL = """\
The mill by the river burnt down at night. Fourteen people lost their lives in the fire.

The owner was fined 9000 som for the lack of a second exit.
"""


@pytest.fixture
def small(know: Know) -> KnowledgeBase:
    return know(trial=TRIAL, mill=MILL)


@pytest.mark.parametrize(
    ("question", "gate"),
    [
        ("mill " * LONGEST_QUESTION, f"the question is longer than {LONGEST_QUESTION} characters"),
        ("Who is Barack Obama?", "nobody of a name in the question is in the documents"),
        ("What happened in Brazil?", "no document speaks of all that the question names"),
        ("What did Asanova do in Brazil?", "no document speaks of all that the question names"),
        (
            "How old is Gulmira Asanova?",
            "no sentence gives in so many words what is asked of the person (age)",
        ),
        (
            "What did Gulmira Asanova say?",
            "no sentence is quoted from whom the question asks to hear",
        ),
        (
            "Why did Asanova and Kerimbekov quarrel?",
            "no sentence speaks of all the people whom the question names",
        ),
        ("What does it not demand?", "documents say what is demanded, not what is not"),
    ],
)
def test_a_gate_that_declines_says_what_is_missing(
    small: KnowledgeBase, question: str, gate: str
) -> None:
    answer = small.ask(question)
    assert (answer.status, answer.gate) == ("not_found", gate)


@pytest.mark.parametrize(
    ("question", "gate"),
    [
        (
            "How many people were arrested in the fire at the mill by the river?",
            "the passage does not speak of what the question takes for granted",
        ),
        ("Why was the mill banned?", "no sentence of the passage gives a reason"),
    ],
)
def test_a_passage_that_is_sure_enough_and_declined_shows_its_terms_too(
    small: KnowledgeBase, question: str, gate: str
) -> None:
    answer = small.at_rate(1.0).ask(question)
    assert (answer.status, answer.gate) == ("not_found", gate)
    assert answer.explanation is not None
    assert answer.explanation.confidence >= answer.explanation.least_confidence


@pytest.mark.parametrize(
    "question",
    [
        "How do I bake bread?",
        "Why was Asanova released?",
        "Who dismissed the judge?",
        "Is Asanova ill?",
        "Why was the owner of the mill released?",
        "What was Kerimbekov's fine?",
        "Почему сгорела школа?",
        "???",
    ],
)
def test_no_decline_is_without_a_reason(small: KnowledgeBase, question: str) -> None:
    answer = small.ask(question)
    assert answer.status == "not_found"
    weighed = answer.explanation
    is_unsure = weighed is not None and weighed.confidence < weighed.least_confidence
    assert is_unsure or answer.gate


@pytest.mark.parametrize("question", ["Who is Gulmira Asanova?", "How much was the owner fined?"])
def test_an_answer_names_no_gate(small: KnowledgeBase, question: str) -> None:
    answer = small.ask(question)
    assert (answer.status, answer.gate) == ("answered", None)
