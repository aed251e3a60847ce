"""Puts words of mixed alphabets into one alphabet, if their stray letters look like those meant.

A page on which the first letter of Сергей is a Latin C looks like one on which it is not. So the
mended text reads as the page does, and is found by anyone who types what they see.
"""

import re

# Pairs that no reader tells apart in print. Y is not among the capitals, since it looks like У in
# Russian and like Ү in Kazakh; k, m, t and b look like к, м, т and в only as capitals.
_LATIN = "acehiopxyABCEHIKMOPTXëËəƏɵƟ"
_CYRILLIC = "асеһіорхуАВСЕНІКМОРТХёЁәӘөӨ"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)

_GREEK = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο"
_FROM_GREEK = str.maketrans(_GREEK, "ABEZHIKMNOPTYXo")
_PARTLY_GREEK = re.compile(rf"\b(?=[A-Za-z]*[{_GREEK}])(?=\w*[A-Za-z])[A-Za-z{_GREEK}]+\b")

_OF_LATIN = "A-Za-z\u00c0-\u024f\u0259\u0275"
_OF_CYRILLIC = "\u0400-\u052f"
_LATIN_LETTER = re.compile(rf"[{_OF_LATIN}]")
_CYRILLIC_LETTER = re.compile(rf"[{_OF_CYRILLIC}]")
_LETTER = re.compile(rf"[{_OF_LATIN}{_OF_CYRILLIC}]")
_WORD = re.compile(r"\w+")
_NUMERAL = re.compile(r"(?=.*[IVXІХ])[IVXLCDMІХСМ]+")
# iТунс, Xбокс: a Latin letter put before a word. No Russian or Kazakh word begins so.
_MEANT = re.compile(r"i[А-ЯЁ]|[Xx][бгджзкпсфхцчшщ]")


def mended(text: str) -> str:
    """Return `text` with every word of two alphabets put into the one that it belongs to.

    That is the alphabet of its letters without a look-alike; where all have one, that of most
    letters of `text`, or Latin for a Roman numeral. A word stays as it is if it has letters without
    a look-alike in both alphabets, or a digit (В2B).

    >>> mended("Cергей из Gооgle")
    'Сергей из Google'
    """
    if not (_LATIN_LETTER.search(text) and _CYRILLIC_LETTER.search(text)):
        return text
    is_cyrillic = 2 * len(_CYRILLIC_LETTER.findall(text)) >= len(_LETTER.findall(text))
    return _WORD.sub(lambda found: _mended_word(found[0], is_cyrillic), text)


def without_greek(text: str) -> str:
    """Return `text` with every word of Latin letters, and of Greek ones that look like them, put
    into Latin letters.

    >>> without_greek("Αsanοva, Ωmega, Αβ")
    'Asanova, Ωmega, Αβ'
    """
    return _PARTLY_GREEK.sub(lambda found: found[0].translate(_FROM_GREEK), text)


def _mended_word(word: str, is_cyrillic_text: bool) -> str:
    latin, cyrillic = _LATIN_LETTER.findall(word), _CYRILLIC_LETTER.findall(word)
    if not (latin and cyrillic) or len(latin) + len(cyrillic) < len(word) or _MEANT.match(word):
        return word
    is_latin = any(letter not in _LATIN for letter in latin)
    is_cyrillic = any(letter not in _CYRILLIC for letter in cyrillic)
    if is_latin and is_cyrillic:
        return word
    if _NUMERAL.fullmatch(word) or is_latin or not (is_cyrillic or is_cyrillic_text):
        return word.translate(_TO_LATIN)
    return word.translate(_TO_CYRILLIC)
