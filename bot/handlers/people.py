"""People and demands: lists, cards and their pages."""

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, Update

from bot.buttons import (
    NAMES_A_PAGE,
    card_keyboard,
    list_keyboard,
    next_keyboard,
    people_keyboard,
)
from bot.callback_data import (
    demands_data,
    person_data,
)
from bot.desk import Context, Desk, desk
from bot.handlers.questions import answer_text
from bot.handlers.sending import replace, reply
from bot.messages import Block, list_blocks, ours, page_length, plain
from bot.person_cards import card_blocks
from bot.texts import text
from knowledge.people.display_names import display_name
from knowledge.people.person import Person
from knowledge.quotes.answers import Answer, quote


async def people(update: Update, context: Context) -> None:
    """List everybody whom the documents name, as buttons."""
    await show_people(update, desk(context), 0)


async def person(update: Update, context: Context) -> None:
    """Answer the name after /person as if it were a question."""
    at = desk(context)
    named = " ".join(context.args or ())
    if named:
        await answer_text(update, at, named)
        return
    everybody = at.knowledge_base.people.people
    language = at.language_of(update)
    words = (
        text("person_usage", language, example=display_name(everybody[0], language))
        if everybody
        else text("no_people", language)
    )
    await reply(update, [ours(words)])


async def demands(update: Update, context: Context) -> None:
    """List the demands."""
    await show_demands(update, desk(context), 0)


async def forget(update: Update, context: Context) -> None:
    """Forget what is remembered of the chat."""
    at = desk(context)
    if update.effective_chat is not None:
        at.forget(update.effective_chat.id)
    await reply(update, [plain(text("forgotten", at.language_of(update)))])


async def show_people(update: Update, at: Desk, offset: int) -> None:
    """Send a page of the people, from the one at `offset` on."""
    everybody, language = at.knowledge_base.people.people, at.language_of(update)
    if not everybody:
        await reply(update, [plain(text("no_people", language))])
        return
    await reply(update, *_people_page(at, language, offset))


async def turn_page(query: CallbackQuery, at: Desk, language: str, offset: int) -> None:
    """Turn the pressed list of people to the page from `offset` on."""
    message = query.message
    blocks, keyboard = _people_page(at, language, offset)
    if isinstance(message, Message) and message.reply_markup != keyboard:
        await replace(message, [message.message_id], blocks, keyboard)


def _people_page(at: Desk, language: str, offset: int) -> tuple[list[Block], InlineKeyboardMarkup]:
    everybody = at.knowledge_base.people.people
    count = len(everybody)
    words = text("people", language, count=count)
    if count > NAMES_A_PAGE:
        last = min(offset + NAMES_A_PAGE, count)
        words += "\n" + text("people_page", language, first=offset + 1, last=last, count=count)
    return [plain(words)], people_keyboard(everybody, at.knowledge_base, language, offset)


async def show_person(update: Update, at: Desk, shown: Person, first: int, username: str) -> None:
    """Send what is said of `shown`: their card, or a later page from statement `first` on."""
    base, language = at.knowledge_base, at.language_of(update)
    card = base.card(shown)
    if first == 0:
        keyboard = card_keyboard(card, base, language, is_inline=at.is_inline)
        await reply(update, card_blocks(card, language, username), keyboard)
    else:
        following = first + page_length(card.quotes, first, language)
        data = person_data(shown, following, base)
        more = next_keyboard(data, language) if following < len(card.quotes) else None
        await reply(update, list_blocks(card.quotes, first, language), more)
    at.speak_of(update, shown)
    told = Answer("answered", language, 1.0, card.quotes[first:], is_whole=True)
    at.saw(update, base.shown(told))


async def show_demands(update: Update, at: Desk, first: int) -> None:
    """Send a page of the demands, from the one at `first` on."""
    base, language = at.knowledge_base, at.language_of(update)
    quotes = [quote(s.passage, s.sentence) for s in base.statements.demands]
    if not quotes:
        await reply(update, [plain(text("no_demands", language))])
        return
    following = first + page_length(quotes, first, language)
    data = demands_data(following, base) if following < len(quotes) else None
    page = quotes[first:following]
    keyboard = list_keyboard(page, data, base, language, is_inline=at.is_inline)
    await reply(update, list_blocks(quotes, first, language), keyboard)
    # "More" goes on after this page.
    told = Answer("answered", language, 1.0, tuple(page), tuple(quotes[following:]))
    at.saw(update, base.shown(told))
