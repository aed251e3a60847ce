"""The log: one line per event, with what happened and how often, and nobody's words.

There is no line for an answered question: when somebody asked may harm them, even without who and
what. What libraries log may hold anything, so only the place of such an event is written.
"""

import logging
import time
import traceback
from collections import OrderedDict
from pathlib import Path

_OURS = ("bot", "knowledge", "embeddings")
_REPEATED_SECONDS = 60.0  # in which the same line is written only once
_REMEMBERED = 200  # lines, so that lines which always differ cost no memory


class _Line(logging.Formatter):
    """Writes time, level, place and event, without the token and without tracebacks."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        when = self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z")
        if _is_ours(record):
            event = record.getMessage()
        else:
            event = f"library event at {record.module}:{record.lineno}"
        if record.exc_info and record.exc_info[0] is not None:
            # A traceback ends in a message that may hold anybody's words.
            event += f" error={record.exc_info[0].__name__}"
        line = f"{when} {record.levelname} {record.name} {event}"
        return " ".join(line.replace(self._token, "<token>").split())


class _Once:
    """Lets the same line through once a minute."""

    def __init__(self) -> None:
        self._written: OrderedDict[tuple[str, int, str], float] = OrderedDict()

    def __call__(self, record: logging.LogRecord) -> bool:
        now = time.monotonic()
        while self._written and next(iter(self._written.values())) + _REPEATED_SECONDS <= now:
            self._written.popitem(last=False)
        values = repr(record.args) if _is_ours(record) else ""  # a library's may hold anything
        line = (record.pathname, record.lineno, values)
        if line in self._written:
            return False
        self._written[line] = now
        if len(self._written) > _REMEMBERED:
            self._written.popitem(last=False)
        return True


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in _OURS


def place(error: BaseException) -> str:
    """Return the file and line where `error` arose: the last one in this bot, if there is one."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "site-packages" not in frame.filename]
    if not frames:
        return "unknown"
    frame = (ours or frames)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"


def start(level: str, token: str) -> None:
    """Log to standard error from `level` on; what libraries log, from WARNING on."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Line(token))
    # A library may set a level of its own, as bm25s does.
    handler.addFilter(lambda record: _is_ours(record) or record.levelno >= logging.WARNING)
    handler.addFilter(_Once())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    logging.raiseExceptions = False  # else a call that fails prints its arguments
    for name in _OURS:
        logging.getLogger(name).setLevel(level)
