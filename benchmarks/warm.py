"""The cost of a question compared with its encoding: `python -m benchmarks.warm [PASSAGES …]`

Builds knowledge bases of the founding document's paragraphs, shuffled so that no two are alike. For
each, times whole answers, the search alone (even if somebody is named), the encoding of the same
questions alone, and bm25s alone over the same passages, in turn, in one run. A question is encoded
as for an answer: if it is in another language than the text, by the multilingual model as well.
Vectors of passages are made up, since only their number affects the time; those of questions are
the models' own. How well a model knows a language is measured by how sentences fit their passages,
and shuffled ones do not fit; so the English model is declared to know all their words, as it knows
those of real English.
"""

import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import compress, cycle
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

import bm25s
from rich.console import Console
from rich.table import Table

from benchmarks.made_up import make_up
from bot.settings import Settings
from embeddings.encoder import Encoder
from embeddings.models import with_bundled
from embeddings.multilingual import multilingual_encoder
from knowledge import FOUNDING
from knowledge.knowledge_base import KnowledgeBase
from knowledge.library.golden import read_golden
from knowledge.question.questions import understand
from knowledge.question.word_vectors import encode
from knowledge.reading.documents import Document, read_document
from knowledge.search.retrieval import Query, Shelf
from knowledge.words.lexical import terms, words

_ROUNDS = 3


def main(sizes: Sequence[int]) -> None:
    settings = Settings()
    questions = [g.question for g in read_golden(FOUNDING / "questions.yaml")]
    founding = read_document(next(FOUNDING.glob("*.txt")), settings.documents.max_bytes)
    english = [understand(question).language == "en" for question in questions]
    encoder = Encoder()
    encoder.words |= frozenset(words(founding.text))
    for one in (encoder, multilingual_encoder()):
        make_up(one)
    columns = ("encoding", "bm25s", "answer", "p95", "search", "p95")
    table = Table("passages", "built s", "questions", *(f"{name} ms" for name in columns),
                  "answer / encoding", "search / encoding")  # fmt: skip
    with TemporaryDirectory() as folder:
        for size in sizes:
            begin = time.perf_counter()
            base = KnowledgeBase.build(
                list(_documents(founding, size)),
                with_bundled(encoder),
                cache=Path(folder) / "vectors.sqlite",
                false_answer_rate=settings.answers.false_answer_rate,
            )
            built = time.perf_counter() - begin
            bm25 = bm25s.BM25(method="lucene")
            bm25.index([terms(p.text, "en") for p in base.passages], show_progress=False)
            shelf = base.search.shelves[0]

            def search(text: str, shelf: Shelf = shelf) -> object:
                question = understand(text)
                is_own = question.language == shelf.language
                across = None if is_own else multilingual_encoder().encode_query(text).vector
                return shelf.closest(Query(question, encode(question, encoder), across), 5)

            def encode_alone(text: str) -> None:
                encoder.encode_query(text)
                if understand(text).language != "en":
                    multilingual_encoder().encode_query(text)

            def score(text: str, bm25: bm25s.BM25 = bm25) -> object:
                return bm25.get_scores(terms(text, "en"))

            times = _times(questions, encode_alone, score, base.ask, search)
            for kind, of_kind in (("all", times), ("English", _of(english, times))):
                encoding, by_words, answering, searching = of_kind
                table.add_row(
                    str(len(base.passages)),
                    f"{built:.1f}",
                    kind,
                    f"{median(encoding):.1f}",
                    f"{median(by_words):.1f}",
                    f"{median(answering):.1f}",
                    f"{quantiles(answering, n=20)[-1]:.1f}",
                    f"{median(searching):.1f}",
                    f"{quantiles(searching, n=20)[-1]:.1f}",
                    f"{median(answering) / median(encoding):.2f}",
                    f"{median(searching) / median(encoding):.2f}",
                )
    Console(width=140).print(table)


def _of(kind: Sequence[bool], times: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return those of `times`, in every round, that belong to questions of the `kind`."""
    return [list(compress(spent, cycle(kind))) for spent in times]


def _documents(founding: Document, passages: int) -> list[Document]:
    """Return copies of `founding` with its words shuffled, about `passages` passages in all."""
    words = founding.text.split()
    shuffle = random.Random(0).shuffle
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
    main([int(argument) for argument in sys.argv[1:]] or [11, 1000, 10_000])
