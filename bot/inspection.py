"""What `rapporteur index` prints: the documents as read, the people named, and what changes."""

from rich.console import Console
from rich.text import Text

from bot.wording import day_of, reading_notes
from knowledge.knowledge_base import KnowledgeBase
from knowledge.library.drafts import Draft
from knowledge.reading.documents import Document
from knowledge.reading.passages import numbered, split


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
    """Print the people whom the documents name, and mark those that nobody has curated."""
    console.print(Text(f"{len(base.people.people)} people", style="bold"))
    for person in base.people.people:
        mark = "" if person.is_curated else "  (not curated)"
        console.print(Text.assemble(f"  {person.name}", (mark, "dim")))


def show_draft(draft: Draft, console: Console) -> None:
    """Print what `draft` changes, and the golden questions that passed before and fail with it."""
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
