"""Questions without an answer, or with a wrong one, that are kept for the editors: only those whose
asker pressed the button that hands them over, with the day, and nothing about the asker.
"""

import datetime
import hashlib
import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter

from knowledge.errors import KnowledgeError
from knowledge.knowledge_base import KnowledgeBase
from knowledge.library import durable
from knowledge.people.disguises import undisguised
from knowledge.problems import problem
from knowledge.question.questions import understand
from knowledge.reading.regular import read_whole
from knowledge.words.text import one_line

KEPT = 500
_ASKED = 60  # questions asked of a new document, the latest; each takes a tenth of a second
_NEAR = 3  # nearest passages to a question, one of which must be of the new document


@dataclass(frozen=True, slots=True)
class Gap:
    """A question in its asker's words, the day (UTC) on which it was handed over, and whether its
    asker called the answer wrong. `count` is how often it was handed over: wordings that differ
    only in capitals, spaces, signs and disguise are one question, of which the last is kept.
    """

    question: str
    day: datetime.date
    is_wrong: bool = False
    count: int = 1

    @property
    def id(self) -> str:
        """Eight hexadecimal digits that name the question, the same for all wordings of one."""
        plain = unicodedata.normalize("NFKD", undisguised(self.question)).casefold()
        letters = "".join(filter(str.isalnum, plain))
        return hashlib.sha256((letters or self.question).encode()).hexdigest()[:8]


_GAPS: TypeAdapter[tuple[Gap, ...]] = TypeAdapter(tuple[Gap, ...])


class Gaps:
    """The last KEPT questions in a file that processes may share, oldest first; each once."""

    def __init__(self, file: Path) -> None:
        """Use `file`, which is made with the first question."""
        self._file = file
        self._lock = file.with_suffix(".lock")  # among processes that write

    def all(self) -> tuple[Gap, ...]:
        """Return the questions. Raises KnowledgeError if the file cannot be read."""
        try:
            return _GAPS.validate_json(read_whole(self._file))
        except FileNotFoundError:
            return ()
        except (OSError, ValueError) as error:
            raise KnowledgeError(problem("gaps_damaged", self._file)) from error

    def add(self, question: str, *, is_wrong: bool = False) -> None:
        """Keep `question`; the oldest makes room. Raises KnowledgeError if it cannot be written."""
        new = Gap(one_line(question), datetime.datetime.now(datetime.UTC).date(), is_wrong)

        def added(gaps: tuple[Gap, ...]) -> tuple[Gap, ...]:
            count = 1 + sum(gap.count for gap in gaps if gap.id == new.id)
            others = (gap for gap in gaps if gap.id != new.id)
            return (*others, replace(new, count=count))[-KEPT:]

        self._change(added)

    def dismiss(self, *ids: str) -> None:
        """Forget the questions of these `ids`, if they are kept. Raises KnowledgeError as `add`
        does.
        """
        self._change(lambda gaps: tuple(gap for gap in gaps if gap.id not in ids))

    def _change(self, change: Callable[[tuple[Gap, ...]], tuple[Gap, ...]]) -> None:
        with durable.locked(self._lock):
            durable.write(self._file, _GAPS.dump_json(change(self.all())))


def answered(
    gaps: Sequence[Gap],
    base: KnowledgeBase,
    documents: Collection[str],
    report: Callable[[int, int], None],
) -> tuple[Gap, ...]:
    """Return those of `gaps` that `base` answers from one of `documents`, which are ids; the latest
    come first.

    Only questions near to a passage of these documents are asked, the latest first and _ASKED at
    most; `report` is told how many have been asked, and of how many.
    """
    if not documents:
        return ()
    near = []
    for gap in gaps[::-1]:
        report(0, len(gaps))
        question = understand(gap.question)
        if not base.reading.candidates.documents_near(question, _NEAR).isdisjoint(documents):
            near.append(gap)
        if len(near) == _ASKED:
            break
    found = []
    for number, gap in enumerate(near, start=1):
        quotes = base.ask(gap.question).quotes
        if quotes and quotes[0].passage.document.id in documents:
            found.append(gap)
        report(number, len(near))
    return tuple(found)
