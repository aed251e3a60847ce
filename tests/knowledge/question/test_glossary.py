"""The glossary: its file and its faults, inflected forms, phrases, look-alikes, and coverage."""

import unicodedata
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import KnowledgeError
from knowledge.knowledge_base import KnowledgeBase
from knowledge.question.glossary import Glossary, Translation, read_glossary
from knowledge.question.glossary_terms import LANGUAGES, Term
from knowledge.reading.documents import Document
from knowledge.words.lexical import content_terms, words


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return read_glossary()


def write(folder: Path, text: str | bytes) -> Path:
    file = folder / "glossary.yaml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def english(glossary: Glossary, word: str, source: str) -> set[str]:
    """Return every English word the glossary gives for `word`."""
    translation = glossary.translate(word, source, "en")
    return {text for alternatives in translation.terms for text in alternatives}


# --- The file -------------------------------------------------------------------------------------

TWO = "expected words in two or more of en, ru and kk"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {en: [cat], ru: [кот]}\n- {en: [dog]}", f"entry 1: {TWO}"),
        ("- {en: [cat], ru: []}", f"entry 0: {TWO}"),
        ("- {en: [cat], de: [Katze]}", r"entry 0\.de: Extra inputs"),
        ("- {en: cat, ru: [кот]}", r"entry 0\.en: .*valid tuple"),
        ("- {en: [no], ru: [нет]}", r"entry 0\.en\.0: .*valid string"),
        ("- {en: [4], ru: [четыре]}", r"entry 0\.en\.0: .*valid string"),
        ("- {en: [cat], ru: ['']}", r"entry 0\.ru: '' holds no word; write one, or take it out"),
        ("- {en: [cat], ru: ['?!']}", r"entry 0\.ru: '\?!' holds no word"),
        ("- {en: [cat], ru: [кот, кот]}", r"entry 0\.ru: 'кот' stands there twice; take one out"),
        ("- {en: [court], ru: [cуд]}", r"entry 0\.ru: 'cуд' mixes Latin and Cyrillic letters"),
        ("- cat", "entry 0: "),
        ("en: [cat]", "entry the file: .*valid list"),
        ("- [", r"cannot be read \(while parsing"),
        (b"\xff", r"cannot be read \('utf-8' codec"),
    ],
    ids=[
        "one-language",
        "empty-language",
        "unknown-language",
        "word-for-list",
        "yaml-no",
        "number",
        "empty",
        "no-letters",
        "twice",
        "mixed-letters",
        "words-as-entry",
        "mapping",
        "no-yaml",
        "not-utf-8",
    ],
)
def test_a_fault_is_named(tmp_path: Path, text: str | bytes, message: str) -> None:
    with pytest.raises(KnowledgeError, match=rf"glossary\.yaml: {message}") as caught:
        read_glossary(write(tmp_path, text))
    assert "\n" not in str(caught.value)


def test_words_of_editors_go_before_ours(tmp_path: Path) -> None:
    file = write(tmp_path, "- {en: [crucible], ru: [горн, суд]}\n- {ru: [суд], en: [tribunal]}\n")
    translation = read_glossary(file).translate("Горны и суды", "ru", "en")
    assert translation.text == "crucible tribunal"
    assert {"tribunal", "crucible", "trial", "court"} <= set(translation.terms[1])


def test_without_a_file_of_editors_there_is_ours(tmp_path: Path, glossary: Glossary) -> None:
    assert read_glossary(tmp_path / "glossary.yaml").terms == glossary.terms
    assert len(glossary.terms) >= 350
    assert all(term.equivalents(language) for term in glossary.terms for language in LANGUAGES)


def test_a_term_in_two_languages_gives_nothing_in_the_third() -> None:
    glossary = Glossary([Term(en=("cat",), ru=("кот",))])
    assert glossary.translate("Коты", "ru", "kk") == Translation("", (), (), ("Коты",))


# --- What a translation tells ---------------------------------------------------------------------


def test_a_translation_tells_text_alternatives_carried_and_unknown() -> None:
    glossary = Glossary(
        [
            Term(en=("sign",), ru=("подписать",), kk=("қол қою",)),
            Term(en=("appeal", "petition"), ru=("обращение",), kk=("үндеу",)),
            Term(en=("how many",), ru=("сколько",), kk=("қанша",)),
        ]
    )
    translation = glossary.translate(
        "Сколько зябликов подписали это обращение 14.03 для DCK?", "ru", "en"
    )
    assert translation == Translation(
        text="how many sign appeal 14.03 DCK",
        terms=(("sign",), ("appeal", "petition"), ("14.03",), ("DCK",)),
        carried=("подписали", "обращение", "14.03", "DCK"),
        unknown=("зябликов",),
    )
    with pytest.raises(FrozenInstanceError):
        translation.text = ""  # type: ignore[misc]


@pytest.mark.parametrize(
    ("question", "source", "target", "text"),
    [
        ("14 марта 2019 года", "ru", "en", "14 March 2019"),
        ("2019 жылғы 14 наурызда", "kk", "en", "2019 14 March"),
        ("on 14 March 2019", "en", "ru", "14 март 2019"),
        ("14-го марта", "ru", "kk", "14 наурыз"),
        ("DCK-ны тыйым салды ма?", "kk", "en", "DCK ban"),
        ("Кто такой Maks Bokayev?", "ru", "en", "who Maks Bokayev"),
        ("Who is Мұхтар?", "en", "kk", "кім Мұхтар"),
        ("Пытки и пытки", "ru", "kk", "азаптау азаптау"),
        ("", "ru", "en", ""),
        ("?! 😀", "kk", "en", ""),
    ],
    ids=[
        "date",
        "date-kk",
        "date-en",
        "ordinal",
        "ending-behind-letters",
        "latin-name",
        "cyrillic-name",
        "twice",
        "empty",
        "no-words",
    ],
)
def test_text_of_a_translation(
    glossary: Glossary, question: str, source: str, target: str, text: str
) -> None:
    translation = glossary.translate(question, source, target)
    assert translation.text == text
    assert translation.unknown == ()


@pytest.mark.parametrize(
    ("word", "source", "text"),
    [
        ("Кто?", "ru", "who"),
        ("Когда?", "ru", "when"),
        ("Сколько?", "ru", "how many"),
        ("Почему?", "ru", "why"),
        ("Где?", "ru", "where"),
        ("Кім?", "kk", "who"),
        ("Қашан?", "kk", "when"),
        ("Қанша?", "kk", "how many"),
        ("Неше?", "kk", "how many"),
        ("Неге?", "kk", "why"),
        ("Қайда?", "kk", "where"),
    ],
)
def test_question_words_stand_in_the_text_alone(
    glossary: Glossary, word: str, source: str, text: str
) -> None:
    assert glossary.translate(word, source, "en") == Translation(text, (), (), ())


def test_words_without_meaning_are_neither_carried_nor_unknown(glossary: Glossary) -> None:
    assert glossary.translate("что бы он и она", "ru", "en").unknown == ()
    assert glossary.translate("ол және оның", "kk", "en") == Translation("", (), (), ())


def test_a_language_that_is_not_there_is_refused(glossary: Glossary) -> None:
    with pytest.raises(KeyError):
        glossary.translate("Katze", "de", "en")


@given(text=st.text(max_size=200), languages=st.permutations(LANGUAGES))
def test_any_text_can_be_carried_over(glossary: Glossary, text: str, languages: list[str]) -> None:
    translation = glossary.translate(text, languages[0], languages[1])
    assert all(alternatives for alternatives in translation.terms)
    written = unicodedata.normalize("NFKC", text)
    assert all(word in written for word in (*translation.carried, *translation.unknown))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Азаптаган кимдер?", "torture who"),
        ("Саяси туткындардын тизими кайда?", "political prisoner list where"),
        ("Коллективтик шагым кашан берилди? Шагымга канша адам кол койды?",
         "complaint when give complaint how many person sign"),
    ],
    ids=["verb", "nouns", "phrases"],
)  # fmt: skip
def test_kazakh_may_be_typed_on_a_russian_keyboard(
    glossary: Glossary, question: str, text: str
) -> None:
    assert glossary.translate(question, "kk", "en").text == text


# --- Forms ----------------------------------------------------------------------------------------

RUSSIAN = """
torture: пытки пыток пытками пытках пыткой
arrest: ареста арестован арестовали арестованы арестовывают
detention: задержания задержанию задержали задержан
prison: тюрьмы тюрьмой тюрем тюрьмах тюремного
prisoner: заключённых заключённому узников
political prisoner: политзаключённые политзаключённого
release: освобождён освободили освобождены освобождении отпустили
sentence: приговора приговорили приговорён осуждён осудили
condemn: осуждает осудил осуждения
judge: судьи судью судьёй судей
court: судов суда судах судебных
lawyer: адвоката адвокатов юристы
demand: требует требуют потребовал требования
investigate: расследуют расследует расследовали
ban: запрещён запретили запретом запрещают
vote: голосовал проголосовали голосования голосует
children: детей детям ребёнка ребёнку
mother: матери матерью
wife: жены женой жену
citizen: граждан гражданина гражданам
activist: активистов активистке
poet: поэта поэты
blogger: блогеров блоггеры
journalist: журналистов журналисту
threat: угроз угрожали угрожают
surveillance: слежки слежкой
hunger strike: голодовки голодовок
protest: протестов протестовали
complaint: жалоб жалобу жаловались
freedom: свободы свобод
right: прав правам правами
charge: обвинений обвиняют обвинили обвинён
extremism: экстремизма экстремизме
regime: режима режиме
Kazakhstan: Казахстане Казахстану Казахстаном
Astana: Астане Астаны
asylum: убежища
January: января январе
sign: подписали подписал подписаны
carry out: провёл провели проводит
die: умерла погибли умирает
fine: штрафы оштрафовали
"""

KAZAKH = """
torture: азаптаулар азаптауға азаптаудан азапталды азапталған азаптайды
detention: қамаудағы қамауға қамалды қамауда
arrest: тұтқындалды тұтқындау тұтқындаған
prisoner: тұтқындардың тұтқындар тұтқынды
Parliament: парламенті парламенттің парламентке
child: балалары баласы балалардың баланың
prison: түрмеде түрмеден түрмеге түрмедегі
release: босатуды босатылды босатылған босатсын
court: соттың сотқа соттар сотында
sentence: сотталды сотталған үкімі үкімдер
lawyer: адвокаты адвокатқа заңгерлер қорғаушысы
judge: судьяның судьялар төрешіні
journalist: журналистер журналистке журналистің
activist: белсенділер белсендіні белсенділерге
blogger: блогерлер блогерлердің
poet: ақынның ақындар ақыны
right: құқығы құқықтары құқығын құқықтарды
freedom: бостандығы бостандыққа бостандықтар
law: заңдар заңның заңнамасы
demand: талаптар талабы талапты
complaint: шағымы шағымдар шағымданды
investigation: тергеуді тергелді тергеуге
wife: әйелі әйелінің жұбайы
mother: анасы шешесі
citizen: азаматтар азаматтың азаматтары
protest: наразылықтар наразылығы
strike: ереуілге ереуілдер
sanctions: санкциялар санкциясы
pressure: қысымға қысымды
threat: қорқытты қорқытқан
case: ісінің істер ісі
visa: визасы визалар
amnesty: амнистиядан амнистияға
refugee: босқындар босқынды
Kazakhstan: Қазақстанда Қазақстанның Қазақстандағы
Astana: Астанадағы Астанада
January: қаңтарда қаңтардан
March: наурыздың наурызда
die: өлді өлген
kill: өлтірілді өлтірген
write: жазды жазған
send: жіберілді жолданды
trial: процестерін процестер
"""

ENGLISH = """
пытка: tortured torturing tortures
арест: arrested arrests
тюрьма: prisons
заключённый: prisoners
приговор: sentences verdicts
освобождение: released releasing
адвокат: lawyers
ребёнок: children
забастовка: strikes
суд: courts trials
"""


@pytest.mark.parametrize(
    ("table", "source", "target"),
    [(RUSSIAN, "ru", "en"), (KAZAKH, "kk", "en"), (ENGLISH, "en", "ru")],
    ids=["Russian", "Kazakh", "English"],
)
def test_a_form_reaches_its_term(glossary: Glossary, table: str, source: str, target: str) -> None:
    missed = []
    for line in table.strip().splitlines():
        wanted, _, written = line.partition(": ")
        for form in written.split():
            translation = glossary.translate(form, source, target)
            found = {translation.text}.union(*translation.terms)
            if wanted not in found:
                missed.append((form, wanted))
    assert missed == []


# --- Phrases --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "source", "target", "terms"),
    [
        ("задержания до суда", "ru", "en", ["pre-trial detention"]),
        ("о правах человека", "ru", "en", ["human rights"]),
        ("права человека и труд", "ru", "en", ["human rights", "work"]),
        ("адам құқықтарының", "kk", "en", ["human rights"]),
        ("адам құқығына", "kk", "en", ["human rights"]),
        ("қамауға алынды", "kk", "en", ["arrest"]),
        ("қол қойған азаматтар", "kk", "en", ["sign", "citizen"]),
        ("дауыс берді", "kk", "en", ["vote"]),
        ("дауыс", "kk", "en", ["vote"]),
        ("талап етеді", "kk", "en", ["demand"]),
        ("сотқа дейінгі қамауда", "kk", "en", ["pre-trial detention"]),
        ("рабочей группой ООН по произвольным задержаниям", "ru", "en",
         ["UN Working Group on Arbitrary Detention"]),
        ("рабочие группы", "ru", "en", ["working group"]),
        ("Европейского парламента", "ru", "kk", ["Еуропалық парламент"]),
        ("hunger strikes", "en", "ru", ["голодовка"]),
        ("strikes", "en", "ru", ["забастовка"]),
        ("human rights defenders in prison", "en", "kk", ["құқық қорғаушы", "түрме"]),
    ],
)  # fmt: skip
def test_a_phrase_goes_before_its_words(
    glossary: Glossary, question: str, source: str, target: str, terms: list[str]
) -> None:
    found = glossary.translate(question, source, target)
    # Demand is a frame of a question in English, and so stands in the text alone.
    first = [alternatives[0] for alternatives in found.terms] or [found.text]
    assert first == terms


# --- Look-alikes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "source", "wanted", "never"),
    [
        ("мира", "ru", "world", "measure"),
        ("мер", "ru", "measure", "world"),
        ("мирных", "ru", "peaceful", "peace"),
        ("судья", "ru", "judge", "court"),
        ("судьи", "ru", "judge", "court"),
        ("суде", "ru", "court", "judge"),
        ("судьба", "ru", "fate", "court"),
        ("права", "ru", "right", "truth"),
        ("правда", "ru", "truth", "right"),
        ("правила", "ru", "rule", "right"),
        ("статей", "ru", "article", "become"),
        ("муж", "ru", "husband", "men"),
        ("марта", "ru", "March", "march"),
        ("партии", "ru", "party", "partnership"),
        ("казнь", "ru", "execution", "Kazakh"),
        ("балалар", "kk", "child", "alternative"),
        ("балама", "kk", "alternative", "child"),
        ("қалада", "kk", "city", "pen"),
        ("қаламды", "kk", "pen", "city"),
        ("жазалау", "kk", "punishment", "write"),
        ("жаздық", "kk", "write", "punishment"),
        ("соттау", "kk", "sentence", "court"),
        ("сотта", "kk", "court", "sentence"),
        ("ұлттар", "kk", "", "son"),
        ("адамзат", "kk", "", "person"),
        ("маусымда", "kk", "June", "measure"),
    ],
)
def test_a_look_alike_is_another_word(
    glossary: Glossary, word: str, source: str, wanted: str, never: str
) -> None:
    found = {glossary.translate(word, source, "en").text} | english(glossary, word, source)
    assert never not in found
    assert not wanted or wanted in found


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Ол әлі тюрьмада ма?", "prison"),
        ("политзаключенныйлардың тізімі", "political prisoner list"),
        ("оның адвокатын", "lawyer"),
    ],
)
def test_kazakh_may_have_russian_words_with_its_own_endings(
    glossary: Glossary, question: str, text: str
) -> None:
    assert text in glossary.translate(question, "kk", "en").text


@pytest.mark.parametrize(
    ("word", "source"),
    [
        ("правит", "ru"),
        ("правый", "ru"),
        ("мерил", "ru"),
        ("жениха", "ru"),
        ("суданский", "ru"),
        ("балшық", "kk"),
        ("сотық", "kk"),
        ("түрмелік", "kk"),
        ("азапталер", "kk"),  # the wrong harmony
        ("түрметер", "kk"),  # the wrong sound
    ],
)
def test_what_only_begins_alike_is_not_carried(glossary: Glossary, word: str, source: str) -> None:
    translation = glossary.translate(word, source, "en")
    assert translation.text in ("", word)


def test_a_capital_tells_the_month_from_the_march(glossary: Glossary) -> None:
    assert glossary.translate("in March", "en", "ru").terms == (("март",),)
    assert glossary.translate("a march", "en", "ru").terms[0][0] == "марш"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Әбішевті азаптап жіберді", "torture"),
        ("кімді қамап қойды", "detain"),
        ("тыйым салып тастады", "ban"),
    ],
)
def test_a_kazakh_auxiliary_adds_nothing(glossary: Glossary, question: str, text: str) -> None:
    alone = glossary.translate(question.rsplit(" ", 1)[0], "kk", "en")
    translation = glossary.translate(question, "kk", "en")
    assert text in {one for alternatives in translation.terms for one in alternatives}
    assert (translation.text, translation.unknown) == (alone.text, alone.unknown)


@pytest.mark.parametrize(
    ("question", "text"),
    [("Қандай талап өтініште айтылған", "appeal"), ("Азаптап қалада кім отыр", "city")],
)
def test_a_noun_is_no_auxiliary(glossary: Glossary, question: str, text: str) -> None:
    assert text in english(glossary, question, "kk")


def test_an_auxiliary_that_stands_alone_is_a_verb(glossary: Glossary) -> None:
    assert "send" in english(glossary, "хатты кім жіберді", "kk")


# --- Coverage -------------------------------------------------------------------------------------

# Words that nobody asks by, and the two that the document writes as one.
NOT_ASKED_BY = "following indicating inkazakhstan well order keep experienced fallen"


def test_the_founding_document_is_covered(glossary: Glossary, base: KnowledgeBase) -> None:
    covered = {
        term for entry in glossary.terms for text in entry.en for term in content_terms(text, "en")
    }
    names = {term for person in base.people.people for term in content_terms(person.name, "en")}
    allowed = names | set(content_terms(NOT_ASKED_BY, "en"))
    missing = {
        word
        for document in base.documents
        for word in _asked_by(document)
        if not set(content_terms(word, "en")) <= covered | allowed
    }
    assert not missing, f"no entry of the glossary has: {', '.join(sorted(missing))}"


def _asked_by(document: Document) -> set[str]:
    return {word for word in words(document.text) if not word.isdigit()}
