"""What becomes of a message as a whole."""

import pytest

from knowledge.knowledge_base import KnowledgeBase


@pytest.mark.parametrize(
    "message",
    [
        "What is the DCK? How much money does it have?",
        "Hello! What is the DCK? And how much money does it have?",
        "ҚДТ деген не? неге тыйым салынды?",
    ],
)
def test_of_two_questions_the_first_is_answered_if_both_have_no_answer(
    base: KnowledgeBase, message: str
) -> None:
    answer = base.ask(message)
    assert "Democratic Choice of Kazakhstan" in answer.quotes[0].highlight


def test_two_questions_without_an_answer_are_declined_once(base: KnowledgeBase) -> None:
    answer = base.ask("Who won the chess tournament? How much did the prize cost?")
    assert (answer.status, answer.reason) == ("not_found", "nothing_found")


def test_what_is_asked_about_somebody_is_not_answered_about_another(base: KnowledgeBase) -> None:
    about = next(one for one in base.people.people if one.name == "Mukhtar Dzhakishev")
    answer = base.ask("Was Maks Bokayev in Paris? Where is he now?", about)
    assert (answer.status, answer.quotes) == ("not_found", ())
