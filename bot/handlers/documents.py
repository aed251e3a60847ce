"""Documents: a list of them, and of one the overview, people named, demands and pages."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update

from bot.buttons import (
    NAMES_A_PAGE,
    in_columns,
    list_keyboard,
)
from bot.callback_data import (
    Press,
    person_data,
)
from bot.desk import Desk
from bot.document_buttons import (
    PASSAGES_A_PAGE,
    card_keyboard,
    documents_keyboard,
)
from bot.document_messages import card_blocks, pages_blocks
from bot.handlers.sending import reply
from bot.messages import Block, list_blocks, page_length, plain, quote_blocks
from bot.texts import text
from knowledge.answering.overview import Overview, overview_of
from knowledge.answering.shown import Shown
from knowledge.people.display_names import display_name
from knowledge.quotes.answers import Answer, quote

Said = tuple[list[Block], InlineKeyboardMarkup | None]


def card(answer: Answer, at: Desk) -> Said:
    """Return the overview of a document that `answer` asks for, and the buttons under it."""
    base = at.knowledge_base
    shown = _overview(at, base.documents.index(answer.documents[0]))
    if shown is None:
        return [plain(answer.documents[0].title)], None
    keyboard = card_keyboard(shown, answer.offers, base, answer.language)
    return card_blocks(shown, answer.language), keyboard


async def press(update: Update, at: Desk, pressed: Press, language: str) -> None:
    """Show what a pressed button about documents asks for."""
    number = pressed.numbers[0][0]
    match pressed.action:
        case "document":
            await show_document(update, at, number, language)
        case "documents":
            await show_documents(update, at, number, language)
        case "named":
            await _show_named(update, at, number, pressed.numbers[0][1], language)
        case "demanded":
            await _show_demanded(update, at, number, pressed.numbers[0][1], language)
        case "read":
            await _show_pages(update, at, number, language)
        case "near":
            await _show_near(update, at, number, language)


async def show_documents(update: Update, at: Desk, offset: int, language: str) -> None:
    """Send a page of the documents, from `offset` on; of the only document, its overview."""
    base = at.knowledge_base
    if len(base.documents) == 1:
        await show_document(update, at, 0, language)
        return
    offset = offset if offset < len(base.documents) else 0
    words = ["about"] if offset else ["about", "about_project"]
    keyboard = documents_keyboard(base.documents, base, language, offset)
    await reply(update, [plain(text(one, language)) for one in words], keyboard)


async def show_document(update: Update, at: Desk, number: int, language: str) -> None:
    """Send the overview of the document at `number`, and remember that it was shown."""
    answer = at.snapshot.overview(at.knowledge_base.documents[number], language)
    if answer is None:
        await reply(update, [plain(at.knowledge_base.documents[number].title)])
        return
    await reply(update, *card(answer, at))
    at.saw(update, at.knowledge_base.shown(answer))


async def _show_named(update: Update, at: Desk, number: int, offset: int, language: str) -> None:
    """Send a page of the people whom the document at `number` names, from `offset` on."""
    shown, base = _overview(at, number), at.knowledge_base
    people = shown.people if shown is not None else ()
    rows = in_columns(
        [
            (display_name(one, language), person_data(one, 0, base))
            for one in people[offset : offset + NAMES_A_PAGE]
        ]
    )
    following = offset + NAMES_A_PAGE
    if following < len(people):
        data = f"named:{base.version}:{number}.{following}"
        rows.append([InlineKeyboardButton(text("button_more", language), callback_data=data)])
    words = text("people", language, count=len(people))
    await reply(update, [plain(words)], InlineKeyboardMarkup(rows))


async def _show_demanded(update: Update, at: Desk, number: int, first: int, language: str) -> None:
    """Send a page of the demands of the document at `number`, from index `first` on."""
    shown, base = _overview(at, number), at.knowledge_base
    demands = shown.demands if shown is not None else ()
    following = first + page_length(demands, first, language)
    data = f"demanded:{base.version}:{number}.{following}"
    more = data if following < len(demands) else None
    page = demands[first:following]
    keyboard = list_keyboard(page, more, base, language, is_inline=at.is_inline)
    await reply(update, list_blocks(demands, first, language), keyboard)


async def _show_pages(update: Update, at: Desk, row: int, language: str) -> None:
    """Send the passages of a document from the one at `row` on."""
    base = at.knowledge_base
    document = base.passages[row].document
    passages = [p for p in base.passages[row : row + PASSAGES_A_PAGE] if p.document is document]
    following, keyboard = row + len(passages), None
    if following < len(base.passages) and base.passages[following].document is document:
        button = InlineKeyboardButton(
            text("button_read_on", language), callback_data=f"read:{base.version}:{following}"
        )
        keyboard = InlineKeyboardMarkup([[button]])
    await reply(update, pages_blocks(passages, language), keyboard)
    at.saw(update, Shown(base.version, ((row, 0),), ((following, 0),) if keyboard else ()))


async def _show_near(update: Update, at: Desk, row: int, language: str) -> None:
    """Send the passage at `row`, which is near a question and does not answer it."""
    base = at.knowledge_base
    passage = base.passages[row]
    blocks = quote_blocks(quote(passage, passage.sentences[0]), language)
    await reply(update, [plain(text("near_passage", language)), *blocks])
    at.saw(update, Shown(base.version, ((row, 0),), ()))


def _overview(at: Desk, number: int) -> Overview | None:
    base = at.knowledge_base
    return overview_of(base.documents[number], base.statements, base.people.people)
