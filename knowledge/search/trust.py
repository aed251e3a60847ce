"""How much the encoder knows of the language of some passages, measured on themselves.

A sentence is nearer in meaning to the rest of its passage than to other passages. How often its
vector says so, beside how often its words do, shows what the model makes of the language.
"""

import hashlib
from collections.abc import Container, Sequence

import numpy as np

from embeddings.index import Vectors
from knowledge.reading.passages import Passage
from knowledge.words.lexical import LexicalIndex, is_meaningful, words

_SAMPLE = 200  # sentences; the share they give is certain within 0.07
_PASSAGES = 100  # to tell the own one from
_SHORTEST = 40  # characters of a sentence that says enough to be found by
_DOUBT = 20  # sentences counted as expected before any is looked at


def sample(passages: Sequence[Passage]) -> list[Passage]:
    """Return enough of `passages` to measure by; few others when few of `passages` change."""
    return sorted(passages, key=lambda p: hashlib.sha256(p.text.encode()).digest())[:_PASSAGES]


def share_read_whole(passages: Sequence[Passage], pieces: Container[str], language: str) -> float:
    """Return the share of the meaningful words of `passages` that are `pieces` of a model.

    What it knows of their language is at least likely to be like that.
    """
    found = [word for p in passages for word in words(p.text) if is_meaningful(word, language)]
    return sum(word in pieces for word in found) / len(found) if found else 0.0


def trust(passages: Sequence[Passage], vectors: Vectors, language: str, expected: float) -> float:
    """Return in [0, 1] how much `vectors`, of the sentences of `passages` in order, know.

    It is the number of sentences whose own passage is the nearest by vectors, divided by that by
    words, 1 where vectors do better. Measured with all-MiniLM-L6-v2: 1 in English, a third in
    Russian and in Kazakh. Passages of one sentence, and too few passages, say nothing: then it is
    what was `expected`, which also counts for twenty sentences beside those measured.
    """
    own = np.repeat(np.arange(len(passages)), [len(p.sentences) for p in passages])
    texts = [p.sentence_text(s) for p in passages for s in p.sentences]
    counts = np.bincount(own)
    told = [i for i, text in enumerate(texts) if counts[own[i]] > 1 and len(text) >= _SHORTEST]
    told = told[:: max(1, len(told) // _SAMPLE)][:_SAMPLE] if len(passages) > 1 else []
    if not told:
        return expected
    sums = np.zeros((len(passages), vectors.shape[1]), np.float64)
    np.add.at(sums, own, vectors)
    lexical = LexicalIndex(texts, language)
    by_vectors = by_words = 0
    for i in told:
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
