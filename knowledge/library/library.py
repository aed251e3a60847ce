"""The knowledge base as its editors keep it: built aside, rehearsed, published, taken back.

What an edition holds comes from the files on disk and from the chat, and of both the last word
counts: a file of the disk is taken over when it is new, changed or gone since it was last looked
at, and until then stands as the editors left it.

Nothing here is safe to call from two threads at once; what it returns never changes.
"""

import datetime
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal, Protocol, TypeVar

from embeddings.cache import Progress
from knowledge.answering.overview import overview_answer
from knowledge.answering.shown import Shown
from knowledge.errors import DocumentError, KnowledgeError, OvertakenError
from knowledge.knowledge_base import KnowledgeBase
from knowledge.library.archive import KEPT, Archive
from knowledge.library.differences import Differences, differences
from knowledge.library.editions import (
    COMPANIONS,
    Edition,
    Held,
    Publication,
    Published,
    compare,
    is_document,
)
from knowledge.library.golden import Golden, read_golden
from knowledge.library.offers import Offers
from knowledge.library.recovery import Damage, find_damage, keep
from knowledge.library.verdicts import Verdicts
from knowledge.people.curated import Curated, check_roles, read_curated
from knowledge.people.person import Person
from knowledge.problems import Problem, problem
from knowledge.question.glossary import Glossary, read_glossary
from knowledge.quotes.answers import Answer
from knowledge.reading.documents import (
    Document,
    document_files,
    document_id,
    parse,
    read_bytes,
    with_metadata,
)
from knowledge.reading.file_names import safe_name
from knowledge.reading.metadata import Metadata, check_date
from knowledge.reading.parsing import Limits, Parser

Step = Literal["reading", "encoding", "rehearsing", "asking"]
Report = Callable[[Step, int, int], None]
"""Called with a step, how much of it is done, and how much there is to do."""


_SNAPSHOTS = 2  # kept: what serves, and what was built last beside it
_PEOPLE, _QUESTIONS, _GLOSSARY = COMPANIONS


def _nobody(step: Step, done: int, total: int) -> None: ...


class Build(Protocol):
    """KnowledgeBase.build with all that does not depend on the documents."""

    def __call__(
        self,
        documents: Sequence[Document],
        *,
        curated: Sequence[Curated],
        glossary: Glossary,
        progress: Progress | None,
    ) -> KnowledgeBase:
        """Return the knowledge base of `documents`."""
        ...


def files_in(folder: Path) -> dict[str, Path]:
    """Return the documents in `folder` and COMPANIONS beside them, by name.

    Raises DocumentError if it cannot be listed.
    """
    found = {file.name: file for file in document_files(folder)}
    beside = {name: folder / name for name in COMPANIONS}
    return found | {name: file for name, file in beside.items() if file.is_file()}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A knowledge base that can serve, and the edition that it is built from.

    `golden` are its golden questions, `problems` why not all there is on disk is in it. `offers`
    help on where there is no answer.
    """

    edition: Edition
    knowledge_base: KnowledgeBase
    golden: tuple[Golden, ...]
    offers: Offers
    problems: tuple[KnowledgeError, ...] = ()

    def ask(
        self,
        text: str,
        about: Person | None = None,
        meant: Person | None = None,
        otherwise: str | None = None,
        shown: Shown | None = None,
    ) -> Answer:
        """Return the answer of the knowledge base to `text`, with what to ask next where that helps
        on; see `KnowledgeBase.ask`.
        """
        base = self.knowledge_base
        answer = base.ask(text, about, meant, otherwise, shown)
        is_known = shown is not None and shown.version == base.version
        spoken_of = shown.documents(base.passages) if shown is not None and is_known else ()
        return self.offers.with_offers(answer.read_as or text, answer, about, spoken_of)

    def overview(self, document: Document, language: str) -> Answer | None:
        """Return `document` at a glance; None where it has no sentence."""
        answer = overview_answer(document, self.knowledge_base.statements, language)
        return answer and self.offers.with_offers("", answer)

    @property
    def examples(self) -> tuple[str, ...]:
        """Questions to begin with."""
        return tuple(one.question for one in self.golden if one.example)


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


class Library:
    """Editions in an archive, one of which serves, and the files on disk that they come from."""

    def __init__(self, archive: Archive, folder: Path, build: Build, max_bytes: int) -> None:
        """Read files of at most `max_bytes`, and build with `build`."""
        self._archive = archive
        self._folder = folder
        self._build = build
        self.max_bytes = max_bytes
        self._documents: dict[tuple[str, str], Document] = {}  # by name and SHA-256, as they came
        self._snapshots: OrderedDict[str, Snapshot] = OrderedDict()  # by edition, latest last
        self._verdicts = Verdicts()
        self.damage: Damage | None = None  # found when it was opened
        self._unwritten: tuple[int, Published] | None = None  # what serves, by the stamp then

    def open(self, *, is_published: bool, report: Report = _nobody) -> Snapshot:
        """Return what serves from a start on: what is published, with what has changed on disk.

        With `is_published` the change is. One that cannot be used, or makes a golden question fail
        that passed, waits for an editor, and is among the problems of the snapshot, as are damage
        to what was published and a state folder that may only be read. Raises KnowledgeError.
        """
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
        """Go on with what is whole where what was published is damaged; return what is wrong.

        With `is_kept` that is written, where the state folder can be. Raises DamagedError if
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
        """How many damaged files are kept for whoever repairs them."""
        return self._archive.damaged()

    def check_writable(self) -> None:
        """Raise KnowledgeError if nothing can be published."""
        if self.is_read_only:
            raise self._read_only()

    def _read_only(self) -> KnowledgeError:
        return KnowledgeError(problem("read_only", self._archive.folder))

    def stamp(self) -> int:
        """Return a number that is another one after each publication, by whatever process."""
        return self._archive.stamp()

    def serving(self, report: Report = _nobody) -> Snapshot:
        """Return the snapshot of what is published. Raises KnowledgeError if nothing is."""
        return self._snapshot_of(self._published().now, report)

    # What could serve.

    def first(self, report: Report = _nobody) -> Draft:
        """Return the draft of the files on disk alone; what cannot be read is left out."""
        return self._first(report, is_rehearsed=True)

    def _first(self, report: Report, *, is_rehearsed: bool) -> Draft:
        held: dict[str, Held] = {}
        seen: dict[str, str] = {}
        left_out: dict[str, Problem | str] = {}
        problems: list[DocumentError] = []
        with self._parser(report) as parser:
            for name, file in _reporting(files_in(self._folder), report):
                try:
                    data = read_bytes(file, self.max_bytes)
                    seen[name] = self._archive.put(data)
                    if is_document(name):
                        _refuse_twin(name, held)
                        document = self._parsed(name, Held(seen[name]), data, parser)
                        check_date(document.date, name)
                    held[name] = Held(seen[name])
                except DocumentError as error:
                    left_out[name] = error.problem or str(error)
                    problems.append(error)
        draft = self._draft(held, None, seen, left_out, report, is_rehearsed=is_rehearsed)
        return replace(draft, snapshot=replace(draft.snapshot, problems=tuple(problems)))

    def reload(self, report: Report = _nobody) -> Draft:
        """Return the draft with what has changed on disk since it was last looked at.

        Raises KnowledgeError, which names the file, if any of that cannot be used.
        """
        published = self._published()
        held = self._held(published)
        seen: dict[str, str] = {}
        left_out = dict(published.left_out)
        files = files_in(self._folder)
        if not any(map(is_document, files)) and any(map(is_document, published.seen)):
            raise KnowledgeError(problem("all_gone", self._folder))
        for name in published.seen.keys() - files.keys():
            left_out.pop(name, None)
            # Unless an editor put another one in its place.
            if name in held and held[name].sha256 == published.seen[name]:
                del held[name]
        with self._parser(report) as parser:
            for name, file in _reporting(files, report):
                data = read_bytes(file, self.max_bytes)
                seen[name] = hashlib.sha256(data).hexdigest()
                if published.seen.get(name) != seen[name]:
                    left_out.pop(name, None)
                    known = held[name].metadata if name in held else Metadata()
                    held[name] = Held(self._archive.put(data), known)
                    _refuse_twin(name, held)
                    if is_document(name):
                        check_date(self._parsed(name, held[name], data, parser).date, name)
        return self._draft(held, published, seen, left_out, report)

    def put(self, name: str, data: bytes, metadata: Metadata, report: Report = _nobody) -> Draft:
        """Return the draft in which the document called `name`, new or not, holds `data`.

        `metadata` goes over what was said of it before, and that over what the file says of
        itself. Raises KnowledgeError, which names the file, if it cannot be read or be called so.
        """
        published = self._published()
        held = self._held(published)
        name = safe_name(name)
        with self._parser(report) as parser:
            for other in [other for other in held if _is_called(other, name)]:
                metadata = metadata.over(held.pop(other).metadata)
            held[name] = Held(hashlib.sha256(data).hexdigest(), metadata)
            _refuse_twin(name, held)
            check_date(self._parsed(name, held[name], data, parser).date, name)
        self._archive.put(data)
        return self._draft(held, published, published.seen, published.left_out, report)

    def remove(self, name: str, report: Report = _nobody) -> Draft:
        """Return the draft without the document called `name`. Raises KnowledgeError if there is
        none.
        """
        published = self._published()
        held = self._held(published)
        if name not in held or not is_document(name):
            raise KnowledgeError(problem("no_such_document", name))
        del held[name]
        return self._draft(held, published, published.seen, published.left_out, report)

    def back(self, number: int | None = None, report: Report = _nobody) -> Draft:
        """Return the draft of what `roll_back` lets serve. Raises KnowledgeError as it does.

        No golden question is asked: it says what is known of them.
        """
        published = self._published()
        files = self._archive.edition(self._wanted(published, number).edition).files
        seen, left_out = published.seen, published.left_out
        return self._draft(files, published, seen, left_out, report, is_rehearsed=False)

    # What is published.

    def publish(self, draft: Draft) -> Snapshot:
        """Let `draft` serve from now on, and return its snapshot.

        Raises OvertakenError if something else was published since it was made, and KnowledgeError
        if it cannot be written; what served goes on serving then.
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
        return self._remember(draft.snapshot)

    def roll_back(self, number: int | None = None, report: Report = _nobody) -> Snapshot:
        """Let the publication `number` serve again, or the one that served before what does now.

        The files on disk stay as they were last looked at, so that a restart changes nothing.
        Raises KnowledgeError if it is not kept, and OvertakenError as `publish` does.
        """
        published = self._published()
        wanted = self._wanted(published, number)
        snapshot = self._snapshot_of(wanted, report)
        with self._archive.locked():
            if self._archive.published() != published:
                raise OvertakenError("something else was published in between")
            renewed = replace(published, current=wanted.number, left=published.current)
            self._archive.publish(renewed, snapshot.edition)
        return snapshot

    def forget_discarded(self, waiting: Iterable[bytes] = (), *, is_start: bool = False) -> None:
        """Forget files that were put and that no publication holds, but for those `waiting`; after
        the start of the bot also those of one that was killed.
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

    def _held(self, published: Published) -> dict[str, Held]:
        return dict(self._archive.edition(published.now.edition).files)

    def _draft(
        self,
        held: Mapping[str, Held],
        published: Published | None,
        seen: Mapping[str, str],
        left_out: Mapping[str, Problem | str],
        report: Report,
        *,
        is_rehearsed: bool = True,
    ) -> Draft:
        edition = Edition(held)
        now = None if published is None else published.now
        is_empty = now is not None and now.edition == edition.digest
        uncorrected = self._uncorrected(edition)  # before others take its room
        served = None if now is None else self._snapshot_of(now, report)
        for one in published.history if published is not None else ():
            self._verdicts.note(one.edition, one.passed)
        snapshot = self._snapshot(edition, report)
        if is_rehearsed and not is_empty:
            self._verdicts.ask(snapshot, uncorrected, partial(report, "rehearsing"))
        return Draft(
            snapshot,
            differences(None if served is None else served.knowledge_base, snapshot.knowledge_base),
            self._verdicts.passed(edition),
            self._verdicts.lost(snapshot, served, is_asked=is_rehearsed),
            is_empty,
            None if published is None else published.current,
            seen,
            left_out,
        )

    def _uncorrected(self, edition: Edition) -> Snapshot | None:
        """Return a snapshot of the files of `edition`, of which an editor said other things, that
        was rehearsed; None if there is none at hand.
        """
        files = {name: held.sha256 for name, held in edition.files.items()}
        for one in reversed(self._snapshots.values()):
            others = {name: held.sha256 for name, held in one.edition.files.items()}
            if files == others and self._verdicts.passed(one.edition) is not None:
                return one
        return None

    def _snapshot_of(self, publication: Publication, report: Report) -> Snapshot:
        known = self._snapshots.get(publication.edition)
        if known is not None:
            return self._remember(known)
        return self._snapshot(self._archive.edition(publication.edition), report)

    def _snapshot(self, edition: Edition, report: Report) -> Snapshot:
        """Return the snapshot of `edition`, built unless it is remembered."""
        if (known := self._snapshots.get(edition.digest)) is not None:
            return self._remember(known)
        with self._parser(report) as parser:
            documents = [
                self._parsed(name, held, None, parser)
                for name, held in _reporting(edition.documents, report)
            ]
        companions = {
            name: (self._archive.object(edition.files[name].sha256), name)
            for name in COMPANIONS
            if name in edition.files
        }
        built = assemble(edition, documents, companions, self._build, partial(report, "encoding"))
        return self._remember(built)

    def _remember(self, snapshot: Snapshot) -> Snapshot:
        """Keep `snapshot` and the one before it, and of the documents those that they hold."""
        self._snapshots[snapshot.edition.digest] = snapshot
        self._snapshots.move_to_end(snapshot.edition.digest)
        while len(self._snapshots) > _SNAPSHOTS:
            self._snapshots.popitem(last=False)
        kept = {
            (name, held.sha256)
            for one in self._snapshots.values()
            for name, held in one.edition.documents.items()
        }
        self._documents = {f: d for f, d in self._documents.items() if f in kept}
        return snapshot

    def _parser(self, report: Report) -> Parser:
        """Return what reads files, and lets `report` interrupt it while it does."""
        return Parser(Limits(self.max_bytes), partial(report, "reading", 0, 1), self._archive)

    def _parsed(self, name: str, held: Held, data: bytes | None, parser: Parser) -> Document:
        """Return the document in the file `held`, read once for all editions; `data` are its bytes
        where they are at hand.
        """
        found = self._documents.get((name, held.sha256))
        if found is None:
            data = self._archive.contents(held.sha256) if data is None else data
            found = parse(data, name, parser)
            self._documents[name, held.sha256] = found
        return with_metadata(found, held.metadata)


def assemble(
    edition: Edition,
    documents: Sequence[Document],
    companions: Mapping[str, tuple[Path, str]],
    build: Build,
    progress: Progress | None = None,
) -> Snapshot:
    """Return the snapshot of `documents` and of those COMPANIONS that there are, by name: where the
    file lies, and what an editor calls it.

    Raises KnowledgeError, which names the file, if one cannot be used.
    """
    if not documents:
        raise KnowledgeError(problem("no_documents"))
    golden = read_golden(*companions[_QUESTIONS]) if _QUESTIONS in companions else ()
    curated = read_curated(*companions[_PEOPLE]) if _PEOPLE in companions else ()
    if curated:
        check_roles(companions[_PEOPLE][1], curated, documents)
    base = build(
        documents,
        curated=curated,
        glossary=read_glossary(*companions.get(_GLOSSARY, ())),
        progress=progress,
    )
    return Snapshot(edition, base, golden, Offers(base, golden, progress))


def _kept(history: Sequence[Publication], current: int | None) -> list[Publication]:
    """Return what of `history` is kept beside one more: the latest, and what serves until then."""
    others = [one for one in history if one.number != current][-(KEPT - 2) :]
    return [one for one in history if one in others or one.number == current]


def _is_called(other: str, name: str) -> bool:
    """Return whether the file `other`, which may come from the disk, is `name` as a chat has it."""
    try:
        return is_document(other) and safe_name(other) == name
    except DocumentError:
        return False


def _refuse_twin(name: str, held: Mapping[str, Held]) -> None:
    """Raise DocumentError if another file of `held` makes a document of the same id."""
    documents = [other for other in (name, *held) if is_document(other)]
    for other in documents:
        if other != name and document_id(other) == document_id(name) and name in documents:
            raise DocumentError(problem("same_name", name, other=other))


File = TypeVar("File")


def _reporting(files: Mapping[str, File], report: Report) -> Iterator[tuple[str, File]]:
    """Yield the names and values of `files`, and `report` each."""
    for number, item in enumerate(files.items(), start=1):
        yield item
        report("reading", number, len(files))
