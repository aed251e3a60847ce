"""What the reader learned since: `python -m benchmarks.teach_reader CHECKPOINT [SETS ...]`

The weights of `embeddings/reader.py` stay as they are, since each new file of them stays in the
history for good; what more the corpus in `benchmarks/reading/` teaches is kept as additions of low
rank (Hu et al., LoRA, 2021, https://arxiv.org/abs/2106.09685), from which learning goes on. The
first layers, which read texts apart, learn too, as far as the reader uses them; those of the
encoder stay as they were. SETS are as in `benchmarks/train_reader.py`, and serve to keep what was
learned from them. CHECKPOINT is a file outside of the project, from which training goes on after a
break. The SHA-256 that is printed is to be put into `_SHA256_OF_ADDITIONS` of the reader, which
takes no other file; then `benchmarks/train_decision.py` is to be run. To new weights of
`train_reader` the additions do not fit: begin without those that `main` loads.

Unlike the first training, all excerpts read for a question are weighed together, as they are when
the bot answers: one of the sentences that answer, in any excerpt, or none of them, is to be the
likely one. Several questions to a document are learned from at once, so that its excerpts are read
apart once for all of them. It takes as long as `--minutes` says, of one core or as many as torch is
given.
"""

import argparse
import hashlib
import math
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load, save
from torch import Tensor
from torch.nn import Linear, Module, Parameter, functional
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.nn.utils.rnn import pad_sequence
from transformers import BertModel

from benchmarks.train_reader import (
    FOLDER,
    Example,
    Read,
    by_nearness,
    of_lines,
    of_one_length,
    of_squad,
    report,
)
from embeddings.multilingual import MultilingualEncoder
from embeddings.reader import (
    ADDITIONS,
    OF_APART,
    WEIGHTS,
    first_layers,
    sentence_rows,
    with_additions,
)
from embeddings.reader_layers import Together, batch, parts
from knowledge.evaluation.corpus import Asked, Labelled, read_corpus

Group = Sequence[Example]
"""A question with some of the excerpts that would be read for it."""

_RANK = 64
_RATE, _RATE_OF_WHOLE = 2e-4, 0.8e-4  # of additions, and of weights that learn whole
_WARM = 60  # steps in which the rate rises
_TOKENS = 6500  # read together at once
_APART_AT_ONCE = 6000  # tokens read apart
_DROPOUT = 0.1  # of what a layer adds that reads both texts
_DOCUMENTS, _OF_DOCUMENT, _TOPICS = 2, 12, 3  # of a step, questions of each, and topics of these
_WITH_TOPICS = 2.0  # how much more often a document comes of which topics are asked
_OF_OTHERS = 6  # questions of other sets in three of four steps
_MISTYPED = 0.06  # share of questions that are written without care, and of those mistyped
_SAVE_EVERY = 10 * 60  # seconds
_SEEN = 25  # documents by which it is measured how large what comes into a layer is


# --- Layers that learn ----------------------------------------------------------------------------


class Added(Module):
    """A linear layer that does not learn, and an addition of low rank that does: what was learned
    `before`, under its `name`, or nothing so far.
    """

    def __init__(self, own: Linear, name: str, before: Mapping[str, Tensor]) -> None:
        super().__init__()
        self.own = own
        left, right = before.get(f"{name}.left"), before.get(f"{name}.right")
        if left is None or right is None:
            left, right = torch.zeros(own.out_features, _RANK), torch.empty(_RANK, own.in_features)
            torch.nn.init.kaiming_uniform_(right, a=math.sqrt(5))
        self.left, self.right = Parameter(left), Parameter(right)

    def forward(self, x: Tensor) -> Tensor:
        # The two are added before what comes in is multiplied: fewer passes over all tokens.
        return functional.linear(x, self.own.weight + self.left @ self.right, self.own.bias)


def dropped(added: Tensor, chance: np.random.Generator) -> Tensor:
    """Return `added` with a share of it set to nothing, three times as fast as torch has it."""
    drawn = np.frombuffer(chance.bytes(added.numel()), np.uint8).reshape(added.shape)
    kept = torch.from_numpy(drawn >= round(_DROPOUT * 256))
    return added * kept.to(added.dtype) / (1 - _DROPOUT)


def with_learning(layers: Module, name: str, before: Mapping[str, Tensor]) -> None:
    """Give each linear layer of `layers`, which are called `name` in what was learned `before`, an
    addition; of `layers` only these and what is normed learn.
    """
    for parameter in layers.parameters():
        parameter.requires_grad_(False)
    for own, part in list(layers.named_modules()):
        if isinstance(part, Linear):
            above, _, last = own.rpartition(".")
            setattr(layers.get_submodule(above), last, Added(part, f"{name}.{own}", before))
        elif "norm" in own.lower():
            for parameter in part.parameters():
                parameter.requires_grad_(True)


def only_whole(additions: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return those of `additions` that take the place of a weight."""
    return {n: one for n, one in additions.items() if not n.endswith((".left", ".right"))}


def learning(
    first: BertModel, together: Module, before: Mapping[str, Tensor]
) -> dict[str, Parameter]:
    """Make `first` and `together` go on from what was learned `before`; return what learns, by the
    names that additions have.
    """
    for parameter in first.parameters():
        parameter.requires_grad_(False)
    with_learning(first.encoder, f"{OF_APART}encoder", before)
    with_learning(together.layers, "layers", before)
    chance = np.random.default_rng(21)
    for layer in together.layers:
        for adds in (layer.attention_out, layer.down):
            adds.register_forward_hook(
                lambda own, _, added: dropped(added, chance) if own.training else added
            )
        layer.across.requires_grad_(True)
    both = chain(
        ((f"{OF_APART}{name}", one) for name, one in first.named_parameters()),
        together.named_parameters(),
    )
    return {name: one for name, one in both if one.requires_grad}


# --- Examples -------------------------------------------------------------------------------------


def mistyped(text: str, rng: random.Random) -> str:
    """Return `text` as it may be typed on a phone: now and then without marks, or with a slip."""
    if rng.random() < _MISTYPED:
        text = text.lower().rstrip("?. ")
    words = text.split()
    long = [row for row, word in enumerate(words) if len(word) > 5]
    if not long or rng.random() >= _MISTYPED:
        return text
    row = rng.choice(long)
    word = words[row]
    at = rng.randrange(1, len(word) - 2)
    slips = (word[at + 1 :], word[at + 1] + word[at] + word[at + 2 :], word[at] + word[at:])
    words[row] = word[:at] + rng.choice(slips)
    return " ".join(words)


def of_nearest(pairs: Sequence[Example], rng: random.Random) -> Group:
    """Return two or three of `pairs`, a question with every excerpt, the nearest first: those that
    answer, if any do, and near ones that do not.
    """
    answering = [p for p in pairs[:12] if p.answers] or [p for p in pairs if p.answers]
    others = [p for p in pairs[:8] if not p.answers]
    count = 3 if rng.random() < 0.5 else 2
    taken = rng.sample(answering, min(len(answering), 2 if rng.random() < 0.3 else 1))
    near = others[:1] if rng.random() < 0.6 else []
    rest = [p for p in others[:6] if p not in near]
    near += rng.sample(rest, min(len(rest), max(0, count - len(taken) - len(near))))
    asked = mistyped(pairs[0].question, rng)
    return [Example(asked, one.excerpt, one.answers) for one in (*taken, *near)]


def by_question(examples: Sequence[Example]) -> list[Group]:
    """Return `examples`, at most three of a question together."""
    found = defaultdict(list)
    for one in examples:
        found[one.question].append(one)
    return [own[:3] for own in found.values()]


# --- Learning -------------------------------------------------------------------------------------


def loss(logits: Tensor, groups: Sequence[Group]) -> Tensor:
    """Return how far `logits`, shape (excerpts of all groups, 1 + sentences), are from right.

    That is, of each group, the likelihood that one of the answers, or "none", is chosen among all
    sentences, and 0.3 times the cross-entropy of each sentence alone.
    """
    odds = (logits[:, 1:] - logits[:, :1]).clamp(-30, 30)
    is_there = logits[:, 1:] > -5e3
    total, first = torch.zeros(()), 0
    for group in groups:
        rows = slice(first, first + len(group))
        first = rows.stop
        answers = torch.zeros_like(odds[rows])
        for row, example in enumerate(group):
            answers[row, list(example.answers)] = 1
        own, wanted = odds[rows][is_there[rows]], answers[is_there[rows]]
        all_odds = torch.cat([torch.zeros(1), own])
        is_right = torch.cat([~wanted.any().reshape(1), wanted.bool()])
        choice = torch.logsumexp(all_odds, 0) - torch.logsumexp(all_odds[is_right], 0)
        each = functional.binary_cross_entropy_with_logits(own, wanted, reduction="sum")
        total = total + choice + 0.3 * each / len(group)
    return total


def drawn(corpus: Sequence[Labelled], rng: random.Random) -> Iterator[Labelled]:
    """Yield documents without an end, each with some of its questions.

    Up to _TOPICS of these are for topics; of the others all come before one comes again. Each
    document comes as often as its sentences are long, for what people load is written in long ones,
    and more often if topics are asked of it. So a sixth of what is learned are topics, as
    people ask.
    """
    weights = [
        np.median([len(p.sentence_text(s).split()) for p in one.passages for s in p.sentences])
        * (_WITH_TOPICS if any(q.kind == "topic" for q in one.questions) else 1.0)
        for one in corpus
    ]
    left: list[list[Asked]] = [[] for _ in corpus]
    while True:
        (row,) = rng.choices(range(len(corpus)), weights)
        topics = [q for q in corpus[row].questions if q.kind == "topic"]
        topics = rng.sample(topics, min(len(topics), _TOPICS))
        others = [q for q in corpus[row].questions if q.kind != "topic"]
        count = _OF_DOCUMENT - len(topics)
        if len(left[row]) < count:
            left[row] += rng.sample(others, len(others))
        taken, left[row] = left[row][:count], left[row][count:]
        yield replace(corpus[row], questions=(*topics, *taken))


def steps(
    corpus: Sequence[Labelled],
    others: Sequence[Sequence[Group]],
    encoder: MultilingualEncoder,
    rng: random.Random,
) -> Iterator[list[Group]]:
    """Yield what is learned from together, without an end: questions of two documents, and in three
    of four steps some that stand side by side in one of the `others`, in turn.
    """
    documents = drawn(corpus, rng)
    turn = 0
    while True:
        asked = by_nearness([next(documents) for _ in range(_DOCUMENTS)], encoder)
        groups = [of_nearest(pairs, rng) for pairs in asked]
        turn += 1
        if turn % 4 and others:
            own = others[turn % len(others)]
            start = rng.randrange(max(1, len(own) - _OF_OTHERS))
            groups += own[start : start + _OF_OTHERS]
        yield groups


class Learner:
    """The layers that learn: `first` read texts apart, `together` reads two of them; `own` is what
    they learn, by name.
    """

    def __init__(
        self,
        encoder: MultilingualEncoder,
        first: BertModel,
        together: Module,
        before: Mapping[str, Tensor],
    ) -> None:
        self.encoder, self.first, self.together = encoder, first, together
        self.own = learning(first, together, before)

    def learn_from(self, groups: Sequence[Group]) -> float:
        """Add what `groups` teach to the gradients; return how far it was from right on average.

        Each text is read apart once, and gets its gradient from all that it is read for.
        """
        asked = list(dict.fromkeys(e.question for group in groups for e in group))
        texts = list(dict.fromkeys(e.excerpt for group in groups for e in group))
        found = self.encoder.pieces(asked, is_query=True)
        found += self.encoder.pieces([one.text for one in texts])
        read = list(self._apart([torch.from_numpy(pieces) for pieces, _ in found]))
        states: dict[int, Tensor] = {}
        leaves = []
        for rows, made in read:
            leaf = made.detach().requires_grad_()
            leaves.append(leaf)
            states.update((row, leaf[i, : len(found[row][0])]) for i, row in enumerate(rows))
        of_question = {text: states[row] for row, text in enumerate(asked)}
        of_excerpt = {
            one: (states[len(asked) + row], sentence_rows(one, found[len(asked) + row][1]))
            for row, one in enumerate(texts)
        }
        total = 0.0

        def longest(group: Group) -> int:
            return max(len(of_question[e.question]) + len(of_excerpt[e.excerpt][0]) for e in group)

        for part in of_one_length(groups, longest, _TOKENS, len):
            pairs = [(of_question[e.question], *of_excerpt[e.excerpt]) for g in part for e in g]
            tokens = pad_sequence([torch.cat([a, own]) for a, own, _ in pairs], batch_first=True)
            placed = parts([(len(a), len(own), rows) for a, own, rows in pairs])
            wrong = loss(self.together(tokens, *placed).float(), part) / len(groups)
            wrong.backward()
            total += wrong.item()
        for (_, made), leaf in zip(read, leaves, strict=True):
            made.backward(leaf.grad)
        return total

    def _apart(self, pieces: Sequence[Tensor]) -> Iterator[tuple[list[int], Tensor]]:
        """Yield rows of `pieces`, of similar lengths, and what the first layers make of them."""
        for rows in of_one_length(range(len(pieces)), lambda row: len(pieces[row]), _APART_AT_ONCE):
            is_read = pad_sequence([torch.ones(len(pieces[row])) for row in rows], batch_first=True)
            made = self.first(
                inputs_embeds=pad_sequence([pieces[row] for row in rows], batch_first=True),
                attention_mask=is_read,
            )
            yield rows, made.last_hidden_state.float()


def teach(learner: Learner, given: Iterator[list[Group]], checkpoint: Path, minutes: float) -> None:
    """Teach `learner` what is `given` for so many minutes, at a rate that falls to nothing."""
    own = learner.own
    if checkpoint.exists():
        kept = torch.load(checkpoint)
        with torch.no_grad():
            for name, one in own.items():
                one.copy_(kept[name])
    rates = [_RATE if n.endswith((".left", ".right")) else _RATE_OF_WHOLE for n in own]
    optimizer = torch.optim.AdamW(
        [{"params": [one], "peak": rate} for one, rate in zip(own.values(), rates, strict=True)],
        lr=_RATE,
        betas=(0.9, 0.98),
        weight_decay=0.01,
    )
    learner.together.train()
    begin = saved = time.monotonic()
    losses: list[float] = []
    # Where the processor has no instructions for it, bfloat16 takes ten times as long.
    has_bfloat16 = torch.cpu.get_capabilities().get("avx512_bf16", False)
    for step, groups in enumerate(given, start=1):
        gone = (time.monotonic() - begin) / 60 / minutes
        if gone >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * max(0.02, min(step / _WARM, 1) * (1 - gone))
        # Flash attention takes a third of the time of the plain one.
        with (
            sdpa_kernel(SDPBackend.FLASH_ATTENTION),
            torch.autocast("cpu", torch.bfloat16, enabled=has_bfloat16),
        ):
            losses.append(learner.learn_from(groups))
        torch.nn.utils.clip_grad_norm_(own.values(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        if step % 25 == 0:
            print(f"step {step}: {np.mean(losses[-50:]):.3f}, {gone:.0%}", flush=True)
        if time.monotonic() - saved > _SAVE_EVERY:
            torch.save({name: one.detach() for name, one in own.items()}, checkpoint)
            saved = time.monotonic()
    torch.save({name: one.detach() for name, one in own.items()}, checkpoint)


def largest(module: Module, seen: Sequence[Example], read: Read) -> dict[str, Tensor]:
    """Return how large what comes into each layer of `module` is at most while it reads `seen`,
    shape (columns,), by the layer's name with ".largest".
    """
    found: dict[str, Tensor] = {}

    def see(name: str, given: Tensor) -> None:
        most = given.flatten(0, -2).abs().amax(0)
        found[name] = torch.maximum(found.get(name, most), most)

    linear = [(n, p) for n, p in module.named_modules() if n.startswith("layers.")]
    hooks = [
        part.register_forward_pre_hook(lambda _, given, n=name: see(f"{n}.largest", given[0]))
        for name, part in linear
        if isinstance(part, Linear)
    ]
    module.train(False)
    with torch.inference_mode():
        for example in seen:
            module(*batch(read.of([example])))
    for hook in hooks:
        hook.remove()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("sets", type=Path, nargs="*")
    parser.add_argument("--minutes", type=float, default=90)
    given = parser.parse_args()
    rng = random.Random(21)
    torch.manual_seed(21)
    encoder = MultilingualEncoder()
    others = []
    for file in given.sets:
        lines = file.suffix == ".jsonl"
        found = of_lines(file, rng) if lines else of_squad(file, rng, held_out=False)
        others.append(by_question(found))
    corpus = read_corpus(FOLDER / "train")
    weights = {name: weight.float() for name, weight in load(WEIGHTS.read_bytes()).items()}
    before = {name: one.float() for name, one in load(ADDITIONS.read_bytes()).items()}
    together = Together()
    together.load_state_dict(with_additions(weights, only_whole(before)))
    learner = Learner(encoder, first_layers(encoder, only_whole(before)), together, before)
    teach(learner, steps(corpus, others, encoder, rng), given.checkpoint, given.minutes)
    additions = before | {name: one.detach() for name, one in learner.own.items()}
    taught = Together()
    taught.load_state_dict(with_additions(weights, additions))
    read = Read(encoder, first_layers(encoder, additions))
    documents = drawn(corpus, rng)
    seen = by_nearness([next(documents) for _ in range(_SEEN)], encoder)
    additions |= largest(taught, [pairs[0] for pairs in seen], read)
    data = save({name: weight.half().contiguous() for name, weight in additions.items()})
    ADDITIONS.write_bytes(data)
    print(f"{ADDITIONS}: {len(data) / 1e6:.1f} MB, SHA-256 {hashlib.sha256(data).hexdigest()}")
    for part in ("tune", "test"):
        for language in ("en", "ru", "kk"):
            own = [d for d in read_corpus(FOLDER / part) if d.document.language == language]
            if own:
                report(f"{part}, documents in {language}", own, taught, read)


if __name__ == "__main__":
    main()
