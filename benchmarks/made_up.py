"""Vectors of documents that are made up: for measuring what does not depend on them."""

from collections.abc import Sequence

import numpy as np

from embeddings.encoder import Encoded, Span
from embeddings.index import Vectors


def make_up(encoder: object) -> None:
    """Make `encoder` invent the vectors of passages; those of questions stay its own."""

    def encode_passages(texts: Sequence[str]) -> Vectors:
        return _made_up(len(texts))

    def encode_passages_and_words(
        texts: Sequence[str],  # noqa: ARG001
        words: Sequence[Sequence[Span]],
    ) -> list[Encoded]:
        made_up = (_made_up(1 + len(spans)) for spans in words)
        return [Encoded(vectors[0], vectors[1:]) for vectors in made_up]

    vars(encoder).update(
        encode_passages=encode_passages, encode_passages_and_words=encode_passages_and_words
    )


def _made_up(count: int) -> Vectors:
    vectors = np.random.default_rng(count).standard_normal((count, 384), np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
