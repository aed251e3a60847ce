"""What a question costs beside its encoding: `python -m benchmarks.warm [PASSAGES …]`

Builds knowledge bases of the founding document's paragraphs, numbered so that no two are alike,
and times whole answers against the encoding of the same questions, in turn, in one run.
"""

import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

import knowledge
from bot.settings import Settings
from embeddings.encoder import Encoder
from knowledge.documents import Document, read_document
from knowledge.golden import read_golden
from knowledge.knowledge_base import KnowledgeBase

_FOLDER = Path(knowledge.__file__).parent
_ROUNDS = 3


def main(sizes: Sequence[int]) -> None:
    encoder = Encoder()
    settings = Settings()
    questions = [g.question for g in read_golden(_FOLDER / "questions.yaml")]
    founding = read_document(next((_FOLDER / "documents").iterdir()), settings.documents.max_bytes)
    table = Table("passages", "encoding ms", "answer ms p50", "p95", "answer / encoding")
    with TemporaryDirectory() as folder:
        for size in sizes:
            base = KnowledgeBase.build(
                list(_documents(founding, size)),
                encoder,
                cache=Path(folder) / "vectors.sqlite",
                false_answer_rate=settings.answers.false_answer_rate,
            )
            encoding, answering = _times(questions, encoder.encode_query, base.ask)
            table.add_row(
                str(len(base.passages)),
                f"{median(encoding):.1f}",
                f"{median(answering):.1f}",
                f"{quantiles(answering, n=20)[-1]:.1f}",
                f"{median(answering) / median(encoding):.2f}",
            )
    Console().print(table)


def _documents(founding: Document, passages: int) -> list[Document]:
    """Return copies of `founding` with its words shuffled, about `passages` passages in all."""
    words = founding.text.split()
    shuffle = random.Random(0).shuffle  # noqa: S311, not for secrets
    copies = []
    for number in range(max(1, passages // len(founding.blocks))):
        text = founding.text
        if number:
            # Words trade places with words of their length, so that every block stays where it is.
            by_length: dict[int, list[str]] = {}
            for word in words:
                by_length.setdefault(len(word), []).append(word)
            for alike in by_length.values():
                shuffle(alike)
            shuffled = iter([by_length[len(word)].pop() for word in words])
            text = "\n".join(
                " ".join(next(shuffled) for _ in line.split()) for line in founding.text.split("\n")
            )
        copies.append(replace(founding, id=f"{founding.id}-{number}", text=text))
    return copies


def _times(
    questions: Sequence[str], *functions: Callable[[str], object]
) -> tuple[list[float], ...]:
    times: tuple[list[float], ...] = tuple([] for _ in functions)
    for turn in range(_ROUNDS + 1):
        for question in questions:
            for function, spent in zip(functions, times, strict=True):
                begin = time.perf_counter()
                function(question)
                if turn:  # the first turn warms up
                    spent.append(1000 * (time.perf_counter() - begin))
    return times


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [11, 1000])
