"""Answers as Telegram messages: blocks of HTML, packed into as few messages as hold them.

Length is counted in UTF-16 units, which is never less than what the Bot API server counts (code
points after parsing), so a message that fits here fits there.
"""

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from textwrap import wrap

from telegram.constants import MessageLimit

from bot.callback_data import (
    page_data,
)
from bot.document_wording import byline
from bot.texts import text
from bot.untappable import code, untappable
from bot.wording import beside, counted_heading, heading, paragraph_of, remark, source_line
from knowledge.knowledge_base import KnowledgeBase
from knowledge.quotes.answers import MOST_QUOTES, Answer, Quote
from knowledge.reading.passages import Passage

SCREEN = 12  # lines of a phone between its bars and its keyboard
PHONE = 40  # characters in a line of it
_LONGEST = 18  # lines that are not folded: a sentence may answer only at its end
_FOLDED = 3  # lines that Telegram shows of a quotation that folds
FOLDS = "blockquote expandable"
_LIMIT = int(MessageLimit.MAX_TEXT_LENGTH)
_JOIN = "\n"  # between blocks; a quotation sets itself apart


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. Commands in it can be tapped only where the words are the
    bot's own (`is_own`); where they are a stranger's (`is_code`), nothing can.
    """

    text: str
    is_bold: bool = False
    url: str | None = None
    is_own: bool = False
    is_code: bool = False

    def html(self) -> str:
        """Return the run as Telegram's HTML."""
        bold = ("<b>", "</b>") if self.is_bold else ("", "")
        if self.is_code:
            return code(self.text)
        if not self.is_own and not self.url:
            return untappable(self.text, *bold)
        styled = html.escape(self.text, quote=False).join(bold)
        return f'<a href="{html.escape(self.url)}">{styled}</a>' if self.url else styled


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
    """Return `words` as a block without style, in which no command can be tapped: the words may be
    anybody's. For the bot's own words, see `ours`.
    """
    return Block((Run(words),))


def ours(words: str) -> Block:
    """Return `words` of the bot's own as a block in which commands can be tapped."""
    return Block((Run(words, is_own=True),))


def remark_blocks(answer: Answer, base: KnowledgeBase) -> list[Block]:
    """Return what the bot says in place of a quote, or before one; [] for nothing."""
    words = remark(answer, base)
    is_own = answer.reason is not None and not answer.documents
    return [Block((Run(words, is_own=is_own),))] if words else []


def answer_blocks(answer: Answer, base: KnowledgeBase) -> list[Block]:
    """Return `answer` as blocks: its quotes, or why there are none."""
    blocks = remark_blocks(answer, base)
    if len(answer.quotes) == 1:
        blocks += quote_blocks(answer.quotes[0], answer.language)
    else:
        blocks += list_blocks(answer.quotes, 0, answer.language, first_page(answer, base))
    for whose, quote in beside(answer):
        blocks += sentence_blocks(quote, answer.language, whose)
    return blocks


def first_page(answer: Answer, base: KnowledgeBase) -> int:
    """Return how many of the quotes of `answer` are shown at once: a screen of them, if a button
    can lead on to the others, or else all.
    """
    page = page_length(answer.quotes, 0, answer.language)
    return page if page_data(answer, page, base) is not None else len(answer.quotes)


def page_length(quotes: Sequence[Quote], first: int, language: str) -> int:
    """Return how many of `quotes` from index `first` on fit a screen; at least one."""
    count = 1
    while first + count < len(quotes):
        if phone_lines(list_blocks(quotes, first, language, count + 1)) > SCREEN:
            break
        count += 1
    return count


def quote_blocks(quote: Quote, language: str) -> list[Block]:
    """Return `quote` between a heading, which says whose words it is, and its source: the sentence
    that answers and, folded, the rest of its passage, if a screen has room for that. A sentence
    much longer than a screen is folded itself.
    """
    whose, sentence = Block((Run(heading(quote, language), is_bold=True),)), _sentence_block(quote)
    below = _source_block(quote, language)
    whole = [whose, sentence, *_rest_blocks(quote), below]
    if phone_lines(whole) <= SCREEN:
        return whole
    alone = [whose, sentence, below]
    return (
        alone
        if phone_lines(alone) <= _LONGEST
        else [whose, replace(sentence, quotation=FOLDS), below]
    )


def list_blocks(
    quotes: Sequence[Quote], first: int, language: str, page: int | None = None
) -> list[Block]:
    """Return `page` of `quotes`, or as many as fit a screen, from index `first` on: numbered
    sentences without their passages, each with its source, or all with one.
    """
    count = page or page_length(quotes, first, language)
    return page_blocks(quotes[first : first + count], first, len(quotes), language)


def page_blocks(shown: Sequence[Quote], first: int, count: int, language: str) -> list[Block]:
    """Return `shown`, the quotes from index `first` on in a list of `count`, as `list_blocks` does.

    Long sentences of a long list are folded, so that a screen shows more than one; so is one that
    is longer than a screen.
    """
    headings = [
        counted_heading(quote, number, count, language)
        for number, quote in enumerate(shown, start=first + 1)
    ]
    folds = count > MOST_QUOTES and len(shown) > 1
    blocks = headed_blocks(shown, headings, language, folds=folds)
    if len(shown) == 1 and phone_lines(blocks) > SCREEN:
        return headed_blocks(shown, headings, language, folds=True)
    return blocks


def headed_blocks(
    quotes: Sequence[Quote], headings: Sequence[str], language: str, *, folds: bool = False
) -> list[Block]:
    """Return each of `quotes` between its heading and its source, without its passage; if all are
    of one document, the source is named once, beneath them.
    """
    is_of_one = len(quotes) > 1 and len({quote.passage.document.id for quote in quotes}) == 1
    blocks = []
    for whose, quote, before in zip(headings, quotes, [None, *quotes], strict=False):
        place = f" · {paragraph_of(quote, language)}" if is_of_one else ""
        blocks.append(Block((Run(f"{whose}{place}", is_bold=True),)))
        is_same_list = before is not None and quote.lead == before.lead
        block = _sentence_block(quote, with_lead=not (is_of_one and is_same_list))
        is_long = phone_lines([block]) > _FOLDED
        blocks.append(replace(block, quotation=FOLDS) if folds and is_long else block)
        if not is_of_one:
            blocks.append(_source_block(quote, language))
    if is_of_one:
        blocks.append(_source_block(quotes[0], language, with_place=False))
    return blocks


def sentence_blocks(quote: Quote, language: str, whose: str) -> list[Block]:
    """Return the sentence that answers, without its passage, under the heading `whose`."""
    return headed_blocks([quote], [whose], language)


def around_blocks(passages: Sequence[Passage], language: str) -> list[Block]:
    """Return neighbouring `passages` of a document, each under its number, and the document's full
    title, byline and link.
    """
    blocks = [Block((Run(text("heading_around", language), is_bold=True),))]
    for passage in passages:
        blocks.append(plain(text("paragraph", language, number=passage.paragraph)))
        blocks.append(Block((*_header(passage.header), Run(passage.text)), "blockquote"))
    document = passages[0].document
    by = byline(document, language)
    runs = [Run(f"— {document.title}", url=document.url), Run(f" · {by}" if by else "")]
    return [*blocks, Block(tuple(run for run in runs if run.text))]


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


def phone_lines(blocks: Iterable[Block]) -> int:
    """Return how many lines `blocks` take on a phone, with the quotations that fold folded."""
    return sum(_lines(block) for block in blocks)


def _lines(block: Block) -> int:
    written = "".join(run.text for run in block.runs).rstrip("\n")
    lines = sum(max(len(wrap(line, PHONE)), 1) for line in written.split("\n"))
    return min(lines, _FOLDED) if block.quotation == FOLDS else lines


def _sentence_block(quote: Quote, *, with_lead: bool = True) -> Block:
    """Return the sentence that answers; if it is an item of a list, under the lead of the list."""
    runs = [Run(quote.highlight, is_bold=True)]
    if quote.lead is not None and with_lead:
        runs.insert(0, Run(f"{quote.passage.sentence_text(quote.lead)}\n"))
    return Block((*_header(quote.header), *runs), "blockquote")


def _header(header: str) -> tuple[Run, ...]:
    return (Run(f"{header}\n"),) if header else ()


def _rest_blocks(quote: Quote) -> list[Block]:
    """Return, folded, the passage of `quote` with … in place of what is shown already; [] if that
    is all of it.
    """
    text, start = quote.passage.document.text, quote.passage.start
    runs = []
    for begin, end in _shown(quote):
        runs += [Run(text[start:begin]), Run("…", is_bold=True)]
        start = end
    runs.append(Run(text[start : quote.passage.end]))
    if not any(run.text.strip(" \n…") for run in runs):
        return []
    return [Block(tuple(run for run in runs if run.text), FOLDS)]


def _shown(quote: Quote) -> list[tuple[int, int]]:
    """Return (start, end) of the sentence and lead that are shown already, within the document."""
    sentence, lead = quote.sentence, quote.lead
    if lead is None or lead.start < quote.passage.start:
        return [(sentence.start, sentence.end)]
    if quote.passage.document.text[lead.end : sentence.start].isspace():
        return [(lead.start, sentence.end)]
    return [(lead.start, lead.end), (sentence.start, sentence.end)]


def _source_block(quote: Quote, language: str, *, with_place: bool = True) -> Block:
    line = source_line(quote, language, with_place=with_place)
    return Block((Run(f"— {line}", url=quote.passage.document.url),))


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
