"""The cost of a reload: `python -m benchmarks.reload [PASSAGES …]`

Publishes folders of documents, each of ten paragraphs of the founding document with their words
shuffled so that no two are alike; then reloads them with nothing changed, and with one document in
a hundred changed. Ratios are to the first publication of the same folder, in the same run.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from bot.opening import load_models, open_library
from bot.settings import Documents, Settings, Storage
from knowledge import FOUNDING
from knowledge.library.drafts import Draft
from knowledge.library.progress import Step
from knowledge.reading.documents import read_document

_FOUNDING = next(FOUNDING.glob("*.txt"))
_A_DOCUMENT = 10  # passages


def main(sizes: list[int]) -> None:
    table = Table("passages", "reload", "s", "of first", "encoded")
    models = load_models(Settings())
    for size in sizes:
        with TemporaryDirectory() as place:
            folder = Path(place) / "documents"
            folder.mkdir()
            texts = _paragraphs()
            for number in range(max(1, size // _A_DOCUMENT)):
                paragraphs = [next(texts) for _ in range(_A_DOCUMENT)]
                (folder / f"{number}.txt").write_text("\n".join(paragraphs), "utf-8")
            settings = Settings(
                documents=Documents(folder=folder), storage=Storage(path=Path(place) / "state")
            )
            library = open_library(settings, models)
            first = 0.0
            for what, reload in (
                ("first", library.first),
                ("nothing changed", library.reload),
                ("1 % changed", library.reload),
            ):
                if what == "1 % changed":
                    for number in range(0, max(1, size // _A_DOCUMENT), 100):
                        paragraphs = [next(texts) for _ in range(_A_DOCUMENT)]
                        (folder / f"{number}.txt").write_text("\n".join(paragraphs), "utf-8")
                spent, encoded = _publish(library.publish, reload)
                first = first or spent
                row = (what, f"{spent:.2f}", f"{spent / first:.3f}", str(encoded))
                table.add_row(str(size) if what == "first" else "", *row)
    Console().print(table)


def _publish(publish: Callable[[Draft], object], reload: Callable[..., Draft]) -> tuple[float, int]:
    """Return the seconds until the draft of `reload` is published, and the texts it encoded."""
    encoded = 0

    def report(step: Step, _: int, total: int) -> None:
        nonlocal encoded
        if step == "encoding":
            encoded = total

    begin = time.perf_counter()
    publish(reload(report))
    return time.perf_counter() - begin, encoded


def _paragraphs() -> Iterator[str]:
    """Yield the paragraphs of the founding document without end, with their words shuffled."""
    document = read_document(_FOUNDING, Settings().documents.max_bytes)
    shuffle = random.Random(0).shuffle
    while True:
        for block in document.blocks:
            words = document.text[block.start : block.end].split()
            shuffle(words)
            yield " ".join(words)


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [100, 1000, 10_000])
