"""The numbers and names of a question, and whether a document holds them."""

import datetime

import pytest

from knowledge.documents import Block, Document
from knowledge.numbers import numbers_in
from knowledge.questions import understand
from knowledge.written import Written

TEXT = (
    "On 14 March 2019 some 1,250 miners of Aktau wrote to Brussels; 12.5 million tenge were paid."
)
DOCUMENT = Document(
    "a",
    "The miners' appeal",
    TEXT,
    (Block("paragraph", 0, len(TEXT)),),
    "en",
    datetime.date(2021, 6, 17),
    "Miners' Union",
)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1250", {1250}),
        ("1 250", {1250, 1, 250}),
        ("1,250", {1250, 1, 250, 1.25}),
        ("12.5 million", {12, 5, 12.5, 12_500_000}),
        ("12,5 млн тенге", {12, 5, 12.5, 12_500_000}),
        ("3 мың адам", {3, 3000}),
        ("14.03.2019", {14, 3, 2019}),
        ("2019-03-14", {14, 3, 2019}),
        ("March 14th", {14}),
        ("854 families, 85", {854, 85}),
        ("nothing", set()),
    ],
)
def test_a_number_is_a_value_however_it_is_written(text: str, values: set[float]) -> None:
    assert numbers_in(text) == values


@pytest.mark.parametrize(
    ("question", "has"),
    [
        ("Did 1250 miners write?", True),
        ("Были ли это 1 250 шахтёров?", True),
        ("What was paid, 12,500,000 tenge?", True),
        ("What happened on 14.3.2019?", True),
        ("What happened on 15.3.2019?", False),
        ("What happened on the 14th of March 2019?", True),
        ("What was published in 2021?", True),
        ("Did 1,300 miners write?", False),
        ("Who wrote?", True),
    ],
)
def test_every_number_of_a_question_stands_in_the_document(question: str, has: bool) -> None:
    assert Written([DOCUMENT]).has_numbers(understand(question), DOCUMENT) is has
