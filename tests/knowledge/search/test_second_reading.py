"""What the reader says of questions that the rules decline, on texts small enough to read."""

from knowledge.knowledge_base import KnowledgeBase
from knowledge.people.person import Person
from knowledge.question.questions import understand
from tests.knowledge.conftest import Know

TRIAL = """\
On 4 May 2021 the Osh court sentenced the teacher Gulmira Asanova to three years in prison.

The journalist was taken ill in her cell in the winter, and lost eleven kilos.

Her colleague Joldosh Kerimbekov was acquitted for lack of evidence.

The school has been closed since the summer.
"""
LETTER = """\
They have not let her have books or paper.

Rain fell in Naryn all the week.
"""


def person(base: KnowledgeBase, name: str) -> Person:
    return next(one for one in base.people.people if one.name == name)


def read_for(base: KnowledgeBase, question: str, *names: str) -> list[str]:
    """Return the first words of the passages that are read for `question` about people."""
    about = [person(base, name) for name in names]
    judged = base.reading.judged(understand(question), about)
    return sorted({" ".join(one.passage.text.split()[:3]) for one in judged})


def test_of_somebody_only_what_may_speak_of_them_is_read(know: Know) -> None:
    base = know(trial=TRIAL)
    assert read_for(base, "Is Asanova ill?", "Gulmira Asanova") == [
        "On 4 May",
        "The journalist was",
    ]
    # What goes on about nobody in particular goes on about who was named last.
    assert read_for(base, "Is he ill?", "Joldosh Kerimbekov") == [
        "Her colleague Joldosh",
        "The school has",
    ]


def test_under_a_title_that_names_somebody_all_may_speak_of_them(know: Know) -> None:
    letter = f"---\ntitle: The case of Asanova\n---\n{LETTER}"
    base = know(trial=TRIAL, letter=letter)
    found = read_for(base, "May Asanova read?", "Gulmira Asanova")
    assert "They have not" in found
    assert "Rain fell in" in found
    assert "They have not" not in read_for(base, "May he read?", "Joldosh Kerimbekov")


def test_a_number_that_no_document_holds_declines_and_is_named(know: Know) -> None:
    base = know(rate=1.0, trial=TRIAL)
    about = [person(base, "Gulmira Asanova")]
    asked = "Was Asanova sentenced in May {}?"
    found = base.reading.read(understand(asked.format(2021)), 0.0, about)
    assert found is not None
    assert found.quotes
    assert found.gate is None
    shut = base.reading.read(understand(asked.format(2014)), 0.0, about)
    assert shut is not None
    assert shut.quotes == ()
    assert shut.gate == "a number of the question stands in no document that was read"


def test_a_document_that_does_not_name_a_place_hardly_answers_about_it(know: Know) -> None:
    base = know(
        mill="The mill burnt down at night. Fourteen people lost their lives in the fire.",
        town="Zhanaozen is a town of oil workers. It has four schools.",
    )
    of_any, of_town = (
        max(base.reading.judged(understand(asked)), key=lambda one: one.confidence)
        for asked in ("How many died in the fire?", "How many died in the fire in Zhanaozen?")
    )
    assert of_any.passage.document.id == "mill"
    assert not of_any.is_unnamed
    assert of_any.confidence > 0.3
    assert of_town.confidence < 0.15
