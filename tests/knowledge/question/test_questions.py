"""What a question is understood as: language, names, what it asks for, small talk."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.question.questions import Kind, holds, understand


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Who is Maks Bokayev?", "en"),
        ("maks bokayev", "en"),
        ("Кто такой Макс Бокаев?", "ru"),
        ("Макс Бокаев", "ru"),
        ("Что говорит резолюция о Мұхтаре Джакишеве и других?", "ru"),
        ("Мұхтар Жәкішев кім?", "kk"),
        ("Қарарда не айтылған?", "kk"),
        ("Резолюция туралы айтып бер", "kk"),
        ("Макс Бокаев ким?", "kk"),
        ("Кто такая Юлия Ким?", "ru"),
        ("Что такое Open Dialogue Foundation?", "ru"),
        ("Кто такой Maks Bokayev?", "ru"),
        ("Yerimbetov кім?", "kk"),
        ("Кто автор Summa theologica?", "ru"),
        ("Что сказал европейский парламент об ODF?", "ru"),
        ("Who is Мұрат?", "en"),
        ("123", "en"),
        ("", "en"),
        ("😀 ?!", "en"),
        ("¿Quién es?", "en"),
    ],
)
def test_language_of_a_question(text: str, language: str) -> None:
    assert understand(text).language == language


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Who is Maks Bokayev?", ("Maks", "Bokayev")),
        ("who is maks bokayev", ()),
        ("Where was Iskander Yerimbetov on 14.03.2019?", ("Iskander", "Yerimbetov", "14.03.2019")),
        ("129 citizens", ("129",)),
        ("where can I find Bokayev", ("Bokayev",)),
        ("What did the EU do?", ("EU",)),
        ("What about O'Neill and Al-Farabi’s?", ("O'Neill", "Al-Farabi’s")),
        ("Кто такой Макс Бокаев?", ("Макс", "Бокаев")),
        ("Ақын Кенжебек Әбішев қайда?", ("Кенжебек", "Әбішев")),
        ("?!", ()),
        ("", ()),
    ],
)
def test_names_are_capitals_inside_and_numbers(text: str, names: tuple[str, ...]) -> None:
    assert understand(text).names == names


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("When did they vote?", "date"),
        ("“When was it?”", "date"),
        ("Since when is he in prison?", "date"),
        ("In what year was he born?", "date"),
        ("Когда была принята резолюция?", "date"),
        ("С какого года он в тюрьме?", "date"),
        ("В каком месяце?", "date"),
        ("Қашан қабылданды?", "date"),
        ("Ол қай жылы туды?", "date"),
        ("How many citizens signed?", "number"),
        ("how OLD is he?", "age"),
        ("Сколько лет Лапину?", "age"),
        ("На сколько лет посадили Лапина?", "number"),
        ("Сколько граждан подписали?", "number"),
        ("Қанша адам қол қойды?", "number"),
        ("Неше адам?", "number"),
        ("What happened when he was released?", None),
        ("Who is he?", None),
        ("Show me how", None),
        ("Бірнеше адам туралы айт", None),
        ("", None),
    ],
)
def test_what_a_question_asks_for(text: str, kind: str | None) -> None:
    assert understand(text).asks_for == kind


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("date", "in January", True),
        ("date", "14.03", True),
        ("date", "в феврале", True),
        ("date", "2 мая", True),
        ("date", "қаңтарда", True),
        ("date", "a poet was jailed", False),
        ("date", "поэта посадили", False),
        ("number", "a mother of four", True),
        ("number", "over 500", True),
        ("number", "трое из пяти", True),
        ("number", "бес бала", True),
        ("number", "a mother of children", False),
        ("number", "someone", False),
        ("number", "семья поэта", False),
        ("number", "", False),
    ],
)
def test_whether_a_text_holds_a_date_or_a_number(kind: str, text: str, expected: bool) -> None:
    assert holds(kind, text) is expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Hi, who is Maks Bokayev?", "who is Maks Bokayev?"),
        ("Thanks. Who is Julie Ward?", "Who is Julie Ward?"),
        ("Good evening! Could you please tell me who signed? Thank you.", "who signed?"),
        ("Здравствуйте, подскажите, пожалуйста, кто подписал?", "кто подписал?"),
        ("Сәлеметсіз бе! Кім қол қойды, айтып бересіз бе?", "Кім қол қойды?"),
        ("Меня зовут Анна. Кто подписал?", "Кто подписал?"),
        ("Пока Бокаев в тюрьме?", "Пока Бокаев в тюрьме?"),
        ("ok boomer", "ok boomer"),
        ("ok so who is Bokayev", "who is Bokayev"),
        ("Okay who is Bokayev", "who is Bokayev"),
        ("Right to a fair trial?", "Right to a fair trial?"),
        ("need a quote on torture", "torture"),
        ("понятно а кто подписал", "кто подписал"),
        ("жарайды, ал кім қол қойды", "кім қол қойды"),
        ("Please", "Please"),
    ],
)
def test_courtesy_is_no_part_of_a_question(text: str, asked: str) -> None:
    assert understand(text).text == asked


@given(st.text(), st.sampled_from([" ", "\n", "\t ", "\r\n", "\u00a0"]))
def test_white_space_is_no_part_of_a_question(text: str, space: str) -> None:
    written = space + space.join(text.split()) + space
    assert understand(written) == understand(text)
    assert understand(text).text == " ".join(text.split())


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("number", "Он пришёл домой"),
        ("number", "No one came"),
        ("date", "He may come"),
        ("date", "They marched"),
        ("date", "вектор"),
    ],
)
def test_words_that_only_look_like_numbers_and_dates_are_none(kind: Kind, text: str) -> None:
    assert not holds(kind, text)


def test_half_a_character_is_no_reason_to_fail() -> None:
    assert understand("who \ud800?").text == "who ??"
