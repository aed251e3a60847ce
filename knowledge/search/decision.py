"""Decides whether the best match answers the question: a logistic model over a few features.

`benchmarks/train.py` trains the weights and says on what data. `decision.yaml` holds those of each
language, with the confidence that keeps false answers to a given rate. Translated questions have
weights of their own; a language without any uses those of Russian.
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
from knowledge.search.ranking import FALLBACK, FEATURES
from knowledge.search.retrieval import Match

_LONGEST_LEAD = 5.0  # a longer one says no more


@dataclass(frozen=True, slots=True)
class Evidence:
    """The features of the best match. Those without a description are as in `ranking.FEATURES`."""

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
    """Share of the question's names and numbers that the passage holds; 1 if there are none."""
    found: float
    """How many of the question's meaningful words the passage holds; a rare one counts nearly 1."""
    missing: float
    """Rarity in [0, 1] of the question's rarest meaningful word that the passage lacks."""
    likeness: float
    """Share of the question's meaningful words, each by how far a word of the passage begins like
    it."""
    peculiar: float
    """How far the question's most peculiar word in the passage keeps to few passages: the logarithm
    of how many times fewer hold it than would by chance."""
    lead: float
    """Closeness of the match less that of the best other passage, in [-5, 5]."""


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
    """Return the probability in [0, 1] that `match` answers `question`.

    It is 0 if the question asks for a date, an age or a number and the passage has none.
    """
    if question.asks_for is not None and not holds(question.asks_for, match.passage.text):
        return 0.0
    logit = intercept(match.weighed_by) + sum(
        weight * value
        for weight, value in zip(weights(match.weighed_by), astuple(weigh(match)), strict=True)
    )
    return 1 / (1 + math.exp(-max(-50.0, min(logit, 50.0))))


def least_confidence(weighed_by: str, false_answer_rate: float) -> float:
    """Return the confidence below which an answer is withheld, to keep to a rate of false answers.

    `false_answer_rate` in [0, 1] is the share of the questions without an answer in the documents
    that may be answered all the same. The confidences for the rates in `decision.yaml` were
    measured on articles left out of the training; between the rates they are interpolated linearly
    over the logarithm, and below the lowest rate it is that of the lowest. A rate of 1 answers
    everything; 0 needs a confidence of 1 and answers nothing.
    """
    levels = _of(weighed_by)["least_confidence"]
    rates = sorted(float(rate) for rate in levels)
    confidences = [float(levels[rate]) for rate in rates]
    if false_answer_rate <= 0:
        return 1.0
    return float(np.interp(math.log(false_answer_rate), np.log(rates), confidences))


def intercept(weighed_by: str) -> float:
    """Return the log-odds of an answer whose features are all 0."""
    return float(_of(weighed_by)["intercept"])


def weights(weighed_by: str) -> tuple[float, ...]:
    """Return the weights of the fields of Evidence, in order, from the table `weighed_by` names."""
    named = _of(weighed_by)["weights"]
    return tuple(float(named[field.name]) for field in fields(Evidence))


def _of(weighed_by: str) -> Mapping[str, Any]:
    table = _table()
    found: Mapping[str, Any] = table.get(weighed_by, table[FALLBACK])
    return found


@functools.cache
def _table() -> Mapping[str, Any]:
    table: Mapping[str, Any] = yaml.load(
        Path(__file__).with_name("decision.yaml").read_text("utf-8"), yaml.CSafeLoader
    )
    return table
