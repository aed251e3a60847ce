"""What an editor is told of publications, the latest and earlier ones, as blocks."""

import datetime
from collections.abc import Sequence

from bot.gaps import Gap
from bot.messages import Block, Run, plain
from bot.texts import date, text
from bot.wording import cut, refusal
from knowledge.library.drafts import Draft
from knowledge.library.editions import Change, Publication
from knowledge.library.snapshots import Snapshot

_LISTED = 10  # names before "and more"
_REASONS, _QUESTIONS = 2, 3
_TWO_LINES = 78  # characters of a phone


def answered_blocks(gaps: Sequence[Gap], language: str) -> list[Block]:
    """Return the kept questions `gaps`, which now have an answer, under a heading; [] for none."""
    if not gaps:
        return []
    blocks = [bold(text("gaps_answered", language, count=len(gaps)))]
    blocks += [
        Block((Run("– "), Run(cut(gap.question, _TWO_LINES), is_code=True)))
        for gap in gaps[:_QUESTIONS]
    ]
    if len(gaps) > _QUESTIONS:
        blocks.append(plain(text("and_more", language, count=len(gaps) - _QUESTIONS)))
    return blocks


def published_blocks(key: str, snapshot: Snapshot, draft: Draft, language: str) -> list[Block]:
    """Return, under the text `key`, what serves now and what has changed."""
    if draft.is_empty:
        edition = snapshot.edition.digest[:8]
        lines = [text("as_it_was", language, edition=edition)]
    else:
        lines = [summary(key, snapshot, language)]
        lines += changed_lines(draft, language)
        lines += counts_line(draft, language)
        lines += passed_line(draft, language)
    return [plain(line) for line in (*lines, *left_out_lines(draft, language))]


def summary(key: str, snapshot: Snapshot, language: str) -> str:
    """Return the text `key` filled in for `snapshot`: its edition, and how much it holds."""
    base = snapshot.knowledge_base
    return text(
        key,
        language,
        edition=snapshot.edition.digest[:8],
        documents=len(base.documents),
        passages=len(base.passages),
        people=len(base.people.people),
    )


def changed_lines(draft: Draft, language: str, *, whole: bool = False) -> list[str]:
    """Return lists of the documents added, changed and removed: `whole`, or each in two lines."""
    found = draft.differences
    lists = {
        "list_added": [one.document.title for one in found.added],
        "list_changed": [one.document.title for one in found.changed],
        "list_removed": [one.document.title for one in found.removed],
    }
    return [
        text(key, language, names=", ".join(titles))
        if whole
        else cut(text(key, language, names=_some(titles, language)), _TWO_LINES)
        for key, titles in lists.items()
        if titles
    ]


def counts_line(draft: Draft, language: str) -> list[str]:
    """Return how many passages and people come and go, if any document does."""
    found = draft.differences
    if not (found.added or found.changed or found.removed):
        return []
    return [
        text(
            "counts_change",
            language,
            added=found.passages_added,
            removed=found.passages_removed,
            come=len(found.people_added),
            go=len(found.people_removed),
        )
    ]


def left_out_lines(draft: Draft, language: str, *, whole: bool = False) -> list[str]:
    """Return which files on disk could not be used, and why: all if `whole`, or the first two."""
    reasons = list(draft.left_out.values())
    count = len(reasons) if whole else _REASONS
    lines = [
        text("list_left_out", language, reason=refusal(why, language)) for why in reasons[:count]
    ]
    if len(reasons) > count:
        lines.append(text("and_more", language, count=len(reasons) - count))
    return lines


def passed_line(draft: Draft, language: str) -> list[str]:
    """Return how many golden questions passed; [] if none were asked."""
    total = len(draft.snapshot.golden)
    if not total or draft.passed is None:
        return []
    return [text("golden_passed", language, passed=len(draft.passed), total=total)]


def history_blocks(history: Sequence[Publication], current: int, language: str) -> list[Block]:
    """Return the publications, the latest first, each with what it changed."""
    blocks = [plain(text("history", language))]
    for one in reversed(history):
        heading = text("history_entry", language, **published_as(one, language))
        serves = f" · {text('history_serves', language)}" if one.number == current else ""
        blocks.append(bold(heading + serves))
        blocks += [plain(line) for line in _change(one.change, language)]
    return blocks


def duration(spent: datetime.timedelta, language: str) -> str:
    """Return `spent` in days, hours and minutes."""
    minutes = int(spent.total_seconds()) // 60
    days, hours = minutes // (24 * 60), minutes // 60 % 24
    return text("uptime", language, days=days, hours=hours, minutes=minutes % 60)


def published_as(publication: Publication, language: str) -> dict[str, object]:
    """Return what names `publication`: its number, day and time (UTC), and edition."""
    return {
        "number": publication.number,
        "date": date(publication.at.date(), language),
        "time": publication.at.strftime("%H:%M"),
        "edition": publication.edition[:8],
    }


def bold(words: str) -> Block:
    """Return `words` as a block in bold."""
    return Block((Run(words, is_bold=True),))


def _change(change: Change, language: str) -> list[str]:
    return [
        text(key, language, names=_some(names, language))
        for key, names in (
            ("list_added", change.added),
            ("list_changed", change.changed),
            ("list_removed", change.removed),
        )
        if names
    ]


def _some(names: Sequence[str], language: str) -> str:
    listed = list(names)
    shown = ", ".join(listed[:_LISTED])
    left = len(listed) - _LISTED
    return f"{shown} {text('and_more', language, count=left)}" if left > 0 else shown
