"""The terminal: standard output and error, a progress bar, and lines of input."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.errors import BotError


def _console(*, is_for_errors: bool = False) -> Console:
    # NO_COLOR (https://no-color.org): rich alone would still print in bold.
    if os.environ.get("NO_COLOR"):
        return Console(stderr=is_for_errors, highlight=False, color_system=None)
    return Console(stderr=is_for_errors, highlight=False)


out, err = _console(), _console(is_for_errors=True)


def warn(message: str) -> None:
    """Print `message` to standard error, in one line."""
    err.print(f"rapporteur: {message}", markup=False, soft_wrap=True)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show a progress bar; yield a function that is told a step, how much is done, and of what."""
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("opening", total=None)

        def advance(step: str, done: int, total: int) -> None:
            bar.update(task, description=step, completed=done, total=total)

        yield advance


def is_silent() -> bool:
    """Return whether nothing will ever be typed: standard input is /dev/null, as for a service."""
    try:
        return os.path.samestat(os.fstat(sys.stdin.fileno()), Path(os.devnull).stat())
    except OSError:  # it is no file
        return False


def read_lines() -> Iterator[tuple[str, str]]:
    """Yield (chat, question) for each line of standard input, which is text or a JSON object.

    Lines of one chat are one conversation; a line without a chat stands alone. Raises BotError,
    which names the line, for an object without a question.
    """
    for number, line in enumerate(sys.stdin, start=1):
        chat, asked = "", line.strip()
        if asked.startswith("{"):
            try:
                fields = json.loads(asked)
                chat, asked = str(fields.get("chat") or ""), fields["question"]
            except (ValueError, KeyError):
                asked = None
            if not isinstance(asked, str):
                raise BotError(f'line {number}: expected a question or {{"question": "…"}}')
        if asked:
            yield chat, asked


def edited_lines() -> Iterator[str]:
    """Yield the lines that are typed, with the keys of a shell to edit a line and to bring earlier
    ones back, which are kept in memory only. Ctrl-C clears a line, Ctrl-D ends.
    """
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import InMemoryHistory

    session: PromptSession[str] = PromptSession(
        history=InMemoryHistory(),
        reserve_space_for_menu=0,  # there is none
    )
    while True:
        try:
            typed = session.prompt([("bold", "? ")])
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        if typed.strip():
            yield typed


def plain_lines() -> Iterator[str]:
    """Yield the lines that are typed where lines cannot be edited."""
    while True:
        err.print("? ", end="")
        typed = sys.stdin.readline()
        if not typed:
            return
        if typed.strip():
            yield typed
