"""How much the bundled model knows of a language, told from a text alone."""

import numpy as np

from embeddings.encoder import Encoder
from knowledge.reading.documents import Block, Document
from knowledge.reading.passages import split
from knowledge.search.trust import share_read_whole, trust

# Three sentences on each of five subjects, in English.
ENGLISH = """The baker kneads dough before sunrise every day. Fresh loaves come out of a hot oven. \
Customers wait in the morning for warm bread.
Doctors treat patients in the city hospital. Nurses give medicine to the sick at night. \
A surgeon operated on his heart yesterday evening.
The court sentenced him to five years. His lawyer appealed against the verdict. \
Judges will examine the evidence in autumn.
Snow covered the high mountains in winter. Climbers reached the summit before the storm. \
The glacier melts a little more each summer.
The orchestra played a symphony last night. Violins were louder than the trumpets. \
The audience applauded the young conductor."""


class Nonsense:
    """An encoder that knows nothing: every text has a direction of its own."""

    def encode_passages(self, texts: list[str]) -> np.ndarray:
        return np.eye(len(texts), dtype=np.float32)


def told(text: str, language: str, encoder: Encoder | Nonsense) -> float:
    lines = text.split("\n")
    starts = np.cumsum([0, *(len(line) + 1 for line in lines[:-1])]).tolist()
    blocks = tuple(
        Block("paragraph", start, start + len(line))
        for start, line in zip(starts, lines, strict=True)
    )
    passages = split(Document("a", "a", text, blocks, language))
    sentences = [p.sentence_text(s) for p in passages for s in p.sentences]
    return trust(passages, encoder.encode_passages(sentences), language, 0.5)


def test_the_bundled_model_knows_english(encoder: Encoder) -> None:
    assert told(ENGLISH, "en", encoder) == 1.0


def test_a_model_that_knows_nothing_counts_little() -> None:
    # A word of the passage stands in each of its sentences, so that words find it.
    places = "bakery hospital court mountain orchestra river library school farm mill bank"
    text = "\n".join(
        " ".join(f"The {word} of this place number {i} is known here to all." for i in range(3))
        for word in places.split()
    )
    assert told(text, "en", Nonsense()) < 0.2


def test_a_single_passage_says_nothing() -> None:
    passages = split(Document("a", "a", f"{ENGLISH}", (Block("paragraph", 0, len(ENGLISH)),), "en"))
    assert trust(passages, np.ones((15, 4), np.float32) / 2, "en", 0.7) == 0.7


def test_english_words_are_pieces_of_the_bundled_model(encoder: Encoder) -> None:
    for text, language, least, most in (
        (ENGLISH, "en", 0.8, 1.0),
        ("Пекарь месит тесто до рассвета.", "ru", 0.0, 0.1),
        ("", "en", 0.0, 0.0),
    ):
        passages = split(Document("a", "a", text, (Block("paragraph", 0, len(text)),), language))
        assert least <= share_read_whole(passages, encoder.words, language) <= most
