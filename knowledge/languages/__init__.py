"""What is known of each language, in a folder of its own named by its code.

A folder holds a YAML file for each use of its words: where sentences end, words without meaning,
demands, speech, corrections. A language without one of them is read without that. To add a language
is to add a folder: see `docs/adding-a-language.md`.
"""

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent
_TRIED_FIRST = ("en", "ru", "kk")  # where the words of all languages are tried in turn


@functools.cache
def by_language(name: str) -> Mapping[str, Mapping[str, Any]]:
    """Return what `name`.yaml holds, by the code of the language, of those that have one."""
    files = {file.parent.name: file for file in sorted(_FOLDER.glob(f"*/{name}.yaml"))}
    order = dict.fromkeys(code for code in (*_TRIED_FIRST, *files) if code in files)
    return {code: yaml.safe_load(files[code].read_text("utf-8")) for code in order}


@functools.cache
def words_of_all(name: str, key: str) -> tuple[str, ...]:
    """Return the words that languages have under `key` of `name`.yaml, in order, each once."""
    lists = (own.get(key, "").split() for own in by_language(name).values())
    return tuple(dict.fromkeys(word for words in lists for word in words))
