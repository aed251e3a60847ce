"""What serves when what was published is damaged: the newest edition that is whole."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from knowledge.errors import DamagedError, DocumentError
from knowledge.library.archive import KEPT, Archive
from knowledge.library.editions import Edition, Publication, Published, compare
from knowledge.reading.documents import read_bytes

OnDisk = Callable[[], Mapping[str, Path]]
"""Returns the files on disk, documents and COMPANIONS, by name. Raises DocumentError."""


@dataclass(frozen=True, slots=True)
class Damage:
    """What was found damaged or missing when an archive was opened: at least one fault.

    `instead` is what serves in place of the damaged publication; None if that was made whole again
    from the files on disk, and nothing is lost. `published` is the history to go on with.
    """

    faults: tuple[DamagedError, ...]
    instead: Publication | None
    published: Published

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that are damaged or missing."""
        return tuple(Path(one.problem.file) for one in self.faults if one.problem is not None)


def find_damage(
    archive: Archive, on_disk: OnDisk, max_bytes: int, *, is_mended: bool
) -> Damage | None:
    """Return what is damaged of the edition that serves; None if it is whole.

    With `is_mended`, a damaged object that is one of the files `on_disk`, of `max_bytes` at most,
    is written anew. Raises DamagedError if no edition is whole, and KnowledgeError if an object
    cannot be written.
    """
    try:
        published = archive.published()
    except DamagedError as fault:
        disk = _read(on_disk, max_bytes)
        copies = disk.values() if is_mended else ()
        seen = {name: hashlib.sha256(data).hexdigest() for name, data in disk.items()}
        return Damage((fault,), *_without_history(archive, copies, seen, fault))
    faults = () if published is None else tuple(archive.faults(published.now.edition))
    if published is None or not faults:
        return None
    _mend(archive, faults, _read(on_disk, max_bytes).values() if is_mended else ())
    newest_first = sorted(published.history, key=lambda old: old.number, reverse=True)
    for whole in (published.now, *newest_first):
        if not archive.faults(whole.edition):
            instead = None if whole == published.now else whole
            left = published.left if instead is None else None
            return Damage(faults, instead, replace(published, current=whole.number, left=left))
    raise faults[0]


def keep(archive: Archive, damage: Damage) -> None:
    """Let what is whole serve in `archive` from now on, and set the damaged files aside.

    Raises KnowledgeError if that cannot be written.
    """
    with archive.locked():
        if _is_done(archive, damage):
            return
        for file in damage.files:
            if not archive.is_whole(file):
                archive.set_aside(file)
        archive.publish(damage.published, archive.edition(damage.published.now.edition))


def _is_done(archive: Archive, damage: Damage) -> bool:
    """Return whether another process, started at the same time, has done what `keep` does."""
    try:
        published = archive.published()
    except DamagedError:
        return False
    return published == damage.published and not archive.faults(published.now.edition)


def _mend(archive: Archive, faults: Iterable[DamagedError], copies: Iterable[bytes]) -> None:
    """Write anew those of the objects with `faults` whose bytes are among `copies`."""
    wanted = {PurePath(one.problem.file).name for one in faults if one.problem is not None}
    for data in copies:
        if hashlib.sha256(data).hexdigest() in wanted:
            archive.put(data)


def _read(on_disk: OnDisk, max_bytes: int) -> dict[str, bytes]:
    """Return the bytes of the files `on_disk` that can be read, by name."""
    read = {}
    with suppress(DocumentError):  # it is reported when the files are taken over
        for name, file in on_disk().items():
            with suppress(DocumentError):
                read[name] = read_bytes(file, max_bytes)
    return read


def _without_history(
    archive: Archive, copies: Iterable[bytes], seen: Mapping[str, str], fault: DamagedError
) -> tuple[Publication, Published]:
    """Return the publication of the newest edition that is whole, and a history of all that are.

    What editors did to the files on disk is no longer known. So these files, `seen` as they are
    now, count as taken over, and only later changes will be. Raises `fault` if no edition is whole.
    """
    editions = archive.editions()
    faults = (one for digest in editions for one in archive.faults(digest))
    _mend(archive, faults, copies)
    history: list[Publication] = []
    before: Edition | None = None
    for digest, at in editions.items():
        if archive.faults(digest):
            continue
        edition = archive.edition(digest)
        number = len(history) + 1
        change = compare(before, edition)
        history.append(Publication(number, at, digest, change, None, number - 1 or None))
        before = edition
    if not history:
        raise fault
    return history[-1], Published(history[-1].number, tuple(history[-KEPT:]), seen, {})
