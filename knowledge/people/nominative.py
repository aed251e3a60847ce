"""The base form of a name that a document has only in another case, where it is certain.

Kazakh puts an ending after the last word of a name, Russian after each word. A Russian surname may
be a woman's or a case of a man's, so only the cases that tell count.
"""

import re

from knowledge.words.dictionaries import given_name_of
from knowledge.words.patterns import patterns


def nominative(name: str, language: str) -> str | None:
    """Return the base form of `name`, which a document in `language` has.

    None if `name` is in its base form or may be, or if nothing is known of the cases of names in
    `language`.
    """
    cases = patterns("names").get(language, {})
    before, _, last = name.rpartition(" ")
    if "last_case" in cases:
        inflected = re.fullmatch(cases["last_case"], last)
        return f"{before} {inflected['base']}".strip() if inflected else None
    if "his_case" not in cases or name.count(" ") != 1:
        return None
    given = given_name_of(before)
    if given is None:
        return None
    first, is_womans = given
    surname = re.fullmatch(cases["her_case" if is_womans else "his_case"], last)
    if surname is None:
        return None
    return f"{first.capitalize()} {surname['base']}{cases['her_end'] if is_womans else ''}"
