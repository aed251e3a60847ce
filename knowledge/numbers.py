"""Numbers in figures, by value: 1250, 1,250 and 1 250 are one; so are 2 million and 2 000 000."""

import re
from collections.abc import Iterator

_NUMBER = re.compile(r"\d+(?:[.,:/\s\u00a0\u202f-]\d+)*")
_GROUPED = re.compile(r"\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+")
_DECIMAL = re.compile(r"\d+[.,]\d+")
_DATE = re.compile(r"(\d{1,2})[./-]\d{1,2}[./-](\d{4})|(\d{4})-\d{1,2}-(\d{1,2})")
_SCALES = (
    (1e3, re.compile(r"\s*(?:thousand|тыс|мың)", re.IGNORECASE)),
    (1e6, re.compile(r"\s*(?:million|mln|m\b|миллион|млн)", re.IGNORECASE)),
    (1e9, re.compile(r"\s*(?:billion|bn\b|миллиард|млрд)", re.IGNORECASE)),
)


def numbers_in(text: str) -> frozenset[float]:
    """Return the values of the numbers in `text`, in all ways to read them.

    >>> sorted(numbers_in("12.5 million on 14.03.2019"))
    [3.0, 5.0, 12.0, 12.5, 14.0, 2019.0, 12500000.0]
    """
    return frozenset(value for ways in _readings(text) for way in ways for value in way)


def are_in(text: str, held: frozenset[float]) -> bool:
    """Return whether `held` has every number of `text`, in one of the ways to read it.

    Of a date its day and year must be there: the month may be a word.

    >>> are_in("on 14.03.2019", numbers_in("14 March 2019"))
    True
    """
    return all(any(way <= held for way in ways) for ways in _readings(text))


def _readings(text: str) -> Iterator[list[frozenset[float]]]:
    """Yield for each number written in `text` the ways to read it, each as values."""
    for match in _NUMBER.finditer(text):
        written = match.group()
        parts = frozenset(map(float, re.findall(r"\d+", written)))
        ways = [parts]
        if date := _DATE.fullmatch(written):
            ways.append(frozenset(float(part) for part in date.groups() if part))
        elif _GROUPED.fullmatch(written):
            ways.append(frozenset({float(re.sub(r"\D", "", written))}))
        if _DECIMAL.fullmatch(written):
            ways.append(frozenset({float(written.replace(",", "."))}))
        for scale, word in _SCALES:
            if word.match(text, match.end()):
                ways += [frozenset({value * scale}) for way in ways[-1:] for value in way]
        yield ways
