"""Fetch updates from Telegram, and find out when that no longer works.

python-telegram-bot silently ends polling at the first 401 or 404, which may come from a proxy as
well as from Telegram; repeats a poll for ever after 409s; and fetches an update that it cannot read
again and again. Here each such response becomes an error that polling survives; one that persists
becomes the failure that ends the process, for its supervisor to start it again.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from telegram.error import Conflict, NetworkError, RetryAfter, TelegramError

from bot import metrics
from bot.arrivals import Arrivals
from bot.desk import App
from bot.errors import TemporaryError
from bot.limiter import seconds
from bot.requests import REFUSALS, Request

_log = logging.getLogger(__name__)

POLL_SECONDS = 30  # for which Telegram holds a poll open while there are no updates
_READ_SECONDS = 15.0  # beyond POLL_SECONDS
_PAUSE_SECONDS = 0.0  # between two polls; python-telegram-bot waits 1 to 30 s after failed ones
_CONFLICT_SECONDS = 5 * 60  # of 409s, caused by another program with the same token
_CALM_SECONDS = 60.0  # without a 409, after which the other program is gone
_LONGEST_REST = 30  # seconds; python-telegram-bot sleeps as long as a 429 says, be it hours
_DEAD_SECONDS = 3 * 60.0  # twice what a poll can take, with the pause before it
_LOG_SECONDS = 60.0  # between two lines about the same trouble
_WEBHOOK = b"webhook is active"  # in a 409: updates are posted, so none can be fetched


class Poller(Request):
    """The connection over which updates are fetched, and which notices when that fails for good."""

    def __init__(
        self,
        on_poll: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Call `on_poll` after every poll that Telegram answered; `clock` returns seconds."""
        super().__init__(connections=2, read_seconds=_READ_SECONDS)
        self._on_poll = on_poll
        self._arrivals = Arrivals()
        self._clock = clock
        self._ended = clock()  # the last poll, well or badly
        self._refusals = 0
        self._conflict_since: float | None = None
        self._last_conflict = clock()
        self._failure: TemporaryError | None = None
        self._failed = asyncio.Event()
        self._logged: dict[str, float] = {}
        self.finds_webhook = False
        """Whether the last 409 was for a webhook, which must go before a poll can be answered."""

    async def failure(self) -> TemporaryError:
        """Wait until updates can no longer be fetched, and return why."""
        while self._failure is None:
            left = self._ended + _DEAD_SECONDS - self._clock()
            if left <= 0:
                return TemporaryError(f"no poll for updates has ended for {_DEAD_SECONDS:.0f} s")
            try:
                async with asyncio.timeout(left):
                    await self._failed.wait()
            except TimeoutError:
                continue
        return self._failure

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Return status and body of a poll. Raises TelegramError if it is to be tried again."""
        try:
            return await self._poll(*args, **kwargs)
        except TelegramError as error:
            self._report(type(error).__name__)
            raise

    async def _poll(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        try:
            status, body = await super().do_request(*args, **kwargs)
        except RetryAfter as error:
            if seconds(error) <= _LONGEST_REST:
                raise
            raise NetworkError("a 429 asks for a longer rest than polling takes") from None
        finally:
            self._ended = self._clock()
        self._note(status, is_webhook=_WEBHOOK in body)
        if status == 409:
            raise Conflict("another program fetches updates, or has them posted")
        if status != 200:
            # python-telegram-bot would trust that an error has the right form.
            raise NetworkError(f"a poll was answered with {status}")
        body = self._arrivals.read(body)
        self._refusals = 0
        self._on_poll()
        return status, body

    def _report(self, kind: str) -> None:
        """Log that a poll failed, the same kind of error once a minute."""
        metrics.polls_failed.labels(kind).inc()
        now = self._clock()
        if now - self._logged.get(kind, -_LOG_SECONDS) >= _LOG_SECONDS:
            self._logged[kind] = now
            _log.warning("poll failed error=%s", kind)

    def _note(self, status: int, *, is_webhook: bool) -> None:
        """Count statuses that are believed only when they persist."""
        now = self._clock()
        if status in {401, 404}:
            self._refusals += 1
            if self._refusals >= REFUSALS:
                self._fail(f"Telegram refuses updates with {status}, {REFUSALS} times in a row")
        elif status == 409:
            self.finds_webhook = is_webhook
            self._last_conflict = now
            if self._conflict_since is None:
                self._conflict_since = now
            elif now - self._conflict_since >= _CONFLICT_SECONDS:
                does = "has set a webhook" if is_webhook else "has fetched updates"
                minutes = _CONFLICT_SECONDS // 60
                self._fail(
                    f"another program {does} with this token for {minutes} minutes; "
                    "stop that one, or this one"
                )
        elif status == 200 and now - self._last_conflict > _CALM_SECONDS:
            self._conflict_since = None

    def _fail(self, reason: str) -> None:
        if self._failure is None:
            self._failure = TemporaryError(reason)
            self._failed.set()


class Polling:
    """Updates by long polling, which needs no public address."""

    def __init__(self, poller: Poller, allowed_updates: Sequence[str]) -> None:
        """Fetch updates of the kinds `allowed_updates` over `poller`."""
        self._poller = poller
        self._allowed_updates = allowed_updates
        self._removing: asyncio.Task[None] | None = None

    async def start(self, application: App) -> None:
        """Begin to fetch. Raises TelegramError if an earlier webhook could not be removed."""
        updater = application.updater
        if updater is None:
            raise ValueError("the application was built without an updater")

        def on_error(error: TelegramError) -> None:
            is_idle = self._removing is None or self._removing.done()
            if isinstance(error, Conflict) and self._poller.finds_webhook and is_idle:
                self._removing = asyncio.create_task(_remove_webhook(application))

        await updater.start_polling(
            poll_interval=_PAUSE_SECONDS,
            timeout=POLL_SECONDS,
            allowed_updates=self._allowed_updates,
            error_callback=on_error,
        )

    async def failure(self, application: App) -> TemporaryError:  # noqa: ARG002, as every source
        """Wait until updates can no longer be fetched, and return why."""
        return await self._poller.failure()

    async def stop(self, application: App) -> None:
        """Fetch no more, and tell Telegram which updates have arrived."""
        if self._removing is not None:
            self._removing.cancel()
        if application.updater is not None and application.updater.running:
            await application.updater.stop()


async def _remove_webhook(application: App) -> None:
    # If this fails, the next poll that fails tries it again.
    with suppress(TelegramError):
        await application.bot.delete_webhook()
