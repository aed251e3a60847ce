"""Whole lists, in whatever words somebody asks for them."""

import pytest

from knowledge.knowledge_base import KnowledgeBase
from knowledge.whole_lists import list_asked_for


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Please list every call the European Parliament makes in this text.", "en"),
        ("all demands pls, i'm in a hurry", "en"),
        ("все требования списком, быстро, у меня дедлайн", "ru"),
        ("Какие требования содержит резолюция?", "ru"),
        ("Қарардағы барлық талаптарды көрсетіңізші, өтінем", "kk"),
    ],
)
def test_everything_demanded(base: KnowledgeBase, question: str, language: str) -> None:
    answer = base.ask(question)
    assert [quote.passage.paragraph for quote in answer.quotes] == [1, 4, 5, 6, 6, 7, 8]
    assert answer.language == language


@pytest.mark.parametrize(
    "question",
    [
        "What does the Parliament demand of the authorities?",
        "list everything the parliament demands of the authorities",
        "What does the EP demand of Kazakhstan, all points please",
        "Перечислите всё, чего требует Европарламент от властей",
        "все требования европарламента к казахстану списком пож",
        "что именно требует европарламент от казахстана, все пункты пожалуйста",
    ],
)
def test_everything_demanded_of_a_state(base: KnowledgeBase, question: str) -> None:
    answer = base.ask(question)
    assert [quote.passage.paragraph for quote in answer.quotes] == [1, 4, 6, 6, 7]


@pytest.mark.parametrize(
    "question",
    [
        "Who are all the people named as cases in the document?",
        "who's in the resolution",
        "Перечислите всех людей, чьи дела упомянуты в документе",
        "Мәтінде кімдердің аты аталған, түгел тізіп беріңізші",
    ],
)
def test_everybody_named(base: KnowledgeBase, question: str) -> None:
    assert base.ask(question).people == base.people.people


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Who is named in the appeal?", "en"),
        ("Who is not named?", "en"),
        ("Who wrote the text?", "en"),
        ("What does the Parliament demand about torture?", "en"),
        ("Кто не назван?", "ru"),
        ("Кто написал текст?", "ru"),
        ("Кого требуют освободить?", "ru"),
        ("Мәтінді кім жазды?", "kk"),
        ("Who is named, and who wrote the appeal?", "en"),
    ],
)
def test_one_more_word_asks_for_something_else(question: str, language: str) -> None:
    assert list_asked_for(question, language, lambda _: True) is None


def test_names_of_others_are_no_list_of_people(base: KnowledgeBase) -> None:
    answer = base.ask("Give me the names of the 129 people behind the complaint")
    assert (answer.status, answer.people) == ("not_found", ())


@pytest.mark.parametrize(
    "question",
    [
        "What does the DCK demand?",
        "Чего требует ДВК?",
        "ҚДТ не талап етеді?",
        "What did the EEAS call on the European Parliament to do?",
        "Что ДВК потребовал от Европарламента?",
        "Қазақстан билігі Еуропарламентке қандай талап қойды?",
    ],
)
def test_demands_of_others_and_of_parliament_are_none_of_its_demands(
    base: KnowledgeBase, question: str
) -> None:
    assert base.ask(question).status == "not_found"


@pytest.mark.parametrize(
    ("question", "paragraphs"),
    [
        ("What does the resolution demand of Kazakhstan?", [1, 4, 6, 6, 7]),
        ("Что должны сделать власти Казахстана?", [1, 4, 6, 6, 7]),
        ("Астанадағы ЕО өкілдігінен не сұрайды?", [8]),
    ],
)
def test_whom_something_is_demanded_of_is_not_who_demands(
    base: KnowledgeBase, question: str, paragraphs: list[int]
) -> None:
    assert [quote.passage.paragraph for quote in base.ask(question).quotes] == paragraphs


def test_what_is_not_demanded_is_no_list_of_demands(base: KnowledgeBase) -> None:
    assert base.ask("Which prisoners does the EP not want to be released?").status == "not_found"
