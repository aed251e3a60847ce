"""Full names: who is one person, and who is another of the same given name or surname."""

from pathlib import Path

import pytest
import yaml

from knowledge.people.naming import People
from knowledge.people.people import Named
from knowledge.people.person import Person
from knowledge.people.surname_forms import is_womans, may_be_hers
from knowledge.reading.documents import Block, Document
from knowledge.words.detection import detect
from tests.knowledge.people.named import named_in

PAIRS = yaml.safe_load(Path(__file__).with_name("full_name_pairs.yaml").read_text("utf-8"))
ASKED = {
    "en": ["{}", "Who is {}?", "Was {} arrested in May?"],
    "ru": ["{}", "Кто такой {}?", "Что сказано в деле о {}?"],
    "kk": ["{}", "{} кім?", "Құжатта {} туралы не айтылған?"],
}


def outcomes(names: list[str], question: str) -> list[tuple[str, list[str]]]:
    people = [Person(f"p_{i}", name, (), None, False, ()) for i, name in enumerate(names)]
    found = People(people).resolve(question)
    return [(naming.outcome, [person.name for person in naming.people]) for naming in found]


def named(text: str, language: str | None = None) -> tuple[Document, Named]:
    document = Document(
        "d", "T", text, (Block("paragraph", 0, len(text)),), language or detect(text)
    )
    return document, named_in([document])


def mentions(text: str, language: str | None = None) -> dict[str, list[str]]:
    document, found = named(text, language)
    return {
        person.name: [document.text[m.start : m.end] for m in person.mentions]
        for person in found.people
    }


def test_there_are_enough_pairs() -> None:
    assert len(PAIRS["same"]) + len(PAIRS["other"]) >= 80


def test_one_person_is_known() -> None:
    wrong = []
    for language, written, asked in PAIRS["same"]:
        for question in (phrase.format(asked) for phrase in ASKED[language]):
            if outcomes([written], question) != [("exact", [written])]:
                wrong.append((written, question))
    assert wrong == []


def test_another_person_is_not_answered() -> None:
    answered = []
    for language, written, asked in PAIRS["other"]:
        for question in (phrase.format(asked) for phrase in ASKED[language]):
            found = {outcome for outcome, _ in outcomes([written], question)}
            if not found <= {"near", "stranger"}:
                answered.append((written, question))
    assert answered == []


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Пётр Анатольевич Воронов", "Пётр Антольевич Воронов"),
        ("П. С. Воронов", "Пётр Сергеевич Воронов"),
        ("John Smith", "John Smith Jr."),
        ("John Smith", "John Paul Smith"),
        ("Кузьма Петров-Водкин", "Петров"),
        ("Rustam Karimov", "Rustam Karimova"),
        ("Гульнара Каримова", "Каримов"),
    ],
)
def test_what_is_in_doubt_is_asked_back_about(written: str, asked: str) -> None:
    assert outcomes([written], asked) == [("near", [written])]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Пётр Воронов", ("shared", ["Пётр Иванович Воронов", "Пётр Сергеевич Воронов"])),
        ("Воронов", ("shared", ["Пётр Иванович Воронов", "Пётр Сергеевич Воронов"])),
        ("П. И. Воронов", ("exact", ["Пётр Иванович Воронов"])),
        ("Пётр Сергеевич", ("exact", ["Пётр Сергеевич Воронов"])),
        ("Пётр Олегович Воронов", ("stranger", [])),
    ],
)
def test_two_of_one_name_are_asked_back_about(
    question: str, expected: tuple[str, list[str]]
) -> None:
    names = ["Пётр Иванович Воронов", "Пётр Сергеевич Воронов"]
    assert outcomes(names, question) == [expected]


def test_father_and_son_are_asked_back_about() -> None:
    names = ["John Smith Sr.", "John Smith Jr."]
    assert outcomes(names, "Who is John Smith?") == [("shared", names)]
    assert outcomes(names, "Who is John Smith Jr.?") == [("exact", ["John Smith Jr."])]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Bokayev, Max and Atabek, Aron", ["Maks Bokayev", "Aron Atabek"]),
        ("Bokayev, Atabek", ["Maks Bokayev", "Aron Atabek"]),
        ("What of Bokayev, Aron Atabek?", ["Maks Bokayev", "Aron Atabek"]),
    ],
)
def test_a_comma_turns_a_name_or_parts_two(question: str, expected: list[str]) -> None:
    found = outcomes(["Maks Bokayev", "Aron Atabek"], question)
    assert found == [("exact", [name]) for name in expected]


# --- In documents ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Zhang Wei said the court was closed. Li Na was his lawyer.",
            {"Zhang Wei": ["Zhang Wei"], "Li Na": ["Li Na"]},
        ),
        (
            "The judge, John Smith Jr., spoke. John Smith Sr. was his father. Henry Ford III came.",
            {
                "John Smith Jr.": ["John Smith Jr."],
                "John Smith Sr.": ["John Smith Sr."],
                "Henry Ford III": ["Henry Ford III"],
            },
        ),
        (
            "Omar al-Bashir was tried. Osama bin Laden was killed. Simone de la Cruz came."
            " Juan Pablo de los Santos left.",
            {
                "Omar al-Bashir": ["Omar al-Bashir"],
                "Osama bin Laden": ["Osama bin Laden"],
                "Simone de la Cruz": ["Simone de la Cruz"],
                "Juan Pablo de los Santos": ["Juan Pablo de los Santos"],
            },
        ),
        (
            "Signed: Bokayev, Max; Atabek, Aron; Smith, John.",
            {
                "Max Bokayev": ["Bokayev, Max"],
                "Aron Atabek": ["Atabek, Aron"],
                "John Smith": ["Smith, John"],
            },
        ),
        (
            "Подписали: Бокаев, Макс; Атабек, Арон.",
            {"Макс Бокаев": ["Бокаев, Макс"], "Арон Атабек": ["Атабек, Арон"]},
        ),
        (
            "Пётр Иванович Воронов и Пётр Сергеевич Воронов спорили. Воронов ушёл. Пётр Воронов "
            "молчал.",
            {
                "Пётр Иванович Воронов": ["Пётр Иванович Воронов"],
                "Пётр Сергеевич Воронов": ["Пётр Сергеевич Воронов"],
            },
        ),
        (
            "П. С. Воронов подал жалобу. Пётр Иванович Воронов возразил. Позже Пётр Сергеевич "
            "Воронов уехал.",
            {
                "Пётр Сергеевич Воронов": ["П. С. Воронов", "Пётр Сергеевич Воронов"],
                "Пётр Иванович Воронов": ["Пётр Иванович Воронов"],
            },
        ),
        (
            "Серік Болатұлы Ахметов келді. Серік Нұрланұлы Ахметов сөйледі.",
            {
                "Серік Болатұлы Ахметов": ["Серік Болатұлы Ахметов"],
                "Серік Нұрланұлы Ахметов": ["Серік Нұрланұлы Ахметов"],
            },
        ),
        (
            "Ахмет Мамед оглы Алиев приехал. Серик Болат улы Нурланов выступил.",
            {
                "Ахмет Мамед оглы Алиев": ["Ахмет Мамед оглы Алиев"],
                "Серик Болат улы Нурланов": ["Серик Болат улы Нурланов"],
            },
        ),
    ],
    ids=["head", "son", "particles", "turned", "turned-ru", "two", "initials", "kk", "apart"],
)
def test_full_names_are_found_and_told_apart(text: str, expected: dict[str, list[str]]) -> None:
    assert mentions(text) == expected


def test_a_wife_in_an_english_text_is_no_husband() -> None:
    text = (
        "Mrs. Karimova told the press that her husband, Rustam Karimov, had been beaten. "
        "Karimova is a nurse."
    )
    document, found = named(text)
    assert [person.name for person in found.people] == ["Rustam Karimov"]
    assert len(found.people[0].mentions) == 1
    assert {document.text[m.start : m.end] for m in found.others} == {"Karimova"}


@pytest.mark.parametrize(
    ("text", "is_his"),
    [
        ("Дело Каримова закрыто.", True),
        ("Вчера суд отпустил Каримова.", True),
        ("Каримова отпустили в мае.", True),
        ("Адвокат посетил Каримова в тюрьме.", True),
        ("Каримова сообщила об этом прессе.", False),
        ("Позже Каримова арестована не была.", False),
        ("Жалобу подала Каримова.", False),
        ("Полиция задержала Каримова.", False),  # she did it, or he was arrested: in doubt hers
        ("Каримова – медсестра.", False),
        ("Журналистка Каримова уехала.", False),
    ],
)
def test_a_surname_alone_is_his_where_grammar_says_so(text: str, is_his: bool) -> None:
    start = text.index("Каримова")
    assert may_be_hers(text, start, start + len("Каримова"), "ru") is not is_his


def test_kazakh_has_no_such_case() -> None:
    assert may_be_hers("Бұл Каримова ісі.", 4, 12, "kk")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Гульмира Каримова", True),
        ("Динара Сериковна Каримова", True),
        ("Рустама Каримова", False),  # a case of Рустам Каримов
        ("Александра Петрова", False),  # she, or a case of Александр Петров
        ("Рустам Каримов", False),
    ],
)
def test_a_given_name_tells_a_woman(name: str, expected: bool) -> None:
    assert is_womans(name) is expected
