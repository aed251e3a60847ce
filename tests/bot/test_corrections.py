"""What an editor's reply says of a document."""

import datetime

import pytest

from bot.corrections import read_corrections
from knowledge.reading.metadata import Metadata

DAY = datetime.date(2024, 5, 7)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: A report", Metadata(title="A report")),
        ("Title = A: report", Metadata(title="A: report")),
        ("date: 2024-05-07", Metadata(date=DAY)),
        ("дата: 7.5.2024\nиздатель: Дозор", Metadata(date=DAY, publisher="Дозор")),
        ("07.05.2024", Metadata(date=DAY)),
        ("date: 7.05.24", Metadata(date=DAY)),
        ("2024-05-07\nhttps://a.org/b", Metadata(date=DAY, url="https://a.org/b")),
        ("дата: 7 мая 2024 г.", Metadata(date=DAY)),
        ("2024 ж. 7 мамыр", Metadata(date=DAY)),
        ("May 7, 2024", Metadata(date=DAY)),
        ("link: https://a.org/b", Metadata(url="https://a.org/b")),
        ("тілі: қазақша", Metadata(language="kk")),
        ("язык: русский", Metadata(language="ru")),
        ("language: EN", Metadata(language="en")),
        ("хорошо\nназвание: Отчёт", Metadata(title="Отчёт")),
        ("17.05.2024", Metadata(date=datetime.date(2024, 5, 17))),
        ("2024-05-17T10:00", Metadata(date=datetime.date(2024, 5, 17))),
        ("date: 17 May 2024", Metadata(date=datetime.date(2024, 5, 17))),
        ("2024 жылғы 17 мамыр", Metadata(date=datetime.date(2024, 5, 17))),
        ("title: One\ntitle: Two", Metadata(title="Two")),
    ],
)
def test_lines_are_read(text: str, expected: Metadata) -> None:
    read = read_corrections(text)
    assert read is not None
    assert (read.metadata, read.refused) == (expected, ())


@pytest.mark.parametrize(
    "text", ["", "thank you", "title:", "note: this is fine", "12:30", "7.5.24"]
)
def test_other_words_say_nothing(text: str) -> None:
    assert read_corrections(text) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("date: yesterday", "'yesterday' is no date"),
        ("date: 31.02.2024", "there is no such day as '31.02.2024'"),
        ("2024-02-31", "there is no such day as '2024-02-31'"),
        ("link: javascript:alert(1)", "the link 'javascript:alert"),
        ("date: 03/04/2021", "is 2021-03-04 or 2021-04-03"),
        ("3-4-2021", "is 2021-03-04 or 2021-04-03"),
        ("language: klingonese", "'klingonese' is no code of a language"),
    ],
)
def test_a_wrong_value_is_named(text: str, message: str) -> None:
    read = read_corrections(text)
    assert read is not None
    ((line, why),) = read.refused
    assert (line, read.metadata) == (text, Metadata())
    assert message in str(why)


def test_the_good_lines_are_kept_and_the_bad_ones_named() -> None:
    read = read_corrections("title: A report\ndate: soon\ndat: 2024-05-07\nhttps://a.org/b\nthanks")
    assert read is not None
    assert read.metadata == Metadata(title="A report", url="https://a.org/b")
    assert [line for line, _ in read.refused] == ["date: soon", "dat: 2024-05-07"]
    assert str(read.refused[1][1]).startswith("'dat' says nothing of a document; write title, date")
    assert (read.is_keyed, read.bare, read.others) == (True, {"url"}, ("thanks",))
