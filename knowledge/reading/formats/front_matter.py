"""Front matter: keys and values at the head of a text, in YAML between two lines of `---`.

Its end may be `...`, blank lines may go before it, and Hugo writes TOML between lines of `+++`.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from knowledge.errors import DocumentError
from knowledge.problems import problem
from knowledge.reading.formats import Notes

_YAML = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
# Below blank lines a rule and a paragraph look the same but for this.
_BEGINS_WITH_A_KEY = re.compile(r"(?:---|\+\+\+)\s*\n\s*[\w-]+ *[:=]")
# What Jekyll, Hugo and web pages call the same things. Each may mean something else, and is passed
# over where its value is none for the field: Jekyll's `published` is a yes or no.
_OTHER_KEYS = {
    "published": "date",
    "pubdate": "date",
    "publishdate": "date",
    "publicationdate": "date",
    "datepublished": "date",
    "lang": "language",
    "locale": "language",
    "source": "url",
    "permalink": "url",
    "canonicalurl": "url",
}


@dataclass(frozen=True, slots=True)
class Split:
    """A text without its front matter, and what that says: fields of Metadata, as strings."""

    body: str
    fields: Mapping[str, str] = field(default_factory=dict)
    notes: Notes = field(default_factory=Notes)


def split(source: str) -> Split:
    """Return what `source` begins with, and the text after it.

    Raises DocumentError if that is no YAML, or not what Metadata takes. Keys that mean nothing
    here, as programs for notes and pages write them, are passed over and noted.
    """
    source = re.sub(r"\r\n?", "\n", source)
    head = source.lstrip("\ufeff \t\n")
    match = _YAML.match(head) or _TOML.match(head)
    if match is None or not (head == source or _BEGINS_WITH_A_KEY.match(head)):
        return Split(source)
    values = _values(match[1], is_toml=head.startswith("+"))
    fields, passed_over = _read(values) if values else ({}, ())
    return Split(head[match.end() :], fields, Notes(passed_over=passed_over))


def _values(text: str, *, is_toml: bool) -> dict[Any, Any]:
    try:
        # Every value as it is written: a title may be a number, and Norwegian is called "no".
        values = tomllib.loads(text) if is_toml else yaml.load(text, yaml.CBaseLoader)  # noqa: S506, it makes strings only
    except (yaml.YAMLError, tomllib.TOMLDecodeError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise DocumentError(problem("front_matter_no_yaml", reason=reason)) from error
    if isinstance(values, dict):
        return values
    if values:
        raise DocumentError(problem("front_matter_no_keys"))
    return {}


def _read(values: Mapping[Any, Any]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the fields that `values` tell, and the keys that were passed over."""
    # Here, because pydantic takes 0.1 s to load and most texts have no front matter.
    from knowledge.reading.metadata import as_strings, as_written, field_called

    told = {
        field: _one(value, field)
        for key, value in values.items()
        if (field := field_called(str(key)))
    }
    fields = as_strings(as_written(told))
    passed_over = []
    for key, value in values.items():
        if field_called(str(key)):
            continue
        other = _OTHER_KEYS.get(re.sub(r"[\W_]", "", str(key).lower()))
        read = _tried(other, value) if other and other not in fields else {}
        fields |= read
        if not read:
            passed_over.append(str(key))
    return fields, tuple(passed_over)


def _one(value: object, field: str) -> str:
    """Return `value` as it is written, nothing if it is none. Raises DocumentError for several."""
    if isinstance(value, list | dict):
        raise DocumentError(problem("several_values", key=field))
    return "" if value in {"~", "null"} else str(value)


def _tried(field: str, value: object) -> dict[str, str]:
    from knowledge.reading.metadata import as_strings, as_written

    try:
        return as_strings(as_written({field: _one(value, field)}))
    except DocumentError:
        return {}
