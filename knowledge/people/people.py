"""The people whom documents name: found in the text, and joined with those a person has curated.

Found are those whose names have two words or more (`names_in_text.py`).
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
    """The people of some documents in the order in which they are first named, and the mentions of
    others, of whom nothing but a surname, or a given name, is known.
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
    """Return who is named in `documents`, by words that `tagger` says are of names.

    Somebody in `curated` whom no document names is left out, and so is a role from a document
    that is not there; see `check_roles` for one that is not what the document says. `cache` is the
    file in which it is kept which words are names.
    """
    named = list(candidates(documents, tagger, cache, progress))
    people = people_of([one for one in named if one.is_full], documents)
    people = with_curated(people, curated, documents)
    lone = [one.mention for one in named if not one.is_full]
    people = with_half_mentions(people, documents, lone)
    order = {document.id: place for place, document in enumerate(documents)}
    people.sort(key=lambda person: (order[person.mentions[0].document], person.mentions[0].start))
    taken = {(mention.document, mention.start) for one in people for mention in one.mentions}
    others = (one.mention for one in named)
    return Named(
        tuple(with_ids(people)),
        tuple(one for one in others if (one.document, one.start) not in taken),
    )
