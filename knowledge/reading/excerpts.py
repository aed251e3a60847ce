"""Builds the excerpts that the reader reads: a passage after its title and the text before it."""

from collections.abc import Sequence

from embeddings.reader import Excerpt
from knowledge.reading.passages import Passage

_BEFORE = 200  # characters of the text before a passage, which tells who "she" is


def excerpts(passages: Sequence[Passage]) -> list[Excerpt]:
    """Return each of `passages`, which are in document order, as an excerpt."""
    found = []
    before: list[str] = []
    for place, passage in enumerate(passages):
        if place and passages[place - 1].document is not passage.document:
            before = []
        said = [passage.read_sentence(sentence) for sentence in passage.sentences]
        found.append(excerpt_of(passage.document.title, before, said))
        before = [*before, *said][-3:]
    return found


def excerpt_of(title: str, before: Sequence[str], sentences: Sequence[str]) -> Excerpt:
    """Return an excerpt: `title`, the end of the sentences `before`, then `sentences`."""
    lead = " ".join(before)
    if len(lead) > _BEFORE:
        lead = lead[-_BEFORE:].partition(" ")[2]
    text = " ".join(part for part in (f"{title}.", lead) if part)
    spans = []
    for sentence in sentences:
        text += " "
        spans.append((len(text), len(text) + len(sentence)))
        text += sentence
    return Excerpt(text, tuple(spans))
