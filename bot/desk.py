"""What every handler works with: the knowledge base, and the thread in which it answers."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from telegram import Update
from telegram.ext import Application, CallbackContext, ExtBot

from bot import metrics
from bot.conversation import Memory
from bot.texts import LANGUAGES
from knowledge.answers import Answer
from knowledge.knowledge_base import KnowledgeBase
from knowledge.languages import detect
from knowledge.people import Person

_ANSWER_SECONDS = 20.0  # an answer takes a few hundredths; past this the machine is in trouble

BotData = dict[str, "Desk"]
Context = CallbackContext[ExtBot[None], dict[object, object], dict[object, object], BotData]
App = Application[ExtBot[None], Context, dict[object, object], dict[object, object], BotData, None]


def _one_thread() -> ThreadPoolExecutor:
    # torch spreads one question over the cores; two at once would only wait for each other.
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="answers")


@dataclass(frozen=True, slots=True)
class Desk:
    """What the bot answers from. `language` is for people whose own the bot does not speak.

    `answered` keeps which messages answer a question, by (chat, message), so that an edited
    question edits its answer; `spoken_of` whom somebody asked about last, by (chat, user).
    """

    knowledge_base: KnowledgeBase
    examples: tuple[str, ...]
    language: str
    answered: Memory[tuple[int, ...]] = field(default_factory=Memory)
    spoken_of: Memory[Person | None] = field(default_factory=Memory)
    _thread: ThreadPoolExecutor = field(default_factory=_one_thread)
    # Two: the thread is never idle, and the time to answer does not include a queue.
    _turn: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(2))

    async def ask(self, question: str, update: Update, meant: Person | None = None) -> Answer:
        """Return the answer to `question`, found off the event loop, as `update`'s conversation
        goes on; `meant` is who was chosen when it was asked back. Raises TimeoutError if that takes
        longer than 20 s.
        """
        chat, user = update.effective_chat, update.effective_user
        key = (chat.id if chat else 0, user.id if user else 0)
        loop = asyncio.get_running_loop()
        before = self.spoken_of.recall(key)
        async with self._turn:
            finding = loop.run_in_executor(
                self._thread, self.knowledge_base.ask, question, before, meant
            )
            answer = await asyncio.wait_for(finding, _ANSWER_SECONDS)
        self.spoken_of.remember(key, answer.spoken_of(before))
        metrics.answers.labels(answer.status).inc()
        return answer

    def forget(self, chat: int) -> None:
        """Forget what is remembered of `chat`."""
        self.answered.forget(chat)
        self.spoken_of.forget(chat)

    def examples_in(self, language: str) -> dict[int, str]:
        """Return example questions in `language`, or else in English, by their numbers."""
        spoken = {number: detect(question) for number, question in enumerate(self.examples)}
        chosen = language if language in spoken.values() else "en"
        return {n: self.examples[n] for n, spoken_in in spoken.items() if spoken_in == chosen}

    def language_of(self, update: Update) -> str:
        """Return the language of the user's Telegram, if the bot speaks it."""
        user = update.effective_user
        code = (user.language_code or "") if user else ""
        spoken = code.partition("-")[0].lower()
        return spoken if spoken in LANGUAGES else self.language


def desk(context: Context) -> Desk:
    """Return the desk of the running application."""
    return context.bot_data["desk"]
