"""Front matter: keys and values in YAML between two lines of `---` at the head of a text."""

import re

import yaml

from knowledge.errors import DocumentError
from knowledge.problems import problem

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)


def split(source: str) -> tuple[dict[str, str], str]:
    """Return the fields of Metadata that `source` begins with, and the text after them.

    Raises DocumentError if they are no YAML, or not what Metadata takes.
    """
    match = _FRONT_MATTER.match(source)
    if match is None:
        return {}, source
    try:
        values = yaml.safe_load(match[1])
    # PyYAML lets a ValueError through for a day that does not exist.
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise DocumentError(problem("front_matter_no_yaml", reason=reason)) from error
    if values is None:
        values = {}
    if not isinstance(values, dict):
        raise DocumentError(problem("front_matter_no_keys"))
    # Here, because pydantic takes 0.1 s to load and most texts have no front matter.
    from knowledge.metadata import as_strings, checked

    return as_strings(checked(values)), source[match.end() :]
