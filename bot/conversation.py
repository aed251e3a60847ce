"""What is remembered of a chat: for a while, in memory only, and nobody's words."""

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

KEPT_SECONDS = 15 * 60
_KEPT_AT_MOST = 10_000  # entries; some 2 MB

Key = tuple[int, int]
"""(chat, message) or (chat, user) as Telegram numbers them."""
Kept = TypeVar("Kept")


class Memory(Protocol[Kept]):
    """Keeps what was last put under a key, for a while."""

    def remember(self, key: Key, kept: Kept) -> None:
        """Keep `kept` under `key`."""

    def recall(self, key: Key) -> Kept | None:
        """Return what was kept under `key`; None if nothing is remembered."""

    def forget(self, chat: int) -> None:
        """Forget everything of `chat`."""


class LocalMemory(Generic[Kept]):
    """A memory of this process alone; when it is full, the oldest entries make room."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, kept_seconds: float = KEPT_SECONDS
    ) -> None:
        """Start empty; `clock` returns seconds, and an entry is kept for `kept_seconds`."""
        self._clock = clock
        self._kept_seconds = kept_seconds
        self._entries: OrderedDict[Key, tuple[float, Kept]] = OrderedDict()

    def remember(self, key: Key, kept: Kept) -> None:
        """Keep `kept` under `key`."""
        self._entries[key] = (self._clock(), kept)
        self._entries.move_to_end(key)
        self._forget_old()

    def recall(self, key: Key) -> Kept | None:
        """Return what was kept under `key`; None if nothing is remembered."""
        self._forget_old()
        entry = self._entries.get(key)
        return None if entry is None else entry[1]

    def forget(self, chat: int) -> None:
        """Forget everything of `chat`."""
        for key in [key for key in self._entries if key[0] == chat]:
            del self._entries[key]

    def _forget_old(self) -> None:
        while self._entries:
            oldest, (since, _) = next(iter(self._entries.items()))
            is_recent = self._clock() - since <= self._kept_seconds
            if is_recent and len(self._entries) <= _KEPT_AT_MOST:
                break
            del self._entries[oldest]
