"""Text whose encoding nothing states: read if only one encoding makes sense of it, else refused.

The libraries that guess encodings were wrong on 3 to 27 of 100 short Russian texts, and none says
how sure it is. So here every way to read a text is weighed: by how frequent its letters are in
Russian or Kazakh, whether its words are written as words are, and whether marks stand where marks
do.
"""

import re
from itertools import groupby

from knowledge.languages import words_of_all

# How much rarer files in it are, as a logarithm. Without the last two, which are hardly ever met,
# their texts would be taken for windows-1251.
_ENCODINGS = {
    **dict.fromkeys(("cp1251", "kz1048", "ptcp154", "koi8-r", "cp866"), 0.0),
    **dict.fromkeys(("mac-cyrillic", "iso8859-5"), -6.0),
}
_LETTERS = words_of_all("letters", "by_frequency")
_COMMON = {  # logarithms, near what texts of both languages have: the first is 11 %, the last 0.4 %
    letter: tuple(
        -2.2 - 0.1 * order.find(letter) if letter in order else -12.0 for order in _LETTERS
    )
    for letter in set("".join(_LETTERS))
}
_MARKS = "«»„“”‘’–—…№§°\u00a0\u00ad•"
_WORDS_OF_ONE_LETTER = words_of_all("letters", "words")
# What each of these costs, as a logarithm.
_MARK, _MARK_OUT_OF_PLACE, _OTHER_SIGN = -4.0, -12.0, -12.0
_QUOTE_LEFT_OPEN = -8.0
_OF_CAPITALS, _OF_ONE_LETTER, _OF_BOTH_CASES, _OF_BOTH_ALPHABETS = -1.5, -5.0, -9.0, -12.0
_LEAST = -4.2  # on average: random letters have less
_SURE = 8.0  # the next best reading is exp(8), 3,000 times, less likely
_FEWEST = 6  # letters or marks: fewer prove nothing
_WEIGHED = 100_000  # bytes

_CHUNK = re.compile(rb"[\x21-\xff]*[\x80-\xff][\x21-\xff]*")
_WORD = re.compile(r"[^\W\d_]+")
_PLAIN = re.compile(
    rf"[\t\n\r\x0c -~{_MARKS}©®™€±×\u0401\u0406\u0410-\u044f\u0451\u0456"
    r"\u0492\u0493\u049a\u049b\u04a2\u04a3\u04ae-\u04b1\u04ba\u04bb\u04d8\u04d9\u04e8\u04e9]*+"
)


def guessed(data: bytes) -> str | None:
    """Return the text of `data`, which is no UTF-8; None if that is not sure."""
    sample = _sample(data)
    likelihoods = {
        encoding: _likelihood(text) + rarity
        for encoding, rarity in _ENCODINGS.items()
        if (text := _decoded(sample, encoding)) is not None
    }
    best = max(likelihoods, key=lambda encoding: likelihoods[encoding], default="")
    read = _decoded(data, best) if best else None
    strange = sum(byte > 0x7F for byte in sample)
    if strange < _FEWEST or read is None or likelihoods[best] < _LEAST * strange:
        return None
    rivals = (each for each, value in likelihoods.items() if likelihoods[best] - value < _SURE)
    return read if all(_decoded(data, rival) in {read, None} for rival in rivals) else None


def utf_16(data: bytes) -> str | None:
    """Return the text of `data` if it is UTF-16 that does not say so; None if it is not."""
    readings = {_decoded(data, encoding) for encoding in ("utf-16-le", "utf-16-be")}
    plain = [text for text in readings if text and _PLAIN.fullmatch(text)]
    return plain[0] if len(plain) == 1 else None


def _sample(data: bytes) -> bytes:
    """Return what is not ASCII in `data`, with what touches it, each but once."""
    chunks = dict.fromkeys(found[0] for found in _CHUNK.finditer(data))
    return b" ".join(chunks)[:_WEIGHED]


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _likelihood(text: str) -> float:
    """Return the logarithm of how likely `text` is, as far as it is not ASCII."""
    found = [_COMMON[letter] for letter in text.lower() if letter in _COMMON]
    letters = max(map(sum, zip(*found, strict=True))) if found else 0.0
    signs = sum(
        _cost_of_sign(before, sign, after)
        for before, sign, after in zip(" " + text, text, text[1:] + " ", strict=False)
        if not sign.isascii() and sign.lower() not in _COMMON
    )
    is_open = any(
        opening in text and not any(closing in text for closing in closings)
        for opening, closings in (("«", "»"), ("„", "“”"), ("‘", "’"))
    )
    words = sum(map(_cost_of_word, _WORD.findall(text)))
    return letters + signs + words + is_open * _QUOTE_LEFT_OPEN


def _cost_of_sign(before: str, sign: str, after: str) -> float:
    if sign not in _MARKS:
        return _OTHER_SIGN
    is_behind, is_in_front = before.isalpha(), after.isalpha()
    out_of_place = {
        **dict.fromkeys("«„‘", is_behind),
        **dict.fromkeys("»”…", is_in_front and not before.isalnum()),
        **dict.fromkeys("–—", is_behind != is_in_front),
        **dict.fromkeys("’\u00ad", not is_behind and is_in_front),
    }
    is_wrong = out_of_place.get(sign, is_behind and is_in_front)
    return _MARK_OUT_OF_PLACE if is_wrong else _MARK


def _cost_of_word(word: str) -> float:
    if word.isascii():
        return 0.0
    if len(list(groupby(word, str.isascii))) > 1:
        return _OF_BOTH_ALPHABETS
    if len(word) == 1:
        return 0.0 if word.lower() in _WORDS_OF_ONE_LETTER else _OF_ONE_LETTER
    if word[1:].islower():
        return 0.0
    return _OF_CAPITALS if word.isupper() else _OF_BOTH_CASES
