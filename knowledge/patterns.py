"""Tables of patterns by language, as YAML beside the code holds them."""

import functools
from collections.abc import Mapping
from importlib.resources import files

import yaml


@functools.cache
def patterns(file: str) -> Mapping[str, Mapping[str, str]]:
    """Return the patterns in `file`, by language and key. A line may end before a bar there."""
    read = yaml.safe_load(files("knowledge").joinpath(file).read_text("utf-8"))
    return {
        language: {key: pattern.replace(" |", "|") for key, pattern in keys.items()}
        for language, keys in read.items()
    }
