"""Questions in SQuAD's JSON with each paragraph as a document, for the other programs here."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.evaluation import squad
from knowledge.reading.documents import Block, Document


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the document that answers it and the answers' texts."""

    text: str
    document: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """The paragraphs of an article, each as a document, and the questions about them."""

    documents: tuple[Document, ...]
    questions: tuple[Asked, ...]


def read(file: Path, language: str) -> list[Article]:
    """Return the articles of `file` in order; a document's id is that of its article, a dash and
    the number of its paragraph.
    """
    return [
        Article(
            tuple(_paragraphs(article.document)),
            tuple(
                Asked(one.text, f"{article.document.id}-{one.paragraph}", one.answers)
                for one in article.questions
            ),
        )
        for article in squad.read_squad(file, language)
    ]


def _paragraphs(document: Document) -> Iterator[Document]:
    for number, block in enumerate(document.blocks, start=1):
        text = document.text[block.start : block.end]
        alone = (Block("paragraph", 0, len(text)),)
        yield replace(document, id=f"{document.id}-{number}", text=text, blocks=alone)
