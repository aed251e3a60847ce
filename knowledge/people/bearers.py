"""Who bears which name: tables of the people in the documents, by the keys of words of their names.

The tables are built once, so that a question costs the same with ten people or ten thousand.
"""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from knowledge.people.likeness import Likeness
from knowledge.people.name_parts import parts
from knowledge.people.names import fold, given_keys, keys, readings
from knowledge.people.person import Person
from knowledge.people.surname_forms import is_womans

_MOST_BASES = 4  # base forms of a word that may be inflected

NOBODY: frozenset[int] = frozenset()
Table = dict[str, frozenset[int]]
"""The rows of those who bear a word of a name, by each key of that word."""


@dataclass(frozen=True, slots=True)
class Bearers:
    """Who bears which name. A row is a place among `people`.

    `half_surname` has the halves of double surnames, `full_names` has for each row what
    `_full_names` returns, and `like` finds keys of given names and surnames that are like others.
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
    half_surname: dict[str, set[int]] = {}
    for row, person in enumerate(people):
        for name in (person.name, *person.aliases):
            # A name that is found, not curated, may be inflected.
            forms, of_given = (readings, readings) if person.is_curated else (keys, given_keys)
            given_words, surname_words = parts(name)
            of_surname = readings if is_womans(name) else forms
            _enter(given, given_words, of_given, row)
            _enter(surname, surname_words, of_surname, row)
            halves = [half for word in surname_words if "-" in word for half in word.split("-")]
            _enter(half_surname, halves, forms, row)
    return Bearers(
        people=people,
        given=_frozen(given),
        surname=_frozen(surname),
        half_surname=_frozen(half_surname),
        full_names=tuple(_full_names(person) for person in people),
        like=Likeness([*given, *surname]),
    )


def rows_of(table: Table, wanted: Sequence[str]) -> frozenset[int]:
    """Return the rows that `table` has under any of the keys `wanted`."""
    rows = [table[key] for key in wanted if key in table]
    return rows[0].union(*rows[1:]) if rows else NOBODY


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

    A name that is found, not curated, may be inflected, so the names without endings are included.
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
    """Return the keys of `words`, joined, as they stand and with the first without its ending."""
    as_it_stands = len(readings(words[0])) if words else 0
    bases = keys(words[0])[as_it_stands : as_it_stands + _MOST_BASES] if words else ()
    rest = [fold(word) for word in words[1:]]
    return [_joined_keys(words), *(" ".join([base, *rest]) for base in bases)]
