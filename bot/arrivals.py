"""Check updates as they arrive: one unreadable, repeated or unhandled is replaced by an empty one.

No handler takes an empty update, but it is confirmed like any other, so the next ones come.
python-telegram-bot would fetch an update that it cannot read again and again.
"""

import json
import logging
from collections import OrderedDict
from typing import Any

from telegram import Update
from telegram.error import NetworkError

from bot import metrics
from bot.forms import UpdateForm
from bot.requests import Request

_log = logging.getLogger(__name__)

_REMEMBERED = 4096  # update ids; Telegram may deliver an update twice
_KINDS = UpdateForm.model_fields.keys() - {"update_id"}


class Arrivals:
    """Tells new updates from repeated ones by the ids of the last few thousand."""

    def __init__(self) -> None:
        """Start with no updates seen."""
        self._seen: OrderedDict[int, None] = OrderedDict()

    def read(self, body: bytes) -> bytes:
        """Return `body`, the response to a poll, with its unreadable and repeated updates emptied.

        An entry without an id cannot be confirmed and is left out. Raises NetworkError if the
        result is not a list, or if none of its entries has an id.
        """
        answer = Request.parse_json_payload(body)
        came = answer.get("result")
        updates = [u for u in came if is_numbered(u)] if isinstance(came, list) else []
        if came != [] and not updates:
            raise NetworkError("the response to a poll is not a list of updates")
        read = [u if self.accept(u) else {"update_id": u["update_id"]} for u in updates]
        return body if read == came else json.dumps(answer | {"result": read}).encode()

    def accept(self, update: dict[str, Any]) -> bool:
        """Return whether `update` is readable, of a kind that is handled, and comes for the first
        time.
        """
        number = update["update_id"]
        if number in self._seen:
            metrics.updates.labels("repeated").inc()
            return False
        self._seen[number] = None
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        try:
            UpdateForm.model_validate(update)
            Update.de_json(update)
        except Exception as error:  # noqa: BLE001, no update may stop the next ones
            metrics.updates.labels("unreadable").inc()
            _log.warning("update skipped: unreadable error=%s", type(error).__name__)
            return False
        return not _KINDS.isdisjoint(update)  # of no other kind is it known what it holds


def is_numbered(update: object) -> bool:
    """Return whether `update` has the id by which it is confirmed."""
    return isinstance(update, dict) and type(update.get("update_id")) is int
