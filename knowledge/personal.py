"""What a question says of a person: who is meant, and whether it asks about now."""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.lexical import content_terms
from knowledge.naming import Naming
from knowledge.questions import Question, understand

_BOTH = re.compile(
    r"\b(?:both|two|оба|обоих|обеих|двое|двух|двум|двумя|екеу\w*|екі)\b", re.IGNORECASE
)
_NOW = re.compile(
    r"\b(?:since then|by now|meanwhile|so far"
    r"|now|still|currently|today|at present|nowadays|alive|dead|die[ds]?|free|freed|released"
    r"|set free|let (?:out|go)|in (?:prison|jail|custody|detention)|imprisoned|jailed|behind bars"
    r"|where is(?!.*\bfrom\b)|how is"
    r"|что с \w+ стало|что стало с"
    r"|сейчас|теперь|ещ[её]|сегодня|до сих пор|по-прежнему|до сегодняшнего дня"
    r"|жив\w*|мёртв\w*|умер\w*|на свободе|свобод[ае]н\w*|сид(?:ит|ят)"
    r"|в тюрьме|в заключении|освобо\w+|отпу\w+|выпу\w+|вышел|вышла|где"
    r"|қазір\w*|бүгін\w*|әлі\w*|тірі\w*|түрме\w*|босат\w*|бостанд\w*|қайда)\b",
    re.IGNORECASE,
)
# "its" and "their" are left out: they seldom mean a person spoken of before.
PRONOUN = re.compile(
    r"\b(?:he|him|his|she|her|hers|он|его|него|ему|нему|ним|нём|нем|она|её|ее|неё|нее|ей|ней"
    r"|ол|оның|оған|оны|одан|онда)\b",
    re.IGNORECASE,
)
_SHE_OR_HE_FIRST = re.compile(
    r"^\W*(?:(?:and|but|so|who|what|why|when|where|how|old|many|long|is|was|were|did|does"
    r"|do|has|had"
    r"|can|will|about|to|of|for|with)\W+)+(?:he|him|his|she|her|hers)\b",
    re.IGNORECASE,
)
_GENITIVE = re.compile(r"(?:[нтд][ыі]ң|тын|тин)$")
_OF = "-ның"  # after the name of whom something is, and so not of who speaks
_WOMANS_SURNAME = re.compile(r"[оеoe][вv][аa]$|ина$|ina$", re.IGNORECASE)
_WOMAN = re.compile(
    r"\b(?:такая|она|гражданка|госпожа|г-жа|активистка|журналистка|её|ее)\b", re.IGNORECASE
)


def asks_for_both(question: str) -> bool:
    """Return whether `question` means everybody of one name: "both Abishevs"."""
    return _BOTH.search(question) is not None


def is_about_nobody_named(question: str) -> bool:
    """Return whether `question` asks about "him" or "her" and nothing that says who that is.

    "She" is somebody in English; Russian and Kazakh say it of a resolution too.
    """
    return PRONOUN.search(question) is not None and (
        asks_for_now(question) or _SHE_OR_HE_FIRST.match(question) is not None
    )


def may_be_woman(question: str, written: str, name: str, language: str) -> bool:
    """Return whether the surname `written` may be a woman's, and not that of `name`, a man.

    "Кто такая Бокаева?" asks about a woman, "дело Бокаева" about a man. Kazakh has no such case.
    """
    if not _WOMANS_SURNAME.search(written) or _WOMANS_SURNAME.search(name):
        return False
    return language == "kk" or _WOMAN.search(question) is not None


def asks_for_now(question: str) -> bool:
    """Return whether `question` asks how things stand with somebody today, or what came after."""
    return _NOW.search(question) is not None


def with_person(question: str, name: str) -> str | None:
    """Return `question` with `name` in place of its first "him" or "her"; None if it has none.

    >>> with_person("What did the UN say about him?", "Maks Bokayev")
    'What did the UN say about Maks Bokayev?'
    """
    named, count = PRONOUN.subn(lambda _: name, question, count=1)
    return named if count else None


def says_nothing_but(question: Question, names: Sequence[str]) -> bool:
    """Return whether `question` has no word of meaning beside `names`."""
    of_names = {term for name in names for term in content_terms(name, question.language)}
    return not set(content_terms(question.text.replace(_OF, ""), question.language)) - of_names


def spelled(question: Question, namings: Sequence[Naming]) -> Question:
    """Return `question` with every person in it spelled as in the documents."""
    text = question.text
    for naming in reversed(namings):
        names = ", ".join(person.name for person in naming.people)
        if question.language == "kk" and _GENITIVE.search(text[naming.start : naming.end]):
            names += _OF
        text = text[: naming.start] + names + text[naming.end :]
    return replace(understand(text), language=question.language)
