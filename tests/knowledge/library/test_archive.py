"""A process killed at any moment while it publishes leaves the old state or the new one, whole."""

import datetime
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.errors import KnowledgeError
from knowledge.library.archive import Archive
from knowledge.library.durable import write
from knowledge.library.editions import (
    Change,
    Publication,
    Published,
    edition_of,
    published_as_json,
    published_of,
)
from knowledge.problems import Problem

# Publishes edition after edition of two files, and dies at its n-th operation on files after the
# first is published: by its own hand, or, with n = 0, by its parent's.
PUBLISHER = """
import datetime, os, signal, sys
from pathlib import Path
from knowledge.library.archive import KEPT, Archive
from knowledge.library.editions import Change, Edition, Held, Publication, Published

folder, deadly = Path(sys.argv[1]), int(sys.argv[2])
archive, seen = Archive(folder), 0

def count(event, arguments):
    global seen
    if event in {"open", "os.rename", "os.remove", "os.mkdir", "os.utime"}:
        if str(arguments[0]).startswith(str(folder)) or isinstance(arguments[0], int):
            seen += 1
            if seen == deadly:
                os.kill(os.getpid(), signal.SIGKILL)

def publish(number):
    texts = [b"the same", f"text {number}".encode() * 5000]
    edition = Edition({f"{i}.txt": Held(archive.put(text)) for i, text in enumerate(texts)})
    with archive.locked():
        published = archive.published()
        history = published.history if published else ()
        one = Publication(number, datetime.datetime.now(datetime.UTC), edition.digest, Change(),
                          frozenset(), None)
        archive.publish(Published(number, (*history, one)[-KEPT:], {}, {}), edition)
    print(number, flush=True)

publish(1)
if deadly:
    sys.addaudithook(count)
for number in range(2, 10_000):
    publish(number)
"""


def published_by_one_killed(folder: Path, deadly: int) -> tuple[int, Published]:
    """Return the last number that a publisher said it had published before it was killed at its
    operation `deadly`, and what is found afterwards.
    """
    command = [sys.executable, "-c", PUBLISHER, str(folder), str(deadly)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603
    assert process.stdout is not None
    said = 0
    for line in process.stdout:
        said = int(line)
        if not deadly and said == 30:
            process.kill()
    process.stdout.close()
    assert process.wait() == -signal.SIGKILL
    found = Archive(folder).published()
    assert found is not None
    return said, found


def check(folder: Path, found: Published) -> None:
    """Check that every edition of the history is there with all its files."""
    archive = Archive(folder)
    for one in found.history:
        for held in archive.edition(one.edition).files.values():
            assert archive.contents(held.sha256)


@pytest.mark.parametrize("deadly", [0, *range(1, 26, 3)])
def test_a_kill_at_any_moment_loses_nothing(tmp_path: Path, deadly: int) -> None:
    said, found = published_by_one_killed(tmp_path / "library", deadly)
    assert found.current in {said, said + 1}
    assert [one.number for one in found.history][-1] == found.current
    check(tmp_path / "library", found)


def test_whoever_comes_after_one_killed_goes_on(tmp_path: Path) -> None:
    published_by_one_killed(tmp_path / "library", 7)
    said, found = published_by_one_killed(tmp_path / "library", 0)
    assert said >= 30
    check(tmp_path / "library", found)


def test_a_disk_that_takes_nothing_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "there.json"
    write(file, b"old")
    file_in_the_way = tmp_path / "file"
    file_in_the_way.write_text("")
    with pytest.raises(KnowledgeError, match=r"cannot be written .* storage\.path"):
        write(file_in_the_way / "there.json", b"new")
    with pytest.raises(KnowledgeError, match=r"cannot be written"):
        Archive(file_in_the_way / "library").put(b"words")
    assert file.read_bytes() == b"old"
    assert [f.name for f in tmp_path.iterdir() if f.name.startswith(".")] == []


def test_what_is_kept_is_its_owners_alone(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "state" / "library")
    sha256 = archive.put(b"words")
    assert archive.object(sha256).stat().st_mode & 0o777 == 0o600
    for folder in (
        tmp_path / "state",
        tmp_path / "state/library",
        tmp_path / "state/library/objects",
    ):
        assert folder.stat().st_mode & 0o777 == 0o700


def test_equal_editions_have_equal_names() -> None:
    a, b = b'{"a.txt":{"sha256":"1","metadata":{}}', b'"b.txt":{"sha256":"2","metadata":{}}}'
    one, other = edition_of(a + b"," + b), edition_of(b'{"b' + b[2:-1] + b',"a' + a[3:] + b"}")
    assert one.digest == other.digest
    assert one.as_json() == other.as_json()


def test_a_problem_that_an_earlier_release_stored_is_still_said() -> None:
    day = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    one = Publication(1, day, "e", Change(), frozenset(), None)
    stored = Published(1, (one,), {}, {"a.html": Problem("page_damaged", file="a.html")})
    why = published_of(published_as_json(stored)).left_out["a.html"]
    assert "damaged" in str(why)


def test_a_flipped_byte_in_the_list_of_editions_is_noticed() -> None:
    day = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    history = tuple(Publication(n, day, "e", Change(), frozenset(), None) for n in (1, 2, 3))
    stored = Published(3, history, {}, {})
    written = published_as_json(stored)
    for place in range(len(written)):
        flipped = bytearray(written)
        flipped[place] ^= 1  # a digit becomes another digit
        try:
            assert published_of(bytes(flipped)) == stored
        except ValueError:
            continue


def test_a_list_of_editions_of_an_earlier_release_is_read() -> None:
    written = b'{"current":1,"history":[{"number":1,"at":"2026-01-01T00:00:00Z","edition":"e",'
    written += b'"change":{"added":[],"changed":[],"removed":[]},"passed":[],"before":null}],'
    assert published_of(written + b'"seen":{},"left_out":{}}').now.number == 1
