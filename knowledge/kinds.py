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
    "person",
    "question",
]
"""Small talk; what the bot is; the whole list of people, or of demands; what a document is about;
all that is said of whoever is named; and anything else."""
KINDS: tuple[Kind, ...] = get_args(Kind)

_LEAST = 0.7  # probability below which a message is taken for a question


def kind_of(query: Vectors) -> Kind:
    """Return the kind of the message with the vector `query`, shape (dimensions,)."""
    weights, intercepts = _model()
    logits = weights @ query + intercepts
    shares = np.exp(logits - logits.max())
    best = int(shares.argmax())
    return KINDS[best] if shares[best] >= _LEAST * shares.sum() else "question"


@functools.cache
def _model() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the weights, shape (kinds, dimensions), and the intercepts, shape (kinds,)."""
    with files("knowledge").joinpath("kinds.npz").open("rb") as file, np.load(file) as held:
        return held["weights"], held["intercepts"]
