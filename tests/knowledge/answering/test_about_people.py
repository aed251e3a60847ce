"""Questions about named people, what is demanded, and conversations that go on about somebody."""

import pytest

from knowledge.knowledge_base import KnowledgeBase
from knowledge.quotes.labels import label
from tests.knowledge.conftest import Know


def highlights(base: KnowledgeBase, question: str) -> list[str]:
    return [quote.highlight for quote in base.ask(question).quotes]


def paragraphs(base: KnowledgeBase, question: str) -> list[int]:
    return [quote.passage.paragraph for quote in base.ask(question).quotes]


@pytest.mark.parametrize(
    ("question", "name", "where"),
    [
        ("Who is Iskander Yerimbetov?", "Iskander Yerimbetov", [5, 7, 11]),
        ("Tell me about Max Bokaev", "Maks Bokayev", [5]),
        ("Жәкішевтің ісі туралы не айтылған?", "Mukhtar Dzhakishev", [5]),
        ("Что сказано о Джумаеве?", "Ablovas Dzhumayev", [3, 4, 4]),
        ("Aset Abishev", "Aset Abishev", [4, 4]),
    ],
)
def test_a_person_gets_every_sentence_that_speaks_of_them_in_order(
    base: KnowledgeBase, question: str, name: str, where: list[int]
) -> None:
    answer = base.ask(question)
    assert [person.name for person in answer.people] == [name]
    assert paragraphs(base, question) == where
    assert answer.is_whole


def test_one_of_two_things_asked_about_need_not_be_said(base: KnowledgeBase) -> None:
    assert paragraphs(base, "Was Bokayev let out, or is he still in prison?") == [5]
    assert paragraphs(base, "Did the Parliament welcome the ban on DCK or condemn it?")[0] == 1
    assert base.ask("Did the Parliament welcome the ban on DCK?").status == "not_found"
    assert base.ask("Was Yerimbetov killed or pardoned?").status == "not_found"


def test_the_sentence_that_answers_comes_first(base: KnowledgeBase) -> None:
    assert paragraphs(base, "What did the UN say about Yerimbetov?")[0] == 7
    assert paragraphs(base, "Почему осудили Джумаева?") == [4, 3]
    assert paragraphs(base, "Is Kenzhebek Abishev a poet or a blogger?")[0] == 4
    assert paragraphs(base, "Санат Букенов деген кім?") == [5]
    assert paragraphs(base, "Сакен Тулбаев до сих пор сидит?") == [5]
    assert paragraphs(base, "What was Kenzhebek Abishev really convicted of?") == [4]


@pytest.mark.parametrize(
    "question",
    [
        "How old is Maks Bokayev?",
        "When was Aron Atabek released?",
        "What is the name of Yerimbetov's lawyer?",
        "What did Aigul Akberdiyeva say about Julie Ward during the debate?",
        "Что Айгуль Акбердиева рассказала о своём муже?",
    ],
)
def test_what_is_not_said_of_somebody_is_declined(base: KnowledgeBase, question: str) -> None:
    assert base.ask(question).status == "not_found"


@pytest.mark.parametrize(
    "question",
    [
        "Who is Serik Bokayev?",
        "Who is Alexei Navalny?",
        "Кто такой Нурсултан Назарбаев?",
        "what did putin say about torture of yerimbetov",
        "who is masimov",
        "why was tokayev sentenced",
        "путин кім",
    ],
)
def test_a_stranger_is_not_mentioned(base: KnowledgeBase, question: str) -> None:
    answer = base.ask(question)
    assert (answer.status, answer.reason, answer.quotes) == ("not_found", "stranger", ())


@pytest.mark.parametrize(
    ("question", "reason", "names"),
    [
        ("Who is Abishev?", "which_one", ["Kenzhebek Abishev", "Aset Abishev"]),
        ("Кто такой Абишев?", "which_one", ["Kenzhebek Abishev", "Aset Abishev"]),
        ("Who is Maks Bokaeyv?", "did_you_mean", ["Maks Bokayev"]),
    ],
)
def test_a_name_in_doubt_is_asked_back(
    base: KnowledgeBase, question: str, reason: str, names: list[str]
) -> None:
    answer = base.ask(question)
    assert (answer.status, answer.reason) == ("clarify", reason)
    assert [person.name for person in answer.options] == names
    assert answer.quotes == ()


@pytest.mark.parametrize(
    ("question", "is_of_now"),
    [
        ("Is Bokayev in prison?", True),
        ("Бокаев сейчас на свободе?", True),
        ("Боқаев қазір қайда?", True),
        ("Who is Bokayev?", False),
    ],
)
def test_news_of_somebody_is_marked_as_out_of_reach(
    base: KnowledgeBase, question: str, is_of_now: bool
) -> None:
    answer = base.ask(question)
    assert answer.status == "answered"
    assert answer.is_of_now is is_of_now


@pytest.mark.parametrize(
    "question",
    [
        "What does the resolution demand?",
        "Перечислите все требования резолюции",
        "Қарар не талап етеді?",
    ],
)
def test_all_demands_are_listed_in_order(base: KnowledgeBase, question: str) -> None:
    answer = base.ask(question)
    assert paragraphs(base, question) == [1, 4, 5, 6, 6, 7, 8]
    assert all(label(quote.highlight, "en") == "demand" for quote in answer.quotes)
    assert answer.is_whole


@pytest.mark.parametrize(
    ("question", "where"),
    [
        ("What does it demand on torture?", [6, 7]),
        ("What does the EP ask of the EEAS?", [8]),
        ("What does the resolution demand of the government?", [1, 4, 5, 6, 6, 7]),
        ("What does the EP urge the government to do about torture?", [6, 7]),
        ("What does the Parliament demand for Zhumagulov?", [4, 4]),
        ("What does the resolution demand of the UN?", []),
        ("What does the Parliament demand for Yerimbetov?", [7, 5]),
        ("Чего парламент требует от правительства?", [1, 4, 5, 6, 6, 7]),
        ("Қарар азаптау туралы не талап етеді?", [6, 7]),
        ("What does it demand of the authorities and the EU institutions?", [1, 4, 5, 6, 6, 7, 8]),
        ("What does it demand of Kazakhstan and the UN?", []),
    ],
)
def test_demands_on_something_are_those_concerned(
    base: KnowledgeBase, question: str, where: list[int]
) -> None:
    assert paragraphs(base, question) == where


def test_what_the_text_calls_somebody_tells_namesakes_apart(base: KnowledgeBase) -> None:
    assert [p.name for p in base.ask("Who is the poet Abishev?").people] == ["Kenzhebek Abishev"]


def test_a_name_that_was_asked_back_is_answered_once_it_is_chosen(base: KnowledgeBase) -> None:
    question = "Is Abishev in prison?"
    _, aset = base.ask(question).options
    answer = base.ask(question, meant=aset)
    assert (answer.status, answer.people, answer.is_of_now) == ("answered", (aset,), True)


def test_a_chosen_person_stays_chosen_when_asked_in_other_words(base: KnowledgeBase) -> None:
    question = "Why was Abishev put away?"
    _, aset = base.ask(question).options
    assert base.ask(question, meant=aset).people == (aset,)
    assert base.ask("Why was he put away?", about=aset).people == (aset,)


@pytest.mark.parametrize(
    "question",
    ["Where does Bokayev live?", "Does Bokayev have children?", "Кто адвокат Бокаева?"],
)
def test_what_is_said_of_others_is_not_said_of_somebody(base: KnowledgeBase, question: str) -> None:
    assert base.ask(question).status == "not_found"


def test_a_husband_is_found_by_his_wife(base: KnowledgeBase) -> None:
    (said,) = highlights(base, "Who is Akberdiyeva's husband?")
    assert "Ablovas Dzhumayev and his wife" in said


@pytest.mark.parametrize(
    "question",
    ["Who is named in the resolution?", "назовите всех людей из текста", "Құжатта кімдер аталған?"],
)  # fmt: skip
def test_everybody_named_is_listed(base: KnowledgeBase, question: str) -> None:
    answer = base.ask(question)
    assert len(answer.people) == 13
    assert [quote.passage.paragraph for quote in answer.quotes] == [3, 4, 5, 7, 11]


def test_a_conversation_goes_on_about_the_last_person(base: KnowledgeBase) -> None:
    (yerimbetov,) = base.ask("Who is Iskander Yerimbetov?").people
    followed = base.ask("What did the UN say about him?", yerimbetov)
    assert followed.is_follow_up
    assert "his arrest and detention were arbitrary" in followed.quotes[0].highlight
    assert [q.passage.paragraph for q in base.ask("а его дело?", yerimbetov).quotes] == [5, 7, 11]
    (akberdiyeva,) = base.ask("Who is Aigul Akberdiyeva?").people
    children = base.ask("And her children?", akberdiyeva)
    assert "a mother of four" in children.quotes[0].highlight


@pytest.mark.parametrize(
    "question",
    ["Who is Julie Ward?", "Which movement was banned?", "What does the resolution demand?"],
)
def test_another_subject_is_not_pulled_back(base: KnowledgeBase, question: str) -> None:
    (yerimbetov,) = base.ask("Who is Iskander Yerimbetov?").people
    assert base.ask(question, yerimbetov) == base.ask(question)


@pytest.mark.parametrize(
    "question",
    [
        "Is Bokayev's lawyer in prison?",
        "What did Maks Bokayev say?",
        "What does Maks Bokayev demand?",
    ],
)
def test_somebody_elses_news_and_words_are_declined(base: KnowledgeBase, question: str) -> None:
    assert base.ask(question).quotes == ()


@pytest.mark.parametrize(
    "question",
    [
        "Mr. Yerimbetov",
        "Tell me about the Bokayev case",
        "Did the Parliament mention Bokayev?",
        "What does the article say about Maks Bokayev?",
        "Что говорится в статье о Максе Бокаеве?",
    ],
)
def test_words_that_frame_a_question_ask_for_nothing(base: KnowledgeBase, question: str) -> None:
    assert base.ask(question).is_whole


@pytest.mark.parametrize(
    "question",
    [
        "Under which article was Maks Bokayev convicted?",
        "What is the article Maks Bokayev was convicted under?",
        "What does the article 405 punish Maks Bokayev for?",
        "По какой статье осуждён Макс Бокаев?",
        "Что сказано о Максе Бокаеве в статье 174?",
    ],
)
def test_an_article_of_a_law_must_be_named(base: KnowledgeBase, question: str) -> None:
    assert base.ask(question).quotes == ()


def test_a_mans_whole_name_in_a_case_is_his(base: KnowledgeBase) -> None:
    assert base.ask("Макса Бокаева").is_whole


def test_him_with_nobody_spoken_of_is_asked_back(base: KnowledgeBase) -> None:
    answer = base.ask("Is he in prison?")
    assert (answer.status, answer.reason) == ("clarify", "whom")


@pytest.mark.parametrize("question", ["Кто такая Бокаева?", "Бокаева", "Жұмағұлова кім?"])
def test_a_womans_surname_is_not_taken_for_a_mans(base: KnowledgeBase, question: str) -> None:
    assert base.ask(question).status == "clarify"


def test_a_stranger_ends_what_was_spoken_of(base: KnowledgeBase) -> None:
    bokayev = base.ask("Who is Maks Bokayev?").spoken_of(None)
    assert bokayev is not None
    assert base.ask("Which movement was banned?").spoken_of(bokayev) is bokayev
    assert base.ask("Who is Serik Bokayev?").spoken_of(bokayev) is None
    assert base.ask("Who is Abishev?").spoken_of(bokayev) is None


@pytest.mark.parametrize(
    "question",
    [
        "Where is Mukhtar Dzhakishev being held?",
        "Is Aset Abishev an extremist?",
        "Is Aron Atabek ill?",
        "Did Maks Bokayev die?",
        "Who arrested Yerimbetov?",
        "Is Julie Ward in prison?",
        "What is Bokayev's profession?",
        "Есть ли дети у Джумаева?",
        "Ерімбетов қашан босатылды?",
    ],
)
def test_an_attribute_that_is_not_given_is_declined(base: KnowledgeBase, question: str) -> None:
    assert base.ask(question).quotes == ()


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("Who is Dzhumayev's wife?", "his wife Aigul Akberdiyeva"),
        ("How many children does Akberdiyeva have?", "a mother of four"),
        ("What is Kenzhebek Abishev's profession?", "poet Kenzhebek Abishev"),
        ("Is Bokayev in prison?", "currently in jail"),
        ("За что осудили Кенжебека Абишева?", "on extremism charges"),
        ("Алмат Жұмағұлов кім болып жұмыс істейді?", "civil activist Almat Zhumagulov"),
    ],
)
def test_an_attribute_that_is_given_is_shown(
    base: KnowledgeBase, question: str, shown: str
) -> None:
    assert shown in highlights(base, question)[0]


@pytest.mark.parametrize(
    "question",
    [
        "What did Julie Ward say about Bokayev?",
        "Арон Атабек не деді?",
        "Is Atabek a friend of Yerimbetov?",
    ],
)
def test_words_and_ties_are_not_made_up(base: KnowledgeBase, question: str) -> None:
    assert base.ask(question).quotes == ()


def test_who_is_said_to_speak_is_quoted(base: KnowledgeBase) -> None:
    (said,) = highlights(base, "What did Julie Ward say?")
    assert "MEP Julie Ward mentioned during the debate" in said


@pytest.mark.parametrize(
    "question",
    [
        "I am looking for my brother Saken Tulbayev, is there any information?",
        "Добрый день! Я ищу сведения о своём родственнике, Сакене Тулбаеве. Есть ли что-нибудь?",
        "kto takoi Tulbaev",
    ],
)
def test_who_asks_and_how_is_no_part_of_what_is_asked(base: KnowledgeBase, question: str) -> None:
    (said,) = highlights(base, question)
    assert "Saken Tulbayev" in said


def test_a_woman_named_in_full_is_not_asked_back(base: KnowledgeBase) -> None:
    assert base.ask("Кто такая Айгуль Акбердиева?").status == "answered"


def test_a_name_is_not_put_right_to_be_somebody_elses(base: KnowledgeBase) -> None:
    assert base.ask("what do you know about tokayev").quotes == ()


def test_a_part_of_a_question_still_needs_a_date(base: KnowledgeBase) -> None:
    (bokayev,) = base.ask("Who is Maks Bokayev?").people
    assert base.ask("And how old is he?", bokayev).status == "not_found"


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("The writer Anna Karimova was born in 1897.", "In what year was Anna Karimova born?"),
        ("Жазушы Әнуар Сәдуақасов 1897 жылы туған.", "Әнуар Сәдуақасов қай жылы туған?"),
        ("Жазушы Әнуар Сәдуақасовтың кітабы 1897 жылы шықты.", "Сәдуақасовтың кітабы қашан шықты?"),
    ],
)
def test_the_words_that_ask_when_and_whose_need_not_be_said(
    know: Know, text: str, question: str
) -> None:
    assert highlights(know(a=f"{text}\n\nThe mill burned down."), question) == [text]


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("I live in Lyon and worry about Aigul. What does it say of Aigul Akberdiyeva?", "Aigul"),
        ("Мы из Лиона. За что осудили Абловаса Джумаева?", "Ablovas Dzhumayev"),
        ("We are friends of Maks Bokayev in Lyon. What is demanded for him?", "Maks Bokayev"),
    ],
)
def test_where_somebody_asks_from_is_not_asked_about(
    base: KnowledgeBase, question: str, shown: str
) -> None:
    assert shown in highlights(base, question)[0]


@pytest.mark.parametrize(
    "asked",
    [
        "what does the parliament want from kazakhstan",
        "Чего Парламент требует от властей Казахстана?",
        "еуропарламент қазақстаннан не талап етеді?",
    ],
)
def test_a_demand_that_names_nobody_is_made_of_the_state(base: KnowledgeBase, asked: str) -> None:
    said = [quote.highlight for quote in base.ask(asked).quotes]
    assert any("full rehabilitation and immediate release" in one for one in said)
    assert not any("trial observation missions" in one for one in said)  # of the EEAS


def test_a_demand_of_the_parliament_is_not_one_of_whom_it_is_for(base: KnowledgeBase) -> None:
    assert "release" in highlights(base, "Maks Bokayev what does the Parliament demand")[0]
    assert base.ask("What does Maks Bokayev demand?").quotes == ()
