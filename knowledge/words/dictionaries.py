"""Which words a language has, by lists that packages bring.

English ones come with symspellpy (the words of SCOWL that are in Google's books), forms of Russian
ones with pymorphy3 (OpenCorpora). No package brings Kazakh ones that we may pass on.
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

    `has` says whether a word, as `lexical.words` gives it, is one. `commonness` has the natural
    logarithm of the share of all words, where the list has counts.
    """

    has: Callable[[str], bool]
    commonness: Mapping[str, float] = field(default_factory=dict)


@functools.cache
def dictionary(language: str) -> Dictionary | None:
    """Return the words of `language`; None if there is no list of them.

    The first call for a language loads its list: a second at most, and 15 MB.
    """
    load = _LISTS.get(language)
    return load() if load else None


def has_word(word: str) -> bool:
    """Return whether any language with a list has `word`, as `lexical.words` gives it."""
    return any(found.has(word) for found in map(dictionary, _LISTS) if found is not None)


@functools.lru_cache(1 << 14)
def given_names_of(word: str) -> tuple[str, ...]:
    """Return the basic forms, in lower case, of the Russian given names that `word` may be of; none
    if it may be of a place: Almaty.
    """
    parses = _parses(word)
    if any("Geox" in parse.tag for parse in parses):
        return ()
    return tuple(dict.fromkeys(parse.normal_form for parse in parses if "Name" in parse.tag))


def is_mere_word(word: str) -> bool:
    """Return whether Russian has `word`, and as no form of a name."""
    parses = _parses(word)
    return bool(parses) and not any(
        grammeme in parse.tag for parse in parses for grammeme in ("Name", "Surn", "Patr")
    )


def is_in_english(word: str) -> bool:
    """Return whether English has `word`, in small letters, be it a name as well: mark, grace."""
    known = dictionary("en")
    return known is not None and known.has(word)


def letters(language: str) -> str:
    """Return the small letters of `language`, but those that `lexical.words` makes others."""
    own = by_language("letters").get(language)
    return "".join(dict.fromkeys(own["alphabet"].translate(YO))) if own else ""


def given_name_of(word: str) -> tuple[str, bool] | None:
    """Return the basic form, in lower case, of the Russian given name that `word` is a case of, and
    whether it is a woman's; None where `word` is none, or may be several, or a basic form.
    """
    names = [parse for parse in _parses(word) if "Name" in parse.tag and parse.tag.number == "sing"]
    meant = {(parse.normal_form, parse.tag.gender == "femn") for parse in names}
    if len(meant) != 1 or any(parse.tag.case == "nomn" for parse in names):
        return None
    return meant.pop()


def _parses(word: str) -> "list[Parse]":
    """Return what forms of Russian words `word` may be, in any case of its letters."""
    return [parse for parse in _analyzer().parse(word.lower()) if parse.is_known]


@functools.cache
def _analyzer() -> "MorphAnalyzer":
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


def _english() -> Dictionary:
    text = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt").read_text("utf-8-sig")
    counts = {word: int(count) for word, count in map(str.split, text.splitlines())}
    total = sum(counts.values())
    shares = {word: math.log(count / total) for word, count in counts.items()}
    return Dictionary(shares.__contains__, shares)


def _russian() -> Dictionary:
    return Dictionary(_analyzer().word_is_known)


_LISTS: Mapping[str, Callable[[], Dictionary]] = {"en": _english, "ru": _russian}
