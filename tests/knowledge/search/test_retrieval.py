"""Which passage and which sentence come closest, on documents small enough to read."""

import math
from dataclasses import replace
from functools import partial

import pytest

from knowledge.knowledge_base import KnowledgeBase
from knowledge.question.glossary import Glossary
from knowledge.question.questions import understand
from knowledge.question.word_vectors import encode
from knowledge.search import ranking
from knowledge.search.ranking import FEATURES
from knowledge.search.retrieval import Match, Query
from tests.knowledge.conftest import Know


@pytest.fixture
def build(know: Know) -> Know:
    """A maker of knowledge bases of texts by file name, which decline nothing."""
    return partial(know, rate=1.0)


def closest(base: KnowledgeBase, question: str, count: int = 5) -> list[Match]:
    """Return the matches of the only language of `base`."""
    (shelf,) = base.search.shelves
    asked = understand(question)
    return shelf.closest(Query(asked, encode(asked, base.models.encoder), None), count)


BREAD = "Bread is baked at dawn. The baker sleeps at noon. Flour comes from the mill."
PRISON = "The poet was jailed in May. His wife brought him letters. A guard read them all."
FOOTBALL = "Ten thousand people watched the match. The home team lost. Rain fell all day."


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Во сколько ложится спать пекарь?", "The baker sleeps at noon."),
        ("Откуда берут муку?", "Flour comes from the mill."),
        ("Сколько зрителей пришло на стадион?", "Ten thousand people watched the match."),
        ("Какая команда проиграла?", "The home team lost."),
        ("Шёл ли дождь?", "Rain fell all day."),
    ],
)
def test_a_russian_question_finds_an_english_sentence_without_any_glossary(
    build: Know, question: str, sentence: str
) -> None:
    base = build(bread=BREAD, prison=PRISON, football=FOOTBALL)
    search = replace(base.search, glossary=Glossary(()))
    found, _ = search.closest(understand(question))[0]
    assert found.passage.sentence_text(found.sentence) == sentence


@pytest.mark.parametrize(
    ("question", "passage", "sentence"),
    [
        ("When does the baker sleep?", BREAD, "The baker sleeps at noon."),
        ("Where is flour from?", BREAD, "Flour comes from the mill."),
        ("Who brought letters?", PRISON, "His wife brought him letters."),
        ("Was a poet imprisoned?", PRISON, "The poet was jailed in May."),
        ("Which team lost?", FOOTBALL, "The home team lost."),
        ("How was the weather?", FOOTBALL, "Rain fell all day."),
    ],
)
def test_the_right_sentence_of_the_right_passage(
    build: Know, question: str, passage: str, sentence: str
) -> None:
    best = closest(build(a=f"{BREAD}\n{PRISON}\n{FOOTBALL}"), question)[0]
    assert best.passage.text == passage
    assert best.passage.sentence_text(best.sentence) == sentence


def test_every_passage_is_found_once_and_best_first(build: Know) -> None:
    found = closest(build(a=f"{BREAD}\n{PRISON}\n{FOOTBALL}"), "Who jailed the poet?")
    assert sorted(match.passage.paragraph for match in found) == [1, 2, 3]
    assert found[0].passage.text == PRISON
    assert [m.closeness for m in found] == sorted((m.closeness for m in found), reverse=True)


def test_closeness_is_the_sum_of_the_weighted_features(build: Know) -> None:
    first, second = closest(build(a="The poet was jailed.\nRain fell."), "Who jailed the poet?")
    for match in (first, second):
        weighted = zip(ranking.weights("en"), match.features, strict=True)
        assert match.closeness == pytest.approx(sum(w * value for w, value in weighted))
    assert first.lead == -second.lead == pytest.approx(first.closeness - second.closeness)


def test_a_word_with_another_ending_counts_by_what_both_begin_with(build: Know) -> None:
    base = build(bread=BREAD)
    assert closest(base, "What is said of bakers?")[0].likeness == pytest.approx(5 / 6)
    assert closest(base, "What is said of the baker?")[0].likeness == 1.0
    assert closest(base, "What is said of zebras?")[0].likeness == 0.0


def test_a_word_is_peculiar_that_keeps_to_one_passage_and_comes_again_there(build: Know) -> None:
    again = PRISON + " The poet wrote. The poet sang."
    base = build(bread=BREAD, football=FOOTBALL, prison=again)
    # Three times in three passages; were they to fall anywhere, 3 (1 - 1/e) would hold one.
    expected = math.log(3 * (1 - math.exp(-1)))
    assert closest(base, "Where is the poet?")[0].peculiar == pytest.approx(expected)
    assert closest(base, "Where is the guard?")[0].peculiar == 0.0


def test_no_more_are_returned_than_asked_for(build: Know) -> None:
    assert len(closest(build(a=f"{BREAD}\n{PRISON}\n{FOOTBALL}"), "bread", count=2)) == 2


def test_a_passage_of_one_sentence_is_its_own_closest_sentence(build: Know) -> None:
    (match,) = closest(build(a="The poet was jailed."), "Who was jailed?")
    assert match.passage.sentence_text(match.sentence) == match.passage.text


def test_equal_passages_come_in_the_order_of_the_documents(build: Know) -> None:
    base = build(a=f"{PRISON}\n{BREAD}\n{PRISON}", b=PRISON)
    found = closest(base, "Who jailed the poet?", count=4)
    places = [(match.passage.document.id, match.passage.paragraph) for match in found]
    assert places == [("a", 1), ("a", 3), ("b", 1), ("a", 2)]


def test_a_question_without_words_finds_something_and_no_words_in_it(build: Know) -> None:
    found = closest(build(a=f"{BREAD}\n{PRISON}"), "?!")
    assert len(found) == 2
    of_words = [FEATURES.index(name) for name in FEATURES if name.endswith(("bm25", "words"))]
    assert all(match.features[i] == 0.0 for match in found for i in of_words)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When was the bridge built?", "The bridge was built in 1912."),
        ("How many people died on the bridge?", "Seven people died on the bridge."),
        ("Who planned the bridge?", "The plans of the bridge are by Anna Berg."),
    ],
    ids=["date", "number", "name"],
)
def test_a_sentence_that_holds_what_is_asked_for_goes_first(
    build: Know, question: str, sentence: str
) -> None:
    text = (
        "People cross the bridge, and the bridge was built to be crossed by people."
        " The bridge was built in 1912. Seven people died on the bridge."
        " The plans of the bridge are by Anna Berg. The bridge was drawn by children too."
    )
    (match,) = closest(build(a=text), question)
    assert match.passage.sentence_text(match.sentence) == sentence


@pytest.mark.parametrize(
    ("question", "document", "highlight"),
    [
        ("Who was jailed in May?", "english", "The poet was jailed in May."),
        ("Кто привёз муку с мельницы?", "russian", "Муку привозит с мельницы старый мельник."),
        ("Ақынның әйелі кім?", "kazakh", "Ақынның әйелі мұғалім болған."),
    ],
    ids=["en", "ru", "kk"],
)
def test_documents_of_several_languages_answer_each_in_its_own(
    build: Know, question: str, document: str, highlight: str
) -> None:
    base = build(
        english=f"{BREAD}\n{PRISON}",
        russian="Пекарь встаёт рано. Муку привозит с мельницы старый мельник.\nШёл дождь.",
        kazakh="Ақынның әйелі мұғалім болған. Жаңбыр жауды.\nНан таңертең пісіріледі.",
    )
    assert [shelf.language for shelf in base.search.shelves] == ["en", "kk", "ru"]
    (quote,) = base.ask(question).quotes
    assert (quote.passage.document.id, quote.highlight) == (document, highlight)


def test_a_language_nobody_knows_is_searched_by_its_words(build: Know) -> None:
    base = build(a="---\nlanguage: xx\n---\nFloobar gnarf bazzle.\nQuuxly wibble snark.")
    assert closest(base, "wibbles")[0].passage.paragraph == 2


def test_the_best_is_found_among_hundreds(build: Know) -> None:
    lines = [f"Clerk number {number % 20} stamped a form." for number in range(300)]
    lines[222] = PRISON
    assert closest(build(a="\n".join(lines)), "Who brought letters?")[0].passage.paragraph == 223
