"""Exact search, with expected values worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.index import ExactIndex, Hit, Vectors

EAST, NORTH, NORTH_EAST = [1.0, 0.0], [0.0, 1.0], [0.6, 0.8]


def unit(*rows: list[float]) -> Vectors:
    return np.array(rows, dtype=np.float32)


def test_nearest_rows_come_best_first() -> None:
    index = ExactIndex(unit(EAST, NORTH, NORTH_EAST))
    assert index.nearest(unit(NORTH)[0], count=2) == [Hit(1, 1.0), Hit(2, pytest.approx(0.8))]


def test_equal_similarity_keeps_row_order() -> None:
    index = ExactIndex(unit(NORTH, EAST, EAST, EAST))
    assert [hit.row for hit in index.nearest(unit(EAST)[0], count=2)] == [1, 2]


def test_small_index_returns_every_row() -> None:
    assert len(ExactIndex(unit(EAST)).nearest(unit(EAST)[0], count=10)) == 1


def test_an_index_of_no_rows_finds_nothing() -> None:
    assert ExactIndex(np.empty((0, 2), np.float32)).nearest(unit(EAST)[0], count=3) == []


def test_similarities_are_in_the_order_of_the_rows_asked_for() -> None:
    index = ExactIndex(unit(EAST, NORTH, NORTH_EAST))
    found = index.similarities(unit(EAST)[0], np.array([2, 0]))
    assert found.tolist() == pytest.approx([0.6, 1.0])


@given(st.lists(st.floats(0, 6.28), min_size=1, max_size=30), st.integers(1, 30))
def test_the_nearest_are_those_a_full_sort_gives(angles: list[float], count: int) -> None:
    vectors = np.array([[np.cos(a), np.sin(a)] for a in angles], np.float32)
    query = unit(NORTH_EAST)[0]
    full = np.argsort(-(vectors @ query), kind="stable")[:count]
    assert [hit.row for hit in ExactIndex(vectors).nearest(query, count)] == full.tolist()


@pytest.mark.parametrize(
    ("vectors", "message"),
    [
        (unit(EAST)[0], r"got shape \(2,\)"),
        (unit(EAST, [3.0, 4.0]), "row 1 is not of unit length"),
    ],
    ids=["one-dimensional", "not-normalised"],
)
def test_bad_vectors_are_named(vectors: Vectors, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ExactIndex(vectors)
