"""The classifier of messages: `python -m benchmarks.train_kinds`

Learns from `benchmarks/kinds.txt` (kind, language and message, with ` | ` between them) and from
the questions of the corpus for training, where those for an overview say so. Writes
`knowledge/kinds.npz`, and prints what it makes of a fifth of the messages held out and of the
corpus' tune documents.
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
from sklearn.linear_model import LogisticRegression

from embeddings.multilingual import MultilingualEncoder
from knowledge.corpus import read_corpus
from knowledge.kinds import KINDS, Kind, kind_of_shares

FOLDER = Path(__file__).parent
_WRITTEN = FOLDER.parent / "knowledge" / "kinds.npz"
_FROM_CORPUS = 4000  # questions: as many again as the messages
_SCALE = 20.0  # vectors lie near each other: their differences are made as large as they matter
_C = 3.0  # inverse of the strength of regularisation

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
    kinds: dict[str, Kind] = {"overview": "overview"}
    return [
        (kinds.get(question.kind, "question"), question.text)
        for one in read_corpus(FOLDER / "reading" / part)
        for question in one.questions
    ]


def fit(
    x: NDArray[np.float32], kinds: Sequence[Kind]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the weights, shape (kinds, dimensions), and intercepts of a softmax regression."""
    y = np.array([KINDS.index(kind) for kind in kinds])
    # Each kind counts by the root of how many there are, lest the many drown the few.
    weight = 1 / np.sqrt(np.bincount(y))[y]
    mean = x.mean(axis=0)
    model = LogisticRegression(C=_C, max_iter=1000)
    model.fit((x - mean) * _SCALE, y, sample_weight=weight / weight.mean())
    weights = model.coef_ * _SCALE
    return weights, model.intercept_ - weights @ mean


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
        return np.array([encoder.encode_query(text).vector for _, text in found])

    x = vectors(taught)
    weights, intercepts = fit(x, [kind for kind, _ in taught])
    for name, found in (("messages held out", held), ("questions of tune documents", tune)):
        logits = vectors(found) @ weights.T + intercepts
        p = np.exp(logits - logits.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        said = [kind_of_shares(own) for own in p]
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
