"""Which words of a text are of a person's name."""

import re
from pathlib import Path

import numpy as np
import pytest

from embeddings.cache import encode_cached
from embeddings.errors import EmbeddingError
from embeddings.multilingual import multilingual_encoder
from embeddings.tagger import PersonTagger, person_tagger

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


def test_weights_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    file = tmp_path / "tagger.npy"
    with pytest.raises(EmbeddingError, match=r"tagger.npy: cannot be read"):
        PersonTagger(multilingual_encoder(), file)
    np.save(file, np.zeros(7, np.float32))
    with pytest.raises(EmbeddingError, match=r"tagger.npy: not for this encoder"):
        PersonTagger(multilingual_encoder(), file)
