"""Corrections that texts make to themselves, and the quotes that they are shown with."""

from collections.abc import Callable

import pytest

from bot.answer_json import as_json
from bot.messages import answer_blocks, pack
from knowledge.answering.errata import Errata
from knowledge.quotes.answers import Answer, quote
from knowledge.reading.passages import Passage, split
from tests.knowledge.conftest import Know, Read

Split = Callable[..., list[Passage]]

RALLY = (
    "The police broke up a rally in Kostal. They detained 120 people in Kostal, among them minors."
    "\n\nThe governor refused to comment.\n\n"
)
RALLY_IN_RUSSIAN = (
    "Полиция разогнала митинг. Было задержано 120 человек, среди них подростки.\n\n"
    "Аким отказался отвечать.\n\n"
)
RALLY_IN_KAZAKH = (
    "Полиция жиынды таратты. Қосталда 120 адам ұсталды, олардың ішінде жасөспірімдер бар.\n\n"
    "Әкім жауап бермеді.\n\n"
)
FLOODS = "The report gives 37 flooded houses in Kokpek.{}\n\nNobody was hurt in Zhana.\n\n"


@pytest.fixture
def passages(read_data: Read) -> Split:
    """A function from the texts of documents, each a day later, to their passages."""

    def passages_of(*texts: str, language: str = "en") -> list[Passage]:
        heads = (
            f"---\ntitle: Note {day}\ndate: 2021-05-0{day}\nlanguage: {language}\n---\n\n"
            for day in range(1, len(texts) + 1)
        )
        return [
            passage
            for number, (head, text) in enumerate(zip(heads, texts, strict=True))
            for passage in split(read_data(f"{head}{text}".encode(), f"d{number}.txt"))
        ]

    return passages_of


def shown(passages: list[Passage], words: str) -> tuple[list[str], list[str]]:
    """Return what is shown where the sentence of the documents that holds `words` answers:
    corrections, and what is quoted in its place.
    """
    one = next(quote(p, s) for p in passages for s in p.sentences if words in p.sentence_text(s))
    answer = Errata(passages).shown_with(Answer("answered", "en", 1.0, (one,)))
    quoted = [q.highlight for q in answer.quotes if q != one]
    return [q.highlight for q in answer.corrections], quoted


@pytest.mark.parametrize(
    ("language", "text", "note", "about", "other"),
    [
        (
            *("en", RALLY),
            "Correction (5 May): we wrote that 120 people were detained in Kostal. There were 102.",
            *("among them minors", "refused"),
        ),
        (
            *("en", RALLY),
            "An earlier version of this article said that 120 people were detained in Kostal.",
            *("among them minors", "refused"),
        ),
        (
            *("en", RALLY),
            "Editor’s note: this text gave 120 as the number of people detained, which is wrong.",
            *("among them minors", "refused"),
        ),
        (
            *("ru", RALLY_IN_RUSSIAN),
            "Исправление: задержано было не 120 человек. На самом деле задержано 102 человека.",
            *("подростки", "отказался"),
        ),
        (
            *("ru", RALLY_IN_RUSSIAN),
            "В первоначальной версии статьи ошибочно говорилось, что задержано 120 человек.",
            *("подростки", "отказался"),
        ),
        (
            *("kk", RALLY_IN_KAZAKH),
            "Түзету: Қосталда 120 адам ұсталды деп жазылған. Шын мәнінде 102 адам ұсталды.",
            *("жасөспірімдер", "жауап"),
        ),
    ],
)
@pytest.mark.parametrize("is_first", [False, True], ids=["below", "above"])
def test_a_correction_is_shown_with_what_it_is_about(
    passages: Split, language: str, text: str, note: str, about: str, other: str, is_first: bool
) -> None:
    read = passages(f"{note}\n\n{text}" if is_first else text + note, language=language)
    assert shown(read, about) == ([note], [])
    assert shown(read, other) == ([], [])
    corrections, (quoted,) = shown(read, note[:20])
    assert corrections == [note]
    assert about in quoted


@pytest.mark.parametrize(
    "note",
    [" [This figure is wrong, see the report of June.]", "\n\nThis figure turned out to be wrong."],
    ids=["in brackets", "in a paragraph of its own"],
)
def test_a_sentence_that_corrects_the_one_before(passages: Split, note: str) -> None:
    read = passages(FLOODS.format(note))
    assert shown(read, "37 flooded") == ([note.strip()], [])
    assert shown(read, "Nobody") == ([], [])
    quoted = "The report gives 37 flooded houses in Kokpek."
    assert shown(read, note.strip()) == ([note.strip()], [quoted])


def test_a_correction_of_an_earlier_document(passages: Split) -> None:
    note = "Correction: the number of flooded houses in Kokpek that the report gives is 27, not 37."
    assert shown(passages(FLOODS.format(""), note), "37 flooded") == ([note], [])


def test_a_later_document_is_not_corrected_by_an_earlier_one(passages: Split) -> None:
    note = "Correction: the number of flooded houses in Kokpek that the report gives is 27, not 37."
    assert shown(passages(note, FLOODS.format("")), "37 flooded") == ([], [])


@pytest.mark.parametrize(
    "text",
    [
        "Corrections officers detained people in Kostal: 120 of them.",
        "Correction, said the director, was not what 120 people in Kostal were detained for.",
        "They detained 120 people in Kostal. This was wrong.",
        "Correction: the photograph was taken in June.",
    ],
    ids=["officers", "a word of a sentence", "a judgement", "of something else"],
)
def test_what_is_no_correction_of_it_is_not_shown(passages: Split, text: str) -> None:
    assert shown(passages(RALLY + text), "among them minors") == ([], [])


def test_an_answer_is_sent_with_the_correction(know: Know) -> None:
    note = "Correction: 102 people were detained in Kostal, not 120."
    known = know(rate=1.0, a=f"---\nlanguage: en\n---\n{RALLY}{note}")
    answer = known.ask("How many minors were among those detained in Kostal?")
    assert "among them minors" in answer.quotes[0].highlight
    (message,) = pack(answer_blocks(answer, known))
    assert f"<b>A correction of this</b>\n<blockquote><b>{note}</b></blockquote>" in message
    assert '"corrections": [{"text": "Correction: 102 ' in as_json("", answer, known)
