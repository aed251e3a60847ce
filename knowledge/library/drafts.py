"""Drafts: what could be published, compared with what serves and put to its golden questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from knowledge.library.builder import Builder
from knowledge.library.differences import Differences, differences
from knowledge.library.editions import Edition, Published
from knowledge.library.files import Files
from knowledge.library.golden import Golden
from knowledge.library.progress import Report
from knowledge.library.snapshots import Snapshot
from knowledge.library.verdicts import Verdicts
from knowledge.problems import Problem


@dataclass(frozen=True, slots=True)
class Draft:
    """A snapshot that could be published after the publication number `based_on`.

    `passed` are the golden questions it answers right, None if they were not asked; `lost` those it
    does not and what serves now does. `is_empty` says that nothing would change.
    """

    snapshot: Snapshot
    differences: Differences
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
    """Return the draft of `files` after what was `published`.

    `verdicts` are those known so far; with `is_rehearsed` the golden questions are asked of
    which they say nothing. Raises KnowledgeError, which names the file, if one cannot be used.
    """
    edition = Edition(files.held)
    now = None if published is None else published.now
    is_empty = now is not None and now.edition == edition.digest
    uncorrected = _uncorrected(edition, builder, verdicts)  # before others take its room
    served = None if now is None else builder.snapshot_of(now.edition, report)
    for one in published.history if published is not None else ():
        verdicts.note(one.edition, one.passed)
    snapshot = builder.snapshot(edition, report)
    if is_rehearsed and not is_empty:
        verdicts.ask(snapshot, uncorrected, partial(report, "rehearsing"))
    return Draft(
        snapshot,
        differences(None if served is None else served.knowledge_base, snapshot.knowledge_base),
        verdicts.passed(edition),
        verdicts.lost(snapshot, served, is_asked=is_rehearsed),
        is_empty,
        None if published is None else published.current,
        files.seen,
        files.left_out,
    )


def _uncorrected(edition: Edition, builder: Builder, verdicts: Verdicts) -> Snapshot | None:
    """Return a snapshot of the files of `edition`, of which an editor said other things, that was
    rehearsed; None if there is none at hand.
    """
    files = {name: held.sha256 for name, held in edition.files.items()}
    for one in builder.remembered():
        others = {name: held.sha256 for name, held in one.edition.files.items()}
        if files == others and verdicts.passed(one.edition) is not None:
            return one
    return None
