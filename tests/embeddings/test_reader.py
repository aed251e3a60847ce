"""The trained reader: whether a sentence answers a question."""

import copy
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from embeddings.errors import EmbeddingError
from embeddings.multilingual import multilingual_encoder
from embeddings.reader import (
    ADDITIONS,
    WEIGHTS,
    Excerpt,
    Reader,
    apart,
    first_layers,
    largest_in,
    reader,
    with_additions,
)
from embeddings.reader_layers import Together, batch, in_8_bits


def excerpt(*sentences: str, title: str = "The Lida trial") -> Excerpt:
    text, spans = f"{title}.", []
    for sentence in sentences:
        spans.append((len(text) + 1, len(text) + 1 + len(sentence)))
        text += f" {sentence}"
    return Excerpt(text, tuple(spans))


TRIAL = excerpt(
    "The crane operator was detained on 3 November 2021 at the plant gate.",
    "His wife says that he has lost eleven kilos.",
    "The court gave him seven years in a colony.",
)
WEATHER = excerpt("Snow fell in the north.", "The roads were closed for two days.", title="Weather")


@pytest.fixture(scope="module")
def trained() -> Reader:
    return reader(multilingual_encoder())


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("When was the crane operator detained?", 0),
        ("how many years did he get", 2),
        ("Сколько килограммов он потерял?", 1),
        ("Сот оған неше жыл берді?", 2),
    ],
)
def test_the_sentence_that_answers_comes_first(trained: Reader, question: str, row: int) -> None:
    (found,) = trained.read(question, [TRIAL])
    assert found.sentences.argmax() == row
    assert found.sentences[row] > found.none


def test_a_text_about_something_else_does_not_answer(trained: Reader) -> None:
    own, other = trained.read("When was the crane operator detained?", [TRIAL, WEATHER])
    assert other.sentences.max() < other.none
    assert other.sentences.max() - other.none < own.sentences.max() - own.none


def test_an_excerpt_reads_the_same_beside_others(trained: Reader) -> None:
    (alone,) = trained.read("When was he detained?", [TRIAL])
    beside = trained.read("When was he detained?", [WEATHER, TRIAL, excerpt("Yes.")])[1]
    assert np.allclose(alone.sentences, beside.sentences, atol=1e-3)
    assert alone.none == pytest.approx(beside.none, abs=1e-3)


def test_every_sentence_has_a_logit_even_where_the_text_is_cut(trained: Reader) -> None:
    sentences = [f"Sentence number {number} tells of the river." for number in range(120)]
    (found,) = trained.read("What does it tell of?", [excerpt(*sentences)])
    assert found.sentences.shape == (120,)
    assert np.isfinite(found.sentences).all()
    assert found.sentences[-1] < found.none  # not read, so that it answers nothing


def test_nothing_to_read_gives_nothing(trained: Reader) -> None:
    assert trained.read("When?", []) == []


def test_other_weights_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "reader.safetensors"
    with pytest.raises(EmbeddingError, match=r"reader\.safetensors: cannot be read"):
        Reader(multilingual_encoder(), file)
    file.write_bytes(WEIGHTS.read_bytes()[:-1] + b"\x01")
    with pytest.raises(EmbeddingError, match=r"is not what it was .* install rapporteur again"):
        Reader(multilingual_encoder(), file)


def test_additions_are_added_to_the_weights_they_name_and_take_the_place_of_others() -> None:
    weights = {"up.weight": torch.zeros(2, 3), "norm.bias": torch.ones(2)}
    left, right = torch.tensor([[1.0], [2.0]]), torch.tensor([[3.0, 0.0, 5.0]])
    additions = {"up.left": left, "up.right": right, "norm.bias": torch.full((2,), 7.0)}
    additions["apart.up.left"] = left  # of the first layers
    found = with_additions(weights, additions)
    assert found["up.weight"].tolist() == [[3.0, 0.0, 5.0], [6.0, 0.0, 10.0]]
    assert found["norm.bias"].tolist() == [7.0, 7.0]
    assert found.keys() == weights.keys()
    assert weights["up.weight"].sum() == 0


def test_first_layers_learn_for_the_reader_alone() -> None:
    encoder = multilingual_encoder()
    additions = {name: one.float() for name, one in load_file(ADDITIONS).items()}
    (before, _), *_ = encoder.read_apart([TRIAL.text])
    (read, _), *_ = encoder.read_apart([TRIAL.text], first_layers(encoder, additions))
    (untaught, _), *_ = encoder.read_apart([TRIAL.text], first_layers(encoder, {}))
    (after, _), *_ = encoder.read_apart([TRIAL.text])
    assert np.array_equal(before, after)
    assert np.allclose(before, untaught, atol=1e-5)
    assert not np.allclose(before, read, atol=0.1)


def test_evened_out_before_8_bits_say_more_nearly_what_32_do() -> None:
    encoder = multilingual_encoder()
    additions = {name: one.float() for name, one in load_file(ADDITIONS).items()}
    weights = {name: one.float() for name, one in load_file(WEIGHTS).items()}
    whole = Together()
    whole.load_state_dict(with_additions(weights, additions))
    first = first_layers(encoder, additions)
    asked, _ = encoder.read_apart(["When was he detained?"], first, is_query=True)[0]
    states = apart(encoder, first, [TRIAL, WEATHER])
    inputs = batch([(asked.astype(np.float16), own) for own in states])
    with torch.inference_mode():
        expected = whole.train(False)(*inputs)[:, :3]
        plain, evened = (
            (in_8_bits(copy.deepcopy(whole), largest)(*inputs)[:, :3] - expected).abs().mean()
            for largest in ({}, largest_in(additions))
        )
    assert evened < plain


def test_other_additions_are_refused(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingError, match=r"additions\.safetensors: cannot be read"):
        Reader(multilingual_encoder(), additions=tmp_path / "additions.safetensors")
