"""How sure the reader is that a sentence answers: its log-odds, calibrated.

Nothing else speaks for a sentence once it has been read: neither its cosine nor the question's
names made the decision better (benchmarks/README.md). `benchmarks/train_decision.py` measures it on
documents that the reader did not learn from; `reading_confidence.yaml` holds what it found, and the
confidence that keeps false answers to a given share: the more passages there are, the nearer to
any question is the nearest of them, and the surer the reader must be.
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


def least_confidence(false_answer_rate: float, passages: int) -> float:
    """Return the confidence below which an answer is withheld, so that false ones keep to a rate.

    `false_answer_rate` in [0, 1] is the share of the questions without an answer in the documents,
    which have so many `passages`, that may be answered all the same: measured on documents held
    out, and read off between the rates and sizes of `reading_confidence.yaml` in straight lines
    over their logarithms. 1 answers all, 0 nothing.
    """
    if false_answer_rate <= 0:
        return 1.0
    by_size = _table()["least_confidence"]
    sizes = sorted(by_size)
    of_rate = []
    for size in sizes:
        rates = sorted(by_size[size])
        levels = [by_size[size][rate] for rate in rates]
        of_rate.append(np.interp(math.log(false_answer_rate), np.log(rates), levels))
    return float(np.interp(math.log(max(passages, 1)), np.log(sizes), of_rate))


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
