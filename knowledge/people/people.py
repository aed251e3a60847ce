"""The people whom documents name: those found in the texts, joined with those curated.

Those are found whose names have two words or more (`names_in_text.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from embeddings.cache import Progress
from embeddings.tagger import NameTagger
from knowledge.people.curated import Curated, with_curated
from knowledge.people.half_mentions import with_half_mentions
from knowledge.people.merging import people_of
from knowledge.people.names_in_text import Mention, candidates
from knowledge.people.person import Person, with_ids
from knowledge.reading.documents import Document


@dataclass(frozen=True, slots=True)
class Named:
    """The people whom some documents name, in the order of their first mentions, and the mentions
    of names that are none of theirs: most of these are a surname, or a given name, alone.
    """

    people: tuple[Person, ...]
    others: tuple[Mention, ...]


def find_named(
    documents: Sequence[Document],
    tagger: NameTagger,
    curated: Sequence[Curated] = (),
    cache: Path | None = None,
    progress: Progress | None = None,
) -> Named:
    """Return who is named in `documents`.

    `tagger` says which words are parts of names; `cache` is the file in which that is kept.
    Somebody in `curated` whom no document names is left out, and so is a role from a missing
    document; `check_roles` refuses a role that its document does not say.
    """
    named = list(candidates(documents, tagger, cache, progress))
    people = people_of([name for name in named if name.is_full], documents)
    people = with_curated(people, curated, documents)
    lone = [name.mention for name in named if not name.is_full]
    people = with_half_mentions(people, documents, lone)
    order = {document.id: place for place, document in enumerate(documents)}
    people.sort(key=lambda person: (order[person.mentions[0].document], person.mentions[0].start))
    taken = {(mention.document, mention.start) for person in people for mention in person.mentions}
    mentions = (name.mention for name in named)
    others = (mention for mention in mentions if (mention.document, mention.start) not in taken)
    return Named(tuple(with_ids(people)), tuple(others))
