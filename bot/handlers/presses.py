"""Buttons under answers: the next passage, the passages around one, an example question."""

from collections.abc import Sequence
from contextlib import suppress

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, Update
from telegram.error import TelegramError

from bot.asked import asked_in
from bot.buttons import (
    language_of,
    list_keyboard,
    quote_keyboard,
    without,
)
from bot.callback_data import (
    Press,
    is_of,
    quotes_at,
    read,
    rest_data,
)
from bot.desk import Context, Desk, desk
from bot.handlers import documents
from bot.handlers.people import show_demands, show_people, show_person, turn_page
from bot.handlers.questions import shown
from bot.handlers.sending import reply
from bot.messages import around_blocks, page_blocks, page_length, plain, quote_blocks
from bot.texts import text
from knowledge.answering.shown import Shown
from knowledge.people.person import Person
from knowledge.quotes.answers import Quote

_SPINNER_SECONDS = 5.0  # the answer to a press waits no longer than this for its spinner to stop


async def press(update: Update, context: Context) -> None:
    """Do what a pressed button says; for one of another knowledge base, say that it is outdated."""
    query = update.callback_query
    if query is None:
        return
    at = desk(context)
    language = _language_of(query) or at.language_of(update)
    pressed = read(query.data or "")
    if pressed is None or not _is_current(pressed, at):
        await answer(query, text("outdated", language))
        return
    await answer(query)
    if _leads_on(pressed, at):
        await take_away(query)
    number = pressed.numbers[0][0]
    match pressed.action:
        case "example":
            await _ask(update, at, at.examples[number])
        case "golden":
            await _ask(update, at, at.snapshot.golden[number].question)
        case "person":
            person = at.knowledge_base.people.people[number]
            await show_person(update, at, person, pressed.numbers[0][1], context.bot.username)
        case "meant":
            await _meant(update, context, at, at.knowledge_base.people.people[number])
        case "people":
            await show_people(update, at, number)
        case "page":
            await turn_page(query, at, language, number)
        case "demands":
            await show_demands(update, at, number)
        case "more":
            await _more(update, at, pressed, language)
        case "list":
            await _more_of_list(update, at, pressed, language)
        case "around":
            await reply(update, around_blocks(at.knowledge_base.around(number), language))
        case _:
            await documents.press(update, at, pressed, language)


def _leads_on(pressed: Press, at: Desk) -> bool:
    """Return whether the button continues what its message shows, so that a press removes it."""
    number = pressed.numbers[0][0]
    match pressed.action:
        case "more" | "list" | "around" | "demands":
            return True
        case "person" | "named" | "demanded":
            return pressed.numbers[0][1] > 0
        case "people" | "documents":
            return number > 0
        case "read":
            return at.knowledge_base.around(number)[0] is not at.knowledge_base.passages[number]
        case _:
            return False


def _language_of(query: CallbackQuery) -> str | None:
    """Return the language of the pressed button, if it continues what its message shows."""
    message = query.message
    if not isinstance(message, Message) or message.reply_markup is None:
        return None
    return language_of(message.reply_markup, query.data or "")


def _is_current(pressed: Press, at: Desk) -> bool:
    """Return whether the button names something in the knowledge base that now answers."""
    base, number = at.knowledge_base, pressed.numbers[0][0]
    if pressed.version != base.version:
        return False
    match pressed.action:
        case "example":
            return number < len(at.examples)
        case "person" | "meant" | "people" | "page":
            return number < len(base.people.people)
        case "demands":
            return number < len(base.statements.demands)
        case "golden":
            return number < len(at.snapshot.golden)
        case "near" | "read":
            return number < len(base.passages)
        case "document" | "documents" | "named" | "demanded":
            return number < len(base.documents)
        case "more" | "list" | "around" | "share":
            return is_of(pressed, base)


async def _ask(update: Update, at: Desk, question: str) -> None:
    """Answer `question`, which a button showed, and put its words above the answer."""
    blocks, keyboard = shown(await at.ask(question, update), at)
    await reply(update, [plain(f"{question}\n"), *blocks], keyboard)


async def _meant(update: Update, context: Context, at: Desk, chosen: Person) -> None:
    """Answer the question to which the pressed message replies, `chosen` being meant; if it is
    gone, show their card.
    """
    message = update.effective_message
    first = message.reply_to_message if message is not None else None
    question = asked_in(first, context.bot.id, context.bot.username) if first is not None else None
    if question is None:
        await show_person(update, at, chosen, 0, context.bot.username)
        return
    await reply(update, *shown(await at.ask(question, update, chosen), at))


async def _more(update: Update, at: Desk, pressed: Press, language: str) -> None:
    first, *rest = quotes_at(pressed, at.knowledge_base)
    await show_quote(update, at, first, rest, language)
    place, *following = ((row, sentence) for row, sentence in pressed.numbers)
    at.saw(update, Shown(pressed.version, (place,), tuple(following)))


async def show_quote(
    update: Update, at: Desk, shown: Quote, rest: Sequence[Quote], language: str
) -> None:
    """Send `shown`, with a button for `rest`."""
    keyboard = quote_keyboard(shown, rest, at.knowledge_base, language, is_inline=at.is_inline)
    await reply(update, quote_blocks(shown, language), keyboard)


async def _more_of_list(update: Update, at: Desk, pressed: Press, language: str) -> None:
    base, (first, count) = at.knowledge_base, pressed.numbers[0]
    quotes = quotes_at(pressed, base)
    page = page_length(quotes, 0, language)
    following = first + page
    data = rest_data(quotes[page:], following, count, base) if page < len(quotes) else None
    keyboard = list_keyboard(quotes[:page], data, base, language, is_inline=at.is_inline)
    await reply(update, page_blocks(quotes[:page], first, count, language), keyboard)


async def answer(query: CallbackQuery, words: str | None = None) -> None:
    """Stop the spinner of a pressed button, and show `words`, if there are any, in an alert."""
    # Telegram accepts an answer only for some seconds, so after a restart it may be too late.
    with suppress(TelegramError):
        await query.answer(words, show_alert=words is not None, read_timeout=_SPINNER_SECONDS)


async def take_away(query: CallbackQuery) -> None:
    """Remove the pressed button, so that it is not pressed twice."""
    message = query.message
    if isinstance(message, Message) and isinstance(message.reply_markup, InlineKeyboardMarkup):
        # Somebody else in a group may have pressed it at the same moment.
        left = without(message.reply_markup, query.data or "")
        if left != message.reply_markup:
            with suppress(TelegramError):
                await query.edit_message_reply_markup(left)


async def take_keyboard(query: CallbackQuery) -> None:
    """Remove all buttons of the pressed message: one of them has been chosen."""
    if isinstance(query.message, Message) and query.message.reply_markup is None:
        return
    with suppress(TelegramError):
        await query.edit_message_reply_markup(None)
