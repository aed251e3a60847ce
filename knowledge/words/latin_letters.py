"""Russian and Kazakh typed in Latin letters, put back into their own: kto takoy for кто такой.

Which of the two it is, `detection.py` tells. Kazakh comes back as it is typed on a Russian
keyboard, whose letters `typed_letters.py` then puts right.
"""

import re
import unicodedata
from collections.abc import Mapping

from knowledge.words.detection import typed_in_latin

_BOTH = {
    "shch": "щ", "sh": "ш", "ch": "ч", "zh": "ж", "kh": "х", "yo": "ё", "yu": "ю", "ya": "я",
    "a": "а", "b": "б", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "х", "i": "и", "j": "ж",
    "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "к", "r": "р", "s": "с",
    "t": "т", "u": "у", "v": "в", "x": "х", "y": "ы", "z": "з",
}  # fmt: skip
_LETTERS: Mapping[str, Mapping[str, str]] = {
    "ru": _BOTH | {"ts": "ц", "c": "ц", "w": "в", "jo": "ё", "ju": "ю", "ja": "я"},
    "kk": _BOTH | {"gh": "г", "c": "с", "w": "у"},
}
# After a vowel; "i" is one too in Kazakh, and at the end of a Russian word.
_SHORT_I = {
    "ru": re.compile(r"(?<=[aeiou])[yj](?![aou])|(?<=[aeoy])i\b"),
    "kk": re.compile("(?<=[aeiou])[yj](?![aou])|(?<=[aeou])i"),
}
_YE = re.compile(r"(?:\b|(?<=[aeiou]))ye")
_SOFT = re.compile("(?<=[bcdfghklmnprstvz])['`\u2019](?![a-z]*['`\u2019]?s\\b)")
_LONGEST = max(map(len, _BOTH))
_WORD = re.compile(r"(?<![\w@/.])[^\W\d_]+(?:['`’][^\W\d_]+)*['`’]?(?![\w@/])")


def in_own_letters(text: str) -> str:
    """Return `text` in Cyrillic letters if it is Russian or Kazakh in Latin ones; else as it is.

    Abbreviations, links and what is in Cyrillic letters already stay.

    >>> in_own_letters("kto takoy Maks Bokaev, iz ODF?"), in_own_letters("who is he?")
    ('кто такой Макс Бокаев, из ODF?', 'who is he?')
    """
    language = typed_in_latin(text)
    if language is None:
        return text
    return _WORD.sub(lambda word: _in_cyrillic(word.group(), language), text)


def _in_cyrillic(word: str, language: str) -> str:
    if len(word) > 1 and word.isupper():
        return word
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", word.lower().replace("ı", "y"))
        if not unicodedata.combining(letter)
    )
    if not bare[:1].isascii():
        return word
    read = _SOFT.sub("ь", _SHORT_I[language].sub("й", _YE.sub("e", bare)))
    letters, place = [], 0
    while place < len(read):
        size = next(
            (n for n in range(_LONGEST, 0, -1) if read[place : place + n] in _LETTERS[language]), 0
        )
        letters.append(_LETTERS[language].get(read[place : place + size], read[place]))
        place += max(size, 1)
    cyrillic = "".join(letters)
    return cyrillic.capitalize() if word[0].isupper() else cyrillic
