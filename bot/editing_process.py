"""Which of several processes the editors talk to: what waits for their word is in one alone."""

import fcntl
from collections.abc import Collection
from pathlib import Path
from typing import IO, Any


class EditingProcess:
    """Takes the updates of editors if it is the one process that does: whichever first was sent
    one, for as long as it lives. It holds a lock on a file, which the system takes from the dead.
    """

    def __init__(self, file: Path, editors: Collection[int]) -> None:
        """Use the lock on `file`, which all processes share; `editors` are users by number."""
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
        """Leave the editors to whichever process is sent something of theirs next."""
        if self._held is not None:
            self._held.close()
            self._held = None

    def _is_chosen(self) -> bool:
        """Return whether this process has the lock, and take it if nobody has."""
        if self._held is not None:
            return True
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._file.touch(mode=0o600)  # as all in the state folder
            file = self._file.open("wb")
        except OSError:  # where nothing can be written, nothing can be edited
            return True
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._held = file
        return True
