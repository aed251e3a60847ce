"""Every call the bot made, in order, and what it was answered."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(eq=False, slots=True)
class Call:
    """A request to the Bot API; `status` is None until it is answered, 0 if it never was."""

    method: str
    sent: dict[str, Any]  # the parameters as they came
    parameters: dict[str, Any] = field(default_factory=dict)  # and as they were understood
    status: int | None = None
    description: str = ""  # of an error
    injected: bool = False  # the test asked for what was answered
    time: float = field(default_factory=time.monotonic)  # of arrival, in seconds

    @property
    def chat_id(self) -> int | None:
        """The chat the call is about, if it names one by number."""
        try:
            return int(self.sent["chat_id"])
        except (KeyError, TypeError, ValueError):
            return None

    def __str__(self) -> str:
        outcome = "not answered yet" if self.status is None else str(self.status)
        return " ".join(filter(None, [self.method, outcome, self.description]))


class CallLog:
    """Calls in order of arrival; `refusals` are those the server itself answered with an error."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.refusals: list[Call] = []
        self.in_progress: set[Call] = set()

    def __iter__(self) -> Iterator[Call]:
        return iter(self.calls)

    def begin(self, call: Call) -> None:
        """Note that `call` came."""
        self.calls.append(call)
        self.in_progress.add(call)

    def end(self, call: Call, status: int, description: str = "") -> None:
        """Note what `call` was answered."""
        call.status, call.description = status, description
        self.in_progress.discard(call)
        if status >= 400 and not call.injected:
            self.refusals.append(call)
