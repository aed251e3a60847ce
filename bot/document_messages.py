"""Telegram messages about documents: the overview of one, its pages, and the heading of offers."""

from collections.abc import Sequence

from bot.document_wording import dated_byline, named_line, offered_heading
from bot.messages import Block, Run, plain
from bot.texts import text
from knowledge.answering.overview import Overview
from knowledge.quotes.answers import Answer
from knowledge.reading.passages import Passage

_WITHOUT_HEADING = frozenset(
    ["overview", "greeting", "about", "what_to_ask", "more_of_what", "whom", "which_words"]
)
_LONG = 240  # characters: six lines of a phone; longer text is folded


def card_blocks(shown: Overview, language: str) -> list[Block]:
    """Return the overview `shown`: title, publisher and date, link, beginning, and people named."""
    document = shown.document
    blocks = [Block((Run(document.title, is_bold=True, url=document.url),))]
    blocks.append(plain(dated_byline(document, language)))
    if document.url:
        blocks.append(plain(text("link", language, link=document.url)))
    blocks.append(plain(text("begins", language)))
    opening = shown.opening.highlight
    folding = "blockquote expandable" if len(opening) > _LONG else "blockquote"
    blocks.append(Block((Run(opening),), folding))
    return [*blocks, plain(named)] if (named := named_line(shown, language)) else blocks


def pages_blocks(passages: Sequence[Passage], language: str) -> list[Block]:
    """Return `passages` of one document, under its title, each under its number."""
    blocks = [Block((Run(passages[0].document.title, is_bold=True),))]
    for passage in passages:
        blocks.append(plain(text("paragraph", language, number=passage.paragraph)))
        blocks.append(Block((Run(passage.text),), "blockquote"))
    return blocks


def offer_blocks(answer: Answer) -> list[Block]:
    """Return the heading of the offers of `answer`; [] where there is none."""
    if answer.reason in _WITHOUT_HEADING:
        return []
    words = offered_heading(answer.offers, answer.language)
    return [plain(words)] if words else []
