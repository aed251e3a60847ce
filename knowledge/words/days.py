"""A day as people write it, in any usual form: 2024-05-17, 17.05.2024, "17 May 2024"."""

import datetime
import functools
import re
from typing import TYPE_CHECKING

from knowledge.errors import DocumentError
from knowledge.languages import by_language
from knowledge.problems import problem

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

_LONGEST = 60  # characters
_IN_FIGURES = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_FROM_YEAR = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_LETTERS = re.compile(r"[^\W\d_]{3}")


def day_written(text: str) -> datetime.date | None:
    """Return the day that `text` states; None if it states none, or says anything else.

    A time is dropped, and the day stays that of its own time zone. In figures separated by full
    stops the day comes first. Raises DocumentError for 03/04/2021, which is a day in March in one
    country and in April in another, and for a day such as 2024-02-31, which no month has.
    """
    text = text.strip()
    if len(text) > _LONGEST or (not _YEAR.search(text) and not text.isdecimal()):
        return None
    if figures := _IN_FIGURES.fullmatch(text):
        return _day_in_figures(text, int(figures[1]), int(figures[3]), int(figures[4]))
    if figures := _FROM_YEAR.fullmatch(text):
        return _existing(text, _day(int(figures[1]), int(figures[2]), int(figures[3])))
    try:
        return datetime.datetime.fromisoformat(text.replace("/", "-")).date()
    except ValueError:
        return _day_in_words(text)


def _day_in_figures(text: str, first: int, second: int, year: int) -> datetime.date:
    orders = [(second, first)] if "." in text else [(second, first), (first, second)]
    days = {day for month, of_month in orders if (day := _day(year, month, of_month))}
    if len(days) > 1:
        one, other = sorted(day.isoformat() for day in days)
        raise DocumentError(problem("date_ambiguous", value=text, one=one, other=other))
    return _existing(text, days.pop() if days else None)


def _existing(text: str, day: datetime.date | None) -> datetime.date:
    """Return `day`. Raises DocumentError if `text` states a day that does not exist."""
    if day is None:
        raise DocumentError(problem("date_impossible", value=text))
    return day


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _day_in_words(text: str) -> datetime.date | None:
    if not _LETTERS.search(text):
        return None
    for words in by_language("numbers").values():
        if "year_cases" in words:
            text = re.sub(rf"\b{words['year_cases']}\b", words["year"], text)
    moment = _parser().get_date_data(text).date_obj
    return moment.date() if moment else None


@functools.cache
def _parser() -> "DateDataParser":
    # Imported here, since it takes 0.4 s to load and most days are written in figures.
    from dateparser.date import DateDataParser

    return DateDataParser(
        languages=list(by_language("numbers")),
        settings={
            "STRICT_PARSING": True,
            "PARSERS": ["absolute-time"],
            "REQUIRE_PARTS": ["day", "month", "year"],
        },
    )
