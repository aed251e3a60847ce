"""What is known of each language, in a folder named by the code of the language.

A folder holds a YAML file for each use of words: where sentences end, words without meaning,
demands, speech, corrections. Where a language lacks a file, texts in it are read without that
knowledge. To read another language, add a folder; to speak it takes more: see
`docs/adding-a-language.md`.
"""

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent

SPOKEN = ("en", "ru", "kk")
"""The languages that the bot speaks. They come first where those of all languages are tried."""


@functools.cache
def by_language(name: str) -> Mapping[str, Mapping[str, Any]]:
    """Return the content of `name`.yaml by language code, for the languages that have the file."""
    files = {file.parent.name: file for file in sorted(_FOLDER.glob(f"*/{name}.yaml"))}
    order = dict.fromkeys(code for code in (*SPOKEN, *files) if code in files)
    return {code: yaml.load(files[code].read_text("utf-8"), yaml.CSafeLoader) for code in order}


@functools.cache
def words_of_all(name: str, key: str) -> tuple[str, ...]:
    """Return the words under `key` in the `name`.yaml of all languages, in order, each once."""
    lists = (content.get(key, "").split() for content in by_language(name).values())
    return tuple(dict.fromkeys(word for words in lists for word in words))
