"""The people whom documents name: found in the text, and joined with those a person has curated.

Found are those whose names have two words or more (`names_in_text.py`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

from anyascii import anyascii
from pydantic import BaseModel, ConfigDict, Field

from knowledge.errors import KnowledgeError
from knowledge.people.name_parts import WORD, contradict, initial, middle, parts, suffix_of
from knowledge.people.name_words import is_a, is_ordinary, is_stop_word
from knowledge.people.names import fold, keys, may_be_forms
from knowledge.people.names_in_text import (
    GAP,
    Candidate,
    Mention,
    Role,
    candidates,
    is_capitalised,
    without_ending,
)
from knowledge.people.nominative import nominative
from knowledge.people.surname_forms import is_womans_form, may_be_hers, surname_keys
from knowledge.problems import problem
from knowledge.reading.documents import Document
from knowledge.reading.entries import read_entries

_LONGEST_ID = 56  # characters after "p_", of the 64 that a Telegram deep link may have


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom documents name.

    `id` is made of ASCII letters, digits, - and _, at most 60 characters, and fits a deep link.
    `name` is spelled as a document spells it, `spellings` are others that documents have, in their
    basic form, and `aliases` those that somebody has written down. `mentions` are in the order of
    the documents, at least one; those by surname alone are among them where only one person bears
    it.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    role: Role | None
    is_curated: bool
    mentions: tuple[Mention, ...]
    spellings: tuple[str, ...] = ()


class CuratedRole(BaseModel):
    """A slice of a document; `text` must be what stands there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document: str
    start: int = Field(ge=0)
    text: str = Field(min_length=1)


class Curated(BaseModel):
    """What somebody wrote down about a person: other spellings, and a role from the source."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    role: CuratedRole | None = None


def read_curated(file: Path, called: str | None = None) -> tuple[Curated, ...]:
    """Return the people of `file`, a people.yaml; none where there is no such file.

    Raises KnowledgeError, which names the file (as it is `called`), the entry and what was
    expected.
    """
    people = read_entries(file, Curated, called)
    name = called or str(file)
    seen: set[str] = set()
    for number, person in enumerate(people):
        if not any(fold(word) for word in WORD.findall(person.name)):
            raise KnowledgeError(
                problem("person_without_letters", name, entry=number, person=person.name)
            )
        if person.name in seen:
            raise KnowledgeError(problem("person_twice", name, entry=number, person=person.name))
        seen.add(person.name)
    return people


def check_roles(name: str, curated: Sequence[Curated], documents: Sequence[Document]) -> None:
    """Raise KnowledgeError if a role of `curated`, read from the file `name`, is not what a
    document says.

    A role from a document that is not there is let be: documents come and go.
    """
    by_id = {document.id: document for document in documents}
    for number, person in enumerate(curated):
        role = person.role
        if role is None or role.document not in by_id:
            continue
        text = by_id[role.document].text
        if not text.startswith(role.text, role.start):
            at = text.find(role.text)
            raise KnowledgeError(
                problem(
                    "role_elsewhere" if at >= 0 else "role_nowhere",
                    name,
                    entry=number,
                    person=person.name,
                    document=role.document,
                    role=role.text,
                    start=role.start,
                    found=at,
                )
            )


@dataclass(frozen=True, slots=True)
class Named:
    """The people of some documents in the order in which they are first named, and the mentions of
    others, of whom nothing but a surname, or a given name, is known.
    """

    people: tuple[Person, ...]
    others: tuple[Mention, ...]


def find_named(
    documents: Sequence[Document], curated: Sequence[Curated] = (), cache: Path | None = None
) -> Named:
    """Return who is named in `documents`.

    Somebody in `curated` whom no document names is left out, and so is a role from a document
    that is not there; see `check_roles` for one that is not what the document says. `cache` is the
    file in which it is kept which words are names.
    """
    named = list(candidates(documents, cache))
    languages = {document.id: document.language for document in documents}
    people = [
        _person(person, languages) for person in _joined([one for one in named if one.is_full])
    ]
    people = _with_curated(people, curated, documents)
    people = _with_every_mention(people, documents)
    order = {document.id: place for place, document in enumerate(documents)}
    people.sort(key=lambda person: (order[person.mentions[0].document], person.mentions[0].start))
    taken = {(mention.document, mention.start) for one in people for mention in one.mentions}
    others = (one.mention for one in named)
    return Named(
        tuple(_with_ids(people)),
        tuple(one for one in others if (one.document, one.start) not in taken),
    )


# --- One person of many mentions ------------------------------------------------------------------


@dataclass(slots=True)
class _Found:
    """Somebody found so far, with the keys that all spellings met have in common."""

    given: set[str]
    surname: set[str]
    initial: str
    suffix: str
    named: list[tuple[int, Candidate]]

    def best_name(self) -> str:
        """Return the first spelling in its basic form, if one was met: Искандер, not Искандера."""
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


def _joined(candidates: Sequence[Candidate]) -> list[_Found]:
    """Return the people whom `candidates` name, in the order of their first mentions.

    Fuller names go first, so that it shows whom a shorter one may mean. One that may mean several
    is of nobody: Пётр Воронов beside Пётр Иванович and Пётр Сергеевич Воронов.
    """
    found: list[_Found] = []
    by_surname: dict[str, list[_Found]] = {}
    for place, candidate in sorted(enumerate(candidates), key=lambda one: _fullness(one[1])):
        given_words, surname_words = parts(candidate.name)
        surname = {key for word in surname_words for key in keys(word)}
        given = {key for word in given_words for key in keys(word)}
        bearers = {id(p): p for key in surname for p in by_surname.get(key, ())}.values()
        meant = [person for person in bearers if person.may_be(candidate, given, surname)]
        if len(meant) > 1:
            continue
        if meant:
            person = meant[0]
            person.given = person.given & given if person.given and given else person.given or given
            person.surname &= surname
            person.named.append((place, candidate))
            continue
        person = _Found(
            given, surname, initial(candidate.name), suffix_of(candidate.name), [(place, candidate)]
        )
        found.append(person)
        for key in surname:
            by_surname.setdefault(key, []).append(person)
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


def _with_curated(
    people: list[Person], curated: Sequence[Curated], documents: Sequence[Document]
) -> list[Person]:
    by_key: dict[str, list[int]] = {}
    for place, person in enumerate(people):
        for word in WORD.findall(person.name):
            for key in keys(word):
                by_key.setdefault(key, []).append(place)
    for entry in curated:
        role = _curated_role(entry, documents)
        spellings = (entry.name, *entry.aliases)
        candidates = {
            place
            for name in spellings
            for word in WORD.findall(name)
            for key in keys(word)
            for place in by_key.get(key, ())
        }
        found = next(
            (p for p in sorted(candidates) if any(same(people[p].name, n) for n in spellings)), None
        )
        if found is not None:
            person = people[found]
            others = (name for name in spellings if name != person.name)
            people[found] = replace(
                person,
                aliases=tuple(dict.fromkeys(others)),
                role=role or person.role,
                is_curated=True,
            )
            continue
        mentions = tuple(_mentions_of(spellings, documents))
        if mentions:
            people.append(Person("", entry.name, entry.aliases, role, True, mentions))
    return people


def same(one: str, other: str) -> bool:
    """Return whether two full names are spellings of one, in either order of their words."""
    first, second = (
        [set(keys(word)) for word in (*given, *surname)]
        for given, surname in (parts(one), parts(other))
    )
    if len(first) != len(second):
        return False
    return all(any(a & b for b in second) for a in first) and all(
        any(a & b for a in first) for b in second
    )


def _curated_role(entry: Curated, documents: Sequence[Document]) -> Role | None:
    role = entry.role
    if role is None or role.document not in {document.id for document in documents}:
        return None
    return Role(role.text, role.document, role.start, role.start + len(role.text))


def _mentions_of(names: Sequence[str], documents: Sequence[Document]) -> Iterator[Mention]:
    """Yield where a curated name stands that was not found by itself, such as one of one word."""
    wanted = [[set(keys(word)) for word in WORD.findall(name)] for name in names]
    for document in documents:
        words = list(WORD.finditer(document.text))
        for i, match in enumerate(words):
            if not match.group()[0].isupper():
                continue
            for name in wanted:
                here = words[i : i + len(name)]
                if len(here) == len(name) and all(
                    part & set(keys(word.group())) for part, word in zip(name, here, strict=True)
                ):
                    yield Mention(document.id, match.start(), here[-1].end())
                    break


def _with_every_mention(people: list[Person], documents: Sequence[Document]) -> list[Person]:
    """Add the mentions by surname alone, where one person only bears it and no other name is by."""
    bearers: dict[str, dict[int, list[str]]] = {}
    for place, person in enumerate(people):
        for name in (person.name, *person.aliases):
            for key in surname_keys(name):
                bearers.setdefault(key, {}).setdefault(place, []).extend(parts(name)[1])
    mentions = [list(person.mentions) for person in people]
    taken = {(m.document, position) for p in people for m in p.mentions
             for position in range(m.start, m.end)}  # fmt: skip
    for document in documents:
        words = list(WORD.finditer(document.text))
        for i, match in enumerate(words):
            word = match.group()
            if not is_capitalised(word) or (document.id, match.start()) in taken:
                continue
            borne = {
                place: surnames
                for key in keys(word)
                for place, surnames in bearers.get(key, {}).items()
            }
            if len(borne) != 1 or is_ordinary(word) or _has_neighbour(words, i, document.text):
                continue
            ((place, surnames),) = borne.items()
            if _is_of_another(document, match, surnames):
                continue
            if any(may_be_forms(word, surname) for surname in surnames):
                end = match.start() + len(without_ending(word))
                mentions[place].append(Mention(document.id, match.start(), end))
    order = {document.id: place for place, document in enumerate(documents)}
    return [
        replace(person, mentions=tuple(sorted(m, key=lambda m: (order[m.document], m.start))))
        for person, m in zip(people, mentions, strict=True)
    ]


def _is_of_another(document: Document, match: re.Match[str], surnames: Sequence[str]) -> bool:
    """Return whether the surname found is, or may be, a woman's where `surnames` are a man's."""
    return all(is_womans_form(match.group(), surname) for surname in surnames) and may_be_hers(
        document.text, *match.span(), document.language
    )


def _is_body(word: str) -> bool:
    return is_a(word, "bodies")


def _separates(word: str) -> bool:
    if len(word) == 1 or word.islower() or is_a(word, "given"):
        return False
    return (
        is_stop_word(word) or is_a(word, "titles") or is_a(word, "places") or is_a(word, "peoples")
    )


def _has_neighbour(words: Sequence[re.Match[str]], i: int, text: str) -> bool:
    """Return whether a capitalised word beside word `i` may belong to its name."""
    beside = []
    if i and GAP.fullmatch(text[words[i - 1].end() : words[i].start()]):
        beside.append(words[i - 1].group())
    if i + 1 < len(words) and GAP.fullmatch(text[words[i].end() : words[i + 1].start()]):
        beside.append(words[i + 1].group())
    return any(
        word[0].isupper() and (_is_body(word) or not (_separates(word) or is_ordinary(word)))
        for word in beside
    )


def _with_ids(people: Iterable[Person]) -> Iterator[Person]:
    taken: set[str] = set()
    for person in people:
        slug = re.sub(r"[^a-z0-9]+", "_", anyascii(person.name).lower()).strip("_") or "person"
        slug = slug[: _LONGEST_ID - 4].strip("_")
        identity, number = f"p_{slug}", 1
        while identity in taken:
            number += 1
            identity = f"p_{slug}_{number}"
        taken.add(identity)
        yield replace(person, id=identity)
