"""The bot as it runs: its console script as a process, and a strict Bot API server to talk to."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

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


@asynccontextmanager
async def started(telegram: BotApiServer, state: Path) -> AsyncIterator[Process]:
    """Start the bot, wait until it polls, and stop it at the end."""
    process = await start(telegram, state)
    try:
        await telegram.ready(timeout=60)
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.wait()


@pytest.fixture(scope="session")
async def server() -> AsyncIterator[BotApiServer]:
    async with BotApiServer() as telegram:
        yield telegram


@pytest.fixture(scope="session")
async def running(server: BotApiServer, state: Path) -> AsyncIterator[Process]:
    """The bot of the whole session, so that the model is loaded once."""
    async with started(server, state) as process:
        yield process


@pytest.fixture
async def telegram(server: BotApiServer, running: Process) -> AsyncIterator[BotApiServer]:
    """The server with the bot running; a test fails if the bot was refused anything."""
    server.refusals.clear()
    yield server
    assert server.refusals == []
    assert running.returncode is None


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
