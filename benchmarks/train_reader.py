"""Train the reader: `python -m benchmarks.train_reader CHECKPOINT [SETS ...]`

Teaches the layers of `embeddings/reader.py`, first from SETS, if there are any, then mostly from
the corpus in `benchmarks/reading/`. SETS are `.jsonl` files (question, sentences, answers by row,
title), and SQuAD files named after their language (xquad.ru.json). Every fourth article of these is
held out. CHECKPOINT is a file outside the project, from which training goes on after a break. At
the end the weights are written beside the module. Then a SHA-256 is printed, to be copied into
`_SHA256` of the module, which accepts no other file, and the figures on the tune and test parts.
After that, train the additions anew (`benchmarks/teach_reader.py`), and run
`benchmarks/train_decision.py`.

It takes about two hours on two cores, somewhat less with `MALLOC_MMAP_THRESHOLD_=1000000000
MALLOC_TRIM_THRESHOLD_=10000000000`, which keeps the memory of a step for the next.
"""

import argparse
import hashlib
import json
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save
from torch.nn import Module, functional
from torch.nn.attention import SDPBackend, sdpa_kernel
from transformers import BertModel

from embeddings.multilingual import APART, MultilingualEncoder
from embeddings.reader import WEIGHTS, Excerpt, States, apart
from embeddings.reader_layers import Together, batch
from knowledge.evaluation.corpus import Labelled, read_corpus
from knowledge.evaluation.squad import read_squad
from knowledge.reading.excerpts import excerpt_at, excerpt_of
from knowledge.reading.passages import split

Item = TypeVar("Item")

FOLDER = Path(__file__).with_name("reading")
# Learning rates: of layers that come from the encoder, and of new ones.
_RATE, _RATE_OF_NEW = 1.2e-4, 4e-4
_WARM = 0.06  # share of the steps in which the rate rises
_TOKENS = 4000  # per step, at most
_DROPOUT = 0.1  # of what a layer adds
_ROUNDS = 3  # over the corpus
_OF_LINES, _LINES_BESIDE = 4500, 700  # examples of `.jsonl` files: at first, and in each round
_SENTENCES_AT_ONCE = 6  # sentences of a long text that make one excerpt
_SAVE_EVERY = 200  # steps


@dataclass(frozen=True, slots=True)
class Example:
    """A question and an excerpt, with the rows of the sentences in it that answer, if any do."""

    question: str
    excerpt: Excerpt
    answers: tuple[int, ...]


class Read:
    """Texts as the layers `first` read them, those of the encoder if None. Each is read once."""

    def __init__(self, encoder: MultilingualEncoder, first: BertModel | None = None) -> None:
        self.encoder = encoder
        self.first = first or encoder.first_layers()
        self._asked: dict[str, NDArray[np.float16]] = {}
        self._read: dict[Excerpt, States] = {}

    def of(self, examples: Iterable[Example]) -> list[tuple[NDArray[np.float16], States]]:
        """Return for each of `examples` what `embeddings.reader_layers.batch` takes."""
        examples = list(examples)
        asked = [q for q in dict.fromkeys(e.question for e in examples) if q not in self._asked]
        found = [x for x in dict.fromkeys(e.excerpt for e in examples) if x not in self._read]
        for text, (states, _) in zip(
            asked, self.encoder.read_apart(asked, self.first, is_query=True), strict=True
        ):
            self._asked[text] = states.astype(np.float16)
        self._read.update(zip(found, apart(self.encoder, self.first, found), strict=True))
        return [(self._asked[e.question], self._read[e.excerpt]) for e in examples]


# --- Examples -------------------------------------------------------------------------------------


def by_nearness(documents: Sequence[Labelled], encoder: MultilingualEncoder) -> list[list[Example]]:
    """Return each question with every excerpt of its document, the nearest first."""
    found = []
    for one in documents:
        texts = [excerpt_at(one.passages, row) for row in range(len(one.passages))]
        vectors = encoder.encode_passages([passage.text for passage in one.passages])
        asked = [encoder.encode_query(question.text).vector for question in one.questions]
        for question, query in zip(one.questions, asked, strict=True):
            pairs, first = [], 0
            for passage, text in zip(one.passages, texts, strict=True):
                rows = range(first, first + len(passage.sentences))
                answers = tuple(row - first for row in question.answers if row in rows)
                pairs.append(Example(question.text, text, answers))
                first = rows.stop
            found.append([pairs[i] for i in np.argsort(-(vectors @ query))])
    return found


def of_corpus(asked: Sequence[Sequence[Example]], rng: random.Random) -> list[Example]:
    """Return, for each question, up to two excerpts that answer and one of the nearest that do not;
    if none answers, often two of the latter.
    """
    found = []
    for pairs in asked:
        answering = [pair for pair in pairs if pair.answers]
        others = [pair for pair in pairs if not pair.answers]
        found += rng.sample(answering, min(2, len(answering)))
        near = others[:1] if rng.random() < 0.6 else [rng.choice(others[:4])] if others else []
        if not answering and rng.random() < 0.7:
            near += rng.sample([one for one in others[:8] if one not in near], len(others[1:2]))
        found += near
    return found


def of_lines(file: Path, rng: random.Random) -> list[Example]:
    """Return the examples of a `.jsonl` file: each question with an excerpt that answers, and with
    one that does not, if there is one.
    """
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    by_title: dict[str, list[dict]] = {}
    for line in lines:
        by_title.setdefault(line.get("title", ""), []).append(line)
    found = []
    size = _SENTENCES_AT_ONCE
    for line in lines:
        said, title = line["sentences"], line.get("title", "")
        answers = sorted(line["answers"])
        if not answers or answers[-1] - answers[0] >= size:
            continue
        low, high = max(0, answers[-1] - size + 1), min(answers[0], max(0, len(said) - size))
        start = rng.randint(min(low, high), max(low, high))
        rows = tuple(row - start for row in answers if row < start + size)
        found.append(
            Example(
                line["question"], excerpt_of(title, said[:start], said[start : start + size]), rows
            )
        )
        starts = [
            at
            for at in range(0, len(said), size)
            if not any(at <= row < at + size for row in answers)
        ]
        others = [other for other in by_title[title] if other["sentences"] != said]
        if starts and (not others or rng.random() < 0.5):
            at = rng.choice(starts)
            text = excerpt_of(title, said[:at], said[at : at + size])
        else:
            other = rng.choice(others or lines)
            text = excerpt_of(other.get("title", ""), [], other["sentences"][:size])
            if other["sentences"] == said:
                continue
        found.append(Example(line["question"], text, ()))
    return found


def of_squad(file: Path, rng: random.Random, *, held_out: bool) -> list[Example]:
    """Return the examples of a SQuAD file: of every fourth article if `held_out`, else of the
    others. Each question is put to its own paragraph, and to another one of its article.
    """
    found = []
    for number, article in enumerate(read_squad(file)):
        if (number % 4 == 0) != held_out:
            continue
        passages = split(article.document)
        texts = [excerpt_at(passages, row) for row in range(len(passages))]
        for asked in article.questions:
            own = [i for i, passage in enumerate(passages) if passage.paragraph == asked.paragraph]
            for i in own:
                rows = tuple(
                    row
                    for row, sentence in enumerate(passages[i].sentences)
                    if any(a in passages[i].sentence_text(sentence) for a in asked.answers)
                )
                if rows:
                    found.append(Example(asked.text, texts[i], rows))
            others = [i for i in range(len(passages)) if i not in own]
            if others:
                found.append(Example(asked.text, texts[rng.choice(others)], ()))
    return found


# --- Learning -------------------------------------------------------------------------------------


def from_encoder(module: Module, encoder: MultilingualEncoder) -> None:
    """Initialize `module` with the last layers of the encoder: similar texts answer at first."""
    with torch.no_grad():
        for own, layer in zip(module.layers, encoder.last_layers(APART), strict=True):
            attention = layer.attention
            parts = (attention.self.query, attention.self.key, attention.self.value)
            own.attention_in.weight.copy_(torch.cat([part.weight for part in parts]))
            own.attention_in.bias.copy_(torch.cat([part.bias for part in parts]))
            for mine, theirs in (
                (own.attention_out, attention.output.dense),
                (own.attention_norm, attention.output.LayerNorm),
                (own.up, layer.intermediate.dense),
                (own.down, layer.output.dense),
                (own.norm, layer.output.LayerNorm),
            ):
                mine.load_state_dict(theirs.state_dict())
        for new in (module.kinds, module.outer, module.none):
            for parameter in new.parameters():
                parameter.zero_()


def loss(logits: torch.Tensor, answers: torch.Tensor) -> torch.Tensor:
    """Return the loss of `logits`, shape (pairs, 1 + sentences), "none" first, against `answers`,
    shape (pairs, sentences), 1 for what answers.

    It is the negative log-likelihood that one of the answers, or "none", is chosen among all, plus
    half the cross-entropy of each sentence by itself.
    """
    is_none = ~answers.any(dim=1, keepdim=True)
    right = torch.cat([is_none, answers.bool()], dim=1)
    chosen = torch.logsumexp(logits.masked_fill(~right, -1e9), 1)
    choice = (torch.logsumexp(logits, 1) - chosen).mean()
    odds = (logits[:, 1:] - logits[:, :1]).clamp(-30, 30)
    each = functional.binary_cross_entropy_with_logits(odds, answers, reduction="none")
    each = each[logits[:, 1:] > -5e3].sum() / len(logits)
    return choice + 0.5 * each


def of_one_length(
    items: Sequence[Item],
    length: Callable[[Item], int],
    most: int,
    size: Callable[[Item], int] = lambda _: 1,
) -> Iterator[list[Item]]:
    """Yield `items` of similar lengths together: the sum of their sizes times the largest length is
    at most `most`, but for a single one.
    """
    part: list[Item] = []
    for item in sorted(items, key=length):
        if part and (sum(map(size, part)) + size(item)) * length(item) > most:
            yield part
            part = []
        part.append(item)
    yield part


def batches(examples: Sequence[Example], read: Read, rng: random.Random) -> Iterator[list[Example]]:
    """Yield `examples` in random order, in batches of similar length and at most _TOKENS tokens."""
    order = list(examples)
    rng.shuffle(order)
    found = []
    for start in range(0, len(order), 2048):
        pool = order[start : start + 2048]
        lengths = [len(asked) + len(states.tokens) for asked, states in read.of(pool)]
        rows = of_one_length(range(len(pool)), lengths.__getitem__, _TOKENS)
        found += [[pool[row] for row in part] for part in rows]
    rng.shuffle(found)
    yield from found


def train(
    module: Module,
    rounds: Sequence[Sequence[Example]],
    read: Read,
    checkpoint: Path,
) -> None:
    """Teach `module` the examples of `rounds`, one round after another, from `checkpoint` on."""
    rng = random.Random(20)
    plan = [part for examples in rounds for part in batches(examples, read, rng)]
    for layer in module.layers:
        for adds in (layer.attention_out, layer.down):
            adds.register_forward_hook(
                lambda own, _, added: functional.dropout(added, _DROPOUT, own.training)
            )
    new = [p for n, p in module.named_parameters() if _is_new(n)]
    old = [p for n, p in module.named_parameters() if not _is_new(n)]
    learner = torch.optim.AdamW(
        [{"params": old, "peak": _RATE}, {"params": new, "peak": _RATE_OF_NEW}],
        lr=_RATE,
        betas=(0.9, 0.98),
        weight_decay=0.01,
    )
    done = 0
    if checkpoint.exists():
        kept = torch.load(checkpoint)
        module.load_state_dict(kept["module"])
        learner.load_state_dict(kept["learner"])
        done = kept["done"]
        print(f"going on after step {done}")
    module.train()
    losses, begin = [], time.monotonic()
    for step, part in enumerate(plan[done:], start=done + 1):
        rise, fall = step / (_WARM * len(plan)), (len(plan) - step) / ((1 - _WARM) * len(plan))
        for group in learner.param_groups:
            group["lr"] = group["peak"] * max(0.01, min(rise, fall))
        tokens, kinds, shares = batch(read.of(part))
        answers = torch.zeros(len(part), shares.shape[1] - 1)
        for row, example in enumerate(part):
            answers[row, list(example.answers)] = 1
        # Other implementations of attention train more slowly on a CPU.
        with sdpa_kernel(SDPBackend.MATH), torch.autocast("cpu", dtype=torch.bfloat16):
            logits = module(tokens, kinds, shares)
        wrong = loss(logits.float(), answers)
        learner.zero_grad()
        wrong.backward()
        torch.nn.utils.clip_grad_norm_(module.parameters(), 1.0)
        learner.step()
        losses.append(wrong.item())
        if step % 50 == 0:
            mean = np.mean(losses[-50:])
            print(
                f"step {step} of {len(plan)}: {mean:.3f}, {time.monotonic() - begin:.0f} s",
                flush=True,
            )
        if step % _SAVE_EVERY == 0 or step == len(plan):
            state = {"module": module.state_dict(), "learner": learner.state_dict(), "done": step}
            torch.save(state, checkpoint)


def _is_new(name: str) -> bool:
    return not name.startswith("layers") or name.endswith("across")


# --- Figures --------------------------------------------------------------------------------------


def odds(module: Module, examples: Sequence[Example], read: Read) -> list[NDArray[np.float32]]:
    """Return the log-odds of each sentence of each of `examples`."""
    module.train(False)
    found: dict[int, NDArray[np.float32]] = {}
    order = sorted(range(len(examples)), key=lambda row: len(examples[row].excerpt.text))
    with torch.inference_mode():
        for start in range(0, len(order), 32):
            rows = order[start : start + 32]
            logits = module(*batch(read.of(examples[row] for row in rows))).numpy()
            for row, own in zip(rows, logits, strict=True):
                count = len(examples[row].excerpt.sentences)
                found[row] = own[1 : 1 + count] - own[0]
    return [found[row] for row in range(len(examples))]


def report(name: str, documents: Sequence[Labelled], module: Module, read: Read) -> None:
    """Print how often the best sentence of a whole document is right, and how well its log-odds
    tell questions with an answer from those without.
    """
    rows, answers, bests = [], [], []
    for one in documents:
        texts = [excerpt_at(one.passages, row) for row in range(len(one.passages))]
        examples = [Example(q.text, text, ()) for q in one.questions for text in texts]
        found = iter(odds(module, examples, read))
        for question in one.questions:
            every = np.concatenate([next(found) for _ in texts])
            answers.append(question.answers)
            rows.append(int(every.argmax()))
            bests.append(float(every.max()))
    wanted = np.array([bool(own) for own in answers])
    right = np.array([row in own for row, own in zip(rows, answers, strict=True)])
    best = np.array(bests)
    order = np.argsort(np.argsort(best))
    of_wanted = wanted.sum()
    area = (order[wanted].sum() - of_wanted * (of_wanted - 1) / 2) / (of_wanted * (~wanted).sum())
    shares = [((best >= t) & right & wanted).sum() + ((best < t) & ~wanted).sum() for t in best]
    least = best[int(np.argmax(shares))]
    print(
        f"{name}: {len(answers)} questions, S@1 {right[wanted].mean():.3f} with nothing declined,"
        f" AUROC {area:.3f}; right {max(shares) / len(best):.3f} at {least:.2f}: of the answered"
        f" {((best >= least) & right & wanted).sum() / of_wanted:.3f},"
        f" of the others {((best < least) & ~wanted).sum() / (~wanted).sum():.3f}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("sets", type=Path, nargs="*")
    asked = parser.parse_args()
    rng = random.Random(20)
    encoder = MultilingualEncoder()
    read = Read(encoder)
    corpus = {part: read_corpus(FOLDER / part) for part in ("train", "tune", "test")}
    public = [e for f in asked.sets if f.suffix == ".jsonl" for e in of_lines(f, rng)]
    squad = [e for f in asked.sets if f.suffix == ".json" for e in of_squad(f, rng, held_out=False)]
    rounds = [rng.sample(public, min(_OF_LINES, len(public))) + squad] if asked.sets else []
    pairs = by_nearness(corpus["train"], encoder)
    rounds += [
        of_corpus(pairs, rng)
        + rng.sample(squad, len(squad) // 2)
        + rng.sample(public, min(_LINES_BESIDE, len(public)))
        for _ in range(_ROUNDS)
    ]
    print("examples of each round:", *map(len, rounds), flush=True)
    module = Together()
    from_encoder(module, encoder)
    train(module, rounds, read, asked.checkpoint)
    data = save({name: weight.half().contiguous() for name, weight in module.state_dict().items()})
    WEIGHTS.write_bytes(data)
    print(f"{WEIGHTS}: {len(data) / 1e6:.1f} MB, SHA-256 {hashlib.sha256(data).hexdigest()}")
    for part in ("tune", "test"):
        for language in ("en", "ru", "kk"):
            own = [one for one in corpus[part] if one.document.language == language]
            if own:
                report(f"{part}, documents in {language}", own, module, read)


if __name__ == "__main__":
    main()
