"""What is said of a document beside its text: by its front matter, its file, or an editor."""

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

_LONGEST = 300  # characters of a title: it stands under every quote
_SHOWN = 100  # characters of a wrong value

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
    """What may stand in front matter, or be given by an editor; None is not known.

    `language` is an ISO 639 code, `url` an http or https address. Values of another kind raise
    pydantic's ValidationError; `checked` turns those of a mapping into a DocumentError.
    """

    title: Annotated[str, Field(max_length=_LONGEST)] | None = None
    date: datetime.date | None = None
    language: str | None = None
    publisher: Annotated[str, Field(max_length=_LONGEST)] | None = None
    url: WebAddress | None = None

    def over(self, other: "Metadata") -> "Metadata":
        """Return what is known here, and of `other` where nothing is."""
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
    """Return the field of Metadata that `key` means in any language."""
    return _FIELDS.get(key.strip().lower())


def as_written(values: Mapping[str, str]) -> Metadata:
    """Return fields of Metadata as a person writes them: "17 May 2024", "Russian", "en-US".

    Raises DocumentError, which names the first wrong one.
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
    """Raise DocumentError, which names the file `name`, if `day` is later than tomorrow.

    It is for what is taken anew: what was published must load again, whatever this machine's clock
    says.
    """
    if day is not None and day > last_day():
        raise DocumentError(problem("date_future", name, value=day.isoformat()))


def sane(values: Mapping[str, str]) -> Metadata:
    """Return what can be believed of `values`, which a file's format says of the file itself."""
    try:
        return _ADAPTER.validate_python(dict(values))
    except ValidationError as error:
        # Nobody wrote them by hand, so there is nobody to tell.
        wrong = {each["loc"][0] for each in error.errors()}
    return _ADAPTER.validate_python({key: values[key] for key in values if key not in wrong})


def as_strings(metadata: Metadata) -> dict[str, str]:
    """Return what is known, as strings that `sane` and `checked` read back."""
    values = {field.name: getattr(metadata, field.name) for field in fields(Metadata)}
    return {key: str(value) for key, value in values.items() if value is not None}
