"""Files of questions put to the bot, as `rapporteur evaluate` does.

Golden questions (YAML) are put to the documents the bot answers from; questions in SQuAD's JSON to
the articles of their file, with the same settings.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.errors import BotError
from bot.opening import Build, open_knowledge_base
from bot.settings import Settings
from embeddings.cache import Progress
from knowledge.answers import Answer
from knowledge.errors import DocumentError
from knowledge.evaluation import ask, ask_golden, of_articles
from knowledge.golden import Golden, read_golden
from knowledge.knowledge_base import KnowledgeBase
from knowledge.measures import Outcome
from knowledge.squad import Article, read_squad

Half = Literal["odd", "even"]
Bar = Callable[[str], Progress]
"""Begins a progress bar with a label."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A golden question that was not answered right, and what it was answered."""

    golden: Golden
    answer: Answer


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What came of the questions of the file `name`, in its order, put to `base`.

    `left_out` articles of the file were kept from `base`. `failures` are those of golden
    questions, `problems` the documents that could not be read.
    """

    name: str
    format: Literal["golden", "squad"]
    base: KnowledgeBase
    outcomes: tuple[Outcome, ...]
    left_out: int = 0
    failures: tuple[Failure, ...] = ()
    problems: tuple[DocumentError, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldenFile:
    """Golden questions of a file; None for those beside the documents."""

    name: str
    golden: tuple[Golden, ...] | None


@dataclass(frozen=True, slots=True)
class SquadFile:
    """Articles of a file, and the places of those to leave out of the documents."""

    name: str
    articles: tuple[Article, ...]
    left_out: frozenset[int]


def read_files(
    files: Sequence[Path], *, language: str | None = None, leave_out: Half | None = None
) -> list[GoldenFile | SquadFile]:
    """Return the questions of `files`, or the golden ones beside the documents if there are none.

    `language` is that of SQuAD files, `leave_out` the half of their articles to leave out, counted
    from 1. Raises KnowledgeError or BotError, which name the file or the option.
    """
    read = [_read(file, language, leave_out) for file in files]
    if not any(isinstance(one, SquadFile) for one in read):
        for option, value in (("--leave-out", leave_out), ("--language", language)):
            if value is not None:
                raise BotError(f"{option} is for files in SQuAD's format; name one (.json)")
    return read or [GoldenFile("questions.yaml", None)]


def evaluate(
    files: Sequence[GoldenFile | SquadFile], settings: Settings, build: Build, bar: Bar
) -> Iterator[Evaluation]:
    """Put the questions of each of `files` to the bot that `settings` describe and `build` builds.

    Raises as open_knowledge_base does.
    """
    for file in files:
        if isinstance(file, SquadFile):
            yield _evaluate_squad(file, build, bar)
        else:
            yield _evaluate_golden(file, settings, build, bar)


def _read(file: Path, language: str | None, leave_out: Half | None) -> GoldenFile | SquadFile:
    match file.suffix.lower():
        case ".yaml" | ".yml":
            if not file.exists():
                raise BotError(f"{file}: cannot be read (there is no such file)")
            golden = read_golden(file)
            if not golden:
                raise BotError(f"{file}: asks nothing; expected a list of golden questions")
            return GoldenFile(file.name, golden)
        case ".json":
            articles = read_squad(file, language)
            first = {None: len(articles), "odd": 0, "even": 1}[leave_out]
            left_out = frozenset(range(first, len(articles), 2))
            if len(left_out) == len(articles):
                raise BotError(f"{file}: has one article, and --leave-out {leave_out} leaves none")
            return SquadFile(file.name, articles, left_out)
        case _:
            raise BotError(f"{file}: expected golden questions (.yaml) or SQuAD's format (.json)")


def _evaluate_golden(file: GoldenFile, settings: Settings, build: Build, bar: Bar) -> Evaluation:
    opened = open_knowledge_base(settings, bar("encoding"), build)
    golden = opened.golden if file.golden is None else file.golden
    if not golden:
        raise BotError(
            "there are no golden questions beside the documents; write questions.yaml there, or"
            " name a file"
        )
    outcomes, failures = [], []
    advance = bar(file.name)
    for number, one in enumerate(golden, start=1):
        outcome, answer = ask_golden(one, opened.knowledge_base)
        outcomes.append(outcome)
        if not outcome.is_right:
            failures.append(Failure(one, answer))
        advance(number, len(golden))
    return Evaluation(
        name=file.name,
        format="golden",
        base=opened.knowledge_base,
        outcomes=tuple(outcomes),
        failures=tuple(failures),
        problems=opened.problems,
    )


def _evaluate_squad(file: SquadFile, build: Build, bar: Bar) -> Evaluation:
    held = [a for place, a in enumerate(file.articles) if place not in file.left_out]
    base = build([article.document for article in held], progress=bar("encoding"))
    cases = of_articles(file.articles, {file.articles[i].document.id for i in file.left_out})
    outcomes = []
    advance = bar(file.name)
    for number, case in enumerate(cases, start=1):
        outcomes.append(ask(case, base)[0])
        advance(number, len(cases))
    return Evaluation(
        name=file.name,
        format="squad",
        base=base,
        outcomes=tuple(outcomes),
        left_out=len(file.left_out),
    )
