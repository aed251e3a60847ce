"""Whatever a file does to the process that reads it, it is one problem, and the others load."""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import get_type_hints

import docx
import pytest

from knowledge.errors import DocumentError
from knowledge.reading.documents import parse, read_documents
from knowledge.reading.formats import ENDINGS, FORMATS, PICTURES, Contents
from knowledge.reading.formats.confinement import lacking
from knowledge.reading.parsing import Limits, Parser
from tests.fuzz import fuzz
from tests.fuzz.files import files, read
from tests.knowledge.reading.test_docx import saved, with_part
from tests.knowledge.reading.test_pdf import one_page

SLOW = b"<p>" + b"word<br>" * 1_000_000  # takes far longer to read than any limit below
GOOD = b"Good."


def readers() -> set[int]:
    """Return the processes that read files for this one."""
    tasks = Path("/proc/self/task").iterdir()
    return {int(pid) for task in tasks for pid in (task / "children").read_text().split()}


@contextmanager
def watched(limits: Limits) -> Iterator[tuple[Parser, int]]:
    """Yield a parser that has read a file, and its process."""
    before = readers()
    with Parser(limits) as parser:
        parse(GOOD, "good.txt", parser)
        (process,) = readers() - before
        yield parser, process


def test_files_share_a_process_that_ends_with_the_parser() -> None:
    before = readers()
    with watched(Limits(1_000)) as (parser, process):
        for _ in range(3):
            parse(GOOD, "good.txt", parser)
        assert readers() - before == {process}
    assert readers() == before


def test_a_file_that_takes_too_long_is_named_and_the_next_is_read() -> None:
    limits = Limits(10_000_000, seconds=2)
    with watched(limits) as (parser, process):
        begin = time.monotonic()
        with pytest.raises(DocumentError, match=r"^slow\.html: takes longer than 2 seconds"):
            parse(SLOW, "slow.html", parser)
        assert time.monotonic() - begin < 10
        assert process not in readers()
        assert parse(GOOD, "good.txt", parser).text == "Good."


def test_a_process_that_was_stopped_is_not_waited_for() -> None:
    with watched(Limits(10_000_000, seconds=2)) as (parser, process):
        os.kill(process, signal.SIGSTOP)
        with pytest.raises(DocumentError, match="takes longer"):
            parse(b"a" * 1_000_000, "large.txt", parser)


def test_a_process_that_was_killed_between_files_is_no_problem() -> None:
    with watched(Limits(1_000)) as (parser, process):
        os.kill(process, signal.SIGKILL)
        assert parse(GOOD, "good.txt", parser).text == "Good."


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"<p>word word</p>" * 600_000, "a.html"), (b"- a\n" * 1_000_000, "a.md")],
    ids=["web page", "Markdown"],
)
def test_a_file_that_takes_too_much_memory_is_named_and_the_next_is_read(
    data: bytes, name: str
) -> None:
    with Parser(Limits(10_000_000, memory_bytes=150_000_000)) as parser:
        with pytest.raises(DocumentError, match=rf"^{name}: .*memory"):
            parse(data, name, parser)
        assert parse(GOOD, "good.txt", parser).text == "Good."


def test_a_file_that_unpacks_to_too_much_text_is_named() -> None:
    text = b"word " * 5_000_000
    body = (
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b"<w:body>%b</w:body></w:document>"
    )
    paragraphs = b"".join(
        b"<w:p><w:r><w:t>%b</w:t></w:r></w:p>" % text[:5_000_000] for _ in range(5)
    )
    data = with_part(saved(docx.Document()), "word/document.xml", body % paragraphs)
    with Parser(Limits(1_000_000)) as parser:
        with pytest.raises(DocumentError, match=r"^a\.docx: holds more than 250000 words"):
            parse(data, "a.docx", parser)
        assert parse(GOOD, "good.txt", parser).text == "Good."


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"word " * 1_900_000, "a.txt", "more than 250000 words"),
        (b"a\n" * 4_750_000, "a.md", "more than 250000 words"),
        (b"-\n" * 4_750_000, "a.txt", "more than 250000 words"),
        (b"x" * 4_000_000, "a.txt", "more than 250000 words"),
        (b"A house. " * 41_000, "a.txt", "more than 40000 sentences"),
        (b"<ul>" + b"<li>a" * 41_000, "a.html", "more than 40000 sentences"),
        (b"<p " + b'a" ' * 1_000_000 + b">x", "a.html", "more than 500000 attributes"),
        (b"<b a b c d e f g h i j>w</b> " * 300_000, "a.html", "more than 500000 attributes"),
        (b"<a" * 4_000_000, "a.html", "no text"),
    ],
    ids=[
        "words",
        "lines",
        "dashes",
        "no spaces",
        "sentences",
        "items",
        "one tag",
        "many tags",
        "names",
    ],
)
def test_what_would_not_fit_into_the_memory_is_refused_early(
    parser: Parser, data: bytes, name: str, message: str
) -> None:
    with pytest.raises(DocumentError, match=rf"^{name}: .*{message}"):
        parse(data, name, parser)


def test_bad_files_of_a_folder_leave_the_others_readable(tmp_path: Path) -> None:
    bad = {
        "deep.html": b"<div>" * 100_000,
        "empty.pdf": b"",
        "large.txt": b"a" * 2_000_001,
        "noise.pdf": b"%PDF-1.7" + bytes(range(256)),
        "picture.docx": b"\x89PNG",
        "zip.txt": b"PK\x03\x04",
    }
    for name, data in bad.items():
        (tmp_path / name).write_bytes(data)
    endings = [ending for ending in ENDINGS if ending not in PICTURES]
    for number, ending in enumerate(endings):
        data = {".pdf": one_page(), ".docx": good_docx()}.get(ending, b"The text of it.")
        (tmp_path / f"good-{number}{ending}").write_bytes(data)
    documents = read_documents(tmp_path, 2_000_000)
    assert [document.id for document in documents.readable] == [f"good-{n}" for n in range(6)]
    assert [Path(str(p).split(": ")[0]).name for p in documents.problems] == list(bad)


def good_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph("The text of it.")
    return saved(document)


def test_the_token_is_not_given_to_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123:secret")
    with watched(Limits(1_000)) as (_, process):
        assert b"123:secret" not in Path(f"/proc/{process}/environ").read_bytes()


def run(program: str) -> str:
    """Return what a Python program prints in a process of its own."""
    command = [sys.executable, "-c", program]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout  # noqa: S603


@pytest.mark.parametrize("module", sorted(set(FORMATS.values())))
def test_every_format_is_a_module_that_reads_bytes(module: str) -> None:
    read = import_module(f"knowledge.reading.formats.{module}").read
    assert get_type_hints(read) == {"data": bytes, "return": Contents}


def test_the_process_loads_neither_the_model_nor_readers_that_no_file_needs() -> None:
    heavy = "{'torch', 'numpy', 'pydantic', 'pypdfium2', 'docx', 'trafilatura', 'selectolax'}"
    program = f"import sys, knowledge.reading.formats.__main__; print({heavy} & set(sys.modules))"
    assert run(program) == "set()\n"


@pytest.mark.parametrize(
    "act",
    [
        "open('{folder}/written', 'w')",
        "os.open('{folder}/written', os.O_CREAT)",
        "os.mkdir('{folder}/made')",
        "os.remove('{folder}/there')",
        "socket.create_connection(('127.0.0.1', {port}))",
        "subprocess.run(['true'])",
        "os.system('true')",
        "os.fork()",
        "[open('{folder}/there') for _ in range(100)]",
        "bytearray(300_000_000)",
    ],
    ids=lambda act: act.split("(")[0],
)
def test_the_process_can_do_nothing_but_read(tmp_path: Path, act: str) -> None:
    (tmp_path / "there").write_text("")
    act = act.format(folder=tmp_path, port=9)
    program = (
        "import os, socket, subprocess\n"
        "from knowledge.reading.formats.confinement import confine\n"
        "confine(200_000_000)\n"
        f"try:\n    {act}\n    print('done')\n"
        "except (PermissionError, MemoryError, OSError) as error:\n    print(type(error).__name__)"
    )
    assert run(program) in {"PermissionError\n", "MemoryError\n", "OSError\n"}
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


# What code that got in by a parser's fault would try, past Python and its hooks. Each is a number,
# below 0 where it was refused.
ATTEMPTS = """
import ctypes, json, os
from knowledge.reading.formats.confinement import confine
libc, parent = ctypes.CDLL(None, use_errno=True), os.getppid()
if {is_confined}:
    confine(500_000_000)
there, local = b"{folder}/there", ctypes.create_string_buffer(64)
attempts = {{
    "read a file": lambda: libc.open(there, os.O_RDONLY),
    "list a folder": lambda: libc.open(b"{folder}", os.O_RDONLY | os.O_DIRECTORY),
    "read the parent's environment": lambda: libc.open(b"/proc/%d/environ" % parent, os.O_RDONLY),
    "write a file": lambda: libc.open(there, os.O_WRONLY),
    "make a file": lambda: libc.open(b"{folder}/made", os.O_WRONLY | os.O_CREAT, 0o600),
    "make a folder": lambda: libc.mkdir(b"{folder}/folder", 0o700),
    "link a file": lambda: libc.symlink(there, b"{folder}/link"),
    "open a socket": lambda: libc.socket(2, 1, 0),
    "send to nobody": lambda: libc.socket(2, 2, 0),
    "open a local socket": lambda: libc.socket(1, 1, 0),
    "make a pipe's ends": lambda: libc.socketpair(1, 1, 0, local),
    "signal the parent": lambda: libc.kill(parent, 0),
    "have a pipe signal the parent": lambda: libc.fcntl(0, {owner}, parent),
    "set a limit": lambda: libc.setrlimit(7, (ctypes.c_uint64 * 2)(64, 64)),
    "run in memory": lambda: libc.memfd_create(b"code", 0),
    "remove a file": lambda: libc.unlink(there),
}}
if {is_confined}:  # these would go on as somebody else
    attempts["fork"] = libc.fork
    attempts["run a program"] = lambda: libc.execve(b"/bin/true", None, None)
    attempts["look into the parent"] = lambda: libc.ptrace(16, parent, 0, 0)
print(json.dumps([name for name, attempt in attempts.items() if attempt() >= 0]))
"""


def attempts(folder: Path, *, is_confined: bool) -> str:
    return ATTEMPTS.format(folder=folder, is_confined=is_confined, owner=fcntl.F_SETOWN)


@pytest.mark.skipif(bool(lacking()), reason=f"this machine has no {' and no '.join(lacking())}")
def test_code_that_gets_into_the_process_gets_nowhere(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("secret")
    assert json.loads(run(attempts(tmp_path, is_confined=True))) == []
    assert [path.name for path in tmp_path.iterdir()] == ["there"]
    # The attempts are ones that would succeed.
    assert len(json.loads(run(attempts(tmp_path, is_confined=False)))) == 16


def test_any_bytes_are_a_document_or_a_clear_error(parser: Parser) -> None:
    outcomes = set()
    fuzz(lambda file: outcomes.add(read(file, parser)), files, 60)
    assert outcomes == {True, False}
