"""Whom a question names: one person, several who share a name, somebody like them, or a stranger.

Only equal keys name a person (`exact`, `shared`). The bot asks back about a near miss. A known
surname with another given name is a stranger, since that is another person.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.people.asked_words import AskedWord, AskedWords, is_all_asked_about, read_words
from knowledge.people.bearers import tables_of
from knowledge.people.half_names import goes_on, is_no_name, with_other_half
from knowledge.people.name_parts import parts
from knowledge.people.name_words import is_ordinary, is_stop_word
from knowledge.people.names import readings
from knowledge.people.near_names import MOST_NEAR, near
from knowledge.people.person import Person
from knowledge.people.surname_forms import is_hers_alone, is_in_doubt, is_womans_form
from knowledge.people.unknown_names import in_place, is_name, may_be_misheard, runs
from knowledge.people.whole_names import Outcome, bearers_of, outcome_of, told_apart, windows
from knowledge.people.written_words import words_written
from knowledge.reading.documents import Document


@dataclass(frozen=True, slots=True)
class Naming:
    """A name in a question, `question[start:end]`, and whom it can mean.

    An `exact` name means one person, a `shared` one all who bear it, a `near` one those whose names
    are like it (a suggestion, never an answer), best first; a `stranger` is in no document.
    """

    outcome: Outcome
    people: tuple[Person, ...]
    start: int
    end: int


def without_namings(question: str, namings: Sequence[Naming]) -> str:
    """Return `question` with a space in place of each of `namings`, which are in order."""
    for naming in reversed(namings):
        question = f"{question[: naming.start]} {question[naming.end :]}"
    return question


class People:
    """Everybody whom the documents name, ready to be recognised in a question."""

    def __init__(self, people: Sequence[Person], documents: Sequence[Document] = ()) -> None:
        """Prepare `people`, who are in document order.

        Other words that `documents` write with a capital letter are not taken for strangers.
        """
        self.people = tuple(people)
        self._bearers = tables_of(self.people)
        self._written = words_written(documents, self.people)
        is_ordinary("")  # loads the lists of words now rather than during the first question

    def resolve(self, question: str) -> tuple[Naming, ...]:
        """Return every name in `question`, in order; none if it names nobody.

        "Was Aset Abishev tried with Bokayev?" gives two that are exact, "Abishev" one that two
        people share, "Maks Bokaeyv" one near Maks Bokayev, "Serik Bokayev" a stranger.
        """
        asked = read_words(question, self._bearers)
        namings = [*self._whole(asked), *self._halves(asked), *self._unknown(asked)]
        if not asked.has_case:
            namings += self._in_place(asked, namings)
        if any(naming.outcome == "exact" for naming in namings):
            # Beside an exact name, a word in lower case that is like a name is an ordinary word.
            namings = [
                naming
                for naming in namings
                if naming.outcome != "near" or not question[naming.start : naming.end].islower()
            ]
        namings.sort(key=lambda naming: naming.start)
        return tuple(_settled(namings))

    def _whole(self, asked: AskedWords) -> Iterator[Naming]:
        """Yield the names given in full, longest first, and mark their words as used."""
        for window, after in windows(asked.words):
            rows = bearers_of(window, self._bearers)
            if not rows:
                continue
            if asked.has_case and all(word.text in self._written.small for word in window):
                # Documents have these words in lower case too: railway, though it names a company.
                _mark_used(window)
            elif after is not None and goes_on(window, after, self._written):
                yield self._naming("near", rows, [*window, after])
            else:
                yield self._naming(*told_apart(rows, window, self._bearers), window)

    def _halves(self, asked: AskedWords) -> Iterator[Naming]:
        """Yield the names given by half, alone or beside a half that makes them somebody else's."""
        for place, word in enumerate(asked.words):
            if word.is_used or not word.bearers:
                continue
            is_whole_question = len(asked.words) == 1 and not is_stop_word(word.text)
            if not is_whole_question and is_no_name(word, asked.has_case, self._written):
                # It is an ordinary word too; with its other half, `_whole` has found it.
                continue
            window, is_doubtful = with_other_half(place, asked, self._written)
            if len(window) == 1:
                yield from self._alone(word, asked)
                continue
            _mark_used(window)
            like = near(window, self._bearers)
            if not like and is_doubtful:
                like = tuple(self.people[row] for row in sorted(word.bearers)[:MOST_NEAR])
            yield _of_words("near" if like else "stranger", like, window)

    def _alone(self, word: AskedWord, asked: AskedWords) -> Iterator[Naming]:
        """Yield whom `word`, half of a name and alone, means."""
        # Henry may be the Thoreau of the documents, or a king whom they name too.
        if not self._written.has_with_capital(word.keys):
            is_doubtful = all(_may_be_hers(word, self.people[row]) for row in word.bearers)
            outcome = "near" if is_doubtful else outcome_of(word.bearers)
            yield self._naming(outcome, word.bearers, [word])
        elif is_all_asked_about(word, asked.words):
            yield self._naming("near", word.bearers, [word])

    def _unknown(self, asked: AskedWords) -> Iterator[Naming]:
        """Yield what looks like a name that nobody bears: near somebody's, or a stranger's."""
        for run in runs(asked, self._bearers, self._written):
            like = near(run, self._bearers, is_heard=may_be_misheard(run[0], asked))
            if like:
                yield _of_words("near", like, run)
            elif is_name(run, asked.words, self._written):
                yield _of_words("stranger", (), run)

    def _in_place(self, asked: AskedWords, namings: Sequence[Naming]) -> Iterator[Naming]:
        """Yield strangers: words that stand where a name would, "what did putin say", or end as
        surnames of the region do, "why was tokayev sentenced".
        """
        for word in in_place(asked, self._written):
            if not any(naming.start <= word.start < naming.end for naming in namings):
                yield Naming("stranger", (), word.start, word.end)

    def _naming(
        self, outcome: Outcome, rows: frozenset[int], window: Sequence[AskedWord]
    ) -> Naming:
        _mark_used(window)
        return _of_words(outcome, tuple(self.people[row] for row in sorted(rows)), window)


def _of_words(outcome: Outcome, people: tuple[Person, ...], window: Sequence[AskedWord]) -> Naming:
    return Naming(outcome, people, window[0].lead, window[-1].end)


def _mark_used(window: Sequence[AskedWord]) -> None:
    for word in window:
        word.is_used = True


def _may_be_hers(word: AskedWord, person: Person) -> bool:
    """Return whether `word` is a man's form of the surname of `person`, who may be a woman."""
    return (
        not is_hers_alone(word.text)
        and all(
            is_womans_form(surname, word.text) and is_in_doubt(name)
            for name in (person.name, *person.aliases)
            for surname in parts(name)[1]
        )
        and not any(word.keys[0] in readings(w) for w in parts(person.name)[1])
    )


def _settled(namings: Sequence[Naming]) -> Iterator[Naming]:
    """Yield `namings` without repetitions, and without a shared name one of whose bearers is named
    exactly, since it means them.
    """
    exact = {naming.people[0].id for naming in namings if naming.outcome == "exact"}
    seen: set[tuple[str, ...]] = set()
    for naming in namings:
        if naming.outcome == "shared" and any(person.id in exact for person in naming.people):
            continue
        key = tuple(person.id for person in naming.people)
        if key and key in seen:
            continue
        seen.add(key)
        yield naming
