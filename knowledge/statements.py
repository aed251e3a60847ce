"""The sentences of the documents with whom each speaks of, and whose words it is."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.labels import Label, label
from knowledge.passages import Passage, Sentence
from knowledge.people import Person

_PRONOUN = re.compile(
    r"\b(?:he|him|his|she|her|hers|он|его|ему|него|нему|ним|нём|она|её|ее|ей|неё|нее|ней"
    r"|ол|оның|оған|оны|одан)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """A sentence, whose words it is, and the ids of the people it speaks of."""

    passage: Passage
    sentence: Sentence
    label: Label
    people: frozenset[str]


def state(passages: Iterable[Passage], people: Iterable[Person]) -> tuple[Statement, ...]:
    """Return every sentence of `passages` in order.

    A sentence speaks of those it names. One that names nobody and says "she" or "his" speaks of
    the one person whom the sentence before it in the passage speaks of.
    """
    places: dict[str, list[tuple[int, str]]] = {}
    for person in people:
        for mention in person.mentions:
            places.setdefault(mention.document, []).append((mention.start, person.id))
    for mentions in places.values():
        mentions.sort()
    statements = []
    for passage in passages:
        mentions = places.get(passage.document.id, [])
        before: frozenset[str] = frozenset()
        for sentence in passage.sentences:
            text = passage.sentence_text(sentence)
            spoken_of = _named(mentions, sentence)
            if not spoken_of and len(before) == 1 and _PRONOUN.search(text):
                spoken_of = before
            before = spoken_of
            whose = label(text, passage.document.language)
            statements.append(Statement(passage, sentence, whose, spoken_of))
    return tuple(statements)


def _named(mentions: Sequence[tuple[int, str]], sentence: Sentence) -> frozenset[str]:
    first = bisect_left(mentions, (sentence.start, ""))
    last = bisect_left(mentions, (sentence.end, ""))
    return frozenset(person for _, person in mentions[first:last])
