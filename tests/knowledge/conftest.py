"""What tests that only look share: a process that reads files, and what is known of small texts."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from embeddings.models import Models
from knowledge.knowledge_base import KnowledgeBase
from knowledge.reading.documents import Document, parse
from knowledge.reading.parsing import Limits, Parser

Read = Callable[[bytes, str], Document]
Know = Callable[..., KnowledgeBase]


@pytest.fixture(scope="session")
def parser() -> Iterator[Parser]:
    with Parser(Limits(12_000_000)) as parser:
        yield parser


@pytest.fixture
def read_data(parser: Parser) -> Read:
    """Return a document read from bytes and the name of a file."""
    return lambda data, name: parse(data, name, parser)


@pytest.fixture(scope="session")
def know(models: Models, state: Path, parser: Parser) -> Know:
    """A maker of knowledge bases of texts by file name, such as a="…" or b_md="…".

    Of the same texts one is built in the whole session.
    """

    @cache
    def built(*texts: tuple[str, str]) -> KnowledgeBase:
        files = {name.replace("_", ".") if "_" in name else f"{name}.txt": t for name, t in texts}
        return KnowledgeBase.build(
            [parse(text.encode(), name, parser) for name, text in files.items()],
            models,
            cache=state / "vectors.sqlite",
            false_answer_rate=0.02,
        )

    def known(*, rate: float = 0.02, **texts: str) -> KnowledgeBase:
        return built(*texts.items()).at_rate(rate)

    return known
