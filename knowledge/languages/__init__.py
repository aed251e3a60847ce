"""What is known of each language, in a folder of its own named by its code.

A folder holds a YAML file for each use of its words: where sentences end, words without meaning,
demands, speech, corrections. A language without one of them is read without that. To read another
language is to add a folder, to speak it takes more: see `docs/adding-a-language.md`.
"""

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent

SPOKEN = ("en", "ru", "kk")
"""The languages that the bot speaks; where the words of all languages are tried in turn, first."""


@functools.cache
def by_language(name: str) -> Mapping[str, Mapping[str, Any]]:
    """Return what `name`.yaml holds, by the code of the language, of those that have one."""
    files = {file.parent.name: file for file in sorted(_FOLDER.glob(f"*/{name}.yaml"))}
    order = dict.fromkeys(code for code in (*SPOKEN, *files) if code in files)
    return {code: yaml.safe_load(files[code].read_text("utf-8")) for code in order}


@functools.cache
def words_of_all(name: str, key: str) -> tuple[str, ...]:
    """Return the words that languages have under `key` of `name`.yaml, in order, each once."""
    lists = (own.get(key, "").split() for own in by_language(name).values())
    return tuple(dict.fromkeys(word for words in lists for word in words))
