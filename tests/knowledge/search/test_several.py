"""More than one sentence, where the best does not answer alone."""

from collections.abc import Callable

import pytest

from tests.knowledge.conftest import Know

Ask = Callable[[str, str], list[str]]


@pytest.fixture
def ask(know: Know) -> Ask:
    """A function from a text and a question to the sentences quoted."""

    def quoted(text: str, question: str) -> list[str]:
        quotes = know(rate=1.0, a=text).ask(question).quotes
        assert len({quote.highlight for quote in quotes}) == len(quotes) <= 3
        return [quote.highlight for quote in quotes]

    return quoted


CLOSED = "The bakery on the square closed its doors in March. {}Rain fell in April."


@pytest.mark.parametrize(
    ("reason", "count"),
    [("This was because of the price of flour. ", 2), ("The square is large. ", 0), ("", 0)],
    ids=["reason-beside", "no-reason", "nothing-between"],
)
def test_why_gets_the_reason_beside_the_sentence(ask: Ask, reason: str, count: int) -> None:
    quoted = ask(CLOSED.format(reason), "Why did the bakery close its doors?")
    assert quoted == ["The bakery on the square closed its doors in March.", reason.strip()][:count]


def test_why_in_russian(ask: Ask) -> None:
    text = "Пекарня на площади закрылась в марте. Причиной была цена муки. Шёл дождь."
    quoted = ask(text, "Почему закрылась пекарня на площади?")
    assert quoted == ["Пекарня на площади закрылась в марте.", "Причиной была цена муки."]


def test_a_question_of_two_parts_gets_both(ask: Ask) -> None:
    text = (
        "The bakery closed its doors in March. The town library opened a reading room."
        " Rain fell all day."
    )
    question = "When did the bakery close its doors and what did the library open?"
    assert len(ask(text, question)) == 2


def test_one_sentence_that_answers_is_enough(ask: Ask) -> None:
    text = (
        "The bakery closed its doors in March. The bakery sold bread.\n\n"
        "The library opened a reading room for children. Its shelves hold ten thousand books."
    )
    assert ask(text, "When did the bakery close?") == ["The bakery closed its doors in March."]


def test_the_year_of_the_question_says_which_sentence_goes_first(ask: Ask) -> None:
    text = (
        "Over many years the foundation has carried out campaigns for the town library."
        " In November 2018 it gave books on behalf of 129 readers. Rain fell all day."
    )
    question = (
        "What did the foundation do for the town library on behalf of readers in November 2018?"
    )
    assert ask(text, question)[0] == "In November 2018 it gave books on behalf of 129 readers."


def test_the_heading_of_a_list_comes_with_its_items_and_no_others(ask: Ask) -> None:
    text = (
        "The library opened a reading room.\n\n"
        "- Books that we recommend:\n○ The well of the north\n○ Snow in May\n- Opening hours: none"
    )
    expected = "- Books that we recommend:\n○ The well of the north\n○ Snow in May"
    assert ask(text, "Which books do you recommend?") == [expected]
