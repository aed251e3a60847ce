"""How good answers are: shares, ranks, calibration and time over the outcomes of many questions.

Every share lies in [0, 1], and is None where there is nothing of which to take it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.quotes.answers import Status

BINS = 10  # of equal width, in the reliability table


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of a question.

    `is_answerable` says that its answer is in the documents. `passage_rank` is the rank, from 1, of
    the first quote of a right passage, `sentence_rank` that of the first whose sentence shows the
    answer; None if there is none, as when the question is declined or the bot asks back. `is_right`
    is the verdict: the right passage comes first, or a question without an answer gets none; on a
    golden question it is that of the rehearsal. `confidence` is that of the best passage found, and
    `is_best_right` says whether that is a right one, even if it was not good enough to be shown;
    None if nothing was found. Of `quotes`, `exact` are what stands in the document. `miss` says how
    a question misses the text, if that is known.
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

    The accuracy of passages and sentences at 1 and 3 and the mean reciprocal rank of the right
    passage are over the answerable questions, as are `right_answers` and the share `answered`; a
    question that is declined, or about which the bot asks back, counts as wrong. `right_declines`
    and the share `false_answers` are over the other questions, times and `exact_quotes` over all.
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

    `confidence` is their mean confidence, and `right` the share whose best passage is right.
    """

    low: float
    high: float
    count: int
    confidence: float | None
    right: float | None


@dataclass(frozen=True, slots=True)
class Risk:
    """The result of answering only the questions with the highest confidence.

    `coverage` is the share of all questions that are answered, `risk` the share of wrong answers
    among these.
    """

    coverage: float
    risk: float | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a confidence is worth, over all questions for which something was found.

    `error` is the expected calibration error, `auroc` how well the confidence tells right from
    wrong, `risks` the risk at each coverage, ascending, and `chosen` the risk and coverage of what
    is in fact answered.
    """

    bins: tuple[Bin, ...]
    error: float | None
    auroc: float | None
    risks: tuple[Risk, ...]
    chosen: Risk


def measure(outcomes: Sequence[Outcome]) -> Measures:
    """Return the measures over `outcomes`."""
    answerable = [one for one in outcomes if one.is_answerable]
    others = [one for one in outcomes if not one.is_answerable]
    times = [one.milliseconds for one in outcomes]
    quotes = sum(one.quotes for one in outcomes)
    return Measures(
        answerable=len(answerable),
        right_answers=sum(one.is_right for one in answerable),
        passage_at_1=_within(1, [one.passage_rank for one in answerable]),
        passage_at_3=_within(3, [one.passage_rank for one in answerable]),
        sentence_at_1=_within(1, [one.sentence_rank for one in answerable]),
        sentence_at_3=_within(3, [one.sentence_rank for one in answerable]),
        mrr=_mean([1 / one.passage_rank if one.passage_rank else 0.0 for one in answerable]),
        answered=_mean([one.status == "answered" for one in answerable]),
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
    answered = [one for one in outcomes if one.status == "answered"]
    return Calibration(
        bins=bins,
        error=calibration_error(bins),
        auroc=auroc(confidences, rights),
        risks=risks(confidences, rights, len(outcomes)),
        chosen=Risk(
            len(answered) / len(outcomes) if outcomes else 0.0,
            _mean([not one.is_best_right for one in answered]),
        ),
    )


def reliability(confidences: Sequence[float], rights: Sequence[bool]) -> tuple[Bin, ...]:
    """Return the BINS bins of `confidences`, which lie in [0, 1], from the lowest.

    `rights` says of each whether its best passage is right.
    """
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
    """Return the expected calibration error (Naeini et al., 2015; Guo et al., 2017).

    It is the distance between the confidence of a bin and the share that is right, on average over
    questions; None if all bins are empty.
    """
    filled = [
        (b.count, abs(b.confidence - b.right))
        for b in bins
        if b.confidence is not None and b.right is not None
    ]
    total = sum(count for count, _ in filled)
    return sum(count * gap for count, gap in filled) / total if total else None


def auroc(confidences: Sequence[float], rights: Sequence[bool]) -> float | None:
    """Return the probability that something right has a higher confidence than something wrong.

    0.5 is chance; a tie counts half. None unless there are both right and wrong. Computed from the
    sum of ranks (Mann and Whitney, 1947; Hanley and McNeil, 1982).
    """
    is_right = np.array(rights, bool)
    right, wrong = int(is_right.sum()), int((~is_right).sum())
    if not right or not wrong:
        return None
    _, places, counts = np.unique(confidences, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]  # equals get their mean rank
    return float((ranks[is_right].sum() - right * (right + 1) / 2) / (right * wrong))


def risks(confidences: Sequence[float], rights: Sequence[bool], asked: int) -> tuple[Risk, ...]:
    """Return the risk at each coverage, ascending, of answering from the highest confidence down.

    Of the `asked` questions these found something, right or not; equal confidences are answered
    together (El-Yaniv and Wiener, 2010).
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
