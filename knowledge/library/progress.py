"""How far slow work has come, reported to whoever waits for it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Literal, TypeVar

Step = Literal["reading", "encoding", "rehearsing", "asking"]
Report = Callable[[Step, int, int], None]
"""Called with a step, how much of it is done, and how much there is to do."""

File = TypeVar("File")


def tell_nobody(*_: object) -> None:
    """Report to nobody."""


def reporting(files: Mapping[str, File], report: Report) -> Iterator[tuple[str, File]]:
    """Yield the items of `files`, and `report` each as read when the next one is asked for."""
    for number, item in enumerate(files.items(), start=1):
        yield item
        report("reading", number, len(files))
