"""Of what libraries log only the place is written, never the words."""

import subprocess
import sys

SCRIPT = """
import logging, warnings
from bot import logs

logs.start("DEBUG", "123:abc")
logging.getLogger("telegram.ext").critical("Received data was %r", {"text": "canaryword"})
logging.getLogger("asyncio").error("never retrieved: canaryword")
logging.getLogger("httpx").info("POST https://api.telegram.org/bot123:abc/getMe")
warnings.warn("canaryword")
logging.getLogger("telegram").error("two values wanted: %s %s", "canaryword")
logging.getLogger("bot").error("two values wanted: %s %s", "canaryword")
try:
    raise ValueError("canaryword")
except ValueError:
    logging.getLogger("bot.serving").exception("stumbled\\n count=%d", 1)
logging.getLogger("bot.serving").debug("token=%s", "123:abc")
for _ in range(1000):
    logging.getLogger("asyncio").error("socket.accept() out of system resource")
logging.getLogger("bm25s").setLevel("DEBUG")  # as it does itself whenever an index is built
logging.getLogger("bm25s").debug("Building index from tokens")
"""


def test_the_log_holds_places_and_kinds_and_no_words() -> None:
    command = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    lines = [line.split(maxsplit=1)[1] for line in done.stderr.splitlines()]
    assert lines == [
        "CRITICAL telegram.ext library event at <string>:6",
        "ERROR asyncio library event at <string>:7",
        "WARNING py.warnings library event at warnings:109",
        "ERROR telegram library event at <string>:10",
        "ERROR bot.serving stumbled count=1 error=ValueError",
        "DEBUG bot.serving token=<token>",
        "ERROR asyncio library event at <string>:18",  # once a minute
    ]
