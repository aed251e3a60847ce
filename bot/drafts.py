"""What a change to the documents would do: on one screen of a phone, and in full on others."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.editors import Edit
from bot.gaps import Gap
from bot.messages import FOLDS, SCREEN, Block, Run, phone_lines, plain
from bot.reports import bold, changed_lines, counts_line, left_out_lines, passed_line, published_as
from bot.texts import language_name, text
from bot.wording import cut, day_of, reading_notes, scanned_note
from knowledge.documents import Document
from knowledge.editions import Publication
from knowledge.golden import Golden
from knowledge.library import Draft

_TWO_LINES = 78  # characters
_FIRST_LINES = 300  # characters of a new document
_LISTED = 100  # names or questions before "and more"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A change as an editor is shown it: the `screen`, and `pages` that say it in full."""

    screen: tuple[Block, ...]
    pages: tuple[tuple[Block, ...], ...]


def sheet(
    edit: Edit,
    draft: Draft,
    language: str,
    *,
    preface: str = "",
    answered: Sequence[Gap] = (),
    to: Publication | None = None,
) -> Sheet:
    """Return what `edit` would do, of which `draft` comes.

    `preface` is said first; `answered` are the kept questions that it answers, and `to` is the
    publication that it goes back to.
    """
    heading = _heading(edit, draft, to, language)
    screen = [(0, _short(plain(preface)))] if preface else []
    screen.append((0, heading))
    if edit.kind == "put":
        screen += _of_documents(draft, language)
    else:
        screen += [(1, plain(line)) for line in changed_lines(draft, language)]
    if edit.kind in {"reload", "back"}:
        screen += [(1, _short(plain(line))) for line in left_out_lines(draft, language)]
    screen += [(2, plain(line)) for line in counts_line(draft, language)]
    screen += [(1, plain(line)) for line in passed_line(draft, language)]
    if draft.lost:
        screen.append((0, bold(text("golden_lost", language, count=len(draft.lost)))))
    if answered:
        screen.append((1, plain(text("gaps_would", language, count=len(answered)))))
    if edit.kind == "put":
        screen += _still_missing(draft, language)
        screen += [(5, block) for block in _beginnings(draft)]
    details = [block for block in _details(edit, draft, answered, language) if block is not None]
    return Sheet(tuple(_fitting(screen)), tuple(_pages(details)))


def missing(draft: Draft) -> frozenset[str]:
    """Return which of date and url are not known, or guessed, of what `draft` adds or changes."""
    found = _documents(draft)
    is_dated = all(one.date and "date" not in one.notes.guessed for one in found)
    values = {"date": is_dated, "url": all(one.url for one in found)}
    return frozenset(key for key, is_known in values.items() if not is_known)


def _documents(draft: Draft) -> list[Document]:
    found = draft.differences
    return [one.document for one in (*found.added, *found.changed)]


def _heading(edit: Edit, draft: Draft, to: Publication | None, language: str) -> Block:
    match edit.kind:
        case "reload":
            return bold(text("draft_reload", language))
        case "back" if to is not None:
            return bold(text("draft_back", language, **published_as(to, language)))
        case "put" if draft.differences.changed:
            return bold(text("draft_replaces", language, name=edit.name))
        case "put":
            return bold(text("draft_new", language, name=edit.name))
        case _:
            return bold(text("draft_removes", language, name=edit.name))


def _of_documents(draft: Draft, language: str) -> list[tuple[int, Block]]:
    """Return what is known of the documents that `draft` brings, in short."""
    lines = []
    for one in _documents(draft):
        title = text("field_title", language, value=one.title)
        lines.append((1, plain(cut(title, _TWO_LINES))))
        if one.date is not None:
            lines.append((1, plain(text("field_date", language, value=day_of(one, language)))))
        name = language_name(one.language, language)
        lines.append((3, plain(text("field_language", language, value=name))))
        if one.url is not None:
            link = text("field_link", language, value=one.url)
            lines.append((3, plain(cut(link, _TWO_LINES))))
        lines += [(1, _short(plain(note))) for note in scanned_note(one, language)]
    return lines


def _still_missing(draft: Draft, language: str) -> list[tuple[int, Block]]:
    unknown = missing(draft)
    names = [text(f"missing_{key}", language) for key in ("date", "url") if key in unknown]
    return [(0, bold(text("missing", language, fields=", ".join(names))))] if names else []


def _beginnings(draft: Draft) -> list[Block]:
    """Return how each document that `draft` brings begins, folded."""
    return [Block((Run(_beginning(one)),), FOLDS) for one in _documents(draft)]


def _details(
    edit: Edit, draft: Draft, answered: Sequence[Gap], language: str
) -> Iterable[Block | None]:
    """Yield all there is to say of `draft`, a line or a list of lines each."""
    for golden in draft.lost[:_LISTED]:
        yield plain(_expected(golden, language))
    yield _and_more(len(draft.lost), language)
    if answered:
        yield bold(text("gaps_would", language, count=len(answered)))
        for gap in answered[:_LISTED]:
            yield plain(f"– {gap.question}")
        yield _and_more(len(answered), language)
    if edit.kind == "put":
        for one in _documents(draft):
            yield from map(plain, _fields(one, language))
    else:
        yield from map(plain, changed_lines(draft, language, whole=True))
    if edit.kind in {"reload", "back"}:
        yield from map(plain, left_out_lines(draft, language, whole=True))
    found = draft.differences
    for key, names in (("people_come", found.people_added), ("people_go", found.people_removed)):
        if names:
            listed = ", ".join(names[:_LISTED])
            yield plain(text(key, language, names=listed))
            yield _and_more(len(names), language)
    if edit.kind == "put":
        yield plain(text("how_to_correct", language))


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


def _expected(golden: Golden, language: str) -> str:
    if golden.shows is None:
        return text("golden_declined", language, question=golden.question)
    return text("golden_shows", language, question=golden.question, shows=golden.shows)


def _and_more(count: int, language: str) -> Block | None:
    return plain(text("and_more", language, count=count - _LISTED)) if count > _LISTED else None


def _beginning(document: Document) -> str:
    if len(document.text) <= _FIRST_LINES:
        return document.text
    start = document.text[:_FIRST_LINES]
    last = re.search(r"\s\S*\Z", start)
    return start[: last.start()] if last is not None else start


def _short(block: Block) -> Block:
    """Return `block`, folded if it is longer than what is then seen of it."""
    folded = replace(block, quotation=FOLDS)
    return folded if phone_lines([folded]) < phone_lines([block]) else block


def _fitting(blocks: Sequence[tuple[int, Block]]) -> list[Block]:
    """Return what fits a screen of `blocks`, each with how well it can be spared: 0, not at all."""
    kept = list(blocks)
    while phone_lines(block for _, block in kept) > SCREEN:
        spared = max(range(len(kept)), key=lambda place: (kept[place][0], place))
        if kept[spared][0] == 0:
            break
        del kept[spared]
    return [block for _, block in kept]


def _pages(blocks: Iterable[Block]) -> Iterable[tuple[Block, ...]]:
    """Yield `blocks` on pages of a screen each; what is longer than one is folded."""
    page: list[Block] = []
    for block in blocks:
        shown = block if phone_lines([block]) <= SCREEN else _short(block)
        if page and phone_lines([*page, shown]) > SCREEN:
            yield tuple(page)
            page = []
        page.append(shown)
    if page:
        yield tuple(page)
