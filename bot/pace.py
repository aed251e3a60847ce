"""How fast messages may be sent, where more than one process sends them."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

Limit = tuple[int, float]
"""No more than so many messages in so many seconds."""


class Pace(Protocol):
    """Limits that hold beyond this process. Where they are out of reach, nobody waits for them."""

    def one(self, limit: Limit, slow_seconds: float) -> AbstractAsyncContextManager[None]:
        """Wait for one of the places of `limit` and hold it for the call made within; it is free
        again the seconds of `limit` after the call has ended, or has taken `slow_seconds`.
        """

    async def turn(
        self, chat: int | str, limits: Sequence[Limit], patience: float
    ) -> tuple[float, float]:
        """Take the next turn of `chat` within each of `limits`; return in how many seconds it is,
        and for how many the chat must rest: if longer than `patience`, no turn is taken.
        """

    async def rest(self, chat: int | str, seconds: float) -> None:
        """Let nobody send to `chat` for so many `seconds`."""
