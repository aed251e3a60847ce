"""Names typed into any chat, after the bot's own."""

from hashlib import sha256

from telegram import InlineQueryResultArticle, InputTextMessageContent, Update
from telegram.constants import InlineQueryLimit, ParseMode
from telegram.helpers import create_deep_linked_url

from bot.desk import Context, desk
from bot.handlers.people import said_of
from bot.messages import pack, plain, sentence_blocks
from bot.wording import heading
from knowledge.answers import Quote
from knowledge.people import Person

_CACHE_SECONDS = 60  # the documents change seldom, and the next reload must show
_TITLE, _DESCRIPTION = 64, 200  # characters shown of a result in a list


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
        for quoted in said_of(at, found)
    ]
    await query.answer(
        results[: int(InlineQueryLimit.RESULTS)], cache_time=_CACHE_SECONDS, is_personal=True
    )


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
