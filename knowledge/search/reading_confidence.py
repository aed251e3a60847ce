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

UNNAMED = -3.0
"""What it adds to the log-odds that a sentence's document does not name what the question does: so
it is for 0.03 of 612 questions of XQuAD and the article that answers, and for 0.65 of them and the
nearest other one (a log ratio of -3.1 in English, -3.0 in Russian)."""


def confidence(odds: float, *, is_unnamed: bool = False) -> float:
    """Return the probability in [0, 1] that a sentence answers of which the reader has `odds`.

    `is_unnamed` says that its document does not name all that the question does.
    """
    logit = intercept() + weight() * odds + UNNAMED * is_unnamed
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
    table: Mapping[str, Any] = yaml.load(
        Path(__file__).with_name("reading_confidence.yaml").read_text("utf-8"), yaml.CSafeLoader
    )
    return table
