"""The layers of the reader, which read a query and an excerpt together, and what they take."""

import math
import warnings
from collections.abc import Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.ao.quantization import per_channel_dynamic_qconfig, quantize_dynamic
from torch.nn import functional

from embeddings.multilingual import APART

Tokens = NDArray[np.float16]
Pair = tuple[Tokens, tuple[Tokens, NDArray[np.intp]]]
"""The tokens of a question, shape (tokens, dimensions); those of an excerpt, and where each of its
sentences begins and ends among them, shape (sentences, 2)."""

_LAYERS, _SIZE, _HEADS = 12, 384, 12  # of multilingual-e5-small
_QUESTION, _EXCERPT = range(2)  # kinds of tokens
_NEVER = -1e4  # the bias, or the logit, of what is not there
# How much of the unevenness of what comes into a layer its weights take over: 0.85 is off by least
# (0.7: 0.30, 1: 0.32); and what counts as nothing.
_EVEN, _LEAST = 0.85, 1e-4


Lengths = tuple[int, int, NDArray[np.intp]]
"""How many tokens a question and an excerpt have, and where each sentence of the excerpt begins and
ends among its own, shape (sentences, 2)."""


def batch(pairs: Sequence[Pair]) -> tuple[Tensor, ...]:
    """Return what `Together` takes, of questions and excerpts read apart.

    That is the tokens of each pair, those of the question first, shape (pairs, tokens,
    dimensions), and what `parts` returns.
    """
    kinds, shares = parts([(len(asked), len(own), rows) for asked, (own, rows) in pairs])
    tokens = np.zeros((*kinds.shape, pairs[0][0].shape[1]), np.float32)
    for row, (asked, (excerpt, _)) in enumerate(pairs):
        first, last = len(asked), len(asked) + len(excerpt)
        tokens[row, :first], tokens[row, first:last] = asked, excerpt
    return torch.from_numpy(tokens), kinds, shares


def parts(pairs: Sequence[Lengths]) -> tuple[Tensor, Tensor]:
    """Return of what kind each token of each pair is, -1 for none, shape (pairs, tokens), and the
    share that it has of the question, row 0, and of each sentence, shape (pairs, 1 + sentences,
    tokens).
    """
    most = max(len(sentences) for _, _, sentences in pairs)
    longest = max(asked + excerpt for asked, excerpt, _ in pairs)
    kinds = np.full((len(pairs), longest), -1, np.int64)
    shares = np.zeros((len(pairs), 1 + most, longest), np.float32)
    for row, (first, excerpt, sentences) in enumerate(pairs):
        kinds[row, :first], kinds[row, first : first + excerpt] = _QUESTION, _EXCERPT
        shares[row, 0, :first] = 1 / first
        for number, (start, end) in enumerate(sentences, start=1):
            if end > start:
                shares[row, number, first + start : first + end] = 1 / (end - start)
    return torch.from_numpy(kinds), torch.from_numpy(shares)


class Layer(nn.Module):
    """A layer as BERT has it; how much one text looks at the other is learned by head."""

    def __init__(self) -> None:
        super().__init__()
        self.attention_in = nn.Linear(_SIZE, 3 * _SIZE)
        self.attention_out = nn.Linear(_SIZE, _SIZE)
        self.attention_norm = nn.LayerNorm(_SIZE, eps=1e-12)
        self.up = nn.Linear(_SIZE, 4 * _SIZE)
        self.down = nn.Linear(4 * _SIZE, _SIZE)
        self.norm = nn.LayerNorm(_SIZE, eps=1e-12)
        self.across = nn.Parameter(torch.full((_HEADS,), -2.0))

    def forward(self, x: Tensor, sides: Tensor, is_none: Tensor) -> Tensor:
        """Return `x`, shape (pairs, tokens, _SIZE), a layer further.

        `sides`, shape (pairs, tokens, 2), is 1 where a token is of the question, or of the excerpt;
        `is_none`, shape (pairs, tokens, 1), is 1 where there is no token.
        """
        x = self.attention_norm(x + self.attention_out(self._attended(x, sides, is_none)))
        found: Tensor = self.norm(x + self.down(functional.gelu(self.up(x))))
        return found

    def _attended(self, x: Tensor, sides: Tensor, is_none: Tensor) -> Tensor:
        pairs, tokens, _ = x.shape
        q, k, v = self.attention_in(x).view(pairs, tokens, 3, _HEADS, -1).permute(2, 0, 3, 1, 4)
        # The bias of a pair of tokens is a product of three further columns of each, which costs
        # less than a matrix of biases.
        of_query = torch.cat([sides, torch.ones_like(is_none)], -1)[:, None]
        of_other = self.across[:, None, None] * sides.flip(-1)[:, None]
        of_none = is_none[:, None].expand(-1, _HEADS, -1, -1) * _NEVER
        root = math.sqrt(_SIZE / _HEADS)
        with torch.autocast("cpu", enabled=False):  # in bfloat16 it would take twice the time
            seen = functional.scaled_dot_product_attention(
                torch.cat([q.float(), of_query.expand(-1, _HEADS, -1, -1)], -1),
                torch.cat([k.float(), of_other * root, of_none * root], -1),
                functional.pad(v.float(), (0, 3)),  # all three must have as many columns
                scale=1 / root,
            )
        return seen[..., : v.shape[-1]].transpose(1, 2).reshape(pairs, tokens, _SIZE)


class Together(nn.Module):
    """From what `batch` makes to logits, shape (pairs, 1 + sentences), "none" first."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds = nn.Embedding(2, _SIZE)
        self.layers = nn.ModuleList(Layer() for _ in range(_LAYERS - APART))
        self.inner = nn.Linear(4 * _SIZE, _SIZE)
        self.outer = nn.Linear(_SIZE, 1)
        self.scale = nn.Parameter(torch.tensor(3.7))
        self.none = nn.Linear(_SIZE, 1)

    def forward(self, tokens: Tensor, kinds: Tensor, shares: Tensor) -> Tensor:
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
        return torch.cat([none, logits.masked_fill(~is_sentence, _NEVER)], dim=1)


class Evened(nn.Module):
    """The layer `own` on what comes in divided by `scale`, its weights multiplied by it."""

    def __init__(self, own: nn.Linear, scale: Tensor) -> None:
        super().__init__()
        self.shrunk = nn.Parameter(1 / scale, requires_grad=False)
        own.weight = nn.Parameter(own.weight * scale, requires_grad=False)
        self.own = own

    def forward(self, x: Tensor) -> Tensor:
        found: Tensor = self.own(x * self.shrunk)
        return found


def in_8_bits(module: nn.Module, largest: Mapping[str, Tensor]) -> nn.Module:
    """Return `module`, ready to read, its layers in 8 bits: half the time of a question.

    All that comes into a layer is rounded on one scale, though a few of its dimensions are much
    larger than the others. `largest`, how large each was seen to be, evens them out before (Xiao
    et al., SmoothQuant, 2022, https://arxiv.org/abs/2211.10438): a log-odds is off by 0.23 in
    place of 0.61 on average.
    """
    for name, most in largest.items():
        above, _, last = name.rpartition(".")
        own = module.get_submodule(name)
        if isinstance(own, nn.Linear):
            weights = own.weight.abs().amax(0).clamp(min=_LEAST)
            scale = most.clamp(min=_LEAST) ** _EVEN / weights ** (1 - _EVEN)
            setattr(module.get_submodule(above), last, Evened(own, scale))
    linear = {
        name: per_channel_dynamic_qconfig
        for name, part in module.named_modules()
        if name.startswith("layers") and isinstance(part, nn.Linear)
    }
    with warnings.catch_warnings():  # of what later releases of torch do without; ours is pinned
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.filterwarnings("ignore", "torch.quantize_per_tensor", UserWarning)
        small: nn.Module = quantize_dynamic(module.train(False), linear)  # type: ignore[no-untyped-call]
    return small
