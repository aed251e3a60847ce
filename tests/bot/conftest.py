"""The bot, as its console script in a process or in the test's event loop, and a strict Bot API
server to talk to.
"""

import asyncio
import io
import os
import shutil
import subprocess
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from bot.cli import main
from knowledge import FOUNDING
from knowledge.library.snapshots import Snapshot
from tests.bot import living
from tests.botapi import BotApiServer, Chat

SCRIPT = Path(sys.executable).with_name("rapporteur")


async def start(telegram: BotApiServer, state: Path, *options: str, **variables: str) -> Process:
    """Start the bot against `telegram`."""
    return await asyncio.create_subprocess_exec(
        SCRIPT,
        "run",
        *options,
        env=os.environ
        | {
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "RAPPORTEUR_TELEGRAM__API_URL": telegram.url,
            "RAPPORTEUR_STORAGE__PATH": str(state),
        }
        | variables,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


@pytest.fixture(scope="session")
def few_questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the founding document and its people, with few golden questions to rehearse."""
    folder = tmp_path_factory.mktemp("documents")
    for file in (*FOUNDING.glob("*.txt"), FOUNDING / "people.yaml"):
        shutil.copy(file, folder)
    (folder / "questions.yaml").write_text(
        '- {question: "How many citizens signed the appeal?", shows: "over 500", example: true}'
    )
    return folder


@pytest.fixture(scope="session")
def vectors(opened: Snapshot, state: Path) -> Path:
    """The vectors of the founding document, for the state folder of a process that needs them."""
    return state / "vectors.sqlite"


@pytest.fixture(scope="session")
async def server() -> AsyncIterator[BotApiServer]:
    async with BotApiServer() as telegram:
        yield telegram


@pytest.fixture(scope="session")
async def running(server: BotApiServer, opened: Snapshot) -> AsyncIterator[living.Bot]:
    """The bot of the whole session.

    For its poller no time passes: while tests without a loop run, nothing can be polled.
    """
    clock = living.Clock()
    async with living.living(server, opened, clock=clock, limiter=living.hasty()) as bot:
        yield bot


@pytest.fixture
async def telegram(server: BotApiServer, running: living.Bot) -> AsyncIterator[BotApiServer]:
    """The server with the bot running; a test fails if the bot was refused anything."""
    server.refusals.clear()
    yield server
    assert server.refusals == []
    assert not running.life.done()


@pytest.fixture
def chat(telegram: BotApiServer) -> Chat:
    """The private chat of somebody new, whose Telegram speaks English."""
    return telegram.private_chat(telegram.person("Alice", language_code="en"))


@pytest.fixture(params=["polling", "webhook"])
def mode(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways in which updates come to a bot that lives in the test's event loop."""
    if request.param == "webhook":
        monkeypatch.setattr(living, "WEBHOOK", living.some_webhook)
    return str(request.param)


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def here(state: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line in this process, which has loaded what takes a new one some seconds."""

    def run(
        *arguments: str, typed: str | None = "", state: Path = state, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        monkeypatch.setattr(sys, "argv", ["rapporteur", *arguments])
        monkeypatch.setenv("RAPPORTEUR_STORAGE__PATH", str(state))
        monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(state)
        with Path(os.devnull).open("rb") as nothing:
            source: BinaryIO = nothing if typed is None else io.BytesIO(typed.encode())
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(source))
            with pytest.raises(SystemExit) as end:
                main()
        printed = capfd.readouterr()
        return subprocess.CompletedProcess(
            arguments, int(end.value.code or 0), printed.out, printed.err
        )

    return run
