"""Whose words a sentence is, in the founding document and in other texts."""

import pytest

from knowledge.knowledge_base import KnowledgeBase
from knowledge.quotes.labels import label
from knowledge.quotes.whose import whose_words
from knowledge.reading.documents import Block, Document
from knowledge.reading.formats.lists import grouped
from knowledge.reading.passages import split
from tests.knowledge.conftest import Know


def sentence(base: KnowledgeBase, part: str) -> str:
    """Return the one sentence of the documents that holds `part`."""
    texts = [p.sentence_text(s) for p in base.passages for s in p.sentences]
    (found,) = [text for text in texts if part in text]
    return found


def named(text: str, language: str) -> list[str | None]:
    """Return who demands or speaks in each sentence of `text`, a paragraph or item a line."""
    blocks, start = [], 0
    for kind, written in grouped(text.strip().split("\n")):
        blocks.append(Block(kind, start, start + len(written)))
        start += len(written) + 1
    document = Document("a", "A", text.strip(), tuple(blocks), language)
    said = (whose_words(p, s).who for p in split(document) for s in p.sentences)
    return [None if who is None else document.text[who.start : who.end] for who in said]


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


TO_READ = """---
title: The kilns of Ostrova
date: 2020-02-03
language: en
---

The kilns of Ostrova were lit by forty potters in May 2019. The kilns burned for a week.

Read our publications:
- The persecution of the potters of Ostrova
- How many potters were fined in Ostrova"""


@pytest.mark.parametrize(
    ("asked", "is_title"),
    [
        ("Is there a publication about the persecution of the potters?", True),
        ("the persecution of the potters", False),
        ("How many potters were fined in Ostrova?", False),
    ],
)
def test_a_title_says_what_to_read_and_answers_nothing_else(
    know: Know, asked: str, is_title: bool
) -> None:
    quotes = know(kilns=TO_READ).ask(asked).quotes
    assert any(one.label == "title" for one in quotes) == is_title


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
    ("text", "language", "who"),
    [
        (
            "The Committee, after a long debate, urges the Government to free him.",
            "en",
            "The Committee",
        ),
        ("It is right that the Union of Miners demands his release.", "en", "the Union of Miners"),
        ("Anna Berg urged the Ministry of Justice to free him.", "en", "Anna Berg"),
        ("We call on the Government to free him.", "en", None),
        ("She called on the parliament to close the prison.", "en", None),
        ("They met in Riga and called on the Government to free him.", "en", None),
        (
            "Правозащитный центр «Эхо» призвал власти освободить его.",
            "ru",
            "Правозащитный центр «Эхо»",
        ),
        ("«Эхо» требует от прокуратуры закрыть дело.", "ru", "«Эхо»"),
        ("На основании закона просим прокуратуру закрыть дело.", "ru", None),
        ("Құқық қоры биліктен оны босатуды талап етеді.", "kk", "Құқық қоры"),
        ("Біз прокуратурадан оны босатуды талап етеміз.", "kk", None),
        ("“I am innocent,” said the teacher Anna Karimova.", "en", "Anna Karimova"),
        ("“I am innocent,” Karimova said.", "en", "Karimova"),
        ("“I am innocent,” she said.", "en", None),
        ("The Ministry of Justice replied that he was well.", "en", None),
        ("On 3 March Anna Karimova told the court that he was well.", "en", None),
        ("«Я не виновен», — сказала Анна Каримова.", "ru", "Анна Каримова"),
        ("«Я не виновен», — сказал директор Центра Умед Каримов.", "ru", None),
        ("«Я не виновен», — сказал директор центра Умед Каримов.", "ru", "Умед Каримов"),
        ("Об этом Ивановой сообщил следователь.", "ru", None),
        ("«Мен кінәсізбін», – деді Серік Ахметов.", "kk", "Серік Ахметов"),
    ],
)
def test_who_demands_or_speaks_is_named_as_the_text_names_them(
    text: str, language: str, who: str | None
) -> None:
    assert named(text, language) == [who]


def test_items_of_a_list_demand_what_stands_above_them_announces() -> None:
    document = "The Union of Miners demands:\n- that he be freed;\n- that the shaft be closed.\n"
    assert named(document, "en") == ["The Union of Miners"] * 3
    assert named(document.replace("demands", "owns"), "en") == [None] * 3


def test_numbered_clauses_demand_in_the_name_of_who_opens_them() -> None:
    document = (
        "The Assembly of the North,\nA. whereas he is ill,\n1. Calls on the court to free him;\n"
    )
    assert named(document, "en") == [None, None, "The Assembly of the North"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The Ministry insists that a warning was read out.", "en"),
        ("Her lawyers appealed to the Supreme Court, which had not set a date.", "en"),
        ("The family's request to the court was refused.", "en"),
        ("He was asked to sign by the prosecutor.", "en"),
        ("The government claims that the union demands money.", "en"),
        ("Среди них Фаррух, чья семья попросила не указывать фамилию.", "ru"),
        ("Компания азаматтық талап қойды.", "kk"),
    ],
)
def test_what_only_looks_like_a_demand_is_none(text: str, language: str) -> None:
    assert label(text, language) == "report"


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
