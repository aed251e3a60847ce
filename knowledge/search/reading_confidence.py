"""How sure the reader is that a sentence answers: its log-odds, calibrated.

Nothing else speaks for a sentence once it has been read: neither its cosine nor the question's
names made the decision better (benchmarks/README.md). `benchmarks/train_decision.py` measures it on
documents that the reader did not learn from; `reading_confidence.yaml` holds what it found, and the
confidence that keeps false answers to a given share.
"""

import functools
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import yaml


def confidence(odds: float) -> float:
    """Return the probability in [0, 1] that a sentence answers of which the reader has `odds`."""
    logit = intercept() + weight() * odds
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


def weight() -> float:
    """Return how much the reader's log-odds count."""
    return float(_table()["weight"])


@functools.cache
def _table() -> Mapping[str, Any]:
    table: Mapping[str, Any] = yaml.safe_load(
        Path(__file__).with_name("reading_confidence.yaml").read_text("utf-8")
    )
    return table
