"""What a question takes over from the conversation: "her husband", "who said that?", "him"."""

import pytest

from knowledge.answering.carried import is_of_nobody_said
from knowledge.knowledge_base import KnowledgeBase
from knowledge.people.person import Person
from knowledge.quotes.answers import Answer


def called(base: KnowledgeBase, name: str) -> Person:
    return next(person for person in base.people.people if person.name == name)


def names(answer: Answer) -> list[str]:
    return [person.name for person in answer.people]


@pytest.mark.parametrize(
    ("about", "asked", "meant"),
    [
        ("Aigul Akberdiyeva", "And her husband?", "Ablovas Dzhumayev"),
        ("Aigul Akberdiyeva", "Кто её муж?", "Ablovas Dzhumayev"),
        ("Ablovas Dzhumayev", "Who is his wife?", "Aigul Akberdiyeva"),
        ("Ablovas Dzhumayev", "Оның әйелі кім?", "Aigul Akberdiyeva"),
        ("Ablovas Dzhumayev", "а жена его что?", "Aigul Akberdiyeva"),
        ("Aigul Akberdiyeva", "күйеуі кім", "Ablovas Dzhumayev"),
    ],
)
def test_somebodys_wife_is_who_the_document_says_she_is(
    base: KnowledgeBase, about: str, asked: str, meant: str
) -> None:
    answer = base.ask(asked, called(base, about))
    assert names(answer) == [meant]
    assert answer.is_follow_up
    spoken_of = answer.spoken_of(called(base, about))
    assert spoken_of is not None
    assert spoken_of.name == meant


@pytest.mark.parametrize(
    ("about", "asked", "said"),
    [
        ("Aset Abishev", "how long", "sentenced to several years"),
        ("Aset Abishev", "какой срок", "sentenced to several years"),
        ("Aset Abishev", "не үшін?", "extremism charges"),
        ("Aigul Akberdiyeva", "any children?", "a mother of four"),
    ],
)
def test_a_question_for_what_people_have_is_about_whom_was_spoken_of(
    base: KnowledgeBase, about: str, asked: str, said: str
) -> None:
    answer = base.ask(asked, called(base, about))
    assert answer.is_follow_up
    assert names(answer) == [about]
    assert said in answer.quotes[0].highlight


@pytest.mark.parametrize(
    "asked",
    [
        "torture",  # not of him, but of no one in particular
        "who was tortured",  # asks for others
        "How many citizens signed the appeal?",
        "when was the complaint presented",
        "имя судьи",
        "the judge's name",
    ],
)
def test_no_other_question_is_about_whom_was_spoken_of(base: KnowledgeBase, asked: str) -> None:
    about = called(base, "Maks Bokayev")
    answer = base.ask(asked, about)
    assert not answer.is_follow_up
    assert answer.quotes == base.ask(asked).quotes


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        *((asked, "whom") for asked in ("why?", "how long?", "За что?", "неге?")),
        *((asked, "what_to_ask") for asked in ("who?", "how many?", "кім?")),
    ],
)
def test_a_question_word_alone_is_answered_with_no_sentence(
    base: KnowledgeBase, asked: str, reason: str
) -> None:
    answer = base.ask(asked)
    assert answer.quotes == ()
    assert answer.reason == reason


@pytest.mark.parametrize("asked", ["any children?", "жив?", "how old?", "за что?"])
def test_what_is_said_of_others_is_no_answer_about_whom_was_spoken_of(
    base: KnowledgeBase, asked: str
) -> None:
    answer = base.ask(asked, called(base, "Maks Bokayev"))
    assert (answer.status, names(answer)) == ("not_found", ["Maks Bokayev"])


@pytest.mark.parametrize("asked", ["And his wife?", "әйелі кім"])
def test_a_relative_whom_no_document_names_is_nobody(asked: str, base: KnowledgeBase) -> None:
    answer = base.ask(asked, called(base, "Maks Bokayev"))
    assert (answer.status, answer.is_follow_up) == ("not_found", True)


@pytest.mark.parametrize("asked", ["Who said that?", "кто это сказал?", "Мұны кім айтты?"])
def test_who_said_that_is_whoever_the_quote_shown_names(base: KnowledgeBase, asked: str) -> None:
    before = base.shown(base.ask("What did Julie Ward say?"))
    answer = base.ask(asked, shown=before)
    assert names(answer) == ["Julie Ward"]
    (shown,) = answer.quotes
    assert shown.who is not None
    assert shown.passage.sentence_text(shown.who) == "MEP Julie Ward"
    about = called(base, "Aigul Akberdiyeva")
    assert base.ask(asked, about, shown=before).spoken_of(about) == about


def test_who_names_something_asks_for_no_more_of_what_was_shown(base: KnowledgeBase) -> None:
    before = base.shown(base.ask("What did Julie Ward say?"))
    answer = base.ask("ал EEAS ше", shown=before)
    assert "EEAS" in answer.quotes[0].highlight


def test_of_words_of_the_document_itself_it_is_who_published_it(base: KnowledgeBase) -> None:
    before = base.shown(base.ask("When was the collective complaint presented?"))
    answer = base.ask("Who said that?", shown=before)
    assert (answer.reason, len(answer.documents)) == ("author", 1)
    assert base.ask("Who said that?").reason == "which_words"


@pytest.mark.parametrize(
    "asked",
    ["What did the UN say about him?", "Что ООН сказала о нём?", "а её муж?", "What about him?"],
)
def test_who_has_spoken_of_nobody_is_asked_whom(base: KnowledgeBase, asked: str) -> None:
    assert base.ask(asked).reason == "whom"


def test_he_is_not_who_speaks_of_him(base: KnowledgeBase) -> None:
    asked = "What did Julie Ward say about him?"
    assert base.ask(asked).reason == "whom"
    # She says nothing of Bokayev, and of Dzhumayev she does.
    assert base.ask(asked, called(base, "Maks Bokayev")).status == "not_found"
    answer = base.ask(asked, called(base, "Ablovas Dzhumayev"))
    assert set(names(answer)) == {"Julie Ward", "Ablovas Dzhumayev"}


@pytest.mark.parametrize(
    "asked",
    [
        "What illness killed her?",
        "I heard a judge lost her job. What was said about her?",
        "Какой закон приняли и что о нём говорят?",
        "Did the mother who came say anything about him?",
    ],
)
def test_who_is_told_in_the_question_is_not_asked_back(asked: str) -> None:
    assert not is_of_nobody_said(asked)


@pytest.mark.parametrize(
    ("before", "asked"),
    [
        ("Who is Elena Semyonova?", "and what happened to her?"),
        ("Who is Elena Semyonova?", "how long did she get"),
        ("кто такая Елена Семёнова", "за что её преследуют"),
        ("Сергей Петров деген кім", "ол қайда отыр"),
        ("Сергей Петров деген кім", "оның әйелі ше"),
    ],
)
def test_after_a_stranger_he_or_she_is_the_stranger(
    base: KnowledgeBase, before: str, asked: str
) -> None:
    shown = base.shown(base.ask(before))
    answer = base.ask(asked, shown=shown)
    assert (answer.status, answer.reason) == ("not_found", "stranger")
    again = base.shown(answer, shown)
    assert base.ask(asked, shown=again).reason == "stranger"
    # Whoever is named, and whatever else is asked, is answered.
    assert names(base.ask("who is Maks Bokayev", shown=again)) == ["Maks Bokayev"]
    assert base.ask("Which movement was banned?", shown=again).status == "answered"


def test_after_a_stranger_there_is_nothing_more_to_show(base: KnowledgeBase) -> None:
    shown = base.shown(base.ask("Who is Elena Semyonova?"))
    assert base.ask("tell me more", shown=shown).reason == "more_of_what"
    assert base.ask("who said that?", shown=shown).reason == "which_words"
