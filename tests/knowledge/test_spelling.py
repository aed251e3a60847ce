"""Misspelled words of a question, put right."""

import pytest

from knowledge.glossary import Glossary
from knowledge.spelling import Spelling

KNOWN = Spelling(["citizens", "appeal", "resolution"], Glossary(()), "en")


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("how many citzens signed the apeal?", "how many citizens signed the appeal"),
        ("resoluton", "resolution"),
        ("Appeals", "Appeals"),  # a form of a word that is known
        ("apple", "apple"),  # a word by itself
        ("zebra", "zebra"),  # near nothing
        ("wen 2019 ab-cd", "wen 2019 ab-cd"),  # too short, a number, two words
        ("", ""),
    ],
)
def test_what_is_no_word_is_put_right_where_one_is_near(written: str, mended: str) -> None:
    words = {"apple", "many", "signed", "zebra"}
    assert KNOWN.mended(written, words.__contains__) == mended
