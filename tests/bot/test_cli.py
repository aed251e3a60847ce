"""The command line, as it is typed."""

import json
import subprocess
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.bot.conftest import SCRIPT, Run

QUESTION = "Which opposition movement was banned?"
ANSWER = "Democratic Choice of Kazakhstan (DCK)"


@pytest.mark.usefixtures("opened")  # so that all is encoded
def test_ask_prints_the_sentence_and_its_source(here: Run) -> None:
    done = here("ask", QUESTION)
    assert done.returncode == 0
    assert ANSWER in done.stdout
    assert "Open Dialogue Foundation, 14 March 2019 · paragraph 1" in done.stdout
    assert done.stderr == ""


def test_lines_of_input_become_lines_of_json_in_order(here: Run, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("The well was dug in 1897.\nThe mayor is Anna Berg.")
    (tmp_path / "old.txt").write_bytes(b"caf\xe9")
    lines = [
        "When was the well dug?",
        "",
        '{"chat": "a", "question": "Who is the mayor?"}',
        "Who invented the telephone?",
        "hello",
        '{"chat": "b", "question": "Сәлеметсіз бе"}',
        '{"chat": "b", "question": "Берг"}',  # in any language
        '{"text": "no question"}',
    ]
    done = here("ask", "--json", "-", "--documents", str(tmp_path), typed="\n".join(lines))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["question"] for answer in answers] == [
        "When was the well dug?",
        "Who is the mayor?",
        "Who invented the telephone?",
        "hello",
        "Сәлеметсіз бе",
        "Берг",
    ]
    assert [a["status"] for a in answers] == [
        *["answered", "answered", "not_found", "smalltalk", "smalltalk", "answered"]
    ]
    assert [a["language"] for a in answers] == ["en", "en", "en", "en", "kk", "kk"]
    assert answers[0]["quotes"] == [
        {
            "text": "The well was dug in 1897.",
            "highlight": "The well was dug in 1897.",
            "header": "",
            "label": "report",
            "document": "report",
            "title": "report",
            "date": None,
            "url": None,
            "paragraph": 1,
            "sureness": None,
            "start": 0,
            "end": 25,
        }
    ]
    assert answers[1]["quotes"][0]["highlight"] == "The mayor is Anna Berg."
    assert answers[2]["quotes"] == []
    assert answers[2]["text"] == "This is not in my documents."
    # What could not be read is named, each in one line, and the rest was answered.
    unreadable, no_question = done.stderr.splitlines()
    assert "old.txt: is not UTF-8 (byte 3)" in unreadable
    assert "line 8: expected a question" in no_question
    assert done.returncode == 2


def test_a_question_that_is_not_in_the_documents_exits_with_1(here: Run) -> None:
    done = here("ask", "--json", "What is the capital of France?")
    assert done.returncode == 1
    assert json.loads(done.stdout)["status"] == "not_found"


def test_an_answer_and_a_no_are_explained(here: Run) -> None:
    typed = "What did the European Parliament condemn?\nHow do I bake bread?\nhello\n"
    done = here("ask", "--json", "-", "--explain", typed=typed)
    answered, declined, greeted = (json.loads(line) for line in done.stdout.splitlines())
    for answer in (answered, declined):
        explained = answer["explain"]
        assert explained["confidence"] == answer["confidence"]
        for one in (*explained["ranking"], *explained["decision"]):
            product = one["value"] * one["weight"]
            assert one["contribution"] == pytest.approx(product, abs=0.001)
    assert answered["explain"]["confidence"] >= answered["explain"]["least_confidence"]
    assert declined["status"] == "not_found"
    assert declined["explain"]["confidence"] < declined["explain"]["least_confidence"]
    assert greeted["explain"] is None


def test_an_explanation_is_a_table(here: Run) -> None:
    done = here("ask", "--explain", "How do I bake bread?")
    assert done.returncode == 1
    for expected in ("This is not in my documents.", "odds", "contribution", "needed"):
        assert expected in done.stdout


def test_a_gate_that_declined_is_named(here: Run) -> None:
    gate = "nobody of a name in the question is in the documents"
    done = here("ask", "--explain", "Who is Barack Obama?")
    assert f"Declined: {gate}.\n" in done.stdout
    done = here("ask", "--json", "--explain", "Who is Barack Obama?")
    assert json.loads(done.stdout)["explain"] == {"gate": gate}


def test_without_a_token_run_says_so_and_answers_the_lines_of_its_input(here: Run) -> None:
    done = here("run", typed=f"{QUESTION}\nWhat is the capital of France?\n")
    assert done.returncode == 0
    assert done.stderr == "TELEGRAM_BOT_TOKEN is not set, so this talks in the terminal.\n"
    assert ANSWER in done.stdout
    assert "This is not in my documents." in done.stdout


def test_a_service_without_a_token_ends_at_once(here: Run) -> None:
    done = here("run", typed=None)  # standard input is /dev/null
    said = "rapporteur: TELEGRAM_BOT_TOKEN is not set; @BotFather gives one\n"
    assert (done.returncode, done.stderr, done.stdout) == (2, said, "")


def test_index_lists_the_documents_and_exits_with_2_if_one_is_unreadable(
    here: Run, tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_text("# Wells\n\nThe well is deep. It was dug by hand.\n")
    (tmp_path / "b.txt").write_text("")
    done = here("index", "--documents", str(tmp_path))
    assert "Wells" in done.stdout
    assert "1 passages, 2 sentences" in done.stdout
    assert "b.txt: there is no text in it" in done.stderr
    assert done.returncode == 2


def test_index_shows_a_file_as_it_is_read_and_what_is_not(here: Run, tmp_path: Path) -> None:
    page = "<title>Wells</title><h1>Wells</h1><p>The well is deep. <s>It is new.</s></p>"
    file = tmp_path / "well.html"
    file.write_text(page)
    done = here("index", str(file), "--show")
    assert done.returncode == 0
    assert "Wells" in done.stdout
    assert "[1]\nThe well is deep.\n" in done.stdout
    assert "struck out or deleted: 1" in done.stdout
    assert "It is new." not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ask",), "the question is empty; write one: rapporteur ask"),
        (("index", "well.html"), "--show"),
        (("sing",), "No such command 'sing'. To ask a question: rapporteur ask"),
        (("ask", "x", "--config", "missing.yaml"), "missing.yaml: cannot be read"),
        (("ask", "x", "--documents", "missing"), "missing does not exist"),
        (("ask", "x", "--documents", __file__), "test_cli.py is not a folder"),
        (("ask", " "), "the question is empty"),
    ],
    ids=[
        "no question",
        "no --show",
        "unknown command",
        "no settings",
        "no documents",
        "a file",
        "an empty question",
    ],
)
def test_a_mistake_is_one_line_and_exit_code_2(
    here: Run, arguments: tuple[str, ...], message: str
) -> None:
    done = here(*arguments)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("rapporteur: ")
    assert message in line


def test_words_need_no_quotation_marks(here: Run) -> None:
    done = here("ask", *QUESTION.removesuffix("?").split(), "--json")
    assert json.loads(done.stdout)["question"] == QUESTION.removesuffix("?")


def test_the_version_is_that_of_the_package(here: Run) -> None:
    assert here("--version").stdout == f"rapporteur {version('rapporteur')}\n"


def test_alone_it_shows_how_it_is_used(here: Run) -> None:
    done = here()
    assert (done.returncode, done.stderr) == (0, "")
    assert "Commands:" in done.stdout


def test_the_script_shows_examples_and_loads_no_model(state: Path) -> None:
    variables = {"PATH": str(SCRIPT.parent), "HOME": str(state), "PYTHONPROFILEIMPORTTIME": "1"}
    done = subprocess.run(  # noqa: S603
        [SCRIPT, "ask", "--help"], env=variables, capture_output=True, text=True, check=True
    )
    assert 'rapporteur ask "What does the Parliament demand of the EEAS?"' in done.stdout
    assert " torch\n" not in done.stderr
