"""Documents in a language that the bot does not speak, asked about in that language."""

import pytest

from knowledge.knowledge_base import KnowledgeBase
from tests.knowledge.conftest import Know

ARABIC = (
    "اعتقل الصحفي سامي الحداد في 5 مايو 2021 في مدينة بلطة.\n\nيطالب المحامي بالإفراج عنه فورا.\n"
)
GERMAN = "Der Anwalt fordert die Freilassung des Journalisten.\n\nDas Gericht schwieg dazu.\n"
ENGLISH = "The river was frozen in May.\n"


@pytest.fixture
def known(know: Know) -> dict[str, KnowledgeBase]:
    arabic, german, english = (
        f"---\ntitle: T\ndate: 2021-06-14\nlanguage: {language}\n---\n\n{text}"
        for language, text in (("ar", ARABIC), ("de", GERMAN), ("en", ENGLISH))
    )
    return {"ar": know(ar=arabic), "de": know(de=german), "both": know(ar=arabic, en=english)}


@pytest.mark.parametrize(
    ("name", "question", "expected"),
    [
        ("ar", "بماذا يطالب المحامي؟", "يطالب المحامي بالإفراج عنه فورا."),
        ("both", "بماذا يطالب المحامي؟", "يطالب المحامي بالإفراج عنه فورا."),
        ("both", "When was the river frozen?", "The river was frozen in May."),
        ("de", "Was fordert der Anwalt?", "Der Anwalt fordert die Freilassung des Journalisten."),
    ],
)
def test_a_question_in_the_language_of_a_document_is_answered(
    name: str, question: str, expected: str, known: dict[str, KnowledgeBase]
) -> None:
    answer = known[name].ask(question)
    assert [quote.highlight for quote in answer.quotes] == [expected]
    assert answer.language == "en"  # that of the bot's own words


def test_one_without_an_answer_is_not_told_to_be_in_another_language(
    known: dict[str, KnowledgeBase],
) -> None:
    assert known["ar"].ask("من هو رئيس فرنسا؟").reason == "nothing_found"
    assert known["ar"].ask("Кто выиграл кубок по футболу?").reason == "other_language"
