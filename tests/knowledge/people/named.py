"""Who is named in documents, by the bundled tagger."""

from collections.abc import Sequence

from embeddings.multilingual import multilingual_encoder
from embeddings.tagger import person_tagger
from knowledge.people.curated import Curated
from knowledge.people.people import Named, find_named
from knowledge.reading.documents import Document


def named_in(documents: Sequence[Document], curated: Sequence[Curated] = ()) -> Named:
    """Return who is named in `documents`."""
    return find_named(documents, person_tagger(multilingual_encoder()), curated)
