"""Whether a Slavic surname, or a pronoun, is a woman's or a man's."""

import re
from typing import Literal

Gender = Literal["woman", "man"]

_WOMAN = re.compile(r"(?:[oe]va|ina|aya|aia|ова|[её]ва|ина|ая)$", re.IGNORECASE)
_MAN = re.compile(r"(?:[oe]vs?|[oe]ff|in|iy|yi|sky|ов|[её]в|ин|ий)$", re.IGNORECASE)
_SHE = re.compile(r"she|hers?|она|е[её]|не[её]|ей|ней", re.IGNORECASE)
_HE = re.compile(r"he|him|his|он|его|него|ему|нему|ним|н[её]м", re.IGNORECASE)


def gender_of(name: str) -> Gender | None:
    """Return whether the surname that ends `name` is a woman's or a man's; None if it may be both.

    >>> gender_of("Aigul Akberdiyeva"), gender_of("Maks Bokayev"), gender_of("Julie Ward")
    ('woman', 'man', None)
    """
    if _WOMAN.search(name):
        return "woman"
    return "man" if _MAN.search(name) else None


def gender_meant(pronoun: str) -> Gender | None:
    """Return whether `pronoun` stands for a woman or a man; None for Kazakh, which tells neither."""
    if _SHE.fullmatch(pronoun):
        return "woman"
    return "man" if _HE.fullmatch(pronoun) else None
