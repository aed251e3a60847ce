"""Whether what was found answers the question: a logistic model over a few measures.

The weights are trained by `benchmarks/train.py`, which says on what, and lie in `decision.yaml`,
each language's beside the confidence that keeps false answers to a given share; questions that
were carried over into the language have their own. A language without weights of its own uses those
of Russian.
"""

import functools
import math
from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from knowledge.question.questions import Question, holds
from knowledge.search.ranking import FEATURES, LIKELY
from knowledge.search.retrieval import Match

_LONGEST_LEAD = 5.0  # beyond it the next passage is out of the question anyway


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the best match. Shares and cosines are as in `ranking.FEATURES`."""

    sentence_cosine: float
    passage_cosine: float
    sentence_across: float
    passage_across: float
    sentence_bm25: float
    passage_bm25: float
    sentence_words: float
    passage_words: float
    passage_pairs: float
    sentence_maxsim: float
    passage_maxsim: float
    names: float
    """Share of the question's names and numbers that the passage holds, 1 where it has none."""
    found: float
    """How many meaningful words the passage holds, a rare one counting nearly 1."""
    missing: float
    """Rarity in [0, 1] of the rarest meaningful word that it does not hold."""
    likeness: float
    """Share of the meaningful words, each by how much of it a word of the passage begins with."""
    peculiar: float
    """How far the most peculiar word that the passage holds keeps to few passages, a logarithm."""
    lead: float
    """Closeness of the match less that of the next passage, at most 5."""


def weigh(match: Match) -> Evidence:
    """Return the evidence for `match`."""
    of_sentence = dict(zip(FEATURES, match.features, strict=True))
    shared = {f.name: of_sentence[f.name] for f in fields(Evidence) if f.name in of_sentence}
    return Evidence(
        **shared,
        names=match.names,
        found=match.found,
        missing=match.missing,
        likeness=match.likeness,
        peculiar=match.peculiar,
        lead=max(-_LONGEST_LEAD, min(match.lead, _LONGEST_LEAD)),
    )


def confidence(question: Question, match: Match) -> float:
    """Return the probability in [0, 1] that `match` answers.

    A passage without a date or a number cannot answer a question that asks for one: 0.
    """
    if question.asks_for is not None and not holds(question.asks_for, match.passage.text):
        return 0.0
    logit = intercept(match.weighed_by) + sum(
        weight * value
        for weight, value in zip(weights(match.weighed_by), astuple(weigh(match)), strict=True)
    )
    return 1 / (1 + math.exp(-max(-50.0, min(logit, 50.0))))


def least_confidence(weighed_by: str, false_answer_rate: float) -> float:
    """Return the confidence below which an answer is withheld, so that false ones keep to a rate.

    `false_answer_rate` in [0, 1] is the share of the questions without an answer in the documents
    that may be answered all the same: measured on articles left out, and read off between the
    rates of `decision.yaml` in a straight line over their logarithms. 1 answers all, 0 nothing
    below the confidence that no question without an answer reached.
    """
    levels = _of(weighed_by)["least_confidence"]
    rates = sorted(float(rate) for rate in levels)
    confidences = [float(levels[rate]) for rate in rates]
    if false_answer_rate <= 0:
        return 1.0
    return float(np.interp(math.log(false_answer_rate), np.log(rates), confidences))


def intercept(weighed_by: str) -> float:
    """Return the log-odds of an answer for which nothing speaks."""
    return float(_of(weighed_by)["intercept"])


def weights(weighed_by: str) -> tuple[float, ...]:
    """Return the weights of the fields of Evidence for what is `weighed_by` that, in order."""
    named = _of(weighed_by)["weights"]
    return tuple(float(named[field.name]) for field in fields(Evidence))


def _of(weighed_by: str) -> Mapping[str, Any]:
    table = _table()
    found: Mapping[str, Any] = table.get(weighed_by, table[LIKELY])
    return found


@functools.cache
def _table() -> Mapping[str, Any]:
    table: Mapping[str, Any] = yaml.safe_load(
        Path(__file__).with_name("decision.yaml").read_text("utf-8")
    )
    return table
