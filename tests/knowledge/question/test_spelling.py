"""Misspelled words of a question, put right once, and names and right words left as they are."""

import pytest

from embeddings.multilingual import multilingual_encoder
from knowledge.knowledge_base import KnowledgeBase
from knowledge.question.glossary import Glossary
from knowledge.question.spelling import Spelling
from knowledge.reading.documents import read_documents
from knowledge.reading.passages import split

TEXTS = {
    "en": "Citizens appealed against the verdict. The strike of Temir Aldabergen lasted a month.",
    "ru": "Граждане обжаловали приговор. Суд отправил поэта в колонию.",
    "kk": "Сот ақынды түрмеге жапты. Азаматтар үкімге шағымданды.",
}


@pytest.fixture(scope="module")
def spelling(tmp_path_factory: pytest.TempPathFactory) -> Spelling:
    folder = tmp_path_factory.mktemp("spelling")
    for language, text in TEXTS.items():
        (folder / f"{language}.txt").write_text(text, "utf-8")
    passages = [p for document in read_documents(folder, 1000).readable for p in split(document)]
    return Spelling(passages, ["Temir Aldabergen"], Glossary(()), multilingual_encoder().commonness)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("what happend to the citzens", "what happened to the citizens"),
        ("who was disapointed by the verdikt?", "who was disappointed by the verdict?"),
        ("is tortur mentoned", "is torture mentioned"),
        ("Waht didnt the goverment say", "What didn't the government say"),
        ("что требуит парломент", "что требует парламент"),
        ("кагда граждане абжаловали пригавор", "когда граждане обжаловали приговор"),
        ("кайда камауда отыр", "қайда қамауда отыр"),
        ("Кандай ұкім шыгарды?", "Қандай ұкім шығарды?"),
        ("акынды неге турмеге жапты", "ақынды неге түрмеге жапты"),
    ],
)
def test_what_is_misspelled_is_put_right(spelling: Spelling, written: str, meant: str) -> None:
    assert spelling.corrected(written) == meant
    assert spelling.corrected(meant) == meant


@pytest.mark.parametrize(
    "text",
    [
        "where is temir aldabergn now",  # a name, though misspelled: asked back about elsewhere
        "где темир алдабергенов",
        "Werd was Bokoev",  # words with capitals
        "what is CPTT, ab-cd, e2e, @citzens or https://citzens.org/verdikt",
        "who is zzxqy",  # near nothing
        "Что такое мост? Кто чинит мост?",  # a right word near one of the documents: поэт, суд
        "who appeals to the citizen",
        "Азаматтар неше күннен кейін шағым берді?",
        "сколько ещё",
        "рахмет",  # Kazakh thanks, in letters that Russian has too
        "",
    ],
)
def test_names_and_right_words_stay(spelling: Spelling, text: str) -> None:
    assert spelling.corrected(text) == text


@pytest.mark.parametrize(
    ("question", "shows"),
    [
        ("what did the parlament condem", "ondemn"),
        ("скольк граждан подписоли оброщение", "over 500"),
        ("ундеуге канша азамат кол койды", "over 500"),
    ],
)
def test_a_misspelled_question_gets_its_answer(
    base: KnowledgeBase, question: str, shows: str
) -> None:
    answer = base.ask(question)
    assert answer.read_as not in {None, question}
    assert shows in answer.quotes[0].highlight


def test_the_answer_to_a_question_without_mistakes_says_nothing_of_them(
    base: KnowledgeBase,
) -> None:
    assert base.ask("How many citizens signed the appeal?").read_as is None
