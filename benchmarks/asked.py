"""How far a question may be answered as one asked before: `python -m benchmarks.asked [FILE]`

Leaves each question of `asked.yaml` out in turn, looks for the one most like it among the others,
and prints for several likenesses and leads how many are like another, and to how many of them its
answer is right, is another sentence, or is one though they are to be declined.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

import knowledge
from bot.opening import builder, load_encoder
from bot.settings import Settings
from knowledge.asked import AskedBefore, is_same, read_asked
from knowledge.documents import read_documents
from knowledge.people import read_curated

_FOLDER = Path(knowledge.__file__).parent
_LIKENESSES = (0.7, 0.75, 0.8, 0.85, 0.9)
_LEADS = (0.0, 0.05, 0.08, 0.12)


def main() -> None:
    """Print the table."""
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else _FOLDER / "asked.yaml"
    settings = Settings()
    base = builder(settings, load_encoder(settings))(
        read_documents(_FOLDER / "documents", settings.documents.max_bytes).readable,
        curated=read_curated(_FOLDER / "people.yaml"),
        glossary=None,
        asked=read_asked(file),
        progress=None,
    )
    found = list(_left_out(base.asked))
    table = Table("likeness", "lead", "like another", "right", "other sentence", "not declined")
    for column in table.columns:
        column.justify = "right"
    for likeness in _LIKENESSES:
        for lead in _LEADS:
            like = [one for one in found if one.likeness >= likeness and one.lead >= lead]
            right = sum(one.is_right for one in like)
            undeclined = sum(one.is_undeclined for one in like)
            counts = (len(like), right, len(like) - right - undeclined, undeclined)
            table.add_row(f"{likeness:.2f}", f"{lead:.2f}", *map(str, counts))
    Console().print(f"{len(base.asked.known)} questions")
    Console().print(table)


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
        ranked = before.ranked(question, before.people.resolve(question.text))
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
