"""Builds the excerpts that the reader reads: a passage after its title and the text before it."""

from collections.abc import Sequence

from embeddings.reader import Excerpt
from knowledge.reading.passages import Passage

# Sentences before a passage, and the characters of these that are read: they tell who "she" is.
_SENTENCES_BEFORE, _BEFORE = 3, 200


def excerpt_at(passages: Sequence[Passage], row: int) -> Excerpt:
    """Return the one of `passages`, which are in document order, at `row` as an excerpt."""
    passage = passages[row]
    before: list[str] = []
    for other in reversed(passages[max(0, row - _SENTENCES_BEFORE) : row]):
        if other.document is passage.document:
            before = [*_said(other), *before]
    return excerpt_of(passage.document.title, before[-_SENTENCES_BEFORE:], _said(passage))


def _said(passage: Passage) -> list[str]:
    return [passage.read_sentence(sentence) for sentence in passage.sentences]


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
