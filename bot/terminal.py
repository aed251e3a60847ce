"""Answers as they are read in a terminal, and as JSON for other programs."""

import json
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.texts import text
from bot.wording import (
    beside,
    counted_heading,
    day_of,
    heading,
    reading_notes,
    remark,
    source,
)
from knowledge.answers import Answer, Quote
from knowledge.documents import Document
from knowledge.explanation import Explanation, Weighed
from knowledge.knowledge_base import KnowledgeBase
from knowledge.library import Draft
from knowledge.passages import numbered, split


def show(answer: Answer, base: KnowledgeBase, console: Console) -> None:
    """Print `answer`: for each quote whose words it is, the sentence that answers, in bold, and
    then the passage it stands in.

    Lines are wrapped for a terminal, and left whole for a file or another program.
    """
    piped = not console.is_terminal

    def line(words: str, style: str = "") -> None:
        shown = Text(words, style=style)
        console.print(shown if piped else Padding(shown, (0, 2), expand=False), soft_wrap=piped)

    def show_quote(quote: Quote, whose: str, is_alone: bool) -> None:
        line(whose, "dim")
        if quote.header:
            line(quote.header)
        line(quote.highlight, "bold")
        if quote.text != quote.highlight and is_alone:
            line(f"{text('whole_paragraph', answer.language)} {quote.text}", "dim")
        line(f"— {source(quote, answer.language)}", "dim")
        if quote.passage.document.url:
            line(quote.passage.document.url, "dim")

    if remarked := remark(answer, base):
        line(remarked)
    for option in answer.options:
        line(f"  {option.name}")
    for number, quote in enumerate(answer.quotes, start=1):
        count, language = len(answer.quotes), answer.language
        is_alone = count == 1
        whose = (
            heading(quote, language)
            if is_alone
            else counted_heading(quote, number, count, language)
        )
        show_quote(quote, whose, is_alone)
    for whose, quote in beside(answer):
        show_quote(quote, whose, False)


def show_documents(base: KnowledgeBase, console: Console) -> None:
    """Print what the knowledge base holds, a line for each document."""
    for document in base.documents:
        passages = [passage for passage in base.passages if passage.document is document]
        sentences = sum(len(passage.sentences) for passage in passages)
        _show_document(document, console, f"{len(passages)} passages, {sentences} sentences")


def show_file(document: Document, console: Console) -> None:
    """Print `document` as it is read, block by block: passages with their numbers, and headings."""
    _show_document(document, console, f"{len(split(document))} passages")
    number_of = {block: number for number, block, _ in numbered(document)}
    for block in document.blocks:
        written = document.text[block.start : block.end]
        if block not in number_of:
            console.print(Text(f"\n{written}", style="bold"), soft_wrap=True)
        else:
            console.print(Text(f"\n[{number_of[block]}]", style="dim"))
            console.print(Text(written), soft_wrap=True)


def _show_document(document: Document, console: Console, counts: str) -> None:
    day = day_of(document, "en") if document.date else "no date"
    console.print(
        Text.assemble(
            (document.id, "bold"),
            f"  {document.title}\n",
            (f"  {document.language}, {day}, {counts}", "dim"),
        ),
        soft_wrap=True,
    )
    for line in reading_notes(document, "en"):
        console.print(Text(f"  {line}", style="dim"), soft_wrap=True)


def show_people(base: KnowledgeBase, console: Console) -> None:
    """Print whom the documents name, and mark those nobody has curated."""
    console.print(Text(f"{len(base.people.people)} people", style="bold"))
    for person in base.people.people:
        mark = "" if person.is_curated else "  (not curated)"
        console.print(Text.assemble(f"  {person.name}", (mark, "dim")))


def show_explanation(answer: Answer, console: Console) -> None:
    """Print what stands behind `answer`: the features of the best sentence, what each of them made,
    and the gate that declined it, if one did.
    """
    if answer.read_as is not None:
        console.print(Text(f"Read as: {answer.read_as}"), soft_wrap=True)
    explanation = answer.explanation
    if explanation is None:
        console.print("Nothing was weighed.", style="dim")
        return
    console.print(Text(explanation.sentence, style="bold"))
    for title, weighed in (
        ("why this sentence", explanation.ranking),
        ("why it was given or not", explanation.decision),
    ):
        if not weighed:
            continue
        table = Table(title, "value", "weight", "contribution", title_justify="left")
        for column in table.columns[1:]:
            column.justify = "right"
        for one in weighed:
            numbers = (one.value, one.weight, one.contribution)
            table.add_row(one.name, *(f"{number:.2f}" for number in numbers))
        console.print(table)
    given = "at least" if explanation.confidence >= explanation.least_confidence else "below"
    console.print(
        f"{explanation.intercept:.2f} and the contributions give a confidence of"
        f" {explanation.confidence:.3f}, {given} the {explanation.least_confidence:.3f} needed"
    )
    if explanation.gate is not None:
        console.print(f"Declined all the same: {explanation.gate}.")


def show_draft(draft: Draft, console: Console) -> None:
    """Print what `draft` changes, and the golden questions that fail with it and passed before."""
    found = draft.differences
    for sign, changed in (("+", found.added), ("~", found.changed), ("-", found.removed)):
        for one in changed:
            counts = f"+{one.passages_added} -{one.passages_removed} passages"
            console.print(Text.assemble(f"{sign} {one.document.id}  ", (counts, "dim")))
    for sign, names in (("+", found.people_added), ("-", found.people_removed)):
        if names:
            console.print(Text(f"{sign} people: {', '.join(names)}"), soft_wrap=True)
    total = len(draft.snapshot.golden)
    if draft.passed is not None:
        console.print(Text(f"golden questions: {len(draft.passed)} of {total} right", style="dim"))
    for golden in draft.lost:
        console.print(Text(f"  fails now: {golden.question}"), soft_wrap=True)


def as_json(
    question: str, answer: Answer, base: KnowledgeBase, *, is_explained: bool = False
) -> str:
    """Return `answer` as one line of JSON, in the form README shows.

    With `is_explained` it has the key "explain": what stood behind the best sentence, or null.
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
        "earlier_edition": _edition_fields(answer.earlier),
        "later_edition": _edition_fields(answer.later),
        "read_as": answer.read_as,
        "corrections": [_quote_fields(quote) for quote in answer.corrections],
        "corrected": [_quote_fields(quote) for quote in answer.corrected],
    }
    if is_explained:
        fields["explain"] = answer.explanation and _explanation_fields(answer.explanation)
    return json.dumps(fields, ensure_ascii=False)


def welcome(base: KnowledgeBase, language: str) -> str:
    """Return the first line of a conversation in the terminal."""
    titles = ", ".join(document.title for document in base.documents[:3])
    rest = len(base.documents) - 3
    return text(
        "terminal_welcome", language, documents=titles + (f" (+{rest})" if rest > 0 else "")
    )


def _explanation_fields(explanation: Explanation) -> dict[str, Any]:
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

    return {
        "sentence": explanation.sentence,
        "language": explanation.language,
        "trust": round(explanation.trust, 3),
        "ranking": rows(explanation.ranking),
        "decision": rows(explanation.decision),
        "intercept": explanation.intercept,
        "confidence": round(explanation.confidence, 3),
        "least_confidence": round(explanation.least_confidence, 3),
        "gate": explanation.gate,
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
