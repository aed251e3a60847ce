"""How fast messages may be sent, where more than one process sends them."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

Limit = tuple[int, float]
"""No more than so many messages in so many seconds."""


class Pace(Protocol):
    """Limits that hold for several processes. If they are out of reach, nobody waits for them."""

    def one(self, limit: Limit, slow_seconds: float) -> AbstractAsyncContextManager[None]:
        """Wait for one of the places of `limit`, and hold it for the call made within. It is free
        again when the seconds of `limit` have passed since the call ended, or since it had taken
        `slow_seconds`.
        """

    async def turn(
        self, chat: int | str, limits: Sequence[Limit], patience: float
    ) -> tuple[float, float]:
        """Take the next turn of `chat` within all `limits`. Return in how many seconds it comes,
        and for how many the chat must still rest; if these exceed `patience`, no turn is taken.
        """

    async def rest(self, chat: int | str, seconds: float) -> None:
        """Let nobody send to `chat` for so many `seconds`."""
