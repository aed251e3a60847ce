"""Where settings come from, which override which, and how a fault in them is told."""

import json
import os
import re
from pathlib import Path

import pytest
import yaml

from bot.errors import SettingsError
from bot.settings import Settings, load, state_folder

ROOT = Path(__file__).parents[2]
FILE = ROOT / "config.yaml"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(file: Path, text: str | bytes) -> Path:
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def test_without_file_and_variables_all_is_default() -> None:
    assert load(None, {}) == Settings()


def test_a_file_is_chosen_by_option_then_variable_then_folder(folder: Path) -> None:
    option = write(folder / "option.yaml", "answers: {false_answer_rate: 0.1}")
    variable = write(folder / "variable.yaml", "answers: {false_answer_rate: 0.2}")
    named = {"RAPPORTEUR_CONFIG": str(variable)}
    assert load(None, {}) == Settings()
    write(folder / "config.yaml", "answers: {false_answer_rate: 0.9}")
    assert load(None, {}).answers.false_answer_rate == 0.9
    assert load(None, named).answers.false_answer_rate == 0.2
    assert load(option, named).answers.false_answer_rate == 0.1


def test_files_are_not_added_up(folder: Path) -> None:
    write(folder / "config.yaml", "language: ru")
    assert (
        load(write(folder / "other.yaml", "answers: {false_answer_rate: 0.1}"), {}).language == "en"
    )


def test_a_file_changes_only_what_it_names(folder: Path) -> None:
    changed = load(write(folder / "a.yaml", "documents: {max_bytes: 5}"), {})
    assert changed.documents.max_bytes == 5
    assert changed.documents.folder is None
    assert changed.embeddings == Settings().embeddings


@pytest.mark.parametrize(
    "text",
    ["", "# nothing\n", "\ufeff---\n", "answers: {}"],
    ids=["empty", "comment", "byte-order-mark", "empty-section"],
)
def test_a_file_that_says_nothing_changes_nothing(folder: Path, text: str) -> None:
    assert load(write(folder / "a.yaml", text), {}) == Settings()


@pytest.mark.parametrize(
    ("variable", "text", "expected"),
    [
        ("LANGUAGE", "kk", lambda s: s.language == "kk"),
        ("ANSWERS__FALSE_ANSWER_RATE", "0.5", lambda s: s.answers.false_answer_rate == 0.5),
        ("DOCUMENTS__MAX_BYTES", "7", lambda s: s.documents.max_bytes == 7),
        ("DOCUMENTS__FOLDER", "some/folder", lambda s: s.documents.folder == Path("some/folder")),
        ("DOCUMENTS__FOLDER", "", lambda s: s.documents.folder is None),
        ("EMBEDDINGS__BACKEND", "onnx", lambda s: s.embeddings.backend == "onnx"),
        ("TELEGRAM__API_URL", "http://a:81/b/", lambda s: s.telegram.api_url == "http://a:81/b"),
        ("RETRIEVAL__RERANKER", "", lambda s: s.retrieval.reranker is None),
    ],
    ids=[
        "word",
        "share",
        "number",
        "folder",
        "empty",
        "choice",
        "url",
        "none",
    ],
)
def test_a_variable_goes_over_the_file(folder: Path, variable: str, text: str, expected) -> None:
    file = write(
        folder / "a.yaml",
        "language: ru\nanswers: {false_answer_rate: 0.1}\n"
        "documents: {folder: here, max_bytes: 5}\n"
        "retrieval: {reranker: some/folder}\n",
    )
    assert not expected(load(file, {}))
    assert expected(load(file, {f"RAPPORTEUR_{variable}": text}))


@pytest.mark.parametrize(
    ("variable", "admins"), [("12", [12]), ("12, 34 ,", [12, 34]), ("", [])], ids=str
)
def test_admins_are_numbers_with_commas_between(variable: str, admins: list[int]) -> None:
    assert load(None, {"RAPPORTEUR_ADMINS": variable}).admins == admins


@pytest.mark.parametrize("variable", ["ann", "12;34", "-5", "1.5", "true"])
def test_an_admin_who_is_no_number_is_named(variable: str) -> None:
    with pytest.raises(SettingsError, match=r"^RAPPORTEUR_ADMINS: admins\.0 is '"):
        load(None, {"RAPPORTEUR_ADMINS": variable})


@pytest.mark.parametrize(
    ("text", "admins"),
    [("123", [123]), ("[123, 456]", [123, 456]), ("123, 456", [123, 456]), ("", []), ("[]", [])],
)
def test_admins_in_the_file_are_a_number_or_a_list(
    folder: Path, text: str, admins: list[int]
) -> None:
    assert load(write(folder / "my.yaml", f"admins: {text}"), {}).admins == admins


def test_variables_of_others_are_left_alone() -> None:
    assert (
        load(None, {"PATH": "x", "TELEGRAM_BOT_TOKEN": "1:a", "MY_RAPPORTEUR_X": "1"}) == Settings()
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("langauge: en", "unknown key langauge, expected one of: language, admins, telegram, "),
        ("answers: {confidence: 1}", "unknown key answers.confidence, expected one of: false_an"),
        ("language: de", "language is 'de', expected 'en', 'ru' or 'kk'"),
        ("language: no", "language is false, expected 'en', 'ru' or 'kk'"),
        (
            "answers: {false_answer_rate: 2}",
            "answers.false_answer_rate is 2, expected less",
        ),
        (
            "answers: {false_answer_rate: true}",
            "answers.false_answer_rate is true, expected a number",
        ),
        (
            "answers: {false_answer_rate: -1}",
            "answers.false_answer_rate is -1, expected greater",
        ),
        ("answers: {false_answer_rate: .nan}", "answers.false_answer_rate is nan, expected "),
        (
            "answers: {false_answer_rate: high}",
            "answers.false_answer_rate is 'high', expected a number",
        ),
        ("documents: {max_bytes: 0}", "documents.max_bytes is 0, expected greater than 0"),
        ("documents: {max_bytes: 1.5}", "documents.max_bytes is 1.5, expected a whole number"),
        ("embeddings: {backend: jax}", "embeddings.backend is 'jax', expected 'torch', 'onnx' or"),
        ("embeddings: {model: ''}", "embeddings.model is '', expected a text"),
        ("embeddings: {device: meta}", "embeddings.device is 'meta', expected cpu, cuda, cuda:1,"),
        ("embeddings: {model: 5}", "embeddings.model is 5, expected a text"),
        ("telegram: {api_url: nonsense}", "telegram.api_url is 'nonsense', expected an address"),
        ("telegram: {api_url: 'ftp://a'}", "telegram.api_url is 'ftp://a', expected "),
        (
            "retrieval: {reranker: 2}",
            "retrieval.reranker is 2, expected a text",
        ),
        ("answers: 5", "answers is 5, expected a section with keys"),
        ("admins: -123", "admins.0 is -123, expected greater than 0"),
        ("admins: 1.5", "admins.0 is 1.5, expected a whole number"),
        ("admins: true", "admins.0 is true, expected a number"),
        ("admins: [ann]", "admins.0 is 'ann', expected a whole number"),
        ("admins: {ann: 123}", "admins is a section with keys, expected numbers, such as"),
        ("1: x", "unknown key 1, expected one of: language"),
        ("storage: {path: [a]}", "storage.path is a list, expected a path"),
        (
            "storage: {path: ~no_such_user/x}",
            "storage.path is '~no_such_user/x', expected a ",
        ),
        ('storage: {path: "a\\0b"}', "storage.path is 'a\\x00b', expected a path that a file can"),
        (
            "embeddings: {model: ~no_such_user/x}",
            "embeddings.model is '~no_such_user/x'",
        ),
        ("language: 2020-01-01", "language is 2020-01-01, expected 'en'"),
        (f"language: {'x' * 90}", f"language is '{'x' * 59}…, expected 'en'"),
        ("telegram: {webhook: {path: x}}", "telegram.webhook.path is 'x', expected a path that b"),
        ("telegram: {api_url: 'foo://me:secret/@a'}", "telegram.api_url is '…@a', expected"),
        ("conversations: {url: 'redi:me:secret@a'}", "conversations.url is '…@a', expected an ad"),
        ('"a\\nb": 1', "unknown key a�b, expected one of"),
        ("- language", "holds a list, expected sections and keys"),
        ("words", "holds 'words', expected sections and keys"),
        ("language: [", "is not YAML (while parsing"),
        ("a: \x07", "is not YAML (unacceptable character"),
        (b"language: \xff", "is not UTF-8 (byte 10)"),
    ],
)
def test_a_fault_in_the_file_is_named(folder: Path, text: str | bytes, message: str) -> None:
    file = write(folder / "my.yaml", text)
    with pytest.raises(SettingsError, match=re.escape(f"{file}: {message}")) as caught:
        load(file, {})
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("variable", "text", "message"),
    [
        ("TYPO", "1", "RAPPORTEUR_TYPO: unknown key typo, expected one of: language, "),
        ("ANSWER__TYPO", "1", "RAPPORTEUR_ANSWER__TYPO: unknown key answer, expected one of"),
        ("ANSWERS__TYPO", "1", "RAPPORTEUR_ANSWERS__TYPO: unknown key answers.typo, expected one"),
        (
            "ANSWERS__FALSE_ANSWER_RATE",
            "2",
            "RAPPORTEUR_ANSWERS__FALSE_ANSWER_RATE: answers.false_answer_rate is '2', expected",
        ),
        (
            "ANSWERS__FALSE_ANSWER_RATE",
            "",
            "RAPPORTEUR_ANSWERS__FALSE_ANSWER_RATE: answers.false_answer_rate is '', expected",
        ),
        ("LANGUAGE", "[", "RAPPORTEUR_LANGUAGE: language is '[', expected 'en'"),
        ("ANSWERS", "5", "RAPPORTEUR_ANSWERS: answers is '5', expected "),
        ("TELEGRAM_BOT_TOKEN", "1:a", "RAPPORTEUR_TELEGRAM_BOT_TOKEN: unknown key telegram_bot_t"),
    ],
)
def test_a_fault_in_a_variable_is_named(variable: str, text: str, message: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(message)):
        load(None, {f"RAPPORTEUR_{variable}": text})


def test_a_variable_below_a_value_is_named(folder: Path) -> None:
    file = write(folder / "a.yaml", "answers: 5")
    with pytest.raises(SettingsError, match="__FALSE_ANSWER_RATE: 'answers' is not a section"):
        load(file, {"RAPPORTEUR_ANSWERS__FALSE_ANSWER_RATE": "0.5"})


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("folder", "Is a directory"),
        ("nowhere", "No such file or directory"),
        ("pipe", "Not a file"),
        ("huge", "File too large"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(folder: Path, name: str, reason: str) -> None:
    (folder / "folder").mkdir()
    os.mkfifo(folder / "pipe")
    write(folder / "huge", b"#" * 1_000_001)
    for option, environment in ((Path(name), {}), (None, {"RAPPORTEUR_CONFIG": name})):
        with pytest.raises(SettingsError, match=rf"{name}: cannot be read \({reason}\)"):
            load(option, environment)


def test_vectors_are_kept_where_storage_path_says(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    assert state_folder(load(None, {})) == folder / ".local/state" / "rapporteur"
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "kept"))
    assert state_folder(load(None, {})) == folder / "kept" / "rapporteur"
    there = load(None, {"RAPPORTEUR_STORAGE__PATH": "~/state"})
    assert state_folder(there) == folder / "state"


def test_the_file_in_the_repository_holds_the_defaults_key_for_key() -> None:
    defaults = Settings().model_dump(mode="json")
    assert json.dumps(yaml.safe_load(FILE.read_text("utf-8"))) == json.dumps(defaults)


def test_every_key_of_the_file_in_the_repository_has_a_comment_above() -> None:
    lines = FILE.read_text("utf-8").splitlines()
    for section, values in Settings().model_dump(mode="json").items():
        indent = "  " if isinstance(values, dict) else ""
        start = lines.index(f"{section}:") if indent else 0
        for key in values if indent else [section]:
            place = next(
                number
                for number, line in enumerate(lines)
                if number >= start and line.startswith(f"{indent}{key}:")
            )
            assert lines[place - 1].startswith(f"{indent}# "), f"{section}.{key} has no comment"
