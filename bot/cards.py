"""Cards that are sent into other chats as inline results: the card that a Share button's query
names, and the link on it that leads back to the bot.
"""

from collections.abc import Sequence
from hashlib import sha256

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.helpers import create_deep_linked_url

from bot.callback_data import (
    Press,
    is_of,
    quotes_at,
    read,
    share_data,
)
from bot.desk import Desk
from bot.messages import Block, Run, headed_blocks, pack
from bot.texts import text
from bot.wording import heading
from knowledge.knowledge_base import KnowledgeBase
from knowledge.quotes.answers import Quote

CACHE_SECONDS = 60  # the documents seldom change, but a reload must soon show
_DESCRIPTION = 200  # characters shown of a result in a list
_START = "q_"  # the prefix of the payload of a link to an answer


async def answer_shared(query: InlineQuery, at: Desk, language: str, username: str) -> bool:
    """Return whether a Share button wrote `query`; if so, answer it with a card of the quotes it
    names. If they are of another knowledge base there is no card, and the user is told so.
    """
    shared = read(query.query.strip())
    if shared is None or shared.action != "share":
        return False
    if is_of(shared, at.knowledge_base):
        quotes = quotes_at(shared, at.knowledge_base)
        results = [share_card(quotes, at.knowledge_base, language, username)]
        button = None
    else:
        results = []
        button = InlineQueryResultsButton(text("outdated", language), start_parameter="ask")
    await query.answer(results, cache_time=CACHE_SECONDS, is_personal=True, button=button)
    return True


def share_card(
    quotes: Sequence[Quote], base: KnowledgeBase, language: str, username: str
) -> InlineQueryResultArticle:
    """Return a card to send: `quotes` with their sources, as many as one message holds, and a link
    to ask more.
    """
    first = quotes[0]
    link = create_deep_linked_url(username, _payload(first, base))
    ask_more = Block((Run(text("ask_more", language), url=link),))
    headings = [heading(quote, language) for quote in quotes]
    for count in range(len(quotes), 0, -1):
        messages = pack([*headed_blocks(quotes[:count], headings, language), ask_more])
        if len(messages) == 1:
            break
    described = first.highlight[:_DESCRIPTION]
    return article(share_data(quotes, base), headings[0], described, messages[0])


def article(place: str, title: str, described: str, message: str) -> InlineQueryResultArticle:
    """Return an inline result that shows `title` and `described`, and sends `message`, in HTML. Its
    id is a hash of `place`, which names what it shows.
    """
    return InlineQueryResultArticle(
        id=sha256(place.encode()).hexdigest()[:32],
        title=title,
        description=described,
        input_message_content=InputTextMessageContent(
            message,
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
    )


def linked(payload: str) -> Press | None:
    """Return the quote that the `payload` of a link to the bot names; None if it names none.

    >>> linked("q_0123abcd_4_1")
    Press(action='share', version='0123abcd', numbers=((4, 1),))
    """
    if not payload.startswith(_START):
        return None
    version, _, place = payload.removeprefix(_START).partition("_")
    return read(f"share:{version}:{place.replace('_', '.')}")


def _payload(quote: Quote, base: KnowledgeBase) -> str:
    _, version, place = share_data([quote], base).split(":")
    return f"{_START}{version}_{place.replace('.', '_')}"
