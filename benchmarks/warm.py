"""What a warm question takes: `python -m benchmarks.warm [COPIES ...]`

Asks the golden questions of the founding document, each new to the bot, of it and of so many copies
of it with their words shuffled (99 and 999 unless told), in turn with the encoding of the same
question alone, which is the baseline.
"""

import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from rich.console import Console
from rich.table import Table

import knowledge
from embeddings.encoder import Encoder
from embeddings.multilingual import multilingual_encoder
from knowledge.documents import Document, read_documents
from knowledge.golden import read_golden
from knowledge.knowledge_base import KnowledgeBase

_PACKAGED = Path(knowledge.__file__).parent
_WARM = 10  # questions before any is timed


def main(copies: Sequence[int]) -> None:
    (founding,) = read_documents(_PACKAGED / "documents", 10_000_000).readable
    questions = [golden.question for golden in read_golden(_PACKAGED / "questions.yaml")]
    encoder = Encoder()
    table = Table(
        "passages", "build s", "encoding p50 ms", "answer p50 ms", "p95 ms", "ratio of p50"
    )
    with TemporaryDirectory() as folder:
        for count in (0, *copies):
            documents = [founding, *(_shuffled(founding, number) for number in range(count))]
            begin = time.perf_counter()
            base = KnowledgeBase.build(
                documents, encoder, cache=Path(folder) / "vectors", false_answer_rate=0.02
            )
            built = time.perf_counter() - begin
            encoding, answering = [], []
            for number, question in enumerate(questions):
                alone = _milliseconds(multilingual_encoder().encode_query, question)
                whole = _milliseconds(base.ask, question)
                if number >= _WARM:
                    encoding.append(alone)
                    answering.append(whole)
            table.add_row(
                str(len(base.passages)),
                f"{built:.1f}",
                f"{np.median(encoding):.1f}",
                f"{np.median(answering):.1f}",
                f"{np.percentile(answering, 95):.1f}",
                f"{np.median(answering) / np.median(encoding):.2f}",
            )
    Console().print(table)


def _shuffled(document: Document, number: int) -> Document:
    """Return `document` under another id, with the words of each block shuffled."""
    rng = random.Random(number)
    text = document.text
    for block in document.blocks:
        words = text[block.start : block.end].split(" ")
        rng.shuffle(words)
        text = text[: block.start] + " ".join(words) + text[block.end :]
    return replace(document, id=f"{document.id}-{number}", text=text)


def _milliseconds(call: Callable[[str], object], question: str) -> float:
    begin = time.perf_counter()
    call(question)
    return 1000 * (time.perf_counter() - begin)


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [99, 999])
