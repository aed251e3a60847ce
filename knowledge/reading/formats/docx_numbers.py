"""How Word writes the numbers of items: 3, iii, c, 3rd, 03."""

import re

from knowledge.reading.formats.docx_marks import UNTOLD
from knowledge.reading.formats.lists import roman
from knowledge.words.patterns import of_any, patterns

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = of_any("files", "russian_items")
_MOST_ROMAN = 32_767  # as in Word
_MOST_REPEATED = 30  # times that a letter is written, as in Word
_CHICAGO = "*†‡§"
_ENCLOSED = {
    "decimalEnclosedCircle": "①",
    "decimalEnclosedParen": "⑴",
    "decimalEnclosedFullstop": "⒈",
}
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def written(number: int, form: str, language: str) -> str:
    """Return `number` in `form`, a value of w:numFmt or "001" for numbers of so many digits;
    UNTOLD if it is a form that is not known here.
    """
    if re.fullmatch(r"0+1", form):
        return f"{number:0{len(form)}}"
    match form:
        case "decimal" | "decimalHalfWidth":
            return str(number)
        case "none" | "bullet":
            return ""
        case "decimalZero":
            return f"{number:02}"
        case "decimalFullWidth" | "decimalFullWidth2":
            return str(number).translate(_FULL_WIDTH)
        case "numberInDash":
            return f"- {number} -"
        case "hex":
            return f"{number:X}"
        case "ordinal":
            return _ordinal(number, language)
        case _:
            return _lettered(number, form)


def _lettered(number: int, form: str) -> str:
    match form:
        case "lowerLetter" | "russianLower" | "chicago":
            return _repeated(number, _alphabet(form))
        case "upperLetter" | "russianUpper":
            return _repeated(number, _alphabet(form)).upper()
        case "lowerRoman":
            return _roman(number)
        case "upperRoman":
            return _roman(number).upper()
        case _ if form in _ENCLOSED and 1 <= number <= 20:
            return chr(ord(_ENCLOSED[form]) + number - 1)
        case _:
            return UNTOLD


def _alphabet(form: str) -> str:
    if form == "chicago":
        return _CHICAGO
    return _RUSSIAN if form.startswith("russian") else _LATIN


def _repeated(number: int, letters: str) -> str:
    """Return the letter at `number`: after the last comes the first twice."""
    times, place = divmod(number - 1, len(letters))
    return letters[place] * (times + 1) if 0 <= times < _MOST_REPEATED else UNTOLD


def _roman(number: int) -> str:
    if not 1 <= number <= _MOST_ROMAN:
        return UNTOLD
    return roman(number)


def _ordinal(number: int, language: str) -> str:
    if ending := patterns("files").get(language[:2], {}).get("ordinal"):
        return f"{number}{ending}"
    if not language.startswith("en"):
        return UNTOLD
    place = 0 if number % 100 in {11, 12, 13} else number % 10
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(place, 'th') }"
