"""Questions that ask for a whole list: everybody who is named, everything that is demanded.

They are worded in more ways than any pattern foresees, but in few words: `whole_lists.yaml` has
them by what they do. A question in which nothing else is said asks for all of it, and one more
word makes it a question about something: "Who is named?", "Who is named in the appeal?".
"""

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from typing import Literal

import yaml

from knowledge.lexical import words

WholeList = Literal["people", "demands"]

_CLAUSE_END = re.compile(r"[,;:.!?()«»\"“”…]+|\s[-–—]+\s")
_TRAILING = re.compile(
    r"(?:\s+(?:please|pls|plz|пожалуйста|пож|плиз|плз|өтінемін|списком|тізіммен))+\W*$",
    re.IGNORECASE,
)
_NAMED = {"named", "all", "texts"}
_ASIDE = {"asking", "all"}
_FILLING = _ASIDE | {"cases", "parts"}


def list_asked_for(
    question: str, language: str, is_spoken_of: Callable[[str], bool]
) -> WholeList | None:
    """Return of what `question` asks for the whole list; None if it asks for something else.

    One clause of it must ask for that and nothing more. The others may say what they like, as long
    as `is_spoken_of` denies that the documents speak of any of it: "all demands, I am in a hurry".

    >>> list_asked_for("Please list every call the Parliament makes.", "en", lambda clause: True)
    'demands'
    >>> list_asked_for("Who is named in the appeal?", "en", lambda clause: True) is None
    True
    """
    if asked := _asked(_roles_of(words(question), language)):
        return asked
    found = set[WholeList]()
    for clause in _CLAUSE_END.split(question):
        roles = _roles_of(words(clause), language)
        if asked := _asked(roles):
            found.add(asked)
        elif not all(one & _ASIDE for one in roles) and is_spoken_of(clause):
            return None
    return found.pop() if len(found) == 1 else None


def without_fillings(question: str, language: str) -> str:
    """Return `question` without clauses that say no more than that all is wanted, please.

    >>> without_fillings("What is demanded of Kazakhstan, all points please?", "en")
    'What is demanded of Kazakhstan'
    """
    own = _TRAILING.sub("", question)
    clauses = [clause for clause in _CLAUSE_END.split(own) if words(clause)]
    for clause in clauses:
        if all(one & _FILLING for one in _roles_of(words(clause), language)):
            own = own.replace(clause, " ", 1)
    return own.strip(" ,;:-–—?!.") if words(own) else question


def _asked(roles: Sequence[frozenset[str]]) -> WholeList | None:
    """Return of what a clause whose words have `roles` asks for the whole list, and no more."""
    if not all(roles):
        return None
    if any("demands" in one for one in roles):
        return None if {"people"} in roles else "demands"
    if {"with_demands"} in roles:
        return None
    is_of_people = any(
        "people" in one and any(other & _NAMED for other in (*roles[:i], *roles[i + 1 :]))
        for i, one in enumerate(roles)
    )
    return "people" if is_of_people else None


def _roles_of(said: Sequence[str], language: str) -> list[frozenset[str]]:
    """Return what each of the words `said` does in a question for a list; nothing if no such."""
    table = _table().get(language, {})
    return [
        frozenset(
            role for role, (whole, heads) in table.items() if w in whole or w.startswith(heads)
        )
        for w in said
    ]


@functools.cache
def _table() -> Mapping[str, Mapping[str, tuple[frozenset[str], tuple[str, ...]]]]:
    """Return per language and role the whole words, and the heads of words of any ending."""
    table = yaml.safe_load(files("knowledge").joinpath("whole_lists.yaml").read_text("utf-8"))
    return {
        language: {
            role: (
                frozenset(word for word in entry.split() if not word.endswith("*")),
                tuple(word[:-1] for word in entry.split() if word.endswith("*")),
            )
            for role, entry in roles.items()
        }
        for language, roles in table.items()
    }
