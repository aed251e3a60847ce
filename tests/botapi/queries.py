"""Questions put to the bot that it must answer by their id: pressed buttons and inline queries."""

from dataclasses import dataclass, field
from typing import Any

from tests.botapi.refusals import bad_request
from tests.botapi.world import World

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What a person saw for having pressed a button: nothing, a note on top, or an alert."""

    text: str
    show_alert: bool
    url: str


@dataclass(eq=False)
class Press:
    """A press of an inline button. The bot owes it one answer, and its spinner turns until then."""

    world: World
    id: str
    data: str
    transcript: str
    expired: bool = False
    answer: CallbackAnswer | None = None

    async def answered(self, timeout: float = 10) -> CallbackAnswer:
        """Wait for the bot's answerCallbackQuery; AssertionError after `timeout` seconds."""
        return await self.world.changes.until(
            lambda: self.answer,
            timeout=timeout,
            complaint=lambda: (
                f"the bot did not answer the press of {self.data!r} within {timeout} s\n"
                f"{self.transcript}\n{self.world.recent_events()}"
            ),
        )

    def accept(self, answer: CallbackAnswer) -> None:
        """Take the bot's answer, or raise ApiError if the press was answered or is too old."""
        if self.expired or self.answer is not None:
            raise bad_request(TOO_OLD)
        self.answer = answer
        self.world.changes.tell()


@dataclass(frozen=True, slots=True)
class InlineResult:
    """One result offered to a person; `text` and `entities` are of the message it would send."""

    id: str
    title: str
    description: str
    text: str
    entities: list[dict[str, Any]]
    raw: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """What the bot answered to an inline query, in its order."""

    results: list[InlineResult]
    next_offset: str
    cache_time: int
    is_personal: bool
    button: dict[str, Any] | None


@dataclass(eq=False)
class InlineQuery:
    """What a person typed after the bot's name in some chat."""

    world: World
    id: str
    query: str
    answer: InlineAnswer | None = None

    async def answered(self, timeout: float = 10) -> InlineAnswer:
        """Wait for the bot's answerInlineQuery; AssertionError after `timeout` seconds."""
        return await self.world.changes.until(
            lambda: self.answer,
            timeout=timeout,
            complaint=lambda: (
                f"the bot did not answer the inline query {self.query!r} within {timeout} s\n"
                f"{self.world.recent_events()}"
            ),
        )

    def accept(self, answer: InlineAnswer) -> None:
        """Take the bot's answer, or raise ApiError if there is one already."""
        if self.answer is not None:
            raise bad_request(TOO_OLD)
        self.answer = answer
        self.world.changes.tell()
