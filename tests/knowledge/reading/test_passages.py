"""Passages and sentences: slices of their document that lose nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.knowledge_base import KnowledgeBase
from knowledge.reading.documents import Block, Document
from knowledge.reading.formats import UNREADABLE
from knowledge.reading.passages import Passage, split
from tests.knowledge.conftest import Read

TEXTS = st.lists(
    st.sampled_from(
        [
            *("One. ", "Mr. Lee’s ", "“Yes!” he said. ", "Why?? ", "…", "Бір. ", "Да! ", "т. е. "),
            *(
                "3.5 ",
                "U.N. ",
                "  ",
                "\u00a0",
                "\u3000",
                "(",
                ") ",
                "«",
                "» ",
                "👩\u200d👦 ",
                "。",
                "؟ ",
            ),
            *("\u200b", ". . ."),
        ]
    )
    | st.text(max_size=5),
    min_size=1,
    max_size=20,
).map("".join)


def document(*paragraphs: str, kind: str = "paragraph", language: str = "en") -> Document:
    """Return a document of `paragraphs`, all of one `kind`."""
    blocks, start = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(kind, start, start + len(paragraph)))  # type: ignore[arg-type]
        start += len(paragraph) + 1
    return Document("d", "D", "\n".join(paragraphs), tuple(blocks), language)


def sentences(passage: Passage) -> list[str]:
    return [passage.sentence_text(sentence) for sentence in passage.sentences]


def test_a_paragraph_is_a_passage_of_its_sentences() -> None:
    passage, other = split(document("Dr. Lee came. Why? Nobody knows.", "The end."))
    assert sentences(passage) == ["Dr. Lee came.", "Why?", "Nobody knows."]
    assert passage.text == "Dr. Lee came. Why? Nobody knows."
    assert (other.text, other.start, other.end) == ("The end.", 33, 41)


@pytest.mark.parametrize("language", ["en", "ru", "kk", "xx"])
@given(text=TEXTS)
def test_sentences_are_slices_in_order_and_lose_only_white_space(language: str, text: str) -> None:
    text = " ".join(text.split("\n"))
    end = 0
    for passage in split(document(text, language=language)):
        for sentence in passage.sentences:
            assert end <= sentence.start < sentence.end <= len(text)
            assert text[end : sentence.start].replace(UNREADABLE, "").strip() == ""
            assert passage.sentence_text(sentence).strip() == text[sentence.start : sentence.end]
            end = sentence.end
    assert text[end:].replace(UNREADABLE, "").strip() == ""  # where something could not be read


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "Он родился в 1953 г. в Алматы. Потом уехал.", 2),
        ("kk", "Ол ақын. Ол қамауда отыр.", 2),
        ("xx", "Una frase. Otra frase!", 2),
        ("en", "He was jailed", 1),
    ],
    ids=["abbreviation", "kazakh", "unknown-language", "no-full-stop"],
)
def test_sentences_are_found_in_any_language(language: str, text: str, expected: int) -> None:
    (passage,) = split(document(text, language=language))
    assert len(passage.sentences) == expected


def test_an_item_of_a_list_is_a_sentence() -> None:
    (passage,) = split(document("1. Bread. And butter.\n2. Work", kind="list"))
    assert passage.is_list
    assert sentences(passage) == ["1. Bread. And butter.", "2. Work"]


def test_headings_are_no_passages_and_are_not_counted(read_data: Read) -> None:
    text = b"# Head\n\nOne.\n\n## Sub\n\n- two\n- more\n\nThree."
    found = split(read_data(text, "a.md"))
    assert [(p.paragraph, p.text) for p in found] == [
        (1, "One."),
        (2, "- two\n- more"),
        (3, "Three."),
    ]


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    # 100 characters and a space each: 17 of them take 1716, 18 would take 1817 of 1800.
    sentence = f"A{'a' * 98}."
    found = split(document(" ".join([sentence] * 40), "The end."))
    assert [len(passage.sentences) for passage in found] == [17, 17, 6, 1]
    assert [passage.paragraph for passage in found] == [1, 1, 1, 2]
    assert [passage.text for passage in found[:2]] == [" ".join([sentence] * 17)] * 2


def test_a_long_list_is_cut_between_items() -> None:
    found = split(document("\n".join(f"- {'a' * 98}" for _ in range(20)), kind="list"))
    assert [len(passage.sentences) for passage in found] == [17, 3]
    assert all(passage.is_list and passage.paragraph == 1 for passage in found)


def test_a_sentence_without_end_is_cut_between_words() -> None:
    text = "word " * 1000 + "word"
    found = split(document(text))
    assert [len(passage.text) for passage in found] == [1799, 1799, 1404]
    assert " ".join(passage.text for passage in found) == text


def test_equal_sentences_have_places_of_their_own() -> None:
    (passage,) = split(document("No. No. No."))
    assert [(s.start, s.end) for s in passage.sentences] == [(0, 3), (4, 7), (8, 11)]


def test_the_founding_document_ends_in_its_list(base: KnowledgeBase) -> None:
    assert [passage.paragraph for passage in base.passages] == list(range(1, 12))
    assert [passage.is_list for passage in base.passages] == [False] * 10 + [True]
    assert base.passages[-1].text.startswith("- Read our publications:\n○ The list of")
    assert len(base.passages[-1].sentences) == 6


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The limit is [?] in water. It was set in May.", ["It was set in May."]),
        ("[?] The well is deep.", ["The well is deep."]),
        ("The well is deep [?].", ["The well is deep"]),
        ("[?]", []),
    ],
)
def test_what_could_not_be_read_is_not_quoted_across(text: str, shown: list[str]) -> None:
    document = Document("a", "A", text, (Block("paragraph", 0, len(text)),), "en")
    found = [p.sentence_text(s) for p in split(document) for s in p.sentences]
    assert found == shown
