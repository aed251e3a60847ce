"""Questions that were asked before, in many people's words, and what answers them.

The wording of a question is often nearer to another wording of it than to the sentence that answers
both: "can they go abroad again?" has no word of "the lifting of the restrictions placed on the
movements of others". So a question that is like one of `asked.yaml`, and like none that has another
answer, gets the same sentence, or is declined as that is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from embeddings.cache import Progress, encode_cached
from embeddings.encoder import TextEncoder
from embeddings.index import ExactIndex
from knowledge.about_people import spelled
from knowledge.attributes import Attribute, attributes_asked
from knowledge.contrasts import denials, institutions_of_places, part_asked
from knowledge.demand_words import addressee_of_demands, demander
from knowledge.entries import read_entries
from knowledge.intents import asks_why, without_what_is_left_aside
from knowledge.lexical import content_terms, words
from knowledge.naming import Naming, People
from knowledge.personal import asks_for_words_of
from knowledge.problems import Problem, problem
from knowledge.questions import Kind, Question, understand
from knowledge.small_talk import asking
from knowledge.statements import Statement, Statements

# From which likeness on, in [0, 1], a question is answered as one asked before; by how much that
# must exceed the likeness with a question that has another answer (see `benchmarks.asked`); and
# from which likeness on it is declined, or answered by another sentence, though one was found.
LEAST_LIKENESS = 0.75
LEAST_LEAD = 0.08
LEAST_TO_DECLINE = 0.9
LEAST_TO_REPLACE = 0.8
_NUMBER = re.compile(r"\d+")
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Asked(BaseModel):
    """Wordings of one question, `asked`, with its outcome.

    That is what the sentences show each of which answers it, best first, or the list that does, or
    `declined`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    asked: Annotated[tuple[_Text, ...], Field(min_length=1)]
    shows: tuple[_Text, ...] = ()
    lists: Literal["people", "demands"] | None = None
    declined: bool = False

    @model_validator(mode="after")
    def _has_one_outcome(self) -> Self:
        if [bool(self.shows), self.lists is not None, self.declined].count(True) != 1:
            raise ValueError("expected either shows, lists or declined: true")
        return self


def read_asked(file: Path, called: str | None = None) -> tuple[Asked, ...]:
    """Return what was asked before by `file` in order; nothing where there is no such file.

    Raises KnowledgeError, which names the file (as it is `called`), the entry and what was
    expected.
    """
    return read_entries(file, Asked, called)


def check_asked(name: str, asked: Sequence[Asked], statements: Statements) -> Iterator[Problem]:
    """Yield what of the entries of `asked`, which the file `name` holds, does not count, and why:
    texts that no sentence of `statements` says, lists of nothing, and questions with two outcomes.
    """
    first: dict[str, tuple[int, frozenset[Statement]]] = {}
    for number, entry in enumerate(asked):
        for shown in entry.shows:
            if statements.saying(shown) is None:
                yield problem("asked_nowhere", name, entry=number, shown=shown)
        answers = frozenset(_answers(entry, statements))
        if entry.lists and not answers:
            yield problem("asked_empty", name, entry=number, listed=entry.lists)
        if not answers and not entry.declined:
            continue
        for text in entry.asked:
            other, counting = first.setdefault(_written(text), (number, answers))
            if counting != answers and not counting & answers:
                yield problem("asked_twice", name, entry=number, question=text, other=other)


@dataclass(frozen=True, slots=True)
class Alike:
    """A question asked before, and how much another is like it, in [0, 1].

    `statements` answer it, best first, or as the list that `lists` names; none do if it is to be
    declined.
    """

    question: str
    likeness: float
    statements: tuple[Statement, ...]
    lists: Literal["people", "demands"] | None


@dataclass(frozen=True, slots=True)
class _Sign:
    """What must be the same in two questions for one answer to do, however alike they are."""

    people: frozenset[str]
    words_of: frozenset[str]
    numbers: frozenset[str]
    kind: Kind | None
    is_why: bool
    addressee: frozenset[str]
    attributes: frozenset[Attribute]
    denials: frozenset[str]
    part: str = field(compare=False)
    institutions: frozenset[tuple[str, str]]
    is_demander_named: bool

    def asks_as(self, other: Self) -> bool:
        """Return whether both ask for the same, and for the same part if both ask for one."""
        return self == other and (not self.part or not other.part or self.part == other.part)

    def is_for(self, other: Self) -> bool:
        """Return whether both are about the same people and numbers."""
        return self.people == other.people and self.numbers == other.numbers


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """Questions asked before that documents answer, or that are to be declined.

    `questions` are those of `known` as they are read when somebody asks them; rows of `index` are
    numbered as both are.
    """

    known: tuple[Alike, ...]
    questions: tuple[Question, ...]
    people: People
    encoder: TextEncoder
    index: ExactIndex
    _rows: Mapping[str, int]
    _signs: dict[int, _Sign | None] = field(default_factory=dict)

    @classmethod
    def build(
        cls,
        asked: Sequence[Asked],
        statements: Statements,
        people: People,
        encoder: TextEncoder,
        cache: Path,
        progress: Progress | None = None,
    ) -> Self:
        """Encode the questions of `asked`; those that no sentence of `statements` answers are left
        out. `cache` is the file of kept vectors.
        """
        known = []
        for entry in asked:
            answers = _answers(entry, statements)
            if answers or entry.declined:
                known += [Alike(text, 1.0, answers, entry.lists) for text in entry.asked]
        questions = [_read(one.question, people) for one in known]
        kept = encode_cached([one.text for one in questions], encoder, cache, progress)
        index = ExactIndex(kept.vectors, encoder.unrelated)
        rows: dict[str, int] = {}
        for row, question in enumerate(questions):
            rows.setdefault(_written(question.text), row)
        return cls(tuple(known), tuple(questions), people, encoder, index, rows)

    def same(self, question: Question) -> Alike | None:
        """Return the first question asked before in the very words of `question`; None if there is
        none, or it is not sure whom it names.
        """
        row = self._rows.get(_written(question.text))
        return None if row is None or self._sign_of(row) is None else self.known[row]

    def closest(self, question: Question, namings: Sequence[Naming]) -> Alike | None:
        """Return the question asked before that `question`, which names `namings`, is like; None if
        there is none, or one that is as like has another answer.
        """
        best: Alike | None = None
        for known, is_enough in self.ranked(question, namings, LEAST_LIKENESS - LEAST_LEAD):
            least = LEAST_LIKENESS if best is None else best.likeness - LEAST_LEAD
            if known.likeness < least:
                break
            if best is None and is_enough:
                best = known
            elif best is None or not is_same(best, known):
                return None
        return best

    def ranked(
        self, question: Question, namings: Sequence[Naming], least: float
    ) -> Iterator[tuple[Alike, bool]]:
        """Yield what was asked before about the people and numbers of `question`, which names
        `namings`, the most alike first and none less than `least`, each with whether it asks for
        the same things.
        """
        if not self.known:
            return
        vector = self.encoder.encode_passages([question.text])[0]
        sign = _sign(question, namings)
        for row, likeness in self.index.nearest(vector, len(self.known)):
            if likeness < least:
                break
            other = self._sign_of(row)
            if other is not None and sign.is_for(other):
                yield replace(self.known[row], likeness=likeness), sign.asks_as(other)

    def _sign_of(self, row: int) -> _Sign | None:
        """Return the sign of a question asked before; None if it is not sure whom it names."""
        if row not in self._signs:
            question = self.questions[row]
            namings = self.people.resolve(question.text)
            is_sure = all(naming.outcome == "exact" for naming in namings)
            self._signs[row] = _sign(question, namings) if is_sure else None
        return self._signs[row]


def _sign(question: Question, namings: Sequence[Naming]) -> _Sign:
    text = spelled(question, namings).text
    names = {p.id: p.name for naming in namings for p in naming.people}
    return _Sign(
        frozenset(names),
        frozenset(who for who, name in names.items() if asks_for_words_of(text, name)),
        frozenset(_NUMBER.findall(question.text)),
        question.asks_for,
        asks_why(question.text),
        frozenset(content_terms(addressee_of_demands(question.text) or "", question.language)),
        frozenset(attributes_asked(text, list(names.values()))),
        denials(question.text, question.language),
        part_asked(question.text),
        institutions_of_places(question.text),
        demander(question.text) is not None,
    )


def _read(text: str, people: People) -> Question:
    """Return the question that `text` is, without sentences that ask nothing and name nobody."""
    told = without_what_is_left_aside(text)
    asked = asking(told)
    # Most ask in all they say; whom these name need not be looked for at each start.
    if asked != told and len(people.resolve(told)) > len(people.resolve(asked)):
        return understand(told)
    return understand(asked)


def _written(text: str) -> str:
    """Return the words of `text`, whatever stands between them."""
    return " ".join(words(text))


def _answers(entry: Asked, statements: Statements) -> tuple[Statement, ...]:
    """Return what answers the questions of `entry`, as far as it is in `statements`."""
    match entry.lists:
        case "people":
            return tuple(s for s in statements.all if s.named)
        case "demands":
            return statements.demands
    found = (statements.saying(shown) for shown in entry.shows)
    return tuple(dict.fromkeys(one for one in found if one is not None))


def is_same(one: Alike, other: Alike) -> bool:
    """Return whether both have an answer in common, or none."""
    shared = any(a is b for a in one.statements for b in other.statements)
    return shared or not (one.statements or other.statements)
