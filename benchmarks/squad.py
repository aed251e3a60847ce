"""Questions in SQuAD's JSON as documents and questions of this project, for the programs beside."""

import json
from dataclasses import dataclass
from pathlib import Path

from knowledge.documents import Block, Document
from knowledge.text import normalise


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the document that answers it and the answers' texts."""

    text: str
    document: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """The paragraphs of an article, each a document of its own, and what is asked of them."""

    documents: tuple[Document, ...]
    questions: tuple[Asked, ...]


def read(file: Path, language: str) -> list[Article]:
    """Return the articles of `file` in order; document ids count paragraphs over all of them."""
    articles = []
    count = 0
    for article in json.loads(file.read_text("utf-8"))["data"]:
        documents, questions = [], []
        for paragraph in article["paragraphs"]:
            text = " ".join(normalise(paragraph["context"]).split("\n")).strip()
            document_id = str(count)
            count += 1
            block = Block("paragraph", 0, len(text))
            documents.append(Document(document_id, document_id, text, (block,), language))
            questions += [
                Asked(q["question"], document_id, tuple(normalise(a["text"]) for a in q["answers"]))
                for q in paragraph["qas"]
            ]
        articles.append(Article(tuple(documents), tuple(questions)))
    return articles
