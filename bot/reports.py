"""What an editor reads before and after documents change, as blocks of messages."""

import datetime
import re
from collections.abc import Sequence

from bot.gaps import Gap
from bot.messages import Block, Run, plain
from bot.texts import date, language_name, text
from bot.wording import day_of, reading_notes, refusal
from knowledge.documents import Document
from knowledge.editions import Change, Publication
from knowledge.golden import Golden
from knowledge.library import Draft, Snapshot
from knowledge.problems import Problem

_LISTED = 10  # names or questions before "and more"
_FIRST_LINES = 300  # characters of a new document


def draft_blocks(draft: Draft, name: str, language: str) -> list[Block]:
    """Return what `draft`, which adds, replaces or removes the document called `name`, would do."""
    found = draft.differences
    blocks = []
    for kind, changed in (
        ("draft_new", found.added),
        ("draft_replaces", found.changed),
        ("draft_removes", found.removed),
    ):
        for one in changed:
            blocks.append(_bold(text(kind, language, name=name)))
            blocks += [plain(line) for line in _fields(one.document, language)]
            blocks += _counts(draft, language)
            if kind != "draft_removes":
                blocks.append(plain(text("begins", language)))
                blocks.append(Block((Run(_beginning(one.document)),), "blockquote"))
    blocks += golden_blocks(draft, language)
    return blocks


def correction_blocks(draft: Draft, language: str) -> list[Block]:
    """Return what is not known of the document that `draft` adds or replaces, and how to tell."""
    unknown = missing(draft)
    names = [text(f"missing_{key}", language) for key in ("date", "url") if key in unknown]
    blocks = [_bold(text("missing", language, fields=", ".join(names)))] if names else []
    return [*blocks, plain(text("how_to_correct", language))]


def missing(draft: Draft) -> frozenset[str]:
    """Return which of date and url are not known, or guessed, of what `draft` adds or changes."""
    found = [one.document for one in (*draft.differences.added, *draft.differences.changed)]
    is_dated = all(one.date and "date" not in one.notes.guessed for one in found)
    values = {"date": is_dated, "url": all(one.url for one in found)}
    return frozenset(key for key, is_known in values.items() if not is_known)


def reload_blocks(draft: Draft, language: str) -> list[Block]:
    """Return what `draft`, which takes over the files on disk, would do."""
    return [
        plain(text("draft_reload", language)),
        *difference_blocks(draft, language),
        *golden_blocks(draft, language),
    ]


def back_blocks(draft: Draft, to: Publication | None, language: str) -> list[Block]:
    """Return what `draft`, which goes back to the publication `to`, would do."""
    heading = [_bold(text("draft_back", language, **_published_as(to, language)))] if to else []
    return [*heading, *difference_blocks(draft, language), *golden_blocks(draft, language)]


def answered_blocks(key: str, gaps: Sequence[Gap], language: str) -> list[Block]:
    """Return under the text `key` which questions of `gaps` that found no answer are answered."""
    if not gaps:
        return []
    blocks = [_bold(text(key, language, count=len(gaps)))]
    blocks += [Block((Run("– "), Run(gap.question, is_code=True))) for gap in gaps[:_LISTED]]
    if len(gaps) > _LISTED:
        blocks.append(plain(text("and_more", language, count=len(gaps) - _LISTED)))
    return blocks


def published_blocks(key: str, snapshot: Snapshot, draft: Draft, language: str) -> list[Block]:
    """Return under the text `key` what serves now, and what of it has changed."""
    if draft.is_empty:
        edition = snapshot.edition.digest[:8]
        same = plain(text("as_it_was", language, edition=edition))
        return [same, *_left_out(tuple(draft.left_out.values()), language)]
    return [
        plain(summary(key, snapshot, language)),
        *difference_blocks(draft, language),
        *_passed(draft, language),
    ]


def summary(key: str, snapshot: Snapshot, language: str) -> str:
    """Return the text `key` about `snapshot`: its edition, and how much it holds."""
    base = snapshot.knowledge_base
    return text(
        key,
        language,
        edition=snapshot.edition.digest[:8],
        documents=len(base.documents),
        passages=len(base.passages),
        people=len(base.people.people),
    )


def difference_blocks(draft: Draft, language: str) -> list[Block]:
    """Return which documents, how many passages and which people come and go."""
    found = draft.differences
    listed = [
        text(key, language, names=_some([one.document.title for one in changed], language))
        for key, changed in (
            ("list_added", found.added),
            ("list_changed", found.changed),
            ("list_removed", found.removed),
        )
        if changed
    ]
    counts = _counts(draft, language) if listed else []
    return [*map(plain, listed), *counts, *_left_out(tuple(draft.left_out.values()), language)]


def golden_blocks(draft: Draft, language: str) -> list[Block]:
    """Return how many golden questions pass, and which ones that passed do not any more."""
    blocks = _passed(draft, language)
    if draft.lost:
        blocks.append(_bold(text("golden_lost", language, count=len(draft.lost))))
        blocks += [plain(_expected(one, language)) for one in draft.lost[:_LISTED]]
        if len(draft.lost) > _LISTED:
            blocks.append(plain(text("and_more", language, count=len(draft.lost) - _LISTED)))
    return blocks


def history_blocks(history: Sequence[Publication], current: int, language: str) -> list[Block]:
    """Return what was published, the latest first."""
    blocks = [plain(text("history", language))]
    for one in reversed(history):
        heading = text("history_entry", language, **_published_as(one, language))
        serves = f" · {text('history_serves', language)}" if one.number == current else ""
        blocks.append(_bold(heading + serves))
        blocks += [plain(line) for line in _change(one.change, language)]
    return blocks


def duration(spent: datetime.timedelta, language: str) -> str:
    """Return `spent` in days, hours and minutes."""
    minutes = int(spent.total_seconds()) // 60
    days, hours = minutes // (24 * 60), minutes // 60 % 24
    return text("uptime", language, days=days, hours=hours, minutes=minutes % 60)


def _published_as(publication: Publication, language: str) -> dict[str, object]:
    return {
        "number": publication.number,
        "date": date(publication.at.date(), language),
        "time": publication.at.strftime("%H:%M"),
        "edition": publication.edition[:8],
    }


def _fields(document: Document, language: str) -> list[str]:
    unknown = text("not_known", language)
    values = {
        "field_title": document.title,
        "field_date": day_of(document, language),
        "field_language": language_name(document.language, language),
        "field_publisher": document.publisher or unknown,
        "field_link": document.url or unknown,
    }
    lines = [text(key, language, value=value) for key, value in values.items()]
    return [*lines, *reading_notes(document, language)]


def _counts(draft: Draft, language: str) -> list[Block]:
    found = draft.differences
    lines = [
        text(
            "passages_change",
            language,
            added=found.passages_added,
            removed=found.passages_removed,
        )
    ]
    if found.people_added:
        lines.append(text("people_come", language, names=_some(found.people_added, language)))
    if found.people_removed:
        lines.append(text("people_go", language, names=_some(found.people_removed, language)))
    return [plain(line) for line in lines]


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


def _left_out(reasons: Sequence[Problem | str], language: str) -> list[Block]:
    blocks = [
        plain(text("list_left_out", language, reason=refusal(why, language)))
        for why in reasons[:_LISTED]
    ]
    if len(reasons) > _LISTED:
        blocks.append(plain(text("and_more", language, count=len(reasons) - _LISTED)))
    return blocks


def _passed(draft: Draft, language: str) -> list[Block]:
    total = len(draft.snapshot.golden)
    if not total or draft.passed is None:
        return []
    return [plain(text("golden_passed", language, passed=len(draft.passed), total=total))]


def _expected(golden: Golden, language: str) -> str:
    if golden.shows is None:
        return text("golden_declined", language, question=golden.question)
    return text("golden_shows", language, question=golden.question, shows=golden.shows)


def _some(names: Sequence[str], language: str) -> str:
    listed = list(names)
    shown = ", ".join(listed[:_LISTED])
    left = len(listed) - _LISTED
    return f"{shown} {text('and_more', language, count=left)}" if left > 0 else shown


def _beginning(document: Document) -> str:
    if len(document.text) <= _FIRST_LINES:
        return document.text
    start = document.text[:_FIRST_LINES]
    last = re.search(r"\s\S*\Z", start)
    return start[: last.start()] if last is not None else start


def _bold(words: str) -> Block:
    return Block((Run(words, is_bold=True),))
