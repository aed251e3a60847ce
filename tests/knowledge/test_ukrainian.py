"""Ukrainian, which is a folder and nothing else: no module knows of it."""

import pytest

from knowledge.people.name_words import is_a
from knowledge.people.names import keys
from knowledge.question.courtesy import without_courtesy
from knowledge.question.questions import holds, understand
from knowledge.quotes.labels import label
from knowledge.quotes.speech import speaker_in
from knowledge.words.lexical import content_terms
from knowledge.words.numbers import are_in, numbers_in, plainly
from knowledge.words.sentences import split_sentences

SENTENCES = [
    "Марію Коваленко затримали 12 березня 2021 р. у м. Харків.",
    "Суд над журналісткою тривав три дні.",
    "За словами проф. Степана Гнатюка, штраф становив 250 тис. грн.",
    "Рада закликає владу негайно звільнити Марію Коваленко.",
    "«Я не винна», – сказала Марія Коваленко.",
]
TEXT = " ".join(SENTENCES)


def test_sentences_end_behind_no_abbreviation() -> None:
    assert list(split_sentences(TEXT, "uk")) == SENTENCES


@pytest.mark.parametrize(
    ("inflected", "name"),
    [
        ("Марії", "Марія"),
        ("Марією", "Марія"),
        ("Сергієві", "Сергій"),
        ("Сергієм", "Сергій"),
        ("Степана", "Степан"),
        ("Гнатюка", "Гнатюк"),
        ("Данилевської", "Данилевська"),
        ("Шевченком", "Шевченко"),
    ],
)
def test_a_name_is_known_in_its_cases(inflected: str, name: str) -> None:
    assert keys(name)[0] in keys(inflected)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    list(zip(SENTENCES, ["report", "report", "report", "demand", "report"], strict=True)),
)
def test_a_demand_is_one(sentence: str, expected: str) -> None:
    assert label(sentence, "uk") == expected


def test_who_speaks_is_named() -> None:
    start, end = speaker_in(SENTENCES[-1], "uk") or (0, 0)
    assert SENTENCES[-1][start:end] == "Марія Коваленко"


def test_dates_and_numbers_are_read() -> None:
    assert are_in("12.03.2021", numbers_in(SENTENCES[0]))
    assert plainly("12.03.2021", "uk") == "12 березня 2021"
    assert are_in("250 000", numbers_in(SENTENCES[2]))


def test_a_question_is_read() -> None:
    assert (
        without_courtesy("Добрий день! Скажіть, коли затримали Марію?") == "коли затримали Марію?"
    )
    assert understand("Коли затримали Марію?").asks_for == "date"
    assert holds("date", "у березні")
    assert content_terms("Чого вимагає ця рада?", "uk") == ["вимагає", "рада"]
    assert is_a("журналістки", "titles")
