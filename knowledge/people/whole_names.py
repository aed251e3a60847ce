"""Who bears a name given in full, and which of those who share given name and surname it means."""

from collections.abc import Iterator, Sequence
from typing import Literal

from rapidfuzz import fuzz

from knowledge.people.asked_words import AskedWord
from knowledge.people.bearers import NOBODY, Bearers
from knowledge.people.likeness import NEAR
from knowledge.people.name_parts import WORD, contradict, is_fit, middle, parts, suffix_of
from knowledge.people.name_words import has_patronymic_shape, is_a
from knowledge.people.names import fold, keys, readings
from knowledge.people.person import Person

Outcome = Literal["exact", "shared", "near", "stranger"]


def windows(words: Sequence[AskedWord]) -> Iterator[tuple[Sequence[AskedWord], AskedWord | None]]:
    """Yield two to four words side by side that may be a full name, longest first, and the word
    after them.

    Words that are used by the time their turn comes are left out.
    """
    for length in (4, 3, 2):
        for first in range(len(words) - length + 1):
            window = words[first : first + length]
            if any(w.is_used for w in window) or not all(w.is_adjacent for w in window[1:]):
                continue
            if first and window[0].is_adjacent and words[first - 1].is_initial:
                continue  # S. Bokayev of I. S. Bokayev
            yield window, words[first + length] if first + length < len(words) else None


# --- Who bears it ---------------------------------------------------------------------------------


def bearers_of(window: Sequence[AskedWord], bearers: Bearers) -> frozenset[int]:
    """Return the rows of those who bear the full name in `window`, given name or initial included.

    A patronymic or a second initial may stand in it; the first initial must fit.
    """
    initials = [word for word in window if word.is_initial]
    named = [word for word in window if not word.is_initial and word.bearers]
    rest = [word for word in window if not word.is_initial and not word.bearers]
    if not named or len(rest) > 1 or not all(_may_be_middle(w, window) for w in rest):
        return NOBODY
    if window[0] in rest:
        return NOBODY
    if rest and len(window) == 2:
        return frozenset(
            row for row in named[0].given if _bears_patronymic(rest[0].text, bearers.people[row])
        )
    if len(named) >= 2:
        return _of_given_name_and_more(named)
    return _of_initial_and_surname(initials[0], named[0], bearers) if initials else NOBODY


def _of_given_name_and_more(named: Sequence[AskedWord]) -> frozenset[int]:
    """Return the rows of those who bear all of `named`, at least one as a given name.

    None need be the last surname: Gabriel Garcia is short for Gabriel Garcia Marquez.
    """
    rows = frozenset.intersection(*(word.bearers for word in named))
    return frozenset(row for row in rows if any(row in w.given for w in named))


def _of_initial_and_surname(
    initial: AskedWord, surname: AskedWord, bearers: Bearers
) -> frozenset[int]:
    starts = _initial_keys(initial.text)
    return frozenset(
        row
        for row in surname.surname
        if any(given.startswith(starts) for given in _given_or_initials(bearers.people[row]))
    )


def _may_be_middle(word: AskedWord, window: Sequence[AskedWord]) -> bool:
    """Return whether `word` may be a patronymic or a further given name within `window`."""
    if has_patronymic_shape(word.text):
        return True
    is_within = word is not window[0] and word is not window[-1]
    return is_within and (word.is_capital or is_a(word.text, "given"))


def _bears_patronymic(word: str, person: Person) -> bool:
    return any(
        is_fit(word, other) for name in (person.name, *person.aliases) for other in middle(name)
    )


def _initial_keys(text: str) -> tuple[str, ...]:
    """Return what keys of given names with the initial `text` begin with: "zh" for Zh."""
    return tuple({fold(text), *keys(text)} - {""})


def _given_or_initials(person: Person) -> Iterator[str]:
    """Yield the keys of the given names of `person`, or of the initials that stand for them."""
    for name in (person.name, *person.aliases):
        given, _ = parts(name)
        first, *rest = given or WORD.findall(name)[:-1] or ("",)
        for reading in readings(first):
            yield " ".join([reading, *map(fold, rest)])


# --- Which of them --------------------------------------------------------------------------------


def outcome_of(rows: frozenset[int]) -> Outcome:
    """Return whether a name that `rows` bear is one person's, or shared."""
    return "exact" if len(rows) == 1 else "shared"


def told_apart(
    rows: frozenset[int], window: Sequence[AskedWord], bearers: Bearers
) -> tuple[Outcome, frozenset[int]]:
    """Return the outcome of the full name in `window`, and which of `rows` it means, who share its
    given name and surname.

    Another patronymic is another person's, unless it is so near that it may be a slip.
    """
    people = bearers.people
    asked = " ".join(word.text for word in window)
    suffix = next((word.suffix for word in window if word.suffix), "")
    meant = frozenset(row for row in rows if _may_be(asked, people[row]))
    if not meant:
        return _near_or_stranger(frozenset(row for row in rows if _is_slip(asked, people[row])))
    if suffix:
        of_suffix = frozenset(row for row in meant if suffix in _suffixes(people[row]))
        if not of_suffix:
            return _near_or_stranger(frozenset(r for r in meant if "" in _suffixes(people[r])))
        meant = of_suffix
    is_told_more = any(not w.bearers and not has_patronymic_shape(w.text) for w in window)
    if is_told_more and not any(w.is_initial for w in window):
        with_middle = frozenset(row for row in meant if _has_middle(people[row]))
        return (outcome_of(with_middle), with_middle) if with_middle else ("near", meant)
    return outcome_of(meant), meant


def _near_or_stranger(rows: frozenset[int]) -> tuple[Outcome, frozenset[int]]:
    return "near" if rows else "stranger", rows


def _may_be(asked: str, person: Person) -> bool:
    """Return whether nothing in the full name `asked` tells it from that of `person`."""
    return any(not contradict(asked, name) for name in (person.name, *person.aliases))


def _is_slip(asked: str, person: Person) -> bool:
    """Return whether a patronymic or further given name in `asked` is nearly one of `person`."""
    return any(
        fuzz.ratio(fold(one), fold(other)) >= NEAR
        for name in (person.name, *person.aliases)
        for one in middle(asked)
        for other in middle(name)
        if len(one) > 1 and len(other) > 1
    )


def _has_middle(person: Person) -> bool:
    return any(middle(name) for name in (person.name, *person.aliases))


def _suffixes(person: Person) -> set[str]:
    return {suffix_of(name) for name in (person.name, *person.aliases)}
