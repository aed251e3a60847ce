"""Abbreviations that a text introduces, and questions about what they stand for."""

import re

from knowledge.words.text import matched

_INTRODUCED = re.compile(r"\w[”»\"]? \(([^\W\d_]{2,8})\)")
_CAPITALISED = re.compile(r"\b[A-ZА-ЯӘҒҚҢӨҰҮҺІ]\w+(?:\s[A-ZА-ЯӘҒҚҢӨҰҮҺІ]\w+)+")
_ASKED_FOR = re.compile(
    r"^\W*(?:what means (?:the )?(?P<means>\w{2,8})|(?:what|who)(?: is|'s| are| does| do) (?:the )?"
    r"(?:(?:letters?|abbreviation|acronym|initials) )?(?P<en>\w{2,8})"
    r"(?: mean| stand for| short for)?"
    r"|(?P<first>\w{2,8})\W+what (?:do|does) (?:it|(?:this|these|the)(?: letters?)?)"
    r" (?:mean|stand for)|(?P<chto>\w{2,8})\W+(?:что это(?: такое)?|как (?:это )?расшифровывается)"
    r"|(?:что|кто) (?:такое|такой|такие|такая|значит|означает) (?P<ru>\w{2,8})"
    r"|(?:расшифру\w+ |как расшифровывается )(?P<full>\w{2,8})"
    r"|(?P<kk>\w{2,8}) (?:деген(?:іміз)? (?:не|кім)|не|дегеніміз не)|(?P<alone>\w{2,8}))\W*$",
    re.IGNORECASE,
)


def introduced_in(sentence: str) -> frozenset[str]:
    """Return the abbreviations that `sentence` introduces in brackets, behind what they stand for.

    >>> introduced_in("the European External Action Service (EEAS)")
    frozenset({'EEAS'})
    """
    return frozenset(found for found in _INTRODUCED.findall(sentence) if found.isupper())


def spelled_out_in(sentence: str) -> frozenset[str]:
    """Return the initials of every run of words with capital letters in `sentence`.

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
    """Return the one word of which `question` asks what it is; None if it asks for more.

    >>> abbreviation_asked_for("What does DCK stand for?")
    'DCK'
    """
    found = _ASKED_FOR.match(question)
    return matched(found) or None
