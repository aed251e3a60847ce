"""Answers per second over real HTTP: `python -m benchmarks.load [CHATS …]`

The bot runs in its own process, the tests' Bot API server in this one. In each chat
somebody asks, waits for the answer, and asks again. Times are from the update to its first
sendMessage. Telegram's limits are lifted for that, since they allow a chat one message a second.
In two more rows questions come at a steady pace, as from people who do not wait for each other:
in 64 chats, and, with the limits, in 400. Since other work on the machine
slows everything down, the load is printed, and the core time that an answer took.
"""

import asyncio
import itertools
import multiprocessing
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import quantiles

from rich.console import Console
from rich.table import Table

from bot import limiter
from bot.opening import load_models, open_library
from bot.serving import serve
from bot.settings import Settings, Telegram
from knowledge import FOUNDING
from knowledge.library.golden import read_golden
from tests.botapi import BotApiServer, Chat

QUESTIONS = [g.question for g in read_golden(FOUNDING / "questions.yaml")]
_SECONDS = 15.0
_PACE = 5  # questions a second; two cores answer some more that the reader must read
_NO_LIMIT = (1_000_000, 1.0)


def main(sizes: Sequence[int]) -> None:
    load = os.getloadavg()
    table = Table("chats", "answers/s", "p50 ms", "p95 ms", "p99 ms", "core ms an answer")
    for size in sizes:
        table.add_row(str(size), *asyncio.run(_measure(size)))
    table.add_row(f"64, {_PACE} a second", *asyncio.run(_measure(64, pace=_PACE)))
    table.add_row("400, limited", *asyncio.run(_measure(400, pace=_PACE, is_limited=True)))
    Console().print(table)
    print(f"load before, of 1 and 5 minutes: {load[0]:.1f}, {load[1]:.1f}")


async def _measure(size: int, *, pace: int = 0, is_limited: bool = False) -> list[str]:
    async with BotApiServer() as telegram:
        bot = multiprocessing.get_context("spawn").Process(
            target=run, args=(telegram.url, telegram.token, is_limited)
        )
        bot.start()
        try:
            await telegram.ready(timeout=120)
            chats = [telegram.private_chat(telegram.person(f"P{n}")) for n in range(size)]
            await ask(chats[0], "/help")  # the first one warms up
            times: list[float] = []
            begun, used = time.perf_counter(), _core_seconds(bot.pid)
            await (_paced(chats, times, pace) if pace else _in_turn(chats, times))
            spent, used = time.perf_counter() - begun, _core_seconds(bot.pid) - used
        finally:
            bot.terminate()
            await asyncio.to_thread(bot.join)
    cuts = quantiles(times, n=100)
    return [
        f"{len(times) / spent:.1f}",
        *(f"{1000 * cuts[place - 1]:.0f}" for place in (50, 95, 99)),
        f"{1000 * used / len(times):.1f}",
    ]


def _core_seconds(process: int | None) -> float:
    """Return the core time that `process` has used, in seconds."""
    used = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, used)) / os.sysconf("SC_CLK_TCK")


async def _in_turn(chats: Sequence[Chat], times: list[float]) -> None:
    """Ask in each chat again and again, as soon as there is an answer."""
    questions = itertools.cycle(QUESTIONS)
    end = time.perf_counter() + _SECONDS

    async def converse(chat: Chat) -> None:
        while time.perf_counter() < end:
            times.append(await ask(chat, next(questions)))

    await asyncio.gather(*(converse(chat) for chat in chats))


async def _paced(chats: Sequence[Chat], times: list[float], pace: int) -> None:
    """Ask `pace` questions a second, in one chat after the other."""
    questions, turns = itertools.cycle(QUESTIONS), itertools.cycle(chats)

    async def once(chat: Chat) -> None:
        times.append(await ask(chat, next(questions)))

    async with asyncio.TaskGroup() as asking:
        begun = time.perf_counter()
        for number in range(int(_SECONDS * pace)):
            asking.create_task(once(next(turns)))
            await asyncio.sleep(max(0, begun + (number + 1) / pace - time.perf_counter()))


async def ask(chat: Chat, question: str) -> float:
    """Return how many seconds it takes until the first message of the answer."""
    for message in chat.replies:
        message.is_taken = True
    begun = time.perf_counter()
    await chat.say(question)
    await chat.reply(timeout=60)
    spent = time.perf_counter() - begun
    del chat.messages[:-10]
    return spent


def run(url: str, token: str, is_limited: bool) -> None:
    if not is_limited:
        limiter._IN_CHAT = limiter._IN_ALL = _NO_LIMIT
    settings = Settings(telegram=Telegram(api_url=url))
    library = open_library(settings, load_models(settings))
    serve(library, library.open(is_published=True), settings, token)


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [1, 8, 64])
