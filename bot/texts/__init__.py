"""What the bot says in its own words, in every language it speaks: one YAML file each.

In comes a key and a language, out comes a text with its values filled in. Read `en.yaml` first.
"""

import datetime
import functools
from importlib.resources import files
from typing import Any

import yaml

from knowledge.languages import SPOKEN

LANGUAGES = SPOKEN


def text(key: str, language: str, **values: object) -> str:
    """Return what the bot says for `key` in `language`, one of LANGUAGES, with `values` filled in.

    Raises KeyError for a key or a language for which the bot has no words.
    """
    template: str = _table(language)[key]
    return template.format(**values) if values else template


def date(day: datetime.date, language: str) -> str:
    """Return `day` as it is written out in `language`, such as "14 March 2019"."""
    table = _table(language)
    month = table["months"][day.month - 1]
    return str(table["date"].format(day=day.day, month=month, year=day.year))


def language_name(code: str, language: str) -> str:
    """Return what the language `code` is called in `language`; or else the code."""
    return str(_table(language).get(f"language_{code}", code))


@functools.cache
def _table(language: str) -> dict[str, Any]:
    if language not in LANGUAGES:
        raise KeyError(language)
    table: dict[str, Any] = yaml.load(
        files("bot").joinpath("texts", f"{language}.yaml").read_text("utf-8"), yaml.CSafeLoader
    )
    return table
