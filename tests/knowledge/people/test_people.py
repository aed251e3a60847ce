"""Who is found in documents, and whom a question names."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from embeddings.models import Models
from knowledge import FOUNDING
from knowledge.errors import KnowledgeError
from knowledge.knowledge_base import KnowledgeBase
from knowledge.people.curated import Curated, check_roles, read_curated
from knowledge.people.naming import People
from knowledge.people.nominative import nominative
from knowledge.people.people import find_named
from knowledge.reading.documents import Document
from tests.knowledge.conftest import Read
from tests.knowledge.people.named import named_in

Written = Callable[[str], Document]

THE_THIRTEEN = [
    "Julie Ward",
    "Ablovas Dzhumayev",
    "Aigul Akberdiyeva",
    "Almat Zhumagulov",
    "Kenzhebek Abishev",
    "Aset Abishev",
    "Mukhtar Dzhakishev",
    "Maks Bokayev",
    "Iskander Yerimbetov",
    "Aron Atabek",
    "Sanat Bukenov",
    "Makhambet Abzhan",
    "Saken Tulbayev",
]


@pytest.fixture
def written(read_data: Read) -> Written:
    """A function from a text to the document that holds it."""
    return lambda text: read_data(text.encode(), "news.txt")


@pytest.fixture(scope="module")
def founding(base: KnowledgeBase) -> Document:
    return base.documents[0]


@pytest.fixture(scope="module")
def known(base: KnowledgeBase) -> People:
    return base.people


@pytest.fixture(scope="module")
def uncurated(founding: Document, models: Models, state: Path) -> People:
    named = find_named([founding], models.tagger, cache=state / "vectors.sqlite")
    return People(named.people, [founding])


def outcomes(people: People, question: str) -> list[tuple[str, list[str]]]:
    return [(n.outcome, [p.name for p in n.people]) for n in people.resolve(question)]


# --- Who is found ---------------------------------------------------------------------------------


def test_the_founding_document_names_thirteen(uncurated: People) -> None:
    assert [person.name for person in uncurated.people] == THE_THIRTEEN
    assert not any(person.is_curated for person in uncurated.people)


def test_everybody_in_the_founding_document_is_curated(known: People) -> None:
    assert [person.name for person in known.people] == THE_THIRTEEN
    assert all(person.is_curated for person in known.people)


def test_mentions_and_roles_are_slices_of_the_document(known: People, founding: Document) -> None:
    for person in known.people:
        for mention in person.mentions:
            assert founding.text[mention.start : mention.end] == person.name
        if person.role is not None:
            role = person.role
            assert founding.text[role.start : role.end] == role.text
    yerimbetov = next(p for p in known.people if p.name == "Iskander Yerimbetov")
    assert len(yerimbetov.mentions) == founding.text.count("Iskander Yerimbetov") == 4


def test_ids_fit_a_deep_link(known: People) -> None:
    ids = [person.id for person in known.people]
    assert len(set(ids)) == len(ids)
    assert all(id_.startswith("p_") and id_.isascii() and len(id_) <= 60 for id_ in ids)
    assert "p_maks_bokayev" in ids


NEWS = """\
The Almaty City Court on Monday sentenced Rinat Zaitov, a singer, and the lawyer Botagoz Omarova \
to three years, Human Rights Watch said. Prosecutor General Berik Assylov did not comment. "It is \
shameful," said Jean-Claude Petit, head of the Paris Bar Association. Zaitov's sister, Dina \
Zaitova, was not in the Supreme Court. The United States Embassy in Astana and the European \
Union urged the Ministry of Internal Affairs to release them. Abai Avenue was closed.
"""
RUSSIAN = """\
Верховный суд Казахстана отказал Асхату Сагындыкову в пересмотре дела. Адвокат Гульмира Есенова \
сообщила Радио Свобода, что Асхат Сагындыков голодает. Министерство внутренних дел и Европейский \
парламент не ответили. Журналистку Лидию Петрову задержали в Нижнем Новгороде. Есенова обжалует \
приговор. Красный Крест посетил Асхата Сагындыкова.
"""
KAZAKH = """\
Алматы қалалық соты Ержан Сәдуақасовты үш жылға соттады. Қазақстан Республикасының Жоғарғы Соты \
шешімді қайта қарады. Ақын Гүлнар Әбілдаева: «Ержан Сәдуақасов кінәсіз», – деді. Еуропалық \
Парламент Әбілдаеваның хатын алды.
"""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            NEWS,
            ["Rinat Zaitov", "Botagoz Omarova", "Berik Assylov", "Jean-Claude Petit",
             "Dina Zaitova"],
        ),
        (RUSSIAN, ["Асхат Сагындыков", "Гульмира Есенова", "Лидию Петрову"]),
        (KAZAKH, ["Ержан Сәдуақасов", "Гүлнар Әбілдаева"]),
    ],
    ids=["English", "Russian", "Kazakh"],
)  # fmt: skip
def test_people_are_found_in_news_that_nobody_curated(
    text: str, names: list[str], written: Written
) -> None:
    assert [person.name for person in named_in([written(text)]).people] == names


def test_a_surname_alone_is_a_mention_where_one_person_bears_it(written: Written) -> None:
    news = written(RUSSIAN)
    yesenova = named_in([news]).people[1]
    assert [news.text[m.start : m.end] for m in yesenova.mentions] == [
        "Гульмира Есенова",
        "Есенова",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The European Parliament and the Human Rights Committee met the Working Group.",
        "Aktau City Court, Open Dialogue Foundation, External Action Service and EU Delegation.",
        "Nazarbayev University is on Karl Marx Street, near the Abai Opera House.",
        "He joined Democratic Choice of Kazakhstan in New York in January.",
        "Фонд Открытый Диалог и Европейский Парламент написали в Верховный Суд.",
        "Қазақстан Республикасы мен Еуропалық Одақ келісім жасады.",
        "Collective complaint: Be quiet! Or be charged with extremism",
        "У Каримова отобрали телефон. С Каримовым говорил следователь. А Каримов молчал.",
    ],
)
def test_bodies_places_and_titles_are_no_people(text: str, written: Written) -> None:
    assert named_in([written(text)]).people == ()


def test_a_name_found_in_one_case_alone_is_known_in_its_base_form_where_that_is_sure(
    written: Written,
) -> None:
    text = "Сот Бауыржан Тілеуовті екі жылға соттады. Ол Айнұр Қожахметовамен сөйлесті."
    people = named_in([written(text)]).people
    assert [person.name for person in people] == ["Бауыржан Тілеуов", "Айнұр Қожахметова"]
    assert [person.spellings for person in people] == [
        ("Бауыржан Тілеуовті",),
        ("Айнұр Қожахметовамен",),
    ]


@pytest.mark.parametrize(
    ("name", "basic"),
    [
        ("Ольги Власовой", "Ольга Власова"),
        ("Игорем Петровым", "Игорь Петров"),
        ("Феруза Салимова", None),  # a woman, or what is said of a man
        ("Ферузу Салимову", None),
        ("Александру Иванову", None),
        ("Марат Жанузаков", None),
    ],
)
def test_a_russian_case_that_may_be_anothers_is_left(name: str, basic: str | None) -> None:
    assert nominative(name, "ru") == basic


def test_a_kazakh_title_is_shown_with_what_it_is_of(written: Written) -> None:
    text = "Кәсіподақ төрағасы Нұрлан Есенғалиев тергеуде 64 күн отырды."
    (person,) = named_in([written(text)]).people
    assert person.role is not None
    assert person.role.text == "Кәсіподақ төрағасы"


def test_initials_and_full_names_are_one_person(written: Written) -> None:
    text = (
        "Статью написал М. Дулатов. Позже Миржакып Дулатов уехал, и А. Дулатов остался. Его судил"
        " Смагулов Е. К. из Актау."
    )
    assert [p.name for p in named_in([written(text)]).people] == [
        "Миржакып Дулатов",
        "А. Дулатов",
        "Смагулов Е. К.",
    ]


def test_whoever_is_listed_in_capitals_has_a_surname(written: Written) -> None:
    text = "1. ИВАНКОВ СЕРГЕЙ ПЕТРОВИЧ, 1970 г. р.\n\n2. ЖУНУСОВА АЙНУР БЕКОВНА, осуждена."
    assert [person.name for person in named_in([written(text)]).people] == [
        "ИВАНКОВ СЕРГЕЙ ПЕТРОВИЧ",
        "ЖУНУСОВА АЙНУР БЕКОВНА",
    ]


def test_people_of_a_russian_document_are_known_in_latin_letters(written: Written) -> None:
    news = written(RUSSIAN)
    people = People(named_in([news]).people, [news])
    for question in ("Who is Askhat Sagyndykov?", "Что с Сагындыковым?", "lidia petrova"):
        assert [outcome for outcome, _ in outcomes(people, question)] == ["exact"], question


# --- people.yaml ----------------------------------------------------------------------------------


def test_no_file_is_nobody(tmp_path: Path) -> None:
    assert read_curated(tmp_path / "people.yaml") == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {name: A B, alias: [C]}", r"entry 0\.alias: Extra inputs"),
        ("- {aliases: [C]}", r"entry 0\.name: Field required"),
        ("- {name: '...'}", r"entry 0\.name: '...' has no letters"),
        ("- {name: A B}\n- {name: A B}", r"entry 1\.name: 'A B' stands there twice"),
        ("- {name: A B, role: {document: d, start: -1, text: t}}", r"entry 0\.role\.start: "),
        ("name: A B", "entry the file: .*valid list"),
        ("- [", r"cannot be read \(while parsing"),
    ],
    ids=["unknown-key", "no-name", "no-letters", "twice", "start", "no-list", "no-yaml"],
)
def test_a_fault_names_file_and_entry(text: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "people.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(KnowledgeError, match=f"people.yaml: {message}"):
        read_curated(file)


def test_a_role_must_be_what_the_document_says(written: Written) -> None:
    news = written("The poet Dina Omarova was freed.")
    role = {"document": "news", "start": 5, "text": "poet"}
    wrong = Curated.model_validate({"name": "Dina Omarova", "role": role})
    with pytest.raises(KnowledgeError, match=r"entry 0\.role \(Dina Omarova\).*at 4"):
        check_roles("people.yaml", [wrong], [news])
    right = Curated.model_validate({"name": "Dina Omarova", "role": role | {"start": 4}})
    check_roles("people.yaml", [right], [news])


def test_the_roles_of_the_founding_document_are_what_it_says(founding: Document) -> None:
    check_roles("people.yaml", read_curated(FOUNDING / "people.yaml"), [founding])


def test_a_curated_name_that_was_not_found_is_looked_for(written: Written) -> None:
    news = written("They wrote to Suyunbay in prison. Dina Omarova answered.")
    entry = Curated(name="Suyunbay", aliases=("Сүйінбай",))
    suyunbay, omarova = named_in([news], [entry, Curated(name="Not There")]).people
    assert (suyunbay.name, suyunbay.is_curated, omarova.is_curated) == ("Suyunbay", True, False)
    assert outcomes(People([suyunbay, omarova]), "Сүйінбай қайда?") == [("exact", ["Suyunbay"])]


# --- Whom a question names ------------------------------------------------------------------------

SPELLINGS = {
    "Julie Ward": "Julie Ward|julie ward|Ward|Ward Julie|Джули Уорд|JULIE WARD|Julie",
    "Ablovas Dzhumayev": "ablovas dzhumaev|Jumayev|Djumaev|Абловас Джумаев|Жұмаев",
    "Aigul Akberdiyeva": "Aygul Akberdieva|akberdiyeva|Акбердиева|Айгүл Ақбердиева|Aigul|Айгуль",
    "Almat Zhumagulov": "Jumagulov|almat jumagulov|Жумагулов|Алмат Жұмағұлов|Almat",
    "Kenzhebek Abishev": "Kenzhebek Abishev|Kenjebek|кенжебек абишев|К. Абишев|Abishev Kenzhebek",
    "Aset Abishev": "Aset Abishev|Asset Abishev|Асет Абишев|Әсет Әбішев|Aset|A. Abishev|Abishev A.",
    "Mukhtar Dzhakishev": "Mukhtar Dzhakishev|Djakishev|Jakishev|muhtar jakishev|Жәкішев|Джакишев",
    "Maks Bokayev": "Maks Bokayev|Max Bokaev|bokaev|Boqayev|Мақс Боқаев|Боқаев|M. Bokayev|Maks",
    "Iskander Yerimbetov": "Iskander Yerimbetov|Erimbetov|Ерімбетов|iskander erimbetov|YERIMBETOV",
    "Aron Atabek": "Aron Atabek|atabek|Арон Атабек|Атабек|Atabek Aron",
    "Sanat Bukenov": "Sanat Bukenov|bukenov|Санат Букенов|Sanat|sanat bukenov",
    "Makhambet Abzhan": "Makhambet Abzhan|Abjan|mahambet abjan|Махамбет Абжан|Makhambet",
    "Saken Tulbayev": "Saken Tulbayev|tulbaev|Сакен Тулбаев|Тулбаев|saken tulbayev",
}
STRANGERS = [
    "Serik Bokayev",
    "Alexei Navalny",
    "Nursultan Nazarbayev",
    "Kassym-Jomart Tokayev",
    "Mukhtar Ablyazov",
    "Maks Ivanov",
    "Aset Nurpeisov",
    "Serik Abishev",
    "Dina Abishev",
    "Aigul Bokayeva",
    "Aron Cohen",
    "Julie Andrews",
    "Julia Ward Howe",
    "Vladimir Putin",
    "Zhanbolat Mamay",
    "Sanat Dosov",
    "Saken Seifullin",
    "Makhambet Utemisov",
    "Iskander Makedonsky",
    "Almat Bukenov",
    "Maks Abishev",
    "Dmitry Bokayev",
    "Yerlan Yerimbetov",
    "Rosa Tulbayeva",
    "Bota Dzhardemali",
    "Elon Musk",
    "Samat Dzhakishev",
    "Серик Бокаев",
    "Мухтар Аблязов",
    "Алексей Навальный",
    "Ерлан Еримбетов",
    "Қасым-Жомарт Тоқаев",
    "Серік Боқаев",
    "Мұхтар Әуезов",
    "Сәкен Сейфуллин",
    "Nazarbayev",
    "Tokayev",
    "Navalny",
    "Тоқаев",
    "Аблязов",
    "John Ward",
    "Ward Smith",
    "S. Bokayev",
    "Т. Абишев",
    "Bokayev Serik",
    "Бокаев Серик",
]
QUESTIONS = [
    "{}",
    "Who is {}?",
    "who is {}",
    "Tell me about {}",
    "Is {} in prison?",
    "is {} still imprisoned",
    "why was {} jailed",
    "Where is {} now?",
    "What does the resolution say about {}?",
    "{}'s case",
    "What is {}'s profession?",
    "{} biography please",
    "Poet {}",
    "the blogger {}",
    "Mr. {} sentence",
    "In Kazakhstan {} was arrested",
    "Does the European Parliament demand {} be freed?",
    "how long will {} stay in jail",
    "Did {} meet any MEP?",
    "hello, {}",
    "“{}”",
    "prisoner of conscience {}",
    "Кто такой {}?",
    "расскажи о {}",
    "{} в тюрьме?",
    "{} арестован?",
    "За что посадили {}",
    "поэт {}",
    "Требует ли Европарламент освободить {}?",
    "{} кім?",
    "{} туралы не айтылған?",
    "{} қайда отыр?",
    "{} не үшін сотталды?",
    "{} деген кім?",
    "Қарарда {} аталған ба?",
    "ақын {}",
]


@pytest.mark.parametrize("name", THE_THIRTEEN)
def test_each_of_the_thirteen_is_known_in_any_spelling_and_phrase(name: str, known: People) -> None:
    wrong = {}
    for spelling, phrase in itertools.product(SPELLINGS[name].split("|"), QUESTIONS):
        question = phrase.format(spelling)
        if outcomes(known, question) != [("exact", [name])]:
            wrong[question] = outcomes(known, question)
    assert wrong == {}


@pytest.mark.parametrize("name", STRANGERS)
def test_a_stranger_is_never_taken_for_somebody(name: str, known: People) -> None:
    for phrase, form in itertools.product(QUESTIONS, (name, name.lower(), name.upper())):
        question = phrase.format(form)
        found = outcomes(known, question)
        assert found or form != name, question
        assert {outcome for outcome, _ in found} <= {"stranger", "near"}, (question, found)


@pytest.mark.parametrize("name", ["Saule Akberdiyeva", "Сауле Акбердиева", "Berik Bokayev"])
def test_a_clearly_different_given_name_is_another_persons(name: str, known: People) -> None:
    assert outcomes(known, f"Who is {name}?") == [("stranger", [])]
    assert outcomes(known, "Who is Naks Bokayev?") == [("near", ["Maks Bokayev"])]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("дело Искандера Еримбетова", "Iskander Yerimbetov"),
        ("Что сказано о Санате Букенове?", "Sanat Bukenov"),
        ("Что говорят об Акбердиевой?", "Aigul Akberdiyeva"),
        ("требуют освободить Бокаева", "Maks Bokayev"),
        ("что будет с Бокаевым", "Maks Bokayev"),
        ("вопрос о Максе Бокаеве", "Maks Bokayev"),
        ("приговор Алмату Жумагулову", "Almat Zhumagulov"),
        ("пытали ли Махамбета Абжана?", "Makhambet Abzhan"),
        ("стихи Арона Атабека", "Aron Atabek"),
        ("Жәкішевтің ісі", "Mukhtar Dzhakishev"),
        ("Мақс Боқаевқа не болды?", "Maks Bokayev"),
        ("Сәкен Тулбаевтан хабар бар ма?", "Saken Tulbayev"),
        ("Искандер Бейбитович Еримбетов", "Iskander Yerimbetov"),
        ("Еримбетов Искандер Бейбитович", "Iskander Yerimbetov"),
        ("Бокаев М.Ж.", "Maks Bokayev"),
        ("Bokayev'in davası", "Maks Bokayev"),
        ("Is Aset Abishev the author of Abishev's blog?", "Aset Abishev"),
    ],
)
def test_a_name_is_known_in_its_cases(question: str, name: str, known: People) -> None:
    assert outcomes(known, question) == [("exact", [name])]


@pytest.mark.parametrize(
    "question",
    [
        "Abishev",
        "Is Abishev in prison?",
        "what about abishev",
        "both Abishevs",
        "Абишева осудили?",
        "Әбішев кім?",
        "poet Abishev",
        "братья Абишевы",
        "the Abishev case",
    ],
)
def test_a_surname_of_two_is_shared(question: str, known: People) -> None:
    assert outcomes(known, question) == [("shared", ["Kenzhebek Abishev", "Aset Abishev"])]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Bokaeyv", "Maks Bokayev"),
        ("who is maks bokaeyv", "Maks Bokayev"),
        ("Is Yerimbetof free?", "Iskander Yerimbetov"),
        ("Zhumagalov", "Almat Zhumagulov"),
        ("iskandar erimbetof", "Iskander Yerimbetov"),
        ("sakin tulbaev", "Saken Tulbayev"),
        ("Кто такой Букинов?", "Sanat Bukenov"),
        ("Акбердыеев", "Aigul Akberdiyeva"),
        ("Makhambed Abzhan", "Makhambet Abzhan"),
        ("Dzhakishv", "Mukhtar Dzhakishev"),
        ("Бакаев", "Maks Bokayev"),
        ("кто такой Бокоев", "Maks Bokayev"),
        ("Dzumaev", "Ablovas Dzhumayev"),
        ("Werd", "Julie Ward"),
        ("who is julie werd", "Julie Ward"),
        ("Is Bukinow free?", "Sanat Bukenov"),
    ],
)
def test_a_typing_error_is_asked_back_about(question: str, name: str, known: People) -> None:
    assert outcomes(known, question) == [("near", [name])]


@pytest.mark.parametrize(
    "question",
    [
        "What did the European Parliament say about the EEAS?",
        "Open Dialogue Foundation",
        "UN Working Group on Arbitrary Detention",
        "Tell me about Democratic Choice of Kazakhstan",
        "What did the UN Special Rapporteur on Torture say?",
        "Was the EU Delegation in Astana active?",
        "Aktau City Court judge",
        "Уволен судья Актауского городского суда",
        "What did Amnesty International report?",
        "Radio Liberty",
        "Ministry of Internal Affairs",
        "What happened in Almaty?",
        "Что произошло в Алматы?",
        "Алматыда не болды?",
        "What happened in January 2019?",
        "Is Uzbekistan mentioned?",
        "What Does The Resolution Demand?",
        "Что требует Европейский парламент?",
        "Қазақстандағы адам құқықтары",
        "hospital ward",
        "Какие санат бар?",
        "who is named?",
        "",
        "?!",
    ],
)
def test_what_is_no_person_is_no_name(question: str, known: People) -> None:
    assert outcomes(known, question) == []


def test_several_names_are_told_in_order(known: People) -> None:
    question = "Were Maks Bokayev, Saken Tulbayev and Alexei Navalny tried with Abishev?"
    assert outcomes(known, question) == [
        ("exact", ["Maks Bokayev"]),
        ("exact", ["Saken Tulbayev"]),
        ("stranger", []),
        ("shared", ["Kenzhebek Abishev", "Aset Abishev"]),
    ]


def test_a_naming_says_where_it_stands(known: People) -> None:
    question = "Who is Serik Bokayev?"
    (naming,) = known.resolve(question)
    assert question[naming.start : naming.end] == "Serik Bokayev"


def test_names_with_other_letters_are_not_one_because_endings_may_be_taken_off(
    written: Written,
) -> None:
    """Шелли and Шееле would both be "shel" without an ending."""
    told = written(
        "Кислород открыт Карлом Вильгельмом Шееле. Умер в том году и Шееле.\n"
        "Эту поэму долго писал Шелли.\n"
        "Дело Искандера Еримбетова закрыто. Суд вернул Еримбетову паспорт.",
    )
    people = named_in([told]).people
    mentioned = [[told.text[m.start : m.end] for m in person.mentions] for person in people]
    assert mentioned == [
        ["Карлом Вильгельмом Шееле", "Шееле"],
        ["Искандера Еримбетова", "Еримбетову"],
    ]
    assert outcomes(People(people, [told]), "Что писал Шелли?") == []


def test_a_name_has_plain_spaces_whatever_the_document_has(written: Written) -> None:
    told = written("Собрание открыл Андрей\u00a0Павлович\u202fСурков.")
    assert [person.name for person in named_in([told]).people] == ["Андрей Павлович Сурков"]


def test_a_given_name_with_a_surname_that_only_others_bear_is_asked_back_about(
    written: Written,
) -> None:
    told = written("Лев Мороз поёт басом. Роман Зима дирижирует. Всё это было в Актобе.")
    people = [one for one in named_in([told]).people if one.name == "Лев Мороз"]
    known = People(people, [told])
    assert outcomes(known, "Кто такой Лев Зима?") == [("near", ["Лев Мороз"])]
    assert outcomes(known, "Где поёт Лев Мороз?") == [("exact", ["Лев Мороз"])]


def test_a_kazakh_genitive_ends_a_name(known: People) -> None:
    assert outcomes(known, "Қашан Генрихтің Лангедоктары бағынды?") == []
    assert outcomes(known, "Серік Нұрлановтың ісі қандай?") == [("stranger", [])]


def test_somebody_known_by_an_initial_is_known_by_it(written: Written) -> None:
    told = written("Көтерілісті Е. Пугачев бастады. Ол қатаң жазаланды.")
    known = People(named_in([told]).people, [told])
    assert outcomes(known, "Е. Пугачев туралы не айтылған?") == [("exact", ["Е. Пугачев"])]
    assert outcomes(known, "В. Пугачев кім?") == [("stranger", [])]


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        ("Какой была стартовая позиция?", []),
        ("Что было в Османской империи?", []),
        ("Кто такой Серик Османский?", ["stranger"]),
        ("Кто такой Козлов?", ["stranger"]),
        ("Когда построили темир жолы?", []),
        ("Кто такой Темир Жолы?", ["exact"]),
        ("Что сказал стертовый?", ["near"]),
    ],
)
def test_a_word_that_documents_write_small_is_no_name(
    question: str, outcome: list[str], written: Written
) -> None:
    told = written(
        "Вчера Иван Стартовый и Темир Жолы дали показания. Всё началось со стартовой строки.\n"
        "В османском обществе держали козла. Здесь темир жолы строят давно.",
    )
    known = People(named_in([told]).people, [told])
    assert [found for found, _ in outcomes(known, question)] == outcome


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        ("Каким жанром славится Sting?", []),
        ("каким жанром славится группа?", []),
        ("Что о Sting сказал рибоов?", ["near"]),
    ],
    ids=["like-a-given-name-beside-capitals", "without-capitals", "like-a-surname"],
)
def test_beside_capitals_a_small_word_like_a_given_name_is_a_word(
    question: str, outcome: list[str], written: Written
) -> None:
    told = written("Капитан Жан Рибо дал показания. Рядом играл Sting.")
    known = People(named_in([told]).people, [told])
    assert [found for found, _ in outcomes(known, question)] == outcome


@pytest.mark.parametrize(
    ("question", "outcome"),
    [("Рахимова", ["near"]), ("кто такая рахимова", ["near"]), ("Когда Рахимова плакала?", [])],
)
def test_a_surname_that_somebody_else_bears_too_is_asked_back_about_alone(
    question: str, outcome: list[str], written: Written
) -> None:
    told = written("Мавлюда Рахимова и Ботир Рахимов ждут. Рахимова плакала.")
    known = People(named_in([told]).people, [told])
    assert [found for found, _ in outcomes(known, question)] == outcome


def test_a_given_name_alone_is_a_mention_after_the_full_one(written: Written) -> None:
    told = written(
        "В июле был задержан Райдель Кабальеро Фонсека. Райделя держат в одиночной камере.\n"
        "Сестра Освальда Кабальеро Фонсека ждёт свидания.",
    )
    (own,) = (p for p in named_in([told]).people if p.name.startswith("Райдель"))
    assert [told.text[m.start : m.end] for m in own.mentions] == [
        "Райдель Кабальеро Фонсека",
        "Райделя",
    ]
    known = People(named_in([told]).people, [told])
    assert outcomes(known, "за что задержали Райделя?") == [("exact", [own.name])]


def test_a_surname_alone_is_of_whom_its_document_names(read_data: Read) -> None:
    one = read_data(b"Aset Abishev was tried. Abishev denied the charge.", "one.txt")
    other = read_data(b"Kenzhebek Abishev was tried. Abishev was ill.", "other.txt")
    said = {
        person.name: [document.text[m.start : m.end] for m in person.mentions]
        for document, person in zip((one, other), named_in([one, other]).people, strict=True)
    }
    assert said == {
        "Aset Abishev": ["Aset Abishev", "Abishev"],
        "Kenzhebek Abishev": ["Kenzhebek Abishev", "Abishev"],
    }


@pytest.mark.parametrize(
    "question", ["Where was Aurelia Condori born?", "Аурелия Кондори қайда туған?"]
)
def test_a_name_without_its_last_surname_is_the_same_persons(
    question: str, written: Written
) -> None:
    told = written(
        "Aurelia Condori Mayta led the union. In 1980 Aurelia Condori was elected senator.",
    )
    (own,) = named_in([told]).people
    assert len(own.mentions) == 2
    assert outcomes(People([own], [told]), question) == [("exact", ["Aurelia Condori Mayta"])]


def test_a_russian_given_name_is_one_in_all_its_cases(written: Written) -> None:
    told = written(
        "Суд приговорил Алесю Корсак и Павла Радкевича. Павел Радкевич подал жалобу.\n"
        "Подруга Алеси Корсак ждёт.",
    )
    people = named_in([told]).people
    assert [len(person.mentions) for person in people] == [2, 2]


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        ("how much did ferraz hand the cops", ["exact"]),  # a word after a surname
        ("why did the judge order ferraz to leave", ["near"]),  # before it, where a name may stand
        ("сколько влепили ферразу в первой инстанции", ["exact"]),
        ("комиссар ферраз оправдывался?", ["exact"]),
        ("виктор ферраз оправдывался?", ["stranger"]),
        ("any news abt ferraz", ["near"]),  # short for another word, or a name
        ("why isn't ferraz in jail", ["exact"]),
        ("was ferraz freed", ["exact"]),  # spelled like Farid in other letters
        ("Was Ferraz freed?", ["exact"]),
        ("why arent ferraz's words quoted", ["exact"]),
        ("авторы кім", []),  # a Russian word, and no name, where a name would stand
        ("кто такой токаев", ["stranger"]),  # a word too, but with the ending of a surname
    ],
)
def test_a_word_of_a_dictionary_is_no_half_of_a_name_in_small_letters(
    question: str, outcome: list[str], written: Written
) -> None:
    told = written("Edson Ferraz was heard. Ferraz denied it.")
    known = People(named_in([told]).people, [told])
    assert [found for found, _ in outcomes(known, question)] == outcome


@pytest.mark.parametrize(
    ("question", "outcome"), [("ward", ["exact"]), ("which ward", []), ("more", [])]
)
def test_an_ordinary_word_names_somebody_where_it_is_the_whole_question(
    question: str, outcome: list[str], written: Written
) -> None:
    told = written("Julie Ward spoke of Thomas More, and Thomas More of Julie Ward.")
    known = People(named_in([told]).people, [told])
    assert [found for found, _ in outcomes(known, question)] == outcome


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        ("Сколько лет Веселовой?", "exact"),
        ("Веселованың мамандығы қандай?", "exact"),
        ("Где Веселов?", "near"),
        ("Кто помог Веселову?", "near"),
    ],
)
def test_a_case_that_is_a_womans_alone_asks_of_her(
    question: str, outcome: str, written: Written
) -> None:
    told = written("Дарья Веселова родила в машине.")
    known = People(named_in([told]).people, [told])
    assert outcomes(known, question) == [(outcome, ["Дарья Веселова"])]


def test_nobody_known_makes_every_name_a_stranger() -> None:
    assert outcomes(People(()), "Who is Maks Bokayev?") == [("stranger", [])]


def test_a_day_that_does_not_exist_is_told_with_the_file(tmp_path: Path) -> None:
    file = tmp_path / "people.yaml"
    file.write_text("- {name: 2019-02-30}", "utf-8")
    with pytest.raises(KnowledgeError, match=r"people\.yaml: cannot be read"):
        read_curated(file)
