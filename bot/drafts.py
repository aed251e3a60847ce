"""What a change to the documents would do: in short on one screen of a phone, and in full on pages.

A block of the screen has a rank that says how easily it can be spared; rank 0 always stays.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.editors import Edit
from bot.gaps import Gap
from bot.messages import FOLDS, SCREEN, Block, Run, phone_lines, plain
from bot.reports import bold, changed_lines, counts_line, left_out_lines, passed_line, published_as
from bot.texts import language_name, text
from bot.wording import cut, day_of, reading_notes, scanned_note
from knowledge.library.drafts import Draft
from knowledge.library.editions import Publication
from knowledge.library.golden import Golden
from knowledge.reading.documents import Document

_TWO_LINES = 78  # characters
_FIRST_LINES = 300  # characters of a new document
_LISTED = 100  # names or questions before "and more"
_FIRST = 2  # entries of a list, which are spared less easily than how a document begins


@dataclass(frozen=True, slots=True)
class Sheet:
    """A change as it is shown to an editor: on one `screen`, and in full on `pages`."""

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
    """Return what `edit` would do; `draft` is its result.

    `preface` is said first; `answered` are the kept questions that the draft answers, and `to` is
    the publication that it goes back to.
    """
    ranked = [(0, _short(plain(preface)))] if preface else []
    ranked.append((0, _heading(edit, draft, to, language)))
    if edit.kind == "put":
        ranked += _of_documents(draft, language)
    else:
        ranked += [(1, plain(line)) for line in changed_lines(draft, language)]
    if edit.kind in {"reload", "back"}:
        ranked += [(1, _short(plain(line))) for line in left_out_lines(draft, language)]
    ranked += [(1, plain(line)) for line in counts_line(draft, language)]
    ranked += [(1, plain(line)) for line in passed_line(draft, language)]
    ranked += _ranked(_lost(draft, language))
    ranked += _ranked(_questions(answered, language))
    if edit.kind == "put":
        ranked += _still_missing(draft, language)
        is_scanned = any(one.notes.sureness is not None for one in _documents(draft))
        ranked += [(2 if is_scanned else 5, block) for block in _beginnings(draft)]
    screen = _fitting(ranked)
    groups = [*_details(edit, draft, answered, language)]
    details = [block for group in groups if not set(group) <= set(screen) for block in group]
    return Sheet(tuple(screen), tuple(_pages(details)))


def missing(draft: Draft) -> frozenset[str]:
    """Return which of "date" and "url" a document that `draft` adds or changes lacks; a guessed
    date counts as lacking.
    """
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
        case "put" if any(one.before is not None for one in draft.files):
            return bold(text("draft_replaces", language, name=edit.name))
        case "put":
            return bold(text("draft_new", language, name=edit.name))
        case _:
            return bold(text("draft_removes", language, name=edit.name))


def _of_documents(draft: Draft, language: str) -> list[tuple[int, Block]]:
    """Return, in short, what is known of the documents that `draft` adds or changes, ranked."""
    lines = []
    if not _documents(draft):
        lines.append((1, plain(text("draft_same", language))))
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
    """Return how each document that `draft` adds or changes begins."""
    return [_short(Block((Run(_beginning(one)),), "blockquote")) for one in _documents(draft)]


def _lost(draft: Draft, language: str) -> list[Block]:
    """Return the golden questions that `draft` loses, under a heading; [] if it loses none."""
    if not draft.lost:
        return []
    heading = bold(text("golden_lost", language, count=len(draft.lost)))
    return [heading, *_listed([plain(_expected(one, language)) for one in draft.lost], language)]


def _questions(answered: Sequence[Gap], language: str) -> list[Block]:
    """Return the kept questions that are `answered`, under a heading; [] if none is."""
    if not answered:
        return []
    heading = bold(text("gaps_would", language, count=len(answered)))
    asked = [Block((Run("– "), Run(gap.question, is_code=True))) for gap in answered]
    return [heading, *_listed(asked, language)]


def _ranked(blocks: Sequence[Block]) -> list[tuple[int, Block]]:
    """Return a heading and its list, ranked: the first entries are spared less easily."""
    return [(0 if n == 0 else 2 if n <= _FIRST else 6, block) for n, block in enumerate(blocks)]


def _details(
    edit: Edit, draft: Draft, answered: Sequence[Gap], language: str
) -> Iterator[list[Block]]:
    """Yield all there is to say of `draft`, in groups; a group is told whole or not at all."""
    yield _lost(draft, language)
    yield _questions(answered, language)
    if edit.kind == "put":
        for one in _documents(draft):
            yield [plain(line) for line in _fields(one, language)]
        yield _beginnings(draft)
    else:
        yield [plain(line) for line in changed_lines(draft, language, whole=True)]
    if edit.kind in {"reload", "back"}:
        yield [plain(line) for line in left_out_lines(draft, language, whole=True)]
    found = draft.differences
    for key, names in (("people_come", found.people_added), ("people_go", found.people_removed)):
        if names:
            listed = _listed([plain(name) for name in names], language)
            yield [bold(text(key, language, count=len(names))), *listed]
    if edit.kind == "put":
        yield [plain(text("how_to_correct", language))]


def _listed(blocks: Sequence[Block], language: str) -> list[Block]:
    listed = [*blocks[:_LISTED]]
    if len(blocks) > _LISTED:
        listed.append(plain(text("and_more", language, count=len(blocks) - _LISTED)))
    return listed


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


def _beginning(document: Document) -> str:
    if len(document.text) <= _FIRST_LINES:
        return document.text
    start = document.text[:_FIRST_LINES]
    last = re.search(r"\s\S*\Z", start)
    return start[: last.start()] if last is not None else start


def _short(block: Block) -> Block:
    """Return `block`, folded if that makes it shorter."""
    folded = replace(block, quotation=FOLDS)
    return folded if phone_lines([folded]) < phone_lines([block]) else block


def _fitting(blocks: Sequence[tuple[int, Block]]) -> list[Block]:
    """Return those of `blocks`, each with its rank, that fit a screen: the highest rank goes first,
    and of equals the last; rank 0 stays, whatever its length.
    """
    kept = list(blocks)
    while phone_lines(block for _, block in kept) > SCREEN:
        spared = max(range(len(kept)), key=lambda place: (kept[place][0], place))
        if kept[spared][0] == 0:
            break
        del kept[spared]
    return [block for _, block in kept]


def _pages(blocks: Iterable[Block]) -> Iterator[tuple[Block, ...]]:
    """Yield `blocks` on pages of a screen each; a block longer than a screen is folded."""
    page: list[Block] = []
    for block in blocks:
        shown = block if phone_lines([block]) <= SCREEN else _short(block)
        if page and phone_lines([*page, shown]) > SCREEN:
            yield tuple(page)
            page = []
        page.append(shown)
    if page:
        yield tuple(page)
