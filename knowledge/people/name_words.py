"""What a word is beside a name: a title, a body, a place, a given name, an ordinary word.

The lists are in `name_words.yaml`. What they hold is compared by folded keys without case endings,
so that активиста is активист. Shapes of words (surnames, patronymics, verbs) are rules here.
"""

import functools
import re
from pathlib import Path
from typing import Literal

import yaml

from knowledge.languages import by_language
from knowledge.people.names import fold, keys

Kind = Literal["titles", "bodies", "places", "peoples", "given", "ordinary", "particles"]

_BESIDE_NAMES: tuple[Kind, ...] = ("ordinary", "titles", "bodies", "peoples")
# Shapes of folded keys. -in and -an alone are too common in other words to prove a surname.
_SURNAME = re.compile(
    r".{2,}(?:[oe]va?|ski|skaia|enko|chuk|iuk|uli|kizi|khizi|ogli|oglu|shvili|dze|zade|bek|zhan"
    r"|[aeo]lni|[aeo]lnaia|sson|stein|berg|aite|iene)$"
)
_PATRONYMIC = re.compile(
    r".{2,}(?:[oeiua]vi?ch|ich|[oe]vna|ichna|[iu]vna|uli|kizi|khizi|ogli|oglu)$"
)
_POSSESSIVE = re.compile(r"['’]s?$")
# Shapes of words in lower case that stand by a name. Some names end as verbs do (Ahmed, Ақан), so
# the second kind tells only after a surname, where verbs stand.
_NOUN_OR_ADJECTIVE = re.compile(
    r".{3,}(?:tion|ment|ness|ship|ing|ous|ful|less|able|ible|ism|ity"
    r"|ность|ности|ение|ения|ание|ания|ный|ного|ному|ённый|енный|анный|ный|ная|ную)$"
)
_VERB = re.compile(
    r".{2,}(?:ed|ly|ть|ться|ется|ются|ует|уют|ают|яют|ился|илась|или|али|ого|ому|ыми"
    r"|лды|лді|лған|лген|ған|ген|қан|кен|дады|деді|лады|леді|йды|йді|лар|лер|дар|дер"
    r"|тар|тер|сын|сін|уда|уде|шы|ші)$"
)


def is_a(word: str, kind: Kind) -> bool:
    """Return whether `word`, in any case and inflected, is among the words of `kind`."""
    lower = word.lower()
    if kind == "peoples":
        return lower.startswith(_peoples())
    words, folded = _lists()[kind]
    # English is compared letter by letter: Court folds to the name Kurt.
    if _POSSESSIVE.sub("", lower) in words:
        return True
    if kind == "given":  # Jean-Claude is, by either half
        return any(key in folded for part in (lower, *lower.split("-")) for key in keys(part))
    if lower.isascii():
        return False
    return any(key in folded for key in keys(lower))


def is_listed_given(key: str) -> bool:
    """Return whether `key` is that of a given name listed, in its basic form."""
    return key in _lists()["given"][1]


def is_ordinary(word: str) -> bool:
    """Return whether `word`, or what an English plural is of, is a listed word that is no part of a
    name when in lower case.
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
    """Return whether `word` ends as surnames do: Bokayev, Навального, Порошенко, Atabek."""
    return any(_SURNAME.match(key) for key in keys(word))


def has_patronymic_shape(word: str) -> bool:
    """Return whether `word` ends as patronymics do: Бейбитовичем, Beibituly, Сериковна."""
    return any(_PATRONYMIC.match(key) for key in keys(word))


@functools.cache
def _lists() -> dict[Kind, tuple[frozenset[str], frozenset[str]]]:
    """Return of each kind its words, and the keys of those that are compared by key."""
    lists = yaml.safe_load(Path(__file__).with_name("name_words.yaml").read_text("utf-8"))
    return {
        kind: (
            frozenset(words.split()),
            frozenset(fold(w) for w in words.split() if kind == "given" or not w.isascii()),
        )
        for kind, words in lists.items()
    }


@functools.cache
def _peoples() -> tuple[str, ...]:
    lists = yaml.safe_load(Path(__file__).with_name("name_words.yaml").read_text("utf-8"))
    return tuple(lists["peoples"].split())


@functools.cache
def _stop_words() -> frozenset[str]:
    lists = by_language("stop_words").values()
    return frozenset(word for own in lists for word in own["words"].split())
