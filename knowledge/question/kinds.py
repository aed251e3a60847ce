"""The kind of a message: small talk, a wish for a whole list or an overview, or a question.

It is told by a linear classifier over the vector that the multilingual encoder gives the message,
so no wording need be foreseen and no language listed. `benchmarks/train_kinds.py` trains it and
says on what; its weights are in `kinds.npz`.
"""

import functools
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from embeddings.index import Vectors

Kind = Literal[
    "greeting",
    "thanks",
    "farewell",
    "about",
    "people",
    "demands",
    "overview",
    "source",
    "date",
    "author",
    "link",
    "full_text",
    "documents",
    "what_to_ask",
    "more",
    "bot_nature",
    "language",
    "language_en",
    "language_ru",
    "language_kk",
    "question",
]
"""In order: small talk; what the bot is for; the whole list of people, or of demands; what a
document is about, where it is from, its date, author, link and full text; which documents there
are; what can be asked; what else there is; what the bot is; the language that it speaks, or is to
speak; and anything else."""
KINDS: tuple[Kind, ...] = get_args(Kind)
_QUESTION = KINDS.index("question")

_LEAST = 0.5  # probability below which a message is taken for a question
# How probable it may be that it is a question all the same. Somebody who asks one is better off
# with a whole list than with a greeting.
_MOST_OF_QUESTION, _MOST_OF_SMALL_TALK = 0.3, 0.15
_SMALL_TALK: frozenset[Kind] = frozenset(["greeting", "thanks", "farewell", "about"])
_LISTS: frozenset[Kind] = frozenset(["people", "demands"])


def kind_of(query: Vectors) -> Kind:
    """Return the kind of the message with the vector `query`, shape (dimensions,)."""
    weights, intercepts = _model()
    logits = weights @ query + intercepts
    shares = np.exp(logits - logits.max())
    return kind_of_shares(shares / shares.sum())


def kind_of_shares(shares: NDArray[np.floating]) -> Kind:
    """Return the kind of a message; `shares` are the probabilities of KINDS, shape (kinds,)."""
    best, share = KINDS[int(shares.argmax())], shares.max()
    most = _MOST_OF_SMALL_TALK if best in _SMALL_TALK else _MOST_OF_QUESTION
    is_sure = share >= _LEAST and (best in _LISTS or shares[_QUESTION] <= most)
    return best if is_sure else "question"


def language_meant(kind: Kind) -> str | None:
    """Return the language that a message of `kind` wants the bot to speak; None if it is none."""
    _, _, language = kind.partition("language_")
    return language or None


@functools.cache
def _model() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the weights, shape (kinds, dimensions), and the intercepts, shape (kinds,)."""
    with Path(__file__).with_name("kinds.npz").open("rb") as file, np.load(file) as held:
        return held["weights"], held["intercepts"]
