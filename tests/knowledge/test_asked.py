"""Questions asked before: what is like one of them gets its answer, and what only looks so none."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import knowledge
from embeddings.encoder import Encoder
from knowledge.answers import Answer
from knowledge.asked import Asked, check_asked, read_asked
from knowledge.documents import read_documents
from knowledge.errors import KnowledgeError
from knowledge.knowledge_base import KnowledgeBase
from knowledge.questions import understand
from tests.knowledge.libraries import WELL, library_over, write

TEXT = (
    "The report asks the ministry to lift the restrictions on the movements of 40 miners. Anna"
    " Karimova, a miner, was sentenced to three years. Serik Omarov, a baker, waits for his trial."
    " Bread became dearer in the north. The prison guards beat Anna Karimova. A deputy spoke up for"
    " the miners in their long quarrel with the owners.\n\nThe UN was told of all this."
)
BEFORE = (
    Asked(
        asked=("so can they go abroad again or are they stuck?", "могут ли они теперь уехать?"),
        shows=("restrictions on the movements",),
    ),
    Asked(asked=("what did Anna Karimova get in the end",), shows=("sentenced to three years",)),
    Asked(asked=("did bread get more expensive up there",), shows=("Bread became dearer",)),
    Asked(asked=("who decided that bread gets more expensive",), declined=True),
    Asked(asked=("whom does the report speak of, all of them",), lists="people"),
    Asked(asked=("who hit Anna Karimova, tell me",), shows=("guards beat Anna Karimova",)),
    Asked(asked=("which politician took the side of those miners",), shows=("A deputy spoke up",)),
)


Build = Callable[..., KnowledgeBase]


@pytest.fixture(scope="module")
def build(encoder: Encoder, state: Path, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A maker of the knowledge base of TEXT, with what was asked before."""
    folder = tmp_path_factory.mktemp("asked")
    (folder / "report.txt").write_text(TEXT)

    def build_with(*asked: Asked) -> KnowledgeBase:
        return KnowledgeBase.build(
            read_documents(folder, 1_000_000).readable,
            encoder,
            cache=state / "vectors.sqlite",
            false_answer_rate=0.02,
            asked=asked,
        )

    return build_with


@pytest.fixture(scope="module")
def unasked(build: Build) -> KnowledgeBase:
    return build()


@pytest.fixture(scope="module")
def asked(build: Build) -> KnowledgeBase:
    return build(*BEFORE)


def shown(answer: Answer) -> str:
    return answer.quotes[0].highlight if answer.quotes else ""


@pytest.mark.parametrize(
    ("question", "shows"),
    [
        ("can they travel abroad again, or are they stuck?", "movements of 40 miners"),
        ("смогут ли они теперь уехать?", "movements of 40 miners"),
        ("so what did Anna Karimova get at the end?", "three years"),
        ("and what did KARIMOVA get in the end", "three years"),
        ("please tell me: who hit Anna Karimova?", "guards beat"),
        ("which politician stood by those miners", "A deputy spoke up"),
    ],
)
def test_a_wording_like_one_asked_before_is_answered_as_that_was(
    asked: KnowledgeBase, unasked: KnowledgeBase, question: str, shows: str
) -> None:
    assert unasked.ask(question).status == "not_found"
    answer = asked.ask(question)
    assert shows in shown(answer)
    assert answer.asked_before in {text for entry in BEFORE for text in entry.asked}


@pytest.mark.parametrize(
    "question",
    [
        "what did Serik Omarov get in the end",
        "what did Anna Karimova and Serik Omarov get in the end",
        "where did Anna Karimova end up in the end",
        "when did Anna Karimova get that in the end",
        "why did Anna Karimova get that in the end",
        "what did Anna Karimova get in the end in Belarus",
        "so can those 50 go abroad again or are they stuck?",
        "whom did Anna Karimova hit, tell me",
        "which politician did not stand by those miners",
        "what did Anna Karimova say in the end",
        "what is the name of the man who took the side of those miners",
        "which UN politician took the side of those miners",
        "which politician of Belarus took the side of those miners",
        "which president took the side of those miners",
        "do prices go up there?",
    ],
    ids=[
        *("another", "one more", "where", "when", "why", "elsewhere", "number"),
        *("whom", "not", "words", "name", "UN", "Belarus", "office", "unlike"),
    ],
)
def test_what_asks_of_another_or_for_more_is_not(asked: KnowledgeBase, question: str) -> None:
    assert asked.ask(question).status == "not_found"


def test_what_is_as_like_one_with_another_answer_is_not(build: Build, asked: KnowledgeBase) -> None:
    question = understand("did bread get more expensive there")
    assert asked.asked.closest(question, ())
    twin = Asked(asked=("did bread get more expensive down there",), declined=True)
    assert build(*BEFORE, twin).asked.closest(question, ()) is None


def test_what_is_like_one_to_be_declined_is_declined(build: Build, unasked: KnowledgeBase) -> None:
    question = "Did bread become dearer in the north?"
    assert "Bread became dearer" in shown(unasked.ask(question))
    answer = build(Asked(asked=("did bread become dearer in the north",), declined=True)).ask(
        question
    )
    assert answer.status == "not_found"
    assert answer.asked_before == "did bread become dearer in the north"


def test_the_very_words_decide(build: Build, unasked: KnowledgeBase) -> None:
    question = "What was Anna Karimova sentenced to?"
    certain = unasked.ask(question)
    assert "three years" in shown(certain)
    assert certain.confidence > 0.9
    base = build(Asked(asked=("what was anna karimova sentenced to",), declined=True))
    assert base.ask(question).status == "not_found"


def test_who_was_spoken_of_before_is_asked_about_like_one_asked_before(
    asked: KnowledgeBase, unasked: KnowledgeBase
) -> None:
    (anna,) = (person for person in asked.people.people if person.name == "Anna Karimova")
    question = "and what did she get in the end"
    assert unasked.ask(question, about=anna).status == "not_found"
    answer = asked.ask(question, about=anna)
    assert "three years" in shown(answer)
    assert answer.is_follow_up


def test_an_answer_gives_way_only_to_what_is_very_like(build: Build) -> None:
    very = build(Asked(asked=("what is said of bread in the north",), shows=("A deputy",)))
    assert "A deputy" in shown(very.ask("What is there of bread up in the north?"))
    base = build(
        Asked(asked=("which bread do they eat in the north",), shows=("Serik Omarov, a baker",)),
        Asked(asked=("how many miners does the report speak of",), shows=("Bread became",)),
    )
    somewhat = "Has bread become dearer in the north lately?"
    assert "Bread became" in shown(base.ask(somewhat))
    certain = "how many miners are in the report?"
    assert "40 miners" in shown(base.ask(certain))


def test_what_is_only_somewhat_like_one_to_be_declined_is_answered(build: Build) -> None:
    asked = Asked(asked=("which bread do they eat in the north",), declined=True)
    question = "has bread become dearer in the north?"
    assert "Bread became dearer" in shown(build(asked).ask(question))


def test_a_name_that_may_be_another_teaches_nothing(build: Build) -> None:
    asked = Asked(asked=("what did Anna Karimowna get in the end",), shows=("three years",))
    assert build(asked).ask("what did Anna Karimova get in the end").status == "not_found"


def test_sentences_that_ask_nothing_do_not_name_for_others(build: Build) -> None:
    asked = "Serik Omarov is my uncle. What will they do to their baker in the end?"
    base = build(Asked(asked=(asked,), shows=("waits for his trial",)))
    assert "waits for his trial" in shown(base.ask(asked))
    assert base.ask("What will they do to their baker in the end?").asked_before is None


def test_at_most_three_sentences_are_shown(build: Build) -> None:
    shows = ("40 miners", "three years", "waits for his trial", "Bread became dearer")
    question = "so how is life up there"
    quotes = build(Asked(asked=(question,), shows=shows)).ask(question).quotes
    assert len(quotes) == 3
    assert all(words in quote.highlight for words, quote in zip(shows, quotes, strict=False))


def test_what_is_asked_of_today_is_answered_as_of_its_day(build: Build) -> None:
    asked = Asked(asked=("is Serik Omarov out by now or what",), shows=("waits for his trial",))
    assert build(asked).ask("is Serik Omarov out by now or what").is_of_now


def test_a_list_is_given_whole(asked: KnowledgeBase) -> None:
    answer = asked.ask("of whom does the report speak, of all of them")
    assert [person.name for person in answer.people] == ["Anna Karimova", "Serik Omarov"]
    assert len(answer.quotes) == 3


@pytest.mark.parametrize(
    ("question", "shows"),
    [
        ("does anybody ask to free Aron Atabek", "immediate release"),
        ("кого всего называют по имени в этом тексте? нужен полный список людей", ""),
        ("Джули Уордтың көңілі неге толмады?", "does not include her name"),
    ],
)
def test_the_founding_document_is_answered_in_everyday_words(
    base: KnowledgeBase, question: str, shows: str
) -> None:
    answer = base.ask(question)
    assert answer.status == "answered"
    assert any(shows in quote.highlight for quote in answer.quotes)


@pytest.mark.parametrize(
    "question",
    [
        "Which member of the European Parliament spoke against Aigul Akberdiyeva?",
        "Which member of the Kazakh Parliament spoke up for Aigul Akberdiyeva?",
        "does Kazakhstan want that Mukhtar Jakishev goes free",
        "Требует ли Казахстан освободить Арона Атабека?",
        "Why should observers not go to the courts?",
        "What does it demand of the European Commission?",
        "О каких событиях резолюция сказала?",
        "перед какими обязательствами казахстан держит слово",
        "Еуропарламент Арон Атабекті босатуға қарсы ма?",
    ],
)
def test_what_asks_for_the_opposite_is_not_answered_like_it(
    base: KnowledgeBase, question: str
) -> None:
    assert base.ask(question).asked_before is None


def test_ours_show_what_the_founding_document_says(base: KnowledgeBase) -> None:
    ours = read_asked(Path(knowledge.__file__).with_name("asked.yaml"))
    assert not list(check_asked("asked.yaml", ours, base.statements))
    questions = [question for entry in ours for question in entry.asked]
    assert len(questions) == len(set(questions)) > 1_000


def test_what_does_not_count_is_named_and_the_rest_counts(encoder: Encoder, tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    entries = (
        "- {asked: [who made the hole], shows: [dug in 1898]}\n"
        "- {asked: [whose work is that hole then], shows: [by Anna Karimova, of stone]}\n"
        "- {asked: [what do they demand then], lists: demands}\n"
        "- {asked: [Whose work is that hole then?], declined: true}"
    )
    write(folder, well_txt=WELL, asked_yaml=entries)
    draft = library_over(folder, tmp_path / "state", encoder).first()
    copy = "so that it does not count; copy the words of one sentence, or take it out"
    assert [str(problem) for problem in draft.unused] == [
        f"asked.yaml: entry 0.shows: no document says 'dug in 1898' in one sentence, {copy}",
        f"asked.yaml: entry 1.shows: no document says 'of stone' in one sentence, {copy}",
        "asked.yaml: entry 2.lists: the documents have no list of demands, so that these questions"
        " do not count; take the entry out",
        "asked.yaml: entry 3.asked: 'Whose work is that hole then?' has another answer in entry 1,"
        " which counts; take it out of one",
    ]
    assert WELL in shown(draft.snapshot.knowledge_base.ask("whose work is that hole then"))


OUTCOME = "expected either shows, lists or declined: true"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {asked: [a]}", f"entry 0: {OUTCOME}"),
        ("- {asked: [a], shows: [b], declined: true}", f"entry 0: {OUTCOME}"),
        ("- {asked: [a], shows: [b]}\n- {asked: [a], shows: [b], lists: people}", "entry 1: "),
        ("- {asked: [a], lists: dogs}", r"entry 0\.lists: "),
        ("- {shows: [b]}", r"entry 0\.asked: Field required"),
        ("- {asked: a, shows: [b]}", r"entry 0\.asked: .*valid tuple"),
        ("- {asked: [], shows: [b]}", r"entry 0\.asked: .*at least 1 item"),
        ("- {asked: [' '], shows: [b]}", r"entry 0\.asked\.0: .*at least 1 character"),
        ("- {asked: [a], shows: ['']}", r"entry 0\.shows\.0: .*at least 1 character"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "asked.yaml").write_text(text)
    with pytest.raises(KnowledgeError, match=rf"asked\.yaml: {message}") as caught:
        read_asked(tmp_path / "asked.yaml")
    assert not re.search("\n", str(caught.value))
