"""Drafts: what could be published, compared with what serves, and rehearsed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from knowledge.library.builder import Builder
from knowledge.library.differences import Differences, differences
from knowledge.library.editions import ChangedFile, Edition, Published, changed_files
from knowledge.library.files import Files
from knowledge.library.golden import Golden
from knowledge.library.progress import Report
from knowledge.library.snapshots import Snapshot
from knowledge.library.verdicts import Verdicts
from knowledge.problems import Problem


@dataclass(frozen=True, slots=True)
class Draft:
    """A snapshot that could be published after publication number `based_on`.

    `passed` are the golden questions that it answers right, None if they were not asked; `lost`
    those that what serves now answers right and it does not. `is_empty` says that nothing would
    change, and `files` are those that would. `seen` and `left_out` are those of Published.
    """

    snapshot: Snapshot
    differences: Differences
    files: frozenset[ChangedFile]
    passed: frozenset[str] | None
    lost: tuple[Golden, ...]
    is_empty: bool
    based_on: int | None
    seen: Mapping[str, str]
    left_out: Mapping[str, Problem | str]


def make_draft(
    files: Files,
    published: Published | None,
    report: Report,
    *,
    builder: Builder,
    verdicts: Verdicts,
    is_rehearsed: bool = True,
) -> Draft:
    """Return the draft of `files`, to be published after what was `published`.

    `verdicts` are those known so far. With `is_rehearsed`, the golden questions on which there are
    none are asked. Raises KnowledgeError, which names the file, if a file cannot be used.
    """
    edition = Edition(files.held)
    now = None if published is None else published.now
    is_empty = now is not None and now.edition == edition.digest
    uncorrected = _uncorrected(edition, builder, verdicts)  # before other snapshots take its room
    served = None if now is None else builder.snapshot_of(now.edition, report)
    for publication in published.history if published is not None else ():
        verdicts.note(publication.edition, publication.passed)
    snapshot = builder.snapshot(edition, report)
    if is_rehearsed and not is_empty:
        verdicts.ask(snapshot, uncorrected, partial(report, "rehearsing"))
    return Draft(
        snapshot,
        differences(None if served is None else served.knowledge_base, snapshot.knowledge_base),
        changed_files(None if served is None else served.edition, edition),
        verdicts.passed(edition),
        verdicts.lost(snapshot, served, is_asked=is_rehearsed),
        is_empty,
        None if published is None else published.current,
        files.seen,
        files.left_out,
    )


def _uncorrected(edition: Edition, builder: Builder, verdicts: Verdicts) -> Snapshot | None:
    """Return a remembered snapshot, already rehearsed, of the same files as `edition`, of which an
    editor may have said other things; None if there is none.
    """
    files = {name: held.sha256 for name, held in edition.files.items()}
    for known in builder.remembered():
        its_files = {name: held.sha256 for name, held in known.edition.files.items()}
        if files == its_files and verdicts.passed(known.edition) is not None:
            return known
    return None
