"""Names that are dressed up are found as they would be plainly written."""

import unicodedata

import pytest

from knowledge.knowledge_base import KnowledgeBase
from knowledge.people.disguises import undisguised


def piled(words: str) -> str:
    """Return `words` with six marks upon each letter."""
    return "".join(one + "\u0301\u0302\u0303\u0304\u0306\u0308" * one.isalpha() for one in words)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Who is <b>Asanova</b>?", "Who is Asanova ?"),
        ('<a href="tg://user?id=1">Asanova</a>', "Asanova"),
        ("&lt;b&gt;Asanova", "Asanova"),
        ("[Asanova](https://example.org/a)", "Asanova"),
        ("A\u0336s\u0336a\u0336n\u0336o\u0336v\u0336a", "Asanova"),
        ("Аса\u0301нова", "Асанова"),
        (piled("Asanova Асанова"), "Asanova Асанова"),
        ("\u2068Asanova\u2069 As\u200ban\u2060ova", "Asanova Asanova"),
        (
            "A\u3164s\uffa0a\u180en\U000e0041o\u2065va (\U000e0041Asa\u00ad\nnova",
            "Asanova (Asanova",
        ),
        ("𝐀𝐬𝐚𝐧𝐨𝐯𝐚 Ⓐⓢⓐⓝⓞⓥⓐ Ａｓａｎｏｖａ", "Asanova Asanova Asanova"),
        ("🅐🅢🅐🅝🅞🅥🅐 🄰🅂⒜⒩ova Aꜱᴀɴᴏᴠᴀ Αsanοva", "ASANOVA ASanova Asanova Asanova"),
        # What is a letter of its own, what other scripts need, and sums stay.
        (unicodedata.normalize("NFD", "Ерлан Қайыпов, ёж"), "Ерлан Қайыпов, ёж"),
        ("هَلْ हिन्दी", "هَلْ हिन्दी"),
        ("Is 3 < 5 and 7 > 6? 5 m²", "Is 3 < 5 and 7 > 6? 5 m²"),
        (
            "👩\u200d👧 🏴\U000e0067\U000e007f 1\ufe0f\u20e3 Αβ",
            "👩\u200d👧 🏴\U000e0067\U000e007f 1\ufe0f\u20e3 Αβ",
        ),
    ],
)
def test_a_name_in_disguise_is_written_plainly(written: str, plain: str) -> None:
    assert " ".join(undisguised(written).split()) == plain


def test_a_person_in_disguise_is_found(base: KnowledgeBase) -> None:
    piles = (f"Who is {piled('Maks Bokayev')}?", f"Кто такой {piled('Бокаев')}?", piled("Bokayev"))
    for asked in (*piles, "Who is <i>Maks</i> B\u0336o\u0336kayev?", "Кто такой Бока\u0301ев?"):
        assert [person.name for person in base.ask(asked).people] == ["Maks Bokayev"]
