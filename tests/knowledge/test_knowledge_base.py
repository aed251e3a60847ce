"""Questions asked of real documents: answered or declined, and whether quotes are true."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from transformers import BertModel

from embeddings.models import Models
from embeddings.multilingual import MultilingualEncoder
from embeddings.reader import Excerpt, States, apart
from knowledge import FOUNDING
from knowledge.errors import KnowledgeError
from knowledge.knowledge_base import KnowledgeBase
from knowledge.library.golden import Golden, read_golden
from knowledge.library.rehearsal import is_right
from knowledge.question.questions import understand
from knowledge.quotes.answers import Answer, quote
from knowledge.reading.documents import Document
from knowledge.words.detection import detect
from tests.knowledge.conftest import Know, Read

GOLDEN = read_golden(FOUNDING / "questions.yaml")
Build = Callable[..., KnowledgeBase]
OURS = (FOUNDING / "ep-resolution-kazakhstan.txt").read_text("utf-8")
CATS, DOGS = "The cat sat.\nThe cat slept.", "The dog barked.\nThe dog ran."
ODD = """\
In 2019 Maks Bokayev wrote: “The torture 😀 goes on!” Who knows why? He was jailed in İzmir.

Пытки продолжались, и\u0306 писал об этом Максат Бокаев. Когда? В 2019 году.

<b>The ﬁve & the six</b> who came wrote\u200b no more. Түрмеде қанша адам бар, кім біледі?"""


@pytest.fixture
def build(models: Models, state: Path) -> Build:
    """A maker of knowledge bases of documents."""

    def build_of(*documents: Document, false_answer_rate: float = 0.02) -> KnowledgeBase:
        return KnowledgeBase.build(
            documents,
            models,
            cache=state / "vectors.sqlite",
            false_answer_rate=false_answer_rate,
        )

    return build_of


@pytest.fixture
def documents(read_data: Read) -> tuple[Document, ...]:
    """Two documents of two passages each, with the ids a and b."""
    return read_data(CATS.encode(), "a.txt"), read_data(DOGS.encode(), "b.txt")


@pytest.fixture(scope="module")
def odd(know: Know) -> KnowledgeBase:
    """A document of letters that are easily cut in two, made to answer whatever is asked."""
    return know(rate=1.0, odd=ODD)


@pytest.fixture(scope="module")
def answers(base: KnowledgeBase) -> dict[Golden, Answer]:
    """What is answered to every sixth golden question; `rapporteur index` asks them all."""
    return {golden: base.ask(golden.question) for golden in GOLDEN[::6]}


@pytest.fixture(scope="session")
def talkative(base: KnowledgeBase) -> KnowledgeBase:
    """The founding document, made to answer whatever is asked."""
    return base.at_rate(1.0)


@pytest.mark.parametrize(
    ("text", "status", "reason"),
    [
        ("Who is Aron Atabek?", "answered", None),
        ("Hello!", "smalltalk", "greeting"),
        ("спасибо", "smalltalk", "thanks"),
        ("Сен кімсің?", "smalltalk", "about"),
        ("Who is Alexei Navalny?", "not_found", "stranger"),
        ("How do I bake bread?", "not_found", "nothing_found"),
        ("Кто испёк хлеб?", "not_found", "other_language"),
        ("Нанды кім пісірді?", "not_found", "other_language"),
        ("", "not_found", "nothing_found"),
        ("?!… 😀", "not_found", "nothing_found"),
        ("\x00", "not_found", "nothing_found"),
        ("why " * 250 + "why", "not_found", "too_long"),
    ],
)
def test_status_and_reason(base: KnowledgeBase, text: str, status: str, reason: str | None) -> None:
    answer = base.ask(text)
    assert (answer.status, answer.reason) == (status, reason)
    assert len(answer.quotes) == (status == "answered")
    assert not answer.more or status == "answered"


@pytest.mark.parametrize(
    "question",
    [
        "Why was the judge of the Aktau City Court dismissed?",
        "Ақтау сотының судьясын не үшін жұмыстан шығарды?",
    ],
)
def test_a_reason_must_be_said(base: KnowledgeBase, question: str) -> None:
    assert base.ask(question).status == "not_found"


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("Почему мирных протестующих сажают в тюрьму?", "for taking a stance"),
        ("Did the number of political prisoners grow?", "increased number of political"),
    ],
)
def test_a_reason_a_name_and_a_claim_that_are_said(
    base: KnowledgeBase, question: str, shown: str
) -> None:
    assert shown in base.ask(question).quotes[0].highlight


def test_a_question_of_1000_characters_is_read(base: KnowledgeBase) -> None:
    assert base.ask("a" * 1000).reason == "nothing_found"
    assert base.ask("a" * 1001).reason == "too_long"
    assert base.ask(f"hello{' ' * 1000}").reason == "greeting"


@pytest.mark.parametrize(
    "text",
    [
        "Who is Maks Bokayev?",
        "maks bokayev",
        "MAKS BOKAYEV?!",
        " Maks\n\tBokayev ",
        "“Maks Bokayev”",
    ],
)
def test_an_answer_is_a_quote_with_its_place(base: KnowledgeBase, text: str) -> None:
    (found,) = base.ask(text).quotes
    assert found.passage.paragraph == 5
    assert found.passage.document.id == "ep-resolution-kazakhstan"
    assert "Maks Bokayev" in found.highlight
    assert found.highlight in found.text
    assert found.label == "demand"


def test_more_are_other_passages(base: KnowledgeBase) -> None:
    answer = base.ask("What did the European Parliament condemn?")
    passages = [found.passage.paragraph for found in (*answer.quotes, *answer.more)]
    assert len(passages) == len(set(passages)) == 5


def test_the_bar_decides_what_is_given(base: KnowledgeBase, talkative: KnowledgeBase) -> None:
    declined = base.ask("How do I bake bread?")
    given_ = talkative.ask("How do I bake bread?")
    assert (declined.status, given_.status) == ("not_found", "answered")
    assert declined.explanation is not None
    assert declined.confidence < declined.explanation.least_confidence


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "MEPs ask for nothing."},
        {"text": ""},
        {"highlight": "MEPs ask for nothing."},
        {"highlight": ""},
    ],
    ids=["text", "no-text", "highlight", "no-highlight"],
)
def test_a_quote_with_other_words_cannot_be_made(
    base: KnowledgeBase, changes: dict[str, str]
) -> None:
    (true,) = base.ask("Who is Aron Atabek?").quotes
    with pytest.raises(KnowledgeError, match="ep-resolution-kazakhstan: a quote is not what"):
        replace(true, **changes)


def test_a_sentence_of_another_passage_is_no_highlight(base: KnowledgeBase) -> None:
    first, second = base.passages[:2]
    with pytest.raises(KnowledgeError, match="a quote is not what the document says"):
        quote(first, second.sentences[0])


def test_a_changed_document_makes_its_quotes_false(base: KnowledgeBase) -> None:
    (true,) = base.ask("Who is Aron Atabek?").quotes
    other = replace(true.passage.document, text=true.passage.document.text.replace("Aron", "Ivan"))
    with pytest.raises(KnowledgeError, match="a quote is not what the document says"):
        replace(true, passage=replace(true.passage, document=other))


ASKED = st.text(max_size=60) | st.lists(
    st.sampled_from(
        [
            *("Who", "When", "how many", "Bokayev", "'s", "torture", "Кто", "Пытки", "кім", "2019"),
            *(
                "the",
                "?",
                "“",
                "😀",
                "\x00",
                "\u202e",
                "\ufeff",
                "<b>",
                "&",
                "\n",
                "e\u0301",
                "İ",
                "ﬁ",
            ),
        ]
    ),
    max_size=12,
).map(" ".join)


@settings(max_examples=30)
@given(text=ASKED)
def test_whatever_is_asked_every_quote_is_a_slice_of_its_document(
    odd: KnowledgeBase, text: str
) -> None:
    answer = odd.ask(text)
    assert 0 <= answer.confidence <= 1
    assert (answer.status == "answered") == (len(answer.quotes) > 0)
    assert (answer.status == "answered") == (answer.reason in {None, "overview"})
    for found in (*answer.quotes, *answer.more):
        source = found.passage.document.text
        assert source[found.passage.start : found.passage.end] == found.text
        assert source[found.sentence.start : found.sentence.end] == found.highlight


def test_building_twice_gives_one_version(build: Build, documents: tuple[Document, ...]) -> None:
    assert build(*documents).version == build(*documents).version


@pytest.mark.parametrize(
    "change",
    [
        lambda a, b: (a, replace(b, text=b.text.replace("ran", "sat"))),
        lambda a, b: (a, replace(b, id="c")),
        lambda a, _: (a,),
        lambda a, b: (b, a),
    ],
    ids=["text", "name", "one-less", "order"],
)
def test_other_documents_are_another_version(
    build: Build,
    documents: tuple[Document, ...],
    change: Callable[[Document, Document], tuple[Document, ...]],
) -> None:
    assert build(*change(*documents)).version != build(*documents).version


def test_around_stays_in_the_document(build: Build, documents: tuple[Document, ...]) -> None:
    base = build(*documents)
    around = [[passage.text for passage in base.around(row)] for row in range(4)]
    assert around == [CATS.split("\n")] * 2 + [DOGS.split("\n")] * 2


def test_around_is_the_passage_before_and_after(base: KnowledgeBase) -> None:
    assert [passage.paragraph for passage in base.around(4)] == [4, 5, 6]


def test_a_row_names_its_passage(build: Build, documents: tuple[Document, ...]) -> None:
    base = build(*documents)
    assert [base.row(passage) for passage in base.passages] == [0, 1, 2, 3]


def test_without_documents_there_is_no_knowledge_base(build: Build) -> None:
    with pytest.raises(KnowledgeError, match=r"no documents to answer from; add a \.txt or \.md"):
        build()


def test_threads_are_answered_as_one_is(base: KnowledgeBase, answers: dict[Golden, Answer]) -> None:
    questions = [golden.question for golden in list(answers)[::8]]
    alone = list(answers.values())[::8]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(base.ask, questions)) == alone


def test_golden_questions_are_answered_right(answers: dict[Golden, Answer]) -> None:
    wrong = [golden.question for golden, answer in answers.items() if not is_right(golden, answer)]
    assert not wrong


@pytest.mark.parametrize(("language", "least"), [("en", 30), ("ru", 25), ("kk", 25)])
def test_golden_questions_are_asked_in_every_language(language: str, least: int) -> None:
    asked = [golden for golden in GOLDEN if detect(golden.question) == language]
    assert len(asked) >= least
    assert sum(golden.declined for golden in asked) >= least / 4
    assert sum(golden.example for golden in asked) >= 3


def test_what_the_golden_questions_show_is_in_the_documents(base: KnowledgeBase) -> None:
    texts = [document.text for document in base.documents]
    missing = [g.shows for g in GOLDEN if g.shows and not any(g.shows in text for text in texts)]
    assert missing == []


def test_a_quote_says_whose_words_it_is(build: Build, documents: tuple[Document, ...]) -> None:
    (found,) = build(*documents).ask("Who barked?").quotes
    assert (found.text, found.label) == ("The dog barked.", "report")


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("Какое движение запретили?", "Democratic Choice of Kazakhstan (DCK)"),
        ("Қай қозғалысқа тыйым салынды?", "Democratic Choice of Kazakhstan (DCK)"),
        ("Сколько граждан подписали обращение?", "over 500 Kazakhstani citizens"),
    ],
)
def test_a_question_in_another_language_is_carried_over(
    base: KnowledgeBase, question: str, shown: str
) -> None:
    answer = base.ask(question)
    assert shown in answer.quotes[0].highlight
    assert answer.language == detect(question)


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("What is DCK?", "Democratic Choice of Kazakhstan (DCK)"),
        ("what does eeas stand for?", "European External Action Service (EEAS)"),
        ("ДВК", "Democratic Choice of Kazakhstan (DCK)"),
    ],
)
def test_an_abbreviation_is_shown_where_it_is_introduced(
    base: KnowledgeBase, question: str, shown: str
) -> None:
    (found,) = base.ask(question).quotes
    assert shown in found.highlight


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("how many citzens signed the apeal", "over 500"),
        ("кагда приняли резолюцыю", "March 14"),
        ("Whom do the authors thank?", "gratitude towards all MEPs"),
    ],
)
def test_a_question_in_other_words_or_letters_is_answered(
    base: KnowledgeBase, question: str, shown: str
) -> None:
    assert shown in base.ask(question).quotes[0].highlight


@pytest.mark.parametrize(
    "question",
    [
        "How many citizens of Kyrgyzstan signed the appeal?",
        "What did Amnesty International say about arbitrary detention?",
        "What happened to the collective complaint in 2011?",
        "Ресейдегі азаптаулар туралы не айтылған?",
    ],
)
def test_what_is_elsewhere_is_declined(base: KnowledgeBase, question: str) -> None:
    assert base.ask(question).status == "not_found"


@pytest.mark.parametrize(
    "question",
    [
        "Why did the Parliament lift the ban on DCK?",
        "Who ordered the torture in Zhanaozen?",
        "What did Iskander Yerimbetov conclude about torture?",
        "Парламент ҚДТ-ға салынған тыйымды неге алып тастады?",
    ],
)
def test_what_did_not_happen_is_not_explained(base: KnowledgeBase, question: str) -> None:
    assert base.ask(question).status == "not_found"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How many people did the plague of the city kill in 1631?", "40,000"),
        ("Who sang at the Superbowl?", "Ann Baker"),
        ('Which prize is "The fairest of all cities"?', "Tallinn"),
        ("Which hymn did Ann Baker write for the Super Bowl?", "Morning"),
    ],
)
def test_what_a_document_writes_otherwise_is_not_elsewhere(
    know: Know, question: str, answer: str
) -> None:
    base = know(
        a="The plague of 1630-31 killed 40,000 people in the city.\n"
        "Ann Baker sang at the Super Bowl, for which Baker was made to write the hymn Morning.\n"
        "Tallinn was awarded the prize for the fairest of all cities."
    )
    assert answer in base.ask(question).quotes[0].highlight


@pytest.mark.parametrize(
    "question",
    ["How many died in the plague of 1632?", "Who sang at the Superball?", 'Who is "Halley"?'],
)
def test_what_it_does_not_write_is(know: Know, question: str) -> None:
    base = know(a="The plague of 1630-31 killed 40,000 people.\nAnn Baker sang at the Super Bowl.")
    assert base.ask(question).status == "not_found"


def test_what_should_be_done_is_looked_for_among_demands(base: KnowledgeBase) -> None:
    (found,) = base.ask("What should be reported to Parliament?").quotes
    assert "report regularly to Parliament" in found.highlight


@pytest.mark.parametrize(
    "question",
    [
        "My name is Anna, I write for a newspaper. How many citizens signed the appeal?",
        "Здравствуйте! Подскажите, пожалуйста, сколько граждан подписали обращение?",
    ],
)
def test_courtesy_does_not_change_the_answer(base: KnowledgeBase, question: str) -> None:
    assert "over 500" in base.ask(question).quotes[0].highlight


@pytest.mark.parametrize("question", ["Что такое мост?", "Кто чинит мост?"])
def test_a_word_that_documents_do_without_is_not_taken_for_a_misspelled_one(
    know: Know, question: str
) -> None:
    base = know(
        a="Место построено в 1897 году. Здесь встречаются рыбаки. Рынок открыт утром.\n\n"
        "Поэта арестовали в мае. Жена приносила ему письма.\n\n"
        "Колонии получили свободу в 1960 году. Их столицы стоят у моря."
    )
    assert base.ask("В каком году построено место?").status == "answered"
    assert base.ask(question).status == "not_found"


@pytest.mark.parametrize(
    ("beside", "question", "shows"),
    [
        ("ru", "What is the resolution about?", "Plenary session of March 14"),
        ("ru", "О чём эта резолюция?", "Plenary session of March 14"),
        ("ru", "кагда приняли резолюцыю", "Plenary session of March 14"),
        ("ru", "Почему запретили компартию Казахстана?", None),
        ("kk", "Үндеу кімге жолданды?", "over 500 Kazakhstani citizens"),
        ("kk", "Ұжымдық шағым неше азаматтың атынан берілді?", "129 Kazakhstani citizens"),
    ],
)
def test_another_document_beside_ours_changes_no_answer_from_it(
    know: Know, beside: str, question: str, shows: str | None
) -> None:
    others = {
        "ru": "Анна Каримова была освобождена в мае 2021 года.",
        "kk": "Анна Каримова 2021 жылдың мамырында босатылды. Түрме өзен жағасында тұр.",
    }
    shown = know(a=OURS, b=others[beside]).ask(question).quotes
    assert shown == () if shows is None else shows in shown[0].highlight


def test_no_passage_that_was_read_ahead_is_read_for_a_question(
    know: Know, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def noting(
        encoder: MultilingualEncoder, first: BertModel, excerpts: Sequence[Excerpt]
    ) -> list[States]:
        read.extend(excerpt.text for excerpt in excerpts)
        return apart(encoder, first, excerpts)

    monkeypatch.setattr("embeddings.reader.apart", noting)
    base = know(
        rate=1.0, kiln="The kiln of Ostrova was lit on 3 May 1911.\n\nIt burned for a week."
    )
    assert [None for _ in base.passages] == list(base.read_ahead())
    assert len(read) == len(base.passages)
    assert base.reading.judged(understand("How long did the kiln burn?"))
    assert len(read) == len(base.passages)
