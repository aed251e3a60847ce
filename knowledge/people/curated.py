"""The people that somebody has curated, and how they are joined with those found in documents."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from knowledge.errors import KnowledgeError
from knowledge.people.name_parts import WORD, parts
from knowledge.people.names import fold, keys
from knowledge.people.names_in_text import Mention, Role
from knowledge.people.person import Person
from knowledge.problems import problem
from knowledge.reading.documents import Document
from knowledge.reading.entries import read_entries


class CuratedRole(BaseModel):
    """Who somebody is, as a slice of a document; `text` must be what stands at `start`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document: str
    start: int = Field(ge=0)
    text: str = Field(min_length=1)


class Curated(BaseModel):
    """What is curated about a person: other spellings of the name, and a role from a document."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    role: CuratedRole | None = None


def read_curated(file: Path, called: str | None = None) -> tuple[Curated, ...]:
    """Return the people in `file`, a people.yaml; none if there is no such file.

    Raises KnowledgeError, which names the file (by the name `called`, if given), the entry and what
    was expected.
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
    """Raise KnowledgeError if a role in `curated` is not what its document says.

    The message names the file `name`. A role from a missing document is accepted: documents come
    and go.
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


def with_curated(
    people: Sequence[Person], curated: Sequence[Curated], documents: Sequence[Document]
) -> list[Person]:
    """Return `people` with what is `curated` about them.

    After them come the curated people whom only their curated names find in `documents`.
    """
    by_key: dict[str, list[int]] = {}
    for place, person in enumerate(people):
        for key in _keys(person.name):
            by_key.setdefault(key, []).append(place)
    everybody = list(people)
    for entry in curated:
        role = _curated_role(entry, documents)
        spellings = (entry.name, *entry.aliases)
        found = _place_of(spellings, people, by_key)
        if found is not None:
            person = everybody[found]
            others = (name for name in spellings if name != person.name)
            everybody[found] = replace(
                person,
                aliases=tuple(dict.fromkeys(others)),
                role=role or person.role,
                is_curated=True,
            )
        elif mentions := tuple(_mentions_of(spellings, documents)):
            everybody.append(Person("", entry.name, entry.aliases, role, True, mentions))
    return everybody


def _place_of(
    spellings: Sequence[str], people: Sequence[Person], by_key: Mapping[str, Sequence[int]]
) -> int | None:
    """Return the first place in `people` of somebody who is called one of `spellings`, or None.

    `by_key` has the places of people by the keys of the words of their names.
    """
    places = {p for name in spellings for key in _keys(name) for p in by_key.get(key, ())}
    called = (p for p in sorted(places) if any(_is_same(people[p].name, n) for n in spellings))
    return next(called, None)


def _keys(name: str) -> set[str]:
    return {key for word in WORD.findall(name) for key in keys(word)}


def _is_same(one: str, other: str) -> bool:
    """Return whether two full names are spellings of one name, in either order of their words."""
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
    """Yield where `documents` have one of `names`, which may be of one word, with a capital."""
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
