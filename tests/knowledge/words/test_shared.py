"""The words of documents that share them, worked out by hand."""

import pytest

from knowledge.words.shared import SharedWords, WordsOfEach


@pytest.fixture
def words() -> SharedWords:
    """Those of a document about bread, which was read in two parts, and of one about a prison."""
    read = WordsOfEach()
    read.add("bread", ["baker", "bread"])
    read.add("prison", ["jailed", "baker"])
    read.add("bread", ["flour"])
    return read.shared()


def test_each_document_has_its_own_words(words: SharedWords) -> None:
    assert list(words) == ["baker", "bread", "flour", "jailed"]
    assert list(words.within("bread")) == ["baker", "bread", "flour"]
    assert list(words.within("prison")) == ["baker", "jailed"]
    assert list(words.within("football")) == []


@pytest.mark.parametrize(
    ("word", "is_in_all", "is_in_prison"),
    [("baker", True, True), ("flour", True, False), ("bake", False, False), ("z", False, False)],
)
def test_a_word_is_found_whole(
    words: SharedWords, word: str, is_in_all: bool, is_in_prison: bool
) -> None:
    assert (word in words, word in words.within("prison")) == (is_in_all, is_in_prison)


@pytest.mark.parametrize(
    ("beginning", "is_in_all", "is_in_prison"),
    [("b", True, True), ("br", True, False), ("jailed", True, True), ("jailedz", False, False)],
)
def test_a_beginning_is_that_of_a_word(
    words: SharedWords, beginning: str, is_in_all: bool, is_in_prison: bool
) -> None:
    begins = words.has_beginning(beginning), words.within("prison").has_beginning(beginning)
    assert begins == (is_in_all, is_in_prison)
