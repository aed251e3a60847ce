"""Answers to Telegram messages: blocks of HTML, packed into as few messages as hold them.

Length is counted in UTF-16 units, which is never less than what the Bot API server counts (code
points after parsing), so a message that fits here fits there.
"""

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from telegram.constants import MessageLimit

from bot.texts import text
from bot.wording import beside, byline, counted_heading, heading, remark, source
from knowledge.answers import Answer, Quote
from knowledge.knowledge_base import KnowledgeBase
from knowledge.passages import Passage
from knowledge.people import Person

QUOTES_A_PAGE = 3  # sentences of a list in one message
_LONG = 700  # characters: a longer passage is folded, under the sentence that answers
_LIMIT = int(MessageLimit.MAX_TEXT_LENGTH)
_JOIN = "\n"  # between blocks; a quotation sets itself apart


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style."""

    text: str
    is_bold: bool = False
    url: str | None = None

    def html(self) -> str:
        """Return the run as Telegram's HTML."""
        escaped = html.escape(self.text, quote=False)
        if self.is_bold:
            escaped = f"<b>{escaped}</b>"
        return f'<a href="{html.escape(self.url)}">{escaped}</a>' if self.url else escaped


@dataclass(frozen=True, slots=True)
class Block:
    """Runs shown together: as they are, or as a quotation ("blockquote", folded or not)."""

    runs: tuple[Run, ...]
    quotation: str = ""

    def html(self) -> str:
        """Return the block as Telegram's HTML."""
        inner = "".join(run.html() for run in self.runs)
        return f"<{self.quotation}>{inner}</blockquote>" if self.quotation else inner

    def length(self) -> int:
        """Return how many UTF-16 units of text a reader gets."""
        return sum(_units(run.text) for run in self.runs)


def plain(words: str) -> Block:
    """Return `words` as a block in no style."""
    return Block((Run(words),))


def answer_blocks(answer: Answer, base: KnowledgeBase) -> list[Block]:
    """Return what is said to a question: the quotes, or why there is none."""
    blocks = [plain(remarked)] if (remarked := remark(answer, base)) else []
    if len(answer.quotes) == 1:
        blocks += quote_blocks(answer.quotes[0], answer.language)
    else:
        page = QUOTES_A_PAGE if is_paged(answer, base) else len(answer.quotes)
        blocks += list_blocks(answer.quotes, 0, answer.language, page)
    for whose, quote in beside(answer):
        blocks += sentence_blocks(quote, answer.language, whose)
    return blocks


def is_paged(answer: Answer, base: KnowledgeBase) -> bool:
    """Return whether a button leads on from the first page of `answer`: all said of one person, or
    all demands. Any other list is sent whole.
    """
    is_everything = len(answer.people) == 1 or len(answer.quotes) == len(base.statements.demands)
    return len(answer.quotes) > QUOTES_A_PAGE and is_everything


def quote_blocks(quote: Quote, language: str) -> list[Block]:
    """Return `quote` under the heading that says whose words it is, and over its source."""
    start = quote.sentence.start - quote.passage.start
    end = start + len(quote.highlight)
    header = _header(quote.header)
    passage = tuple(
        run
        for run in (
            *header,
            Run(quote.text[:start]),
            Run(quote.highlight, is_bold=True),
            Run(quote.text[end:]),
        )
        if run.text
    )
    blocks = [Block((Run(heading(quote, language), is_bold=True),))]
    if len(quote.text) > _LONG and quote.highlight != quote.text:
        # Folded, Telegram shows three lines, and the sentence that answers may not be among them.
        blocks.append(_highlight_block(quote))
        blocks.append(Block(passage, "blockquote expandable"))
    else:
        blocks.append(Block(passage, "blockquote"))
    blocks.append(_source_block(quote, language))
    return blocks


def list_blocks(
    quotes: Sequence[Quote], first: int, language: str, page: int = QUOTES_A_PAGE
) -> list[Block]:
    """Return a page of `quotes` from number `first` on: sentences, counted, with their sources."""
    blocks = []
    for number, quote in enumerate(quotes[first : first + page], start=first + 1):
        whose = counted_heading(quote, number, len(quotes), language)
        blocks += sentence_blocks(quote, language, whose)
    return blocks


def sentence_blocks(quote: Quote, language: str, whose: str) -> list[Block]:
    """Return the sentence that answers, without its passage, under `whose` words it is."""
    return [
        Block((Run(whose, is_bold=True),)),
        _highlight_block(quote),
        _source_block(quote, language),
    ]


def card_blocks(person: Person, quotes: Sequence[Quote], language: str, link: str) -> list[Block]:
    """Return who `person` is in the source's words, and the first page of what is said of them."""
    blocks = [Block((Run(person.name, is_bold=True),))]
    if person.role is not None:
        blocks.append(Block((Run(person.role.text),), "blockquote"))
    blocks.append(plain(text("link", language, link=link)))
    return blocks + list_blocks(quotes, 0, language)


def around_blocks(passages: Iterable[Passage], language: str) -> list[Block]:
    """Return neighbouring `passages` with the number of each."""
    blocks = [Block((Run(text("heading_around", language), is_bold=True),))]
    for passage in passages:
        blocks.append(plain(text("paragraph", language, number=passage.paragraph)))
        blocks.append(Block((*_header(passage.header), Run(passage.text)), "blockquote"))
    return blocks


def about_blocks(base: KnowledgeBase, language: str) -> list[Block]:
    """Return the documents with title, publisher, date and link."""
    blocks = [plain(text("about", language))]
    for document in base.documents:
        runs = [Run("• "), Run(document.title, url=document.url)]
        if by := byline(document, language):
            runs.append(Run(f" · {by}"))
        blocks.append(Block(tuple(runs)))
    blocks.append(plain(text("about_project", language)))
    return blocks


def pack(blocks: Iterable[Block], limit: int = _LIMIT) -> list[str]:
    """Return `blocks` in order as the HTML of messages of at most `limit` UTF-16 units each.

    A block that does not fit into a message is cut at white space, or where there is none between
    characters, and every piece is wrapped as the whole was.
    """
    messages: list[list[Block]] = []
    length = 0
    for block in blocks:
        for piece in _pieces(block, limit):
            needed = len(_JOIN) + piece.length()
            if messages and length + needed <= limit:
                messages[-1].append(piece)
                length += needed
            else:
                messages.append([piece])
                length = piece.length()
    return [_JOIN.join(block.html() for block in message) for message in messages]


def _highlight_block(quote: Quote) -> Block:
    """Return the sentence that answers; a row of a table under what its columns are called."""
    return Block((*_header(quote.header), Run(quote.highlight, is_bold=True)), "blockquote")


def _header(header: str) -> tuple[Run, ...]:
    return (Run(f"{header}\n"),) if header else ()


def _source_block(quote: Quote, language: str) -> Block:
    return Block((Run(f"— {source(quote, language)}", url=quote.passage.document.url),))


def _pieces(block: Block, limit: int) -> Iterator[Block]:
    if block.length() <= limit:
        yield block
        return
    whole = "".join(run.text for run in block.runs)
    cuts = [0, *_cuts(whole, limit), len(whole)]
    for start, end in pairwise(cuts):
        runs = tuple(_between(block.runs, start, end))
        if any(run.text.strip() for run in runs):
            yield replace(block, runs=runs)


def _cuts(whole: str, limit: int) -> Iterator[int]:
    """Yield where `whole` is cut so that no piece is longer than `limit` units."""
    start, units, space = 0, 0, 0
    for place, character in enumerate(whole):
        size = _units(character)
        while units + size > limit:  # twice where the white space was narrower than the character
            cut = space if space > start else place
            yield cut
            start, units = cut, _units(whole[cut:place])
        units += size
        if character.isspace():
            space = place + 1


def _between(runs: Iterable[Run], start: int, end: int) -> Iterator[Run]:
    begin = 0
    for run in runs:
        part = run.text[max(start - begin, 0) : max(end - begin, 0)]
        begin += len(run.text)
        if part:
            yield replace(run, text=part)


def _units(string: str) -> int:
    return len(string.encode("utf-16-le")) // 2
