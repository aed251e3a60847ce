"""Which of the names found in documents are names of the same person."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from knowledge.people.name_parts import contradict, initial, middle, parts, suffix_of
from knowledge.people.names import fold, given_keys, keys
from knowledge.people.names_in_text import Candidate, Mention, Role
from knowledge.people.nominative import nominative
from knowledge.people.person import Person
from knowledge.reading.documents import Document


@dataclass(slots=True)
class _FoundPerson:
    """Somebody found so far, with the keys that all spellings met so far have in common.

    `given` has those of the first given name, by which brothers are told apart. `further` has the
    keys of the words between it and the last surname, in the first spelling met. `named` are the
    names met, each with its place among all candidates, and `spellings` the different ones.
    """

    given: set[str]
    further: set[str]
    surname: set[str]
    initial: str
    suffix: str
    named: list[tuple[int, Candidate]] = field(default_factory=list)
    spellings: set[str] = field(default_factory=set)

    def add(self, place: int, candidate: Candidate) -> None:
        """Take `candidate`, at `place` among all, for a name of this person."""
        self.named.append((place, candidate))
        self.spellings.add(candidate.name)

    def best_name(self) -> str:
        """Return the first spelling in its base form, or else the first with a given name."""
        names = [candidate.name for _, candidate in self.named]
        first = next(iter(self.base_forms()), None)
        return first or next((name for name in names if parts(name)[0]), names[0])

    def base_forms(self) -> tuple[str, ...]:
        """Return the spellings in their base form: those whose own keys all spellings met share."""
        names = dict.fromkeys(candidate.name for _, candidate in self.named)
        return tuple(name for name in names if self._is_base_form(name))

    def _is_base_form(self, name: str) -> bool:
        given, surname = parts(name)
        return all(fold(word) in self.surname for word in surname) and any(
            fold(word) in self.given for word in given
        )

    @property
    def role(self) -> Role | None:
        return next((name.role for _, name in self.named if name.role is not None), None)

    @property
    def mentions(self) -> list[Mention]:
        return [candidate.mention for _, candidate in self.named]

    def may_be(self, candidate: Candidate, given: Set[str], surname: Set[str]) -> bool:
        """Return whether nothing tells `candidate`, who has these keys, from this person."""
        return (
            bool(self.surname & surname)
            and self.suffix == suffix_of(candidate.name)
            and _is_same_given(self, given, initial(candidate.name))
            and not any(contradict(candidate.name, name) for name in self.spellings)
        )

    def ends_as(self, candidate: Candidate, given: Set[str]) -> bool:
        """Return whether `candidate`, who has this surname, is this person without the first given
        name: Garcia Marquez.
        """
        return bool(self.further & given) and self.suffix == suffix_of(candidate.name)

    def is_fuller_form_of(self, candidate: Candidate, given: Set[str]) -> bool:
        """Return whether this person is `candidate` with a further surname, in a document that has
        both: Gabriel Garcia Marquez for Gabriel Garcia.

        The last word of `candidate` has a key in `further`.
        """
        return (
            bool(self.given & given)
            and initial(candidate.name) == self.initial
            and any(other.mention.document == candidate.mention.document for _, other in self.named)
        )


def people_of(candidates: Sequence[Candidate], documents: Sequence[Document]) -> list[Person]:
    """Return the people whom `candidates`, full names in `documents`, name.

    They are in the order of their first mentions, and have no ids yet.
    """
    languages = {document.id: document.language for document in documents}
    return [_person(found, languages) for found in _joined(candidates)]


def _joined(candidates: Sequence[Candidate]) -> list[_FoundPerson]:
    """Return the people whom `candidates` name, in the order of their first mentions.

    Fuller names are taken first, to see whom a shorter one may mean. A name that may mean several
    is nobody's: Pyotr Voronov beside Pyotr Ivanovich and Pyotr Sergeyevich Voronov.
    """
    people: list[_FoundPerson] = []
    by_surname: dict[str, list[_FoundPerson]] = {}
    by_further: dict[str, list[_FoundPerson]] = {}
    for place, candidate in sorted(enumerate(candidates), key=lambda placed: _fullness(placed[1])):
        given_words, surname_words = parts(candidate.name)
        surname = {key for word in surname_words for key in keys(word)}
        given = {key for word in given_words[:1] for key in given_keys(word)}
        further = {key for word in given_words[1:] for key in keys(word)}
        bearers = {id(p): p for key in surname for p in by_surname.get(key, ())}.values()
        meant = [
            person
            for person in bearers
            if person.may_be(candidate, given, surname)
            or (not further and person.ends_as(candidate, given))
        ]
        if not meant:
            fuller = {id(p): p for key in surname for p in by_further.get(key, ())}.values()
            meant = [person for person in fuller if person.is_fuller_form_of(candidate, given)]
            if len(meant) == 1:
                meant[0].add(place, candidate)
                continue
        if len(meant) > 1:
            continue
        if meant:
            person = meant[0]
            if not person.given or not given:
                person.given = person.given or given
            elif not person.further & given:
                person.given &= given
            person.surname &= surname
            person.add(place, candidate)
            continue
        person = _FoundPerson(
            given,
            further,
            surname,
            initial(candidate.name),
            suffix_of(candidate.name),
        )
        person.add(place, candidate)
        people.append(person)
        for index, its_keys in ((by_surname, surname), (by_further, further)):
            for key in its_keys:
                index.setdefault(key, []).append(person)
    for person in people:
        person.named.sort(key=lambda placed: placed[0])
    return sorted(people, key=lambda person: person.named[0][0])


def _person(found: _FoundPerson, languages: Mapping[str, str]) -> Person:
    """Return the Person of `found`, under the base form of the name.

    `languages` are those of the documents, by id.
    """
    name, spellings = found.best_name(), found.base_forms()[1:]
    where = next(other.mention for _, other in found.named if other.name == name)
    if base := nominative(name, languages[where.document]):
        name, spellings = base, (name, *spellings)
    return Person("", name, (), found.role, False, tuple(found.mentions), spellings)


def _fullness(candidate: Candidate) -> tuple[int, int]:
    """Return a sort key that puts the fullest names first."""
    return -len(parts(candidate.name)[0][:1]), -len(middle(candidate.name))


def _is_same_given(person: _FoundPerson, given: Set[str], initial: str) -> bool:
    """Return whether `person` bears a name of `given`; an initial stands for any that it fits."""
    if person.given and given:
        return not person.given.isdisjoint(given)
    if person.given:
        return any(key.startswith(initial) for key in person.given)
    return any(key.startswith(person.initial) for key in given or {initial})
