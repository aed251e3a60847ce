"""The outcomes of questions with known answers, asked of the real pipeline."""

from pathlib import Path

import pytest

from bot.settings import Settings
from embeddings.models import Models
from knowledge.evaluation.evaluation import Case, ask, ask_golden, kind_of, of_articles
from knowledge.evaluation.squad import Article, SquadQuestion
from knowledge.knowledge_base import KnowledgeBase
from knowledge.library.golden import Golden
from knowledge.reading.documents import Block, Document

WELL = "The well was dug in 1897. It is forty metres deep."
SCHOOL = "The school opened in 1923. It has two hundred pupils."
BRIDGE = "The bridge over the river is made of oak. It fell in the flood of 1931."


def document(name: str, *paragraphs: str) -> Document:
    blocks, start = [], 0
    for paragraph in paragraphs:
        blocks.append(Block("paragraph", start, start + len(paragraph)))
        start += len(paragraph) + 1
    return Document(name, name, "\n".join(paragraphs), tuple(blocks), "en")


VILLAGE = document("village", WELL, SCHOOL)
RIVER = document("river", BRIDGE)


@pytest.fixture(scope="module")
def village(models: Models, state: Path) -> KnowledgeBase:
    """A knowledge base about a village, with nothing about the river."""
    return KnowledgeBase.build(
        [VILLAGE],
        models,
        cache=state / "evaluation.sqlite",
        false_answer_rate=Settings().answers.false_answer_rate,
    )


def case(text: str, *answers: str, paragraph: int = 1) -> Case:
    return Case(text, "en", answers, "village", paragraph)


def test_the_right_passage_and_sentence_come_first(village: KnowledgeBase) -> None:
    outcome, answer = ask(case("When was the well dug?", "in 1897"), village)
    assert (outcome.passage_rank, outcome.sentence_rank) == (1, 1)
    assert outcome.is_right
    assert outcome.is_best_right
    assert outcome.confidence == answer.confidence
    assert outcome.quotes == outcome.exact == 2  # and the next best passage
    assert outcome.milliseconds > 0
    assert outcome.kind == "when"


def test_the_quotes_that_are_offered_next_count_on(village: KnowledgeBase) -> None:
    # Said to be asked of the other paragraph, whose passage comes second.
    outcome, _ = ask(case("When was the well dug?", "1923", paragraph=2), village)
    assert (outcome.passage_rank, outcome.sentence_rank) == (2, 2)
    assert not outcome.is_right
    assert outcome.is_best_right is False


def test_a_sentence_is_right_only_in_the_right_passage_and_with_the_answer(
    village: KnowledgeBase,
) -> None:
    outcome, _ = ask(case("When was the well dug?", "forty metres"), village)
    assert (outcome.passage_rank, outcome.sentence_rank) == (1, None)
    outcome, _ = ask(case("When was the well dug?", "1897", paragraph=2), village)
    assert outcome.sentence_rank is None


def test_what_is_declined_is_judged_by_what_was_found(village: KnowledgeBase) -> None:
    strict = village.at_rate(0.0)
    outcome, answer = ask(case("When was the well dug?", "in 1897"), strict)
    assert answer.status == "not_found"
    assert outcome.passage_rank is None
    assert not outcome.is_right
    assert outcome.is_best_right
    assert outcome.confidence > 0.5
    assert outcome.quotes == 0


def test_what_is_asked_of_an_article_left_out_has_no_answer(village: KnowledgeBase) -> None:
    articles = (
        Article(VILLAGE, (SquadQuestion("How deep is the well?", 1, ("forty metres",)),)),
        Article(RIVER, (SquadQuestion("What is the bridge made of?", 1, ("oak",)),)),
    )
    here, elsewhere = of_articles(articles, {"river"})
    assert (here.answers, elsewhere.answers) == (("forty metres",), ())
    outcome, _ = ask(elsewhere, village)
    assert not outcome.is_answerable
    assert outcome.status == "not_found"
    assert outcome.is_right
    # Answered all the same, it is wrong.
    outcome, answer = ask(elsewhere, village.at_rate(1.0))
    assert answer.status == "answered"
    assert not outcome.is_right


def test_a_golden_question_is_judged_as_in_a_rehearsal(village: KnowledgeBase) -> None:
    shown, _ = ask_golden(Golden(question="When was the well dug?", shows="in 1897"), village)
    assert shown.is_right
    assert (shown.passage_rank, shown.sentence_rank, shown.language) == (1, 1, "en")
    wrong, _ = ask_golden(Golden(question="When was the well dug?", declined=True), village)
    assert (wrong.is_answerable, wrong.is_right) == (False, False)
    declined, _ = ask_golden(Golden(question="Кто такой Иван Грозный?", declined=True), village)
    assert (declined.is_right, declined.language) == (True, "ru")


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When was it dug?", "when"),
        ("In which year was it dug?", "when"),
        ("How many pupils are there?", "how many"),
        ("How old is the mayor?", "how many"),
        ("Who dug it?", "who"),
        ("Whose well is it?", "who"),
        ("What did those who dug it find?", "other"),
        ("Кто вырыл колодец?", "who"),
        ("Сколько учеников в школе?", "how many"),
        ("Құдықты кім қазды?", "who"),
        ("Мектеп қашан ашылды?", "when"),
        ("Why?", "other"),
    ],
)
def test_the_kind_of_a_question(question: str, kind: str) -> None:
    assert kind_of(question) == kind
