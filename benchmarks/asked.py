"""How far a question may be answered as one asked before: `python -m benchmarks.asked [FILE]`

Looks for each question of `asked.yaml` for the one most like it among the others, and prints for
several likenesses and leads how many are like another, and to how many of them its answer is right,
is another sentence, or is one though they are to be declined. Then asks each of them, a tenth left
out at a time, of a bot that knows the others and of one that knows none.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

import knowledge
from bot.opening import builder, load_encoder
from bot.settings import Settings
from knowledge.asked import Alike, Asked, AskedBefore, is_same, read_asked
from knowledge.documents import read_documents
from knowledge.glossary import read_glossary
from knowledge.knowledge_base import KnowledgeBase
from knowledge.people import read_curated

_FOLDER = Path(knowledge.__file__).parent
_LIKENESSES = (0.7, 0.75, 0.8, 0.85, 0.9)
_LEADS = (0.0, 0.05, 0.08, 0.12)
_FOLDS = 10
_OUTCOMES = ("right", "declined", "other sentence", "not declined")


def main() -> None:
    """Print the tables."""
    asked = read_asked(Path(sys.argv[1]) if len(sys.argv) > 1 else _FOLDER / "asked.yaml")
    settings = Settings()
    build = partial(
        builder(settings, load_encoder(settings)),
        read_documents(_FOLDER / "documents", settings.documents.max_bytes).readable,
        curated=read_curated(_FOLDER / "people.yaml"),
        glossary=read_glossary(),
        progress=None,
    )
    base = build(asked=asked)
    console = Console()
    console.print(f"{len(base.asked.known)} questions")
    console.print(_closest(list(_left_out(base.asked))))
    console.print(_answered(asked, base.asked, build))


def _closest(found: Sequence["_Found"]) -> Table:
    table = _table("likeness", "lead", "like another", "right", "other sentence", "not declined")
    for likeness in _LIKENESSES:
        for lead in _LEADS:
            like = [one for one in found if one.likeness >= likeness and one.lead >= lead]
            right = sum(one.is_right for one in like)
            undeclined = sum(one.is_undeclined for one in like)
            counts = (len(like), right, len(like) - right - undeclined, undeclined)
            table.add_row(f"{likeness:.2f}", f"{lead:.2f}", *map(str, counts))
    return table


def _answered(
    asked: Sequence[Asked], before: AskedBefore, build: Callable[..., KnowledgeBase]
) -> Table:
    table = _table("", *_OUTCOMES)
    folds: list[set[str]] = [set() for _ in range(_FOLDS)]
    for number, one in enumerate(before.known):
        folds[number % _FOLDS].add(one.question)
    none = build(asked=())
    with_none: Counter[str] = Counter()
    with_others: Counter[str] = Counter()
    for fold in folds:
        kept = [[text for text in entry.asked if text not in fold] for entry in asked]
        others = build(
            asked=[
                entry.model_copy(update={"asked": tuple(texts)})
                for entry, texts in zip(asked, kept, strict=True)
            ]
        )
        for one in before.known:
            if one.question in fold:
                with_none[_outcome(one, none)] += 1
                with_others[_outcome(one, others)] += 1
    for name, counts in (("none asked before", with_none), ("the others", with_others)):
        table.add_row(name, *(str(counts[outcome]) for outcome in _OUTCOMES))
    return table


def _outcome(asked: Alike, base: KnowledgeBase) -> str:
    """Return what comes of asking `base` what was `asked` before."""
    shown = {quote.highlight for quote in base.ask(asked.question).quotes}
    right = {one.passage.sentence_text(one.sentence) for one in asked.statements}
    if not right:
        return "not declined" if shown else "right"
    return "right" if shown & right else "other sentence" if shown else "declined"


def _table(*headings: str) -> Table:
    table = Table(*headings)
    for column in table.columns:
        column.justify = "right"
    return table


@dataclass(frozen=True, slots=True)
class _Found:
    """What would be answered by the question most like one, and by how much more it is so than any
    with another answer.
    """

    likeness: float
    lead: float
    is_right: bool
    is_undeclined: bool


def _left_out(before: AskedBefore) -> Iterator[_Found]:
    for asked, question in zip(before.known, before.questions, strict=True):
        ranked = before.ranked(question, before.people.resolve(question.text), 0.0)
        others = ((one, asks) for one, asks in ranked if one.question != asked.question)
        best, is_enough = next(others, (None, False))
        if best is None or not is_enough:
            continue
        rival = next((one for one, _ in others if not is_same(one, best)), None)
        is_right = is_same(best, asked)
        yield _Found(
            best.likeness,
            best.likeness - (rival.likeness if rival else 0.0),
            is_right,
            not is_right and not asked.statements,
        )


if __name__ == "__main__":
    main()
