"""Golden questions: what a right answer shows, or that a question must be declined."""

from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from knowledge.reading.entries import read_entries


class Golden(BaseModel):
    """A question, with either what the quoted sentence of a right answer shows, or `declined`.

    An `example` is shown to people of its language who meet the bot for the first time.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: str
    shows: str | None = None
    declined: bool = False
    example: bool = False

    @model_validator(mode="after")
    def _has_one_outcome(self) -> Self:
        if (self.shows is None) != self.declined:
            raise ValueError("expected either shows or declined: true")
        return self


def read_golden(file: Path, called: str | None = None) -> tuple[Golden, ...]:
    """Return the golden questions of `file` in order; none if there is no such file.

    Raises KnowledgeError, which names the file (by the name `called`, if given), the entry and what
    was expected.
    """
    return read_entries(file, Golden, called)
