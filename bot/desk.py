"""What every handler works with: the knowledge base, and the thread in which it answers."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any, cast

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import Application, CallbackContext, ExtBot

from bot import metrics
from bot.conversation import Memory
from bot.tally import Tally
from bot.texts import LANGUAGES
from knowledge.answers import Answer
from knowledge.knowledge_base import KnowledgeBase
from knowledge.languages import detect
from knowledge.library import Snapshot
from knowledge.people import Person
from knowledge.shown import Shown

_ANSWER_SECONDS = 20.0  # an answer takes a few hundredths; past this the machine is in trouble

BotData = dict[str, Any]  # what belongs to the application, by the name of its module
Context = CallbackContext[ExtBot[None], dict[object, object], dict[object, object], BotData]
App = Application[ExtBot[None], Context, dict[object, object], dict[object, object], BotData, None]


def _one_thread() -> ThreadPoolExecutor:
    # torch spreads one question over the cores; two at once would only wait for each other.
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="answers")


@dataclass(frozen=True, slots=True)
class Desk:
    """What the bot answers from, which is one snapshot for as long as an update is handled.

    `language` is for people whose own the bot does not speak; `admins` are users by number.
    `answered` keeps which messages answer a question, by (chat, message), so that an edited
    question edits its answer; `spoken_of` whom somebody asked about last, by (chat, user), and
    `shown` what they were shown last.
    """

    snapshot: Snapshot
    language: str
    admins: frozenset[int] = frozenset()
    tally: Tally = field(default_factory=Tally)
    answered: Memory[tuple[int, ...]] = field(default_factory=Memory)
    spoken_of: Memory[Person | None] = field(default_factory=Memory)
    shown: Memory[Shown | None] = field(default_factory=Memory)
    _thread: ThreadPoolExecutor = field(default_factory=_one_thread)
    # Two: the thread is never idle, and the time to answer does not include a queue.
    _turn: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(2))

    @property
    def knowledge_base(self) -> KnowledgeBase:
        """The knowledge base that answers."""
        return self.snapshot.knowledge_base

    @property
    def examples(self) -> tuple[str, ...]:
        """Questions to begin with."""
        return self.snapshot.examples

    async def ask(self, question: str, update: Update, meant: Person | None = None) -> Answer:
        """Return the answer to `question`, found off the event loop, as `update`'s conversation
        goes on; `meant` is who was chosen when it was asked back. Raises TimeoutError if that takes
        longer than 20 s.
        """
        key = _conversation(update)
        loop = asyncio.get_running_loop()
        # Documents may have changed since, and with them who is known and what is said of them.
        earlier = self.spoken_of.recall(key)
        before = self.knowledge_base.person(earlier.id) if earlier is not None else None
        shown = self.shown.recall(key)
        async with self._turn:
            finding = loop.run_in_executor(
                self._thread, self.snapshot.ask, question, before, meant, shown
            )
            answer = await asyncio.wait_for(finding, _ANSWER_SECONDS)
        self.spoken_of.remember(key, answer.spoken_of(before))
        self.shown.remember(key, self.knowledge_base.shown(answer, shown))
        metrics.answers.labels(answer.status).inc()
        self.tally.add(answer.status)
        return answer

    def saw(self, update: Update, shown: Shown | None) -> None:
        """Remember what a press showed in the conversation of `update`."""
        self.shown.remember(_conversation(update), shown)

    def forget(self, chat: int) -> None:
        """Forget what is remembered of `chat`."""
        self.answered.forget(chat)
        self.spoken_of.forget(chat)
        self.shown.forget(chat)

    def examples_in(self, language: str) -> dict[int, str]:
        """Return example questions in `language`, or else in English, by their numbers."""
        spoken = {number: detect(question) for number, question in enumerate(self.examples)}
        chosen = language if language in spoken.values() else "en"
        return {n: self.examples[n] for n, spoken_in in spoken.items() if spoken_in == chosen}

    def language_of(self, update: Update) -> str:
        """Return the language of the user's Telegram, if the bot speaks it."""
        return language_of(update, self.language)

    def is_admin(self, update: Update) -> bool:
        """Return whether `update` comes from an admin in a private chat.

        Elsewhere nobody is: others would read along, and who writes as a group is not known.
        """
        user, chat = update.effective_user, update.effective_chat
        is_private = chat is not None and chat.type == ChatType.PRIVATE
        return is_private and user is not None and user.id in self.admins


def _conversation(update: Update) -> tuple[int, int]:
    chat, user = update.effective_chat, update.effective_user
    return chat.id if chat else 0, user.id if user else 0


def language_of(update: Update, otherwise: str) -> str:
    """Return the language of the user's Telegram if the bot speaks it, or else `otherwise`."""
    user = update.effective_user
    code = (user.language_code or "") if user else ""
    spoken = code.partition("-")[0].lower()
    return spoken if spoken in LANGUAGES else otherwise


def desk(context: Context) -> Desk:
    """Return the desk of the running application; one update works at one desk to its end."""
    return cast("Desk", context.bot_data["desk"])


def serve_from(application: App, snapshot: Snapshot) -> None:
    """Answer from `snapshot` from the next update on; those in work end with what they have."""
    at = cast("Desk", application.bot_data["desk"])
    application.bot_data["desk"] = replace(at, snapshot=snapshot)
