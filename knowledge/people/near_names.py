"""Whose names are like a name that nobody bears: the people about whom the bot asks back."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from knowledge.people.asked_words import AskedWord
from knowledge.people.bearers import NOBODY, Bearers, Table, rows_of
from knowledge.people.likeness import NEAR, are_heard_alike, begin_alike
from knowledge.people.name_parts import contradict, initial, parts
from knowledge.people.name_words import is_a
from knowledge.people.names import fold
from knowledge.people.person import Person

MOST_NEAR = 4  # people to ask back about

_NEAR_IN_PAIR = 60.0  # the least per cent for one half of a name that is near as a whole
_SLIP_OF_FIRST = 70.0  # the same for a given name that begins with another sound


def near(
    window: Sequence[AskedWord], bearers: Bearers, *, is_heard: bool = False
) -> tuple[Person, ...]:
    """Return the people whose names are like the one in `window`, best first, at most MOST_NEAR.

    `is_heard` says that a word alone may also be a surname that only sounds alike.
    """
    rows: dict[int, float] = {}
    named = [word for word in window if not word.is_initial]
    if len(named) == 1 == len(window):
        rows = _like_a_word(named[0], bearers, is_heard=is_heard)
    elif len(named) > 1:
        rows = _like_a_name(named, bearers)
    if not rows:
        like = _of_half_surname(named, bearers) | _of_initials(named, bearers)
        rows = dict.fromkeys(like, NEAR)
    best = sorted(rows, key=lambda row: (-rows[row], row))[:MOST_NEAR]
    return tuple(bearers.people[row] for row in best)


def _like_a_word(word: AskedWord, bearers: Bearers, *, is_heard: bool) -> dict[int, float]:
    """Return the rows of those whose given name or surname is like `word`, with the likeness."""
    like = bearers.like.to(word.keys, NEAR)
    rows = _best(like, bearers.given) | _best(like, bearers.surname)
    if is_heard and not is_a(word.text, "given"):
        rows = _best(bearers.like.heard(word.keys), bearers.surname) | rows
    return rows


def _best(like: Sequence[tuple[str, float]], table: Table) -> dict[int, float]:
    """Return the rows that `table` has under the keys `like`, each with its greatest likeness."""
    rows: dict[int, float] = {}
    for key, ratio in like:
        for row in table.get(key, NOBODY):
            rows[row] = max(ratio, rows.get(row, 0.0))
    return rows


# --- A given name and a surname -------------------------------------------------------------------


def _like_a_name(named: Sequence[AskedWord], bearers: Bearers) -> dict[int, float]:
    """Return the rows of those whose given name and surname together are like `named`, with the
    likeness.
    """
    rows = {}
    for row in _alike_in_part(named, bearers):
        ratio = _full_ratio(named, bearers.full_names[row])
        if ratio >= NEAR or _is_heard_alike(named, bearers.full_names[row]):
            rows[row] = ratio
    return rows


def _alike_in_part(named: Sequence[AskedWord], bearers: Bearers) -> set[int]:
    """Return the rows of those who bear a word of `named`, or one like it."""
    rows: set[int] = set()
    for word in named:
        rows |= word.surname or word.given
        alike = {key for key, _ in bearers.like.to(word.keys, NEAR - 7)}
        for key in alike.union(key for key, _ in bearers.like.heard(word.keys)):
            rows |= bearers.surname.get(key, NOBODY) or bearers.given.get(key, NOBODY)
    return rows


def _full_ratio(named: Sequence[AskedWord], names: Sequence[tuple[str, str]]) -> float:
    """Return the likeness of `named`, in either order, to the nearest of `names`; 0 if none is."""
    best = 0.0
    for given, surname in names:
        for words in (named, list(reversed(named))):
            first = words[:-1]
            for key in words[-1].keys[:4]:
                if fuzz.ratio(key, surname) < _NEAR_IN_PAIR:
                    continue
                for head in first[0].keys[:4]:
                    if _is_other_given(first[0], head, given):
                        continue
                    if fuzz.ratio(head, given) >= _NEAR_IN_PAIR:
                        whole = " ".join([head, *(w.keys[0] for w in first[1:]), key])
                        best = max(best, fuzz.ratio(whole, f"{given} {surname}"))
    return best


def _is_other_given(word: AskedWord, key: str, given: str) -> bool:
    """Return whether `word`, read as `key`, is clearly another given name than `given`.

    It then begins with another sound, and is a listed given name or unlike that one.
    """
    if begin_alike(key, given) or fuzz.ratio(key, given) >= NEAR:
        return False
    return is_a(word.text, "given") or fuzz.ratio(key, given) < _SLIP_OF_FIRST


def _is_heard_alike(named: Sequence[AskedWord], names: Sequence[tuple[str, str]]) -> bool:
    """Return whether `named`, two words in either order, may be one of `names` misspelt by ear."""
    if len(named) != 2:
        return False
    return any(
        any(are_heard_alike(key, given) for key in one.keys[:4])
        and any(are_heard_alike(key, surname) for key in other.keys[:4])
        for given, surname in names
        for one, other in (named, reversed(named))
    )


# --- Part of a name -------------------------------------------------------------------------------


def _of_half_surname(named: Sequence[AskedWord], bearers: Bearers) -> frozenset[int]:
    """Return the rows of those who bear a double surname of which `named` has one half, alone or
    beside the given name: Petrov of Petrov-Vodkin.
    """
    if len(named) > 2:
        return NOBODY
    rows = NOBODY.union(*(rows_of(bearers.half_surname, word.keys) for word in named))
    return rows.intersection(*(word.given for word in named if word.given))


def _of_initials(named: Sequence[AskedWord], bearers: Bearers) -> frozenset[int]:
    """Return the rows of those who bear a surname in `named` and are known only by initials, which
    fit.
    """
    asked = " ".join(word.text for word in named)
    return frozenset(
        row
        for row in NOBODY.union(*(word.surname for word in named))
        if len(named) > 1
        and any(
            not parts(name)[0]
            and fold(parts(asked)[0][0] if parts(asked)[0] else asked).startswith(initial(name))
            and not contradict(asked, name)
            for name in (bearers.people[row].name, *bearers.people[row].aliases)
        )
    )
