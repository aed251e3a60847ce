"""Documents with questions whose answers are known by sentence, as `benchmarks/reading/` has them.

A file has three parts, each after a line `---`: what is known of the document, in YAML; its text,
with a numbered sentence on each line and a blank line between passages; and its questions, one per
line: language, kind, style, answer and text, separated by ` | `. An answer is the numbers of the
sentences that give it, or `-` and how the question misses the text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge.errors import KnowledgeError
from knowledge.reading.documents import Block, Document
from knowledge.reading.passages import Passage, Sentence
from knowledge.words.text import one_line

AskedKind = Literal[
    "fact",
    "who",
    "when",
    "where",
    "how many",
    "why",
    "whether",
    "what happened",
    "demand",
    "list",
    "person",
    "overview",
    "topic",
]
Style = Literal["careful", "everyday", "terse", "misspelt", "sceptical"]
Miss = Literal[
    "other-person",
    "other-attribute",
    "opposite",
    "swapped",
    "other-number",
    "other-date",
    "other-place",
    "other-body",
    "presupposed",
    "open",
    "topic",
    "elsewhere",
]
"""How a question misses the text: narrowly, in all but `elsewhere`."""

_SENTENCE = re.compile(r"(\d+) (\S.*)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question put to a document.

    `answers` are the rows of the sentences that answer it. If there are none, `miss` says how the
    question misses the text.
    """

    text: str
    language: str
    kind: AskedKind
    style: Style
    answers: tuple[int, ...]
    miss: Miss | None


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document, its passages as written, the people whom it names, and the questions to it."""

    document: Document
    passages: tuple[Passage, ...]
    people: tuple[str, ...]
    questions: tuple[Asked, ...]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences, in order."""
        return tuple(s for passage in self.passages for s in passage.sentences)


class _Head(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    title: Annotated[str, Field(min_length=1)]
    publisher: str
    date: Any
    language: Literal["en", "ru", "kk"]
    kind: str
    people: list[str] = []


def read_corpus(folder: Path) -> tuple[Labelled, ...]:
    """Return the documents in `folder`, which are its `.txt` files, in order of their names.

    Raises KnowledgeError, which names the file and what is wrong with it.
    """
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise KnowledgeError(f"{folder}: holds no documents with questions (.txt)")
    return tuple(_read(file) for file in files)


def _read(file: Path) -> Labelled:
    """Return the document in `file`. Raises KnowledgeError, which says what is wrong with it."""
    parts = re.split(r"^---\n", file.read_text("utf-8"), flags=re.MULTILINE)
    if len(parts) != 4 or parts[0].strip():
        raise KnowledgeError(f"{file}: expected three parts, each after a line ---")
    try:
        head = _Head.model_validate(yaml.safe_load(parts[1]))
    except (ValidationError, yaml.YAMLError) as error:
        raise KnowledgeError(f"{file}: what is known of it is wrong ({error})") from error
    blocks, rows, text = [], [], ""
    number = 0
    for paragraph in re.split(r"\n\s*\n", parts[2].strip()):
        text += "\n" if text else ""
        start = len(text)
        places: list[Sentence] = []
        for line in paragraph.splitlines():
            number += 1
            sentence = _SENTENCE.fullmatch(line.strip())
            if sentence is None or int(sentence[1]) != number:
                raise KnowledgeError(f"{file}: expected sentence {number} at {line!r}")
            text += " " if places else ""
            places.append(Sentence(len(text), len(text) + len(sentence[2])))
            text += sentence[2]
        blocks.append(Block("paragraph", start, len(text)))
        rows.append(tuple(places))
    document = Document(
        id=file.stem,
        title=one_line(head.title),
        text=text,
        blocks=tuple(blocks),
        language=head.language,
        date=head.date,
        publisher=head.publisher,
    )
    return Labelled(
        document,
        tuple(
            Passage(document, place, False, sentences)
            for place, sentences in enumerate(rows, start=1)
        ),
        tuple(head.people),
        tuple(_asked(file, parts[3].splitlines(), number)),
    )


def _asked(file: Path, lines: Iterable[str], sentences: int) -> Iterator[Asked]:
    """Yield the questions in `lines` of `file`, to a text of so many `sentences`."""
    for line in lines:
        if not line.strip():
            continue
        fields = [field.strip() for field in line.split(" | ")]
        if len(fields) != 5:
            raise KnowledgeError(f"{file}: expected five fields in {line!r}")
        language, kind, style, answer, text = fields
        miss = answer.removeprefix("-").strip() if answer.startswith("-") else None
        for value, among in ((kind, AskedKind), (style, Style), (miss, Miss)):
            if value is not None and value not in get_args(among):
                raise KnowledgeError(f"{file}: {value!r} is not known, in {line!r}")
        numbers = [] if miss else [int(n) for n in answer.split(",") if n.strip().isdigit()]
        if (not numbers and not miss) or not all(1 <= n <= sentences for n in numbers):
            raise KnowledgeError(f"{file}: no such sentence as in {line!r}")
        yield Asked(text, language, kind, style, tuple(n - 1 for n in numbers), miss)  # type: ignore[arg-type]
