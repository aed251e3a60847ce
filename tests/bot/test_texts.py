"""The bot's own words: whole in every language, and within Telegram's limits."""

import datetime
import re
from dataclasses import fields
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import pytest
import yaml
from telegram.constants import (
    BotCommandLimit,
    BotDescriptionLimit,
    CallbackQueryLimit,
    MessageLimit,
)

from bot.keeping import OF_THE_SERVER
from bot.texts import LANGUAGES, date, language_name, text
from bot.wording import heading, refusal, remark
from embeddings.errors import EmbeddingError
from knowledge.errors import DocumentError, KnowledgeError
from knowledge.knowledge_base import KnowledgeBase
from knowledge.problems import SENTENCES, problem
from knowledge.quotes.answers import Answer, Reason, quote
from knowledge.quotes.labels import Label
from knowledge.reading.metadata import Metadata

TABLES: dict[str, dict[str, Any]] = {
    language: yaml.safe_load(files("bot").joinpath("texts", f"{language}.yaml").read_text("utf-8"))
    for language in LANGUAGES
}
# What is said of bad files in English is said in the terminal too, where it comes from; of what is
# wrong with the machine, editors are told less.
OWN = {key: TABLES["en"].pop(key) for key in [*TABLES["en"]] if key.startswith("problem_")}
TABLES["en"] |= {f"problem_{code}": words for code, words in SENTENCES.items()} | OWN


def placeholders(words: str) -> set[str]:
    """Return what stands in braces in `words`."""
    return {name for _, name, _, _ in Formatter().parse(words) if name is not None}


def test_the_languages_are_english_russian_and_kazakh() -> None:
    assert LANGUAGES == ("en", "ru", "kk")
    present = {file.name for file in files("bot").joinpath("texts").iterdir()}
    assert {name for name in present if name.endswith(".yaml")} == {"en.yaml", "ru.yaml", "kk.yaml"}


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_a_language_says_all_that_english_says(language: str) -> None:
    assert list(TABLES[language]) == list(TABLES["en"])


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_a_language_fills_in_what_english_fills_in(language: str) -> None:
    for key, words in TABLES["en"].items():
        if key != "months":
            assert placeholders(TABLES[language][key]) == placeholders(words), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_said_is_empty(language: str) -> None:
    for key, words in TABLES[language].items():
        for said in words if key == "months" else [words]:
            assert said == said.strip() != "", key


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_nothing_is_left_in_english(language: str) -> None:
    same = {key for key, words in TABLES[language].items() if words == TABLES["en"][key]}
    assert same <= {"date"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_menu_and_descriptions_are_within_the_limits_of_telegram(language: str) -> None:
    table = TABLES[language]
    commands = {key: words for key, words in table.items() if key.startswith("command_")}
    assert len(commands) == 9
    for key, words in commands.items():
        assert re.fullmatch(r"[a-z0-9_]{1,32}", key.removeprefix("command_"))
        assert len(words) <= BotCommandLimit.MAX_DESCRIPTION
    assert len(table["description"]) <= BotDescriptionLimit.MAX_DESCRIPTION_LENGTH
    assert len(table["short_description"]) <= BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH
    assert len(table["outdated"]) <= CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH
    assert all(len(words) <= MessageLimit.MAX_TEXT_LENGTH for words in table.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_names_every_command(language: str) -> None:
    commands = {key for key in TABLES[language] if key.startswith("command_")}
    named = {f"command_{name}" for name in re.findall(r"/([a-z]+)", TABLES[language]["help"])}
    assert named == commands


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words(base: KnowledgeBase, language: str) -> None:
    for reason in get_args(Reason):
        said = remark(Answer("not_found", language, 0.0, reason=reason), base)
        assert said, reason
        assert not placeholders(said), reason


def test_another_language_is_called_by_its_name(base: KnowledgeBase) -> None:
    answer = Answer("not_found", "ru", 0.0, reason="other_language")
    assert "(английский)" in remark(answer, base)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_has_a_heading_of_its_own(base: KnowledgeBase, language: str) -> None:
    passage = base.passages[2]
    labels = {quote(passage, sentence).label for sentence in passage.sentences}
    assert labels == {"report", "quotation"}
    headings = {heading(quote(passage, sentence), language) for sentence in passage.sentences}
    assert headings == {
        text("heading_report", language),
        text("heading_quotation_of", language, who="MEP Julie Ward"),
    }
    labels = set(get_args(Label))
    assert len({text(f"heading_{label}", language) for label in labels}) == len(labels)
    said = labels - {"title"}  # of which nobody speaks
    of_somebody = {text(f"heading_{label}_of", language, who="X") for label in said}
    assert len(of_somebody) == len(said)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "14 March 2019"), ("ru", "14 марта 2019 г."), ("kk", "2019 жылғы 14 наурыз")],
)
def test_a_date_is_written_out(language: str, expected: str) -> None:
    assert date(datetime.date(2019, 3, 14), language) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_month_has_a_name(language: str) -> None:
    written = {date(datetime.date(2019, month, 1), language) for month in range(1, 13)}
    assert len(written) == 12


@pytest.mark.parametrize("package", ["bot", "knowledge"])
def test_a_file_is_refused_only_for_what_can_be_said(package: str) -> None:
    sources = [
        file.read_text("utf-8")
        for file in Path(str(files(package).joinpath())).rglob("*.py")
        if file.name != "problems.py"
    ]
    raised = {code for source in sources for code in re.findall(r'\bproblem\(\s*"(\w+)"', source)}
    assert raised
    assert raised <= SENTENCES.keys()
    if package == "knowledge":
        literals = {word for source in sources for word in re.findall(r'"(\w+)"', source)}
        of_fields = {f"{field.name}_wrong" for field in fields(Metadata)}  # raised by their names
        assert of_fields <= SENTENCES.keys()
        bots_own = {"gaps_damaged", "line_unknown"}
        assert SENTENCES.keys() - literals - of_fields == bots_own
    else:
        assert raised == {"gaps_damaged", "line_unknown"}


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "a.pdf: is not UTF-8 (byte 7); save it again as UTF-8"),
        ("ru", "a.pdf: это не UTF-8 (байт 7); сохраните его ещё раз в UTF-8"),
        ("kk", "a.pdf: бұл UTF-8 емес (7-байт); оны UTF-8 етіп қайта сақтаңыз"),
    ],
)
def test_why_a_file_is_refused_is_said_in_every_language(language: str, expected: str) -> None:
    error = DocumentError(problem("encoding", "a.pdf", encoding="UTF-8", byte=7))
    assert refusal(error, language) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_editors_are_shown_no_path_of_the_machine(language: str) -> None:
    assert {key.removeprefix("problem_") for key in OWN} == OF_THE_SERVER
    values = dict.fromkeys(placeholders(" ".join(SENTENCES.values())), "x") | {"folder": "/srv/lib"}
    for code in SENTENCES:
        said = refusal(KnowledgeError(problem(code, "/srv/lib/a.pdf", **values)), language)
        assert "/srv" not in said, code
    assert "/srv" not in refusal(EmbeddingError("/srv/vectors.sqlite: cannot be used"), language)


def test_an_error_without_a_code_is_said_as_it_is() -> None:
    assert refusal(KnowledgeError("no code"), "ru") == "no code"
    assert refusal("written by an earlier release", "kk") == "written by an earlier release"


def test_words_are_filled_in() -> None:
    assert text("paragraph", "en", number=7) == "paragraph 7"
    assert text("paragraph", "kk", number=7) == "7-абзац"


def test_braces_in_what_is_filled_in_are_kept() -> None:
    assert text("ask_usage", "en", example="{x} {}").endswith("/ask {x} {}")


def test_a_language_without_a_name_is_called_by_its_code() -> None:
    assert language_name("kk", "en") == "Kazakh"
    assert language_name("xx", "en") == "xx"


@pytest.mark.parametrize(("key", "language"), [("no such key", "en"), ("help", "de")])
def test_what_the_bot_has_no_words_for_is_an_error(key: str, language: str) -> None:
    with pytest.raises(KeyError):
        text(key, language)
