"""The cross-encoder, one of random weights made here."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from huggingface_hub import constants

from embeddings.errors import EmbeddingError
from embeddings.reranker import Reranker

TEXTS = ["the poet was jailed", "torture", "poet torture poet"]


def test_texts_get_scores_of_their_own_whatever_their_order(tiny_reranker: Path) -> None:
    reranker = Reranker(str(tiny_reranker))
    scores = reranker.scores("poet", TEXTS)
    assert scores.shape == (3,)
    assert len(set(scores.tolist())) == 3
    assert np.allclose(reranker.scores("poet", TEXTS[::-1]), scores[::-1], atol=1e-6)


def test_the_question_is_read_too(tiny_reranker: Path) -> None:
    reranker = Reranker(str(tiny_reranker))
    assert not np.allclose(reranker.scores("poet", TEXTS), reranker.scores("torture", TEXTS))


def test_a_model_of_several_scores_is_refused(make_reranker: Callable[[int], Path]) -> None:
    folder = make_reranker(2)
    with pytest.raises(EmbeddingError, match=rf"reranker: '{folder}' gives 2 scores for a text, e"):
        Reranker(str(folder))


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingError, match=rf"retrieval\.reranker: '{tmp_path}' cannot be load"):
        Reranker(str(tmp_path))


def test_a_hub_id_without_network_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:1")
    with pytest.raises(EmbeddingError, match=r"retrieval\.reranker: 'a/b' is not on this mach"):
        Reranker("a/b")
