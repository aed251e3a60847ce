"""Tables of patterns, as `languages/` holds them."""

import functools
from collections.abc import Mapping

from knowledge.languages import by_language


@functools.cache
def patterns(name: str) -> Mapping[str, Mapping[str, str]]:
    """Return the patterns `name`, by language and key. A line may end before a bar there."""
    return {
        language: {key: pattern.replace(" |", "|") for key, pattern in keys.items()}
        for language, keys in by_language(name).items()
    }
