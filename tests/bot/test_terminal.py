"""The conversation in the terminal: what is typed, and what is seen."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console

from bot.console import edited_lines
from bot.talking import Conversation
from bot.texts import LANGUAGES, text
from knowledge.knowledge_base import KnowledgeBase
from knowledge.library.snapshots import Snapshot
from tests.bot.conftest import Run

COMPLAINT = "When was the collective complaint presented?"
SENTENCE = "In November 2018, the ODF presented a collective complaint"
UP, CTRL_C, CTRL_D = "\x1b[A", "\x03", "\x04"

Say = Callable[[str], str]


def window(width: int = 72, **options: Any) -> Console:
    """Return a window that keeps what it shows."""
    return Console(
        file=io.StringIO(),
        width=width,
        force_terminal=True,
        highlight=False,
        **options,
    )


def talking(opened: Snapshot, console: Console, language: str = "en") -> tuple[Conversation, Say]:
    """Return a conversation, and what says a line in it and returns what is shown then."""
    conversation = Conversation(opened, language, console)

    def say(line: str) -> str:
        assert isinstance(console.file, io.StringIO)
        before = len(console.file.getvalue())
        conversation.say(line)
        return console.file.getvalue()[before:]

    return conversation, say


@pytest.fixture
def say(opened: Snapshot) -> Say:
    return talking(opened, window(color_system=None))[1]


def joined(shown: str) -> str:
    return " ".join(shown.split())


def test_the_sentence_is_in_bold_in_its_paragraph_and_shown_once(
    opened: Snapshot, base: KnowledgeBase
) -> None:
    say = talking(opened, window(color_system="standard"))[1]
    shown = say(COMPLAINT)
    in_bold = joined(" ".join(re.findall(r"\x1b\[1m(.*?)\x1b\[0m", shown)))
    assert in_bold.startswith(SENTENCE)
    plain = joined(re.sub(r"\x1b\[[0-9;]*m", "", shown))
    (passage,) = (p for p in base.passages if SENTENCE in p.text)
    assert plain.count(joined(passage.text)) == 1
    assert plain.count(SENTENCE) == 1


def test_lines_fit_the_window_and_names_are_not_broken(
    opened: Snapshot, base: KnowledgeBase
) -> None:
    for width in range(40, 80, 3):
        shown = talking(opened, window(width, color_system=None))[1]("/demands")
        lines = shown.splitlines()
        assert all(len(line) <= width for line in lines if "://" not in line)
        for name in (person.name for person in base.people.people):
            assert shown.count(name) == joined(shown).count(name)


def test_without_colours_nothing_is_escaped_and_the_sentence_marked(say: Say) -> None:
    shown = say(COMPLAINT)
    assert "\x1b" not in shown
    assert f"▸ {SENTENCE}" in joined(shown)


def test_a_number_chooses_an_example(opened: Snapshot) -> None:
    console = window(200, color_system=None)
    conversation, say = talking(opened, console)
    conversation.greet()
    assert isinstance(console.file, io.StringIO)
    examples = re.findall(r"^ +\d (.+)$", console.file.getvalue(), re.MULTILINE)
    assert len(examples) == 3
    assert say("2") == talking(opened, window(200, color_system=None))[1](examples[1])


def test_a_number_chooses_whom_a_question_means(say: Say) -> None:
    shown = say("Who is Abishef?")
    names = re.findall(r"^ +\d (.+)$", shown, re.MULTILINE)
    assert "Aset Abishev" in names
    chosen = say(str(names.index("Aset Abishev") + 1))
    assert "Aset Abishev" in chosen
    assert "paragraph 4" in chosen


def test_people_are_numbered_and_a_number_shows_one_of_them(say: Say, base: KnowledgeBase) -> None:
    shown = say("/people")
    (number,) = re.findall(r"^ +(\d+) Maks Bokayev$", shown, re.MULTILINE)
    assert base.people.people[int(number) - 1].name == "Maks Bokayev"
    assert say(number).startswith("Maks Bokayev · Макс Бокаев\n")
    # The conversation is about him now, until that is forgotten.
    assert "Maks Bokayev" in say("What do MEPs ask for him?")
    say("/people")
    assert say("Julie Ward").startswith(
        "Julie Ward · Джули Уорд\n"
    )  # a name of the list is as good
    assert text("terminal_forgotten", "en") in say("/forget")


def test_more_goes_on_with_a_list_and_its_numbers(say: Say, base: KnowledgeBase) -> None:
    count = len(base.statements.demands)
    first = say("/demands")
    assert re.findall(r"^(\d+)/(\d+) ·", first, re.MULTILINE)[-1] == ("5", str(count))
    assert text("terminal_more", "en", count=count - 5) in first
    rest = say("/more")
    assert re.findall(r"^(\d+)/", rest, re.MULTILINE) == [str(n) for n in range(6, count + 1)]
    last = base.statements.demands[-1].passage
    assert joined(last.text) in joined(say(str(count))).replace("▸ ", "")
    assert text("terminal_nothing_more", "en") in say("/more")


def test_more_as_a_word_goes_on_with_the_list_too(say: Say) -> None:
    say("/demands")
    assert re.findall(r"^(\d+)/", say("more"), re.MULTILINE)[0] == "6"


def test_a_language_is_chosen_by_its_number_its_name_or_in_words(say: Say) -> None:
    shown = say("/language")
    (number,) = re.findall(r"^ +(\d) Русский$", shown, re.MULTILINE)
    assert joined(say(number)) == text("language_chosen", "ru")
    assert text("nothing_found", "ru") in say("What is the capital of France?")
    assert joined(say("/language kk")) == text("language_chosen", "kk")
    assert joined(say("speak English")) == text("language_chosen", "en")


def test_more_shows_the_next_passage_of_an_answer(say: Say) -> None:
    first = say(COMPLAINT)
    second = say("/more")
    assert "paragraph" in second
    assert joined(second) not in joined(first)


def test_a_number_beyond_the_list_is_told_so_and_elsewhere_is_a_question(say: Say) -> None:
    say("/people")
    assert joined(say("99")) == text("terminal_no_number", "en", number=99, count=13)
    assert say("1").startswith("Julie Ward")
    assert text("terminal_no_number", "en", number=1999, count=3) not in joined(say("1999"))


def test_about_lists_documents_and_a_number_shows_how_one_begins(
    say: Say, base: KnowledgeBase
) -> None:
    assert "Open Dialogue Foundation, 14 March 2019" in joined(say("/about"))
    assert joined(base.passages[0].text) in joined(say("1")).replace("▸ ", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_commands_speak_the_language_of_the_last_question(opened: Snapshot, language: str) -> None:
    say = talking(opened, window(color_system=None), language)[1]
    assert joined(say("/help")) == joined(text("terminal_help", language))
    assert joined(say("/dance")) == text("unknown_command", language)
    other, asked = ("kk", "Бокаев кім?") if language != "kk" else ("ru", "Кто такой Бокаев?")
    say(asked)
    assert text("which_one", other) in joined(say("Абишев"))  # a name in both languages
    assert joined(say("/forget")) == text("terminal_forgotten", other)


def test_a_name_alone_is_answered_in_the_language_of_the_last_question(say: Say) -> None:
    assert "Макс Бокаев" in say("Бокаев")
    say("Қай қозғалысқа тыйым салынды?")
    assert "Мақс Боқаев" in say("Бокаев")


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_names_every_command_there_is(opened: Snapshot, language: str) -> None:
    for command in re.findall(r"^/\w+", text("terminal_help", language), re.MULTILINE):
        say = talking(opened, window(color_system=None), language)[1]
        assert joined(say(command)) != text("unknown_command", language)


def test_a_line_can_be_cleared_and_an_earlier_one_had_back() -> None:
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        lines = edited_lines()
        keys.send_text(f"Who is{CTRL_C}")
        keys.send_text("/people\r")
        assert next(lines) == "/people"
        keys.send_text(f"{UP}\r")
        assert next(lines) == "/people"
        keys.send_text(f" \r/help\r{CTRL_D}")
        assert list(lines) == ["/help"]


def test_lines_of_a_pipe_are_a_conversation_without_escapes(here: Run) -> None:
    done = here("chat", typed="/people\n8\nWhat do MEPs ask for him?\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    people, card, answer = done.stdout.split("\n\n")[:3]
    assert "   8 Maks Bokayev" in people
    assert card.startswith("Maks Bokayev · Макс Бокаев\n")
    assert "Makhambet Abzhan and Saken Tulbayev" in answer
