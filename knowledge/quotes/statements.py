"""The sentences of the documents: of whom each speaks, and whose words it is."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain, pairwise

from knowledge.people.name_parts import WORD, parts
from knowledge.people.names import keys
from knowledge.people.names_in_text import Mention
from knowledge.people.person import Person
from knowledge.quotes.labels import Label
from knowledge.quotes.whose import whose_words
from knowledge.reading.documents import Document
from knowledge.reading.passages import Passage, Sentence
from knowledge.words.abbreviations import introduced_in, spelled_out_in
from knowledge.words.lexical import terms
from knowledge.words.patterns import of_any


def _of(key: str) -> str:
    return of_any("statements", key)


PRONOUN = re.compile(rf"\b(?:{_of('pronouns')})\b", re.IGNORECASE)
_GOES_ON = re.compile(rf"^\W*(?:{_of('goes_on')})", re.IGNORECASE)
_SPEAKS = re.compile(rf"[\W]{{0,2}}(?:\w+ ){{0,2}}?(?:{_of('says')})\b")
_SPOKE = re.compile(rf"(?:{_of('says')}|{_of('according')})(?: \w+){{0,3}} $")


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """A sentence, what it is, and the ids of the `people` of whom it speaks.

    `named` are those of them whose names stand in it; `speaker` is the one of these whose words it
    reports. `names_others` says that it also names somebody who is none of the people known.
    `concerned` are those whom a demand concerns though it does not speak of them: the next sentence
    does, and goes on from it ("In this context, the cases of …").
    """

    passage: Passage
    sentence: Sentence
    label: Label
    people: frozenset[str]
    named: frozenset[str] = frozenset()
    names_others: bool = False
    speaker: str | None = None
    concerned: frozenset[str] = frozenset()


class Statements:
    """Every sentence of the documents, in order, and found by whom it speaks of.

    A sentence speaks of those whom it names. One that names nobody and says "she" or "his" speaks
    of the person of whom the sentence before it in the passage speaks, if that is only one.
    """

    def __init__(
        self,
        passages: Iterable[Passage],
        people: Iterable[Person],
        others: Iterable[Mention] = (),
    ) -> None:
        """Read `passages`, in document order, which name `people`, and `others` who are unknown."""
        self._passages = tuple(passages)
        self.all = tuple(_state(self._passages, people, others))
        self.demands = tuple(s for s in self.all if s.label == "demand" and not _announces(s))
        ends = accumulate(len(passage.sentences) for passage in self._passages)
        # Of each passage, whether it speaks of anybody.
        self._speaks = bytes(
            any(statement.people for statement in self.all[start:end])
            for start, end in pairwise(chain([0], ends))
        )
        self._introduced: dict[str, int] = {}
        self._spelled_out: dict[str, int] = {}
        self._rows: dict[str, list[int]] = {}
        self._places: dict[str, tuple[int, array[int]]] = {}
        for row, statement in enumerate(self.all):
            # Where the sentences of each document begin, after the row of the first.
            _, starts = self._places.setdefault(statement.passage.document.id, (row, array("i")))
            starts.append(statement.sentence.start)
            for person in statement.people | statement.concerned:
                self._rows.setdefault(person, []).append(row)
            text = statement.passage.sentence_text(statement.sentence)
            for abbreviation in introduced_in(text):
                self._introduced.setdefault(abbreviation, row)
            for initials in spelled_out_in(text):
                self._spelled_out.setdefault(initials, row)

    def of(self, people: Sequence[Person]) -> tuple[Statement, ...]:
        """Return the statements of all of `people`, or if there are none, of any of them, in order
        but titles last; then the demands that concern them without speaking of them.
        """
        ids = {person.id for person in people}
        about = self._about(people)
        of_any = [statement for statement in about if ids & statement.people]
        of_any.sort(key=lambda statement: statement.label == "title")
        of_all = [s for s in of_any if ids <= s.people]
        return (*(of_all or of_any), *(s for s in about if not ids & s.people))

    def _about(self, people: Sequence[Person]) -> list[Statement]:
        """Return the statements that speak of any of `people` or concern them, in order."""
        rows = {row for person in people for row in self._rows.get(person.id, ())}
        return [self.all[row] for row in sorted(rows)]

    def introducing(self, abbreviations: Iterable[str]) -> Statement | None:
        """Return the first sentence that introduces one of `abbreviations` in brackets."""
        return self._first(self._introduced, abbreviations)

    def spelling_out(self, abbreviations: Iterable[str]) -> Statement | None:
        """Return the first sentence with words whose initials are one of `abbreviations`."""
        return self._first(self._spelled_out, abbreviations)

    def _first(self, rows: Mapping[str, int], names: Iterable[str]) -> Statement | None:
        known = [rows[name] for name in names if name in rows]
        return self.all[min(known)] if known else None

    def speaking_of(self, people: Sequence[Person]) -> list[Passage]:
        """Return the passages that may speak of `people`, in order.

        They are those that speak of one of them, those after these that speak of nobody, and all of
        a document whose title names one.
        """
        ids = {person.id for person in people}
        about = (statement for statement in self._about(people) if ids & statement.people)
        own = {id(statement.passage) for statement in about}
        speaking: list[Passage] = []
        document, is_titled, goes_on = None, False, False
        for passage, speaks in zip(self._passages, self._speaks, strict=True):
            if passage.document is not document:
                document, goes_on = passage.document, False
                is_titled = _is_titled(document, people)
            goes_on = id(passage) in own or (goes_on and not speaks)
            if goes_on or is_titled:
                speaking.append(passage)
        return speaking

    def at(self, passage: Passage, sentence: Sentence) -> Statement | None:
        """Return the statement that begins where `sentence` of `passage` does, or None."""
        row = self._row(passage, sentence)
        return None if row is None else self.all[row]

    def in_document(self, document: Document) -> tuple[Statement, ...]:
        """Return the statements of `document`, in order."""
        first, starts = self._places.get(document.id, (0, array("i")))
        return self.all[first : first + len(starts)]

    def _row(self, passage: Passage, sentence: Sentence) -> int | None:
        first, starts = self._places.get(passage.document.id, (0, array("i")))
        place = bisect_left(starts, sentence.start)
        is_known = place < len(starts) and starts[place] == sentence.start
        return first + place if is_known else None

    def is_of_others(self, passage: Passage, sentence: Sentence, people: Sequence[Person]) -> bool:
        """Return whether `sentence` of `passage` names somebody but speaks of none of `people`, not
        even as "his" or "her".
        """
        said = self.at(passage, sentence)
        if said is None or not (said.named or said.names_others):
            return False
        if said.people & {person.id for person in people}:
            return False
        return PRONOUN.search(passage.sentence_text(sentence)) is None


def terms_of(statement: Statement) -> set[str]:
    """Return the terms of the sentence of `statement`, with those of the heading of its passage or,
    for a row of a table, of the header.
    """
    passage = statement.passage
    text = passage.read_sentence(statement.sentence)
    if passage.is_heading(passage.sentences[0]):
        text = f"{passage.sentence_text(passage.sentences[0])} {text}"
    return set(terms(text, passage.document.language))


def _announces(statement: Statement) -> bool:
    """Return whether `statement` only announces what follows: "The union demands:"."""
    return statement.passage.sentence_text(statement.sentence).endswith(":")


def _is_titled(document: Document, people: Sequence[Person]) -> bool:
    """Return whether the title of `document` names one of `people`, by surname at least."""
    said = {key for word in WORD.findall(document.title) for key in keys(word)}
    return any(
        said & {key for word in parts(person.name)[1] for key in keys(word)} for person in people
    )


def _state(
    passages: Iterable[Passage], people: Iterable[Person], others: Iterable[Mention]
) -> list[Statement]:
    """Return the statements of `passages`, in order; see `Statements`."""
    places: dict[str, list[tuple[int, int, str]]] = {}
    for person in people:
        for mention in person.mentions:
            place = (mention.start, mention.end, person.id)
            places.setdefault(mention.document, []).append(place)
    for mentions in places.values():
        mentions.sort()
    strange: dict[str, list[int]] = {}
    for other in sorted(others, key=lambda one: one.start):
        strange.setdefault(other.document, []).append(other.start)
    statements: list[Statement] = []
    nobody: frozenset[str] = frozenset()
    together = {nobody: nobody}  # those named in one sentence: most sets are needed often
    for passage in passages:
        mentions = places.get(passage.document.id, [])
        before = nobody
        for number, sentence in enumerate(passage.sentences):
            text = passage.sentence_text(sentence)
            named = _named(mentions, sentence)
            spoken_of = named = together.setdefault(named, named)
            if number and spoken_of and _GOES_ON.match(text) and statements[-1].label == "demand":
                concerned = spoken_of - statements[-1].people
                statements[-1] = replace(statements[-1], concerned=concerned)
            names_others = _holds(strange.get(passage.document.id, ()), sentence)
            if not spoken_of and len(before) == 1 and PRONOUN.search(text) and not names_others:
                spoken_of = before
            speaker = _speaker(text, sentence, mentions)
            before = nobody if names_others else spoken_of
            whose = whose_words(passage, sentence).label
            statements.append(
                Statement(passage, sentence, whose, spoken_of, named, names_others, speaker)
            )
    return statements


def _holds(starts: Sequence[int], sentence: Sentence) -> bool:
    """Return whether one of `starts`, which are in order, lies in `sentence`."""
    return bisect_left(starts, sentence.start) < bisect_left(starts, sentence.end)


def _speaker(text: str, sentence: Sentence, mentions: Sequence[tuple[int, int, str]]) -> str | None:
    """Return the id of the person among `mentions` who speaks in `sentence`, which reads `text`."""
    first = bisect_left(mentions, (sentence.start, 0, ""))
    last = bisect_left(mentions, (sentence.end, 0, ""))
    for start, end, person in mentions[first:last]:
        before, after = text[: start - sentence.start], text[end - sentence.start :]
        if _SPEAKS.match(after) or _SPOKE.search(before):
            return person
    return None


def _named(mentions: Sequence[tuple[int, int, str]], sentence: Sentence) -> frozenset[str]:
    """Return the ids of the people whose `mentions` lie in `sentence`."""
    first = bisect_left(mentions, (sentence.start, 0, ""))
    last = bisect_left(mentions, (sentence.end, 0, ""))
    return frozenset(person for _, _, person in mentions[first:last])
