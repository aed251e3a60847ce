"""Questions that found no answer, or a wrong one, for the editors: only those whose asker pressed
the button that says so, and nothing of who asked, or when beyond the day.
"""

import datetime
import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from knowledge import durable
from knowledge.errors import KnowledgeError
from knowledge.problems import problem
from knowledge.text import one_line

KEPT = 500


@dataclass(frozen=True, slots=True)
class Gap:
    """A question in its asker's words, the day (UTC) on which it was handed over, and whether it
    was answered, but wrong as its asker says.
    """

    question: str
    day: datetime.date
    is_wrong: bool = False

    @property
    def id(self) -> str:
        """Eight hexadecimal digits that name the question."""
        return hashlib.sha256(self.question.encode()).hexdigest()[:8]


_GAPS: TypeAdapter[tuple[Gap, ...]] = TypeAdapter(tuple[Gap, ...])


class Gaps:
    """The last KEPT questions in a file, oldest first; each question once."""

    def __init__(self, file: Path) -> None:
        """Use `file`, which is made with the first question."""
        self._file = file
        self._lock = threading.Lock()

    def all(self) -> tuple[Gap, ...]:
        """Return the questions. Raises KnowledgeError if the file cannot be read."""
        try:
            return _GAPS.validate_json(self._file.read_bytes())
        except FileNotFoundError:
            return ()
        except (OSError, ValueError) as error:
            raise KnowledgeError(problem("gaps_damaged", self._file)) from error

    def add(self, question: str, *, is_wrong: bool = False) -> None:
        """Keep `question`; the oldest makes room. Raises KnowledgeError if it cannot be written."""
        gap = Gap(one_line(question), datetime.datetime.now(datetime.UTC).date(), is_wrong)
        self._change(lambda gaps: (*(g for g in gaps if g.id != gap.id), gap)[-KEPT:])

    def dismiss(self, gap_id: str) -> None:
        """Forget the question of that id, if it is kept. Raises KnowledgeError as `add`."""
        self._change(lambda gaps: tuple(gap for gap in gaps if gap.id != gap_id))

    def _change(self, change: Callable[[tuple[Gap, ...]], tuple[Gap, ...]]) -> None:
        with self._lock:
            durable.write(self._file, _GAPS.dump_json(change(self.all())))
