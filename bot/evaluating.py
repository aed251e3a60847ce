"""Ask the questions of files, as `rapporteur evaluate` does.

Golden questions (YAML) are asked of the documents that the bot answers from; questions in SQuAD's
JSON, of the articles of their file; those of a folder such as `benchmarks/reading/test`, each of
its own document alone. The settings are the same for all.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from bot.errors import BotError
from knowledge.evaluation.corpus import Labelled, read_corpus
from knowledge.evaluation.evaluation import ask, ask_golden, of_articles, of_labelled
from knowledge.evaluation.measures import Outcome
from knowledge.evaluation.squad import Article, read_squad
from knowledge.library.golden import Golden, read_golden
from knowledge.library.snapshots import Build, Snapshot
from knowledge.question.glossary import read_glossary
from knowledge.quotes.answers import Answer

Half = Literal["odd", "even"]
Report = Callable[[str, int, int], None]
"""Called with a step, how much of it is done, and how much there is to do."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A golden question that was not answered right, and the answer it had."""

    golden: Golden
    answer: Answer


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The outcomes of the questions of the file or folder `name`, in its order.

    `documents` and `passages` count what was asked, `left_out` the articles kept out of it.
    `failures` are those of golden questions.
    """

    name: str
    format: Literal["golden", "squad", "corpus"]
    documents: int
    passages: int
    outcomes: tuple[Outcome, ...]
    left_out: int = 0
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldenFile:
    """A file of golden questions; `golden` is None for those beside the documents."""

    name: str
    golden: tuple[Golden, ...] | None


@dataclass(frozen=True, slots=True)
class SquadFile:
    """A file's articles, and the indices of those to leave out of the documents."""

    name: str
    articles: tuple[Article, ...]
    left_out: frozenset[int]


@dataclass(frozen=True, slots=True)
class Corpus:
    """A folder's documents with their questions; each document is asked alone."""

    name: str
    labelled: tuple[Labelled, ...]


Read = GoldenFile | SquadFile | Corpus


def read_files(
    files: Sequence[Path], *, language: str | None = None, leave_out: Half | None = None
) -> list[Read]:
    """Return the questions of `files`; if there are no files, the golden questions beside the
    documents.

    `language` is that of SQuAD files, `leave_out` the half of their articles, counted from 1, to
    leave out. Raises KnowledgeError or BotError, which name the file or the option.
    """
    read = [_read(file, language, leave_out) for file in files]
    if not any(isinstance(one, SquadFile) for one in read):
        for option, value in (("--leave-out", leave_out), ("--language", language)):
            if value is not None:
                raise BotError(f"{option} is for files in SQuAD's format; name one (.json)")
    return read or [GoldenFile("questions.yaml", None)]


def evaluate(
    files: Sequence[Read],
    snapshot: Snapshot | None,
    build: Build,
    report: Report,
) -> Iterator[Evaluation]:
    """Yield the evaluation of each of `files`: golden questions are asked of `snapshot`, others of
    what `build` makes of their documents.

    Raises BotError, KnowledgeError or EmbeddingError, and ValueError for golden questions without
    a snapshot.
    """
    for file in files:
        if isinstance(file, SquadFile):
            yield _evaluate_squad(file, build, report)
        elif isinstance(file, Corpus):
            yield _evaluate_corpus(file, build, report)
        elif snapshot is None:
            raise ValueError(f"{file.name}: golden questions need a snapshot")
        else:
            yield _evaluate_golden(file, snapshot, report)


def _read(file: Path, language: str | None, leave_out: Half | None) -> Read:
    if file.is_dir():
        return Corpus(file.name, read_corpus(file))
    match file.suffix.lower():
        case ".yaml" | ".yml":
            if not file.exists():
                raise BotError(f"{file}: cannot be read (there is no such file)")
            golden = read_golden(file)
            if not golden:
                raise BotError(f"{file}: has no questions; expected a list of golden questions")
            return GoldenFile(file.name, golden)
        case ".json":
            articles = read_squad(file, language and language.lower())
            first = {None: len(articles), "odd": 0, "even": 1}[leave_out]
            left_out = frozenset(range(first, len(articles), 2))
            if len(left_out) == len(articles):
                raise BotError(f"{file}: has one article, and --leave-out {leave_out} leaves none")
            return SquadFile(file.name, articles, left_out)
        case _:
            raise BotError(
                f"{file}: expected golden questions (.yaml), SQuAD's format (.json) or a folder"
            )


def _evaluate_golden(file: GoldenFile, snapshot: Snapshot, report: Report) -> Evaluation:
    golden = snapshot.golden if file.golden is None else file.golden
    if not golden:
        raise BotError(
            "there are no golden questions beside the documents; write questions.yaml there, or"
            " name a file"
        )
    base = snapshot.knowledge_base
    outcomes, failures = [], []
    for number, one in enumerate(golden, start=1):
        outcome, answer = ask_golden(one, base)
        outcomes.append(outcome)
        if not outcome.is_right:
            failures.append(Failure(one, answer))
        report(file.name, number, len(golden))
    return Evaluation(
        file.name,
        "golden",
        len(base.documents),
        len(base.passages),
        tuple(outcomes),
        failures=tuple(failures),
    )


def _evaluate_squad(file: SquadFile, build: Build, report: Report) -> Evaluation:
    held = [a for place, a in enumerate(file.articles) if place not in file.left_out]
    base = build(
        [article.document for article in held],
        curated=(),
        glossary=read_glossary(),
        progress=partial(report, "encoding"),
    )
    cases = of_articles(file.articles, {file.articles[i].document.id for i in file.left_out})
    outcomes = []
    for number, case in enumerate(cases, start=1):
        outcomes.append(ask(case, base)[0])
        report(file.name, number, len(cases))
    return Evaluation(
        file.name,
        "squad",
        len(base.documents),
        len(base.passages),
        tuple(outcomes),
        left_out=len(file.left_out),
    )


def _evaluate_corpus(file: Corpus, build: Build, report: Report) -> Evaluation:
    outcomes = []
    passages = 0
    for number, one in enumerate(file.labelled, start=1):
        base = build([one.document], curated=(), glossary=read_glossary(), progress=None)
        passages += len(base.passages)
        outcomes += [ask(case, base)[0] for case in of_labelled(one)]
        report(file.name, number, len(file.labelled))
    return Evaluation(file.name, "corpus", len(file.labelled), passages, tuple(outcomes))
