"""The words of a question, each with what tells whether it names somebody.

That is its keys and who bears them, its capital, whether it is an initial, and whether it stands
beside the word before.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from knowledge.languages import words_of_all
from knowledge.people.bearers import Bearers, rows_of
from knowledge.people.name_parts import WORD, begins_with_capital, joins, suffix_after
from knowledge.people.name_words import has_patronymic_shape, is_a, is_ordinary, is_stop_word
from knowledge.people.names import given_keys, keys

_SMALL_IN_TITLES = {
    "a",
    "an",
    "and",
    "at",
    "by",
    "for",
    "from",
    "in",
    "of",
    "on",
    "or",
    "the",
    "to",
}
_PARTICLES_IN_CAPITALS = {"Bin", "Ibn", "Van", "Von", "Der", "De", "La", "Del"}
_LONG_INITIALS = frozenset(words_of_all("names", "initials"))  # of two or three letters: Zh
_ONE_LETTER_WORDS = frozenset(words_of_all("letters", "words"))


@dataclass(slots=True)
class AskedWord:
    """A word of a question, and what is known of it.

    `given` and `surname` are the rows of those who bear it as such.
    """

    text: str
    start: int
    end: int
    keys: tuple[str, ...]
    given: frozenset[int]
    surname: frozenset[int]
    is_capital: bool
    is_initial: bool
    is_adjacent: bool  # to the word before, with only space between
    is_used: bool = False  # by a name already found
    suffix: str = ""  # that follows it and tells a son from his father: "jr"
    lead: int = 0  # where it begins with its particles: at the "bin" of bin Laden

    @property
    def bearers(self) -> frozenset[int]:
        """The rows of those who bear it as a given name or a surname."""
        return self.given | self.surname


@dataclass(frozen=True, slots=True)
class AskedWords:
    """The `words` of the question `text`, and whether its capitals tell names from other words."""

    text: str
    words: list[AskedWord]
    has_case: bool


def read_words(question: str, bearers: Bearers) -> AskedWords:
    """Return the words of `question`.

    A particle, a "Jr." or the "uly" of Bolat uly is part of the word that it belongs to.
    """
    matches = list(WORD.finditer(question))
    has_case = _has_case([match.group() for match in matches])
    words = _words(question, matches, has_case, bearers)
    for first, second, third in zip_longest(words, words[1:], words[2:]):
        if second is not None and _is_inverted(question, first, second, third):
            second.is_adjacent = True
    return AskedWords(question, words, has_case)


def is_all_asked_about(word: AskedWord, words: Sequence[AskedWord]) -> bool:
    """Return whether every other one of `words` is ordinary, or used by a name already found."""
    return all(other is word or other.is_used or is_ordinary(other.text) for other in words)


# --- One word after another -----------------------------------------------------------------------


def _words(
    question: str, matches: Sequence[re.Match[str]], has_case: bool, bearers: Bearers
) -> list[AskedWord]:
    words: list[AskedWord] = []
    lead = -1
    for place, match in enumerate(matches):
        before = words[-1] if words else None
        if before is not None and match.start() < before.end:
            continue  # the "Jr." of the word before
        text = match.group()
        after = matches[place + 1].group() if place + 1 < len(matches) else ""
        is_beside = before is not None and question[before.end : match.start()].isspace()
        if before is not None and is_beside and joins(text) and _may_be_father(before, has_case):
            _join_patronymic(before, match, bearers)
            continue
        is_within = before is not None and before.is_capital and is_beside
        if _is_particle(text, after, has_case, is_within=is_within):
            lead = match.start() if lead < 0 else lead
            continue
        word = _word(question, match, before, has_case, bearers)
        word.lead, lead = (match.start() if lead < 0 else lead), -1
        words.append(word)
    return words


def _word(
    question: str,
    match: re.Match[str],
    before: AskedWord | None,
    has_case: bool,
    bearers: Bearers,
) -> AskedWord:
    """Return the word of `question` that `match` found, after the word `before`."""
    text = match.group()
    word_keys = keys(text)
    word = AskedWord(
        text,
        match.start(),
        match.end(),
        word_keys,
        rows_of(bearers.given, given_keys(text)),
        rows_of(bearers.surname, word_keys),
        begins_with_capital(text) and has_case and not _is_abbreviation(text),
        _is_initial(text, question[match.end() : match.end() + 1], has_case),
        before is not None and _is_adjacent(question[before.end : match.start()], before),
    )
    if word.is_adjacent:
        word.suffix, word.end = suffix_after(question, match.end())
    return word


def _is_adjacent(gap: str, before: AskedWord) -> bool:
    """Return whether the `gap` after `before` has only space and particles in it, or the full stop
    of an initial.
    """
    between = [word for word in gap.split() if not is_a(word, "particles")]
    return (not between and gap != "" and "\n" not in gap) or (
        before.is_initial and gap.strip() == "." and len(gap) < 3
    )


def _may_be_father(word: AskedWord, has_case: bool) -> bool:
    """Return whether `word` may be the father's name in a patronymic, which a "whose" is not."""
    if has_case and not word.is_capital:
        return False
    return bool(word.given) or not is_stop_word(word.text)


def _join_patronymic(word: AskedWord, match: re.Match[str], bearers: Bearers) -> None:
    """Make `word` a patronymic, with what follows it: Bolat uly."""
    word.text, word.end = word.text + match.group(), match.end()
    word.keys = keys(word.text)
    word.given = rows_of(bearers.given, word.keys)
    word.surname = rows_of(bearers.surname, word.keys)


def _is_inverted(
    question: str, first: AskedWord, second: AskedWord, after: AskedWord | None
) -> bool:
    """Return whether "Bokayev, Max" names one person, surname first, rather than two."""
    if question[first.end : second.start] != ", " or not first.surname or first.given:
        return False
    if after is not None and after.is_adjacent and (after.surname or after.is_capital):
        is_more = has_patronymic_shape(after.text) or after.is_initial
        if not is_more:
            return False  # Bokayev, Aron Atabek
    return (
        bool(first.surname & second.given)
        or second.is_initial
        or (not second.surname and is_a(second.text, "given"))
    )


# --- What a word is -------------------------------------------------------------------------------


def _is_particle(text: str, after: str, has_case: bool, *, is_within: bool) -> bool:
    """Return whether `text` is a particle within a name, as the "bin" of Osama bin Laden."""
    return (
        (text.islower() or (is_within and text in _PARTICLES_IN_CAPITALS))
        and is_a(text, "particles")
        and after != ""
        and (not has_case or begins_with_capital(after) or is_a(after, "particles"))
    )


def _has_case(words: Sequence[str]) -> bool:
    """Return whether capitals tell names in `words`: not in a title, nor if all words or none are
    in capitals.
    """
    if len(words) > 1 and all(word.isupper() for word in words):
        return False
    small = [word for word in words if not word[0].isupper()]
    if len(small) == len(words):
        return False
    return len(words) < 5 or not _SMALL_IN_TITLES.issuperset(small)


def _is_abbreviation(text: str) -> bool:
    """Return whether `text` is all in capitals, but for an ending after a hyphen."""
    return len(text) > 1 and text.split("-")[0].isupper() and len(text.split("-")[0]) > 1


def _is_initial(text: str, following: str, has_case: bool) -> bool:
    if following == ".":
        return len(text) == 1 or text in _LONG_INITIALS
    return has_case and len(text) == 1 and text.isupper() and text.lower() not in _ONE_LETTER_WORDS
