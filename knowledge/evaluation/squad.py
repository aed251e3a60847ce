"""Files in SQuAD's JSON, read as documents and the questions to them.

The format is that of SQuAD 1.1 and 2.0 (Rajpurkar et al., 2016 and 2018); XQuAD, MLQA and KazQAD
share it. An article becomes a document, and its paragraphs the paragraphs of that.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, Field, ValidationError, model_validator

from knowledge.errors import KnowledgeError
from knowledge.reading.documents import Block, Document
from knowledge.words.detection import detect
from knowledge.words.text import one_line


@dataclass(frozen=True, slots=True)
class SquadQuestion:
    """A question on a paragraph, counted from 1, and texts any of which answers it.

    `answers` is empty if the paragraph does not answer it (`is_impossible` in SQuAD 2.0).
    """

    text: str
    paragraph: int
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article as a document, and the questions to it."""

    document: Document
    questions: tuple[SquadQuestion, ...]


def _with_words(text: str) -> str:
    """Return `text` on one line. Raises ValueError if it is blank."""
    if not (text := one_line(text)):
        raise ValueError("expected some text")
    return text


_Words = Annotated[str, AfterValidator(_with_words)]


class _Answer(BaseModel):
    text: _Words


class _Question(BaseModel):
    question: _Words
    answers: list[_Answer] = []
    is_impossible: bool = False

    @model_validator(mode="after")
    def _has_one_outcome(self) -> Self:
        if not self.answers and not self.is_impossible:
            raise ValueError("expected answers, or is_impossible: true")
        return self


class _Paragraph(BaseModel):
    context: _Words
    qas: list[_Question]


class _Article(BaseModel):
    title: str = ""
    paragraphs: Annotated[list[_Paragraph], Field(min_length=1)]


class _File(BaseModel):
    data: Annotated[list[_Article], Field(min_length=1)]


def read_squad(file: Path, language: str | None = None) -> tuple[Article, ...]:
    """Return the articles in `file`, in order.

    They are in `language`, or in the one that the file's name gives before its ending, as in
    xquad.ru.json, or else each in the one detected in its text. Raises KnowledgeError, which names
    the file, the place in it and what was expected.
    """
    try:
        read = _File.model_validate(json.loads(file.read_text("utf-8-sig")))
    except OSError as error:
        raise KnowledgeError(f"{file}: cannot be read ({error.strerror})") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        message = first["msg"].removeprefix("Value error, ")
        raise KnowledgeError(f"{file}: is not in SQuAD's format, {place}: {message}") from error
    except (ValueError, RecursionError) as error:
        raise KnowledgeError(f"{file}: is not JSON ({' '.join(str(error).split())})") from error
    if not any(paragraph.qas for article in read.data for paragraph in article.paragraphs):
        raise KnowledgeError(f"{file}: asks nothing; expected questions in qas")
    return tuple(
        _article(article, number, language or _language_in(file.name))
        for number, article in enumerate(read.data, start=1)
    )


def _language_in(name: str) -> str | None:
    code = re.search(r"\.([a-z]{2})\.\w+$", name)
    return code[1] if code else None


def _article(article: _Article, number: int, language: str | None) -> Article:
    text = "\n".join(paragraph.context for paragraph in article.paragraphs)
    blocks, start = [], 0
    for paragraph in article.paragraphs:
        blocks.append(Block("paragraph", start, start + len(paragraph.context)))
        start += len(paragraph.context) + 1
    document = Document(
        id=str(number),
        title=one_line(article.title) or str(number),
        text=text,
        blocks=tuple(blocks),
        language=language or detect(text),
    )
    questions = tuple(
        SquadQuestion(
            asked.question,
            place,
            () if asked.is_impossible else tuple(answer.text for answer in asked.answers),
        )
        for place, paragraph in enumerate(article.paragraphs, start=1)
        for asked in paragraph.qas
    )
    return Article(document, questions)
