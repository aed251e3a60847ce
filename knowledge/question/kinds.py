"""The kind of a message: small talk, a wish for a whole list or an overview, or a question.

It is told by a linear classifier over the vector that the multilingual encoder gives the message,
so no wording need be foreseen and no language listed, and over the pieces of its words, which tell
"when was that?" from "when was it written?". `benchmarks/train_kinds.py` trains it and says on
what; its weights are in `kinds.npz`.
"""

import functools
from pathlib import Path
from typing import Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from embeddings.index import Vectors
from knowledge.words.detection import weighed

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

# Probability below which a message is taken for a question; where that is no likelier than the
# third of these, the second is enough.
_LEAST, _LEAST_OF_ALL, _HARDLY_A_QUESTION = 0.7, 0.4, 0.1
# How probable it may be that it is a question all the same. Somebody who asks one is better off
# with a whole list than with a greeting.
_MOST_OF_QUESTION, _MOST_OF_SMALL_TALK = 0.2, 0.15
_SMALL_TALK: frozenset[Kind] = frozenset(["greeting", "thanks", "farewell", "about"])
_LISTS: frozenset[Kind] = frozenset(["people", "demands"])


def kind_of(text: str, query: Vectors) -> Kind:
    """Return the kind of the message `text`, whose vector is `query`, shape (dimensions,)."""
    model = _model()
    logits = model.weights @ query + weighed(text, model.of_pieces) + model.intercepts
    shares = np.exp(logits - logits.max())
    return kind_of_shares(shares / shares.sum())


def kind_of_shares(shares: NDArray[np.floating]) -> Kind:
    """Return the kind of a message; `shares` are the probabilities of KINDS, shape (kinds,)."""
    best, share, of_question = KINDS[int(shares.argmax())], shares.max(), shares[_QUESTION]
    most = _MOST_OF_SMALL_TALK if best in _SMALL_TALK else _MOST_OF_QUESTION
    is_sure = share >= _LEAST and (best in _LISTS or of_question <= most)
    is_likely = share >= _LEAST_OF_ALL and of_question <= _HARDLY_A_QUESTION
    return best if is_sure or is_likely else "question"


def language_meant(kind: Kind) -> str | None:
    """Return the language that a message of `kind` wants the bot to speak; None if it is none."""
    _, _, language = kind.partition("language_")
    return language or None


class _Model(NamedTuple):
    """Weights of vectors, shape (kinds, dimensions), and of pieces of words, (kinds, BUCKETS)."""

    weights: NDArray[np.float32]
    of_pieces: NDArray[np.float32]
    intercepts: NDArray[np.float32]


@functools.cache
def _model() -> _Model:
    with Path(__file__).with_name("kinds.npz").open("rb") as file, np.load(file) as held:
        return _Model(held["weights"], held["of_pieces"].astype(np.float32), held["intercepts"])
