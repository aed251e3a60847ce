"""Which words of a text are parts of a person's name, by a linear tagger over the bundled encoder.

The first layers of multilingual-e5-small read the text. What they make of a word, in its context
and in any language, tells by one weighted sum whether it names a person. The weights are made by
`benchmarks/train_tagger.py`, which says from what; `benchmarks/README.md` has the figures.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from embeddings.encoder import Encoded, PassageEncoder, Span, of_words
from embeddings.errors import EmbeddingError
from embeddings.index import Vectors
from embeddings.loading import once
from embeddings.multilingual import MultilingualEncoder

WEIGHTS = Path(__file__).with_name("tagger.npy")


class NameTagger(PassageEncoder, Protocol):
    """Says which words are parts of a person's name: a `PersonTagger`, or one like it.

    To `embeddings.cache` it is an encoder whose vectors have one dimension: those of words are
    probabilities, and those of texts are 0. It may give what its own encoder makes of a text
    `beside` that (see `Encoded`), so that a text is read once for both.
    """


class PersonTagger:
    """The trained `NameTagger`. Safe to use from several threads."""

    dimensions = 1

    def __init__(self, encoder: MultilingualEncoder, weights: Path = WEIGHTS) -> None:
        """Load `weights`: one for each dimension of `encoder`, then the intercept.

        Raises EmbeddingError if the file is missing or for another encoder.
        """
        try:
            data = weights.read_bytes()
            self._weights = np.load(weights)
        except (OSError, ValueError) as error:
            raise EmbeddingError(f"{weights}: cannot be read ({error})") from error
        if self._weights.shape != (encoder.dimensions + 1,):
            raise EmbeddingError(f"{weights}: not for this encoder; install rapporteur again")
        self._encoder = encoder
        self.fingerprint = hashlib.sha256(encoder.fingerprint.encode() + data).hexdigest()

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return zeros, shape (len(texts), 1): a text without words names nobody."""
        return np.zeros((len(texts), 1), np.float32)

    def encode_passages_and_words(
        self, texts: Sequence[str], words: Sequence[Sequence[Span]]
    ) -> list[Encoded]:
        """Return, for each text, the probability in [0, 1] that each of its `words` is part of a
        person's name, shape (words, 1), and beside it the vector that the encoder makes of it.
        """
        nothing, name = np.zeros(1, np.float32), self._encoder.fingerprint
        return [
            Encoded(nothing, self._probabilities(one.words), beside=(name, one.vector))
            for one in self._encoder.read_both_ways(texts, words)
        ]

    def _probabilities(self, vectors: Vectors) -> Vectors:
        logits = vectors @ self._weights[:-1] + self._weights[-1]
        probabilities: Vectors = (1 / (1 + np.exp(-logits)))[:, None].astype(np.float32)
        return probabilities


def read_words(
    encoder: MultilingualEncoder, texts: Sequence[str], words: Sequence[Sequence[Span]]
) -> list[Vectors]:
    """Return what the tagger judges by: for each text, the unit vectors that the first layers make
    of its `words`, shape (words, dimensions).
    """
    read = encoder.read_apart(texts)
    return [
        of_words(states, places, spans) for (states, places), spans in zip(read, words, strict=True)
    ]


@once
def person_tagger(encoder: MultilingualEncoder) -> PersonTagger:
    """Return the trained tagger over `encoder`, loaded once."""
    return PersonTagger(encoder)
