"""What becomes of a message as a whole."""

import pytest

from knowledge.knowledge_base import KnowledgeBase


@pytest.mark.parametrize(
    "message",
    [
        "What is the DCK? How much money does it have?",
        "How much money does it have? What is the DCK?",
        "ҚДТ деген не? неге тыйым салынды?",
    ],
)
def test_of_two_questions_the_one_that_has_an_answer_is_answered(
    base: KnowledgeBase, message: str
) -> None:
    answer = base.ask(message)
    assert "Democratic Choice of Kazakhstan" in answer.quotes[0].highlight


def test_two_questions_without_an_answer_are_declined_once(base: KnowledgeBase) -> None:
    answer = base.ask("Who won the chess tournament? How much did the prize cost?")
    assert (answer.status, answer.reason) == ("not_found", "nothing_found")
