"""Every setting: its type, default and bounds, read from config.yaml and the environment.

The models below are the one source of defaults; a test holds config.yaml and
`docs/settings.md` to them.
"""

import datetime
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    HttpUrl,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from bot.errors import SettingsError
from embeddings.choices import BUNDLED_MODEL, Backend, Dtype
from knowledge.reading.regular import read_whole

_PREFIX = "RAPPORTEUR_"
_MOST_BYTES = 1_000_000  # of a file of settings
_LONGEST_NAME = 255  # bytes of a name in a path
_SHOWN = 60  # characters of a wrong value
# What is expected, where pydantic says it in words of Python; by the kind of its error.
_EXPECTED = {
    "model_type": "a section with keys",
    "string_type": "a text",
    "string_unicode": "a text",
    "string_too_short": "a text",
    "path_type": "a path",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_parsing_size": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a number",
    "url_type": "an address",
    "url_parsing": "an address that begins with https:// or http://",
    "url_scheme": "an address that begins with https:// or http://",
    "url_too_long": "an address that is not so long",
}
_FILE_VARIABLE = "RAPPORTEUR_CONFIG"


def _no_bool(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("expected a number")
    return value


def _folder(value: object) -> object:
    """Turn an empty value into None, and ~ into the user's home."""
    if not isinstance(value, str):
        return value or None
    if "\0" in value or any(len(os.fsencode(part)) > _LONGEST_NAME for part in Path(value).parts):
        raise ValueError("expected a path that a file can have")
    try:
        return Path(value).expanduser() if value else None
    except RuntimeError as error:
        raise ValueError("expected a path of a user of this machine after ~") from error


Share = Annotated[float, BeforeValidator(_no_bool), Field(ge=0, le=1)]


def _nothing(value: object) -> object:
    """Turn an empty value, as a variable may have, into None."""
    return value or None


def _model(value: str | None) -> str | None:
    """Return `value`, which may be a folder, as it is. Raises ValueError for one that cannot be."""
    _folder(value)
    return value


def _rooted(value: str | None) -> str | None:
    if value is not None and not value.startswith("/"):
        raise ValueError("expected a path that begins with /")
    return value


def _of_redis(value: str | None) -> str | None:
    if value is not None and not re.match(r"rediss?://[^/]|unix:///", value):
        raise ValueError("expected an address that begins with redis://, rediss:// or unix:///")
    return value


def _device(value: str) -> str:
    if not re.fullmatch(r"cpu|mps|(?:cuda|xpu)(?::\d{1,3})?", value):
        raise ValueError("expected cpu, cuda, cuda:1, mps or xpu")
    return value


def _listed(value: object) -> object:
    """Turn a text with commas, as a variable holds a list, into a list; one number into a list of
    it, and an empty value into an empty list.
    """
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    if isinstance(value, dict):
        raise ValueError("expected numbers, such as 123 or [123, 456]")
    if value is None or isinstance(value, list):
        return value or []
    return [value]


UserId = Annotated[int, BeforeValidator(_no_bool), Field(gt=0)]
Port = Annotated[int, BeforeValidator(_no_bool), Field(ge=1, le=65535)]
Folder = Annotated[Path | None, BeforeValidator(_folder)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)


class Webhook(_Section):
    """Where Telegram posts updates: `url` as seen from outside, the rest as on this machine."""

    url: Annotated[HttpUrl | None, BeforeValidator(_nothing)] = None
    listen: Annotated[str, Field(min_length=1)] = "127.0.0.1"
    port: Port = 8443
    path: Annotated[str | None, AfterValidator(_rooted), BeforeValidator(_nothing)] = None
    certificate: Folder = None
    key: Folder = None

    @property
    def local_path(self) -> str:
        """The path of a post as it arrives here: that of `url`, unless `path` says otherwise."""
        return self.path or (self.url and self.url.path) or "/"


class Telegram(_Section):
    api_url: str = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"
    webhook: Webhook = Webhook()
    drain_seconds: Annotated[int, BeforeValidator(_no_bool), Field(ge=0, le=600)] = 20

    @field_validator("api_url")
    @classmethod
    def _is_url(cls, value: str) -> str:
        return str(HttpUrl(value)).rstrip("/")

    @field_validator("webhook")
    @classmethod
    def _has_url(cls, value: Webhook, info: ValidationInfo) -> Webhook:
        if info.data.get("mode") == "webhook" and value.url is None:
            raise ValueError("expected a url in it, since telegram.mode is webhook")
        if value.key is not None and value.certificate is None:
            raise ValueError("expected a certificate beside the key")
        return value


class Documents(_Section):
    folder: Folder = None
    max_bytes: Annotated[int, BeforeValidator(_no_bool), Field(gt=0)] = 10_000_000
    max_words: Annotated[int, BeforeValidator(_no_bool), Field(gt=0)] = 250_000


class Embeddings(_Section):
    model: Annotated[str, Field(min_length=1), AfterValidator(_model)] = BUNDLED_MODEL
    backend: Backend = "torch"
    device: Annotated[str, AfterValidator(_device)] = "cpu"
    dtype: Dtype = "float32"
    threads: Annotated[int, BeforeValidator(_no_bool), Field(ge=1, le=256)] = 2


class Retrieval(_Section):
    reranker: Annotated[str | None, AfterValidator(_model), BeforeValidator(_nothing)] = None


class Answers(_Section):
    false_answer_rate: Share = 0.02


class Storage(_Section):
    path: Folder = None


class Conversations(_Section):
    """Where is kept what conversations are about: in memory, or in the Redis at `url`."""

    url: Annotated[str | None, AfterValidator(_of_redis), BeforeValidator(_nothing)] = None


class Metrics(_Section):
    port: Port | None = None


class Log(_Section):
    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"


class Settings(_Section):
    """All settings, in the sections and the order of config.yaml."""

    language: Literal["en", "ru", "kk"] = "en"
    admins: Annotated[list[UserId], BeforeValidator(_listed)] = []
    telegram: Telegram = Telegram()
    documents: Documents = Documents()
    embeddings: Embeddings = Embeddings()
    retrieval: Retrieval = Retrieval()
    answers: Answers = Answers()
    storage: Storage = Storage()
    conversations: Conversations = Conversations()
    metrics: Metrics = Metrics()
    log: Log = Log()

    @field_validator("conversations")
    @classmethod
    def _is_not_polled(cls, value: Conversations, info: ValidationInfo) -> Conversations:
        telegram = info.data.get("telegram")
        if value.url is not None and telegram is not None and telegram.mode == "polling":
            raise ValueError("expected telegram.mode webhook with it: only one process can poll")
        return value


def load(file: Path | None, environment: Mapping[str, str]) -> Settings:
    """Return the settings of `file` with those of `environment` over them.

    Without `file`: the one RAPPORTEUR_CONFIG names, else config.yaml in the current folder, else
    the defaults. A variable is RAPPORTEUR_ and its key in capitals, with __ between section and
    key. Raises SettingsError, which names file or variable, key, value and what was expected.
    """
    if file is None and (named := environment.get(_FILE_VARIABLE)):
        file = Path(named)
    if file is None and (beside := Path("config.yaml")).is_file():
        file = beside
    values = _read(file) if file is not None else {}
    variables: dict[tuple[str, ...], str] = {}
    for variable, text in sorted(environment.items()):
        if variable.startswith(_PREFIX) and variable != _FILE_VARIABLE:
            place = tuple(variable.removeprefix(_PREFIX).lower().split("__"))
            _put(values, place, text, variable)
            variables[place] = variable
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsError(_message(error, file, variables)) from error


def state_folder(settings: Settings) -> Path:
    """Return the folder of what the bot must not lose: storage.path, else the user's own."""
    if settings.storage.path is not None:
        return settings.storage.path
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state") / "rapporteur"


def _read(file: Path) -> dict[str, Any]:
    try:
        values = yaml.safe_load(read_whole(file, _MOST_BYTES).decode("utf-8"))
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file}: is not UTF-8 (byte {error.start})") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise SettingsError(f"{file}: is not YAML ({' '.join(str(error).split())})") from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise SettingsError(f"{file}: holds {_shown(values)}, expected sections and keys")
    # A section or key with nothing behind it keeps its default.
    return {key: value for key, value in values.items() if value is not None}


def _put(values: dict[str, Any], place: tuple[str, ...], text: str, variable: str) -> None:
    *sections, key = place
    for section in sections:
        if values.get(section) is None:
            values[section] = {}
        values = values[section]
        if not isinstance(values, dict):
            raise SettingsError(f"{variable}: '{section}' is not a section of the settings")
    values[key] = text


def _message(
    error: ValidationError, file: Path | None, variables: Mapping[tuple[str, ...], str]
) -> str:
    first = error.errors(include_url=False)[0]
    place = tuple(str(part) for part in first["loc"])
    above = (variables.get(place[:length]) for length in range(len(place), 0, -1))
    below = (name for key, name in variables.items() if key[: len(place)] == place)
    source = next(filter(None, above), None) or next(below, None) or str(file or "settings")
    key = _cut("".join(c if c.isprintable() else "�" for c in ".".join(place)))
    if first["type"] in {"extra_forbidden", "invalid_key"}:
        known = ", ".join(_known(place[:-1]))
        return f"{source}: unknown key {key}, expected one of: {known}"
    expected = first["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    expected = _EXPECTED.get(first["type"], expected.removeprefix("expected "))
    return f"{source}: {key} is {_shown(first['input'])}, expected {expected}"


def _shown(value: object) -> str:
    """Return how a wrong `value` is named: as it stands in a file, or what it is."""
    match value:
        case str():
            # All before the last @ of an address may be a password.
            return _cut(repr(re.sub(r".*@", "…@", value, flags=re.DOTALL)))
        case bool():
            return str(value).lower()
        case None:
            return "empty"
        case int() | float() | datetime.date():
            return _cut(str(value))
        case dict():
            return "a section with keys"
        case list() | set():
            return "a list"
        case _:
            return "no text"


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _known(sections: tuple[str, ...]) -> list[str]:
    model: type[BaseModel] = Settings
    for section in sections:
        annotation = model.model_fields[section].annotation
        if not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
            return []
        model = annotation
    return list(model.model_fields)
