"""What the reader learned since: `python -m benchmarks.teach_reader CHECKPOINT [SETS ...]`

The weights of `embeddings/reader.py` stay as they are, since each new file of them stays in the
history for good; what more the corpus in `benchmarks/reading/` teaches is kept as additions of low
rank (Hu et al., LoRA, 2021, https://arxiv.org/abs/2106.09685), in a file of two megabytes, from
which learning goes on. SETS are as in `benchmarks/train_reader.py`, and serve to keep what was
learned from them. CHECKPOINT is a file outside of the project, from which training goes on after a
break. The SHA-256 that is printed is to be put into `_SHA256_OF_ADDITIONS` of the reader, which
takes no other file; then `benchmarks/train_decision.py` is to be run. To new weights of
`train_reader` the additions do not fit: begin without the line of `main` that loads them.

Unlike the first training, all excerpts read for a question are weighed together, as they are when
the bot answers: one of the sentences that answer, in any excerpt, or none of them, is to be the
likely one. It takes as long as `--minutes` says, of one core or as many as torch is given.
"""

import argparse
import hashlib
import math
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load, save
from torch.nn import Linear, Module, Parameter, functional
from torch.nn.attention import SDPBackend, sdpa_kernel

from benchmarks.train_reader import (
    FOLDER,
    Example,
    Read,
    by_nearness,
    of_lines,
    of_squad,
    report,
)
from embeddings.multilingual import MultilingualEncoder
from embeddings.reader import ADDITIONS, WEIGHTS, with_additions
from embeddings.reader_layers import Together, batch
from knowledge.evaluation.corpus import Asked, Labelled, read_corpus

Group = Sequence[Example]
"""A question with some of the excerpts that would be read for it."""

Step = tuple[list[Group], tuple[torch.Tensor, ...]]
"""Groups that are learned from together, and what the module takes of them."""

_RANK = 32
_RATE, _RATE_OF_WHOLE = 2e-4, 0.8e-4  # of additions, and of weights that learn whole
_WARM = 100  # steps in which the rate rises
_TOKENS = 3000  # of a step
_DROPOUT = 0.1  # of what a layer adds
_DOCUMENTS, _OF_DOCUMENT, _TOPICS = 20, 20, 10  # of a round, questions of each, and topics of these
_WITH_TOPICS = 2.0  # how much more often a document comes of which topics are asked
_OF_LINES, _OF_SQUAD = 12, 33  # questions of other sets in a round
_MISTYPED = 0.06  # share of questions that are written without care, and of those mistyped
_SAVE_EVERY = 25 * 60  # seconds
_SEEN = 25  # documents by which it is measured how large what comes into a layer is


class Added(Module):
    """A linear layer that does not learn, and an addition of low rank that does."""

    def __init__(self, own: Linear) -> None:
        super().__init__()
        self.own = own
        self.right = Parameter(torch.empty(_RANK, own.in_features))
        self.left = Parameter(torch.zeros(own.out_features, _RANK))
        torch.nn.init.kaiming_uniform_(self.right, a=math.sqrt(5))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        # The two are added before what comes in is multiplied: fewer passes over all tokens.
        return functional.linear(x, self.own.weight + self.left @ self.right, self.own.bias)


def dropped(added: torch.Tensor, chance: np.random.Generator) -> torch.Tensor:
    """Return `added` with a share of it set to nothing, three times as fast as torch has it."""
    drawn = np.frombuffer(chance.bytes(added.numel()), np.uint8).reshape(added.shape)
    kept = torch.from_numpy(drawn >= round(_DROPOUT * 256))
    return added * kept.to(added.dtype) / (1 - _DROPOUT)


def with_learning(module: Module) -> Module:
    """Return `module` with an addition to each linear layer, where only these, what is normed and
    what is small learn.
    """
    for parameter in module.parameters():
        parameter.requires_grad_(False)
    whole: list[Module] = [module.kinds, module.outer, module.none]
    chance = np.random.default_rng(21)
    for layer in module.layers:
        for name in ("attention_in", "attention_out", "up", "down"):
            setattr(layer, name, Added(getattr(layer, name)))
        for adds in (layer.attention_out, layer.down):
            adds.register_forward_hook(
                lambda own, _, added: dropped(added, chance) if own.training else added
            )
        whole += [layer.attention_norm, layer.norm]
    module.inner = Added(module.inner)
    module.scale.requires_grad_(True)
    for part in whole:
        for parameter in part.parameters():
            parameter.requires_grad_(True)
    return module


def learned(module: Module) -> dict[str, torch.Tensor]:
    """Return what `module` has learned, by the names that `with_additions` knows, and how much one
    text looks at the other, which learned before.
    """
    return {
        name: p.detach()
        for name, p in module.named_parameters()
        if p.requires_grad or name.endswith(".across")
    }


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
    """Return three or four of `pairs`, a question with every excerpt, the nearest first: those that
    answer, if any do, and near ones that do not.
    """
    answering = [p for p in pairs[:12] if p.answers] or [p for p in pairs if p.answers]
    others = [p for p in pairs[:8] if not p.answers]
    count = 4 if rng.random() < 0.35 else 3
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


def batches(groups: Sequence[Group], read: Read, rng: random.Random) -> Iterator[list[Group]]:
    """Yield `groups` in an order by chance, those of one length together."""
    order = rng.sample(groups, len(groups))
    found = []
    for start in range(0, len(order), 1024):
        pool = order[start : start + 1024]
        longest = [max(len(a) + len(s.tokens) for a, s in read.of(group)) for group in pool]
        part: list[Group] = []
        for length, row in sorted((length, row) for row, length in enumerate(longest)):
            if part and (sum(map(len, part)) + len(pool[row])) * length > _TOKENS:
                found.append(part)
                part = []
            part.append(pool[row])
        found.append(part)
    rng.shuffle(found)
    yield from found


# --- Learning -------------------------------------------------------------------------------------


def loss(logits: torch.Tensor, groups: Sequence[Group]) -> torch.Tensor:
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
    return total / len(groups)


def drawn(corpus: Sequence[Labelled], rng: random.Random) -> Iterator[Labelled]:
    """Yield documents without an end, each with some of its questions.

    Up to _TOPICS of these are for topics; of the others all come before one comes again. Each
    document comes as often as its sentences are long, for what people load is written in long ones,
    and more often if topics are asked of it. So a third of what is learned are topics, as people
    ask.
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


def rounds(
    corpus: Sequence[Labelled],
    lines: Sequence[Group],
    squad: Sequence[Group],
    encoder: MultilingualEncoder,
    rng: random.Random,
) -> Iterator[Step]:
    """Yield steps without an end, in rounds, of each of which texts are read apart but once."""
    documents = drawn(corpus, rng)
    while True:
        read = Read(encoder)
        asked = by_nearness(list(islice(documents, _DOCUMENTS)), encoder)
        groups = [of_nearest(pairs, rng) for pairs in asked]
        groups += rng.sample(lines, min(_OF_LINES, len(lines)))
        groups += rng.sample(squad, min(_OF_SQUAD, len(squad)))
        for part in batches(groups, read, rng):
            yield part, batch(read.of([example for group in part for example in group]))


def teach(module: Module, steps: Iterator[Step], checkpoint: Path, minutes: float) -> None:
    """Teach `module` by `steps` for so many minutes, at a rate that falls to nothing."""
    own = learned(module)
    named = [(n, p) for n, p in module.named_parameters() if n in own]
    is_added = {n: n.endswith((".left", ".right")) for n in own}
    learner = torch.optim.AdamW(
        [
            {"params": [p for n, p in named if is_added[n]], "peak": _RATE},
            {"params": [p for n, p in named if not is_added[n]], "peak": _RATE_OF_WHOLE},
        ],
        lr=_RATE,
        betas=(0.9, 0.98),
        weight_decay=0.01,
    )
    if checkpoint.exists():
        module.load_state_dict(torch.load(checkpoint), strict=False)
    module.train()
    begin = saved = time.monotonic()
    losses: list[float] = []
    # Where the processor has no instructions for it, bfloat16 takes ten times as long.
    has_bfloat16 = torch.cpu.get_capabilities().get("avx512_bf16", False)
    for step, (groups, inputs) in enumerate(steps, start=1):
        gone = (time.monotonic() - begin) / 60 / minutes
        if gone >= 1:
            break
        for group in learner.param_groups:
            group["lr"] = group["peak"] * max(0.02, min(step / _WARM, 1) * (1 - gone))
        short = torch.autocast("cpu", torch.bfloat16, enabled=has_bfloat16)
        # Three times as fast as the plain way.
        with sdpa_kernel(SDPBackend.FLASH_ATTENTION), short:
            logits = module(*inputs)
        wrong = loss(logits.float(), groups)
        learner.zero_grad()
        wrong.backward()
        torch.nn.utils.clip_grad_norm_([p for _, p in named], 1.0)
        learner.step()
        losses.append(wrong.item())
        if step % 50 == 0:
            print(f"step {step}: {np.mean(losses[-50:]):.3f}, {gone:.0%}", flush=True)
        if time.monotonic() - saved > _SAVE_EVERY:
            torch.save(learned(module), checkpoint)
            saved = time.monotonic()
    torch.save(learned(module), checkpoint)


def largest(module: Module, seen: Sequence[Example], read: Read) -> dict[str, torch.Tensor]:
    """Return how large what comes into each layer of `module` is at most while it reads `seen`,
    shape (columns,), by the layer's name with ".largest".
    """
    found: dict[str, torch.Tensor] = {}

    def see(name: str, given: torch.Tensor) -> None:
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
    asked = parser.parse_args()
    rng = random.Random(21)
    torch.manual_seed(21)
    encoder = MultilingualEncoder()
    lines = [e for f in asked.sets if f.suffix == ".jsonl" for e in of_lines(f, rng)]
    squad = [e for f in asked.sets if f.suffix == ".json" for e in of_squad(f, rng, held_out=False)]
    corpus = read_corpus(FOLDER / "train")
    weights = {name: weight.float() for name, weight in load(WEIGHTS.read_bytes()).items()}
    module = Together()
    module.load_state_dict(weights)
    module = with_learning(module)
    module.load_state_dict(load(ADDITIONS.read_bytes()), strict=False)
    steps = rounds(corpus, by_question(lines), by_question(squad), encoder, rng)
    teach(module, steps, asked.checkpoint, asked.minutes)
    additions = learned(module)
    taught = Together()
    taught.load_state_dict(with_additions(weights, additions))
    read = Read(encoder)
    seen = by_nearness(list(islice(drawn(corpus, rng), _SEEN)), encoder)
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
