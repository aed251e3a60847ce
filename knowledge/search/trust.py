"""Measures how much an encoder knows of a language, on passages in it.

A sentence is nearer in meaning to the rest of its passage than to other passages. How often vectors
show that, compared with how often words do, tells how well the encoder knows the language.
"""

import hashlib
from collections.abc import Container, Sequence

import numpy as np

from embeddings.index import Vectors
from knowledge.reading.passages import Passage
from knowledge.words.lexical import LexicalIndex, is_meaningful, words

_SAMPLE = 200  # sentences measured; the share that they give is certain within 0.07
_PASSAGES = 100  # among which a sentence must find its own
_SHORTEST = 40  # characters; a shorter sentence says too little to find its passage
_DOUBT = 20  # how many measured sentences the expected share counts as much as


def sample(passages: Sequence[Passage]) -> list[Passage]:
    """Return 100 of `passages`, or all if fewer; where few of all change, few of these do."""
    return sorted(passages, key=lambda p: hashlib.sha256(p.text.encode()).digest())[:_PASSAGES]


def share_read_whole(passages: Sequence[Passage], pieces: Container[str], language: str) -> float:
    """Return the share of the meaningful words of `passages` that a model reads as one of `pieces`.

    It is a guess at how much the model knows of `language`; 0 if there are no such words.
    """
    found = [word for p in passages for word in words(p.text) if is_meaningful(word, language)]
    return sum(word in pieces for word in found) / len(found) if found else 0.0


def trust(passages: Sequence[Passage], vectors: Vectors, language: str, expected: float) -> float:
    """Return how much the encoder that made `vectors` knows of `language`, in [0, 1].

    `vectors` are those of the sentences of `passages`, in order. The result is the number of
    sentences whose own passage is the nearest by vectors, divided by that by words, at most 1.
    Measured with all-MiniLM-L6-v2: 1 in English, a third in Russian and in Kazakh. The `expected`
    result counts as much as twenty sentences, and alone where none can be measured: with a single
    passage, or where each has only one sentence or short ones.
    """
    own = np.repeat(np.arange(len(passages)), [len(p.sentences) for p in passages])
    texts = [p.sentence_text(s) for p in passages for s in p.sentences]
    counts = np.bincount(own)
    measured = [i for i, text in enumerate(texts) if counts[own[i]] > 1 and len(text) >= _SHORTEST]
    step = max(1, len(measured) // _SAMPLE)
    measured = measured[::step][:_SAMPLE] if len(passages) > 1 else []
    if not measured:
        return expected
    sums = np.zeros((len(passages), vectors.shape[1]), np.float64)
    np.add.at(sums, own, vectors)
    lexical = LexicalIndex(texts, language)
    by_vectors = by_words = 0
    for i in measured:
        rest = sums.copy()
        rest[own[i]] -= vectors[i]
        by_vectors += _is_highest(
            rest @ vectors[i] / np.maximum(np.linalg.norm(rest, axis=1), 1e-9), own[i]
        )
        scores = lexical.scores(texts[i])
        scores[i] = 0.0
        best = np.zeros(len(passages))
        np.maximum.at(best, own, scores)
        by_words += _is_highest(best, own[i])
    return min(1.0, (by_vectors + _DOUBT * expected) / (by_words + _DOUBT))


def _is_highest(values: np.ndarray, place: int) -> bool:
    return bool((values >= values[place]).sum() == 1)
