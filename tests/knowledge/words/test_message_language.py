"""Which language a message is in, and what decides where that is not clear."""

import pytest

from knowledge.words.detection import message_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("who?", "en"),
        ("кто это?", "ru"),
        ("Когда", "ru"),
        ("и что дальше", "ru"),
        ("Кто такой Мұхтар Жәкішев?", "ru"),
        ("сколько дали кенжебеку әбішеву", "ru"),
        ("бұл кім?", "kk"),
        ("қашан", "kk"),
        ("ол кашан сотталды", "kk"),
        ("кимдер камауда", "kk"),
        ("Yerimbetov кім?", "kk"),
    ],
)
def test_what_is_clear_needs_no_other_word(text: str, language: str) -> None:
    told = {message_language(text, otherwise) for otherwise in ("en", "ru", "kk", None)}
    assert told == {language}


@pytest.mark.parametrize(
    "text", ["", "?", "2019", "ок", "EU", "Бокаев", "Мұхтар Жәкішев", "Қостанай"]
)
def test_what_any_language_may_say_is_in_the_one_given(text: str) -> None:
    given = ["en", "ru", "kk"]
    assert [message_language(text, otherwise) for otherwise in given] == given


@pytest.mark.parametrize("otherwise", ["ru", "kk"])
def test_a_word_of_two_languages_is_in_the_one_given(otherwise: str) -> None:
    assert message_language("адвокат", otherwise) == otherwise


def test_a_language_of_other_letters_is_not_given() -> None:
    assert message_language("адвокат неге келмеді", "en") == "kk"
    assert message_language("the lawyer", "ru") == "en"
