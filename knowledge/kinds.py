"""What kind of message a text is: small talk, a wish for a whole list or an overview, a question.

A linear classifier over the multilingual encoder's vector of the message, so that no wording need
be foreseen and no language listed. `benchmarks/train_kinds.py` trains it and says on what; its
weights lie in `kinds.npz`.
"""

import functools
from importlib.resources import files
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
    "question",
]
"""Small talk; what the bot is; the whole list of people, or of demands; what a document is about;
and anything else."""
KINDS: tuple[Kind, ...] = get_args(Kind)

# Probability below which a message is taken for a question. Who asks one and gets a whole list is
# better off than who gets a greeting.
_LEAST, _LEAST_OF_LISTS = 0.9, 0.5
_LISTS: frozenset[Kind] = frozenset(["people", "demands"])


def kind_of(query: Vectors) -> Kind:
    """Return the kind of the message with the vector `query`, shape (dimensions,)."""
    weights, intercepts = _model()
    logits = weights @ query + intercepts
    shares = np.exp(logits - logits.max())
    return kind_of_shares(shares / shares.sum())


def kind_of_shares(shares: NDArray[np.floating]) -> Kind:
    """Return the kind of a message of which each of KINDS has a probability, shape (kinds,)."""
    best = KINDS[int(shares.argmax())]
    least = _LEAST_OF_LISTS if best in _LISTS else _LEAST
    return best if shares.max() >= least else "question"


@functools.cache
def _model() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the weights, shape (kinds, dimensions), and the intercepts, shape (kinds,)."""
    with files("knowledge").joinpath("kinds.npz").open("rb") as file, np.load(file) as held:
        return held["weights"], held["intercepts"]
