"""From documents to answers: the whole pipeline on one screen."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from embeddings.cache import Progress, encode_cached
from embeddings.encoder import Encoder
from embeddings.index import ExactIndex
from knowledge.answers import Answer, Reason, quote
from knowledge.decision import confidence
from knowledge.documents import Document
from knowledge.errors import KnowledgeError
from knowledge.passages import Passage, split
from knowledge.questions import LONGEST_QUESTION, understand
from knowledge.retrieval import Shelf

_MORE = 4  # passages offered after the first


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """Documents ready to answer. Nothing in it changes; new documents make a new one.

    `passages` holds those of all documents in order, so that a row of it names one. `version`
    names the documents: equal texts give equal versions.
    """

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    version: str
    encoder: Encoder
    shelves: tuple[Shelf, ...]
    min_confidence: float
    _rows: Mapping[tuple[str, int], int]

    @classmethod
    def build(
        cls,
        documents: Sequence[Document],
        encoder: Encoder,
        *,
        cache: Path,
        dense_weight: Mapping[str, float],
        min_confidence: float,
        progress: Progress | None = None,
    ) -> "KnowledgeBase":
        """Split, encode and index `documents`.

        `cache` is the file of kept vectors. `dense_weight` maps a language to the share of its
        cosines in [0, 1], and "other" to that of the rest. An answer below `min_confidence` is
        not given. Raises KnowledgeError if there are no documents.
        """
        if not documents:
            raise KnowledgeError("there are no documents to answer from; add a .txt or .md file")
        passages = tuple(passage for document in documents for passage in split(document))
        sentences = [p.sentence_text(s) for p in passages for s in p.sentences]
        texts = [passage.text for passage in passages]
        vectors = encode_cached(texts + sentences, encoder, cache, progress)
        passage_vectors, sentence_vectors = vectors[: len(texts)], vectors[len(texts) :]
        languages = np.array([passage.document.language for passage in passages])
        sentence_languages = np.repeat(languages, [len(p.sentences) for p in passages])

        def shelf(language: str) -> Shelf:
            return Shelf(
                [passage for passage in passages if passage.document.language == language],
                language=language,
                passage_index=ExactIndex(passage_vectors[languages == language]),
                sentence_index=ExactIndex(sentence_vectors[sentence_languages == language]),
                dense_weight=dense_weight.get(language, dense_weight["other"]),
            )

        return cls(
            documents=tuple(documents),
            passages=passages,
            version=_version(passages),
            encoder=encoder,
            shelves=tuple(shelf(language) for language in sorted(set(languages.tolist()))),
            min_confidence=min_confidence,
            _rows={(p.document.id, p.start): row for row, p in enumerate(passages)},
        )

    def row(self, passage: Passage) -> int:
        """Return the row of `passage`, one of this knowledge base, in `passages`."""
        return self._rows[passage.document.id, passage.start]

    def around(self, row: int) -> tuple[Passage, ...]:
        """Return the passage at `row` with those before and after it in its document, in order."""
        neighbours = self.passages[max(row - 1, 0) : row + 2]
        return tuple(p for p in neighbours if p.document is self.passages[row].document)

    def ask(self, text: str) -> Answer:
        """Return the answer to `text`. Safe to call from several threads."""
        question = understand(text)
        language = question.language
        if question.small_talk is not None:
            return Answer("smalltalk", language, 1.0, reason=question.small_talk)
        if len(question.text) > LONGEST_QUESTION:
            return Answer("not_found", language, 0.0, reason="too_long")

        vector = self.encoder.encode_query(question.text)
        found = [
            (match, shelf)
            for shelf in self.shelves
            for match in shelf.closest(question.text, vector, 1 + _MORE)
        ]
        found.sort(key=lambda item: -item[0].closeness)
        matches = [match for match, _ in found[: 1 + _MORE]]
        shelf = found[0][1]
        certainty = confidence(question, matches, shelf)
        if certainty < self.min_confidence:
            languages = {shelf.language for shelf in self.shelves}
            reason: Reason = "nothing_found" if language in languages else "other_language"
            return Answer("not_found", language, certainty, reason=reason)
        quotes = [quote(match.passage, match.sentence) for match in matches]
        return Answer("answered", language, certainty, tuple(quotes[:1]), tuple(quotes[1:]))


def _version(passages: Sequence[Passage]) -> str:
    digest = hashlib.sha256()
    for passage in passages:
        sentences = ",".join(f"{s.start}-{s.end}" for s in passage.sentences)
        digest.update(f"{passage.document.id}\0{sentences}\0{passage.text}\0".encode())
    return digest.hexdigest()[:8]
