"""The whole bot in the test's own event loop, so that a fault costs no start of a process."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from pydantic import HttpUrl

from bot.application import UPDATES, build
from bot.desk import App
from bot.editors import Editors
from bot.limiter import Limiter
from bot.opening import open_library
from bot.polling import Poller, Polling
from bot.serving import live
from bot.settings import Settings
from bot.settings import Webhook as Where
from bot.webhook import Webhook
from knowledge.library.library import Library
from knowledge.library.snapshots import Snapshot
from tests.botapi import BotApiServer


def somewhere(**changes: object) -> Where:
    """Return an address on this machine where nobody listens yet."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    return Where(url=HttpUrl(f"http://127.0.0.1:{port}/updates"), port=port, **changes)  # type: ignore[arg-type]


def no_webhook() -> Webhook | None:
    """Have the bot fetch its updates."""
    return None


def some_webhook() -> Webhook | None:
    """Have updates posted to the bot."""
    return Webhook(somewhere(), "Only-Telegram_knows", UPDATES)


WEBHOOK = no_webhook  # what the fixture `mode` sets


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def hasty() -> Limiter:
    """Return a limiter for tests of something else: an hour of its clock takes half a minute."""
    return Limiter(clock=lambda: 100 * time.monotonic())


@dataclass
class Bot:
    """A bot that lives until `stop` is set; `life` ends with it, or with the error it died of."""

    life: asyncio.Task[None]
    stop: asyncio.Event
    poller: Poller
    application: App
    polls: list[None] = field(default_factory=list)
    is_asked: bool = False  # whether its test has seen how it ended

    def hang_up(self) -> asyncio.Task[None]:
        """Do as on SIGHUP; the task ends when the reload has."""
        editors: Editors = self.application.bot_data["editors"]
        return editors.hang_up(self.application)

    async def ended(self, timeout: float = 20) -> None:
        """Wait for the end; raises what the bot died of."""
        self.is_asked = True
        async with asyncio.timeout(timeout):
            await self.life


@asynccontextmanager
async def living(
    telegram: BotApiServer,
    opened: Snapshot,
    *,
    clock: Callable[[], float] | None = None,
    drain_seconds: int = 20,
    is_ready: bool = True,
    webhook: Webhook | None = None,
    library: Library | None = None,
    settings: Settings | None = None,
    limiter: Limiter | None = None,
    shared: Any = None,
) -> AsyncIterator[Bot]:
    """Let the bot live against `telegram`; with `is_ready`, from when it polls or listens.

    It is edited in `library`, which should be that of `settings`; `limiter` paces its messages;
    `shared` is what it has in common with other bots.
    """
    base = settings or Settings()
    webhook = webhook or WEBHOOK()
    section = base.telegram.model_copy(
        update={"api_url": telegram.url, "drain_seconds": drain_seconds}
    )
    settings = base.model_copy(update={"telegram": section})
    polls: list[None] = []
    on_poll = lambda: polls.append(None)  # noqa: E731
    poller = Poller(on_poll) if clock is None else Poller(on_poll, clock)
    library = library or open_library(settings, opened.knowledge_base.models)
    application = build(
        library, opened, settings, telegram.token, poller, limiter=limiter, shared=shared
    )
    stop = asyncio.Event()
    source = webhook or Polling(poller, UPDATES)
    life = asyncio.create_task(live(application, source, settings, stop))
    bot = Bot(life, stop, poller, application, polls)
    try:
        if is_ready:
            await telegram.ready()
        yield bot
    finally:
        stop.set()
        if not bot.is_asked:
            await bot.ended(drain_seconds + 40)
