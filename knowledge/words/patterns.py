"""The regular expressions that `languages/` holds."""

import functools
from collections.abc import Mapping

from knowledge.languages import by_language


@functools.cache
def patterns(name: str) -> Mapping[str, Mapping[str, str]]:
    """Return the patterns of `name`.yaml, by language and key.

    A pattern may go on in the next line before a bar. A list is of alternatives, in which every
    space counts.
    """
    return {
        language: {
            key: pattern.replace(" |", "|") if isinstance(pattern, str) else "|".join(pattern)
            for key, pattern in keys.items()
        }
        for language, keys in by_language(name).items()
    }


def of_any(name: str, key: str) -> str:
    """Return the alternatives of all languages under `key` of `name`.yaml as one pattern.

    It matches nothing if no language has any.
    """
    return "|".join(keys[key] for keys in patterns(name).values() if key in keys) or "(?!)"
