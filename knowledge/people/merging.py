"""One person of many mentions: which names found in documents are of the same person."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from knowledge.people.name_parts import contradict, initial, middle, parts, suffix_of
from knowledge.people.names import fold, given_keys, keys
from knowledge.people.names_in_text import Candidate, Mention, Role
from knowledge.people.nominative import nominative
from knowledge.people.person import Person
from knowledge.reading.documents import Document


@dataclass(slots=True)
class _Found:
    """Somebody found so far, with the keys that all spellings met have in common.

    `given` has those of the first given name, by which brothers are told apart, `further` those of
    what stands between it and the last surname.
    """

    given: set[str]
    further: set[str]
    surname: set[str]
    initial: str
    suffix: str
    named: list[tuple[int, Candidate]]

    def best_name(self) -> str:
        """Return the first spelling in its basic form, if one was met."""
        names = [candidate.name for _, candidate in self.named]
        first = next(iter(self.basic_forms()), None)
        return first or next((name for name in names if parts(name)[0]), names[0])

    def basic_forms(self) -> tuple[str, ...]:
        """Return the spellings in their basic form: those whose keys all that was met share."""
        names = dict.fromkeys(candidate.name for _, candidate in self.named)
        return tuple(name for name in names if self._is_basic(name))

    def _is_basic(self, name: str) -> bool:
        given, surname = parts(name)
        return all(fold(word) in self.surname for word in surname) and any(
            fold(word) in self.given for word in given
        )

    @property
    def role(self) -> Role | None:
        return next((one.role for _, one in self.named if one.role is not None), None)

    @property
    def mentions(self) -> list[Mention]:
        return [candidate.mention for _, candidate in self.named]

    def may_be(self, candidate: Candidate, given: Set[str], surname: Set[str]) -> bool:
        """Return whether nothing tells `candidate`, of these keys, from this person."""
        return (
            bool(self.surname & surname)
            and self.suffix == suffix_of(candidate.name)
            and _is_same_given(self, given, initial(candidate.name))
            and not any(
                contradict(candidate.name, name)
                for name in dict.fromkeys(one.name for _, one in self.named)
            )
        )

    def ends_as(self, candidate: Candidate, given: Set[str]) -> bool:
        """Return whether `candidate`, of this surname, is this person without the first given name:
        Garcia Marquez.
        """
        return bool(self.further & given) and self.suffix == suffix_of(candidate.name)

    def is_fuller(self, candidate: Candidate, given: Set[str]) -> bool:
        """Return whether `candidate`, of whose last word this person has a key, is them without the
        last surname, in a document that has both: Gabriel Garcia of Gabriel Garcia Marquez.
        """
        return (
            bool(self.given & given)
            and initial(candidate.name) == self.initial
            and any(one.mention.document == candidate.mention.document for _, one in self.named)
        )


def people_of(candidates: Sequence[Candidate], documents: Sequence[Document]) -> list[Person]:
    """Return whom `candidates`, full names in `documents`, name, in the order of their first
    mentions; without ids.
    """
    languages = {document.id: document.language for document in documents}
    return [_person(one, languages) for one in _joined(candidates)]


def _joined(candidates: Sequence[Candidate]) -> list[_Found]:
    """Return the people whom `candidates` name, in the order of their first mentions.

    Fuller names go first, so that it shows whom a shorter one may mean. One that may mean several
    is of nobody: Pyotr Voronov beside Pyotr Ivanovich and Pyotr Sergeyevich Voronov.
    """
    found: list[_Found] = []
    by_surname: dict[str, list[_Found]] = {}
    by_further: dict[str, list[_Found]] = {}
    for place, candidate in sorted(enumerate(candidates), key=lambda one: _fullness(one[1])):
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
            meant = [person for person in fuller if person.is_fuller(candidate, given)]
            if len(meant) == 1:
                meant[0].named.append((place, candidate))
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
            person.named.append((place, candidate))
            continue
        person = _Found(
            given,
            further,
            surname,
            initial(candidate.name),
            suffix_of(candidate.name),
            [(place, candidate)],
        )
        found.append(person)
        for index, own in ((by_surname, surname), (by_further, further)):
            for key in own:
                index.setdefault(key, []).append(person)
    for person in found:
        person.named.sort(key=lambda one: one[0])
    return sorted(found, key=lambda person: person.named[0][0])


def _person(found: _Found, languages: Mapping[str, str]) -> Person:
    """Return who was `found`, by the basic form of the name, in documents of those `languages`."""
    name, spellings = found.best_name(), found.basic_forms()[1:]
    where = next(one.mention for _, one in found.named if one.name == name)
    if basic := nominative(name, languages[where.document]):
        name, spellings = basic, (name, *spellings)
    return Person("", name, (), found.role, False, tuple(found.mentions), spellings)


def _fullness(candidate: Candidate) -> tuple[int, int]:
    """Return what orders names by how much they tell, the fullest first."""
    return -len(parts(candidate.name)[0][:1]), -len(middle(candidate.name))


def _is_same_given(person: _Found, given: Set[str], initial: str) -> bool:
    """Return whether `person` bears a name of `given`; an initial stands for any it fits."""
    if person.given and given:
        return not person.given.isdisjoint(given)
    if person.given:
        return any(key.startswith(initial) for key in person.given)
    return any(key.startswith(person.initial) for key in given or {initial})
