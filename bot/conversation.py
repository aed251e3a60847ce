"""What is remembered of a chat: in memory only, for 15 minutes, and no words of anybody."""

import time
from collections import OrderedDict
from collections.abc import Callable

_KEPT_SECONDS = 15 * 60
_KEPT_AT_MOST = 10_000  # questions; some 2 MB

Key = tuple[int, int]
"""(chat, message) as Telegram numbers them."""


class AnsweredQuestions:
    """Which messages answer which question, so that an edited question edits its answer."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Start empty; `clock` counts seconds."""
        self._clock = clock
        self._answers: OrderedDict[Key, tuple[float, tuple[int, ...]]] = OrderedDict()

    def remember(self, question: Key, answers: tuple[int, ...]) -> None:
        """Keep the message ids `answers` of `question`; the oldest questions make room."""
        self._answers[question] = (self._clock(), answers)
        self._answers.move_to_end(question)
        self._forget()

    def recall(self, question: Key) -> tuple[int, ...] | None:
        """Return the message ids that answer `question`; None if that is not remembered."""
        self._forget()
        _, answers = self._answers.get(question, (0.0, None))
        return answers

    def _forget(self) -> None:
        while self._answers:
            oldest, (since, _) = next(iter(self._answers.items()))
            is_recent = self._clock() - since <= _KEPT_SECONDS
            if is_recent and len(self._answers) <= _KEPT_AT_MOST:
                break
            del self._answers[oldest]
