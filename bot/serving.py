"""The life of the bot on Telegram: start, serve, drain, stop."""

import asyncio
import hmac
import logging
import os
import re
import secrets
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot import logs, metrics
from bot.application import UPDATES, build
from bot.desk import App, meet, read_ahead
from bot.editing_process import EditingProcess
from bot.editors import editors_of
from bot.errors import BotError, SettingsError, TemporaryError
from bot.introduction import introduce
from bot.keeping import log_damage, tell_editors
from bot.limiter import seconds
from bot.polling import Poller, Polling
from bot.requests import REFUSALS
from bot.settings import Settings, state_folder
from bot.supervision import Heartbeat, notify, reassure
from bot.token_check import REFUSED
from bot.webhook import Webhook
from knowledge.library.library import Library
from knowledge.library.snapshots import Snapshot
from knowledge.reading.formats.confinement import lacking

if TYPE_CHECKING:  # it needs the extra redis
    from bot.shared import Shared

_log = logging.getLogger(__name__)

_SECRET_VARIABLE = "TELEGRAM_WEBHOOK_SECRET"  # noqa: S105, the name of a variable
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0  # seconds between attempts to reach Telegram
_PROFILE_SECONDS = 10.0  # for the menu and the descriptions, which the bot can do without
_FAREWELL_SECONDS = 3.0  # for telling Telegram which updates have arrived
_LOG_SECONDS = 60.0


class Source(Protocol):
    """Where updates come from."""

    async def start(self, application: App) -> None:
        """Begin to put updates into the queue of `application`."""

    async def failure(self, application: App) -> BotError:
        """Wait until no more updates will come, and return why."""

    async def stop(self, application: App) -> None:
        """Put no more updates into the queue."""


def serve(
    library: Library,
    snapshot: Snapshot,
    settings: Settings,
    token: str,
    heartbeat: Path | None = None,
) -> None:
    """Answer on Telegram until SIGINT or SIGTERM; touch `heartbeat` as long as updates come.

    Answers come from `snapshot`, until another is published in `library`; SIGHUP reloads. See
    `bot.starting.begin` for what comes before.

    Raises BotError if Telegram refuses the token, and TemporaryError, a BotError, when updates
    can no longer be fetched.
    """
    if settings.metrics.port is not None:
        metrics.show(settings.metrics.port)
    pulse = Heartbeat(heartbeat)
    try:
        asyncio.run(_serve(library, snapshot, settings, token, pulse))
    except BotError:
        raise
    except Exception as error:  # noqa: BLE001, whatever it is, nobody's words may be printed
        # A traceback may hold anybody's words; this line cannot.
        what = f"{type(error).__name__} at {logs.place(error)}"
        raise TemporaryError(f"the bot failed with {what}") from None


async def _serve(
    library: Library, snapshot: Snapshot, settings: Settings, token: str, pulse: Heartbeat
) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        # A second signal changes nothing: what was accepted is still being answered.
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    _log.info("opened documents=%d", len(snapshot.knowledge_base.documents))
    if library.damage is not None:
        log_damage(library.damage)
    if library.is_read_only:
        _log.warning("the state folder is read-only, so the documents cannot be changed")
    for one in lacking():
        _log.warning("files are read without %s, which this machine does not have", one)
    source, application = assemble(library, snapshot, settings, token, pulse)
    if not sys.stderr.isatty():  # in a terminal, SIGHUP means that it was closed
        asyncio.get_running_loop().add_signal_handler(
            signal.SIGHUP, editors_of(application).hang_up, application
        )
    await live(application, source, settings, stop)


def assemble(
    library: Library, snapshot: Snapshot, settings: Settings, token: str, pulse: Heartbeat
) -> tuple[Source, App]:
    """Return the source of updates and the application, as `settings` say."""
    poller = Poller(pulse.beat)
    source: Source = Polling(poller, UPDATES)
    if settings.telegram.mode == "webhook":
        source = _webhook(settings, token, pulse)
    shared = _shared(settings.conversations.url, token)
    return source, build(library, snapshot, settings, token, poller, shared=shared)


def _webhook(settings: Settings, token: str, pulse: Heartbeat) -> Webhook:
    is_shared = settings.conversations.url is not None
    secret = _webhook_secret(token, is_shared=is_shared)
    editing = EditingProcess(
        state_folder(settings) / "editing.lock", settings.admins if is_shared else ()
    )
    return Webhook(settings.telegram.webhook, secret, UPDATES, pulse.beat, editing.takes)


def _shared(url: str | None, token: str) -> "Shared | None":
    """Return what processes share in the Redis at `url`; None for no url. Raises SettingsError."""
    if url is None:
        return None
    try:
        from bot.shared import share
    except ImportError as error:
        raise SettingsError(
            "conversations.url needs the extra redis: pip install 'rapporteur[redis]'"
        ) from error
    try:
        return share(url, token)
    except ValueError as error:
        raise SettingsError("conversations.url is not a URL of a Redis") from error


def _webhook_secret(token: str, *, is_shared: bool) -> str:
    """Return the secret that proves that a post is Telegram's: the one that is set; else one made
    from the token, if it `is_shared`, so that all processes have the same; else a random one.

    Raises SettingsError if the one that is set cannot be used.
    """
    made = hmac.digest(token.encode(), b"rapporteur: a post is Telegram's", "sha256").hex()
    given = os.environ.get(_SECRET_VARIABLE, "")
    secret = given or (made if is_shared else secrets.token_urlsafe(32))
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise SettingsError(f"{_SECRET_VARIABLE}: expected 1 to 256 of A-Z, a-z, 0-9, _ and -")
    return secret


async def live(application: App, source: Source, settings: Settings, stop: asyncio.Event) -> None:
    """Serve until `stop` is set, then answer what was accepted, within telegram.drain_seconds.

    Raises BotError when the bot cannot start, or cannot go on.
    """
    stopped = asyncio.create_task(stop.wait())
    watching = asyncio.create_task(reassure())
    following = asyncio.create_task(editors_of(application).follow(application))
    reading = asyncio.create_task(read_ahead(application))
    try:
        starting = asyncio.create_task(_start(application, source, settings))
        if await _first(starting, stopped):
            starting.result()
            notify("READY=1")
            _log.info("serving mode=%s", settings.telegram.mode)
            failing = asyncio.create_task(source.failure(application))
            if await _first(failing, stopped):
                raise failing.result()
    finally:
        notify("STOPPING=1")
        following.cancel()
        reading.cancel()
        editors_of(application).jobs.stop()
        await _stop(application, source, settings.telegram.drain_seconds)
        stopped.cancel()
        watching.cancel()


async def _first(task: asyncio.Task[Any], stopped: asyncio.Task[bool]) -> bool:
    """Return whether `task` is done before `stopped`; cancel it if not."""
    await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        return True
    task.cancel()
    await asyncio.wait({task})
    return False


async def _start(application: App, source: Source, settings: Settings) -> None:
    await _reach(application.initialize, settings.telegram.api_url)
    meet(application)
    with suppress(TimeoutError):
        async with asyncio.timeout(_PROFILE_SECONDS):
            await introduce(application.bot, settings.admins)
    await application.start()
    library = editors_of(application).library
    application.create_task(
        tell_editors(application.bot, settings.admins, library, settings.language)
    )
    await _reach(lambda: source.start(application), settings.telegram.api_url)


async def _reach(attempt: Callable[[], Awaitable[None]], api_url: str) -> None:
    """Repeat `attempt` until Telegram answers it. Raises BotError if it refuses for good."""
    refusals, pause, logged = 0, _FIRST_PAUSE, -_LOG_SECONDS
    while True:
        try:
            await attempt()
        except InvalidToken as error:
            refusals += 1
            if refusals >= REFUSALS:
                raise BotError(REFUSED) from error
        except BadRequest as error:
            raise BotError(f"{api_url}: Telegram refuses to start ({error.message})") from error
        except RetryAfter as error:
            pause = min(max(pause, seconds(error)), _LONGEST_PAUSE)
        except TelegramError as error:
            if time.monotonic() - logged >= _LOG_SECONDS:
                logged = time.monotonic()
                name = type(error).__name__
                _log.warning("Telegram is out of reach url=%s error=%s", api_url, name)
        else:
            return
        await asyncio.sleep(pause)
        pause = min(1.5 * pause, _LONGEST_PAUSE)


async def _stop(application: App, source: Source, drain_seconds: float) -> None:
    """Take no more updates, answer the accepted ones for up to `drain_seconds`, and shut down."""
    begun = time.monotonic()
    with suppress(TimeoutError, TelegramError):
        async with asyncio.timeout(min(_FAREWELL_SECONDS, drain_seconds)):
            await source.stop(application)
    if application.running:
        try:
            async with asyncio.timeout(begun + drain_seconds - time.monotonic()):
                await application.stop()
        except TimeoutError:
            left = application.update_processor.current_concurrent_updates
            _log.warning("stopping late unanswered=%d", left)
    await application.shutdown()
    await application.bot.shutdown()  # its connections, if the application never got to start
    _log.info("stopped")
