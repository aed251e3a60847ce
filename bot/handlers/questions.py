"""Questions, in whatever way they reach the bot, and edits of questions."""

from zlib import crc32

from telegram import InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType

from bot.asked import asked_in, is_spoken_to, own_words
from bot.buttons import (
    card_keyboard,
    cards_keyboard,
    language_keyboard,
    list_keyboard,
    options_keyboard,
    quote_keyboard,
    tell_keyboard,
)
from bot.callback_data import (
    page_data,
)
from bot.conversation import Key
from bot.desk import Context, Desk, desk
from bot.document_buttons import documents_keyboard, help_keyboard, told_keyboard
from bot.document_messages import offer_blocks
from bot.handlers import documents
from bot.handlers.sending import replace, reply, typing
from bot.messages import Block, answer_blocks, first_page, ours, plain, remark_blocks
from bot.person_cards import card_blocks, parts_blocks
from bot.texts import text
from knowledge.quotes.answers import Answer

_NOT_FOUND = frozenset(["nothing_found", "other_language", "stranger"])
_WITH_HELP = _NOT_FOUND | {
    "greeting",
    "about",
    "what_to_ask",
    "more_of_what",
    "whom",
    "which_words",
}


async def answer(update: Update, context: Context) -> None:
    """Answer the question in a message; if one that is for the bot asks nothing, say how to ask."""
    message, at = update.message, desk(context)
    if message is None:
        return
    bot = context.bot
    question = asked_in(message, bot.id, bot.username)
    own = own_words(message, bot.id, bot.username)
    is_sound = is_spoken_to(message, bot.id)
    if question is not None:
        await answer_text(update, at, question, is_own=bool(own))
    elif own is not None:
        await _say_usage(update, at)
    elif is_sound or (message.chat.type == ChatType.PRIVATE and message.via_bot is None):
        await _say_what_is_read(update, at, message, is_sound=is_sound)


async def _say_usage(update: Update, at: Desk) -> None:
    language = at.language_of(update)
    if examples := list(at.examples_in(language).values()):
        usage = text("ask_usage", language, example=examples[0])
    else:
        usage = text("ask_usage_without_example", language)
    await reply(update, [ours(usage)])


async def correct(update: Update, context: Context) -> None:
    """Answer an edited question, in place of the answer it had.

    If the bot never answered it, or too long ago to remember, nothing is done.
    """
    message = update.edited_message
    if message is None:
        return
    at = desk(context)
    key = (message.chat_id, message.message_id)
    earlier = at.answered.recall(key)
    question = asked_in(message, context.bot.id, context.bot.username)
    if earlier is None or question is None:
        return
    found = await at.ask(question, update)
    blocks, keyboard = _said(found, at)
    if found.options and not at.admins and message.chat.type == ChatType.PRIVATE:
        # Its buttons need a reply to the question; in all other cases the earlier answer is one.
        ids = await reply(update, blocks, keyboard, quotes=True)
        await replace(message, earlier, [], None)
    else:
        ids = await replace(message, earlier, blocks, keyboard)
    at.answered.remember(key, ids)


async def _say_what_is_read(update: Update, at: Desk, message: Message, *, is_sound: bool) -> None:
    """Say that only words are read, once to an album."""
    album = _album(message)
    if message.poll or message.dice or (album and at.albums.recall(album) is not None):
        return
    words = text("cannot_listen" if is_sound else "text_only", at.language_of(update))
    ids = await reply(update, [plain(words)])
    if album:
        at.albums.remember(album, ids)


async def answer_text(update: Update, at: Desk, question: str, *, is_own: bool = True) -> None:
    """Answer `question`, asked in the message of `update`, and remember which messages answer it.

    An album has one answer, which takes the place of what was said to it before. A question that
    stands only in the message replied to (not `is_own`) cannot be handed over to the editors.
    """
    message = update.effective_message
    album = _album(message) if message is not None else None
    said = at.albums.recall(album) if album else None
    if said == ():
        return
    async with typing(update):
        found = await at.ask(question, update)
    blocks, keyboard = _said(found, at) if is_own else shown(found, at)
    if message is not None and said is not None:
        ids = await replace(message, said, blocks, keyboard)
    else:
        ids = await reply(update, blocks, keyboard, quotes=_is_needed_later(found, at) or None)
    if message is not None:
        at.answered.remember((message.chat_id, message.message_id), ids)
    if album:
        at.albums.remember(album, ())


def _album(message: Message) -> Key | None:
    album = message.media_group_id
    return None if album is None else (message.chat_id, crc32(album.encode()))


def _said(found: Answer, at: Desk) -> tuple[list[Block], InlineKeyboardMarkup | None]:
    """Return what `shown` does, for a reply to the question: with the buttons that hand it over."""
    blocks, keyboard = shown(found, at, is_told=bool(at.admins))
    if not _can_be_told(found, at):
        return blocks, keyboard
    rows = [*keyboard.inline_keyboard] if keyboard is not None else []
    return blocks, InlineKeyboardMarkup([*rows, *tell_keyboard(found.language).inline_keyboard])


def _is_needed_later(found: Answer, at: Desk) -> bool:
    """Return whether a button under the answer needs the question. Nothing keeps that, so the
    answer must then be a reply to it, where the press finds it again.
    """
    return bool(found.options) or bool(at.admins)


def _can_be_told(found: Answer, at: Desk) -> bool:
    """Return whether nothing was found and there are editors to tell."""
    return bool(at.admins) and found.reason in _NOT_FOUND


def shown(
    found: Answer, at: Desk, *, is_told: bool = False
) -> tuple[list[Block], InlineKeyboardMarkup | None]:
    """Return how `found` is said, and the buttons under it. `is_told` adds the button that calls it
    wrong, which works only in a reply to the question.
    """
    base, language = at.knowledge_base, found.language
    if found.reason == "language":
        # Another language is one tap away, should this one not have been meant.
        return [plain(text("language_chosen", language))], language_keyboard()
    if found.reason == "overview" and found.documents:
        return documents.card(found, at)
    if found.is_card:
        card = base.card(found.people[0])
        blocks = card_blocks(card, language, at.username)
        keyboard = card_keyboard(card, base, language, is_inline=at.is_inline, is_told=is_told)
        return [*remark_blocks(found, base), *blocks], keyboard
    if found.parts:
        return parts_blocks(found, base), cards_keyboard(found.people, base, language)
    blocks = [*answer_blocks(found, base), *offer_blocks(found)]
    return blocks, _keyboard(found, at, is_told=is_told)


def _keyboard(found: Answer, at: Desk, *, is_told: bool) -> InlineKeyboardMarkup | None:
    base, language = at.knowledge_base, found.language
    if found.reason in _WITH_HELP:
        return help_keyboard(found, base)
    if found.status == "clarify" and found.documents:
        return documents_keyboard(found.documents, base, language)
    if found.documents:
        return told_keyboard(found, base)
    if found.options:
        return options_keyboard(found.options, base, language)
    if not found.quotes:
        return None
    if len(found.quotes) == 1:
        return quote_keyboard(
            found.quotes[0],
            found.more,
            base,
            language,
            is_inline=at.is_inline,
            is_told=is_told,
        )
    page = first_page(found, base)
    return list_keyboard(
        found.quotes[:page],
        page_data(found, page, base),
        base,
        language,
        is_inline=at.is_inline,
        is_told=is_told,
    )
