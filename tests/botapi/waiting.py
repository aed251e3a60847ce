"""Waiting without sleeping: every change wakes whoever waits for something to become true."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


class Changes:
    """Told of every change on the server; those who wait look again each time."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Event] = set()

    def tell(self) -> None:
        """Wake everybody who waits."""
        for event in self._waiting:
            event.set()

    async def until(
        self,
        look: Callable[[], Found | None],
        *,
        timeout: float | None,
        complaint: Callable[[], str],
    ) -> Found:
        """Return what `look` finds, as soon as it is not None.

        Raises AssertionError with `complaint` after `timeout` seconds, if there is a timeout.
        """
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            async with asyncio.timeout(timeout):
                while (found := look()) is None:
                    event.clear()
                    await event.wait()
                return found
        except TimeoutError:
            raise AssertionError(complaint()) from None
        finally:
            self._waiting.discard(event)
