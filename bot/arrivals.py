"""Updates as they arrive: those that nobody could read, or that came before, are made empty.

An empty update is handled by nobody and confirmed like any other, so that the next ones come.
python-telegram-bot would fetch one that it cannot read again and again.
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

_REMEMBERED = 4096  # numbers of updates, since Telegram may deliver one twice


class Arrivals:
    """The updates that came, of which the last few thousand are known by their numbers."""

    def __init__(self) -> None:
        """Start with none."""
        self._seen: OrderedDict[int, None] = OrderedDict()

    def read(self, body: bytes) -> bytes:
        """Return the answer to a poll with its bad updates made empty.

        What has no number cannot be confirmed, and is left out. Raises NetworkError if `body` is no
        list of updates, or nothing in it has a number.
        """
        answer = Request.parse_json_payload(body)
        came = answer.get("result")
        updates = [u for u in came if is_numbered(u)] if isinstance(came, list) else []
        if came != [] and not updates:
            raise NetworkError("the answer to a poll is no list of updates")
        read = [u if self.accept(u) else {"update_id": u["update_id"]} for u in updates]
        return body if read == came else json.dumps(answer | {"result": read}).encode()

    def accept(self, update: dict[str, Any]) -> bool:
        """Return whether `update` can be read and comes for the first time."""
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
        except Exception as error:  # noqa: BLE001, whatever is wrong with it, the next must come
            metrics.updates.labels("unreadable").inc()
            _log.warning("update skipped: unreadable error=%s", type(error).__name__)
            return False
        return True


def is_numbered(update: object) -> bool:
    """Return whether `update` has the number by which it is confirmed."""
    return isinstance(update, dict) and type(update.get("update_id")) is int
