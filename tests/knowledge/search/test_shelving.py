"""Which encoder reads which language, decided by the documents alone."""

from pathlib import Path

import pytest

from embeddings.encoder import Encoder
from embeddings.multilingual import multilingual_encoder
from knowledge.reading.documents import Block, Document
from knowledge.reading.passages import Passage, split
from knowledge.search.shelving import shelve

ENGLISH = """The baker kneads dough before sunrise every day. Fresh loaves come out of a hot oven.
The court sentenced him to five years in prison. His lawyer appealed against the verdict.
Snow covered the high mountains last winter. Climbers reached the summit before the storm.
The orchestra played a symphony last night. Violins were louder than all of the trumpets."""
RUSSIAN = """Пекарь каждый день месит тесто до рассвета. Из горячей печи достают свежий хлеб.
Суд приговорил его к пяти годам тюрьмы. Адвокат обжаловал этот приговор в апелляции.
Прошлой зимой снег покрыл высокие горы. Альпинисты достигли вершины до начала бури.
Вчера вечером оркестр исполнил симфонию. Скрипки звучали громче, чем все трубы вместе."""
KAZAKH = """Наубайшы күн сайын таң атқанша қамыр илейді. Ыстық пештен жаңа піскен нан шығады.
Сот оны бес жылға бас бостандығынан айырды. Адвокаты бұл үкімге шағым түсірді.
Былтыр қыста биік тауларды қар басып қалды. Альпинистер боранға дейін шыңға жетті.
Кеше кешке оркестр симфония орындады. Скрипкалар барлық кернейден қаттырақ шықты."""


def passages_of(text: str, language: str) -> list[Passage]:
    blocks, start = [], 0
    for line in text.split("\n"):
        blocks.append(Block("paragraph", start, start + len(line)))
        start += len(line) + 1
    return list(split(Document(language, language, text, tuple(blocks), language)))


@pytest.fixture(scope="module")
def passages() -> list[Passage]:
    texts = ((ENGLISH, "en"), (RUSSIAN, "ru"), (KAZAKH, "kk"))
    return [passage for text, language in texts for passage in passages_of(text, language)]


def test_a_language_that_the_encoder_does_not_know_is_read_by_the_multilingual_one(
    passages: list[Passage], encoder: Encoder, tmp_path: Path
) -> None:
    multilingual = multilingual_encoder()
    shelves = shelve(passages, encoder, multilingual, tmp_path / "v.sqlite")
    assert {shelf.language: shelf.encoded.encoder for shelf in shelves} == {
        "en": encoder,
        "kk": multilingual,
        "ru": multilingual,
    }
    assert all(shelf.encoded.trust > 0.8 for shelf in shelves)
    assert all(shelf.across.encoder is multilingual for shelf in shelves)


def test_an_encoder_that_knows_a_language_reads_it(
    passages: list[Passage], encoder: Encoder, tmp_path: Path
) -> None:
    # As a multilingual model does that somebody names in the settings.
    named = multilingual_encoder()
    shelves = shelve(passages, named, encoder, tmp_path / "v.sqlite")
    assert all(shelf.encoded.encoder is named for shelf in shelves)
