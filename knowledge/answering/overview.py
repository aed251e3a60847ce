"""A document at a glance: how it begins, whom it names, what it demands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.people.person import Person
from knowledge.quotes.answers import Answer, Quote, quote
from knowledge.quotes.statements import Statement, Statements
from knowledge.reading.documents import Document

_WORD = re.compile(r"\w+")
_ENDS = re.compile(r"[.!?\u2026][\"'\u201d\u00bb)\]]*$")
_LEAST_WORDS = 6  # fewer make a heading, a date line or a file number
_NEXT = 10  # passages offered after the opening


@dataclass(frozen=True, slots=True)
class Overview:
    """What is shown of a document before anything is asked about it.

    `opening` is its first whole sentence, or the first if none is whole. `people` are those that it
    names, in the order of the knowledge base, `demands` its demands, in order.
    """

    document: Document
    opening: Quote
    people: tuple[Person, ...]
    demands: tuple[Quote, ...]


def overview_of(
    document: Document, statements: Statements, people: Sequence[Person]
) -> Overview | None:
    """Return the overview of `document`, which is one of those that `statements` and `people` are
    of; None if it has no sentence.
    """
    own = statements.in_document(document)
    if not own:
        return None
    first = _opening(own)
    return Overview(
        document,
        quote(first.passage, first.sentence),
        tuple(p for p in people if any(one.document == document.id for one in p.mentions)),
        tuple(quote(one.passage, one.sentence) for one in own if one.label == "demand"),
    )


def overview_answer(document: Document, statements: Statements, language: str) -> Answer | None:
    """Return the answer to what `document` is about: its opening, and the next passages as `more`;
    None if it has no sentence.
    """
    own = statements.in_document(document)
    if not own:
        return None
    first = _opening(own)
    heads = {one.passage.start: one for one in reversed(own)}
    following = [one for start, one in sorted(heads.items()) if start > first.passage.start]
    return Answer(
        "answered",
        language,
        1.0,
        (quote(first.passage, first.sentence),),
        tuple(quote(one.passage, one.sentence) for one in following[:_NEXT]),
        reason="overview",
        is_whole=True,
        documents=(document,),
    )


def _opening(own: Sequence[Statement]) -> Statement:
    return next((one for one in own if _is_whole(one)), own[0])


def _is_whole(one: Statement) -> bool:
    said = one.passage.sentence_text(one.sentence)
    return len(_WORD.findall(said)) >= _LEAST_WORDS and _ENDS.search(said) is not None
