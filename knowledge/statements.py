"""The sentences of the documents with whom each speaks of, and whose words it is."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from knowledge.labels import Label, label
from knowledge.passages import Passage, Sentence
from knowledge.people import Person
from knowledge.personal import PRONOUN

# How a sentence goes on from the one before it.
_GOES_ON = re.compile(
    r"^\W*(?:(?:in|on|within|against) (?:this|that|the same|these)\b"
    r"|в (?:этой|той же|этом|том же) (?:связи|контексте)|по этому (?:вопросу|поводу)"
    r"|осыған байланысты|бұл ретте|осы(?:\s+\w+)? мәселе)",
    re.IGNORECASE,
)


# What stands behind the name of a speaker, or before it.
_VERBS = (
    r"(?:said|says|mentioned|stated|declared|told|noted|added|stressed|wrote|argued|explained"
    r"|сказал\w*|заяви\w+|отмети\w+|подчеркну\w+|написал\w*|добави\w+|упомянул\w*"
    r"|деді|айтты|мәлімдеді|жазды|атап өтті)"
)
_SPEAKS = re.compile(rf"[\W]{{0,2}}(?:\w+ ){{0,2}}?{_VERBS}\b")
_SPOKE = re.compile(rf"(?:{_VERBS}|[Aa]ccording to|по словам)(?: \w+){{0,3}} $")


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """A sentence, whose words it is, and the ids of the people it speaks of.

    `named` are those of `people` whose names stand in it, `speaker` is the one of them whose words
    it reports. `concerned` are those whom a demand concerns though it does not speak of them: the
    next sentence does, and goes on from it ("In this context, the cases of …").
    """

    passage: Passage
    sentence: Sentence
    label: Label
    people: frozenset[str]
    named: frozenset[str] = frozenset()
    speaker: str | None = None
    concerned: frozenset[str] = frozenset()


class Statements:
    """Every sentence of the documents, in order, to be had by whom it speaks of.

    A sentence speaks of those it names. One that names nobody and says "she" or "his" speaks of
    the one person whom the sentence before it in the passage speaks of.
    """

    def __init__(self, passages: Iterable[Passage], people: Iterable[Person]) -> None:
        """Read `passages`, in document order, in which `people` were found."""
        self.all = tuple(_state(passages, people))
        self.demands = tuple(s for s in self.all if s.label == "demand")
        self._rows: dict[str, list[int]] = {}
        self._people: dict[tuple[str, int], frozenset[str]] = {}
        for row, statement in enumerate(self.all):
            place = _key(statement.passage)
            spoken_of = self._people.get(place, frozenset())
            self._people[place] = spoken_of | statement.people
            for person in statement.people | statement.concerned:
                self._rows.setdefault(person, []).append(row)

    def of(self, people: Sequence[Person]) -> tuple[Statement, ...]:
        """Return what speaks of all of `people`, or else of any, in order; then the demands that
        concern them without naming them.
        """
        ids = {person.id for person in people}
        rows = sorted({row for person in ids for row in self._rows.get(person, ())})
        found = [self.all[row] for row in rows]
        of_any = [s for s in found if ids & s.people]
        of_all = [s for s in of_any if ids <= s.people]
        return (*(of_all or of_any), *(s for s in found if not ids & s.people))

    def people_in(self, passage: Passage) -> frozenset[str]:
        """Return the ids of the people of whom sentences of `passage` speak."""
        return self._people.get(_key(passage), frozenset())


def _key(passage: Passage) -> tuple[str, int]:
    return passage.document.id, passage.start


def _state(passages: Iterable[Passage], people: Iterable[Person]) -> list[Statement]:
    places: dict[str, list[tuple[int, int, str]]] = {}
    for person in people:
        for mention in person.mentions:
            place = (mention.start, mention.end, person.id)
            places.setdefault(mention.document, []).append(place)
    for mentions in places.values():
        mentions.sort()
    statements: list[Statement] = []
    for passage in passages:
        mentions = places.get(passage.document.id, [])
        before: frozenset[str] = frozenset()
        for number, sentence in enumerate(passage.sentences):
            text = passage.sentence_text(sentence)
            spoken_of = named = _named(mentions, sentence)
            if number and spoken_of and _GOES_ON.match(text) and statements[-1].label == "demand":
                concerned = spoken_of - statements[-1].people
                statements[-1] = replace(statements[-1], concerned=concerned)
            if not spoken_of and len(before) == 1 and PRONOUN.search(text):
                spoken_of = before
            speaker = _speaker(text, sentence, mentions)
            before = spoken_of
            whose = label(text, passage.document.language)
            statements.append(Statement(passage, sentence, whose, spoken_of, named, speaker))
    return statements


def _speaker(text: str, sentence: Sentence, mentions: Sequence[tuple[int, int, str]]) -> str | None:
    """Return who of those named in `text`, at `sentence`, is said to speak in it."""
    first = bisect_left(mentions, (sentence.start, 0, ""))
    last = bisect_left(mentions, (sentence.end, 0, ""))
    for start, end, person in mentions[first:last]:
        before, after = text[: start - sentence.start], text[end - sentence.start :]
        if _SPEAKS.match(after) or _SPOKE.search(before):
            return person
    return None


def _named(mentions: Sequence[tuple[int, int, str]], sentence: Sentence) -> frozenset[str]:
    first = bisect_left(mentions, (sentence.start, 0, ""))
    last = bisect_left(mentions, (sentence.end, 0, ""))
    return frozenset(person for _, _, person in mentions[first:last])
