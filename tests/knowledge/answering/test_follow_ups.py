"""Questions that go on from what was shown are about it, whatever other documents say."""

import pytest

from knowledge.answering.carried import refers_back
from knowledge.answering.shown import Shown
from knowledge.knowledge_base import KnowledgeBase
from knowledge.question.questions import understand
from tests.knowledge.conftest import Know

FISHERMEN = """---
title: The fishermen of Tarsk
date: 2020-02-03
language: en
---

Twelve fishermen were arrested at the harbour of Tarsk on 4 May 2019. The lawyer Greta Holm
represented them in court.

The court sentenced the fishermen to two years in prison.
"""
TEACHERS = """---
title: The teachers of Vell
date: 2021-03-04
language: en
---

Forty teachers went on strike in the town of Vell in March. They were represented by the lawyer
Piotr Wenda, who has defended strikers for years.

They demand that their wages be paid. The teachers were arrested and sentenced to a fine.
"""


@pytest.fixture(scope="module")
def base(know: Know) -> KnowledgeBase:
    return know(fishermen=FISHERMEN, teachers=TEACHERS)


def shown(base: KnowledgeBase, text: str) -> Shown:
    """Return what was shown if it was the sentence that has `text`."""
    (place,) = (
        (row, number)
        for row, passage in enumerate(base.passages)
        for number, sentence in enumerate(passage.sentences)
        if text in passage.sentence_text(sentence)
    )
    return Shown(base.version, (place,), ())


@pytest.mark.parametrize(
    ("before", "said", "asked"),
    [
        ("Twelve fishermen", "Greta Holm", "Who represented them?"),
        ("Twelve fishermen", "Greta Holm", "кто их защищал в суде"),
        ("Twelve fishermen", "Greta Holm", "какой адвокат их защищал"),
        ("Forty teachers", "Piotr Wenda", "Who represented them?"),
        ("Forty teachers", "Piotr Wenda", "какой адвокат их защищал"),
    ],
)
def test_they_are_who_was_shown(base: KnowledgeBase, before: str, said: str, asked: str) -> None:
    answer = base.ask(asked, shown=shown(base, before))
    assert said in answer.quotes[0].highlight


def test_what_was_shown_is_not_told_of_others(base: KnowledgeBase) -> None:
    assert "wages" in base.ask("What do they demand?").quotes[0].highlight
    answer = base.ask("What do they demand?", shown=shown(base, "Twelve fishermen"))
    assert answer.status == "not_found"


def test_a_question_of_its_own_is_answered_from_any_document(base: KnowledgeBase) -> None:
    answer = base.ask("How many teachers went on strike?", shown=shown(base, "Twelve fishermen"))
    assert "Forty teachers" in answer.quotes[0].highlight


@pytest.mark.parametrize(
    ("asked", "refers"),
    [
        ("And where are they now?", True),
        ("по каким статьям их осудили?", True),
        ("бұл қашан болды", True),
        ("Who was sentenced?", False),
        ("за что судили учителей?", False),
        ("Which of the two men who carried the boxes to the car said that it was empty?", False),
    ],
)
def test_few_words_with_they_or_it_refer_back(asked: str, refers: bool) -> None:
    assert refers_back(understand(asked)) is refers
