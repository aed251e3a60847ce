"""Which words of a text belong to a person's name."""

import re
from pathlib import Path

import numpy as np
import pytest

from embeddings.cache import encode_cached
from embeddings.errors import EmbeddingError
from embeddings.multilingual import multilingual_encoder
from embeddings.tagger import WEIGHTS, PersonTagger, person_tagger, read_words

TEXTS = {
    "In March the Baku Court freed Leyla Mammadli, whom Berlin-based Meydan TV had called its "
    "best reporter.": {"Leyla", "Mammadli"},
    "Во вторник Верховный суд Татарстана освободил Зульфию Гайнуллину.": {"Зульфию", "Гайнуллину"},
    "Ақтау қалалық соты Ерболат Қожахметовті ақтады.": {"Ерболат", "Қожахметовті"},
}


def words_of(text: str) -> list[tuple[int, int]]:
    return [word.span() for word in re.finditer(r"\b[A-ZА-ЯҚЕ][\w-]*", text)]


@pytest.mark.parametrize("text", TEXTS, ids=["English", "Russian", "Kazakh"])
def test_names_are_told_from_places_and_bodies(text: str, tmp_path: Path) -> None:
    tagger = person_tagger(multilingual_encoder())
    spans = words_of(text)
    kept = encode_cached([text], tagger, tmp_path / "vectors", words=[spans]).words[0]
    said = {
        text[slice(*span)]
        for span, probability in zip(spans, kept[:, 0] / 127, strict=True)
        if probability > 0.5
    }
    assert said == TEXTS[text]


def test_a_text_is_read_once_for_its_names_and_its_vector(tmp_path: Path) -> None:
    encoder, steps = multilingual_encoder(), []
    texts, file = list(TEXTS), tmp_path / "vectors"
    names = encode_cached(
        texts, person_tagger(encoder), file, words=[words_of(text) for text in texts]
    )
    kept = encode_cached(texts, encoder, file, lambda *step: steps.append(step))
    assert not steps
    assert np.allclose(kept.vectors, encoder.encode_passages(texts), atol=1e-5)
    for text, found in zip(texts, names.words, strict=True):
        (first_layers,) = read_words(encoder, [text], [words_of(text)])
        is_name = first_layers @ np.load(WEIGHTS)[:-1] + np.load(WEIGHTS)[-1] > 0
        assert (found[:, 0] > 63).tolist() == is_name.tolist()


def test_weights_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    file = tmp_path / "tagger.npy"
    with pytest.raises(EmbeddingError, match=r"tagger.npy: cannot be read"):
        PersonTagger(multilingual_encoder(), file)
    np.save(file, np.zeros(7, np.float32))
    with pytest.raises(EmbeddingError, match=r"tagger.npy: not for this encoder"):
        PersonTagger(multilingual_encoder(), file)
