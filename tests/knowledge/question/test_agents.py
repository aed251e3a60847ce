"""Who did what: a sentence that does not say who answers no such question."""

import pytest

from knowledge.knowledge_base import KnowledgeBase
from knowledge.question.agents import deed_asked, institution_asked, office_asked, tells_who
from knowledge.question.glossary import read_glossary


@pytest.mark.parametrize(
    ("question", "language", "sentence", "told"),
    [
        ("Who dismissed the judge?", "en", "The dismissal of the judge was not mentioned.", False),
        ("Who dismissed the judge?", "en", "The president dismissed the judge.", True),
        ("Who dismissed the judge?", "en", "The judge was dismissed by the president.", True),
        ("Who dismissed the judge?", "en", "The judge was quietly dismissed.", False),
        ("Who dismissed the judge?", "en", "He was dismissed by protesting.", False),
        ("By whom was the judge dismissed?", "en", "The dismissal of the judge.", False),
        ("Which court sentenced them?", "en", "Four people, all sentenced to prison.", False),
        ("Which court sentenced them?", "en", "The City Court sentenced four people.", True),
        ("Who is threatening them?", "en", "Victims of torture, threats and arrests.", False),
        ("Who banned the party?", "en", "They condemn the ban on the party.", False),
        ("Who banned the party?", "en", "They condemn the government's ban on it.", True),
        ("Who headed the mission?", "en", "Li Wei, a lawyer from Urda, headed the mission.", True),
        ("Who sentenced him?", "en", "Li Wei, a lawyer from Urda, sentenced to prison.", False),
        ("Who pledged it?", "en", "The government must fulfil its pledges.", True),
        ("Who was dismissed?", "en", "The dismissal of the judge.", True),
        ("Who sang?", "en", "Lady Gaga performed the anthem.", True),
        ("Whom did the citizens threaten?", "en", "They are victims of threats.", False),
        ("Кем был уволен судья?", "ru", "The dismissal of the judge.", False),
        ("Кого уволили?", "ru", "The dismissal of the judge.", True),
        ("Кто уволил судью?", "ru", "The dismissal of the judge was not mentioned.", False),
        (
            "Кто именно пытал его?",
            "ru",
            "They expressed concern at the allegations of torture.",
            False,
        ),
        ("Какой суд запретил партию?", "ru", "The City Court banned the party.", True),
        ("Судьяны кім жұмыстан шығарды?", "kk", "The dismissal of the judge.", False),
        ("Партияға кім тыйым салды?", "kk", "The City Court banned the party.", True),
        ("129 азаматқа кім қысым жасап отыр?", "kk", "They are under pressure.", False),
        ("Кім жұмыстан шығарылды?", "kk", "The dismissal of the judge.", True),
    ],
)
def test_who_did_it_is_told_by_a_verb_or_by_whom(
    question: str, language: str, sentence: str, told: bool
) -> None:
    deed = deed_asked(question, language, read_glossary())
    assert tells_who(deed, sentence) is told


@pytest.mark.parametrize(
    "question",
    [
        "Who fired the Aktau City Court judge?",
        "Кто именно пытал Искандера Еримбетова в СИЗО?",
        "Белсенділерді кім қудалайды?",
        "ҚДТ-ға кім тыйым салды?",
    ],
)
def test_who_is_to_blame_is_not_taken_from_what_was_done(
    base: KnowledgeBase, question: str
) -> None:
    assert base.ask(question).status == "not_found"


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("Who condemned the ban on DCK?", "condemning the ban"),
        ("Could you tell me who Makhambet Abjan is?", "Makhambet Abzhan"),
        ("Кого уволили в Актау?", "dismissal of the Aktau City Court judge"),
        ("Who carried out advocacy campaigns?", "the Open Dialogue Foundation has carried out"),
        ("Кто упомянул Айгуль Акбердиеву в ходе дебатов?", "As MEP Julie Ward mentioned"),
    ],
)
def test_who_did_it_is_shown_where_it_is_said(
    base: KnowledgeBase, question: str, shown: str
) -> None:
    assert shown in base.ask(question).quotes[0].highlight


@pytest.mark.parametrize(
    ("question", "office"),
    [
        ("Who was the rapporteur on Kazakhstan?", "rapporteur"),
        ("who's the author of the text", "author"),
        ("Кто был докладчиком по резолюции?", "докладчиком"),
        ("Қарардың баяндамашысы кім болды?", "баяндамашысы"),
        ("Who is the judge that was dismissed?", "judge"),
        ("Who was arrested?", ""),
        ("Кто был уволен?", ""),
        ("Бөкаев кім?", ""),
    ],
)
def test_an_office_that_is_asked_for_is_told(question: str, office: str) -> None:
    assert office_asked(question) == office


@pytest.mark.parametrize(
    ("question", "institution"),
    [
        ("What did the foreign ministry answer?", "ministry"),
        ("What did the UN Special Rapporteur on Torture say?", "Rapporteur"),
        ("Что сказал Спецдокладчик ООН по пыткам?", "Спецдокладчик"),
        ("БҰҰ-ның арнайы баяндамашысы не деді?", "баяндамашысы"),
        ("Why did the court sentence him?", ""),
        ("Почему суд осудил их?", ""),
        ("What does it say of the ministry?", ""),
        ("Что сказано о комитете?", ""),
    ],
)
def test_an_institution_that_is_asked_about_is_told(question: str, institution: str) -> None:
    assert institution_asked(question) == institution


def test_nobody_is_given_for_an_office_that_the_text_does_not_speak_of(base: KnowledgeBase) -> None:
    assert base.ask("Who is the author of the resolution?").status == "not_found"
    assert base.ask("Who is the translator of the resolution?").status == "not_found"
