"""Whether a sentence answers a question: a small cross-encoder over question and excerpt.

The bundled multilingual-e5-small reads the question and each excerpt apart with its first layers;
the layers here then read the two together and say for each sentence of the excerpt how much it
looks like an answer, beside "none of them". Reading apart first costs little and halves the work of
a question (Cao et al., DeFormer, 2020, https://arxiv.org/abs/2005.00697). The weights are made by
`benchmarks/train_reader.py`, which says from what. What they learned since, by
`benchmarks/teach_reader.py`, is kept beside them as additions of low rank (Hu et al., LoRA, 2021,
https://arxiv.org/abs/2106.09685): two megabytes in place of all weights anew.
"""

import hashlib
import math
import threading
import warnings
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
from embeddings.multilingual import APART, MultilingualEncoder

if TYPE_CHECKING:
    from torch import Tensor
    from torch.nn import Module

WEIGHTS = Path(__file__).with_name("reader.safetensors")
ADDITIONS = Path(__file__).with_name("reader-additions.safetensors")
_SHA256 = "3571e24c98916992eb75763df6eaed6855e3d4f75d4ea6fe12e8f308055984d4"
_SHA256_OF_ADDITIONS = "6fc1095a474c61147205d7e54a5e69d0b4d90da6b80bbdd5dacff550476dbaa1"
_HELD_TOKENS = 100_000  # of excerpts read apart before: 77 MB
_QUESTION, _EXCERPT = range(2)  # kinds of tokens
# How much of the unevenness of what comes into a layer its weights take over: 0.85 is off by least
# (0.7: 0.30, 1: 0.32); and what counts as nothing.
_EVEN, _LEAST = 0.85, 1e-4


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


class Reader:
    """The trained `ExcerptReader`. Safe to use from several threads."""

    def __init__(
        self, encoder: MultilingualEncoder, weights: Path = WEIGHTS, additions: Path = ADDITIONS
    ) -> None:
        """Load `weights` and `additions`.

        Raises EmbeddingError if either file is missing or not what it was.
        """
        import torch

        self._encoder = encoder
        with torch.device("meta"):  # its weights need not be drawn first
            module = together()
        added = _checked(additions, _SHA256_OF_ADDITIONS)
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

    def _read(self, question: str, excerpt: Excerpt) -> Logits:
        import torch

        asked = remembered((_SHA256, question), partial(self._asked, question))
        with torch.inference_mode():
            (row,) = self._together(*batch([(asked, self._apart(excerpt))])).numpy()
        return Logits(row[1:], float(row[0]))

    def _asked(self, question: str) -> NDArray[np.float16]:
        read = self._encoder.read_apart([question], is_query=True)[0][0]
        return read.astype(np.float16)

    def _apart(self, excerpt: Excerpt) -> States:
        with self._lock:
            if (held := self._held.get(excerpt)) is not None:
                self._held.move_to_end(excerpt)
                return held
        states = apart(self._encoder, [excerpt])[0]
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
    which `largest_in` reads.
    """
    found = dict(weights)
    for name, addition in additions.items():
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


def apart(
    encoder: MultilingualEncoder, excerpts: Sequence[Excerpt], layers: int = APART
) -> list[States]:
    """Return `excerpts` as the first layers read them."""
    found = []
    for excerpt, (states, places) in zip(
        excerpts, encoder.read_apart([one.text for one in excerpts], layers=layers), strict=True
    ):
        begins, ends = places[:, 0], places[:, 1]
        is_piece = ends > begins
        rows = np.zeros((len(excerpt.sentences), 2), np.intp)
        for number, (start, end) in enumerate(excerpt.sentences):
            inside = np.flatnonzero(is_piece & (begins < end) & (ends > start))
            if len(inside):
                rows[number] = inside[0], inside[-1] + 1
        found.append(States(states.astype(np.float16), rows))
    return found


def batch(pairs: Sequence[tuple[NDArray[np.float16], States]]) -> tuple["Tensor", ...]:
    """Return what the module of `together` takes, of questions and excerpts read apart.

    That is the tokens of each pair, those of the question first, shape (pairs, tokens,
    dimensions); of what kind each is, -1 for none; and the share that each token has of the
    question, row 0, and of each sentence, shape (pairs, 1 + sentences, tokens).
    """
    import torch

    most = max(len(states.sentences) for _, states in pairs)
    longest = max(len(asked) + len(states.tokens) for asked, states in pairs)
    tokens = np.zeros((len(pairs), longest, pairs[0][0].shape[1]), np.float32)
    kinds = np.full((len(pairs), longest), -1, np.int64)
    shares = np.zeros((len(pairs), 1 + most, longest), np.float32)
    for pair, (asked, states) in enumerate(pairs):
        first, last = len(asked), len(asked) + len(states.tokens)
        tokens[pair, :first], tokens[pair, first:last] = asked, states.tokens
        kinds[pair, :first], kinds[pair, first:last] = _QUESTION, _EXCERPT
        shares[pair, 0, :first] = 1 / first
        for number, (start, end) in enumerate(states.sentences, start=1):
            if end > start:
                shares[pair, number, first + start : first + end] = 1 / (end - start)
    return torch.from_numpy(tokens), torch.from_numpy(kinds), torch.from_numpy(shares)


def together(layers: int = 12 - APART, size: int = 384, heads: int = 12) -> "Module":
    """Return the layers that read question and excerpt together, without their weights."""
    import torch
    from torch import nn
    from torch.nn import functional

    root = math.sqrt(size / heads)

    class Layer(nn.Module):
        """A layer as BERT has it; how much one text looks at the other is learned by head."""

        def __init__(self) -> None:
            super().__init__()
            self.attention_in = nn.Linear(size, 3 * size)
            self.attention_out = nn.Linear(size, size)
            self.attention_norm = nn.LayerNorm(size, eps=1e-12)
            self.up = nn.Linear(size, 4 * size)
            self.down = nn.Linear(4 * size, size)
            self.norm = nn.LayerNorm(size, eps=1e-12)
            self.across = nn.Parameter(torch.full((heads,), -2.0))

        def forward(self, x: "Tensor", sides: "Tensor", is_none: "Tensor") -> "Tensor":
            pairs, tokens, _ = x.shape
            q, k, v = self.attention_in(x).view(pairs, tokens, 3, heads, -1).permute(2, 0, 3, 1, 4)
            # The bias of a pair of tokens is a product of three further columns of each, which
            # costs less than a matrix of biases; bfloat16 would take twice the time here.
            of_query = torch.cat([sides, torch.ones_like(is_none)], -1)[:, None]
            of_key = torch.cat(
                [
                    self.across[:, None, None] * sides.flip(-1)[:, None],
                    is_none[:, None].expand(-1, heads, -1, -1) * -1e4,
                ],
                -1,
            )
            with torch.autocast("cpu", enabled=False):
                seen = functional.scaled_dot_product_attention(
                    torch.cat([q.float(), of_query.expand(-1, heads, -1, -1)], -1),
                    torch.cat([k.float(), of_key * root], -1),
                    functional.pad(v.float(), (0, of_key.shape[-1])),
                    scale=1 / root,
                )[..., : v.shape[-1]]
            seen = seen.transpose(1, 2).reshape(pairs, tokens, size)
            x = self.attention_norm(x + self.attention_out(seen))
            found: Tensor = self.norm(x + self.down(functional.gelu(self.up(x))))
            return found

    class Together(nn.Module):
        """From what `batch` makes to logits, shape (pairs, 1 + sentences), "none" first."""

        def __init__(self) -> None:
            super().__init__()
            self.kinds = nn.Embedding(2, size)
            self.layers = nn.ModuleList(Layer() for _ in range(layers))
            self.inner = nn.Linear(4 * size, size)
            self.outer = nn.Linear(size, 1)
            self.scale = nn.Parameter(torch.tensor(3.7))
            self.none = nn.Linear(size, 1)

        def forward(self, tokens: "Tensor", kinds: "Tensor", shares: "Tensor") -> "Tensor":
            x = tokens + self.kinds(kinds.clamp(min=0))
            sides = torch.stack([kinds == _QUESTION, kinds == _EXCERPT], -1).float()
            is_none = (kinds < 0).float()[..., None]
            for layer in self.layers:
                x = layer(x, sides, is_none)
            means = (shares @ x.float()).float()
            asked, said = means[:, :1].expand_as(means[:, 1:]), means[:, 1:]
            cosine = functional.cosine_similarity(asked, said, dim=-1)
            both = torch.cat([asked, said, asked * said, (asked - said).abs()], dim=-1)
            found = self.outer(functional.gelu(self.inner(both)))[..., 0].float()
            logits = found + self.scale.exp() * (cosine - 0.85)
            is_sentence = shares[:, 1:].sum(-1) > 0
            none = self.none(x[:, 0]).float()
            return torch.cat([none, logits.masked_fill(~is_sentence, -1e4)], dim=1)

    return Together()


def in_8_bits(module: "Module", largest: "Mapping[str, Tensor]") -> "Module":
    """Return `module`, ready to read, its layers in 8 bits: half the time of a question.

    All that comes into a layer is rounded on one scale, though a few of its dimensions are much
    larger than the others. `largest`, how large each was seen to be, evens them out before (Xiao
    et al., SmoothQuant, 2022, https://arxiv.org/abs/2211.10438): a log-odds is off by 0.23 in
    place of 0.61 on average.
    """
    import torch
    from torch import Tensor
    from torch.ao.quantization import per_channel_dynamic_qconfig, quantize_dynamic

    class Evened(torch.nn.Module):
        """The layer `own` on what comes in divided by `scale`, its weights times that."""

        def __init__(self, own: torch.nn.Linear, scale: Tensor) -> None:
            super().__init__()
            self.shrunk = torch.nn.Parameter(1 / scale, requires_grad=False)
            own.weight = torch.nn.Parameter(own.weight * scale, requires_grad=False)
            self.own = own

        def forward(self, x: Tensor) -> Tensor:
            found: Tensor = self.own(x * self.shrunk)
            return found

    for name, most in largest.items():
        above, _, last = name.rpartition(".")
        own = module.get_submodule(name)
        if isinstance(own, torch.nn.Linear):
            weights = own.weight.abs().amax(0).clamp(min=_LEAST)
            scale = most.clamp(min=_LEAST) ** _EVEN / weights ** (1 - _EVEN)
            setattr(module.get_submodule(above), last, Evened(own, scale))
    linear = {
        name: per_channel_dynamic_qconfig
        for name, part in module.named_modules()
        if name.startswith("layers") and isinstance(part, torch.nn.Linear)
    }
    with warnings.catch_warnings():  # of what later releases of torch do without; ours is pinned
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.filterwarnings("ignore", "torch.quantize_per_tensor", UserWarning)
        small: Module = quantize_dynamic(module.train(False), linear)  # type: ignore[no-untyped-call]
    return small


@once
def reader(encoder: MultilingualEncoder) -> Reader:
    """Return the trained reader over `encoder`, loaded once."""
    return Reader(encoder)
