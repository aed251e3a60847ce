"""The basic form of a name that a document has only in another case, where no other is possible.

Kazakh puts its endings behind the last word of a name, Russian behind each. There a surname may be
a woman's or a case of a man's, so only those cases count that tell.
"""

import re

from knowledge.words.dictionaries import given_name_of
from knowledge.words.patterns import patterns


def nominative(name: str, language: str) -> str | None:
    """Return the basic form of `name`, as a document in `language` writes it; None where it stands
    in that, or may, or nothing is known of the cases of names in `language`.
    """
    known = patterns("names").get(language, {})
    before, _, last = name.rpartition(" ")
    if "last_case" in known:
        found = re.fullmatch(known["last_case"], last)
        return f"{before} {found['base']}".strip() if found else None
    if "his_case" not in known or name.count(" ") != 1:
        return None
    given = given_name_of(before)
    if given is None:
        return None
    first, is_womans = given
    surname = re.fullmatch(known["her_case" if is_womans else "his_case"], last)
    if surname is None:
        return None
    return f"{first.capitalize()} {surname['base']}{known['her_end'] if is_womans else ''}"
