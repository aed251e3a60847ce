"""Somebody whom documents name, and the ids by which people are known."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from anyascii import anyascii

from knowledge.people.names_in_text import Mention, Role

_LONGEST_ID = 56  # characters after "p_", of the 64 that a Telegram deep link may have


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom documents name.

    `id` consists of ASCII letters, digits and _, at most 58 characters, and fits a deep link.
    `name` is a spelling of the documents, in its base form where that is known; `spellings` are
    others of theirs, and `aliases` those that are curated. `mentions` are in the order of the
    documents, at least one; among them are those by a surname or a given name alone that only one
    person bears.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    role: Role | None
    is_curated: bool
    mentions: tuple[Mention, ...]
    spellings: tuple[str, ...] = ()


def with_ids(people: Iterable[Person]) -> Iterator[Person]:
    """Yield `people` with unique ids, made of their names."""
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
