"""Demands in documents of several languages, and a question in any of them."""

from knowledge.answering.demands import demands_meant
from knowledge.question.elsewhere import Vocabulary, speaks_of_elsewhere
from knowledge.question.glossary import read_glossary
from knowledge.quotes.statements import Statements
from knowledge.reading.documents import Block, Document
from knowledge.reading.passages import split

TEXTS = {
    "en": "The Parliament calls on the government to put an end to torture.",
    "ru": "Мы требуем от прокуратуры отменить приговор шахтёрам.",
    "kk": "Біз биліктен мұнайшыларды дереу босатуды талап етеміз.",
}
PASSAGES = [
    passage
    for language, text in TEXTS.items()
    for passage in split(
        Document(language, language, text, (Block("paragraph", 0, len(text)),), language)
    )
]


def test_documents_of_other_languages_hide_no_demand() -> None:
    demands = Statements(PASSAGES, ()).demands
    assert [one.passage.document.id for one in demands] == list(TEXTS)
    question = "Чего требует парламент в отношении пыток?"
    (meant,) = demands_meant(question, "ru", demands, read_glossary())
    assert meant.passage.document.id == "en"


def test_a_country_that_looks_like_a_word_is_one_in_every_language() -> None:
    vocabulary, glossary = Vocabulary.of(PASSAGES), read_glossary()
    question = "What did the Parliament ask the US government to do?"
    assert all(
        speaks_of_elsewhere(question, "en", vocabulary, target, glossary) for target in TEXTS
    )
