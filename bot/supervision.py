"""Signs of life for whoever supervises the process: a heartbeat file, and systemd's watchdog."""

import asyncio
import logging
import os
import socket
from contextlib import suppress
from pathlib import Path

from bot.errors import BotError

_log = logging.getLogger(__name__)


def notify(state: str) -> None:
    """Tell systemd `state`, as in sd_notify(3); without systemd, tell nobody."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    kind = socket.SOCK_DGRAM | socket.SOCK_CLOEXEC | socket.SOCK_NONBLOCK
    # The bot must not wait for a supervisor that does not listen.
    with suppress(OSError), socket.socket(socket.AF_UNIX, kind) as channel:
        # A leading @ stands for the zero byte of an abstract address.
        channel.sendto(state.encode(), f"\0{address[1:]}" if address[0] == "@" else address)


async def reassure() -> None:
    """Tell systemd's watchdog that the event loop runs, for as long as it does."""
    microseconds = int(os.environ.get("WATCHDOG_USEC") or 0)
    if os.environ.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return
    while microseconds:
        notify("WATCHDOG=1")
        await asyncio.sleep(microseconds / 1e6 / 3)


class Heartbeat:
    """A file whose time of change is when Telegram last answered."""

    def __init__(self, file: Path | None) -> None:
        """Touch `file`, or nothing for None. Raises BotError if it cannot be written."""
        self._file = file
        try:
            if file is not None:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.unlink(missing_ok=True)  # an older one would be taken for a sign of life
                file.touch()
                file.unlink()
        except OSError as error:
            raise BotError(f"--heartbeat {file}: cannot be written ({error.strerror})") from error

    def beat(self) -> None:
        """Touch the file."""
        if self._file is None:
            return
        try:
            self._file.touch()
        except OSError as error:  # a full disk must not stop the bot
            _log.error("heartbeat not written error=%s", type(error).__name__)
