"""What kind of message a text is: small talk, a wish for a whole list or an overview, a question.

A linear classifier over the multilingual encoder's vector of the message, so that no wording need
be foreseen and no language listed. `benchmarks/train_kinds.py` trains it and says on what; its
weights lie in `kinds.npz`.
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
"""Small talk; what the bot is for; the whole list of people, or of demands; what a document is
about, where it is from, of when, by whom and to be read where; which documents there are; what can
be asked; what else there is; what the bot is; the language it speaks, or is to speak; and anything
else."""
KINDS: tuple[Kind, ...] = get_args(Kind)
_QUESTION = KINDS.index("question")

# Probability below which a message is taken for a question. Who asks one and gets a whole list is
# better off than who gets a greeting.
_LEAST, _LEAST_OF_LISTS = 0.75, 0.5
_SURE: frozenset[Kind] = frozenset(["greeting", "thanks", "farewell", "about", "overview"])
_LISTS: frozenset[Kind] = frozenset(["people", "demands"])
# Of the other kinds it matters less which of them a message is than that it is no question.
_LEAST_OF_ONE, _MOST_OF_QUESTION = 0.4, 0.3


def kind_of(query: Vectors) -> Kind:
    """Return the kind of the message with the vector `query`, shape (dimensions,)."""
    weights, intercepts = _model()
    logits = weights @ query + intercepts
    shares = np.exp(logits - logits.max())
    return kind_of_shares(shares / shares.sum())


def kind_of_shares(shares: NDArray[np.floating]) -> Kind:
    """Return the kind of a message of which each of KINDS has a probability, shape (kinds,)."""
    best, share = KINDS[int(shares.argmax())], shares.max()
    if best in _SURE:
        is_sure = share >= _LEAST
    elif best in _LISTS:
        is_sure = share >= _LEAST_OF_LISTS
    else:
        is_sure = share >= _LEAST_OF_ONE and shares[_QUESTION] <= _MOST_OF_QUESTION
    return best if is_sure else "question"


def language_meant(kind: Kind) -> str | None:
    """Return the language that a message of `kind` wants the bot to speak; None if it says none."""
    _, _, language = kind.partition("language_")
    return language or None


@functools.cache
def _model() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the weights, shape (kinds, dimensions), and the intercepts, shape (kinds,)."""
    with Path(__file__).with_name("kinds.npz").open("rb") as file, np.load(file) as held:
        return held["weights"], held["intercepts"]
