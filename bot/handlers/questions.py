"""Questions, in whatever way they reach the bot, and questions that were corrected."""

from telegram import InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType

from bot.backlog import named_in
from bot.buttons import (
    demands_data,
    next_keyboard,
    options_keyboard,
    person_data,
    quote_keyboard,
    tell_keyboard,
)
from bot.desk import Context, Desk, desk
from bot.document_buttons import documents_keyboard, help_keyboard, told_keyboard
from bot.document_messages import offer_blocks
from bot.handlers.documents import card
from bot.handlers.sending import replace, reply, typing
from bot.messages import QUOTES_A_PAGE, Block, answer_blocks, is_paged, plain
from bot.texts import text
from knowledge.answers import Answer
from knowledge.knowledge_base import KnowledgeBase

_NOT_THERE = frozenset(["nothing_found", "other_language", "stranger"])
_HELPED_ON = _NOT_THERE | {"what_to_ask", "more_of_what"}


async def answer(update: Update, context: Context) -> None:
    """Answer a text message; in a group, one that replies to the bot or mentions it."""
    message = update.message
    if message is None:
        return
    question = asked_in(message, context.bot.id, context.bot.username)
    if question is not None:
        await answer_text(update, desk(context), question)
    elif message.chat.type == ChatType.PRIVATE:
        await _say_usage(update, desk(context))


async def ask(update: Update, context: Context) -> None:
    """Answer what stands after /ask."""
    message = update.message
    if message is None:
        return
    at = desk(context)
    question = " ".join(context.args or ())
    if question:
        await answer_text(update, at, question)
    else:
        await _say_usage(update, at)


async def _say_usage(update: Update, at: Desk) -> None:
    language = at.language_of(update)
    if examples := list(at.examples_in(language).values()):
        usage = text("ask_usage", language, example=examples[0])
    else:
        usage = text("ask_usage_without_example", language)
    await reply(update, [plain(usage)])


async def correct(update: Update, context: Context) -> None:
    """Answer a question that was edited, in place of the answer it had.

    One that the bot never answered, or that lies too far back to be remembered, is left alone.
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
    if _is_asked_back(found, at) and message.chat.type == ChatType.PRIVATE:
        # Its button needs a reply to the question, which in a group the earlier answer is already.
        ids = await reply(update, blocks, keyboard, quotes=True)
        await replace(message, earlier, [], None)
    else:
        ids = await replace(message, earlier, blocks, keyboard)
    at.answered.remember(key, ids)


async def text_only(update: Update, context: Context) -> None:
    """Say that only text is read; in a group, nothing, since nobody asked."""
    if update.effective_chat is not None and update.effective_chat.type == ChatType.PRIVATE:
        at = desk(context)
        await reply(update, [plain(text("text_only", at.language_of(update)))])


async def answer_text(update: Update, at: Desk, question: str) -> None:
    """Answer `question`, asked in the message of `update`, and remember which messages do."""
    async with typing(update):
        found = await at.ask(question, update)
    message = update.effective_message
    blocks, keyboard = _said(found, at)
    ids = await reply(update, blocks, keyboard, quotes=_is_asked_back(found, at) or None)
    if message is not None:
        at.answered.remember((message.chat_id, message.message_id), ids)


def _said(found: Answer, at: Desk) -> tuple[list[Block], InlineKeyboardMarkup | None]:
    """Return what `shown` does, with the button for the editors where there is nothing to show."""
    blocks, keyboard = shown(found, at)
    if not _can_be_told(found, at):
        return blocks, keyboard
    rows = [*keyboard.inline_keyboard] if keyboard is not None else []
    return blocks, InlineKeyboardMarkup([*rows, *tell_keyboard(found.language).inline_keyboard])


def _is_asked_back(found: Answer, at: Desk) -> bool:
    """Return whether a press goes on with the question: the answer is then said in reply to it, so
    that the press finds it again; nothing keeps it.
    """
    return bool(found.options) or _can_be_told(found, at)


def _can_be_told(found: Answer, at: Desk) -> bool:
    """Return whether there are editors to hear that this was not found."""
    return bool(at.admins) and found.reason in _NOT_THERE


def shown(found: Answer, at: Desk) -> tuple[list[Block], InlineKeyboardMarkup | None]:
    """Return how `found` is said, and the buttons under it."""
    if found.reason == "overview" and found.documents:
        return card(found, at)
    blocks = [*answer_blocks(found, at.knowledge_base), *offer_blocks(found)]
    return blocks, _keyboard(found, at.knowledge_base)


def _keyboard(found: Answer, base: KnowledgeBase) -> InlineKeyboardMarkup | None:
    language = found.language
    if found.reason in _HELPED_ON:
        return help_keyboard(found, base)
    if found.status == "clarify" and found.documents:
        return documents_keyboard(found.documents, base, language)
    if found.documents:
        return told_keyboard(found, base)
    if found.options:
        return options_keyboard(found.options, base)
    if len(found.quotes) == 1:
        return quote_keyboard(found.quotes[0], found.more, base, language)
    if not is_paged(found, base):
        return None
    if len(found.people) == 1:
        first = QUOTES_A_PAGE if found.is_whole else 0
        return next_keyboard(person_data(found.people[0], first, base), language)
    return next_keyboard(demands_data(QUOTES_A_PAGE, base), language)


def asked_in(message: Message, bot_id: int, username: str) -> str | None:
    """Return the question in `message`, without the bot's name; None if it is not for the bot."""
    words = message.text or ""
    mentions = named_in(message)
    is_for_bot = message.chat.type == ChatType.PRIVATE
    for entity, mention in sorted(mentions.items(), key=lambda item: -item[0].offset):
        name, _, addressee = mention.partition("@")
        if addressee.lower() == username.lower() or name in {"/ask", "/person"}:
            is_for_bot = True
            start = len(words.encode("utf-16-le")[: 2 * entity.offset].decode("utf-16-le"))
            words = f"{words[:start]} {words[start + len(mention) :]}"
    replied_to = message.reply_to_message
    if replied_to is not None and replied_to.from_user is not None:
        is_for_bot = is_for_bot or replied_to.from_user.id == bot_id
    question = " ".join(words.split())
    return question if is_for_bot and question else None
