"""Reads the YAML files that editors write beside the documents, each a list of entries."""

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from knowledge.errors import KnowledgeError
from knowledge.problems import problem
from knowledge.reading.regular import read_whole

Entry = TypeVar("Entry", bound=BaseModel)


def read_entries(file: Path, model: type[Entry], called: str | None = None) -> tuple[Entry, ...]:
    """Return the entries of `file` in order, each a `model`; none if there is no such file.

    Raises KnowledgeError, which names the file, the entry and what was expected. `called` is the
    name of the file in it, where its path would say nothing to an editor.
    """
    name = called or str(file)
    if not file.exists():
        return ()
    try:
        # Ten times as fast as safe_load.
        entries = yaml.load(read_whole(file).decode("utf-8"), yaml.CSafeLoader)
        return tuple(TypeAdapter(list[model]).validate_python(entries or []))  # type: ignore[valid-type]
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        message = first["msg"].removeprefix("Value error, ")
        raise KnowledgeError(problem("entry_wrong", name, entry=place, reason=message)) from error
    # PyYAML raises ValueError for a date that does not exist.
    except (OSError, ValueError, yaml.YAMLError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise KnowledgeError(problem("unreadable", name, reason=reason)) from error
