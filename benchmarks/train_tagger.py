"""Train the tagger of names: `python -m benchmarks.train_tagger`

Teaches `embeddings/tagger.py` which words of a text belong to a person's name, from the `people` of
the documents in `benchmarks/reading/train`, by logistic regression over what the first layers of
the encoder make of each word with a capital. Writes `embeddings/tagger.npy`, and prints recall and
precision over the words of the test documents. Takes eight minutes on two cores.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.multilingual import multilingual_encoder
from embeddings.tagger import WEIGHTS, read_words
from knowledge.evaluation.corpus import Labelled, read_corpus
from knowledge.people.name_parts import WORD
from knowledge.people.names import keys
from knowledge.people.names_in_text import capitalised

FOLDER = Path(__file__).with_name("reading")
_RIDGE = 3e-5  # penalty per example; the vectors have length 1
_STEPS = 30

Vectors = NDArray[np.float32]
Truths = NDArray[np.bool_]


def examples(documents: Sequence[Labelled]) -> tuple[Vectors, Truths]:
    """Return the vector of every word with a capital, shape (words, dimensions), and whether the
    word belongs to the name of a person whom the document names, shape (words,).
    """
    vectors, is_name = [], []
    encoder = multilingual_encoder()
    for one in documents:
        named = {key for name in one.people for word in _words(name) for key in keys(word)}
        texts = [passage.text for passage in one.passages]
        words = [capitalised(text) for text in texts]
        spans = [[word.span() for word in own] for own in words]
        vectors += read_words(encoder, texts, spans)
        is_name += [
            len(word.group()) > 1 and not named.isdisjoint(keys(word.group()))
            for own in words
            for word in own
        ]
    return np.concatenate(vectors), np.array(is_name)


def _words(name: str) -> list[str]:
    return [word for word in WORD.findall(name) if len(word) > 1 and word[0].isupper()]


def fit(vectors: Vectors, is_name: Truths) -> Vectors:
    """Return the weight of each dimension, then the intercept, found by Newton's method."""
    x = np.hstack([vectors, np.ones((len(vectors), 1))]).astype(np.float64)
    w = np.zeros(x.shape[1])
    ridge = np.eye(len(w)) * _RIDGE * len(x)
    ridge[-1, -1] = 0
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        curve = (x * (p * (1 - p) + 1e-6)[:, None]).T @ x + ridge
        step = np.linalg.solve(curve, x.T @ (is_name - p) - ridge @ w)
        w += step
        if np.abs(step).max() < 1e-4:
            break
    return w.astype(np.float32)


def main() -> None:
    weights = fit(*examples(read_corpus(FOLDER / "train")))
    np.save(WEIGHTS, weights)
    for language in ("en", "ru", "kk"):
        own = [d for d in read_corpus(FOLDER / "test") if d.document.language == language]
        vectors, is_name = examples(own)
        said = vectors @ weights[:-1] + weights[-1] > 0
        print(
            f"{language}: {len(said)} words, recall {(said & is_name).sum() / is_name.sum():.3f},"
            f" precision {(said & is_name).sum() / said.sum():.3f}"
        )


if __name__ == "__main__":
    main()
