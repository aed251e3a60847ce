"""Rows found by vector and by word, on vectors small enough to work out by hand."""

import numpy as np
import pytest

from embeddings.index import Hit
from embeddings.store import ArrayStore, Block, Rows

EAST, NORTH, NORTH_EAST = [1.0, 0.0], [0.0, 1.0], [0.6, 0.8]


class Said:
    """Words of rows: a row fits as often as it says what is asked."""

    def __init__(self, *texts: str) -> None:
        self._texts = texts

    def scores(self, query: str) -> np.ndarray:
        return np.array([text.split().count(query) for text in self._texts], np.float32)


def vectors(*rows: list[float]) -> np.ndarray:
    return np.array(rows, np.float32)


def rows(*numbers: int) -> Rows:
    return np.array(numbers, np.intp)


@pytest.fixture
def store() -> ArrayStore:
    """Rows 0 and 1 are in English, 2 is in Russian; row 0 has two parts, the others one."""
    english = Said("a well", "bread bread")
    parts = vectors(EAST, NORTH, NORTH)
    russian = vectors(NORTH_EAST)
    return ArrayStore(
        [
            Block("en", rows(0, 1), vectors(EAST, NORTH), parts, [2, 1], english),
            Block("ru", rows(2), russian, russian, [1], Said("колодец")),
        ]
    )


def test_rows_near_in_meaning_and_in_words_come_first(store: ArrayStore) -> None:
    # By their own vectors the rows come 1, 2, 0; by their parts 0, 1, 2, a tie broken by row; by
    # words 1, 0. So row 0 has 1/63 + 1/61 + 1/62, row 1 1/61 + 1/62 + 1/61, and row 2, whose words
    # do not count, 3/2 (1/62 + 1/63).
    query = vectors(NORTH)[0]
    assert store.closest(query, "bread", "en", 3).tolist() == [1, 0, 2]
    assert store.closest(query, "bread", "en", 2).tolist() == [1, 0]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [("well", "en", [0, 1]), ("bread", "en", [1, 0]), ("bread", "kk", [0, 1])],
    ids=["words of the lower row", "words of the higher row", "words of another language"],
)
def test_words_decide_where_vectors_disagree(text: str, language: str, found: list[int]) -> None:
    words = Said("a well", "bread")
    block = Block("en", rows(0, 1), vectors(NORTH, EAST), vectors(EAST, NORTH), [1, 1], words)
    store = ArrayStore([block])
    assert store.closest(vectors(NORTH)[0], text, language, 2).tolist() == found


def test_only_rows_that_are_allowed_are_found(store: ArrayStore) -> None:
    query = vectors(NORTH)[0]
    assert store.closest(query, "bread", "en", 3, rows(0, 2)).tolist() == [0, 2]
    assert store.closest(query, "bread", "en", 3, rows()).tolist() == []
    assert [hit.row for hit in store.nearest(query, 3, rows(1, 2))] == [1, 2]


def test_a_row_is_as_near_as_the_nearest_of_its_parts(store: ArrayStore) -> None:
    assert store.nearest(vectors(NORTH)[0], 2) == [Hit(0, 1.0), Hit(1, 1.0)]
    assert store.nearest(vectors(EAST)[0], 3) == [
        Hit(0, 1.0),
        Hit(2, pytest.approx(0.6)),
        Hit(1, 0),
    ]
