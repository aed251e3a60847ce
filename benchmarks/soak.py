"""A day's work in minutes: `python -m benchmarks.soak [MINUTES] [QUESTIONS]`, by default 20 and
10,000; it ends with whichever is reached first.

The bot runs in its own process, as in benchmarks.load, without Telegram's limits. Eight people ask
at once, and every tenth question comes from somebody new; an editor uploads documents, changes a
file in the folder, reloads and goes back; meanwhile Telegram refuses calls, hangs up, is late, or
answers with what is not JSON. Prints what the bot holds along the way, a plot of its memory, and
how the end differs from an eighth of the way (as eight hours from one). Questions without an answer
in 15 s, because of a fault or a busy machine, are counted.
"""

import asyncio
import itertools
import multiprocessing
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import astuple, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.load import QUESTIONS
from bot import limiter
from bot.opening import load_models, open_library
from bot.serving import serve
from bot.settings import Documents, Settings, Storage, Telegram
from tests.botapi import BotApiServer, Chat, Message
from tests.botapi.faults import Fault
from tests.knowledge.library.libraries import GOLDEN, WELL, write

_AT_ONCE = 8
_WAIT_SECONDS = 15.0  # for an answer; what takes longer counts as none
_LAST_SECONDS = 300.0  # for the last one, without which the bot counts as dead
_FAULT_SECONDS = 1.0  # between faults
_ROWS = 24
_LEVELS = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True)
class Held:
    """What the bot's process holds after so many questions; `disk` is its state folder, in MB."""

    questions: int
    megabytes: float
    files: int
    threads: int
    children: int
    disk: float


@dataclass
class Work:
    """One run: the bot's process, the server and editor that it serves, and counts of outcomes."""

    telegram: BotApiServer
    process: int
    folder: Path
    state: Path
    editor: Chat
    counts: Counter[str]

    def held(self) -> Held:
        """Return what the bot holds now."""
        here = Path("/proc") / str(self.process)
        pages = int((here / "statm").read_text().split()[1])
        tasks = list((here / "task").iterdir())
        files = [file for file in self.state.rglob("*") if file.is_file()]
        return Held(
            self.counts["asked"],
            pages * os.sysconf("SC_PAGE_SIZE") / 1e6,
            len(list((here / "fd").iterdir())),
            len(tasks),
            sum(len((task / "children").read_text().split()) for task in tasks),
            sum(file.stat().st_size for file in files) / 1e6,
        )


def main(minutes: float, questions: int) -> None:
    rows, counts = asyncio.run(_soak(minutes, questions))
    table = Table("questions", "resident MB", "files", "threads", "readers", "disk MB")
    for row in rows:
        table.add_row(
            *(f"{value:.1f}" if isinstance(value, float) else str(value) for value in astuple(row))
        )
    Console().print(table)
    sizes = [row.megabytes for row in rows]
    low, high = min(sizes), max(sizes)
    steps = (int((size - low) / (high - low or 1) * (len(_LEVELS) - 1)) for size in sizes)
    print(f"memory {low:.0f} MB {''.join(_LEVELS[step] for step in steps)} {high:.0f} MB")
    early, late = rows[len(rows) // 8], rows[-1]
    print(
        "from an eighth of the way to the end: "
        f"memory {late.megabytes - early.megabytes:+.1f} MB, files {late.files - early.files:+d}, "
        f"threads {late.threads - early.threads:+d}, disk {late.disk - early.disk:+.1f} MB"
    )
    print(", ".join(f"{number} {what}" for what, number in sorted(counts.items())))


async def _soak(minutes: float, questions: int) -> tuple[list[Held], Counter[str]]:
    """Return what the bot held, from its start until it was idle again, and counts of outcomes."""
    with TemporaryDirectory() as place:
        folder, state = Path(place) / "documents", Path(place) / "state"
        write(folder, well_txt=WELL, questions_yaml=GOLDEN)
        async with BotApiServer() as telegram:
            editor = telegram.person("Editor", language_code="en")
            bot = multiprocessing.get_context("spawn").Process(
                target=run, args=(telegram.url, telegram.token, folder, state, editor.id)
            )
            bot.start()
            try:
                await telegram.ready(timeout=300)
                work = Work(telegram, bot.pid or 0, folder, state, editor.chat, Counter())
                rows = await _worked(work, 60 * minutes, questions)
                assert bot.is_alive(), "the bot has ended"
            finally:
                bot.terminate()
                await asyncio.to_thread(bot.join)
    return rows, work.counts


async def _worked(work: Work, seconds: float, questions: int) -> list[Held]:
    numbers = iter(range(questions))
    asked = itertools.cycle(QUESTIONS)
    rows = [work.held()]

    async def converse() -> None:
        chat = work.telegram.private_chat(work.telegram.person("P"))
        for number in numbers:
            if number % 10 == 0:
                chat = work.telegram.private_chat(work.telegram.person("P"))
            await _ask(work, chat, f"{next(asked)} ({number})")

    async def watch() -> None:
        while True:
            await asyncio.sleep(seconds / _ROWS)
            rows.append(work.held())
            work.telegram.world.calls.calls.clear()

    others = [asyncio.create_task(task) for task in (_edit(work), _disturb(work), watch())]
    askers = asyncio.gather(*(converse() for _ in range(_AT_ONCE)))
    try:
        async with asyncio.timeout(seconds):
            await askers
    except TimeoutError:
        work.counts["minutes over"] += 1
    finally:
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
    for task in others:
        if not task.cancelled() and (error := task.exception()) is not None:
            raise error
    work.telegram._faults.clear()
    await asyncio.sleep(_WAIT_SECONDS)
    # On a busy machine much of what was asked before still waits.
    last = work.telegram.person("Last").chat
    assert await _ask(work, last, "/help", _LAST_SECONDS), "nobody is answered"
    return [*rows, work.held()]


async def _ask(work: Work, chat: Chat, question: str, seconds: float = _WAIT_SECONDS) -> bool:
    """Return whether `question` is answered in so many seconds."""
    for message in chat.replies:
        message.is_taken = True
    await chat.say(question)
    work.counts["asked"] += 1
    try:
        await chat.reply(timeout=seconds)
    except AssertionError:
        work.counts["not answered in 15 s"] += 1
        return False
    del chat.messages[:-10]
    return True


async def _edit(work: Work) -> None:
    """Upload and reload, and every fifth time go back, for ever."""
    for number in itertools.count():
        text = f"The well number {number} was dug in {1000 + number} by Anna Karimova."
        steps: list[tuple[str, Callable[[], Coroutine[Any, Any, object]]]] = [
            (
                "uploads",
                lambda t=text, n=number: work.editor.send_document(f"r{n % 7}.txt", t.encode()),
            ),
            ("reloads", lambda: work.editor.say("/reload")),
        ]
        if number % 5 == 4:
            steps.append(("returns", lambda: work.editor.say("/rollback")))
        write(work.folder, well_txt=f"{WELL}\n{text}")
        for what, begin in steps:
            outcome = what if await _published(work.editor, begin) else f"{what} not done in 15 s"
            work.counts[outcome] += 1
        del work.editor.messages[:-10]


async def _published(chat: Chat, begin: Callable[[], Coroutine[Any, Any, object]]) -> bool:
    """Return whether the change that `begin` asks for is shown, and made once its first button is
    pressed.
    """
    before = len(chat.replies)
    await begin()

    def shown() -> Message | None:
        new = (m for m in chat.replies[before:] if m.buttons)
        return next(new, None)

    try:
        message = await chat.until(shown, "nothing to publish", _WAIT_SECONDS)
        await message.press(data=message.buttons[0][0].callback_data)
        await chat.until(lambda: not message.buttons or None, "not published", _WAIT_SECONDS)
    except AssertionError:
        return False
    return True


async def _disturb(work: Work) -> None:
    """Let one call after another go wrong, for ever."""
    telegram, chosen = work.telegram, random.Random(0)
    methods = ["sendMessage", "getUpdates", "editMessageText", "answerCallbackQuery", "getFile"]
    while True:
        await asyncio.sleep(_FAULT_SECONDS)
        telegram._faults[:] = [one for one in telegram._faults if not one.used]
        method = chosen.choice(methods)
        faults: list[Callable[[], Fault]] = [
            lambda m=method: telegram.fail(m, 500, "Internal Server Error"),
            lambda m=method: telegram.fail(
                m, 429, "Too Many Requests: retry after 1", parameters={"retry_after": 1}
            ),
            lambda m=method: telegram.hang_up(m),
            lambda m=method: telegram.hang_up(m, after_effect=True),
            lambda m=method: telegram.garble(m, 502, "<html>bad gateway</html>"),
            lambda m=method: telegram.delay(m, 2.0),
        ]
        chosen.choice(faults)()
        work.counts["faults"] += 1


def run(url: str, token: str, folder: Path, state: Path, editor: int) -> None:
    limiter._IN_CHAT = limiter._IN_ALL = (1_000_000, 1.0)
    settings = Settings(
        admins=[editor],
        telegram=Telegram(api_url=url),
        documents=Documents(folder=folder),
        storage=Storage(path=state),
    )
    library = open_library(settings, load_models(settings))
    serve(library, library.open(is_published=True), settings, token)


if __name__ == "__main__":
    begun = time.perf_counter()
    main(
        float(sys.argv[1]) if len(sys.argv) > 1 else 20.0,
        int(sys.argv[2]) if len(sys.argv) > 2 else 10_000,
    )
    print(f"{time.perf_counter() - begun:.0f} s in all; load {os.getloadavg()[0]:.1f}")
