"""Whose words a sentence is, on the founding document and beside it."""

import pytest

from knowledge.knowledge_base import KnowledgeBase
from knowledge.labels import label


def sentence(base: KnowledgeBase, part: str) -> str:
    """Return the one sentence of the documents that holds `part`."""
    texts = [p.sentence_text(s) for p in base.passages for s in p.sentences]
    (found,) = [text for text in texts if part in text]
    return found


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("voted on a resolution taking stock", "demand"),
        ("urged Kazakhstani authorities", "demand"),
        ("MEPs ask for the", "demand"),
        ("calls for protection for victims", "demand"),
        ("review the case of Iskander Yerimbetov", "demand"),
        ("encourages all EU institutions", "demand"),
        ("As MEP Julie Ward mentioned", "quotation"),
        ("over 500 Kazakhstani citizens", "report"),
        ("abide by their international obligations", "demand"),
        ("falls short of mentioning", "report"),
        ("poet Kenzhebek Abishev", "report"),
        ("presented a collective complaint", "report"),
        ("The list of Kazakhstani political prisoners", "report"),
    ],
)
def test_sentences_of_the_founding_document(base: KnowledgeBase, part: str, expected: str) -> None:
    assert label(sentence(base, part), "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Parliament urges the authorities to release him.", "demand"),
        ("It also urges the authorities to release him.", "demand"),
        ("It is alleged that the guards demanded money.", "report"),
        ("Members of the gang asked for money.", "report"),
        ("The resolution was ignored by officials who insisted that all was well.", "report"),
        ("The EP also “calls on the government to act”.", "demand"),
        ("MEPs, after a long debate, insisted on his release.", "demand"),
        ("The court heard that he asked for water.", "report"),
        ("He was arrested; they urge calm.", "report"),
        ("Parliament met. Nobody urged anything.", "report"),
        ("“I am innocent,” he said.", "quotation"),
        ('"I am innocent," he said.', "quotation"),
        ("He spoke at length about what he called an “error”.", "report"),
        ("", "report"),
    ],
    ids=[
        "plain",
        "it",
        "it-is-alleged",
        "other-members",
        "officials",
        "in-quotes",
        "aside",
        "somebody-else",
        "after-a-semicolon",
        "after-a-full-stop",
        "curly",
        "straight",
        "a-word-quoted",
        "empty",
    ],
)
def test_english_sentences(text: str, expected: str) -> None:
    assert label(text, "en") == expected


def test_a_sentence_half_quoted_is_a_report() -> None:
    assert label("abcd“ef”", "en") == "report"  # 4 of 8 characters, the marks among them
    assert label("abc“ef”", "en") == "quotation"


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("«Я ни в чём не виновен», — сказал он.", "ru", "quotation"),
        ("Суд отправил его в колонию.", "ru", "report"),
        ("«Мен кінәсізбін», – деді ол.", "kk", "quotation"),
        ("Parliament urges release.", "xx", "report"),
    ],
    ids=["ru-quotation", "ru-report", "kk-quotation", "unknown-language"],
)
def test_other_languages_are_quoted_or_reported(text: str, language: str, expected: str) -> None:
    assert label(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Парламент призывает власти освободить его.", "ru", "demand"),
        ("Она также требует освободить его.", "ru", "demand"),
        ("Она требует внимания.", "ru", "report"),
        ("Власти осудили чиновников, которые требовали денег.", "ru", "report"),
        ("Еуропарламент оны босатуды талап етеді.", "kk", "demand"),
        ("Ол ақын болған.", "kk", "report"),
        ("Das Parlament fordert seine Freilassung.", "de", "report"),
    ],
)
def test_demands_in_other_languages(text: str, language: str, expected: str) -> None:
    assert label(text, language) == expected
