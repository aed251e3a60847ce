"""Abbreviations that a text introduces, and questions about what they stand for."""

import re

from knowledge.languages import words_of_all
from knowledge.words.patterns import of_any
from knowledge.words.text import matched

_INTRODUCED = re.compile(r"\w[”»\"]? \(([^\W\d_]{2,8})\)")
_CAPITAL = f"[{''.join(words_of_all('letters', 'capitals'))}]"
_CAPITALISED = re.compile(rf"\b{_CAPITAL}\w+(?:\s{_CAPITAL}\w+)+")
_ASKED_FOR = re.compile(
    rf"^\W*(?:{of_any('abbreviations', 'asked')}|ABBREVIATION)\W*$".replace(
        "ABBREVIATION", r"(\w{2,8})"
    ),
    re.IGNORECASE,
)


def introduced_in(sentence: str) -> frozenset[str]:
    """Return the abbreviations that `sentence` introduces in brackets, after what they stand for.

    >>> introduced_in("the European External Action Service (EEAS)")
    frozenset({'EEAS'})
    """
    return frozenset(word for word in _INTRODUCED.findall(sentence) if word.isupper())


def spelled_out_in(sentence: str) -> frozenset[str]:
    """Return the initials of every run of two or more capitalised words in `sentence`.

    >>> sorted(spelled_out_in("the Open Dialogue Foundation"))
    ['DF', 'OD', 'ODF']
    """
    return frozenset(
        "".join(word[0] for word in words[first:last])
        for words in (run.split() for run in _CAPITALISED.findall(sentence))
        for first in range(len(words) - 1)
        for last in range(first + 2, len(words) + 1)
    )


def abbreviation_asked_for(question: str) -> str | None:
    """Return the word of two to eight letters whose meaning is all that `question` asks; else None.

    >>> abbreviation_asked_for("What does DCK stand for?")
    'DCK'
    """
    return matched(_ASKED_FOR.match(question)) or None
