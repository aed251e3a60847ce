"""Tables of patterns, as `languages/` holds them."""

import functools
from collections.abc import Mapping

from knowledge.languages import by_language


@functools.cache
def patterns(name: str) -> Mapping[str, Mapping[str, str]]:
    """Return the patterns `name`, by language and key.

    A line may end before a bar there. A list has alternatives, in which each space counts.
    """
    return {
        language: {
            key: pattern.replace(" |", "|") if isinstance(pattern, str) else "|".join(pattern)
            for key, pattern in keys.items()
        }
        for language, keys in by_language(name).items()
    }


def of_any(name: str, key: str) -> str:
    """Return a pattern of what languages have under `key` of `name`; without any nothing fits."""
    return "|".join(own[key] for own in patterns(name).values() if key in own) or "(?!)"
