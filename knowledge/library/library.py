"""The knowledge base as its editors keep it: built as a draft, rehearsed, published, rolled back.

Nothing here may be called from two threads at once; what it returns never changes.
"""

import datetime
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from knowledge.errors import KnowledgeError, OvertakenError
from knowledge.library.archive import KEPT, Archive
from knowledge.library.builder import Builder
from knowledge.library.drafts import Draft, make_draft
from knowledge.library.editions import Publication, Published, compare
from knowledge.library.files import (
    Files,
    all_on_disk,
    changed_on_disk,
    files_in,
    files_of,
    with_document,
    without_document,
)
from knowledge.library.progress import Report, tell_nobody
from knowledge.library.recovery import Damage, find_damage, keep
from knowledge.library.snapshots import Build, Snapshot
from knowledge.library.verdicts import Verdicts
from knowledge.problems import problem
from knowledge.reading.metadata import Metadata


class Library:
    """Editions in an archive, one of which serves, and the files on disk that they come from."""

    def __init__(
        self,
        archive: Archive,
        folder: Path,
        build: Build,
        max_bytes: int,
        max_words: int,
    ) -> None:
        """Keep the documents of `folder` in `archive`, and build knowledge bases with `build`.

        A file may have `max_bytes` at most, and all documents together `max_words`.
        """
        self._archive = archive
        self._folder = folder
        self._builder = Builder(archive, build, max_bytes, max_words)
        self._draft = partial(make_draft, builder=self._builder, verdicts=Verdicts())
        self.damage: Damage | None = None  # found when it was opened
        # What serves, if it could not be written, and the stamp of the archive at that time.
        self._unwritten: tuple[int, Published] | None = None

    def open(self, *, is_published: bool, report: Report = tell_nobody) -> Snapshot:
        """Return what serves after a start: what is published, with what has changed on disk.

        With `is_published`, the changes are published. Changes that cannot be used, or that make a
        golden question fail which passed before, wait for an editor. They are among the problems of
        the snapshot; so are damage to what was published, and a state folder that may only be read.
        Raises KnowledgeError.
        """
        while True:
            try:
                return self._opened(is_published, report)
            except OvertakenError:  # another process, started at the same time, has published
                continue

    def _opened(self, is_published: bool, report: Report) -> Snapshot:
        problems = self.mend(is_kept=is_published)
        if self.published() is None:
            draft = self._first(report, is_rehearsed=False)  # nothing to compare with
        elif is_published and self.is_read_only:
            return replace(self.serving(report), problems=(*problems, self._read_only()))
        else:
            try:
                draft = self.reload(report)
                if draft.lost:
                    raise KnowledgeError(
                        "the documents on disk have changed, and with them golden questions fail"
                        f" that passed ({len(draft.lost)}): what was published before still serves;"
                        " /reload or rapporteur index says more"
                    )
            except KnowledgeError as error:
                return replace(self.serving(report), problems=(*problems, error))
        problems = (*problems, *draft.snapshot.problems)
        snapshot = self.publish(draft) if is_published else draft.snapshot
        return replace(snapshot, problems=problems)

    def mend(self, *, is_kept: bool) -> tuple[KnowledgeError, ...]:
        """Go on with what is whole if what was published is damaged; return the faults.

        With `is_kept`, that is written to the state folder, if it can be. Raises DamagedError if
        nothing is whole.
        """
        is_kept = is_kept and not self.is_read_only
        self.damage = find_damage(
            self._archive, partial(files_in, self._folder), self.max_bytes, is_mended=is_kept
        )
        if self.damage is None:
            return ()
        if is_kept:
            keep(self._archive, self.damage)
        else:
            self._unwritten = (self.stamp(), self.damage.published)
        return self.damage.faults

    # What serves.

    @property
    def max_bytes(self) -> int:
        """The most bytes that a file may have."""
        return self._builder.max_bytes

    def published(self) -> Published | None:
        """Return what was published; None before anything was. Raises KnowledgeError."""
        if self._unwritten is not None and self._unwritten[0] == self.stamp():
            return self._unwritten[1]
        return self._archive.published()

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be published, since the state folder may only be read."""
        return not self._archive.is_writable()

    @property
    def damaged_files(self) -> int:
        """How many damaged files are set aside for whoever repairs them."""
        return self._archive.damaged()

    def check_writable(self) -> None:
        """Raise KnowledgeError if nothing can be published."""
        if self.is_read_only:
            raise self._read_only()

    def _read_only(self) -> KnowledgeError:
        return KnowledgeError(problem("read_only", self._archive.folder))

    def stamp(self) -> int:
        """Return a number that changes with each publication, by any process."""
        return self._archive.stamp()

    def serving(self, report: Report = tell_nobody) -> Snapshot:
        """Return the snapshot of what is published. Raises KnowledgeError if nothing is."""
        return self._builder.snapshot_of(self._published().now.edition, report)

    # What could serve.

    def first(self, report: Report = tell_nobody) -> Draft:
        """Return the draft of the files on disk alone; what cannot be read is left out."""
        return self._first(report, is_rehearsed=True)

    def _first(self, report: Report, *, is_rehearsed: bool) -> Draft:
        files, problems = all_on_disk(self._folder, self._builder, report)
        draft = self._draft(files, None, report, is_rehearsed=is_rehearsed)
        return replace(draft, snapshot=replace(draft.snapshot, problems=problems))

    def reload(self, report: Report = tell_nobody) -> Draft:
        """Return the draft with what has changed on disk since it was last looked at.

        Raises KnowledgeError, which names the file, if a changed file cannot be used.
        """
        published = self._published()
        files = changed_on_disk(self._files(published), self._folder, self._builder, report)
        return self._draft(files, published, report)

    def put(
        self, name: str, data: bytes, metadata: Metadata, report: Report = tell_nobody
    ) -> Draft:
        """Return the draft in which the document called `name`, new or not, holds `data`.

        `metadata` overrides what editors said of it before, and that what the file says of itself.
        Raises KnowledgeError, which names the file, if it cannot be read or may not have that name.
        """
        published = self._published()
        served = self._files(published)
        files = with_document(served, name, data, metadata, self._builder, report)
        return self._draft(files, published, report)

    def remove(self, name: str, report: Report = tell_nobody) -> Draft:
        """Return the draft without the document called `name`. Raises KnowledgeError if there is
        none.
        """
        published = self._published()
        files = without_document(self._files(published), name)
        return self._draft(files, published, report)

    def back(self, number: int | None = None, report: Report = tell_nobody) -> Draft:
        """Return the draft of what `roll_back` would let serve. Raises KnowledgeError as it does.

        No golden question is asked: the draft has the verdicts that are known.
        """
        published = self._published()
        files = files_of(published, self._wanted(published, number).edition, self._archive)
        return self._draft(files, published, report, is_rehearsed=False)

    # What is published.

    def publish(self, draft: Draft) -> Snapshot:
        """Let `draft` serve from now on, and return its snapshot.

        Raises OvertakenError if something else was published since it was made, and KnowledgeError
        if it cannot be written. What served until then goes on serving in either case.
        """
        edition = draft.snapshot.edition
        with self._archive.locked():
            published = self._archive.published()
            if (published.current if published is not None else None) != draft.based_on:
                raise OvertakenError("something else was published in between")
            history = published.history if published is not None else ()
            current = draft.based_on
            if not draft.is_empty or current is None:
                before = self._archive.edition(published.now.edition) if published else None
                current = max((one.number for one in history), default=0) + 1
                publication = Publication(
                    number=current,
                    at=datetime.datetime.now(datetime.UTC).replace(microsecond=0),
                    edition=edition.digest,
                    change=compare(before, edition),
                    passed=draft.passed,
                    before=draft.based_on,
                )
                history = (*_kept(history, draft.based_on), publication)
            left = published.left if published is not None and draft.is_empty else None
            renewed = Published(current, history, draft.seen, draft.left_out, left)
            if renewed != published:
                self._archive.publish(renewed, edition)
        return self._builder.remember(draft.snapshot)

    def roll_back(self, number: int | None = None, report: Report = tell_nobody) -> Snapshot:
        """Let the publication `number` serve again; without a number, the one that served before.

        The files on disk count as looked at, as before, so that a restart changes nothing. Raises
        KnowledgeError if the publication is not kept, and OvertakenError as `publish` does.
        """
        published = self._published()
        wanted = self._wanted(published, number)
        snapshot = self._builder.snapshot_of(wanted.edition, report)
        with self._archive.locked():
            if self._archive.published() != published:
                raise OvertakenError("something else was published in between")
            renewed = replace(published, current=wanted.number, left=published.current)
            self._archive.publish(renewed, snapshot.edition)
        return snapshot

    def forget_discarded(self, waiting: Iterable[bytes] = (), *, is_start: bool = False) -> None:
        """Forget files that were put and that no publication holds, except those `waiting`.

        With `is_start`, when the bot starts, forget also what killed processes left.
        """
        wanted = {hashlib.sha256(data).hexdigest() for data in waiting}
        self._archive.forget(wanted, is_start=is_start)

    def _wanted(self, published: Published, number: int | None) -> Publication:
        wanted = published.publication(published.before if number is None else number)
        if wanted is None:
            raise KnowledgeError("nothing is kept to go back to")
        return wanted

    def _published(self) -> Published:
        published = self.published()
        if published is None:
            raise KnowledgeError("nothing is published yet; start the bot, or run rapporteur index")
        return published

    def _files(self, published: Published) -> Files:
        return files_of(published, published.now.edition, self._archive)


def _kept(history: Sequence[Publication], current: int | None) -> list[Publication]:
    """Return what is kept of `history` beside one more: the latest ones, and `current`."""
    latest = [old for old in history if old.number != current][-(KEPT - 2) :]
    return [old for old in history if old in latest or old.number == current]
