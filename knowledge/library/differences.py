"""What one knowledge base says and another does not, for an editor to read before it serves."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.knowledge_base import KnowledgeBase
from knowledge.people.person import Person
from knowledge.reading.documents import Document


@dataclass(frozen=True, slots=True)
class DocumentDifference:
    """A document that is new, changed or gone, and how many of its passages come and go."""

    document: Document
    passages_added: int
    passages_removed: int


@dataclass(frozen=True, slots=True)
class Differences:
    """Documents by what happens to them, and the names of people who come and go."""

    added: tuple[DocumentDifference, ...]
    changed: tuple[DocumentDifference, ...]
    removed: tuple[DocumentDifference, ...]
    people_added: tuple[str, ...]
    people_removed: tuple[str, ...]

    @property
    def passages_added(self) -> int:
        """How many passages come, in all documents together."""
        return sum(d.passages_added for d in (*self.added, *self.changed, *self.removed))

    @property
    def passages_removed(self) -> int:
        """How many passages go, in all documents together."""
        return sum(d.passages_removed for d in (*self.added, *self.changed, *self.removed))


def differences(old: KnowledgeBase | None, new: KnowledgeBase) -> Differences:
    """Return what `new` has and `old` has not, and the reverse; without `old` all of it is new."""
    before = {document.id: document for document in old.documents} if old else {}
    after = {document.id: document for document in new.documents}
    were, are = _passages(old), _passages(new)

    def difference(document: Document) -> DocumentDifference:
        was, now = were.get(document.id, Counter()), are.get(document.id, Counter())
        return DocumentDifference(document, (now - was).total(), (was - now).total())

    return Differences(
        added=tuple(difference(d) for key, d in after.items() if key not in before),
        changed=tuple(difference(d) for k, d in after.items() if k in before and before[k] != d),
        removed=tuple(difference(d) for key, d in before.items() if key not in after),
        people_added=_names_only_in(new, old),
        people_removed=_names_only_in(old, new),
    )


def _passages(base: KnowledgeBase | None) -> dict[str, Counter[str]]:
    """Return how often each document of `base` has each passage, by id and by text."""
    counts: dict[str, Counter[str]] = {}
    for passage in base.passages if base is not None else ():
        counts.setdefault(passage.document.id, Counter())[passage.read_text] += 1
    return counts


def _names_only_in(base: KnowledgeBase | None, other: KnowledgeBase | None) -> tuple[str, ...]:
    known = {person.id for person in _people(other)}
    return tuple(person.name for person in _people(base) if person.id not in known)


def _people(base: KnowledgeBase | None) -> Iterable[Person]:
    return base.people.people if base is not None else ()
