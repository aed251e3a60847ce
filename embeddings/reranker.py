"""A cross-encoder of sentence-transformers, which reads a question and a text together."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import EmbeddingError
from embeddings.loading import load

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class TextReranker(Protocol):
    """Scores how well texts answer a question: a `Reranker`, or one like it."""

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return how well each of `texts` answers `question`, shape (len(texts),)."""


class Reranker:
    """A cross-encoder that scores how well texts answer a question."""

    def __init__(self, model: str, *, device: str = "cpu") -> None:
        """Load `model`: a folder, else an id on the hub.

        Raises EmbeddingError if the model cannot be loaded, or gives a text more than one score.
        """
        folder = Path(model).expanduser()
        source = str(folder) if folder.is_dir() else model

        def open_model(local_files_only: bool) -> "CrossEncoder":
            from sentence_transformers import CrossEncoder

            model: CrossEncoder = CrossEncoder(
                source, device=device, local_files_only=local_files_only
            )
            return model

        self._model = load("retrieval.reranker", source, open_model, is_local=folder.is_dir())
        if self._model.num_labels != 1:
            raise EmbeddingError(
                f"retrieval.reranker: '{source}' gives {self._model.num_labels} scores for a text,"
                " expected 1"
            )

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return how well each of `texts` answers `question`, shape (len(texts),).

        Higher is better. The scale is the model's own: compare only scores for one question.
        """
        pairs = [(question, text) for text in texts]
        return np.asarray(self._model.predict(pairs, show_progress_bar=False), np.float32)
