"""Which of several processes editors talk to: drafts that wait for them are in that one alone."""

import fcntl
import os
from collections.abc import Collection
from pathlib import Path
from typing import IO, Any

from knowledge.errors import KnowledgeError
from knowledge.library import durable


class EditingProcess:
    """Takes the updates of editors if this process is the one that does: the first that was sent
    one, for as long as it lives. It locks a file; the system frees the lock when it dies.
    """

    def __init__(self, file: Path, editors: Collection[int]) -> None:
        """Use the lock on `file`, which all processes share; `editors` are user ids."""
        self._file = file
        self._editors = tuple(editors)
        self._held: IO[bytes] | None = None

    def takes(self, update: dict[str, Any]) -> bool:
        """Return whether `update`, as Telegram posts it, may be handled by this process."""
        bodies = (body for body in update.values() if isinstance(body, dict))
        senders = (body.get("from") for body in bodies)
        numbers = [one.get("id") for one in senders if isinstance(one, dict)]
        return not any(one in self._editors for one in numbers) or self._is_chosen()

    def let_go(self) -> None:
        """Free the lock, for the next process that is sent an update of an editor."""
        if self._held is not None:
            self._held.close()
            self._held = None

    def _is_chosen(self) -> bool:
        """Return whether this process has the lock, after taking it if nobody has."""
        if self._held is not None:
            return True
        try:
            file = os.fdopen(durable.open_to_lock(self._file), "r+b", buffering=0)
        except KnowledgeError:  # where nothing can be written, nothing can be edited
            return True
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._held = file
        return True
