"""Who bears which name: tables of the people of the documents, by the keys of the words of names.

The tables are made once, so that a question costs the same beside ten people or ten thousand.
"""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from knowledge.people.likeness import Likeness
from knowledge.people.name_parts import parts
from knowledge.people.names import fold, given_keys, keys, readings
from knowledge.people.person import Person
from knowledge.people.surname_forms import is_womans

_MOST_BASES = 4  # of a word in some case

NOBODY: frozenset[int] = frozenset()
Table = dict[str, frozenset[int]]
"""The rows of those who bear a word of a name, by each key of that word."""


@dataclass(frozen=True, slots=True)
class Bearers:
    """Who bears which name. A row is a place among `people`.

    `half_surname` has each half of a double surname, `full_names` of each row what `_full_names`
    returns, and `like` finds keys of given names and surnames that are like others.
    """

    people: tuple[Person, ...]
    given: Table
    surname: Table
    half_surname: Table
    full_names: tuple[tuple[tuple[str, str], ...], ...]
    like: Likeness


def tables_of(people: tuple[Person, ...]) -> Bearers:
    """Return who of `people` bears which name."""
    given: dict[str, set[int]] = {}
    surname: dict[str, set[int]] = {}
    half: dict[str, set[int]] = {}
    for row, person in enumerate(people):
        for name in (person.name, *person.aliases):
            # A name only found may stand in a case of its own language.
            forms, of_given = (readings, readings) if person.is_curated else (keys, given_keys)
            given_words, surname_words = parts(name)
            of_surname = readings if is_womans(name) else forms
            _enter(given, given_words, of_given, row)
            _enter(surname, surname_words, of_surname, row)
            halves = [h for w in surname_words if "-" in w for h in w.split("-")]
            _enter(half, halves, forms, row)
    return Bearers(
        people=people,
        given=_frozen(given),
        surname=_frozen(surname),
        half_surname=_frozen(half),
        full_names=tuple(_full_names(person) for person in people),
        like=Likeness([*given, *surname]),
    )


def rows_of(table: Table, wanted: Sequence[str]) -> frozenset[int]:
    """Return who has one of the keys `wanted` in `table`."""
    found = [table[key] for key in wanted if key in table]
    return found[0].union(*found[1:]) if found else NOBODY


def _enter(
    table: dict[str, set[int]],
    words: Sequence[str],
    forms: Callable[[str], Sequence[str]],
    row: int,
) -> None:
    for word in words:
        for key in forms(word):
            table.setdefault(key, set()).add(row)


def _frozen(table: dict[str, set[int]]) -> Table:
    return {key: frozenset(rows) for key, rows in table.items()}


def _full_names(person: Person) -> tuple[tuple[str, str], ...]:
    """Return the given names and the surname of each spelling of `person`, as keys.

    A name only found may stand in a case of its own language, so that of each word without its
    ending is among them.
    """
    names = []
    for name in (person.name, *person.aliases):
        given, surname = parts(name)
        names.append((_joined_keys(given), _joined_keys(surname)))
        if not person.is_curated:
            names += itertools.product(_keys_without_ending(given), _keys_without_ending(surname))
    return tuple(dict.fromkeys(names))


def _joined_keys(words: Sequence[str]) -> str:
    return " ".join(fold(word) for word in words)


def _keys_without_ending(words: Sequence[str]) -> list[str]:
    """Return the keys of `words` as they stand, and of their first without its ending."""
    own = len(readings(words[0])) if words else 0
    bases = keys(words[0])[own : own + _MOST_BASES] if words else ()
    rest = [fold(word) for word in words[1:]]
    return [_joined_keys(words), *(" ".join([base, *rest]) for base in bases)]
