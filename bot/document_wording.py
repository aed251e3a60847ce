"""What the bot says of documents, in lines of text: byline, facts, overview and offers."""

from collections.abc import Iterable, Sequence

from bot.texts import date, language_name, text
from knowledge.answering.overview import Overview
from knowledge.people.display_names import display_name
from knowledge.quotes.answers import Answer, Offer
from knowledge.reading.documents import Document

_NAMES = 3  # shown of the people whom a document names


def byline(document: Document, language: str) -> str:
    """Return who published `document` and when, as far as known; "" if neither is."""
    day = date(document.date, language) if document.date else None
    return ", ".join(part for part in (document.publisher, day) if part)


def dated_byline(document: Document, language: str) -> str:
    """Return who published `document` and when, or that the date is not known."""
    unknown = text("document_date_unknown", language) if document.date is None else ""
    return ". ".join(part for part in (byline(document, language), unknown) if part)


def told_of_documents(answer: Answer) -> list[str]:
    """Return, for each document that `answer` tells of, its title and then what was asked; [] for
    an answer of another kind.
    """
    language = answer.language
    if answer.status != "smalltalk" or answer.reason == "no_more":
        return []
    return [
        line
        for document in answer.documents
        for line in (document.title, *_told(answer.reason, document, language))
    ]


def _told(reason: str | None, document: Document, language: str) -> Iterable[str]:
    link = text("link", language, link=document.url) if document.url else None
    match reason:
        case "date" | "author":
            told = (_date(document, language), _publisher(document, language))
            yield from told if reason == "date" else reversed(told)
        case "full_text" | "link":
            yield link or text("document_no_link", language)
        case _:
            if written := byline(document, language):
                yield written
            yield link or text("document_no_link", language)
            spoken = language_name(document.language, language)
            yield text("field_language", language, value=spoken)


def _date(document: Document, language: str) -> str:
    if document.date is None:
        return text("document_date_unknown", language)
    return text("document_date", language, date=date(document.date, language))


def _publisher(document: Document, language: str) -> str:
    if document.publisher is None:
        return text("document_publisher_unknown", language)
    return text("document_publisher", language, publisher=document.publisher)


def named_line(shown: Overview, language: str) -> str:
    """Return how many people `shown` names, and the first of them; "" if it names nobody."""
    if not shown.people:
        return ""
    names = ", ".join(display_name(person, language) for person in shown.people[:_NAMES])
    names += "\u2026" if len(shown.people) > _NAMES else ""
    return text("named", language, count=len(shown.people), names=names)


def offered_heading(offers: Sequence[Offer], language: str) -> str:
    """Return the heading of `offers`; "" where there are none."""
    if not offers:
        return ""
    # Passages are offered where there is no question to offer.
    kinds = {offer.kind for offer in offers}
    is_of_passages = "passage" in kinds and "question" not in kinds
    return text("offered_passages" if is_of_passages else "offered_questions", language)


def offered(offer: Offer, language: str) -> str:
    """Return `offer` as one line."""
    if offer.kind == "person":
        return text("button_of_person", language, name=offer.text)
    return offer.text
