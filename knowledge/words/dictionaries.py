"""Which words a language has, by the word lists of installed packages.

The English list comes with symspellpy (the words of SCOWL that occur in Google Books), the forms of
Russian words with pymorphy3 (OpenCorpora). No package has a Kazakh list that we may redistribute.
"""

import functools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING

from knowledge.languages import by_language
from knowledge.words.lexical import YO

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.analyzer import Parse


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The words of a language.

    `has` tells whether a word, as `lexical.words` gives it, is among them. `commonness` maps a word
    to the natural logarithm of its relative frequency; it is empty where the list has no counts.
    """

    has: Callable[[str], bool]
    commonness: Mapping[str, float] = field(default_factory=dict)


@functools.cache
def dictionary(language: str) -> Dictionary | None:
    """Return the dictionary of `language`; None if there is no list of its words.

    The first call for a language loads its list, which takes a second at most, and 15 MB.
    """
    load = _LISTS.get(language)
    return load() if load else None


def has_word(word: str) -> bool:
    """Return whether any dictionary has `word`, as `lexical.words` gives it."""
    return any(known.has(word) for known in map(dictionary, _LISTS) if known is not None)


@functools.lru_cache(1 << 14)
def given_names_of(word: str) -> tuple[str, ...]:
    """Return the base forms, in lower case, of the Russian given names that `word` may stand for.

    Return none if it may be a form of a place name: Almaty.
    """
    parses = _parses(word)
    if any("Geox" in parse.tag for parse in parses):
        return ()
    return tuple(dict.fromkeys(parse.normal_form for parse in parses if "Name" in parse.tag))


def is_mere_word(word: str) -> bool:
    """Return whether `word` is a Russian word, and no form of a person's name."""
    parses = _parses(word)
    return bool(parses) and not any(
        grammeme in parse.tag for parse in parses for grammeme in ("Name", "Surn", "Patr")
    )


def is_in_english(word: str) -> bool:
    """Return whether English has `word`, in lower case, even if it is a name too: mark, grace."""
    known = dictionary("en")
    return known is not None and known.has(word)


def letters(language: str) -> str:
    """Return the letters of `language` that `lexical.words` uses; "" if they are not known."""
    entry = by_language("letters").get(language)
    return "".join(dict.fromkeys(entry["alphabet"].translate(YO))) if entry else ""


def given_name_of(word: str) -> tuple[str, bool] | None:
    """Return the base form, in lower case, of the Russian given name that `word` is an inflected
    form of, and whether it is a woman's name.

    None if `word` is no such form, may be one of several names, or may be a base form itself.
    """
    names = [parse for parse in _parses(word) if "Name" in parse.tag and parse.tag.number == "sing"]
    meant = {(parse.normal_form, parse.tag.gender == "femn") for parse in names}
    if len(meant) != 1 or any(parse.tag.case == "nomn" for parse in names):
        return None
    return meant.pop()


def _parses(word: str) -> "list[Parse]":
    """Return the forms of Russian words that `word` may be; upper and lower case are alike."""
    parses: list[Parse] = _analyzer().parse(word.lower())
    return parses


@functools.cache
def _analyzer() -> "MorphAnalyzer":
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.units import DictionaryAnalyzer

    # Only words of the dictionary are wanted here. The package's units that guess at other words
    # take longer, and one fails on a letter that Python's Unicode tables do not name (Tangut).
    return MorphAnalyzer(lang="ru", units=[DictionaryAnalyzer()])


def _english() -> Dictionary:
    text = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt").read_text("utf-8-sig")
    counts = {word: int(count) for word, count in map(str.split, text.splitlines())}
    total = sum(counts.values())
    shares = {word: math.log(count / total) for word, count in counts.items()}
    return Dictionary(shares.__contains__, shares)


def _russian() -> Dictionary:
    return Dictionary(_analyzer().word_is_known)


_LISTS: Mapping[str, Callable[[], Dictionary]] = {"en": _english, "ru": _russian}
