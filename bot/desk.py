"""What every handler works with: the knowledge base, the thread that asks it, and memories."""

import asyncio
import math
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any, cast

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import Application, CallbackContext, ExtBot

from bot import metrics
from bot.conversation import Key, LocalMemory, Memory
from bot.tally import Tally
from bot.texts import LANGUAGES
from knowledge.answering.shown import Shown
from knowledge.knowledge_base import KnowledgeBase
from knowledge.library.snapshots import Snapshot
from knowledge.people.person import Person
from knowledge.quotes.answers import Answer
from knowledge.words.detection import message_language

_PAUSE = 10.0  # seconds, for a start to be over before passages are read ahead
_NONE_LEFT = object()
_ANSWER_SECONDS = 20.0  # an answer takes a fraction of one; past this the machine is in trouble

BotData = dict[str, Any]  # what the application keeps: "desk", "editors" and "typing"
Context = CallbackContext[ExtBot[None], dict[object, object], dict[object, object], BotData]
App = Application[ExtBot[None], Context, dict[object, object], dict[object, object], BotData, None]


def _one_thread() -> ThreadPoolExecutor:
    # torch spreads one question over the cores; two at once would only wait for each other.
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="answers")


@dataclass(frozen=True, slots=True)
class Desk:
    """What the bot answers from; an update is handled with one snapshot from beginning to end.

    `username` is the bot's own. `language` is for people whose own the bot does not speak; `admins`
    are user ids. `is_inline` says that inline mode is on, so that answers can be shared, and
    `is_shared` that other processes have the same memories. These are, by (chat, message):

    - `answered`: the messages that answer a question, so that an edited question edits its answer;

    by (chat, user):

    - `spoken_of`: the id of the person whom the user last asked about;
    - `shown`: what the user was last shown;
    - `chosen`: the language that the user chose;
    - `heard`: the language in which the user was last answered;

    and by (chat, album):

    - `albums`: the messages that answer an album which asks nothing so far; () once it is answered.
    """

    snapshot: Snapshot
    language: str
    admins: frozenset[int] = frozenset()
    username: str = ""
    is_inline: bool = False
    is_shared: bool = False
    tally: Tally = field(default_factory=Tally)
    answered: Memory[tuple[int, ...]] = field(default_factory=LocalMemory)
    spoken_of: Memory[str | None] = field(default_factory=LocalMemory)
    chosen: Memory[str] = field(default_factory=lambda: LocalMemory(kept_seconds=math.inf))
    heard: Memory[str] = field(default_factory=LocalMemory)
    albums: Memory[tuple[int, ...]] = field(default_factory=LocalMemory)
    shown: Memory[Shown | None] = field(default_factory=LocalMemory)
    _thread: ThreadPoolExecutor = field(default_factory=_one_thread)
    # Two: the thread is never idle, and the time to answer does not include a queue.
    _turn: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(2))

    @property
    def knowledge_base(self) -> KnowledgeBase:
        """The knowledge base of the snapshot."""
        return self.snapshot.knowledge_base

    @property
    def examples(self) -> tuple[str, ...]:
        """Questions to begin with."""
        return self.snapshot.examples

    async def ask(self, question: str, update: Update, meant: Person | None = None) -> Answer:
        """Return the answer to `question` in the conversation of `update`, found off the event
        loop, and remember what it is about. `meant` is the person chosen when the bot asked back.
        Raises TimeoutError if the search takes longer than 20 s.
        """
        key = _whose(update)
        # Documents may have changed since, and with them who is known and what is said of them.
        earlier = self.spoken_of.recall(key)
        before = self.knowledge_base.person(earlier) if earlier is not None else None
        shown = self.shown.recall(key)
        answer = await self.look_up(question, update, before, meant, shown)
        self.speak_of(update, answer.spoken_of(before))
        self.shown.remember(key, self.knowledge_base.shown(answer, shown))
        self.heard.remember(key, answer.language)
        if answer.reason == "language":
            self.choose(update, answer.language)
        metrics.answers.labels(answer.status).inc()
        self.tally.add(answer.status)
        return answer

    async def look_up(
        self,
        question: str,
        update: Update,
        before: Person | None = None,
        meant: Person | None = None,
        shown: Shown | None = None,
    ) -> Answer:
        """Return the answer to `question` as `ask` does, but remember nothing.

        `before` is the person last asked about, `shown` what was last shown. The answer's language
        is the one the asker chose, else that of the question, else, where this is not clear, that
        of the asker's Telegram.
        """
        loop, language = asyncio.get_running_loop(), self.language_of(update)
        async with self._turn:
            finding = loop.run_in_executor(
                self._thread, self.snapshot.ask, question, before, meant, language, shown
            )
            answer = await asyncio.wait_for(finding, _ANSWER_SECONDS)
        if answer.reason == "language":  # that is the one asked for
            return answer
        return replace(answer, language=self.chosen.recall(_whose(update)) or answer.language)

    async def step(self, steps: Iterator[None]) -> bool:
        """Take one of `steps` between questions; return whether there was one."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, next, steps, _NONE_LEFT) is not _NONE_LEFT

    def choose(self, update: Update, language: str) -> None:
        """From now on speak `language` to the sender of `update` in its chat."""
        self.chosen.remember(_whose(update), language)

    def speak_of(self, update: Update, person: Person | None) -> None:
        """Remember whom the conversation of `update` is about."""
        self.spoken_of.remember(_whose(update), person.id if person is not None else None)

    def saw(self, update: Update, shown: Shown | None) -> None:
        """Remember what a press showed in the conversation of `update`."""
        self.shown.remember(_whose(update), shown)

    def forget(self, chat: int) -> None:
        """Forget what is remembered of `chat`."""
        by_user = (self.spoken_of, self.shown, self.chosen, self.heard)
        for memory in (self.answered, *by_user, self.albums):
            memory.forget(chat)

    def examples_in(self, language: str) -> dict[int, str]:
        """Return example questions in `language`, or else in English, by their numbers."""
        asked = dict(enumerate(map(message_language, self.examples)))
        chosen = language if language in asked.values() else "en"
        return {n: self.examples[n] for n, spoken_in in asked.items() if spoken_in == chosen}

    def language_of(self, update: Update) -> str:
        """Return the language in which to speak to the sender of `update`, answers apart: the one
        they chose; for a button under an answer, that of their last answer; that of their Telegram,
        if the bot speaks it; else the default. Buttons for editors are not under an answer.
        """
        key, user = _whose(update), update.effective_user
        if (chosen := self.chosen.recall(key)) is not None:
            return chosen
        query = update.callback_query
        is_under_answer = query is not None and not (query.data or "").startswith("edit:")
        heard = self.heard.recall(key) if is_under_answer else None
        code = (user.language_code or "") if user else ""
        own = code.partition("-")[0].lower()
        return heard or (own if own in LANGUAGES else self.language)

    def is_admin(self, update: Update) -> bool:
        """Return whether `update` comes from an admin in a private chat.

        In a group nobody counts as an admin: others would read along, and a person who writes as
        the group is not known.
        """
        user, chat = update.effective_user, update.effective_chat
        is_private = chat is not None and chat.type == ChatType.PRIVATE
        return is_private and user is not None and user.id in self.admins


def _whose(update: Update) -> Key:
    """Return (chat, user) of `update`; for an inline query the user's own chat with the bot."""
    chat, user = update.effective_chat, update.effective_user
    number = user.id if user else 0
    return (chat.id if chat else number, number)


def desk(context: Context) -> Desk:
    """Return the desk of the running application; a handler keeps it until it has finished."""
    return _desk_in(context.bot_data)


def _desk_in(kept: BotData) -> Desk:
    return cast("Desk", kept["desk"])


async def read_ahead(application: App, pause: float = _PAUSE) -> None:
    """Between questions, have the passages of whatever is served read ahead of them, for ever.

    It begins `pause` seconds after the start, or at most as long after another snapshot is served.
    No question waits for more than one passage (some 30 ms).
    """
    read: Snapshot | None = None
    while True:
        await asyncio.sleep(pause)
        if (at := _desk_in(application.bot_data)).snapshot is not read:
            read = at.snapshot
            steps = at.knowledge_base.read_ahead()
            while _desk_in(application.bot_data).snapshot is read and await at.step(steps):
                pass


def serve_from(application: App, snapshot: Snapshot) -> None:
    """Answer the next updates from `snapshot`; those being handled finish with their own."""
    application.bot_data["desk"] = replace(_desk_in(application.bot_data), snapshot=snapshot)


def meet(application: App) -> None:
    """Put on the desk the bot's username, and whether inline mode is on, once Telegram has told
    the application.
    """
    at = _desk_in(application.bot_data)
    bot = application.bot
    application.bot_data["desk"] = replace(
        at, username=bot.username, is_inline=bot.supports_inline_queries
    )
