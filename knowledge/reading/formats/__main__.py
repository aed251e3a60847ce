"""The process that reads files, as `parsing` starts it; it may be killed at any time.

On standard input come requests: a line of JSON `{"ending": ".pdf", "size": 1234}`, then so many
bytes. For each, standard output gets a line of JSON: the fields of
Contents, or a problem, `{"code": "…", "values": {…}}`. What parsers print goes nowhere. With
`"page": 3` in it, what is asked for is how that page looks: `{"width": …, "height": …, "grey": …}`.

The arguments are the seconds a file may take, the bytes of memory the process may use, and the
bytes a reply may have. Before the first file is looked at, the process gives up whatever it does
not need: see `knowledge.reading.formats.confinement`.
"""

import base64
import importlib
import json
import os
import signal
import sys
from dataclasses import asdict
from typing import BinaryIO

from knowledge.errors import DocumentError
from knowledge.problems import Problem, problem
from knowledge.reading.formats import FORMATS, Read
from knowledge.reading.formats.bounds import check_blocks
from knowledge.reading.formats.confinement import confine
from knowledge.reading.formats.encoding import check_type

_DEEPEST = 5_000  # calls within each other: a web page takes up to eight for each of 512 tags


def main(seconds: float, memory_bytes: int, reply_bytes: int) -> None:
    """Answer requests until standard input ends or memory does."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # a signal to the group is the parent's to act upon
    # Made now: once memory has run out there is none to say so with.
    out_of_memory = _refusal(problem("takes_too_much", megabytes=memory_bytes >> 20)) + b"\n"
    confine(memory_bytes)
    sys.setrecursionlimit(_DEEPEST)
    while header := sys.stdin.buffer.readline():
        request = json.loads(header)
        # The parent kills a process that takes too long; this ends one whose parent is gone.
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            data = sys.stdin.buffer.read(request["size"])
            line = _reply(request["ending"], data, request.get("page"))
        except MemoryError:
            # A fresh process is surer than one that ran out, also for ending in order.
            os.write(replies.fileno(), out_of_memory)
            os._exit(0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        if len(line) > reply_bytes:
            line = _refusal(problem("too_much_text"))
        _send(replies, line)


def _send(replies: BinaryIO, line: bytes) -> None:
    replies.write(line + b"\n")
    replies.flush()


def _refusal(why: Problem) -> bytes:
    return json.dumps({"code": why.code, "values": why.values}).encode()


def _reply(ending: str, data: bytes, page: int | None) -> bytes:
    read = _reader(ending)
    try:
        check_type(data, ending)
        if page is not None:
            return _looks(ending, data, page)
        contents = read(data)
        check_blocks(contents.blocks)
        return json.dumps(asdict(contents), ensure_ascii=False).encode()
    except DocumentError as error:
        return _refusal(error.problem or problem("damaged", ending=ending))
    except MemoryError:
        raise
    except RecursionError:
        return _refusal(problem("nested_too_deep"))
    except Exception:  # noqa: BLE001, hostile bytes make parsers raise anything
        return _refusal(problem("damaged", ending=ending))


def _reader(ending: str) -> Read:
    """Return the `read` of the module for `ending`, loaded when a file first needs it."""
    module = importlib.import_module(f"knowledge.reading.formats.{FORMATS[ending]}")
    read: Read = module.read
    return read


def _looks(ending: str, data: bytes, page: int) -> bytes:
    from knowledge.reading.formats.pictures import look

    width, height, grey = look(data, ending, page)
    picture = {"width": width, "height": height, "grey": base64.b64encode(grey).decode()}
    return json.dumps(picture).encode()


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
