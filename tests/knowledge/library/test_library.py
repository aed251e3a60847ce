"""Editions: what the disk and the editors make of them, what is published and taken back."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from embeddings.models import Models
from knowledge.errors import KnowledgeError, OvertakenError
from knowledge.library.drafts import Draft
from knowledge.library.library import Library
from knowledge.library.snapshots import Snapshot
from knowledge.reading.documents import read_documents
from knowledge.reading.metadata import Metadata
from tests.knowledge.library.libraries import (
    DAY,
    GOLDEN,
    PRISON,
    WELL,
    asked,
    library_over,
    put_vectors,
    questions,
    write,
)
from tests.knowledge.reading.scanned import needs_tesseract, page, saved

WHEN, HOW_MANY = "When was the well dug?", "How many people does the prison hold?"
Start = Callable[[], Library]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "docs", well_txt=WELL, questions_yaml=GOLDEN)
    return tmp_path / "docs"


@pytest.fixture
def start(folder: Path, tmp_path: Path, models: Models) -> Start:
    """Opens the library as a start of the bot does, each time anew."""
    put_vectors(tmp_path / "state", models)

    def opened() -> Library:
        library = library_over(folder, tmp_path / "state", models)
        library.open(is_published=True)
        return library

    return opened


def test_documents_that_do_not_fit_together_are_left_out_and_named_and_what_serves_goes_on(
    folder: Path, tmp_path: Path, models: Models
) -> None:
    write(folder, prison_txt=PRISON)
    put_vectors(tmp_path / "state", models)
    first = library_over(folder, tmp_path / "first", models, max_words=10)
    (problem,) = first.open(is_published=True).problems
    assert str(problem).startswith("well.txt: with it all documents hold 17 words")
    assert asked(first, HOW_MANY) == PRISON

    library_over(folder, tmp_path / "state", models).open(is_published=True)
    narrower = library_over(folder, tmp_path / "state", models, max_words=10)
    assert narrower.open(is_published=True).problems == ()
    assert asked(narrower, WHEN) == WELL
    narrower.publish(narrower.put("well.txt", b"The well was dug in 1899.", Metadata()))
    assert asked(narrower, WHEN) == "The well was dug in 1899."
    with pytest.raises(KnowledgeError, match=r"mill.txt: with it all documents hold 20 words"):
        narrower.put("mill.txt", b"The mill burned down in 1950.", Metadata())
    narrower.publish(narrower.remove("prison.txt"))
    narrower.roll_back()
    assert asked(narrower, HOW_MANY) == PRISON


def test_two_processes_that_start_at_once_serve_the_same(
    folder: Path, tmp_path: Path, models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_vectors(tmp_path / "state", models)
    both = [library_over(folder, tmp_path / "state", models) for _ in range(2)]
    publish = both[0].publish

    def overtaken(draft: Draft) -> Snapshot:
        monkeypatch.setattr(both[0], "publish", publish)
        both[1].open(is_published=True)
        return publish(draft)

    monkeypatch.setattr(both[0], "publish", overtaken)
    served = both[0].open(is_published=True)
    assert served.edition == both[1].serving().edition
    published = both[0].published()
    assert published is not None
    assert len(published.history) == 1


def names(draft: Draft) -> tuple[list[str], list[str], list[str]]:
    """Return the ids of the documents that `draft` adds, changes and removes."""
    found = draft.differences
    added, changed, removed = (
        [one.document.id for one in which] for which in (found.added, found.changed, found.removed)
    )
    return added, changed, removed


def test_the_first_start_publishes_what_is_on_disk(start: Start) -> None:
    library = start()
    published = library.published()
    assert published is not None
    assert (published.current, published.now.change.added) == (1, ("well.txt",))
    assert published.now.passed is None  # nothing to compare with, so a start does not ask them
    assert asked(library, WHEN) == WELL


def test_a_restart_publishes_nothing_new(start: Start) -> None:
    before = start().published()
    assert start().published() == before


def test_a_reload_takes_over_what_is_new_changed_and_gone(start: Start, folder: Path) -> None:
    library = start()
    write(folder, old_txt="The mill burned down.")
    library.publish(library.reload())
    write(folder, well_txt=WELL.replace("1897", "1898"), prison_txt=PRISON)
    (folder / "old.txt").unlink()
    (folder / "questions.yaml").unlink()
    draft = library.reload()
    assert names(draft) == (["prison"], ["well"], ["old"])
    assert (draft.differences.passages_added, draft.differences.passages_removed) == (2, 2)
    assert asked(library, WHEN) == WELL  # a draft serves nobody
    library.publish(draft)
    assert asked(library, WHEN) == WELL.replace("1897", "1898")
    assert asked(library, HOW_MANY) == PRISON


def test_people_who_come_and_go_are_named(start: Start, folder: Path) -> None:
    library = start()
    write(folder, well_txt=WELL.replace("Anna Karimova", "Serik Omarov"))
    found = library.reload().differences
    assert (found.people_added, found.people_removed) == (("Serik Omarov",), ("Anna Karimova",))


def test_a_question_that_passed_and_fails_now_is_told(start: Start, folder: Path) -> None:
    library = start()
    write(folder, well_txt="The well was dug long ago.")
    draft = library.reload()
    assert questions(draft.lost) == [WHEN]
    assert draft.passed == {"Who invented the telephone?"}
    library.publish(draft)
    # It failed before, too, so nobody need be asked again.
    write(folder, prison_txt=PRISON)
    draft = library.reload()
    assert (WHEN in draft.passed, draft.lost) == (False, ())


def test_a_start_does_not_serve_what_fails_golden_questions(start: Start, folder: Path) -> None:
    start()
    write(folder, well_txt="The well was dug long ago.")
    library = start()
    assert asked(library, WHEN) == WELL
    (problem,) = library.open(is_published=True).problems
    assert "golden questions fail that passed (1)" in str(problem)
    assert questions(library.reload().lost) == [WHEN]  # it still waits


def test_what_editors_put_stays_until_the_disk_says_otherwise(start: Start, folder: Path) -> None:
    library = start()
    library.publish(library.put("well.txt", WELL.replace("97", "99").encode(), Metadata()))
    library.publish(library.put("prison.txt", PRISON.encode(), Metadata()))
    library = start()
    assert library.reload().is_empty
    assert asked(library, WHEN) == WELL.replace("97", "99")
    assert asked(library, HOW_MANY) == PRISON
    write(folder, well_txt=WELL.replace("97", "96"))
    library = start()
    assert asked(library, WHEN) == WELL.replace("97", "96")
    assert asked(library, HOW_MANY) == PRISON
    # What was sent in its place outlives the file.
    library.publish(library.put("well.txt", WELL.encode(), Metadata()))
    (folder / "well.txt").unlink()
    assert asked(start(), WHEN) == WELL


def test_what_editors_remove_stays_removed(start: Start, folder: Path) -> None:
    write(folder, prison_txt=PRISON)
    library = start()
    library.publish(library.remove("prison.txt"))
    assert asked(start(), HOW_MANY) == ""
    write(folder, prison_txt=PRISON.replace("300", "301"))
    assert asked(start(), HOW_MANY) == PRISON.replace("300", "301")


def test_an_editors_word_goes_over_the_files_own(start: Start) -> None:
    library = start()
    said = b"---\ntitle: Prisons\ndate: 2020-01-01\n---\n" + PRISON.encode()
    library.publish(library.put("prison.txt", said, Metadata(date=DAY, url="https://a.org/b")))
    document = start().serving().knowledge_base.documents[0]
    assert (document.title, document.date, document.url) == ("Prisons", DAY, "https://a.org/b")


def test_what_an_editor_corrected_stays_corrected(start: Start, folder: Path) -> None:
    library = start()
    library.publish(library.put("well.txt", WELL.encode(), Metadata(date=DAY, title="Wells")))
    assert library.put("well.txt", WELL.encode(), Metadata()).is_empty
    write(folder, well_txt=f"{WELL} It is deep.")
    document = start().serving().knowledge_base.documents[0]
    assert (document.date, document.title, "deep" in document.text) == (DAY, "Wells", True)


def test_a_file_of_the_same_name_replaces_however_it_is_written(start: Start, folder: Path) -> None:
    (folder / "Old  report.TXT").write_text("The mill is old.")
    library = start()
    draft = library.put("Old report.txt", b"The mill is new.", Metadata())
    assert list(draft.snapshot.edition.documents) == ["Old report.txt", "well.txt"]


def test_an_emptied_folder_is_taken_for_a_disk_that_is_gone(start: Start, folder: Path) -> None:
    library = start()
    library.publish(library.put("prison.txt", PRISON.encode(), Metadata()))
    (folder / "well.txt").unlink()
    with pytest.raises(KnowledgeError, match="all documents are gone from it"):
        library.reload()
    assert asked(start(), WHEN) == WELL


def test_the_same_twice_is_nothing_new(start: Start) -> None:
    library = start()
    assert library.put("well.txt", WELL.encode(), Metadata()).is_empty
    assert not library.put("well.txt", WELL.encode(), Metadata(title="Wells")).is_empty


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("well.md", b"Words.", r"well\.md: well\.txt is called the same; rename or remove one"),
        ("../a.txt", b"Words.", r"must not hold / or"),
        ("a.exe", b"MZ", r"files of type '\.exe' are not read"),
        ("people.yaml", b"[]", r"files of type '\.yaml' are not read"),
        ("a.txt", b"", r"a\.txt: there is no text in it"),
        ("a.txt", b"\xff\xfe\xfd", r"a\.txt: "),
        ("a.pdf", b"words", r"a\.pdf: "),
        ("a.txt", b"x" * 100_001, r"a\.txt: is larger than 100000 bytes"),
    ],
)
def test_a_bad_file_changes_nothing(start: Start, name: str, data: bytes, message: str) -> None:
    library = start()
    before = library.published()
    with pytest.raises(KnowledgeError, match=message):
        library.put(name, data, Metadata())
    assert library.published() == before
    assert library.reload().is_empty


def test_a_reload_with_a_bad_file_names_it_and_keeps_the_old(start: Start, folder: Path) -> None:
    library = start()
    write(folder, well_txt=f"{WELL} It is deep.")
    (folder / "bad.pdf").write_bytes(b"words")
    with pytest.raises(KnowledgeError, match=r"^bad\.pdf: "):
        library.reload()
    again = start()
    assert asked(again, WHEN) == WELL
    (problem,) = again.open(is_published=True).problems
    assert str(problem).startswith("bad.pdf: ")
    (folder / "bad.pdf").unlink()
    assert asked(start(), "Is the well deep?") == "It is deep."


def test_a_first_start_leaves_out_what_cannot_be_read(start: Start, folder: Path) -> None:
    (folder / "bad.pdf").write_bytes(b"words")
    write(folder, well_md="Twin.")
    library = start()
    published = library.published()
    assert published is not None
    bad, twin = map(str, published.left_out.values())
    assert bad.startswith("bad.pdf: is not a PDF document")
    assert twin == "well.txt: well.md is called the same; rename or remove one"
    assert library.reload().is_empty  # known to be bad, it hinders no other
    (folder / "bad.pdf").write_bytes(b"still words")
    with pytest.raises(KnowledgeError, match=r"^bad\.pdf: "):
        library.reload()


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("people.yaml", "- {nom: x}", r"^people\.yaml: entry 0"),
        ("questions.yaml", "- {question: x}", r"^questions\.yaml: entry 0"),
        ("glossary.yaml", "[", r"^glossary\.yaml: cannot be read"),
    ],
)
def test_a_bad_companion_is_named(
    start: Start, folder: Path, name: str, text: str, message: str
) -> None:
    library = start()
    (folder / name).write_text(text)
    with pytest.raises(KnowledgeError, match=message):
        library.reload()
    assert asked(start(), WHEN) == WELL


def test_a_file_renamed_on_disk_is_no_twin_of_itself(start: Start, folder: Path) -> None:
    library = start()
    (folder / "well.txt").rename(folder / "well.md")
    library.publish(library.reload())
    assert list(library.serving().edition.documents) == ["well.md"]


def test_the_last_document_is_not_removed(start: Start) -> None:
    library = start()
    with pytest.raises(KnowledgeError, match="no documents to answer from"):
        library.remove("well.txt")
    with pytest.raises(KnowledgeError, match="no such document"):
        library.remove("questions.yaml")


def test_roll_back_returns_to_what_served_before_and_encodes_nothing(start: Start) -> None:
    library = start()
    for year in ("98", "99"):
        library.publish(library.put("well.txt", WELL.replace("97", year).encode(), Metadata()))
    library = start()  # nothing is in memory but what serves

    def report(step: str, done: int, total: int) -> None:
        assert step not in {"encoding", "rehearsing"}

    draft = library.back(report=report)
    assert (names(draft), draft.lost) == (([], ["well"], []), ())
    assert asked(library, WHEN) == WELL.replace("97", "99")
    library.roll_back(report=report)
    assert asked(library, WHEN) == WELL.replace("97", "98")
    library.roll_back(1, report)
    assert asked(library, WHEN) == WELL
    assert asked(start(), WHEN) == WELL  # the disk has not changed since
    # What served before is what was gone back from, and then back again.
    library.roll_back()
    assert asked(start(), WHEN) == WELL.replace("97", "98")
    library.roll_back()
    assert asked(library, WHEN) == WELL
    # What is published over it has this before it.
    library.publish(library.put("prison.txt", PRISON.encode(), Metadata()))
    library.roll_back()
    assert asked(library, WHEN) == WELL
    assert asked(library, HOW_MANY) == ""


def test_there_is_nothing_to_go_back_to_at_first(start: Start) -> None:
    with pytest.raises(KnowledgeError, match="nothing is kept to go back to"):
        start().back()


GOLDEN_OF_DAYS = """
- {question: "When was the well dug?", shows: "1897"}
- {question: "What happened in 2021?", declined: true}
- {question: "How many people does the prison hold?", shows: "300"}
- {question: "Is there a castle?", declined: true}
"""


@pytest.mark.parametrize(
    ("corrected", "touched"),
    [
        (Metadata(url="https://a.org/b"), 0),
        (Metadata(date=datetime.date(2020, 5, 17)), 0),
        (Metadata(date=DAY), 1),
        (Metadata(title="The castle"), 1),
        (Metadata(date=datetime.date(2011, 1, 1)), 4),
        (Metadata(language="ru"), 4),
    ],
    ids=["link", "date", "number", "title", "day of another", "language"],
)
def test_a_correction_asks_what_it_may_touch(
    start: Start, folder: Path, corrected: Metadata, touched: int
) -> None:
    house = "---\ndate: 2011-01-01\n---\nThe house has seven doors."
    write(folder, questions_yaml=GOLDEN_OF_DAYS, house_txt=house)
    library = start()
    data = b"Rain falls on the roofs of Almaty."
    told = library.put("rain.txt", data, Metadata())
    steps = []
    draft = library.put("rain.txt", data, corrected, lambda *step: steps.append(step))
    assert sum(step == "rehearsing" and done > 0 for step, done, _ in steps) == touched
    assert draft.passed == told.passed


def test_the_last_publications_are_kept_with_their_files_only(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = 4  # in place of KEPT, so that fewer are to be published
    monkeypatch.setattr("knowledge.library.library.KEPT", kept)
    library = start()
    for number in range(kept + 2):
        library.publish(library.put("well.txt", f"{WELL} {number}.".encode(), Metadata()))
    published = library.published()
    assert published is not None
    assert [one.number for one in published.history] == list(range(4, kept + 4))
    with pytest.raises(KnowledgeError, match="nothing is kept"):
        library.roll_back(1)
    library.roll_back(4)
    assert asked(library, WHEN) == WELL


def test_what_served_a_moment_ago_is_kept(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.library.library.KEPT", 4)  # so that fewer are to be published
    library = start()
    for number in range(3):
        library.publish(library.put("well.txt", f"{WELL} {number}.".encode(), Metadata()))
    library.roll_back(1)
    library.publish(library.put("well.txt", b"The well is old.", Metadata()))
    library.roll_back()
    assert asked(library, WHEN) == WELL
    published = library.published()
    assert published is not None
    assert len(published.history) == 4


def test_a_damaged_old_edition_hinders_no_publication(start: Start, tmp_path: Path) -> None:
    library = start()
    first = library.serving().edition.digest
    library.publish(library.put("prison.txt", PRISON.encode(), Metadata()))
    (tmp_path / "state/library/editions" / first).write_text("{}")
    library.publish(library.put("mill.txt", b"The mill burned down.", Metadata()))
    assert asked(start(), HOW_MANY) == PRISON


def test_what_was_overtaken_is_not_published(start: Start) -> None:
    one, other = start(), start()
    draft = one.put("prison.txt", PRISON.encode(), Metadata())
    other.publish(other.put("well.txt", WELL.replace("97", "98").encode(), Metadata()))
    with pytest.raises(OvertakenError):
        one.publish(draft)
    assert asked(one, WHEN) == WELL.replace("97", "98")


def test_unchanged_documents_are_not_read_or_encoded_again(start: Start, folder: Path) -> None:
    for number in range(20):
        write(folder, **{f"d{number}_txt": f"House {number} has {number} doors."})
    library = start()
    write(folder, d7_txt="House 7 has no doors.")
    encoded = []

    def report(step: str, done: int, total: int) -> None:
        if step == "encoding":
            encoded.append(total)

    library.publish(library.reload(report))
    # The passage, one sentence: for names and by one encoder at once; by the other; with its words.
    assert encoded[-1] == 3
    library.publish(library.reload(report))
    assert encoded[-1] == 3


def test_a_date_that_is_yet_to_come_is_refused_on_disk_too(folder: Path, start: Start) -> None:
    future = "---\ndate: 2919-03-14\n---\nThe well is deep."
    write(folder, deep_txt=future)
    library = start()
    published = library.published()
    assert published is not None
    assert str(published.left_out["deep.txt"]).startswith("deep.txt: the date '2919-03-14' is yet")
    write(folder, deep_txt=future + " It is old.")
    with pytest.raises(KnowledgeError, match=r"^deep\.txt: the date '2919-03-14' is yet to"):
        library.reload()
    (problem,) = read_documents(folder, 1000).problems
    assert str(problem).startswith(f"{folder / 'deep.txt'}: the date '2919-03-14' is yet")


def test_what_was_published_loads_whatever_the_clock_says(
    folder: Path, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, deep_txt="---\ndate: 2019-03-14\n---\nThe well is deep.")
    start()
    past = datetime.date(1970, 1, 2)
    monkeypatch.setattr("knowledge.reading.metadata.last_day", lambda: past)
    assert "The well is deep." in [d.text for d in start().serving().knowledge_base.documents]


@needs_tesseract
def test_what_a_machine_read_is_kept(
    folder: Path, start: Start, models: Models, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    library = library_over(folder, tmp_path / "state", models, max_bytes=1_000_000)
    library.open(is_published=True)
    library.publish(library.put("prison.png", saved(page(PRISON)), Metadata()))
    monkeypatch.setenv("PATH", str(tmp_path))  # Tesseract is there no more
    assert asked(start(), HOW_MANY) == PRISON
