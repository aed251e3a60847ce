"""Questions about the documents themselves, what is offered instead, and overviews of documents."""

import pytest

from bot.document_wording import dated_byline
from knowledge.answering.overview import overview_of
from knowledge.answering.shown import Shown
from knowledge.knowledge_base import KnowledgeBase
from knowledge.library.editions import Edition
from knowledge.library.golden import Golden
from knowledge.library.offers import Offers
from knowledge.library.snapshots import Snapshot
from knowledge.quotes.answers import Answer
from knowledge.reading.documents import Document
from tests.knowledge.conftest import Know

WELLS = """---
title: Report on the wells of Arden
date: 2021-06-14
language: en
publisher: Water Watch
url: https://example.org/wells
---

No. 5

The old well of Arden was dug by hand in 1897. It is forty metres deep.

Anna Berg, the mayor, ordered it to be closed in May.

The resolution urges the authorities to open it.

The children fetch water from the river since then.
"""
ROADS = """---
title: Letter about the northern road
language: en
---

The northern road was washed away by the flood of spring. Nobody has mended it since.
"""
GOLDEN = (
    Golden(question="How deep is the well?", shows="forty metres deep"),
    Golden(question="When was the well dug?", shows="dug by hand in 1897", example=True),
    Golden(question="What washed the road away?", shows="by the flood of spring"),
    Golden(question="How deep is the river?", declined=True),
)


def with_golden(base: KnowledgeBase, golden: tuple[Golden, ...]) -> Snapshot:
    return Snapshot(Edition({}), base, golden, Offers(base, golden))


@pytest.fixture(scope="module")
def opened(know: Know) -> Snapshot:
    """Two documents, one of which states all its metadata, and questions to both."""
    return with_golden(know(wells=WELLS, roads=ROADS), GOLDEN)


@pytest.fixture(scope="module")
def wells(opened: Snapshot) -> Document:
    return next(one for one in opened.knowledge_base.documents if one.id == "wells")


def ids(answer: Answer) -> set[str]:
    return {one.id for one in answer.documents}


def after(opened: Snapshot, question: str) -> Shown | None:
    base = opened.knowledge_base
    return base.shown(base.ask(question))


@pytest.mark.parametrize("asked", ["source?", "link", "who wrote this?", "когда это опубликовано"])
def test_of_several_documents_one_is_chosen(opened: Snapshot, asked: str) -> None:
    answer = opened.ask(asked)
    assert (answer.status, answer.reason) == ("clarify", "which_document")
    assert ids(answer) == {"wells", "roads"}


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("source?", "source"),
        ("дата?", "date"),
        ("сілтемесін бер", "link"),
        ("who wrote this", "author"),
    ],
)
def test_after_an_answer_its_document_is_meant(opened: Snapshot, asked: str, reason: str) -> None:
    answer = opened.ask(asked, shown=after(opened, "When was the well dug?"))
    assert (answer.status, answer.reason, ids(answer)) == ("smalltalk", reason, {"wells"})


def test_words_of_the_title_choose_a_document(opened: Snapshot) -> None:
    answer = opened.ask("What is the letter about?", shown=after(opened, "When was the well dug?"))
    assert ids(answer) == {"roads"}
    assert answer.quotes[0].highlight.startswith("The northern road was washed away")


def test_a_no_ends_what_was_shown(opened: Snapshot) -> None:
    base = opened.knowledge_base
    shown = base.shown(
        base.ask("Who won the football match?"), after(opened, "When was the well dug?")
    )
    assert shown is None
    assert opened.ask("source?", shown=shown).status == "clarify"


def test_more_goes_on_to_the_next_passages_until_there_are_none(opened: Snapshot) -> None:
    base = opened.knowledge_base
    shown = after(opened, "When was the well dug?")
    seen: list[str] = []
    documents: list[str] = []
    while (answer := base.ask("tell me more", shown=shown)).status == "answered":
        seen.append(answer.quotes[0].text)
        documents.append(answer.quotes[0].passage.document.id)
        shown = base.shown(answer, shown)
    assert answer.reason == "no_more"
    assert documents == sorted(documents, key=lambda one: one != "wells")
    assert len(seen) == len(set(seen)) > 0
    assert base.ask("tell me more").reason == "more_of_what"


def test_what_was_shown_of_other_documents_means_nothing(opened: Snapshot) -> None:
    assert (
        opened.ask("more", shown=Shown("00000000", ((0, 0),), ((1, 0),))).reason == "more_of_what"
    )


def test_a_document_at_a_glance(opened: Snapshot, wells: Document) -> None:
    base = opened.knowledge_base
    shown = overview_of(wells, base.statements, base.people.people)
    assert shown is not None
    assert shown.opening.highlight == "The old well of Arden was dug by hand in 1897."
    assert [one.name for one in shown.people] == ["Anna Berg"]
    assert [one.highlight for one in shown.demands] == [
        "The resolution urges the authorities to open it."
    ]
    answer = opened.overview(wells, "en")
    assert answer is not None
    # The example comes first, and nothing of the other document.
    assert [one.text for one in answer.offers] == [
        "When was the well dug?",
        "How deep is the well?",
    ]


@pytest.mark.parametrize("question", ["How old is the well?", "How much did the well cost?"])
def test_a_no_offers_a_near_question_that_is_answered(opened: Snapshot, question: str) -> None:
    answer = opened.ask(question)
    assert answer.status == "not_found"
    # The golden question that is to be declined is as near.
    assert [one.text for one in answer.offers] == ["How deep is the well?"]


def test_a_golden_question_that_is_not_answered_is_not_offered(opened: Snapshot) -> None:
    wrong = Golden(question="How deep is the well?", shows="nowhere to be found")
    failing = with_golden(opened.knowledge_base, (wrong,))
    offers = failing.ask("How old is the well?").offers
    assert not [one for one in offers if one.kind == "question"]


def test_what_is_far_from_everything_offers_examples(opened: Snapshot) -> None:
    offers = opened.ask("How do I build a bomb?").offers
    assert [one.text for one in offers] == ["When was the well dug?"]


def test_a_no_about_somebody_named_offers_their_card_and_nobody_else(opened: Snapshot) -> None:
    answer = opened.ask("How old is Anna Berg?")
    assert answer.status == "not_found"
    assert [one.text for one in answer.offers if one.kind == "person"] == ["Anna Berg"]
    stranger = opened.ask("Who is Peter Stone?")
    assert stranger.reason == "stranger"
    assert [one.text for one in stranger.offers] == ["When was the well dug?"]  # names nobody


def test_a_no_that_names_nobody_offers_the_card_of_whom_was_spoken_of(opened: Snapshot) -> None:
    asked = "How much did the well cost?"
    (berg,) = opened.knowledge_base.people.people
    answer = opened.ask(asked, berg)
    assert [one.text for one in answer.offers] == ["How deep is the well?", "Anna Berg"]


def test_without_golden_questions_the_nearest_passage_is_offered(opened: Snapshot) -> None:
    bare = with_golden(opened.knowledge_base, ())
    answer = bare.ask("How much did the old well of Arden cost?")
    assert answer.status == "not_found"
    offer = answer.offers[0]
    assert offer.kind == "passage"
    assert "old well of Arden" in bare.knowledge_base.passages[offer.number].text


def test_where_nothing_is_near_those_are_offered_who_are_named_most(opened: Snapshot) -> None:
    bare = with_golden(opened.knowledge_base, ())
    for asked in ("How do I bake bread?", "hello", "what happened to him?"):
        offers = bare.ask(asked).offers
        assert [(one.kind, one.text) for one in offers] == [("person", "Anna Berg")], asked


def test_which_documents_there_are_does_not_depend_on_what_was_quoted(opened: Snapshot) -> None:
    shown = after(opened, "What was washed away by the flood of spring?")
    for asked in ("which documents do you have?", "какие у вас документы?"):
        answer = opened.ask(asked, shown=shown)
        assert answer.reason == "documents"
        assert len(answer.documents) == 2
        assert opened.knowledge_base.shown(answer, shown) == shown  # "source?" is still of that


def test_a_no_leads_on_in_the_document_talked_about(opened: Snapshot) -> None:
    asked = "How much did the well cost?"
    shown = after(opened, "What was washed away by the flood of spring?")
    answer = opened.ask(asked, shown=shown)
    assert answer.status == "not_found"
    held = {golden.question: golden.shows for golden in GOLDEN}
    passages, roads = opened.knowledge_base.passages, ROADS
    for offer in answer.offers:
        if offer.kind == "question":
            assert str(held[offer.text]) in roads
        elif offer.kind == "passage":
            assert passages[offer.number].document.id == "roads"
    assert [one.text for one in opened.ask(asked).offers] == ["How deep is the well?"]


def test_an_undated_document_at_a_glance_says_that_its_date_is_not_known(opened: Snapshot) -> None:
    wells, roads = sorted(opened.knowledge_base.documents, key=lambda one: one.id != "wells")
    assert dated_byline(roads, "en") == "Its date is not known to me."
    assert dated_byline(wells, "en") == "Water Watch, 14 June 2021"


def test_what_can_be_asked_are_the_examples(opened: Snapshot) -> None:
    answer = opened.ask("what can I ask?")
    assert (answer.reason, [one.text for one in answer.offers]) == (
        "what_to_ask",
        ["When was the well dug?"],
    )


@pytest.mark.parametrize("asked", ["are you ChatGPT?", "Ты ChatGPT?", "Сіз ChatGPT-сіз бе?"])
def test_what_the_bot_is_names_no_stranger(opened: Snapshot, asked: str) -> None:
    assert opened.ask(asked).reason == "bot_nature"


@pytest.mark.parametrize(
    ("asked", "language"),
    [("speak Russian", "ru"), ("на казахском пожалуйста", "kk"), ("ағылшынша айтшы", "en")],
)
def test_a_wish_for_a_language_is_heard_in_it(opened: Snapshot, asked: str, language: str) -> None:
    answer = opened.ask(asked)
    assert (answer.reason, answer.language) == ("language", language)
