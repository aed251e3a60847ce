"""The classifier of messages: `python -m benchmarks.train_kinds`

Learns from `benchmarks/kinds.txt` (kind, language and message, with ` | ` between them) and from
the questions of the corpus for training, where those about a person or for an overview say so;
writes `knowledge/kinds.npz`, and prints what it makes of a fifth of the messages held out and of
the corpus' tune documents.
"""

import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from embeddings.multilingual import MultilingualEncoder
from knowledge.corpus import read_corpus
from knowledge.kinds import _LEAST, KINDS, Kind

FOLDER = Path(__file__).parent
_WRITTEN = FOLDER.parent / "knowledge" / "kinds.npz"
_FROM_CORPUS = 2500  # questions; more of them, and lists would be taken for questions
_RIDGE = 1e-4
_SCALE = 20.0  # vectors lie near each other: their differences are made as large as they matter
_STEPS = 3000

Message = tuple[Kind, str]


def messages() -> list[Message]:
    """Return the messages of kinds.txt. Raises ValueError for a line that is none."""
    found: list[Message] = []
    for line in (FOLDER / "kinds.txt").read_text("utf-8").splitlines():
        kind, language, text = line.split(" | ", 2)
        if kind not in get_args(Kind) or language not in {"en", "ru", "kk"}:
            raise ValueError(f"kinds.txt: not a kind and a language: {line}")
        found.append((kind, text))
    return found


def of_corpus(part: str) -> list[Message]:
    """Return the questions of a part of the corpus, as kinds."""
    kinds: dict[str, Kind] = {"overview": "overview", "person": "person"}
    return [
        (kinds.get(question.kind, "question"), question.text)
        for one in read_corpus(FOLDER / "reading" / part)
        for question in one.questions
    ]


def fit(x: NDArray[np.float32], kinds: Sequence[Kind]) -> tuple[NDArray, NDArray]:
    """Return the weights and intercepts of a softmax regression, by gradient descent with Adam."""
    y = np.array([KINDS.index(kind) for kind in kinds])
    target = np.eye(len(KINDS))[y]
    # Each kind counts by the root of how many there are, lest the many drown the few.
    counts = np.bincount(y, minlength=len(KINDS))
    weight = (1 / np.sqrt(np.maximum(counts, 1)))[y]
    weight /= weight.sum()
    mean = x.mean(axis=0)
    scaled = np.hstack([(x - mean) * _SCALE, np.ones((len(x), 1))])
    w = np.zeros((len(KINDS), scaled.shape[1]))
    first, second = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, _STEPS + 1):
        logits = scaled @ w.T
        p = np.exp(logits - logits.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        gradient = ((p - target) * weight[:, None]).T @ scaled + _RIDGE * w
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        w -= 0.02 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-9)
    weights = w[:, :-1] * _SCALE
    return weights, w[:, -1] - weights @ mean


def main() -> None:
    rng = random.Random(20)
    own, others = messages(), of_corpus("train")
    rng.shuffle(own)
    rng.shuffle(others)
    held = own[: len(own) // 5]
    taught = own[len(own) // 5 :] + others[:_FROM_CORPUS]
    tune = of_corpus("tune")
    encoder = MultilingualEncoder()

    def vectors(found: Sequence[Message]) -> NDArray[np.float32]:
        return encoder.encode_queries([text for _, text in found])

    x = vectors(taught)
    weights, intercepts = fit(x, [kind for kind, _ in taught])
    for name, found in (("messages held out", held), ("questions of tune documents", tune)):
        logits = vectors(found) @ weights.T + intercepts
        p = np.exp(logits - logits.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        said = [KINDS[int(own.argmax())] if own.max() >= _LEAST else "question" for own in p]
        pairs = Counter((kind, other) for (kind, _), other in zip(found, said, strict=True))
        table = Table(name, *KINDS)
        for kind in KINDS:
            if any(one == kind for one, _ in found):
                table.add_row(kind, *(str(pairs[kind, other] or "") for other in KINDS))
        Console().print(table)
        right = sum(count for (kind, other), count in pairs.items() if kind == other)
        print(f"{name}: {right} of {len(found)} right")
    x = np.vstack([x, vectors(held)])
    weights, intercepts = fit(x, [kind for kind, _ in taught + held])
    np.savez_compressed(
        _WRITTEN, weights=weights.astype(np.float32), intercepts=intercepts.astype(np.float32)
    )


if __name__ == "__main__":
    main()
