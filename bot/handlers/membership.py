"""The bot joins and leaves chats: it greets a group, and forgets a chat that it has left."""

from contextlib import suppress

from telegram import ChatMemberUpdated, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError

from bot.desk import Context, desk
from bot.texts import text

_OUT = frozenset([ChatMemberStatus.LEFT, ChatMemberStatus.BANNED])
_GROUPS = frozenset([ChatType.GROUP, ChatType.SUPERGROUP])


async def change(update: Update, context: Context) -> None:
    """Greet a group that the bot was added to, in the language of whoever added it; forget what is
    remembered of a chat that has blocked or removed it.
    """
    changed, at = update.my_chat_member, desk(context)
    if changed is None:
        return
    if changed.new_chat_member.status in _OUT:
        at.forget(changed.chat.id)
    elif changed.old_chat_member.status in _OUT and changed.chat.type in _GROUPS:
        await _greet(changed, at.language_of(update), context)


async def _greet(changed: ChatMemberUpdated, language: str, context: Context) -> None:
    words = f"{text('joined', language)}\n\n{text('group_usage', language)}"
    # It may have been added without the right to write, or be gone already.
    with suppress(TelegramError):
        await context.bot.send_message(changed.chat.id, words)
