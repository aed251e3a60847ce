"""Letters of the other alphabet in a word, in place of letters that look like them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.words.look_alikes import mended
from knowledge.words.text import normalise


@pytest.mark.parametrize(
    ("written", "meant"),  # left: stray letters that cannot be seen to be so
    [
        ("Cергей", "Сергей"),
        ("кaмepa", "камера"),
        ("Xалиуллин", "Халиуллин"),
        ("əкім бiр", "әкім бір"),
        ("слово Gооgle", "слово Google"),
        ("Аlmaty", "Almaty"),
        ("суд СOVID-19", "суд COVID-19"),
        ("в CCСР и TОО", "в СССР и ТОО"),
        ("the СAB of x", "the CAB of x"),
        ("ХХI век", "XXI век"),
    ],
    ids=[
        "name",
        "word",
        "brand-like-name",
        "kazakh",
        "latin-word",
        "latin-name",
        "before-a-number",
        "of-russian-text",
        "of-english-text",
        "numeral",
    ],
)
def test_a_stray_letter_becomes_the_one_it_looks_like(written: str, meant: str) -> None:
    assert mended(written) == meant
    assert normalise(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        "iPhone и COVID-19",
        "Xбокс и iТунс",
        "рынок В2B",  # its first letter is Cyrillic
        "SMSка PR-служба",
        "Yлкен",  # Ү or У
        "хх xx",  # words of one alphabet each
        "тurkiya Wи",  # т and и have no look-alikes
    ],
)
def test_what_may_be_meant_stays(text: str) -> None:
    assert mended(text) == text


@given(st.text(st.sampled_from("acexyCHIXасехуСНХжZ1 -")))
def test_mending_keeps_places_and_is_done_once(text: str) -> None:
    assert len(mended(text)) == len(text)
    assert mended(mended(text)) == mended(text)
