"""The numbers and names of a question, and whether a document holds them."""

import datetime

import pytest

from knowledge.question.elsewhere import Vocabulary
from knowledge.question.glossary import read_glossary
from knowledge.question.questions import understand
from knowledge.reading.documents import Block, Document
from knowledge.search.written import Written
from knowledge.words.numbers import numbers_in, plainly

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
        ("1\u00a0250", {1250}),
        ("1\u2009250 families", {1250}),
        ("1\u202f250\u202f000", {1_250_000}),
        ("1,250", {1250, 1.25}),
        ("1.250", {1250, 1.25}),
        ("1,250.50", {1250.5}),
        ("1.250,50", {1250.5}),
        ("0.250", {0.25}),
        ("1 250 and 300", {1250, 1, 250, 300}),
        ("in 2019 1 250 people", {2019, 1250, 1, 250}),
        ("2018 2019", {2018, 2019}),
        ("5,6,7", {5, 6, 7}),
        ("12.5 million", {12.5, 12_500_000}),
        ("12,5 млн тенге", {12.5, 12_500_000}),
        ("3 мың адам", {3, 3000}),
        ("14.03.2019", {14, "03-14", 2019}),
        ("2019-03-14", {14, "03-14", 2019}),
        ("14 марта 2019 года", {14, "03-14", 2019}),
        ("2019 жылғы 14 наурызда", {14, "03-14", 2019}),
        ("March 14th", {14, "03-14"}),
        ("the 14th of March", {14, "03-14"}),
        ("14 людей", {14}),
        ("03/04/2019", {3, 4, "03-04", "04-03", 2019}),
        ("854 families, 85", {854, 85}),
        ("nothing", set()),
    ],
)
def test_a_number_is_a_value_however_it_is_written(text: str, values: set[float | str]) -> None:
    assert numbers_in(text) == values


@pytest.mark.parametrize(
    ("text", "language", "plain"),
    [
        ("1,250 of 1 300 and 1\u00a0400", "en", "1250 of 1300 and 1400"),
        ("12,5 млн или 2 тыс.", "ru", "12500000 млн или 2000 тыс."),
        ("On 14.03.2019", "en", "On 14 March 2019"),
        ("2019-03-14", "ru", "14 марта 2019"),
        ("14.03.2019", "kk", "14 наурыз 2019"),
        ("14.03.2019", "de", "14.03.2019"),
        ("03/04/2019", "en", "03/04/2019"),
        ("40.03.2019", "en", "40.03.2019"),
        ("the 14th, 5 m, 2018 2019, 007", "en", "the 14, 5 m, 2018 2019, 007"),
    ],
)
def test_a_number_has_one_spelling(text: str, language: str, plain: str) -> None:
    assert plainly(text, language) == plain


@pytest.mark.parametrize(
    ("question", "has"),
    [
        ("Did 1250 miners write?", True),
        ("Были ли это 1 250 шахтёров?", True),
        ("What was paid, 12,500,000 tenge?", True),
        ("What happened on 14.3.2019?", True),
        ("What happened on 15.3.2019?", False),
        ("What happened on 14.04.2019?", False),
        ("Что было 14 марта 2019 года?", True),
        ("Что было 14 апреля 2019 года?", False),
        ("Did 250 miners write?", False),
        ("What happened on the 14th of March 2019?", True),
        ("What was published in 2021?", True),
        ("Did 1,300 miners write?", False),
        ("Who wrote?", True),
    ],
)
def test_every_number_of_a_question_stands_in_the_document(question: str, has: bool) -> None:
    written = Written([DOCUMENT], Vocabulary.of([]), read_glossary())
    assert written.has_numbers(understand(question), DOCUMENT) is has
