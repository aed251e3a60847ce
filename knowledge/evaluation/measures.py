"""How good answers are: shares, ranks, calibration and time over what came of many questions.

Every share lies in [0, 1], and is None where there is nothing to take it of.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.quotes.answers import Status

BINS = 10  # of equal width: the reliability table


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a question.

    `is_answerable` says that its answer is in the documents. `passage_rank` and `sentence_rank`
    count from 1 to the first quote of a right passage and to the first that shows the answer in
    its sentence; None where there is none, as where the question is declined or asked back.
    `is_right` is the verdict: the right passage comes first, or what has no answer gets none; of
    a golden question it is that of the rehearsal. `confidence` is that of the best passage found,
    and `is_best_right` says whether that is a right one, even where it was not thought good enough
    to be shown; None where nothing was found. `exact` of `quotes` are what stands in the document.
    `miss` says in what a question misses the text, where that is known.
    """

    language: str
    kind: str
    is_answerable: bool
    is_right: bool
    status: Status
    passage_rank: int | None
    sentence_rank: int | None
    confidence: float
    is_best_right: bool | None
    quotes: int
    exact: int
    milliseconds: float
    miss: str | None = None


@dataclass(frozen=True, slots=True)
class Measures:
    """Measures over questions.

    Passage and sentence accuracy at 1 and 3 and the mean reciprocal rank of the right passage are
    of the answerable questions, as are `right_answers` and the share `answered`; what is declined
    or asked back counts as wrong in them. `right_declines` and the share `false_answers` are of
    the others. Times are of all.
    """

    answerable: int
    right_answers: int
    passage_at_1: float | None
    passage_at_3: float | None
    sentence_at_1: float | None
    sentence_at_3: float | None
    mrr: float | None
    answered: float | None
    unanswerable: int
    right_declines: int
    false_answers: float | None
    exact_quotes: float | None
    milliseconds_p50: float | None
    milliseconds_p95: float | None


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions whose confidence lies in [low, high), or [low, 1] in the last bin.

    `confidence` is the mean of theirs and `right` the share whose best passage is a right one.
    """

    low: float
    high: float
    count: int
    confidence: float | None
    right: float | None


@dataclass(frozen=True, slots=True)
class Risk:
    """What answering the most confident questions alone would mean.

    `coverage` is the share of all questions answered, `risk` the share of these answers that is
    wrong.
    """

    coverage: float
    risk: float | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a confidence is worth, over all questions for which something was found.

    `error` is the expected calibration error, `auroc` how well the confidence tells right from
    wrong, `risks` the risk at each coverage, ascending, and `chosen` where the decision to answer
    stands.
    """

    bins: tuple[Bin, ...]
    error: float | None
    auroc: float | None
    risks: tuple[Risk, ...]
    chosen: Risk


def measure(outcomes: Sequence[Outcome]) -> Measures:
    """Return the measures over `outcomes`."""
    wanted = [one for one in outcomes if one.is_answerable]
    others = [one for one in outcomes if not one.is_answerable]
    times = [one.milliseconds for one in outcomes]
    quotes = sum(one.quotes for one in outcomes)
    return Measures(
        answerable=len(wanted),
        right_answers=sum(one.is_right for one in wanted),
        passage_at_1=_within(1, [one.passage_rank for one in wanted]),
        passage_at_3=_within(3, [one.passage_rank for one in wanted]),
        sentence_at_1=_within(1, [one.sentence_rank for one in wanted]),
        sentence_at_3=_within(3, [one.sentence_rank for one in wanted]),
        mrr=_mean([1 / one.passage_rank if one.passage_rank else 0.0 for one in wanted]),
        answered=_mean([one.status == "answered" for one in wanted]),
        unanswerable=len(others),
        right_declines=sum(one.is_right for one in others),
        false_answers=_mean([one.status == "answered" for one in others]),
        exact_quotes=sum(one.exact for one in outcomes) / quotes if quotes else None,
        milliseconds_p50=float(np.percentile(times, 50)) if times else None,
        milliseconds_p95=float(np.percentile(times, 95)) if times else None,
    )


def calibration(outcomes: Sequence[Outcome]) -> Calibration:
    """Return the calibration over `outcomes`."""
    judged = [(one.confidence, one.is_best_right) for one in outcomes]
    found = [(confidence, right) for confidence, right in judged if right is not None]
    confidences = [confidence for confidence, _ in found]
    rights = [right for _, right in found]
    bins = reliability(confidences, rights)
    shown = [one for one in outcomes if one.status == "answered"]
    return Calibration(
        bins=bins,
        error=calibration_error(bins),
        auroc=auroc(confidences, rights),
        risks=risks(confidences, rights, len(outcomes)),
        chosen=Risk(
            len(shown) / len(outcomes) if outcomes else 0.0,
            _mean([not one.is_best_right for one in shown]),
        ),
    )


def reliability(confidences: Sequence[float], rights: Sequence[bool]) -> tuple[Bin, ...]:
    """Return the BINS bins of `confidences`, each in [0, 1] and right or not, from the lowest."""
    places = [min(int(confidence * BINS), BINS - 1) for confidence in confidences]
    bins = []
    for number in range(BINS):
        held = [i for i, place in enumerate(places) if place == number]
        bins.append(
            Bin(
                low=number / BINS,
                high=(number + 1) / BINS,
                count=len(held),
                confidence=_mean([confidences[i] for i in held]),
                right=_mean([rights[i] for i in held]),
            )
        )
    return tuple(bins)


def calibration_error(bins: Iterable[Bin]) -> float | None:
    """Return the expected calibration error: how far the confidence of a bin lies from the share
    that is right, on average over questions (Naeini et al., 2015; Guo et al., 2017).
    """
    filled = [
        (b.count, abs(b.confidence - b.right))
        for b in bins
        if b.confidence is not None and b.right is not None
    ]
    total = sum(count for count, _ in filled)
    return sum(count * gap for count, gap in filled) / total if total else None


def auroc(confidences: Sequence[float], rights: Sequence[bool]) -> float | None:
    """Return how probably something right has a higher confidence than something wrong.

    0.5 is chance; a tie counts half. None unless there is both right and wrong. By the sum of
    ranks (Mann and Whitney, 1947; Hanley and McNeil, 1982).
    """
    is_right = np.array(rights, bool)
    right, wrong = int(is_right.sum()), int((~is_right).sum())
    if not right or not wrong:
        return None
    _, places, counts = np.unique(confidences, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]  # of equals, the mean of theirs
    return float((ranks[is_right].sum() - right * (right + 1) / 2) / (right * wrong))


def risks(confidences: Sequence[float], rights: Sequence[bool], asked: int) -> tuple[Risk, ...]:
    """Return the risk at each coverage, ascending, of answering from the most confident down.

    Of `asked` questions in all, these found something, right or not; equal confidences are
    answered together (El-Yaniv and Wiener, 2010).
    """
    ranked = sorted(zip(confidences, rights, strict=True), reverse=True)
    curve = []
    wrong = 0
    for number, (confidence, right) in enumerate(ranked, start=1):
        wrong += not right
        if number == len(ranked) or ranked[number][0] < confidence:
            curve.append(Risk(number / asked, wrong / number))
    return tuple(curve)


def _within(rank: int, ranks: Sequence[int | None]) -> float | None:
    return _mean([one is not None and one <= rank for one in ranks])


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
