"""Whether a sentence answers a question: a small cross-encoder over question and excerpt.

The bundled multilingual-e5-small reads the question and each excerpt apart with its first layers;
the layers of `embeddings/reader_layers.py` then read the two together and say for each sentence of
the excerpt how much it looks like an answer, beside "none of them". Reading apart first costs
little and halves the work of a question (Cao et al., DeFormer, 2020,
https://arxiv.org/abs/2005.00697). The weights are made by
`benchmarks/train_reader.py`, which says from what. What they learned since, by
`benchmarks/teach_reader.py`, is kept beside them as additions of low rank (Hu et al., LoRA, 2021,
https://arxiv.org/abs/2106.09685), those to the first layers too, which the encoder keeps as they
were.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Span
from embeddings.errors import EmbeddingError
from embeddings.loading import once
from embeddings.memory import remembered, remembering
from embeddings.multilingual import MultilingualEncoder
from embeddings.packed import with_weights

if TYPE_CHECKING:
    from torch import Tensor
    from transformers import BertModel

WEIGHTS = Path(__file__).with_name("reader.safetensors")
ADDITIONS = Path(__file__).with_name("reader-additions.safetensors")
_SHA256 = "3571e24c98916992eb75763df6eaed6855e3d4f75d4ea6fe12e8f308055984d4"
_SHA256_OF_ADDITIONS = "20f7083c1c3b3554009b9abd39c32d737eef8866be339d07d3ff6fb6ebfbfc4c"
_HELD_TOKENS = 100_000  # of excerpts read apart before: 77 MB
OF_APART = "apart."
"""How the names of additions to the first layers begin."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A text to read, and where the `sentences` that may answer stand in it.

    What stands outside of them (a title, what came before) is read too, and answers nothing.
    """

    text: str
    sentences: tuple[Span, ...]


class States(NamedTuple):
    """A text as the first layers read it.

    `tokens` has the shape (tokens, dimensions), float16. Sentence i has the tokens
    `sentences[i, 0]` to `sentences[i, 1]`; none where the text was cut before.
    """

    tokens: NDArray[np.float16]
    sentences: NDArray[np.intp]


class Logits(NamedTuple):
    """How much each sentence of an excerpt looks like the answer, shape (sentences,), and how much
    it looks as if none were. A sentence less `none` is a log-odds.
    """

    sentences: NDArray[np.float32]
    none: float


class ExcerptReader(Protocol):
    """What says which sentences answer a question: a `Reader`, or one like it."""

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[Logits]:
        """Return for each of `excerpts` which of its sentences answer `question`."""

    def read_ahead(self, excerpt: Excerpt) -> bool:
        """Do what can be done for `excerpt` before a question comes; return whether there was room
        to keep it.
        """


class Reader:
    """The trained `ExcerptReader`. Safe to use from several threads."""

    def __init__(
        self, encoder: MultilingualEncoder, weights: Path = WEIGHTS, additions: Path = ADDITIONS
    ) -> None:
        """Load `weights` and `additions`.

        Raises EmbeddingError if either file is missing or not what it was.
        """
        from embeddings.reader_layers import Together, in_8_bits

        self._encoder = encoder
        module = Together()  # drawing its weights costs less than what the meta device imports
        added = _checked(additions, _SHA256_OF_ADDITIONS)
        self._first = first_layers(encoder, added)
        module.load_state_dict(with_additions(_checked(weights, _SHA256), added), assign=True)
        self._together = in_8_bits(module, largest_in(added))
        self._held: OrderedDict[Excerpt, States] = OrderedDict()
        self._tokens = 0
        self._lock = threading.Lock()

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[Logits]:
        """Return for each of `excerpts` which of its sentences answer `question`."""
        # Each alone: in 8 bits what is read beside a text would change what is read of it.
        with remembering():
            return [
                remembered((_SHA256, question, one), partial(self._read, question, one))
                for one in excerpts
            ]

    def read_ahead(self, excerpt: Excerpt) -> bool:
        """Read `excerpt` apart and keep it, unless a tenth or less of the room for that is left;
        return whether it was kept.
        """
        if self._tokens > 0.9 * _HELD_TOKENS:
            return False
        self._apart(excerpt)
        return True

    def _read(self, question: str, excerpt: Excerpt) -> Logits:
        import torch

        from embeddings.reader_layers import batch

        asked = remembered((_SHA256, question), partial(self._asked, question))
        with torch.inference_mode():
            (row,) = self._together(*batch([(asked, self._apart(excerpt))])).numpy()
        return Logits(row[1:], float(row[0]))

    def _asked(self, question: str) -> NDArray[np.float16]:
        read = self._encoder.read_apart([question], self._first, is_query=True)[0][0]
        return read.astype(np.float16)

    def _apart(self, excerpt: Excerpt) -> States:
        with self._lock:
            if (held := self._held.get(excerpt)) is not None:
                self._held.move_to_end(excerpt)
                return held
        states = apart(self._encoder, self._first, [excerpt])[0]
        with self._lock:
            if excerpt not in self._held:
                self._held[excerpt] = states
                self._tokens += len(states.tokens)
            while self._tokens > _HELD_TOKENS and len(self._held) > 1:
                _, dropped = self._held.popitem(last=False)
                self._tokens -= len(dropped.tokens)
        return states


def _checked(file: Path, expected: str) -> "dict[str, Tensor]":
    """Return the weights in `file` in 32 bits, once its SHA-256 is known to be as `expected`."""
    from safetensors.torch import load

    try:
        data = file.read_bytes()
    except OSError as error:
        raise EmbeddingError(f"{file}: cannot be read ({error.strerror})") from error
    digest = hashlib.sha256(data).hexdigest()
    if digest != expected:
        raise EmbeddingError(
            f"{file}: this is not what it was (SHA-256 {digest}, expected {expected});"
            " install rapporteur again"
        )
    return {name: weight.float() for name, weight in load(data).items()}


def with_additions(
    weights: "Mapping[str, Tensor]", additions: "Mapping[str, Tensor]"
) -> "dict[str, Tensor]":
    """Return `weights` with `additions`.

    "NAME.left", shape (rows, rank), times "NAME.right", shape (rank, columns), is added to
    "NAME.weight"; any other takes the place of the weight of its name, but for "NAME.largest",
    which `largest_in` reads, and those that begin with "apart.", which `first_layers` reads.
    """
    found = dict(weights)
    for name, addition in additions.items():
        if name.startswith(OF_APART):
            continue
        own, _, side = name.rpartition(".")
        if side == "left":
            found[f"{own}.weight"] = weights[f"{own}.weight"] + addition @ additions[f"{own}.right"]
        elif side not in {"right", "largest"}:
            found[name] = addition
    return found


def largest_in(additions: "Mapping[str, Tensor]") -> "dict[str, Tensor]":
    """Return how large what comes into each layer was seen to be, shape (columns,), by its name."""
    ending = ".largest"
    return {n.removesuffix(ending): one for n, one in additions.items() if n.endswith(ending)}


def first_layers(encoder: MultilingualEncoder, additions: "Mapping[str, Tensor]") -> "BertModel":
    """Return the first layers of `encoder` with what `additions` have for them, under names that
    begin with "apart.".
    """
    own = encoder.first_layers()
    found = {n.removeprefix(OF_APART): a for n, a in additions.items() if n.startswith(OF_APART)}
    return with_weights(own.config, with_additions(own.state_dict(), found))


def apart(
    encoder: MultilingualEncoder, first: "BertModel", excerpts: Sequence[Excerpt]
) -> list[States]:
    """Return `excerpts` as the layers `first` read them."""
    found = []
    for excerpt, (states, places) in zip(
        excerpts, encoder.read_apart([one.text for one in excerpts], first), strict=True
    ):
        found.append(States(states.astype(np.float16), sentence_rows(excerpt, places)))
    return found


def sentence_rows(excerpt: Excerpt, places: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return at which of the word pieces at `places`, shape (pieces, 2), each sentence of `excerpt`
    begins and ends, shape (sentences, 2); 0 and 0 if it is not among them.
    """
    begins, ends = places[:, 0], places[:, 1]
    is_piece = ends > begins
    rows = np.zeros((len(excerpt.sentences), 2), np.intp)
    for number, (start, end) in enumerate(excerpt.sentences):
        inside = np.flatnonzero(is_piece & (begins < end) & (ends > start))
        if len(inside):
            rows[number] = inside[0], inside[-1] + 1
    return rows


@once
def reader(encoder: MultilingualEncoder) -> Reader:
    """Return the trained reader over `encoder`, loaded once."""
    return Reader(encoder)
