"""What a word is beside a name: a title, a body, a place, a given name, an ordinary word.

The lists are in the `name_words.yaml` of each language. Their words are compared by folded keys
without case endings, so that a word is known in all its cases. Shapes of words (surnames,
patronymics, verbs) are in `names.yaml`.
"""

import functools
import re
from typing import Literal, get_args

from knowledge.languages import words_of_all
from knowledge.people.names import fold, keys
from knowledge.words.patterns import of_any

Kind = Literal["titles", "bodies", "places", "peoples", "given", "ordinary", "particles"]

_BESIDE_NAMES: tuple[Kind, ...] = ("ordinary", "titles", "bodies", "peoples")
# Shapes of folded keys. -in and -an alone are too common in other words to prove a surname.
_SURNAME = re.compile(rf".{{2,}}(?:{of_any('names', 'surnames')})$")
_PATRONYMIC = re.compile(rf".{{2,}}(?:{of_any('names', 'patronymics')})$")
_POSSESSIVE = re.compile(r"['’]s?$")
_APOSTROPHE = re.compile(r"['’]")
# Shapes of words in lower case beside a name. Some names end as verbs do, so the shape of a verb
# tells only after a name, where verbs stand.
_NOUN_OR_ADJECTIVE = re.compile(rf".{{3,}}(?:{of_any('names', 'nouns')})$")
_VERB = re.compile(rf".{{2,}}(?:{of_any('names', 'verbs')})$")


def is_a(word: str, kind: Kind) -> bool:
    """Return whether `word`, inflected or not, in upper or lower case, is a word of `kind`."""
    lower = word.lower()
    if kind == "peoples":
        return lower.startswith(words_of_all("name_words", "peoples"))
    words, folded = _lists()[kind]
    # English is compared letter by letter: Court folds to the name Kurt. The list has isnt.
    if not words.isdisjoint((_POSSESSIVE.sub("", lower), _APOSTROPHE.sub("", lower))):
        return True
    if kind == "given":
        # Freed is none, though it folds to the name Farid.
        if lower.isascii() and any(lower in _lists()[one][0] for one in _BESIDE_NAMES):
            return False
        # Jean-Claude is one by either half.
        return any(key in folded for part in (lower, *lower.split("-")) for key in keys(part))
    if lower.isascii():
        return False
    return any(key in folded for key in keys(lower))


def is_listed_given(key: str) -> bool:
    """Return whether `key` is that of a listed given name in its base form."""
    return key in _lists()["given"][1]


def is_ordinary(word: str) -> bool:
    """Return whether `word`, or the singular of an English plural, is listed as a word that is no
    part of a name when in lower case.
    """
    forms = {word, word.removesuffix("s")} if word.isascii() and word.islower() else {word}
    return word.lower() in _stop_words() or any(
        is_a(form, kind) for form in forms for kind in _BESIDE_NAMES
    )


def has_ordinary_shape(word: str, *, after_name: bool) -> bool:
    """Return whether `word`, in lower case beside a name, ends as nouns, adjectives or verbs do."""
    lower = word.lower()
    return _NOUN_OR_ADJECTIVE.match(lower) is not None or (
        after_name and _VERB.match(lower) is not None
    )


def is_stop_word(word: str) -> bool:
    """Return whether `word` is a stop word of any language the bot speaks."""
    return word.lower() in _stop_words()


def has_surname_shape(word: str) -> bool:
    """Return whether `word` ends as surnames do, in any case: Bokayev, Atabek."""
    return any(_SURNAME.match(key) for key in keys(word))


def has_patronymic_shape(word: str) -> bool:
    """Return whether `word` ends as patronymics do, in any case: Beibituly."""
    return any(_PATRONYMIC.match(key) for key in keys(word))


@functools.cache
def _lists() -> dict[Kind, tuple[frozenset[str], frozenset[str]]]:
    """Return, for each kind, its words, and the keys of those that are compared by key."""
    lists: dict[Kind, tuple[str, ...]] = {
        kind: words_of_all("name_words", kind) for kind in get_args(Kind)
    }
    return {
        kind: (
            frozenset(words),
            frozenset(fold(word) for word in words if kind == "given" or not word.isascii()),
        )
        for kind, words in lists.items()
    }


@functools.cache
def _stop_words() -> frozenset[str]:
    return frozenset(words_of_all("stop_words", "words"))
