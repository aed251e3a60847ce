"""A strict Telegram Bot API server on loopback.

The bot under test talks to it over real HTTP, and a test plays the people:

    from tests.botapi import BotApiServer

    async def test_a_question_is_answered() -> None:
        async with BotApiServer() as telegram:
            ...  # start the bot with telegram.token and base_url f"{telegram.url}/bot"
            await telegram.ready()
            alice = telegram.person("Alice", language_code="ru")
            chat = telegram.private_chat(alice)
            await chat.say("Who is Maks Bokayev?")
            answer = await chat.reply()
            assert answer.marked("blockquote")
            press = await answer.press("More")
            assert (await press.answered()).text == ""
            assert "paragraph 7" in (await answer.edited()).text
            await chat.quiet()
            assert telegram.refusals == []

The server runs in the test's own event loop, so a bot in the same process may do so too.
Nothing sleeps: whatever a test waits for wakes it, or the wait fails with the chat's transcript.
Where the real server forgives (unknown parameters, nested quotes, a poll of a thousand updates),
this one refuses and records it, so that a test can assert that `telegram.refusals` is empty.
Troubles are asked for with `telegram.fail`, `garble`, `delay` and `hang_up`.
"""

from tests.botapi.calls import Call
from tests.botapi.chats import Chat, Group, Person
from tests.botapi.faults import Fault
from tests.botapi.messages import Button, Message
from tests.botapi.queries import CallbackAnswer, InlineAnswer, InlineResult, Press
from tests.botapi.server import BotApiServer

__all__ = [
    "BotApiServer",
    "Button",
    "Call",
    "CallbackAnswer",
    "Chat",
    "Fault",
    "Group",
    "InlineAnswer",
    "InlineResult",
    "Message",
    "Person",
    "Press",
]
