"""Raised and lowered text: numbers of notes are left out, all else is read as it is shown.

A page shows 85⁴ where its text is "85" and "4": read on one line that would be 854.
"""

import re

from knowledge.languages import words_of_all
from knowledge.words.patterns import of_any

# Figures and signs of sums, as all formats have them; which letters are set so too is their own.
RAISED_FIGURES = str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")
LOWERED_FIGURES = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
RAISED_LETTERS = str.maketrans("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
_RAISED = RAISED_FIGURES | RAISED_LETTERS
_LOWERED = LOWERED_FIGURES | str.maketrans("aehijklmnoprstuvx", "ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_UNRAISED = re.compile(r"[0-9A-Za-z\u0410-\u044f\u0451/\s]")  # no Unicode letter stands for these
_SIGNS = {**dict.fromkeys(words_of_all("files", "trade_mark"), "™"), "sm": "℠"}
# What a note is marked with: a number, several, one in brackets, stars and daggers.
_NOTES = re.compile(
    r"[*†‡§¶#]+|\[\s*(?:\d{1,3}|[a-z\u0430-\u044f]{1,4}"
    rf"|(?:{of_any('files', 'note_marks')}) \d+)\s*\]|\(?\d{{1,3}}\)"
    r"|\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*",
    re.IGNORECASE,
)
_LINKED_NOTE = re.compile(rf"{_NOTES.pattern}|[\[(]?[a-z\u0430-\u044f]{{1,2}}[\])]?", re.IGNORECASE)
_CERTAIN = re.compile(r"[*†‡§¶#]+|\[.*\]|\d+(?:\s*[,;]\s*\d+)+")
_UNIT = re.compile(rf"(?:^|[\W\d_])(?:{of_any('files', 'units')})$")
_BRACKETED_WORD = re.compile(r"[^\W\d_]{3}[^()]*\)$")  # no sum raised to a power
_NUMBER = re.compile(r"\d+(?:[.,\s]\d+)*$")
_MATHS = re.compile(r"\s*[+−=×·*/^<>≤≥≈±]|\s+-\s")
_MATHS_BEFORE = re.compile(r"[+−=×·*/^<>≤≥≈±]\s*\d+$")


def raised(text: str, before: str, after: str) -> str:
    """Return what is read for `text`, raised between `before` and `after`, which is no note."""
    if text.lower() in _SIGNS:
        return _SIGNS[text.lower()]
    found = re.search(r"\w+$", before)
    word = found[0] if found else ""
    if text.isalpha() and word and (len(text) > 1 or not text.isascii()):
        is_ending = word[-1].isdigit() and len(text) <= 4  # 1st
        is_short = len(word) <= 2 and len(text) <= 4  # Mlle
        return text if is_ending or is_short else f" {text} "
    if re.fullmatch(r"[-–][\u0430-\u044f]{1,3}", text):  # 5-th, in Russian
        return text
    figures = text.translate(_RAISED)
    if not _UNRAISED.search(figures):
        return figures + (" " if not before.strip() and after[:2].isalpha() else "")
    if " " not in text and len(text) <= 12 and re.search(r"[\w)]$", before):
        return f"^({text})"
    return f" {text} "


def power(text: str) -> str:
    """Return what is read for `text` as the exponent in a formula: ², ^(x/2)."""
    figures = text.translate(_RAISED)
    return f"^({text})" if _UNRAISED.search(figures) else figures


def lowered(text: str) -> str:
    """Return what is read for `text` set low: H₂O."""
    figures = text.translate(_LOWERED)
    if not re.search(r"[0-9A-Za-z]", figures):
        return figures
    return text if len(text) <= 6 and " " not in text else f" {text} "


class NoteNumbers:
    """Tells the numbers of notes from powers, by those before them and by the notes themselves.

    Numbers of notes go up by one: after note 3, the 4 in 85⁴ is a note's, whereas that of 10⁴ is
    not. What stays in doubt is read as it is shown, which is never false.
    """

    def __init__(self, defined: frozenset[str]) -> None:
        """Begin a page, in which paragraphs begin with the raised numbers `defined`."""
        self._defined = defined
        self._last = 0

    def is_note(self, text: str, before: str, after: str, *, is_linked: bool) -> bool:
        """Return whether `text`, raised between `before` and `after`, marks a note."""
        pattern = _LINKED_NOTE if is_linked else _NOTES
        if not before.strip() or not pattern.fullmatch(text):
            return False
        is_one = is_linked or _CERTAIN.fullmatch(text) is not None
        is_one = is_one or self._follows(text, before, after)
        if is_one and (numbers := re.findall(r"\d+", text)):
            self._last = int(numbers[-1])
        return is_one

    def _follows(self, number: str, before: str, after: str) -> bool:
        if before[-1].isspace():
            if after[:1].isalpha():
                return False  # ¹⁴C
            before = before.rstrip()
        is_expected = number in self._defined or number == str(self._last + 1)
        if found := _NUMBER.search(before):
            if found[0] in {"2", "10"} or _MATHS.match(after) or _MATHS_BEFORE.search(before):
                return False
            is_long = re.search(r"\d{4}$|\s\d{3}$", found[0]) is not None
            return is_long or is_expected
        word = re.search(r"\w+$", before)
        if word is None:
            return before[-1] not in ")]}|" or _BRACKETED_WORD.search(before) is not None
        if _UNIT.search(before) or len(word[0]) < 3 or re.search(r"\d", word[0]):
            return False
        return not word[0].isupper() or is_expected
