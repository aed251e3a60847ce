"""How much the bundled model knows of a language, told from a text alone."""

import numpy as np

from embeddings.encoder import Encoder
from knowledge.documents import Block, Document
from knowledge.passages import split
from knowledge.trust import trust

# Three sentences on each of five subjects, in the languages the bot speaks.
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
RUSSIAN = """Пекарь месит тесто каждый день до рассвета. Свежие батоны достают из горячей печи. \
Покупатели утром ждут тёплого хлеба.
Врачи лечат больных в городской больнице. Медсёстры ночью дают лекарства пациентам. \
Хирург вчера вечером оперировал его сердце.
Суд приговорил его к пяти годам. Адвокат обжаловал этот приговор осенью. \
Судьи изучат доказательства в следующем месяце.
Снег зимой покрыл высокие горы вокруг. Альпинисты поднялись на вершину до бури. \
Ледник каждое лето тает всё сильнее.
Оркестр вчера играл знаменитую симфонию. Скрипки звучали громче медных труб. \
Публика долго аплодировала молодому дирижёру."""


def told(text: str, language: str, encoder: Encoder) -> float:
    lines = text.split("\n")
    starts = np.cumsum([0, *(len(line) + 1 for line in lines[:-1])]).tolist()
    blocks = tuple(
        Block("paragraph", start, start + len(line))
        for start, line in zip(starts, lines, strict=True)
    )
    passages = split(Document("a", "a", text, blocks, language))
    sentences = [p.sentence_text(s) for p in passages for s in p.sentences]
    return trust(passages, encoder.encode_passages(sentences), language)


def test_the_bundled_model_knows_more_of_english_than_of_russian(encoder: Encoder) -> None:
    assert told(ENGLISH, "en", encoder) == 1.0


def test_vectors_that_say_nothing_count_little() -> None:
    passages = split(Document("a", "a", f"{ENGLISH}", (Block("paragraph", 0, len(ENGLISH)),), "en"))
    assert trust(passages, np.ones((15, 4), np.float32) / 2, "en") == 0.5
