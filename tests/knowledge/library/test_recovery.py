"""What was published is damaged or read-only: whatever of it is whole goes on serving."""

import datetime
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from embeddings.models import Models
from knowledge.errors import DamagedError, KnowledgeError
from knowledge.library.archive import Archive
from knowledge.library.editions import Edition, Held, Publication, Published, compare
from knowledge.library.library import Library
from knowledge.library.recovery import Damage, find_damage, keep
from knowledge.library.snapshots import Snapshot
from knowledge.reading.metadata import Metadata
from tests.knowledge.library.libraries import GOLDEN, PRISON, WELL, asked, library_over, write
from tests.read_only import read_only

OTHER = b"other words"


class Kept:
    """An archive of three editions: a well, a prison too, and the well changed."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.disk = folder / "library", folder
        archive, before = Archive(self.folder), None
        history: list[Publication] = []
        for number, texts in enumerate(([WELL], [WELL, PRISON], ["Dry.", PRISON]), start=1):
            names = zip(("well.txt", "prison.txt"), texts, strict=False)
            edition = Edition({name: Held(archive.put(text.encode())) for name, text in names})
            at, change = datetime.datetime.now(datetime.UTC), compare(before, edition)
            last = number - 1 or None
            history.append(Publication(number, at, edition.digest, change, frozenset(), last))
            with archive.locked():
                archive.publish(Published(number, tuple(history), {"a": "1"}, {}), edition)
            before = edition
        self.editions = [archive.edition(one.edition) for one in history]

    def edition(self) -> Path:
        """Return the file of what serves."""
        return self.folder / "editions" / self.editions[-1].digest

    def object(self) -> Path:
        """Return the file of a document that serves."""
        return self.folder / "objects" / self.editions[-1].files["well.txt"].sha256

    def history(self) -> Path:
        """Return the file that says what serves."""
        return self.folder / "published.json"

    def damage(self, *, is_mended: bool = True, **on_disk: bytes) -> Damage | None:
        """Return what is damaged, where the files `on_disk` are of those names."""
        for name, data in on_disk.items():
            (self.disk / name).write_bytes(data)
        files = {name: self.disk / name for name in on_disk}
        return find_damage(Archive(self.folder), lambda: files, 1000, is_mended=is_mended)

    def mended(self, **on_disk: bytes) -> Damage:
        """Return what was damaged once that is settled, and nothing is wrong any more."""
        damage = self.damage(**on_disk)
        assert damage is not None
        keep(Archive(self.folder), damage)
        assert self.damage() is None
        return damage

    def serving(self) -> Edition:
        """Return the edition that serves."""
        archive = Archive(self.folder)
        published = archive.published()
        assert published is not None
        assert archive.faults(published.now.edition) == []
        return archive.edition(published.now.edition)

    def set_aside(self) -> list[bytes]:
        """Return what is kept of damaged files."""
        folder = self.folder / "damaged"
        return [file.read_bytes() for file in folder.iterdir()] if folder.exists() else []


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path)


def test_of_what_is_whole_nothing_is_told(kept: Kept) -> None:
    assert kept.damage() is None
    assert Archive(kept.folder / "new").published() is None


@pytest.mark.parametrize("which", [Kept.edition, Kept.object])
def test_the_newest_whole_edition_serves_instead(kept: Kept, which: Callable[[Kept], Path]) -> None:
    which(kept).write_bytes(OTHER)
    damage = kept.mended()
    assert str(damage.faults[0]).startswith(f"{which(kept)}: cannot be read (it is not what was")
    assert damage.instead is not None
    assert damage.instead.number == 2
    assert kept.serving() == kept.editions[1]
    assert kept.set_aside() == [OTHER]
    published = Archive(kept.folder).published()
    assert published is not None
    assert [one.number for one in published.history] == [1, 2, 3]  # it may be repaired yet
    assert (published.seen, published.before) == ({"a": "1"}, 1)


def as_pipe(file: Path) -> None:
    os.mkfifo(file)


def as_loop(file: Path) -> None:
    file.symlink_to(file.name)


def as_endless(file: Path) -> None:
    file.symlink_to("/dev/zero")


def as_folder(file: Path) -> None:
    file.mkdir()


def as_huge(file: Path) -> None:
    file.touch()
    os.truncate(file, 3 << 30)  # of holes


@pytest.mark.parametrize("made", [as_pipe, as_loop, as_endless, as_folder, as_huge])
@pytest.mark.parametrize("which", [Kept.edition, Kept.object, Kept.history])
def test_what_is_no_file_of_ours_is_neither_waited_for_nor_read(
    kept: Kept, which: Callable[[Kept], Path], made: Callable[[Path], None]
) -> None:
    which(kept).unlink()
    made(which(kept))
    damage = kept.mended()
    assert damage.files == (which(kept),)
    assert kept.serving() in kept.editions
    assert len(list((kept.folder / "damaged").iterdir())) == 1


def test_an_object_that_is_gone_is_damage_too(kept: Kept) -> None:
    kept.object().unlink()
    assert kept.mended().instead is not None
    assert kept.set_aside() == []


@pytest.mark.parametrize("is_gone", [False, True])
def test_what_lies_on_disk_as_it_was_is_taken_from_there(kept: Kept, is_gone: bool) -> None:
    kept.object().unlink() if is_gone else kept.object().write_bytes(OTHER)
    assert kept.mended(well=b"Dry.").instead is None
    assert kept.serving() == kept.editions[2]
    assert kept.set_aside() == ([] if is_gone else [OTHER])


@pytest.mark.parametrize("text", [None, b"", b"{", b'{"current": 1}'], ids=str)
def test_a_history_that_is_gone_or_damaged_is_no_new_start(kept: Kept, text: bytes | None) -> None:
    kept.history().unlink() if text is None else kept.history().write_bytes(text)
    with pytest.raises(DamagedError, match=r"published\.json: cannot be read"):
        Archive(kept.folder).published()
    damage = kept.mended(well=b"New.")
    assert kept.serving() == kept.editions[2]
    assert kept.set_aside() == ([] if text is None else [text])
    # What editors did to the files on disk is not known any more, so these wait for a change.
    assert damage.published.seen == {"well": hashlib.sha256(b"New.").hexdigest()}
    assert [one.change.added for one in damage.published.history] == [
        ("well.txt",),
        ("prison.txt",),
        (),
    ]


def test_without_history_and_the_last_edition_the_one_before_serves(kept: Kept) -> None:
    kept.history().unlink()
    kept.edition().write_bytes(OTHER)
    assert kept.mended().published.current == 2
    assert kept.serving() == kept.editions[1]


def test_where_nothing_is_whole_it_says_what_to_do(kept: Kept) -> None:
    for file in (kept.folder / "objects").iterdir():
        file.write_bytes(OTHER)
    with pytest.raises(DamagedError, match="from a backup, or move it away"):
        kept.damage()
    kept.history().unlink()
    with pytest.raises(DamagedError, match=r"published\.json: .* from a backup, or move it away"):
        kept.damage()
    assert kept.set_aside() == []


def test_to_look_changes_nothing(kept: Kept) -> None:
    kept.object().write_bytes(OTHER)
    damage = kept.damage(is_mended=False, well=b"Dry.")
    assert damage is not None
    assert damage.instead is not None
    assert kept.object().read_bytes() == OTHER


def test_what_is_kept_again_is_whole_again(kept: Kept) -> None:
    kept.object().write_bytes(OTHER)
    Archive(kept.folder).put(b"Dry.")
    assert kept.damage() is None
    assert kept.set_aside() == [OTHER]


def opened(tmp_path: Path, models: Models) -> tuple[Library, Snapshot]:
    """Open a library as a start of the bot does."""
    library = library_over(tmp_path / "docs", tmp_path / "state", models)
    return library, library.open(is_published=True)


def test_a_folder_that_may_only_be_read_serves_and_changes_nothing(
    tmp_path: Path, models: Models
) -> None:
    write(tmp_path / "docs", well_txt=WELL, questions_yaml=GOLDEN)
    library, _ = opened(tmp_path, models)
    latest = library.publish(library.put("well.txt", b"The well was dug in 1899.", Metadata()))
    damaged = tmp_path / "state/library/objects" / latest.edition.files["well.txt"].sha256
    with read_only(tmp_path / "state"):
        library, snapshot = opened(tmp_path, models)
        assert asked(library, "When was the well dug?") == "The well was dug in 1899."
        (problem,) = snapshot.problems
        assert str(problem).startswith(f"{tmp_path}/state/library: may only be read")
        with pytest.raises(KnowledgeError, match="may only be read"):
            library.check_writable()
        with pytest.raises(KnowledgeError, match="cannot be written"):
            library.roll_back()
    damaged.write_bytes(OTHER)
    with read_only(tmp_path / "state"):
        library, snapshot = opened(tmp_path, models)
        assert asked(library, "When was the well dug?") == WELL
        assert ["cannot be read" in str(one) for one in snapshot.problems] == [True, False]
    assert damaged.read_bytes() == OTHER
    library, snapshot = opened(tmp_path, models)
    assert asked(library, "When was the well dug?") == WELL
    assert (len(snapshot.problems), library.damaged_files) == (1, 1)
    assert opened(tmp_path, models)[1].problems == ()
