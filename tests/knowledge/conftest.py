"""A process that reads files, shared by the tests that only look at what it reads."""

from collections.abc import Callable, Iterator

import pytest

from knowledge.reading.documents import Document, parse
from knowledge.reading.parsing import Limits, Parser

Read = Callable[[bytes, str], Document]


@pytest.fixture(scope="session")
def parser() -> Iterator[Parser]:
    with Parser(Limits(12_000_000)) as parser:
        yield parser


@pytest.fixture
def read_data(parser: Parser) -> Read:
    """Return a document read from bytes and the name of a file."""
    return lambda data, name: parse(data, name, parser)
