"""Metadata of a document, as its front matter, its file or an editor gives it."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Annotated, Any

from pydantic import ConfigDict, Field, GetPydanticSchema, HttpUrl, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass
from pydantic_core import core_schema

from knowledge.errors import DocumentError
from knowledge.languages import by_language, words_of_all
from knowledge.problems import problem
from knowledge.reading.formats.claims import last_day
from knowledge.words.days import day_written

_LONGEST = 300  # characters of a title or a publisher, which stand under every quote
_SHOWN = 100  # characters of a wrong value in an error

_FIELDS = {
    word: field
    for field in ("title", "date", "language", "publisher", "url")
    for word in words_of_all("metadata", field)
}
_LANGUAGES = {
    word: code
    for own in by_language("metadata").values()
    for code, words in own["languages"].items()
    for word in words.split()
}
_LANGUAGE_TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9_-]+)?")

WebAddress = Annotated[
    str,
    GetPydanticSchema(
        lambda _, handler: core_schema.no_info_after_validator_function(
            str, handler.generate_schema(HttpUrl), serialization=core_schema.to_string_ser_schema()
        )
    ),
]


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class Metadata:
    """What front matter or an editor may say of a document; None means that it is not known.

    `language` is an ISO 639 code (only `as_written` checks it), `url` an http or https address.
    Wrong values raise pydantic's ValidationError, which `checked` turns into a DocumentError.
    """

    title: Annotated[str, Field(max_length=_LONGEST)] | None = None
    date: datetime.date | None = None
    language: str | None = None
    publisher: Annotated[str, Field(max_length=_LONGEST)] | None = None
    url: WebAddress | None = None

    def over(self, other: "Metadata") -> "Metadata":
        """Return these fields, with those of `other` in place of the ones that are not known."""
        return Metadata(
            **{
                field.name: getattr(other, field.name) if value is None else value
                for field in fields(Metadata)
                for value in [getattr(self, field.name)]
            }
        )


_ADAPTER = TypeAdapter(Metadata)


def checked(values: Mapping[Any, Any]) -> Metadata:
    """Return `values` as Metadata. Raises DocumentError, which names the first wrong key."""
    names = [field.name for field in fields(Metadata)]
    unknown = next((key for key in values if key not in names), None)
    if unknown is not None:
        keys = ", ".join(names)
        raise DocumentError(problem("key_unknown", key=str(unknown)[:_SHOWN], keys=keys))
    try:
        return _ADAPTER.validate_python(dict(values))
    except ValidationError as error:
        first = error.errors()[0]
        key, shown = str(first["loc"][0]), str(first["input"])[:_SHOWN]
        found = problem(f"{key}_wrong", value=shown, characters=_LONGEST)
        raise DocumentError(found) from error


def field_called(key: str) -> str | None:
    """Return the field of Metadata that `key` means in any language; None if it means none."""
    return _FIELDS.get(key.strip().lower())


def as_written(values: Mapping[str, str]) -> Metadata:
    """Return the Metadata in `values` as a person writes them: "17 May 2024", "Russian", "en-US".

    Empty values are not known. Raises DocumentError, which names the first wrong one.
    """
    read = {key: value.strip() for key, value in values.items() if value.strip()}
    if "date" in read and (day := day_written(read["date"])):
        read["date"] = day.isoformat()
    if "language" in read:
        named = read["language"].lower()
        tag = _LANGUAGE_TAG.fullmatch(_LANGUAGES.get(named, named))
        if tag is None:
            raise DocumentError(problem("language_wrong", value=read["language"][:_SHOWN]))
        read["language"] = tag[1]
    return checked(read)


def check_date(day: datetime.date | None, name: str = "") -> None:
    """Raise DocumentError, which names the file `name`, if `day` is later than tomorrow by UTC.

    It is for new documents only: what was published must load again, whatever the clock of this
    machine says.
    """
    if day is not None and day > last_day():
        raise DocumentError(problem("date_future", name, value=day.isoformat()))


def sane(values: Mapping[str, str]) -> Metadata:
    """Return the valid ones of `values`, which are what the format of a file says of the file."""
    try:
        return _ADAPTER.validate_python(dict(values))
    except ValidationError as error:
        # Nobody wrote these by hand, so there is nobody to tell.
        wrong = {each["loc"][0] for each in error.errors()}
    return _ADAPTER.validate_python({key: values[key] for key in values if key not in wrong})


def as_strings(metadata: Metadata) -> dict[str, str]:
    """Return the fields that are known, as strings that `sane` and `checked` read back."""
    values = {field.name: getattr(metadata, field.name) for field in fields(Metadata)}
    return {key: str(value) for key, value in values.items() if value is not None}
