"""rapporteur evaluate, from the files of questions to the report."""

import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from rich.console import Console

from bot import cli
from bot.errors import BotError
from bot.evaluating import Evaluation, GoldenFile, Half, evaluate, read_files
from bot.evaluation_page import page, write_page
from bot.evaluation_report import GOLDEN_LEGEND, LEGEND, as_json, show
from bot.opening import builder, open_folder
from bot.settings import Documents, Settings, Storage
from embeddings.models import Models

Command = Callable[..., tuple[int, str, str]]
Evaluate = Callable[..., list[Evaluation]]

FACTS = (
    ("The well was dug in 1897. It is forty metres deep.", "How deep is the well?", "forty metres"),
    ("The bridge is made of oak. It fell in a flood.", "What is the bridge made of?", "oak"),
    ("Anna Berg planted the orchard. It has ninety trees.", "Who planted the orchard?", "Anna"),
    ("The school opened in 1923. Nobody paid a fee.", "When did the school open?", "1923"),
)


@pytest.fixture
def command(
    state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Run `rapporteur evaluate` in `tmp_path`; return exit code, output and errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RAPPORTEUR_STORAGE__PATH", str(state))

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
        monkeypatch.setattr(sys, "argv", ["rapporteur", "evaluate", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, printed.out, printed.err

    return run


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    """Four articles of one paragraph, each with a question."""
    data = [
        {
            "title": str(number),
            "paragraphs": [
                {
                    "context": context,
                    "qas": [{"question": question, "answers": [{"text": answer}]}],
                }
            ],
        }
        for number, (context, question, answer) in enumerate(FACTS, start=1)
    ]
    file = tmp_path / "facts.en.json"
    file.write_text(json.dumps({"data": data}), "utf-8")
    return file


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A folder of one document with two golden questions, the second of which fails."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "well.txt").write_text("The well was dug in 1897. It is deep.")
    (folder / "questions.yaml").write_text(
        "- {question: 'When was the well dug?', shows: dug in 1897}\n"
        "- {question: 'Was the <b>well</b> dug in 1897?', declined: true}\n"
    )
    return folder


@pytest.fixture
def evaluated(models: Models, state: Path, documents: Path) -> Evaluate:
    """Evaluate files as the command does, with the model that is loaded already."""
    settings = Settings(documents=Documents(folder=documents), storage=Storage(path=state))

    def run(*files: Path, leave_out: Half | None = None) -> list[Evaluation]:
        read = read_files(files, leave_out=leave_out)
        has_golden = any(isinstance(one, GoldenFile) for one in read)
        snapshot = open_folder(settings, models) if has_golden else None
        return list(evaluate(read, snapshot, builder(settings, models), unwatched))

    return run


def unwatched(step: str, done: int, total: int) -> None:
    """A progress bar that nobody looks at."""


def printed(evaluations: list[Evaluation], capsys: pytest.CaptureFixture[str]) -> str:
    """What the terminal shows."""
    show(evaluations, Console())
    return capsys.readouterr().out


def fields(evaluations: list[Evaluation]) -> dict[str, Any]:
    """The JSON of one file."""
    (found,) = json.loads(as_json(evaluations))["evaluations"]
    assert isinstance(found, dict)
    return found


def test_golden_questions_that_fail_are_listed_with_exit_code_1(
    command: Command, documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAPPORTEUR_DOCUMENTS__FOLDER", str(documents))
    monkeypatch.setenv("RAPPORTEUR_STORAGE__PATH", str(tmp_path / "state"))
    code, out, err = command()
    assert (code, err) == (1, "")
    assert "1 of 2 fail" in out
    failing = out[out.index("Was the <b>well</b> dug in 1897?") :]
    assert "expected  to be declined" in failing
    assert "answered  “The well was dug in 1897.”" in failing
    assert "When was the well dug?" not in out


def test_what_was_asked_is_in_no_log_and_no_file(
    evaluated: Evaluate, squad: Path, state: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    evaluated(squad, leave_out="odd")
    evaluated()
    kept = [file.read_bytes() for file in state.rglob("*") if file.is_file()]
    assert kept
    for _, question, _ in FACTS:
        assert question not in caplog.text
        assert not any(question.encode() in content for content in kept)
    assert "Was the <b>well</b> dug in 1897?" not in caplog.text


def test_right_golden_questions_exit_with_0_whatever_comes_of_articles(
    command: Command, documents: Path, squad: Path, tmp_path: Path
) -> None:
    wrong = squad.read_text("utf-8").replace('forty metres"', 'fifty metres"')
    squad.write_text(wrong, "utf-8")
    file = tmp_path / "mine.yaml"
    file.write_text("- {question: 'Who is Ivan the Terrible?', declined: true}\n")
    code, out, err = command(str(file), str(squad), "--documents", str(documents), "--json")
    assert (code, err) == (0, "")
    mine, facts = json.loads(out)["evaluations"]
    assert (mine["file"], mine["format"], mine["documents"]) == ("mine.yaml", "golden", 1)
    assert mine["languages"]["en"]["right_declines"] == 1
    assert mine["failing"] == []
    assert facts["languages"]["en"]["sentence_at_1"] == 0.75


def test_golden_questions_are_counted_by_language(
    evaluated: Evaluate, documents: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (documents / "questions.yaml").write_text(
        "- {question: 'When was the well dug?', shows: dug in 1897}\n"
        "- {question: 'Кто такой Иван Грозный?', declined: true}\n"
    )
    out = printed(evaluated(), capsys)
    assert re.search(r"^ en +1 +1 +1\.000 +0 +0 +–", out, re.MULTILINE)
    assert re.search(r"^ ru +0 +0 +– +1 +1 +1\.000", out, re.MULTILINE)
    assert "All 2 are right" in out


def test_what_was_expected_and_answered_is_in_the_json(evaluated: Evaluate) -> None:
    assert fields(evaluated())["failing"] == [
        {
            "question": "Was the <b>well</b> dug in 1897?",
            "expected": None,
            "status": "answered",
            "quotes": ["The well was dug in 1897."],
        }
    ]


def test_each_article_is_a_document_and_its_questions_are_answered(
    evaluated: Evaluate, squad: Path
) -> None:
    found = fields(evaluated(squad))
    assert (found["file"], found["format"]) == ("facts.en.json", "squad")
    assert (found["documents"], found["passages"], found["left_out"]) == (4, 4, 0)
    measures = found["languages"]["en"]
    assert measures["answerable"] == 4
    assert measures["passage_at_1"] == measures["sentence_at_3"] == measures["mrr"] == 1.0
    assert measures["exact_quotes"] == measures["answered"] == 1.0
    assert (measures["unanswerable"], measures["false_answers"]) == (0, None)
    assert sum(one["count"] for one in measures["calibration"]["bins"]) == 4
    assert measures["calibration"]["auroc"] is None  # nothing wrong
    assert {kind: m["answerable"] for kind, m in measures["kinds"].items()} == {
        "when": 1,
        "who": 1,
        "other": 2,
    }


def test_a_folder_of_the_corpus_is_measured_by_kind_and_near_miss(
    evaluated: Evaluate, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "reading"
    folder.mkdir()
    (folder / "well.txt").write_text(
        "---\ntitle: The well\npublisher: us\ndate: 2020-01-01\nlanguage: en\nkind: note\n"
        "people: []\n---\n1 The well was dug in 1897.\n2 It is forty metres deep.\n---\n"
        "en | when | careful | 1 | When was the well dug?\n"
        "ru | how many | careful | 2 | Какой глубины колодец?\n"
        "en | fact | careful | - elsewhere | Who plays the violin in the village orchestra?\n"
    )
    (evaluation,) = evaluated(folder)
    found = fields([evaluation])
    assert (found["file"], found["format"], found["documents"]) == ("reading", "corpus", 1)
    english, russian = found["languages"]["en"], found["languages"]["ru"]
    assert (english["answerable"], english["unanswerable"]) == (1, 1)
    assert english["sentence_at_1"] == 1.0
    assert (russian["answerable"], russian["unanswerable"]) == (1, 0)
    assert english["misses"]["elsewhere"]["false_answers"] == 0.0
    assert set(english["kinds"]) == {"when", "fact"}
    assert "Declined, by near miss" in printed([evaluation], capsys)


@pytest.mark.parametrize("half", ["odd", "even"])
def test_what_is_asked_of_articles_left_out_must_be_declined(
    evaluated: Evaluate, squad: Path, half: Half
) -> None:
    (evaluation,) = evaluated(squad, leave_out=half)
    assert (evaluation.documents, evaluation.passages) == (2, 2)
    measures = fields([evaluation])["languages"]["en"]
    assert fields([evaluation])["left_out"] == 2
    assert (measures["answerable"], measures["unanswerable"]) == (2, 2)
    assert measures["right_answers"] == measures["right_declines"] == 2
    assert measures["false_answers"] == 0.0


def test_a_second_run_encodes_nothing(models: Models, squad: Path, tmp_path: Path) -> None:
    build = builder(Settings(storage=Storage(path=tmp_path / "state")), models)
    seen: dict[str, int] = {}

    def report(step: str, done: int, total: int) -> None:
        seen[step] = done

    list(evaluate(read_files([squad]), None, build, report))
    # 4 passages for names and by one encoder at once, and 8 sentences by either; by the other these
    # in their context, of which every second is its passage
    assert seen == {"encoding": 28, "facts.en.json": 4}
    seen.clear()
    list(evaluate(read_files([squad]), None, build, report))
    list(evaluate(read_files([squad], leave_out="odd"), None, build, report))
    assert seen == {"facts.en.json": 4}


def test_the_tables_of_articles_fit_a_terminal(
    evaluated: Evaluate, squad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = printed(evaluated(squad, leave_out="odd"), capsys)
    name = r"^ facts\.en +en"
    shares = r"( +1\.000){6}"
    assert re.search(rf"{name} +2{shares} *$", out, re.MULTILINE)
    assert re.search(rf"{name} +1\.000 +2 +0\.000 ", out, re.MULTILINE)
    assert re.search(rf"{name} +who +0 +– +– +– +1 +0\.000", out, re.MULTILINE)
    assert re.search(r"^ 0\.\d–\d\.\d +1\.000 of +\d", out, re.MULTILINE)
    assert all(len(line) <= 80 for line in out.splitlines())


def test_the_page_is_well_formed_and_needs_nothing_else(
    evaluated: Evaluate, squad: Path, documents: Path
) -> None:
    golden = documents / "questions.yaml"
    source = page(evaluated(squad, golden))
    assert "://" not in source
    assert "url(" not in source
    tree = ElementTree.fromstring(source.removeprefix("<!DOCTYPE html>"))  # noqa: S314, our own
    tags = {element.tag for element in tree.iter()}
    assert not tags & {"script", "link", "img", "iframe", "image", "use", "object"}
    for element in tree.iter():
        assert not {"src", "href"} & set(element.attrib)
    plots = list(tree.iter("svg"))
    assert [plot.findtext("title") for plot in plots] == [
        "Reliability curve",
        "Risk–coverage curve",
        "By kind of question",
    ] * 2
    told = [plot.findtext("desc") for plot in plots]
    assert told[0] is not None
    assert re.search(r"confidence 0\.\d to \d\.\d: 1\.000 of \d right", told[0])
    assert told[1] is not None
    assert told[1].startswith("Where the decision stands: 1.000 answered, 0.000 of them wrong.")
    assert told[2] is not None
    assert "who, 1: right passage 1.000, right sentence 1.000" in told[2]
    words = [" ".join(cell.itertext()) for cell in tree.iter("td")]
    assert "Was the <b>well</b> dug in 1897?" in words
    assert "facts.en.json" in words


def test_each_figure_is_explained_where_it_is_shown(
    evaluated: Evaluate, squad: Path, documents: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evaluations = evaluated(squad, documents / "questions.yaml")
    tree = ElementTree.fromstring(page(evaluations).removeprefix("<!DOCTYPE html>"))  # noqa: S314
    explained = {name for one in tree.iter("dt") for name in str(one.text).split(", ")}
    (first, *_) = tree.iter("table")
    headings = {str(one.text) for one in first.iter("th")}
    assert headings - {"file", "language"} == explained
    out = " ".join(printed(evaluations, capsys).split())
    for figure, meaning in LEGEND.items():
        assert f"{figure} {meaning}" in out
    assert GOLDEN_LEGEND in out
    assert GOLDEN_LEGEND in {one.text for one in tree.iter("p")}


def test_a_page_that_cannot_be_written_is_named(evaluated: Evaluate, tmp_path: Path) -> None:
    with pytest.raises(BotError, match=r"cannot be written \(Is a directory\)"):
        write_page(evaluated(), tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "options", "message"),
    [
        ("a.json", '{"questions": []}', (), "a.json: is not in SQuAD's format, data: Field"),
        ("a.json", "", (), "a.json: is not JSON"),
        ("a.yaml", "- {question: a}", (), "a.yaml: entry 0: expected either shows or declined"),
        ("a.yaml", "", (), "a.yaml: has no questions"),
        ("a.txt", "", (), "a.txt: expected golden questions (.yaml), SQuAD's format"),
        ("a.yaml", "- {question: a, declined: true}", ("--leave-out", "odd"), "--leave-out is for"),
        ("a.yaml", "- {question: a, declined: true}", ("--leave-out", "first"), "'first' is not"),
    ],
    ids=["not-squad", "empty", "bad-entry", "no-entry", "ending", "no-articles", "no-half"],
)  # fmt: skip
def test_a_mistake_is_one_line_and_exit_code_2(
    command: Command,
    tmp_path: Path,
    name: str,
    content: str,
    options: tuple[str, ...],
    message: str,
) -> None:
    (tmp_path / name).write_text(content)
    code, out, err = command(name, *options)
    assert (code, out) == (2, "")
    (line,) = err.splitlines()
    assert line.startswith("rapporteur: ")
    assert message in line


@pytest.mark.parametrize("name", ["missing.yaml", "missing.json"])
def test_a_file_that_is_not_there_is_named(command: Command, name: str) -> None:
    code, _, err = command(name)
    assert code == 2
    assert err.startswith(f"rapporteur: {name}: cannot be read (")


def test_documents_beside_articles_alone_are_a_mistake(
    command: Command, squad: Path, documents: Path
) -> None:
    code, _, err = command(str(squad), "--documents", str(documents))
    assert code == 2
    assert "--documents is for golden questions" in err


def test_one_article_cannot_be_left_out(command: Command, squad: Path) -> None:
    data = json.loads(squad.read_text("utf-8"))["data"]
    squad.write_text(json.dumps({"data": data[:1]}), "utf-8")
    code, _, err = command(str(squad), "--leave-out", "odd")
    assert code == 2
    assert "has one article, and --leave-out odd leaves none" in err


def test_without_golden_questions_there_is_nothing_to_evaluate(
    evaluated: Evaluate, documents: Path
) -> None:
    (documents / "questions.yaml").unlink()
    with pytest.raises(BotError, match="there are no golden questions beside the documents"):
        evaluated()
