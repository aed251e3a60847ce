"""Golden questions: what a right answer shows, or that a question must be declined."""

from pathlib import Path
from typing import Self

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError, model_validator

from knowledge.errors import KnowledgeError


class Golden(BaseModel):
    """A question with either what the quoted sentence of a right answer shows or `declined`.

    `example` ones are shown to people of that language who meet the bot for the first time.
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


def read_golden(file: Path) -> tuple[Golden, ...]:
    """Return the golden questions of `file` in order; none where there is no such file.

    Raises KnowledgeError, which names the file, the entry and what was expected.
    """
    if not file.exists():
        return ()
    try:
        entries = yaml.safe_load(file.read_text("utf-8"))
        return tuple(TypeAdapter(list[Golden]).validate_python(entries or []))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        message = first["msg"].removeprefix("Value error, ")
        raise KnowledgeError(f"{file}: entry {place}: {message}") from error
    except (OSError, ValueError, yaml.YAMLError, RecursionError) as error:
        raise KnowledgeError(f"{file}: cannot be read ({' '.join(str(error).split())})") from error
