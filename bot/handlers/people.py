"""People and demands: lists, cards and their pages, and names typed into any chat."""

from hashlib import sha256

from telegram import InlineQueryResultArticle, InputTextMessageContent, Update
from telegram.constants import InlineQueryLimit, ParseMode
from telegram.helpers import create_deep_linked_url

from bot.buttons import demands_data, next_keyboard, people_keyboard, person_data
from bot.desk import Context, Desk, desk
from bot.handlers.questions import answer_text
from bot.handlers.sending import reply
from bot.messages import QUOTES_A_PAGE, card_blocks, list_blocks, pack, plain, sentence_blocks
from bot.texts import text
from bot.wording import heading
from knowledge.answers import Answer, Quote, quote
from knowledge.people import Person

_CACHE_SECONDS = 60  # the documents change seldom, and the next reload must show
_TITLE, _DESCRIPTION = 64, 200  # characters shown of a result in a list


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


async def leave(update: Update, context: Context) -> None:
    """Forget what is remembered of a chat that has blocked the bot or thrown it out."""
    changed = update.my_chat_member
    if changed is not None and changed.new_chat_member.status in {"kicked", "left"}:
        desk(context).forget(changed.chat.id)


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
    quotes = _said_of(at, shown)
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
    told = Answer("answered", language, 1.0, tuple(quotes[first:]), is_whole=True)
    at.saw(update, base.shown(told))


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


async def inline(update: Update, context: Context) -> None:
    """Offer what is said of the people named in an inline query, as cards to send."""
    query = update.inline_query
    if query is None:
        return
    at = desk(context)
    namings = at.knowledge_base.people.resolve(query.query)
    named = [p for naming in namings if naming.outcome != "stranger" for p in naming.people]
    language = at.language_of(update)
    results = [
        _card(found, quoted, language, context.bot.username)
        for found in dict.fromkeys(named)
        for quoted in _said_of(at, found)
    ]
    await query.answer(
        results[: int(InlineQueryLimit.RESULTS)], cache_time=_CACHE_SECONDS, is_personal=True
    )


def _said_of(at: Desk, shown: Person) -> list[Quote]:
    return [quote(s.passage, s.sentence) for s in at.knowledge_base.statements.of([shown])]


def _card(shown: Person, quoted: Quote, language: str, username: str) -> InlineQueryResultArticle:
    place = f"{shown.id} {quoted.passage.document.id} {quoted.sentence.start}"
    whose = f"{shown.name} · {heading(quoted, language)}"
    link = plain(create_deep_linked_url(username, shown.id))
    return InlineQueryResultArticle(
        id=sha256(place.encode()).hexdigest()[:32],
        title=whose[:_TITLE],
        description=quoted.highlight[:_DESCRIPTION],
        input_message_content=InputTextMessageContent(
            pack([*sentence_blocks(quoted, language, whose), link])[0],
            parse_mode=ParseMode.HTML,
        ),
    )
