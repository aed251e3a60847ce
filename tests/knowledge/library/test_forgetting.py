"""What no publication holds is gone from the state folder, and what lies there is its owner's."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from embeddings.models import Models
from knowledge.library import durable
from knowledge.library.library import Library
from knowledge.reading.metadata import Metadata
from tests.knowledge.library.libraries import GOLDEN, PRISON, WELL, library_over, write

SECRET = b"secret"


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def library(tmp_path: Path, state: Path, models: Models) -> Library:
    """A library over a document about a well, which serves."""
    write(tmp_path / "docs", well_txt=WELL, questions_yaml=GOLDEN)
    library = library_over(tmp_path / "docs", state, models)
    library.open(is_published=True)
    return library


def held(state: Path, words: bytes) -> list[Path]:
    """Return the files of the state folder that hold `words`."""
    return [one for one in state.rglob("*") if one.is_file() and words in one.read_bytes()]


def test_what_is_discarded_is_gone_and_what_waits_is_not(library: Library, state: Path) -> None:
    waits = b"What waits is a prison of 300 people."
    library.put("a.txt", b"It is a secret where they meet.", Metadata())
    library.put("b.txt", waits, Metadata())
    assert held(state, SECRET)
    library.forget_discarded([waits])
    assert not held(state, SECRET)
    assert held(state, waits)
    assert held(state, WELL.encode())


@pytest.mark.parametrize("is_first", [True, False])
def test_what_another_process_put_too_stays_for_it_to_publish(
    library: Library, tmp_path: Path, state: Path, models: Models, is_first: bool
) -> None:
    other = library_over(tmp_path / "docs", state, models)
    drafts = [
        one.put("prison.txt", PRISON.encode(), Metadata())
        for one in ((library, other) if is_first else (other, library))
    ]
    library.forget_discarded()
    other.publish(drafts[is_first])
    assert held(state, PRISON.encode())


def test_what_one_put_that_was_killed_is_gone_after_the_next_start(
    library: Library, tmp_path: Path, state: Path, models: Models
) -> None:
    draft = library.put("a.txt", b"It is a secret where they meet.", Metadata())
    other = library_over(tmp_path / "docs", state, models)
    other.open(is_published=False)
    other.forget_discarded(is_start=True)
    assert held(state, SECRET), "another process may be about to publish it"
    assert library.publish(draft)
    library.put("b.txt", b"It is a second secret where they met.", Metadata())
    library._archive._leave()  # as the system does when it is killed
    other.forget_discarded(is_start=True)
    assert not held(state, b"second secret")
    assert held(state, SECRET)
    assert held(state, WELL.encode())


def test_what_was_removed_is_gone_once_no_edition_holds_it(
    library: Library, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.library.library.KEPT", 4)  # so that fewer are to be published
    library.publish(library.put("a.txt", b"It is a secret where they meet.", Metadata()))
    library.publish(library.remove("a.txt"))
    for number in range(2):
        library.publish(library.put("b.txt", f"{PRISON} {number}.".encode(), Metadata()))
    assert held(state, SECRET), "one can still go back to it"
    library.publish(library.put("b.txt", PRISON.encode(), Metadata()))
    assert not held(state, SECRET)


@pytest.fixture
def killed(state: Path) -> Path:
    """What a process was writing into the state folder when it was killed."""
    state.mkdir(exist_ok=True)
    program = (
        "import os, signal, sys; from pathlib import Path; from knowledge.library import durable\n"
        "os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)\n"
        "durable.write(Path(sys.argv[1]), b'secret')"
    )
    command = [sys.executable, "-c", program, str(state / "gaps.json")]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL  # noqa: S603
    (left,) = state.glob(".writing-*")
    return left


def test_what_a_killed_process_was_writing_is_swept_and_what_a_live_one_writes_is_not(
    killed: Path, state: Path
) -> None:
    descriptor, written = durable._temporary(state)
    durable.sweep(state)
    assert not killed.exists()
    assert Path(written).exists()
    os.close(descriptor)
    durable.sweep(state)
    assert not Path(written).exists()


def test_all_of_the_state_folder_is_its_owners_alone_whatever_the_umask(
    tmp_path: Path, state: Path, models: Models
) -> None:
    before = os.umask(0)
    try:
        write(tmp_path / "docs", well_txt=WELL, questions_yaml=GOLDEN)
        library_over(tmp_path / "docs", state, models).open(is_published=True)
    finally:
        os.umask(before)
    modes = {one.name: one.stat().st_mode & 0o777 for one in (state, *state.rglob("*"))}
    folders = {one.name for one in (state, *state.rglob("*")) if one.is_dir()}
    assert modes == {name: 0o700 if name in folders else 0o600 for name in modes}
    (state / "library" / "published.json").chmod(0o644)
    state.chmod(0o755)
    durable.keep_private(state, "library", "gaps.json")
    assert state.stat().st_mode & 0o777 == 0o700
    assert (state / "library" / "published.json").stat().st_mode & 0o777 == 0o600
