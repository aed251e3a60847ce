"""Measures, worked out by hand on a few outcomes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.evaluation.measures import (
    Bin,
    Outcome,
    Risk,
    auroc,
    calibration,
    calibration_error,
    measure,
    reliability,
    risks,
)

CONFIDENCES = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=30)


def outcome(**changes: Any) -> Outcome:
    """A question answered right by its only quote, with `changes`."""
    fields: dict[str, Any] = {
        "language": "en",
        "kind": "other",
        "is_answerable": True,
        "is_right": True,
        "status": "answered",
        "passage_rank": 1,
        "sentence_rank": 1,
        "confidence": 0.9,
        "is_best_right": True,
        "quotes": 1,
        "exact": 1,
        "milliseconds": 10.0,
    }
    return Outcome(**fields | changes)


RIGHT = outcome()
SECOND = outcome(
    is_right=False, passage_rank=2, sentence_rank=4, is_best_right=False, quotes=5, exact=5
)
DECLINED = outcome(
    is_right=False,
    status="not_found",
    passage_rank=None,
    sentence_rank=None,
    confidence=0.1,
    is_best_right=True,
    quotes=0,
    exact=0,
)
ASKED_BACK = outcome(
    is_right=False,
    status="clarify",
    passage_rank=None,
    sentence_rank=None,
    confidence=0.0,
    is_best_right=None,
    quotes=0,
    exact=0,
)
FALSE = outcome(
    is_answerable=False, is_right=False, passage_rank=None, sentence_rank=None, is_best_right=False
)
RIGHTLY_DECLINED = outcome(
    is_answerable=False,
    status="not_found",
    passage_rank=None,
    sentence_rank=None,
    confidence=0.0,
    is_best_right=False,
    quotes=0,
    exact=0,
)


def test_what_is_declined_or_asked_back_counts_as_wrong() -> None:
    found = measure([RIGHT, SECOND, DECLINED, ASKED_BACK])
    assert (found.answerable, found.right_answers) == (4, 1)
    assert (found.passage_at_1, found.passage_at_3) == (0.25, 0.5)
    assert (found.sentence_at_1, found.sentence_at_3) == (0.25, 0.25)
    assert found.mrr == (1 + 1 / 2) / 4
    assert found.answered == 0.5


def test_false_answers_are_those_to_questions_without_an_answer() -> None:
    found = measure([RIGHT, FALSE, RIGHTLY_DECLINED, RIGHTLY_DECLINED, RIGHTLY_DECLINED])
    assert (found.unanswerable, found.right_declines, found.false_answers) == (4, 3, 0.25)
    assert found.answerable == 1


def test_a_quote_that_is_not_in_its_document_shows() -> None:
    assert measure([SECOND, outcome(quotes=5, exact=4)]).exact_quotes == 0.9


def test_times_are_percentiles_between_the_neighbours() -> None:
    found = measure([outcome(milliseconds=float(ms)) for ms in (40, 10, 30, 20, 50)])
    assert found.milliseconds_p50 == 30
    assert found.milliseconds_p95 == pytest.approx(48)  # 95 % of the way from the 1st to the 5th


def test_shares_of_nothing_are_none() -> None:
    found = measure([])
    assert (found.answerable, found.unanswerable) == (0, 0)
    assert found.passage_at_1 is found.mrr is found.false_answers is found.exact_quotes is None
    assert found.milliseconds_p50 is None
    nothing = calibration([])
    assert nothing.error is nothing.auroc is None
    assert nothing.risks == ()


def test_bins_hold_their_lower_end_and_the_last_one_both() -> None:
    bins = reliability([0.0, 0.1, 0.19, 0.95, 1.0], [False, True, False, True, True])
    assert [one.count for one in bins] == [1, 2, 0, 0, 0, 0, 0, 0, 0, 2]
    assert bins[0] == Bin(0.0, 0.1, 1, 0.0, 0.0)
    assert (bins[1].confidence, bins[1].right) == (pytest.approx(0.145), 0.5)
    assert (bins[2].confidence, bins[2].right) == (None, None)


def test_the_calibration_error_weighs_each_bin_by_its_questions() -> None:
    # 3 of confidence 0.8 of which 2 are right, and 1 of confidence 0.3 that is wrong.
    bins = reliability([0.8, 0.8, 0.8, 0.3], [True, True, False, False])
    assert calibration_error(bins) == pytest.approx(0.75 * (0.8 - 2 / 3) + 0.25 * 0.3)


def test_auroc_counts_pairs_in_the_right_order_and_half_of_ties() -> None:
    # Of the pairs of right (0.9, 0.5) and wrong (0.5, 0.1): 0.9 wins both, 0.5 ties and wins.
    assert auroc([0.9, 0.5, 0.5, 0.1], [True, True, False, False]) == (1 + 1 + 0.5 + 1) / 4


@pytest.mark.parametrize("right", [True, False], ids=["only-right", "only-wrong"])
def test_auroc_needs_right_and_wrong(right: bool) -> None:
    assert auroc([0.2, 0.4], [right, right]) is None


@given(CONFIDENCES)
def test_auroc_is_what_counting_all_pairs_gives(judged: list[tuple[float, bool]]) -> None:
    found = auroc([c for c, _ in judged], [right for _, right in judged])
    pairs = [(a > b) + (a == b) / 2 for a, yes in judged if yes for b, no in judged if not no]
    assert found == (pytest.approx(sum(pairs) / len(pairs)) if pairs else None)


@given(CONFIDENCES)
def test_every_question_is_in_one_bin_and_the_error_is_a_share(
    judged: list[tuple[float, bool]],
) -> None:
    bins = reliability([c for c, _ in judged], [right for _, right in judged])
    assert sum(one.count for one in bins) == len(judged)
    for one in bins:
        assert one.confidence is None or one.low <= one.confidence + 1e-9 <= one.high + 2e-9
    error = calibration_error(bins)
    assert error is None if not judged else error is not None and 0 <= error <= 1


def test_risk_goes_from_the_most_confident_down_and_takes_ties_together() -> None:
    curve = risks([0.9, 0.2, 0.5, 0.5], [True, False, True, False], asked=5)
    assert curve == (Risk(0.2, 0.0), Risk(0.6, 1 / 3), Risk(0.8, 0.5))


@given(CONFIDENCES, st.integers(0, 5))
def test_coverage_ends_at_what_was_found(judged: list[tuple[float, bool]], nothing: int) -> None:
    asked = len(judged) + nothing
    curve = risks([c for c, _ in judged], [right for _, right in judged], asked)
    coverages = [one.coverage for one in curve]
    assert coverages == sorted(set(coverages))
    if judged:
        assert curve[-1] == Risk(
            len(judged) / asked, sum(not right for _, right in judged) / len(judged)
        )


def test_calibration_judges_what_was_declined_too_and_leaves_out_where_nothing_was_found() -> None:
    found = calibration([RIGHT, SECOND, DECLINED, ASKED_BACK, RIGHTLY_DECLINED])
    assert sum(one.count for one in found.bins) == 4
    assert (found.bins[1].count, found.bins[1].right) == (1, 1.0)
    # Right at 0.9 and 0.1, wrong at 0.9 and 0.0: a tie, a win, a loss, a win.
    assert found.auroc == (0.5 + 1 + 0 + 1) / 4
    assert found.chosen == Risk(2 / 5, 1 / 2)
