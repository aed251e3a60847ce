"""How sure the reader is that a sentence answers: one calibrated sum over the evidence for it.

The weights are trained by `benchmarks/train_decision.py` on documents that the reader did not learn
from, and lie in `reading_confidence.yaml` beside the confidence that keeps false answers to a given
share.
"""

import functools
import math
from collections.abc import Mapping
from dataclasses import astuple, fields
from importlib.resources import files
from typing import Any

import numpy as np
import yaml

from knowledge.evidence import Evidence


def confidence(evidence: Evidence) -> float:
    """Return the probability in [0, 1] that the sentence of `evidence` answers."""
    logit = intercept() + sum(
        weight * value for weight, value in zip(weights(), astuple(evidence), strict=True)
    )
    return 1 / (1 + math.exp(-max(-50.0, min(logit, 50.0))))


def least_confidence(false_answer_rate: float) -> float:
    """Return the confidence below which an answer is withheld, so that false ones keep to a rate.

    `false_answer_rate` in [0, 1] is the share of the questions without an answer in the documents
    that may be answered all the same: measured on documents held out, and read off between the
    rates of `reading_confidence.yaml` in a straight line over their logarithms. 1 answers all, 0
    nothing.
    """
    levels = _table()["least_confidence"]
    rates = sorted(float(rate) for rate in levels)
    confidences = [float(levels[rate]) for rate in rates]
    if false_answer_rate <= 0:
        return 1.0
    return float(np.interp(math.log(false_answer_rate), np.log(rates), confidences))


def intercept() -> float:
    """Return the log-odds of an answer for which nothing speaks."""
    return float(_table()["intercept"])


def weights() -> tuple[float, ...]:
    """Return the weights of the fields of Evidence, in order."""
    named = _table()["weights"]
    return tuple(float(named[field.name]) for field in fields(Evidence))


@functools.cache
def _table() -> Mapping[str, Any]:
    table: Mapping[str, Any] = yaml.safe_load(
        files("knowledge").joinpath("reading_confidence.yaml").read_text("utf-8")
    )
    return table
