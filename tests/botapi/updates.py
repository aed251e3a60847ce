"""The queue of updates, and the one long poll that may wait on it."""

import asyncio
from typing import Any

from tests.botapi.refusals import ApiError, conflict
from tests.botapi.waiting import Changes

Json = dict[str, Any]

KINDS = {
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "guest_message",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "managed_bot",
}
ONLY_WHEN_ASKED = {"chat_member", "message_reaction", "message_reaction_count"}

OTHER_POLL = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)


class Updates:
    """Updates not yet confirmed, oldest first; `allowed` says which kinds are made at all."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._queue: list[Json] = []
        self._repeated: list[Json] = []
        self._next_id = 700_000_001
        self._confirmed_below = 0
        self._poll: asyncio.Future[None] | None = None
        self.allowed = KINDS - ONLY_WHEN_ASKED

    @property
    def is_polled(self) -> bool:
        """Whether a long poll is waiting now."""
        return self._poll is not None

    @property
    def unconfirmed(self) -> list[int]:
        """The ids of the updates the bot has not confirmed."""
        return [update["update_id"] for update in self._repeated + self._queue]

    @property
    def last_id(self) -> int:
        """The id of the newest update made so far."""
        return self._next_id - 1

    def allow(self, kinds: list[str]) -> None:
        """Remember which kinds to make from now on; none given means the usual ones."""
        self.allowed = set(kinds) or KINDS - ONLY_WHEN_ASKED

    def add(self, kind: str, body: Json) -> int | None:
        """Queue an update and return its id, or None if the bot did not ask for its kind."""
        if kind not in self.allowed:
            return None
        return self.add_raw({kind: body})

    def add_raw(self, update: Json) -> int:
        """Queue an update as it is, whatever is in it; an id is given if it has none.

        An id that the bot has confirmed already is delivered once more, as a faulty server would.
        """
        update = {"update_id": update.get("update_id", self._next_id)} | update
        identifier = int(update["update_id"])
        if identifier < self._confirmed_below:
            self._repeated.append(update)
        else:
            self._queue.append(update)
        self._next_id = max(self._next_id, identifier + 1)
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        self._changes.tell()
        return identifier

    async def next(self) -> Json:
        """Return the oldest update, for delivery to a webhook, waiting for it if need be."""
        return await self._changes.until(
            lambda: next(iter(self._repeated + self._queue), None),
            timeout=None,
            complaint=lambda: "no update",
        )

    def remove(self, update: Json) -> None:
        """Forget an update that a webhook accepted."""
        for updates in (self._repeated, self._queue):
            if update in updates:
                updates.remove(update)
                break
        self._confirmed_below = max(self._confirmed_below, update["update_id"] + 1)
        self._changes.tell()

    def clear(self) -> None:
        """Forget everything that waits."""
        self._queue.clear()
        self._repeated.clear()
        self._changes.tell()

    async def poll(self, *, offset: int, limit: int, timeout: float) -> list[Json]:
        """Return at most `limit` updates from `offset` on, waiting up to `timeout` for the first.

        Updates below `offset` are confirmed; a negative offset keeps the last ones only. A poll
        that has to wait ends the one that waited before it: that one raises ApiError.
        """
        self._confirm(offset)
        if not (self._queue or self._repeated) and timeout > 0:
            await self._wait(timeout)
        repeated, self._repeated = self._repeated[:limit], self._repeated[limit:]
        return repeated + self._queue[: limit - len(repeated)]

    def end_poll(self, refusal: ApiError) -> None:
        """Answer the waiting poll, if there is one, with `refusal`."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(refusal)

    async def _wait(self, timeout: float) -> None:
        self.end_poll(conflict(OTHER_POLL))
        poll = self._poll = asyncio.get_running_loop().create_future()
        self._changes.tell()
        try:
            async with asyncio.timeout(timeout):
                await poll
        except TimeoutError:
            pass
        finally:
            if self._poll is poll:
                self._poll = None

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            offset = self._queue[offset:][0]["update_id"] if self._queue else 0
        self._queue = [update for update in self._queue if update["update_id"] >= offset]
        self._confirmed_below = max(self._confirmed_below, offset)
        self._changes.tell()
