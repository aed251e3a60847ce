"""Troubles a test asks for: refusals, delays, broken connections, answers that are not JSON."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from tests.botapi.calls import Call


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes out over HTTP; `description` is of an error, for the record."""

    status: int
    body: bytes
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    description: str = ""


@dataclass(eq=False)
class Fault:
    """One trouble. It befalls the calls it matches, after `skip` of them, `times` times.

    With `after_effect` the call does what it should first, and only its answer suffers. Without an
    `answer` and without `hang_up` the call is merely late: by `delay` seconds, or until `release`
    if that is None.
    """

    method: str  # "*" is any
    chat_id: int | None = None
    skip: int = 0
    times: int | None = 1
    after_effect: bool = False
    answer: Answer | None = None
    hang_up: bool = False
    delay: float | None = 0
    used: int = 0  # calls it befell
    reached: asyncio.Event = field(default_factory=asyncio.Event)  # by the first of them
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def spares_the_answer(self) -> bool:
        """Whether the call is answered as usual, only later."""
        return self.answer is None and not self.hang_up

    def stop(self) -> None:
        """Befall no further call, and let those go that are held up."""
        self.times = self.used
        self._released.set()

    def release(self) -> None:
        """Let the calls go that are held up, and hold up none any more."""
        self._released.set()

    def befalls(self, call: Call) -> bool:
        """Whether it befalls this call, which is counted."""
        if self.method not in {"*", call.method} or self.chat_id not in {None, call.chat_id}:
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        if self.times is not None and self.used >= self.times:
            return False
        self.used += 1
        return True

    async def pass_time(self) -> None:
        """Wait as long as the call is held up."""
        self.reached.set()
        if self.delay == 0:
            return
        try:
            async with asyncio.timeout(self.delay):
                await self._released.wait()
        except TimeoutError:
            pass


def envelope(code: int, description: str, parameters: dict[str, Any] | None = None) -> Answer:
    """Return an error as Telegram writes it."""
    content: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    headers = {}
    if parameters:
        content["parameters"] = parameters
        if "retry_after" in parameters:
            headers["Retry-After"] = str(parameters["retry_after"])
    return Answer(code, json.dumps(content).encode(), headers=headers, description=description)


def success(result: Any) -> Answer:
    """Return a result as Telegram writes it."""
    return Answer(200, json.dumps({"ok": True, "result": result}).encode())
