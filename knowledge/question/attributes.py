"""What a question asks about a person that a text must give in so many words to answer it.

Age, health, guilt, whereabouts and the like are so near to what a text says of somebody that any
measure of similarity finds them there. `attributes.yaml` says how a question asks for each, and
what a sentence must hold to give it.
"""

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from knowledge.people.person import Person
from knowledge.quotes.statements import Statement
from knowledge.words.patterns import of_any

# "Where is he now?" asks whether somebody is in prison, as far as a text can say.
_WHERE = re.compile(rf"\b(?:{of_any('asking', 'where')})\b", re.IGNORECASE)
_BESIDE_WHERE = re.compile(
    rf"(?:\b(?:{of_any('asking', 'where')}|{of_any('asking', 'beside_where')})\b|\W)+",
    re.IGNORECASE,
)
# "Or" between two alternatives; "or not" names none.
_OR = rf"\b(?:{of_any('asking', 'either')})\b"
_OR_BEFORE = re.compile(rf"{_OR}[\s,]*(?:\w+[\s,]+){{0,2}}$", re.IGNORECASE)
_OR_AFTER = re.compile(rf"[\s,]*(?:\w+[\s,]+){{0,4}}?{_OR}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something that may be asked about a person; see `attributes.yaml` for its fields."""

    name: str
    asks: re.Pattern[str]
    given: re.Pattern[str]
    is_near: bool
    is_role: bool

    def is_given(self, person: Person, statement: Statement, everybody: Sequence[Person]) -> bool:
        """Return whether `statement` gives it of `person`, and not of another of `everybody`."""
        if self.is_role:
            if person.role is not None:
                return self.given.search(person.role.text) is not None
            if not self.is_near:
                return False
        header = statement.passage.header.lower()  # a column may be called "Released"
        text = f"{header}\n{statement.passage.sentence_text(statement.sentence)}"
        begin = len(header) + 1
        places = [(m.start() - begin, m.end() - begin) for m in self.given.finditer(text)]
        if not self.is_near or not places:
            return bool(places)
        mentions = _mentions([person], statement)
        others = _mentions([p for p in everybody if p.id != person.id], statement)
        if not mentions:
            return not others  # a sentence that goes on about them: "She has four children."
        return any(
            not any(min(end, b) <= other < max(start, a) for other, _ in others)
            for start, end in places
            for a, b in mentions
        )


def attributes_asked(question: str, names: Sequence[str]) -> tuple[Attribute, ...]:
    """Return the attributes that `question` asks about the people called `names`."""
    rest = question
    for name in names:
        rest = rest.replace(name, " ")
    table = _table()
    if _BESIDE_WHERE.fullmatch(rest) and _WHERE.search(rest):
        return (table["custody"],)
    return tuple(attribute for attribute in table.values() if attribute.asks.search(question))


def without_attributes(question: str, asked: Sequence[Attribute]) -> str:
    """Return `question` without the words that ask for the attributes `asked`."""
    spans = [found.span() for attribute in asked for found in attribute.asks.finditer(question)]
    return "".join(
        " " if any(start <= place < end for start, end in spans) else letter
        for place, letter in enumerate(question)
    )


def supposes_unsaid(question: str, passage: str) -> bool:
    """Return whether `question` takes for granted an event that `passage` does not mention.

    One of two alternatives is not taken for granted: "Did they welcome the ban or condemn it?".
    """
    unsaid = [
        found
        for asks, given in _events().values()
        if (found := asks.search(question)) is not None and given.search(passage) is None
    ]
    return len(unsaid) > 1 or any(not _is_either(question, found) for found in unsaid)


def _is_either(question: str, found: re.Match[str]) -> bool:
    """Return whether what is `found` in `question` is one of two alternatives, beside an "or"."""
    before = _OR_BEFORE.search(question[: found.start()])
    after = _OR_AFTER.match(question[found.end() :])
    return before is not None or after is not None


def _mentions(people: Sequence[Person], statement: Statement) -> list[tuple[int, int]]:
    """Return where `statement` names one of `people`, in characters of its sentence."""
    sentence = statement.sentence
    return [
        (mention.start - sentence.start, mention.end - sentence.start)
        for person in people
        for mention in person.mentions
        if mention.document == statement.passage.document.id
        and sentence.start <= mention.start < sentence.end
    ]


@functools.cache
def _table() -> Mapping[str, Attribute]:
    return {
        name: Attribute(
            name,
            _whole_words(entry["asks"], re.IGNORECASE),
            _whole_words(entry["given"]),
            is_near=entry.get("near", False),
            is_role=entry.get("role", False),
        )
        for name, entry in _read("attributes.yaml").items()
    }


@functools.cache
def _events() -> Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """Return, by event, the patterns of a question that supposes it and of a text that gives it."""
    return {
        name: (
            _whole_words(entry["asks"], re.IGNORECASE),
            _whole_words(entry["given"], re.IGNORECASE),
        )
        for name, entry in _read("events.yaml").items()
    }


def _read(file: str) -> Mapping[str, Mapping[str, Any]]:
    table: Mapping[str, Mapping[str, Any]] = yaml.load(
        Path(__file__).with_name(file).read_text("utf-8"), yaml.CSafeLoader
    )
    return table


def _whole_words(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    joined = re.sub(r"\s+\|", "|", pattern)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", flags)
