"""What is known of each language, in a folder of its own named by its code.

A folder holds a YAML file for each use of its words: where sentences end, words without meaning,
demands, speech, corrections. A language without one of them is read without that. To add a language
is to add a folder: see `docs/adding-a-language.md`.
"""

import functools
from collections.abc import Mapping
from pathlib import Path

import yaml

_FOLDER = Path(__file__).parent


@functools.cache
def by_language(name: str) -> Mapping[str, Mapping[str, str]]:
    """Return what `name`.yaml holds, by the code of the language, of those that have one."""
    files = sorted(_FOLDER.glob(f"*/{name}.yaml"))
    return {file.parent.name: yaml.safe_load(file.read_text("utf-8")) for file in files}
