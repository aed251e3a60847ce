"""What a question is understood as: its language and its names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.languages import detect
from knowledge.questions import understand


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Who is Maks Bokayev?", "en"),
        ("maks bokayev", "en"),
        ("Кто такой Макс Бокаев?", "ru"),
        ("Макс Бокаев", "ru"),
        ("Что говорит резолюция о Мұхтаре Джакишеве и других?", "ru"),
        ("Мұхтар Жәкішев кім?", "kk"),
        ("Қарарда не айтылған?", "kk"),
        ("Резолюция туралы айтып бер", "kk"),
        ("Макс Бокаев ким?", "kk"),
        ("Кто такая Юлия Ким?", "ru"),
        ("Что такое Open Dialogue Foundation?", "ru"),
        ("Кто такой Maks Bokayev?", "ru"),
        ("Yerimbetov кім?", "kk"),
        ("Кто автор Summa theologica?", "ru"),
        ("Что сказал европейский парламент об ODF?", "ru"),
        ("Who is Мұрат?", "en"),
        ("123", "en"),
        ("", "en"),
        ("😀 ?!", "en"),
        ("¿Quién es?", "en"),
    ],
)
def test_language_of_a_question(text: str, language: str) -> None:
    assert detect(text) == language
    assert understand(text).language == language


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Who is Maks Bokayev?", ("Maks", "Bokayev")),
        ("who is maks bokayev", ()),
        ("Where was Iskander Yerimbetov on 14.03.2019?", ("Iskander", "Yerimbetov", "14.03.2019")),
        ("129 citizens", ("129",)),
        ("What did the EU do?", ("EU",)),
        ("What about O'Neill and Al-Farabi’s?", ("O'Neill", "Al-Farabi’s")),
        ("Кто такой Макс Бокаев?", ("Макс", "Бокаев")),
        ("Ақын Кенжебек Әбішев қайда?", ("Кенжебек", "Әбішев")),
        ("?!", ()),
        ("", ()),
    ],
)
def test_names_are_capitals_inside_and_numbers(text: str, names: tuple[str, ...]) -> None:
    assert understand(text).names == names


@given(st.text(), st.sampled_from([" ", "\n", "\t ", "\r\n", "\u00a0"]))
def test_white_space_is_no_part_of_a_question(text: str, space: str) -> None:
    written = space + space.join(text.split()) + space
    assert understand(written) == understand(text)
    assert understand(text).text == " ".join(text.split())


def test_half_a_character_is_no_reason_to_fail() -> None:
    assert understand("who \ud800?").text == "who ??"
