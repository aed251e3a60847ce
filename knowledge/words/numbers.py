"""Numbers in figures, by value: 1250, 1,250 and 1 250 are one; so are 2 million and 2 000 000.

A date has three values, its month with its day, its day and its year, in whatever order and
language of the bot it is written: 14.03.2019, 2019-03-14, March 14th, 2019 and 14 March 2019.
"""

import re
from collections.abc import Iterator

from knowledge.languages import by_language
from knowledge.words.patterns import of_any

Value = float | str
"""A number, or the month and the day of a date: "03-14"."""

_SPACES = " \u00a0\u2007\u2009\u202f"
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(
    r"(?<!\d)(?:"
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?![\d-])"
    r"|(?P<first>\d{1,2})(?P<mark>[./-])(?P<second>\d{1,2})(?P=mark)(?P<last>\d{4})(?!\d)"
    rf"|(?<!\d[.,])(?P<grouped>[1-9]\d{{0,2}}(?P<by>[{_SPACES},.'’])\d{{3}}(?:(?P=by)\d{{3}})*"
    r"(?:(?!(?P=by))[.,]\d{1,2})?)(?![.,]?\d)"
    r"|(?<!\d[.,])(?P<decimal>\d+[.,]\d+)(?![.,]?\d)"
    r"|(?P<plain>\d+)(?:(?:st|nd|rd|th)\b)?"
    r")"
)
_SCALES = (
    (1e3, re.compile(rf"\s*(?:{of_any('numbers', 'thousand')})", re.IGNORECASE)),
    (1e6, re.compile(rf"\s*(?:{of_any('numbers', 'million')})", re.IGNORECASE)),
    (1e9, re.compile(rf"\s*(?:{of_any('numbers', 'billion')})", re.IGNORECASE)),
)
_METRES = re.compile(r"\s*m\b")  # may stand for metres as well as for millions
_MONTHS = {language: words["months"].split() for language, words in by_language("numbers").items()}
_MONTH = {
    month.lower(): number
    for months in _MONTHS.values()
    for number, month in enumerate(months, start=1)
}
_A_MONTH = rf"(?P<month>{'|'.join(_MONTH)})"
_MONTH_AFTER = re.compile(rf"\s+(?:of\s+)?{_A_MONTH}", re.IGNORECASE)
_MONTH_BEFORE = re.compile(rf"\b{_A_MONTH}\s+$", re.IGNORECASE)
_LONGEST_MONTH = 16  # characters, with the space after it


def numbers_in(text: str) -> frozenset[Value]:
    """Return the values of the numbers in `text`, in every way to read each.

    >>> sorted(map(str, numbers_in("12.5 million on 14.03.2019")))
    ['03-14', '12.5', '12500000.0', '14.0', '2019.0']
    """
    return frozenset(value for ways in _readings(text) for way in ways for value in way)


def are_in(text: str, held: frozenset[Value]) -> bool:
    """Return whether `held` has every number of `text`, in at least one way to read it.

    Where `held` has no month for the day of a date, its day and year suffice.

    >>> are_in("on 14.03.2019", numbers_in("14 March 2019"))
    True
    >>> are_in("on 14.04.2019", numbers_in("14 March 2019"))
    False
    """
    return all(any(_is_held(way, held) for way in ways) for ways in _readings(text))


def plainly(text: str, language: str | None = None) -> str:
    """Return `text` with one spelling for each number, and dates in the words of `language`.

    >>> plainly("12,5 million, 1 250 and 14.03.2019", "en")
    '12500000 million, 1250 and 14 March 2019'
    """
    if _DIGIT.search(text) is None:  # most words: 45,000 of them are read at a start
        return text
    return _NUMBER.sub(lambda match: _plain(match, language), text)


def _is_held(way: frozenset[Value], held: frozenset[Value]) -> bool:
    days = [value for value in way if isinstance(value, str)]
    if not days:
        return way <= held
    day = days[0][-2:]
    is_month_told = any(isinstance(value, str) and value.endswith(f"-{day}") for value in held)
    return way <= held if is_month_told else (way - set(days)) <= held


def _readings(text: str) -> Iterator[list[frozenset[Value]]]:
    """Yield, for each number written in `text`, the ways to read it, each a set of values."""
    for match in _NUMBER.finditer(text):
        if dates := _dates(match):
            yield [frozenset({f"{m:02}-{d:02}", float(d), float(y)}) for y, m, d in dates]
            continue
        ways: list[frozenset[Value]] = [frozenset({value}) for value in _values(match)]
        if match["by"] == " " or not ways:
            ways.append(frozenset(map(float, re.findall(r"\d+", match.group()))))
        ways += [frozenset({value}) for value in _scaled(match, text)]
        if (plain := match["plain"]) and (month := _month_beside(match, text)):
            ways = [frozenset({f"{month:02}-{int(plain):02}", float(plain)})]
        yield ways


def _dates(match: re.Match[str]) -> list[tuple[int, int, int]]:
    """Return the year, month and day of the date written; 03/04/2021 has two. Empty if none is."""
    if match["year"]:
        dates = [(int(match["year"]), int(match["month"]), int(match["day"]))]
    elif match["last"]:
        first, second, year = int(match["first"]), int(match["second"]), int(match["last"])
        dates = [(year, second, first)]
        if match["mark"] == "/":
            dates.append((year, first, second))
    else:
        return []
    return [date for date in dates if 1 <= date[1] <= 12 and 1 <= date[2] <= 31]


def _values(match: re.Match[str]) -> list[float]:
    """Return what the number may be, the usual first: 1,250 is 1250, or in some languages 1.25."""
    if match["plain"]:
        return [float(match["plain"])]
    if match["decimal"]:
        return [float(match["decimal"].replace(",", "."))]
    if not match["grouped"]:
        return []
    by = match["by"]
    values = [float(match["grouped"].replace(by, "").replace(",", "."))]
    if (
        by in {",", "."}
        and match["grouped"].count(by) == 1
        and len(re.findall(r"\D", match[0])) == 1
    ):
        values.append(float(match["grouped"].replace(",", ".")))
    return values


def _scaled(match: re.Match[str], text: str) -> list[float]:
    """Return the number times the thousand, million or billion after it; empty if none is there."""
    values = _values(match)
    return [
        value * scale
        for scale, word in _SCALES
        if word.match(text, match.end())
        for value in values[-1:]
    ]


def _month_beside(match: re.Match[str], text: str) -> int | None:
    """Return the month whose name stands beside a number that may be its day; None if none does."""
    if not 1 <= int(match["plain"]) <= 31:
        return None
    before = max(match.start() - _LONGEST_MONTH, 0)
    name = _MONTH_AFTER.match(text, match.end()) or _MONTH_BEFORE.search(
        text[before : match.start()]
    )
    return _MONTH[name["month"].lower()] if name else None


def _plain(match: re.Match[str], language: str | None) -> str:
    dates = _dates(match)
    if dates:
        year, month, day = dates[0]
        if len({*dates}) > 1 or language not in _MONTHS:
            return match.group()
        return f"{day} {_MONTHS[language][month - 1]} {year}"
    text = match.string
    scaled = _scaled(match, text)
    if scaled and not _METRES.match(text, match.end()):
        return _written(scaled[0])
    if match["plain"]:
        return match["plain"]
    values = _values(match)
    return _written(values[0]) if values else match.group()


def _written(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)
