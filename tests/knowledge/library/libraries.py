"""Libraries over small folders, for tests of what editors do."""

import datetime
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from embeddings.models import Models
from knowledge.knowledge_base import KnowledgeBase
from knowledge.library.archive import Archive
from knowledge.library.golden import Golden
from knowledge.library.library import Library

WELL = "The well was dug in 1897 by Anna Karimova."
PRISON = "The prison of the north holds 300 people."
GOLDEN = """
- {question: "When was the well dug?", shows: "1897", example: true}
- {question: "Who invented the telephone?", declined: true}
"""
DAY = datetime.date(2021, 5, 17)


def write(folder: Path, **files: str) -> None:
    """Write each of `files`, such as well_txt="…", into `folder`."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, "utf-8")


def library_over(
    folder: Path,
    state: Path,
    models: Models,
    max_bytes: int = 100_000,
    max_words: int = 250_000,
) -> Library:
    """Return the library in `state` over `folder`, as a start of the bot makes it."""
    build = partial(
        KnowledgeBase.build,
        models=models,
        cache=state / "vectors.sqlite",
        false_answer_rate=0.02,
    )
    return Library(Archive(state / "library"), folder, build, max_bytes, max_words)


def put_vectors(state: Path, models: Models) -> None:
    """Put into `state` the vectors of WELL, PRISON and GOLDEN, so that no test makes them again."""
    state.mkdir(exist_ok=True)
    file = state / "vectors.sqlite"
    if not file.exists():
        file.write_bytes(_vectors(models))


@cache
def _vectors(models: Models) -> bytes:
    with TemporaryDirectory() as name:
        folder, state = Path(name, "docs"), Path(name, "state")
        write(folder, well_txt=WELL, prison_txt=PRISON, questions_yaml=GOLDEN)
        library_over(folder, state, models).open(is_published=True)
        return (state / "vectors.sqlite").read_bytes()


def asked(library: Library, question: str) -> str:
    """Return the sentence with which what serves answers `question`; "" if it does not."""
    answer = library.serving().knowledge_base.ask(question)
    return answer.quotes[0].highlight if answer.quotes else ""


def questions(golden: tuple[Golden, ...]) -> list[str]:
    """Return what `golden` ask."""
    return [one.question for one in golden]
