"""The founding document as people ask about it: `python -m benchmarks.founding [EVERY]`

Asks the packaged documents the wordings of `founding.yaml`, or one in EVERY of them, outside of any
conversation. Prints how many are answered right, answered with another sentence, declined, or
answered although they should be declined.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import yaml
from rich.console import Console
from rich.table import Table

from bot.opening import open_folder
from bot.settings import Settings, Storage
from embeddings.encoder import Encoder
from embeddings.models import with_bundled
from knowledge.knowledge_base import KnowledgeBase
from knowledge.quotes.answers import Answer
from knowledge.words.detection import detect

FILE = Path(__file__).with_name("founding.yaml")
Verdict = Literal["right", "another sentence", "declined", "not declined"]


@dataclass(frozen=True, slots=True)
class Wording:
    """A question, and what answers it: a sentence with one of the texts `shows`, or the list that
    `lists` names. Without either it is to be declined.
    """

    text: str
    shows: tuple[str, ...]
    lists: str | None


def read_wordings() -> tuple[Wording, ...]:
    """Return the wordings of the file, in order."""
    return tuple(
        Wording(text, tuple(entry.get("shows", ())), entry.get("lists"))
        for entry in yaml.safe_load(FILE.read_text("utf-8"))
        for text in entry["asked"]
    )


def verdict(wording: Wording, answer: Answer) -> Verdict:
    """Return what `answer` is worth; asking back counts as declining."""
    is_answered = answer.status == "answered"
    if wording.lists is None and not wording.shows:
        return "not declined" if is_answered else "right"
    if not is_answered:
        return "declined"
    if wording.lists is not None and answer.is_whole:
        return "right"
    shown = [" ".join(quote.highlight.split()) for quote in answer.quotes]
    is_shown = any(" ".join(text.split()) in one for text in wording.shows for one in shown)
    return "right" if is_shown else "another sentence"


def verdicts(base: KnowledgeBase, every: int = 1) -> Iterator[tuple[Wording, Verdict]]:
    """Yield one in `every` wordings, and the verdict on the answer of `base` to it."""
    for wording in read_wordings()[::every]:
        yield wording, verdict(wording, base.ask(wording.text))


def main(every: int) -> None:
    with TemporaryDirectory() as folder:
        settings = Settings(storage=Storage(path=Path(folder)))
        base = open_folder(settings, with_bundled(Encoder())).knowledge_base
        found = list(verdicts(base, every))
    table = Table("asked in", "wordings", "right", "another sentence", "declined", "not declined")
    for language in ("en", "ru", "kk", "all"):
        own = [v for w, v in found if language in {detect(w.text), "all"}]
        counts = Counter(own)
        names = ("right", "another sentence", "declined", "not declined")
        table.add_row(language, str(len(own)), *(str(counts[name]) for name in names))
    Console().print(table)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
