"""Vectors on disk: what is known is not encoded again, and what is damaged is named."""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from embeddings.cache import encode_cached
from embeddings.encoder import Encoder, Span
from embeddings.errors import EmbeddingError

TEXTS = ["Torture is forbidden.", "A poet was jailed.", "A poet was jailed."]


class Steps(list[tuple[int, int]]):
    """Every call of a progress bar."""

    def __call__(self, done: int, total: int) -> None:
        self.append((done, total))


def test_a_text_is_encoded_once(encoder: Encoder, tmp_path: Path) -> None:
    steps = Steps()
    first = encode_cached(TEXTS, encoder, tmp_path / "v.sqlite", steps)
    second = encode_cached(TEXTS, encoder, tmp_path / "v.sqlite", steps)
    assert steps == [(2, 2)]
    assert np.array_equal(first.vectors, second.vectors)
    assert np.allclose(first.vectors[1], encoder.encode_passages([TEXTS[1]])[0], atol=1e-6)


def test_the_words_of_a_text_are_kept_with_it(encoder: Encoder, tmp_path: Path) -> None:
    texts, words = ["A poet was jailed in May.", "Fog."], [[(2, 6), (21, 24)], []]
    steps = Steps()
    first = encode_cached(texts, encoder, tmp_path / "v.sqlite", steps, words)
    second = encode_cached(texts, encoder, tmp_path / "v.sqlite", steps, words)
    assert steps == [(2, 2)]
    for found in (first, second):
        poet, may = found.words[0].astype(np.float32) / 127
        when = encoder.encode_query("When was the poet jailed?", [(0, 4)]).words[0]
        assert when @ may > when @ poet
        assert found.words[1].shape == (0, 384)
        assert np.allclose(found.vectors, encoder.encode_passages(texts), atol=1e-6)


def test_a_text_wanted_with_its_words_and_without_is_encoded_once(
    encoder: Encoder, tmp_path: Path
) -> None:
    text, steps = "A poet was jailed in May.", Steps()
    wanted: list[list[Span]] = [[(2, 6)], []]
    found = encode_cached([text, text], encoder, tmp_path / "v.sqlite", steps, wanted)
    assert steps == [(1, 1)]
    assert np.array_equal(found.vectors[0], found.vectors[1])
    assert [one.shape for one in found.words] == [(1, 384), (0, 384)]
    again = encode_cached([text], encoder, tmp_path / "v.sqlite", steps)
    assert steps == [(1, 1)]
    assert np.allclose(again.vectors[0], encoder.encode_passages([text])[0], atol=1e-6)


def test_a_changed_text_alone_is_encoded(encoder: Encoder, tmp_path: Path) -> None:
    steps = Steps()
    encode_cached(TEXTS, encoder, tmp_path / "v.sqlite")
    encode_cached([*TEXTS, "A new sentence."], encoder, tmp_path / "v.sqlite", steps)
    assert steps == [(1, 1)]


def test_what_was_encoded_before_a_crash_is_kept(encoder: Encoder, tmp_path: Path) -> None:
    texts = [f"Sentence number {number}." for number in range(70)]

    def crash(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        encode_cached(texts, encoder, tmp_path / "v.sqlite", crash)
    steps = Steps()
    encode_cached(texts, encoder, tmp_path / "v.sqlite", steps)
    assert steps == [(6, 6)]


def test_vectors_of_another_model_are_not_used(
    encoder: Encoder, tiny_model: Path, tmp_path: Path
) -> None:
    tiny = Encoder(str(tiny_model))
    encode_cached(TEXTS, encoder, tmp_path / "v.sqlite")
    assert encode_cached(TEXTS, tiny, tmp_path / "v.sqlite").vectors.shape == (3, tiny.dimensions)


def test_no_texts_make_no_rows(encoder: Encoder, tmp_path: Path) -> None:
    assert encode_cached([], encoder, tmp_path / "v.sqlite").vectors.shape == (0, 384)


def test_a_damaged_file_is_set_aside_and_built_again(encoder: Encoder, tmp_path: Path) -> None:
    file, steps = tmp_path / "v.sqlite", Steps()
    damaged = b"not a database, although long enough to be taken for one" * 100
    file.write_bytes(damaged)
    found = encode_cached(TEXTS, encoder, file, steps)
    assert steps == [(2, 2)]
    assert np.allclose(found.vectors, encoder.encode_passages(TEXTS), atol=1e-6)
    assert (tmp_path / "v.sqlite.damaged").read_bytes() == damaged


@pytest.mark.parametrize(
    ("change", "encoded"),
    [
        ("UPDATE vectors SET vector = CAST(vector AS TEXT)", 0),
        ("UPDATE vectors SET text = CAST(text AS TEXT), vector = NULL", 2),
        ("ALTER TABLE vectors RENAME COLUMN vector TO other", 2),
        ("PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = CAST(X'FF' AS TEXT)", 2),
    ],
)
def test_one_wrong_bit_where_the_file_says_what_it_holds_costs_no_start(
    encoder: Encoder, tmp_path: Path, change: str, encoded: int
) -> None:
    file, steps = tmp_path / "v.sqlite", Steps()
    whole = encode_cached(TEXTS, encoder, file).vectors
    with closing(sqlite3.connect(file)) as database:
        database.executescript(change)
    assert np.allclose(encode_cached(TEXTS, encoder, file, steps).vectors, whole, atol=1e-6)
    assert steps == [(encoded, encoded)] * (encoded > 0)


def test_a_folder_in_its_place_is_set_aside(encoder: Encoder, tmp_path: Path) -> None:
    (tmp_path / "v.sqlite" / "kept").mkdir(parents=True)
    assert len(encode_cached(TEXTS, encoder, tmp_path / "v.sqlite").vectors) == len(TEXTS)
    assert (tmp_path / "v.sqlite.damaged" / "kept").is_dir()


def test_a_flipped_byte_is_noticed(encoder: Encoder, tmp_path: Path) -> None:
    file, steps = tmp_path / "v.sqlite", Steps()
    whole = encode_cached(TEXTS, encoder, file).vectors
    data = bytearray(file.read_bytes())
    at = data.index(whole[1].tobytes()[:64])
    data[at + 30] ^= 0x40
    file.write_bytes(data)
    assert np.allclose(encode_cached(TEXTS, encoder, file, steps).vectors, whole, atol=1e-6)
    assert steps == [(1, 1)]


def test_a_folder_that_cannot_be_made_is_named(encoder: Encoder, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EmbeddingError, match=r"file/state: .*storage\.path"):
        encode_cached(TEXTS, encoder, tmp_path / "file" / "state" / "v.sqlite")
