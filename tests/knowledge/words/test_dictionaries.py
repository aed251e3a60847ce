"""What the word lists know of words as people type them."""

import pytest

from knowledge.words.dictionaries import given_name_of, given_names_of, has_word, is_mere_word


@pytest.mark.parametrize(
    ("word", "names"),
    [("Максу", ("макс",)), ("Алматы", ()), ("тюрьма", ()), ("Smith", ()), ("", ())],
)
def test_a_given_name_is_told_in_every_case(word: str, names: tuple[str, ...]) -> None:
    assert given_names_of(word) == names


def test_one_inflected_name_is_told_from_several() -> None:
    assert given_name_of("максу") == ("макс", False)
    assert given_name_of("алексея") == ("алексей", False)
    assert given_name_of("евгения") is None  # of Евгений, or Евгения herself


def test_a_word_is_no_name() -> None:
    assert is_mere_word("тюрьма")
    assert not is_mere_word("максу")


# A Tangut ideograph, a Nushu letter and an unassigned character: Python knows no name of theirs.
@pytest.mark.parametrize("word", ["\U00017000", "\U0001b170", "\U000e0fff", "а\U00017000"])
def test_a_letter_without_a_name_is_in_no_list(word: str) -> None:
    assert given_names_of(word) == ()
    assert not is_mere_word(word)
    assert not has_word(word)
