"""Editions of one text, and documents that say one thing with other figures."""

import pytest

from bot.answer_json import as_json
from bot.wording import remark
from knowledge.knowledge_base import KnowledgeBase
from knowledge.quotes.answers import Answer
from tests.knowledge.conftest import Know

OLD = "Of the persons held in Urda there were 41.\n\nThe director in Urda is Marat Seilov.\n"
NEW = "Of the persons held in Urda there were 67.\n\nThe director in Urda is Dana Omirbek.\n"


def file(title: str, date: str, text: str, more: str = "") -> str:
    return f"---\ntitle: {title}\ndate: {date}\nlanguage: en\n{more}---\n\n{text}"


def read(know: Know, *files: str) -> KnowledgeBase:
    """Return what is known of the texts of `files`, the ids of which are d0, d1, ..."""
    return know(**{f"d{number}": text for number, text in enumerate(files)})


def shown(answer: Answer) -> list[str]:
    return [quote.highlight for quote in answer.quotes]


ASKED = "How many persons are held in Urda?"


@pytest.mark.parametrize(
    ("title", "more"),
    [
        ("Report on Urda (second edition)", ""),
        ("Report on Urda, 2nd revised edition", ""),
        ("Report on Urda", ""),
        ("Report on Urda v2", ""),
        ("Another title", "url: https://example.org/Urda\n"),
    ],
)
def test_the_later_edition_answers_and_tells_of_the_earlier(
    title: str, more: str, know: Know
) -> None:
    link = "url: https://example.org/urda/\n" if more else ""
    known = read(
        know,
        file("Report on Urda", "2020-02-01", OLD, link),
        file(title, "2021-02-01", NEW, more),
    )
    answer = known.ask(ASKED)
    assert shown(answer) == ["Of the persons held in Urda there were 67."]
    assert answer.earlier is not None
    assert answer.later is None
    assert remark(answer, known) == (
        "There is an earlier edition of this document, of 1 February 2020."
    )
    assert '"earlier_edition": {"document": "d0", ' in as_json(ASKED, answer, known)


@pytest.mark.parametrize(
    ("asked", "quoted"),
    [
        ("Who is the governor?", "Its governor is Nina Park."),
        ("Is Samat Dosanov the governor?", "Its governor is Samat Dosanov."),
        ("Who is the doctor?", "Its doctor is Alma Serik."),
    ],
    ids=["another name", "the name is asked for", "the same name"],
)
def test_a_later_edition_answers_with_another_name(asked: str, quoted: str, know: Know) -> None:
    old, new = (
        f"The prison is old. Its governor is {name}. {doctors}"
        for name, doctors in (
            ("Samat Dosanov", "Its doctor is Alma Serik."),
            ("Nina Park", "Its doctor was Omar Bek. Its doctor is Alma Serik."),
        )
    )
    known = read(know, file("Urda", "2020-02-01", old), file("Urda", "2021-02-01", new))
    assert shown(known.ask(asked))[0] == quoted


def test_what_only_the_earlier_edition_says_is_told_to_be_so(know: Know) -> None:
    known = read(
        know,
        file("Report on Urda", "2020-02-01", OLD + "\nThe roof of the kitchen leaks.\n"),
        file("Report on Urda", "2021-02-01", NEW),
    )
    answer = known.ask("What leaks in the kitchen?")
    assert shown(answer) == ["The roof of the kitchen leaks."]
    assert remark(answer, known) == (
        "There is a later edition of this document, of 1 February 2021;"
        " it does not have this sentence."
    )


def test_of_two_documents_that_say_it_otherwise_both_are_shown_the_newest_first(know: Know) -> None:
    known = read(
        know,
        file("The north", "2020-02-01", "The mayor of Balta is Peter Stone.\n\nIt rained.\n"),
        file("Balta today", "2022-02-01", "The mayor of Balta is Anna Smith.\n\nIt snowed.\n"),
    )
    answer = known.ask("Who is the mayor of Balta?")
    assert shown(answer) == [
        "The mayor of Balta is Anna Smith.",
        "The mayor of Balta is Peter Stone.",
    ]
    assert (answer.earlier, answer.later) == (None, None)


@pytest.mark.parametrize(
    ("title", "date", "more"),
    [
        ("Report on Urda", "2020-02-01", ""),  # of one day, none is the later
        ("Report on Balta", "2021-02-01", ""),
        ("Report on Urda 2021", "2021-02-01", ""),  # another year's
        ("Report on Urda", "2021-02-01", "publisher: Others\n"),
    ],
)
def test_other_documents_are_no_editions(title: str, date: str, more: str, know: Know) -> None:
    known = read(
        know,
        file("Report on Urda", "2020-02-01", OLD, "publisher: We\n"),
        file(title, date, NEW, more),
    )
    assert all(known.versions.earlier(one) is None for one in known.documents)


def test_a_sentence_of_somebody_else_is_no_later_word(know: Know) -> None:
    known = read(
        know,
        file("Trials", "2020-02-01", "The court sentenced Aset Abishev to four years.\n"),
        file("Trials", "2021-02-01", "The court sentenced Saken Tulbayev to seven years.\n"),
    )
    answer = known.ask("To how many years was Aset Abishev sentenced?")
    assert shown(answer)[0] == "The court sentenced Aset Abishev to four years."


def test_a_list_begins_with_the_later_edition_and_repeats_nothing(know: Know) -> None:
    same = "The poet Aset Abishev lives in Urda.\n"
    known = read(
        know,
        file("On Urda", "2020-02-01", same + "\nAset Abishev was arrested in May.\n"),
        file("On Urda", "2021-02-01", same + "\nAset Abishev was released in June.\n"),
    )
    assert shown(known.ask("Who is Aset Abishev?")) == [
        "The poet Aset Abishev lives in Urda.",
        "Aset Abishev was released in June.",
        "Aset Abishev was arrested in May.",
    ]


TABLE = """Persons held in the towns of the region:

| Town | Persons held | Visits |
|---|---|---|
"""


def table(title: str, date: str, *rows: str) -> str:
    lines = "".join(f"| {row} |\n" for row in rows)
    return file(title, date, f"{TABLE}{lines}\nIn Kesh a doctor comes at noon.\n")


def test_a_row_is_quoted_with_the_figures_of_the_later_edition(know: Know) -> None:
    early = ("Kesh | 41 | 3", "Urda | 63 | 1", "Old Noven | 12 | 0")
    late = ("Urda | 70 | 4", "Balta | 8 | 2", "Kesh | 55 | 2")
    known = know(
        d0_md=table("Persons held", "2021-03-01", *early),
        d1_md=table("Persons held (updated)", "2022-03-01", *late),
    )
    for asked in ("How many visits were there to Urda?", "How many persons are held in Urda?"):
        answer = known.ask(asked)
        assert shown(answer) == ["Urda | 70 | 4"]
        assert (answer.earlier, answer.later) == (known.documents[0], None)
    # Who asks about the earlier figure sees both.
    assert shown(known.ask("Are 41 persons held in Kesh?")) == ["Kesh | 55 | 2", "Kesh | 41 | 3"]
    gone = known.ask("How many persons are held in Old Noven?")
    assert shown(gone) == ["Old Noven | 12 | 0"]
    assert gone.later == known.documents[1]


def test_a_figure_asked_about_does_not_keep_the_later_word_away(know: Know) -> None:
    known = read(
        know,
        file("Report on Urda", "2020-02-01", OLD),
        file("Report on Urda", "2021-02-01", NEW),
    )
    assert shown(known.ask("Were 41 persons held in Urda?")) == [
        "Of the persons held in Urda there were 67.",
        "Of the persons held in Urda there were 41.",
    ]


def test_what_both_editions_have_is_no_later_word_on_something_else(know: Know) -> None:
    both = "In Balta the guards had 12 dogs and 3 cars.\n"
    known = read(
        know,
        file("The guards", "2020-02-01", f"{both}\nIn Urda the guards had 40 dogs and 9 cars.\n"),
        file("The guards", "2021-02-01", both),
    )
    answer = known.ask("How many dogs did the guards have: 40?")
    assert shown(answer)[0] == "In Urda the guards had 40 dogs and 9 cars."
