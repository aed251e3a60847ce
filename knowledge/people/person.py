"""Somebody whom documents name, and the id that a person is known by."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from anyascii import anyascii

from knowledge.people.names_in_text import Mention, Role

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


def with_ids(people: Iterable[Person]) -> Iterator[Person]:
    """Yield `people` with ids, each another one, made of their names."""
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
