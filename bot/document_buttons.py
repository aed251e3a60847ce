"""Buttons that lead on: to a document and its parts, and from a "no" to what can be answered.

`bot.buttons` describes their data, and reads it.
"""

from collections.abc import Iterable, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.callback_data import (
    person_data,
)
from bot.document_wording import offered
from bot.texts import text
from bot.wording import cut
from knowledge.answering.overview import Overview
from knowledge.knowledge_base import KnowledgeBase
from knowledge.quotes.answers import Answer, Offer
from knowledge.reading.documents import Document

DOCUMENTS_A_PAGE = 10
PASSAGES_A_PAGE = 3
_SHOWN = 64  # characters of a title or a question; a phone shows no more

Row = list[InlineKeyboardButton]


def documents_keyboard(
    documents: Sequence[Document], base: KnowledgeBase, language: str, offset: int = 0
) -> InlineKeyboardMarkup:
    """Return a page of `documents`, from `offset` on: a button for each, and one for more. That
    leads to the next page of all documents; where `documents` are only some, to the first.
    """
    rows = [
        [_button(one.title, f"document:{base.version}:{base.documents.index(one)}")]
        for one in documents[offset : offset + DOCUMENTS_A_PAGE]
    ]
    following = offset + DOCUMENTS_A_PAGE
    if following < len(documents):
        first = following if len(documents) == len(base.documents) else 0
        rows.append([_button(text("button_more", language), f"documents:{base.version}:{first}")])
    return InlineKeyboardMarkup(rows)


def card_keyboard(
    shown: Overview, offers: Iterable[Offer], base: KnowledgeBase, language: str
) -> InlineKeyboardMarkup:
    """Return the buttons under the overview of a document: the people it names, its demands,
    questions that it answers, and its text.
    """
    number = base.documents.index(shown.document)
    lists = [
        _button(text(words, language, count=len(held)), f"{action}:{base.version}:{number}.0")
        for action, words, held in (
            ("named", "button_named", shown.people),
            ("demanded", "button_demanded", shown.demands),
        )
        if held
    ]
    rows = [lists] if lists else []
    rows += offer_rows(offers, base, language)
    rows.append([read_button(shown.document, base, language)])
    return InlineKeyboardMarkup(rows)


def read_button(document: Document, base: KnowledgeBase, language: str) -> InlineKeyboardButton:
    """Return the button to read `document` from its beginning."""
    first = next(row for row, one in enumerate(base.passages) if one.document is document)
    return _button(text("button_read", language), f"read:{base.version}:{first}")


def told_keyboard(answer: Answer, base: KnowledgeBase) -> InlineKeyboardMarkup | None:
    """Return the button to read the one document that `answer` tells of, if its text, or more than
    was shown, is asked for; else None.
    """
    if answer.reason not in {"full_text", "no_more"} or len(answer.documents) != 1:
        return None
    return InlineKeyboardMarkup([[read_button(answer.documents[0], base, answer.language)]])


def help_keyboard(answer: Answer, base: KnowledgeBase) -> InlineKeyboardMarkup:
    """Return the buttons under a "no", or under what can be asked: the offers of `answer`, then
    people and documents.
    """
    rows = offer_rows(answer.offers, base, answer.language)
    lists = [_button(text("button_documents", answer.language), f"documents:{base.version}:0")]
    if base.people.people:
        words = text("button_people", answer.language)
        lists.insert(0, _button(words, f"people:{base.version}:0"))
    return InlineKeyboardMarkup([*rows, lists])


def offer_rows(offers: Iterable[Offer], base: KnowledgeBase, language: str) -> list[Row]:
    """Return a button for each of `offers`, one above the other."""
    rows = []
    for offer in offers:
        if offer.kind == "person":
            data = person_data(base.people.people[offer.number], 0, base)
        else:
            action = "golden" if offer.kind == "question" else "near"
            data = f"{action}:{base.version}:{offer.number}"
        rows.append([_button(offered(offer, language), data)])
    return rows


def _button(words: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(cut(words, _SHOWN), callback_data=data)
