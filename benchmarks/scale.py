"""How the cost grows with an archive: `python -m benchmarks.scale [SENTENCES …]`

Builds archives of 1,000, 3,000 and 10,000 sentences by default: the documents of the corpus and, if
more are wanted, copies with other names and numbers. For each, in a process of its own: the first
build, if its vectors are not kept yet; a start on kept vectors, by stage, with what each stage
holds; forty questions to documents that are in all archives; and the memory while a document is
replaced. An exponent is the slope of a line through the logarithms: 1 is as the archive grows.

`--state FOLDER` keeps vectors there for the next run. With `--made-up` those of documents are made
up, which changes neither memory nor the time of other stages; then nothing is asked.
"""

import argparse
import gc
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.archives import asked_of, labelled, name_words, write_archive
from benchmarks.made_up import make_up
from bot import opening
from bot.settings import Documents, Settings, Storage
from embeddings.encoder import Encoded, Span
from embeddings.models import Models
from knowledge import knowledge_base
from knowledge.library import snapshots
from knowledge.library.snapshots import Snapshot
from knowledge.people import names_in_text
from knowledge.question.elsewhere import Vocabulary
from knowledge.question.questions import understand
from knowledge.reading.metadata import Metadata
from knowledge.search import candidates, shelving

_ASKED = 40
_READ = 10  # candidates that the reader may read
_Questions = Sequence[tuple[str, tuple[str, ...]]]

# What builds a part: its stage, and where and by what name it is called.
_STAGES: tuple[tuple[str, ModuleType | type, str], ...] = (
    ("files", opening, "read_documents"),
    ("passages", knowledge_base, "split"),
    ("vectors", names_in_text, "encode_cached"),
    ("vectors", shelving, "encode_cached"),
    ("vectors", candidates, "encode_cached"),
    ("people", knowledge_base, "find_named"),
    ("people", knowledge_base, "People"),
    ("statements", knowledge_base, "Statements"),
    ("vocabulary", Vocabulary, "of"),
    ("shelves", knowledge_base, "shelve"),
    ("store", knowledge_base, "store_of"),
    ("written", knowledge_base, "Written"),
    ("spelling", knowledge_base, "Spelling"),
    ("asking", knowledge_base, "asking_of"),
    ("versions", knowledge_base, "Versions"),
    ("errata", knowledge_base, "Errata"),
    ("offers", snapshots, "Offers"),
)


@dataclass(slots=True)
class Measured:
    """What an archive costs: seconds and bytes by stage, and the rest as in the tables."""

    words: int = 0
    sentences: int = 0
    first: float = 0.0
    encoded: int = 0
    start: float = 0.0
    seconds: dict[str, float] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)
    resident: int = 0
    replaced: int = 0
    asked: list[float] = field(default_factory=list)
    found: int = 0
    right: int = 0


def main(sizes: Sequence[int], state: Path | None, *, is_made_up: bool) -> None:
    documents = labelled()
    questions = [] if is_made_up else asked_of(documents, _ASKED)
    names = name_words(documents) if is_made_up else frozenset()
    measured = []
    for size in sizes:
        with TemporaryDirectory() as place:
            folder = Path(place) / "documents"
            folder.mkdir()
            write_archive(documents, size, folder)
            at = state or Path(place) / "state"
            one = Measured()
            for measure in (_build, _start, _replace):
                # Each in a process of its own, since memory once taken is not given back.
                with multiprocessing.get_context("spawn").Pool(1) as pool:
                    one = pool.apply(measure, (one, folder, at, questions, names))
            measured.append(one)
    _show(measured, is_asked=not is_made_up)


def _settings(folder: Path, state: Path) -> Settings:
    return Settings(
        documents=Documents(folder=folder, max_words=10**9), storage=Storage(path=state)
    )


def _build(
    one: Measured, folder: Path, state: Path, _: _Questions, names: frozenset[str]
) -> Measured:
    """Build the archive in `folder`, and note how long that took and how many texts it encoded."""
    models = _models(names)

    def report(_: int, total: int) -> None:
        one.encoded = total

    begin = time.perf_counter()
    opening.open_folder(_settings(folder, state), models, report)
    one.first = time.perf_counter() - begin
    return one


def _start(
    one: Measured, folder: Path, state: Path, questions: _Questions, names: frozenset[str]
) -> Measured:
    """Build it again on kept vectors, by stage; ask `questions`; count what each part holds."""
    models = _models(names)
    clock = _Clock()
    for stage, owner, name in _STAGES:
        setattr(owner, name, clock.timed(stage, getattr(owner, name)))
    gc.collect()
    before = _status("VmRSS")
    begin = time.perf_counter()
    snapshot = opening.open_folder(_settings(folder, state), models)
    one.start = time.perf_counter() - begin
    gc.collect()
    one.resident = _status("VmRSS") - before
    one.seconds = clock.seconds
    base = snapshot.knowledge_base
    one.words = sum(len(document.text.split()) for document in base.documents)
    one.sentences = sum(len(passage.sentences) for passage in base.passages)
    one.held = _held(snapshot, models)
    for question, answers in questions:
        _ask(one, snapshot, question, answers)
    return one


def _replace(
    one: Measured, folder: Path, state: Path, _: _Questions, names: frozenset[str]
) -> Measured:
    """Publish the archive, replace a document, and note the most memory that it took meanwhile."""
    models = _models(names)
    gc.collect()
    before = _status("VmRSS")
    with TemporaryDirectory() as place:
        settings = _settings(folder, Path(place))
        (Path(place) / "vectors.sqlite").symlink_to((state / "vectors.sqlite").resolve())
        library = opening.open_library(settings, models)
        library.open(is_published=True)
        file = min(folder.glob("*-0.txt"))
        data = file.read_bytes() + b"\nOne more paragraph stands at the end of this document.\n"
        Path("/proc/self/clear_refs").write_text("5")  # from here on the peak counts
        library.publish(library.put(file.name, data, Metadata()))
    one.replaced = _status("VmHWM") - before
    return one


def _ask(one: Measured, snapshot: Snapshot, question: str, answers: Sequence[str]) -> None:
    """Ask `question`, and note the time, whether one of `answers` is in a passage that the reader
    may read, and whether it is what is shown.
    """
    begin = time.perf_counter()
    answer = snapshot.ask(question)
    one.asked.append(time.perf_counter() - begin)
    near = snapshot.knowledge_base.reading.candidates
    asked = understand(question)
    passages = near.closest(asked, near.encode(asked), _READ)
    one.found += any(said in passage.text for passage in passages for said in answers)
    one.right += any(quote.highlight in said for quote in answer.quotes[:1] for said in answers)


class _Clock:
    """The seconds that each stage takes, without those of stages within it."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._within: list[float] = []  # seconds of what the stages now open have called

    def timed(self, stage: str, act: Callable[..., Any]) -> Callable[..., Any]:
        """Return `act`, timed as part of `stage`."""

        @wraps(act)
        def timed(*args: Any, **kwargs: Any) -> Any:
            begin = time.perf_counter()
            self._within.append(0.0)
            try:
                return act(*args, **kwargs)
            finally:
                spent = time.perf_counter() - begin
                own = spent - self._within.pop()
                self.seconds[stage] = self.seconds.get(stage, 0.0) + own
                if self._within:
                    self._within[-1] += spent

        return timed


# --- Memory ---------------------------------------------------------------------------------------


def _status(key: str) -> int:
    """Return what the system says of the memory of this process, in bytes."""
    status = Path("/proc/self/status").read_text()
    return int(status.split(f"{key}:")[1].split()[0]) * 1024


def _held(snapshot: Snapshot, models: Models) -> dict[str, int]:
    """Return the bytes that each part holds and that no part before it does."""
    base = snapshot.knowledge_base
    parts: dict[str, object] = {
        "glossary": base.search.glossary,
        "files": base.documents,
        "passages": base.passages,
        "people": (base.people, base._by_id),
        "statements": base.statements,
        "vocabulary": base.search.vocabulary,
        "shelves": base.search.shelves,
        "store": base.reading.candidates,
        "written": base.reading.written,
        "spelling": base.spelling,
        "versions": base.versions,
        "errata": base.errata,
        "asking": base,
        "offers": snapshot,
    }
    seen: set[int] = set()
    _size(models, seen)
    return {stage: _size(part, seen) for stage, part in parts.items()}


def _size(start: object, seen: set[int]) -> int:
    """Return the bytes of `start` and of all that it refers to and is not `seen` yet."""
    total, waiting = 0, [start]
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(
            one, type | ModuleType | FunctionType | BuiltinFunctionType
        ):
            continue
        seen.add(id(one))
        total += sys.getsizeof(one)
        if isinstance(one, np.ndarray):  # of which the collector knows nothing
            waiting += [] if one.base is None else [one.base]
        elif isinstance(one, memoryview):
            waiting.append(one.obj)
        else:
            waiting += gc.get_referents(one)
    return total


# --- Made-up vectors ------------------------------------------------------------------------------


def _models(names: frozenset[str]) -> Models:
    """Return the models; if there are `names`, those that make up vectors and tag these names."""
    models = opening.load_models(Settings())
    if names:
        for encoder in (models.encoder, models.multilingual):
            make_up(encoder)
        vars(models.tagger).update(encode_passages_and_words=_tagger(names))
    return models


def _tagger(names: frozenset[str]) -> Callable[..., list[Encoded]]:
    """Return what tags `names`, with any ending."""
    stems = {name[: max(4, len(name) - 2)] for name in names}

    def tag(text: str, spans: Iterable[Span]) -> Encoded:
        words = (text[start:end] for start, end in spans)
        is_name = [any(word[:length] in stems for length in range(4, 20)) for word in words]
        return Encoded(np.zeros(1, np.float32), np.array(is_name, np.float32).reshape(-1, 1))

    return lambda texts, words: [tag(*one) for one in zip(texts, words, strict=True)]


# --- Tables ---------------------------------------------------------------------------------------


def _show(measured: Sequence[Measured], *, is_asked: bool) -> None:
    words = [one.words for one in measured]
    columns, console = [f"{one.sentences:,} sentences" for one in measured], Console(width=140)
    table = Table("seconds of a start", *columns, "exponent")
    for stage in dict.fromkeys(stage for stage, _, _ in _STAGES):
        spent = [one.seconds[stage] for one in measured]
        table.add_row(stage, *(f"{s:.2f}" for s in spent), _exponent(words, spent))
    spent = [one.start for one in measured]
    table.add_row("all", *(f"{s:.2f}" for s in spent), _exponent(words, spent))
    console.print(table)
    table = Table("bytes held, per word", *columns, "exponent")
    for stage in measured[0].held:
        held = [one.held[stage] for one in measured]
        table.add_row(stage, *_per_word(held, words), _exponent(words, held))
    for name, sizes in (
        ("all of these", [sum(one.held.values()) for one in measured]),
        ("resident", [one.resident for one in measured]),
        ("while replaced", [one.replaced for one in measured]),
    ):
        table.add_row(name, *_per_word(sizes, words), _exponent(words, sizes))
    console.print(table)
    table = Table("", *columns)
    table.add_row("words", *(f"{n:,}" for n in words))
    table.add_row("resident MB", *(f"{one.resident / 1e6:.0f}" for one in measured))
    table.add_row("while replaced MB", *(f"{one.replaced / 1e6:.0f}" for one in measured))
    table.add_row("first build s", *(f"{one.first:.1f}" for one in measured))
    table.add_row("of which encoded texts", *(f"{one.encoded:,}" for one in measured))
    if is_asked:
        for name, place in (("p50", 9), ("p95", 18)):
            spent = [quantiles(one.asked, n=20)[place] for one in measured]
            table.add_row(f"question {name} ms", *(f"{1000 * seconds:.0f}" for seconds in spent))
        table.add_row("passage found", *(f"{one.found / _ASKED:.3f}" for one in measured))
        table.add_row("answered right", *(f"{one.right / _ASKED:.3f}" for one in measured))
    console.print(table)


def _per_word(sizes: Sequence[int], words: Sequence[int]) -> list[str]:
    return [f"{size / count:.0f}" for size, count in zip(sizes, words, strict=True)]


def _exponent(words: Sequence[int], costs: Sequence[float]) -> str:
    """Return the power of the number of words by which `costs` grow; "" if that cannot be told."""
    if len(words) < 2 or min(costs) <= 0:
        return ""
    return f"{np.polyfit(np.log(words), np.log(costs), 1)[0]:.2f}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sentences", nargs="*", type=int)
    parser.add_argument("--state", type=Path)
    parser.add_argument("--made-up", action="store_true")
    given = parser.parse_args()
    main(given.sentences or [1_000, 3_000, 10_000], given.state, is_made_up=given.made_up)
