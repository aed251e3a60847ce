"""How many questions were answered, asked back about and declined today: counts, in memory only."""

import datetime
from collections import Counter

from knowledge.quotes.answers import Status


class Tally:
    """Answers of the day by status; a new day begins with none."""

    def __init__(self) -> None:
        """Start with none."""
        self._day = _today()
        self._counts: Counter[Status] = Counter()

    def add(self, status: Status) -> None:
        """Count an answer."""
        self._begin_day()
        self._counts[status] += 1

    def today(self, status: Status) -> int:
        """Return how many answers of the day have that status."""
        self._begin_day()
        return self._counts[status]

    def _begin_day(self) -> None:
        if self._day != (day := _today()):
            self._day = day
            self._counts.clear()


def _today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date()
