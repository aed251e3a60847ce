"""Front matter as people and programs write it."""

import datetime

import pytest

from knowledge.errors import DocumentError
from knowledge.reading.formats import front_matter, markdown, plain
from knowledge.words.days import day_written

TITLE = {"title": "T"}


@pytest.mark.parametrize(
    "source",
    [
        "\n---\ntitle: T\n---\nText.",
        "\ufeff\n \n---\ntitle: T\n---\nText.",
        "---\rtitle: T\r---\rText.",
        "---\ntitle: T\n...\nText.",
        "---\nTitle: T\n---\nText.",
        "---\nназвание: T\n---\nText.",
        '+++\ntitle = "T"\n+++\nText.',
    ],
    ids=["blank-line", "mark-and-blank", "cr", "dots", "capital", "russian", "toml"],
)
def test_front_matter_is_found_in_every_form(source: str) -> None:
    found = front_matter.split(source)
    assert (found.fields, found.body, found.notes.passed_over) == (TITLE, "Text.", ())


@pytest.mark.parametrize(
    "source",
    [
        "Text.\n---\ntitle: T\n---\n",
        "\n---\nA rule stands above this.\n---\nText.",
        "---\ntitle: T\nText.",
    ],
    ids=["below-text", "between-rules", "without-end"],
)
def test_what_is_none_stays_in_the_text(source: str) -> None:
    assert front_matter.split(source) == front_matter.Split(source)


def test_keys_of_other_programs_are_passed_over_and_noted() -> None:
    source = (
        "---\ntitle: T\ntags: [a, b]\naliases:\n- c\nauthor: Me\ndraft: false\n"
        "permalink: /t/\npublished: true\n---\nText."
    )
    for reader in (plain, markdown):
        found = reader.read(source.encode())
        assert found.fields == TITLE
        assert found.notes.passed_over == (
            *("tags", "aliases", "author", "draft", "permalink", "published"),
        )
        assert found.blocks == (("paragraph", "Text."),)


def test_other_names_of_the_same_things_are_read() -> None:
    source = (
        "---\npublishDate: 2024-05-17T23:30:00+06:00\nlang: en-US\n"
        "source: https://example.org/a\n---\nText."
    )
    found = front_matter.split(source)
    assert found.fields == {
        "date": "2024-05-17",
        "language": "en",
        "url": "https://example.org/a",
    }
    assert found.notes.passed_over == ()


def test_the_plain_name_goes_over_another() -> None:
    found = front_matter.split("---\npublished: 2020-01-01\ndate: 2021-01-01\n---\n")
    assert (found.fields, found.notes.passed_over) == ({"date": "2021-01-01"}, ("published",))


def test_values_are_taken_as_they_are_written() -> None:
    found = front_matter.split("---\ntitle: 2019\nlanguage: no\ndate: ~\nurl:\n---\n")
    assert found.fields == {"title": "2019", "language": "no"}


@pytest.mark.parametrize(
    "text",
    [
        "2024-05-07",
        "2024/05/07",
        "2024-05-07T23:30:00+06:00",
        "2024-05-07T01:30:00Z",
        "7.5.2024",
        "07/07/2024",
        "May 7, 2024",
        "7 May 2024",
        "Tuesday, 7 May 2024",
        "7 мая 2024 г.",
        "«7» мая 2024 года",
        "2024 ж. 7 мамыр",
        "2024 жылғы 7 мамыр",
    ],
)
def test_a_day_is_read_in_any_usual_form(text: str) -> None:
    month = 7 if text.startswith("07") else 5
    assert day_written(text) == datetime.date(2024, month, 7)


@pytest.mark.parametrize(
    "text", ["2024", "May 2024", "7 May", "7.5.24", "10.30", "yesterday", "1 2 2024"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert day_written(text) is None


@pytest.mark.parametrize("text", ["03/04/2021", "4-3-2021"])
def test_a_day_that_may_be_two_is_refused(text: str) -> None:
    with pytest.raises(DocumentError, match="is 2021-03-04 or 2021-04-03; write it"):
        day_written(text)


@pytest.mark.parametrize("text", ["31.02.2024", "2024-02-31", "2024/13/1", "30/02/2024"])
def test_a_day_that_no_month_has_is_refused(text: str) -> None:
    with pytest.raises(DocumentError, match=f"no such day as '{text}'"):
        day_written(text)
