"""Answers as lines of JSON, for other programs."""

import json
from collections.abc import Sequence
from typing import Any

from bot.wording import remark
from knowledge.knowledge_base import KnowledgeBase
from knowledge.quotes.answers import Answer, Quote
from knowledge.quotes.explanation import Explanation, Weighed
from knowledge.reading.documents import Document


def as_json(
    question: str, answer: Answer, base: KnowledgeBase, *, is_explained: bool = False
) -> str:
    """Return `answer` as one line of JSON, in the form `docs/json.md` shows.

    With `is_explained` it also has the key "explain": the features of the best sentence, and the
    gate that declined it. Where no features were weighed it holds the gate alone; without a gate
    either, it is null.
    """
    fields: dict[str, Any] = {
        "question": question,
        "status": answer.status,
        "language": answer.language,
        "confidence": round(answer.confidence, 3),
        "text": remark(answer, base),
        "quotes": [_quote_fields(quote) for quote in answer.quotes],
        "people": [{"name": person.name} for person in answer.people],
        "options": [person.name for person in answer.options],
        "documents": [_document_fields(document) for document in answer.documents],
        "offers": [{"kind": offer.kind, "text": offer.text} for offer in answer.offers],
        "earlier_edition": _edition_fields(answer.earlier),
        "later_edition": _edition_fields(answer.later),
        "read_as": answer.read_as,
        "corrections": [_quote_fields(quote) for quote in answer.corrections],
    }
    if is_explained:
        fields["explain"] = _explanation_fields(answer.explanation, answer.gate)
    return json.dumps(fields, ensure_ascii=False)


def _explanation_fields(explanation: Explanation | None, gate: str | None) -> dict[str, Any] | None:
    def rows(weighed: Sequence[Weighed]) -> list[dict[str, Any]]:
        return [
            {
                "name": one.name,
                "value": round(one.value, 4),
                "weight": one.weight,
                "contribution": round(one.contribution, 4),
            }
            for one in weighed
        ]

    if explanation is None:
        return None if gate is None else {"gate": gate}
    return {
        "sentence": explanation.sentence,
        "language": explanation.language,
        "trust": round(explanation.trust, 3),
        "ranking": rows(explanation.ranking),
        "decision": rows(explanation.decision),
        "intercept": explanation.intercept,
        "confidence": round(explanation.confidence, 3),
        "least_confidence": round(explanation.least_confidence, 3),
        "gate": gate,
    }


def _document_fields(document: Document) -> dict[str, Any]:
    day = document.date.isoformat() if document.date else None
    return {
        "document": document.id,
        "title": document.title,
        "date": day,
        "publisher": document.publisher,
        "url": document.url,
    }


def _edition_fields(document: Document | None) -> dict[str, Any] | None:
    if document is None:
        return None
    day = document.date.isoformat() if document.date else None
    return {"document": document.id, "title": document.title, "date": day}


def _quote_fields(quote: Quote) -> dict[str, Any]:
    document = quote.passage.document
    return {
        "text": quote.text,
        "highlight": quote.highlight,
        "header": quote.header,
        "label": quote.label,
        "document": document.id,
        "title": document.title,
        "date": document.date.isoformat() if document.date else None,
        "url": document.url,
        "paragraph": quote.passage.paragraph,
        "sureness": None if (sure := document.notes.sureness) is None else round(sure, 3),
        "start": quote.passage.start,
        "end": quote.passage.end,
    }
