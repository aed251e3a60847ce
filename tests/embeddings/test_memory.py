"""Models remember what they made of a text, for when they are given it again."""

from threading import Thread

import numpy as np

from embeddings.encoder import Encoder
from embeddings.memory import Memory, remembered, remembering
from embeddings.multilingual import multilingual_encoder
from embeddings.reader import Excerpt, reader

QUESTION = "When was the well dug?"
EXCERPT = Excerpt("The well was dug in 1897. It is deep.", ((0, 25), (26, 37)))


def test_what_was_made_is_made_once_and_in_one_thread_only() -> None:
    made: list[str] = []

    def make(where: str) -> str:
        made.append(where)
        return where

    with remembering():
        assert [remembered("key", lambda: make("here")) for _ in range(2)] == ["here", "here"]
        other = Thread(target=lambda: remembered("key", lambda: make("there")))
        other.start()
        other.join()
        with remembering():  # it is the one that is open
            remembered("key", lambda: make("within"))
    remembered("key", lambda: make("after"))
    assert made == ["here", "there", "after"]


def test_what_is_remembered_is_what_the_models_say(encoder: Encoder) -> None:
    multilingual = multilingual_encoder()
    words = [(9, 13)]

    def said() -> list[np.ndarray]:
        (logits,) = reader(multilingual).read(QUESTION, [EXCERPT])
        read = [one.encode_query(QUESTION, words) for one in (encoder, multilingual)]
        vectors = [part for one in read for part in (one.vector, one.words)]
        return [*vectors, logits.sentences, np.array(logits.none)]

    memory = Memory()
    with remembering(memory):
        first, again = said(), said()
    for one, other, without in zip(first, again, said(), strict=True):
        assert one is other or one.ndim == 0
        np.testing.assert_array_equal(one, without)
