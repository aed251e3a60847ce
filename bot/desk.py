"""What every handler works with: the knowledge base, and the thread in which it answers."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from telegram import Update
from telegram.ext import Application, CallbackContext, ExtBot

from bot.conversation import AnsweredQuestions
from bot.texts import LANGUAGES
from knowledge.answers import Answer
from knowledge.knowledge_base import KnowledgeBase

_ANSWER_SECONDS = 20.0  # an answer takes a few hundredths; past this the machine is in trouble

BotData = dict[str, "Desk"]
Context = CallbackContext[ExtBot[None], dict[object, object], dict[object, object], BotData]
App = Application[ExtBot[None], Context, dict[object, object], dict[object, object], BotData, None]


def _one_thread() -> ThreadPoolExecutor:
    # torch spreads one question over the cores; two at once would only wait for each other.
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="answers")


@dataclass(frozen=True, slots=True)
class Desk:
    """What the bot answers from. `language` is for people whose own the bot does not speak."""

    knowledge_base: KnowledgeBase
    examples: tuple[str, ...]
    language: str
    answered: AnsweredQuestions = field(default_factory=AnsweredQuestions)
    _thread: ThreadPoolExecutor = field(default_factory=_one_thread)

    async def ask(self, question: str) -> Answer:
        """Return the answer to `question`, found off the event loop.

        Raises TimeoutError if that takes longer than 20 s.
        """
        loop = asyncio.get_running_loop()
        finding = loop.run_in_executor(self._thread, self.knowledge_base.ask, question)
        return await asyncio.wait_for(finding, _ANSWER_SECONDS)

    def language_of(self, update: Update) -> str:
        """Return the language of the user's Telegram, if the bot speaks it."""
        user = update.effective_user
        code = (user.language_code or "") if user else ""
        spoken = code.partition("-")[0].lower()
        return spoken if spoken in LANGUAGES else self.language


def desk(context: Context) -> Desk:
    """Return the desk of the running application."""
    return context.bot_data["desk"]
