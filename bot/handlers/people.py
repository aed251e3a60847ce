"""People and demands: lists, cards and their pages."""

from telegram import Update
from telegram.helpers import create_deep_linked_url

from bot.buttons import demands_data, next_keyboard, people_keyboard, person_data
from bot.desk import Context, Desk, desk
from bot.handlers.questions import answer_text
from bot.handlers.sending import reply
from bot.messages import QUOTES_A_PAGE, card_blocks, list_blocks, plain
from bot.texts import text
from knowledge.answers import Quote, quote
from knowledge.people import Person


async def people(update: Update, context: Context) -> None:
    """List everybody named, as buttons."""
    await show_people(update, desk(context), 0)


async def person(update: Update, context: Context) -> None:
    """Answer about the name after /person as if it had been asked."""
    at = desk(context)
    named = " ".join(context.args or ())
    if named:
        await answer_text(update, at, named)
        return
    everybody = at.knowledge_base.people.people
    language = at.language_of(update)
    words = (
        text("person_usage", language, example=everybody[0].name)
        if everybody
        else text("no_people", language)
    )
    await reply(update, [plain(words)])


async def demands(update: Update, context: Context) -> None:
    """List what is demanded."""
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
    keyboard = people_keyboard(everybody, at.knowledge_base, language, offset)
    await reply(update, [plain(text("people", language, count=len(everybody)))], keyboard)


async def show_person(update: Update, at: Desk, shown: Person, first: int, username: str) -> None:
    """Send what is said of `shown`: their card, or a later page from statement `first` on."""
    base, language = at.knowledge_base, at.language_of(update)
    quotes = said_of(at, shown)
    if first == 0:
        link = create_deep_linked_url(username, shown.id)
        blocks = card_blocks(shown, quotes, language, link)
    else:
        blocks = list_blocks(quotes, first, language)
    following = first + QUOTES_A_PAGE
    is_last = following >= len(quotes)
    keyboard = None if is_last else next_keyboard(person_data(shown, following, base), language)
    await reply(update, blocks, keyboard)
    if update.effective_chat is not None and update.effective_user is not None:
        at.spoken_of.remember((update.effective_chat.id, update.effective_user.id), shown)


async def show_demands(update: Update, at: Desk, first: int) -> None:
    """Send a page of the demands, from the one at `first` on."""
    base, language = at.knowledge_base, at.language_of(update)
    quotes = [quote(s.passage, s.sentence) for s in base.statements.demands]
    if not quotes:
        await reply(update, [plain(text("no_demands", language))])
        return
    following = first + QUOTES_A_PAGE
    is_last = following >= len(quotes)
    keyboard = None if is_last else next_keyboard(demands_data(following, base), language)
    await reply(update, list_blocks(quotes, first, language), keyboard)


def said_of(at: Desk, shown: Person) -> list[Quote]:
    """Return what is said of `shown`, in the order of the documents."""
    return [quote(s.passage, s.sentence) for s in at.knowledge_base.statements.of([shown])]
