"""Russian and Kazakh typed in Latin letters are read in their own."""

import pytest

from knowledge.knowledge_base import KnowledgeBase
from knowledge.words.latin_letters import in_own_letters


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kto takoy maks bokaev", "кто такой макс бокаев"),
        ("kto takoj Bokaev?", "кто такой Бокаев?"),
        ("pochemu yego posadili", "почему его посадили"),
        ("spisok politzaklyuchennyh", "список политзаключенных"),
        ("novye obyavleniya o syezde", "новые обявления о сыезде"),  # spelling mends the rest
        ("kto takoi Bokaev i ego voina", "кто такой Бокаев и его воина"),
        ("polnyi spisok imen", "полный список имен"),
        ("chto govorit ODF pro pytki?", "что говорит ODF про пытки?"),
        ("qarar ne talap etedi", "карар не талап етеди"),
        ("zhanaozen turaly ne aytylady", "жанаозен туралы не айтылады"),
        ("kim turaly aitylgan", "ким туралы айтылган"),
        ("qazaqstan turaly ne aıtylğan", "казакстан туралы не айтылган"),
    ],
)
def test_russian_and_kazakh_come_back_in_their_own_letters(typed: str, meant: str) -> None:
    assert in_own_letters(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "who is maks bokaev",
        "what happend in Zhanaozen",
        "maks bokaev",
        "Aset Abishev",
        "ODF",
        "okay",
        "u r a robot lol",
        "ok",
        "кто такой Bokaev",
        "qui est Bokaev",
        "2019",
        "",
    ],
)
def test_english_names_and_what_is_cyrillic_already_stay(text: str) -> None:
    assert in_own_letters(text) == text


@pytest.mark.parametrize(
    ("asked", "language"),
    [("kto takoy sanat bukenov", "ru"), ("sanat bukenov turaly ne aitylgan", "kk")],
)
def test_whoever_types_in_latin_letters_is_answered_in_their_language(
    base: KnowledgeBase, asked: str, language: str
) -> None:
    answer = base.ask(asked)
    assert (answer.status, answer.language) == ("answered", language)
    assert [person.name for person in answer.people] == ["Sanat Bukenov"]
    assert base.ask(asked, otherwise="en").language == language
