"""Memory over many questions: `python -m benchmarks.memory [QUESTIONS]`, 10,000 by default.

The bot runs in its own process, as in benchmarks.load, without Telegram's limits. Every question is
new, and every tenth comes from somebody new. Prints the resident memory along the way, and the
slope of a line fitted through its second half.
"""

import asyncio
import itertools
import multiprocessing
import os
import sys
import time
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.load import QUESTIONS, ask, run
from tests.botapi import BotApiServer

_AT_ONCE = 8
_STEPS = 10


def main(count: int) -> None:
    asked, sizes, seconds = asyncio.run(_measure(count))
    table = Table("questions", "resident MB")
    for number, size in zip(asked, sizes, strict=True):
        table.add_row(str(number), f"{size:.1f}")
    Console().print(table)
    half = len(asked) // 2
    slope = 1000 * np.polyfit(asked[half:], sizes[half:], 1)[0]
    print(
        f"slope of the second half: {slope:+.2f} MB in 1000 questions; "
        f"{count / seconds:.0f} questions a second"
    )


async def _measure(count: int) -> tuple[list[int], list[float], float]:
    asked, sizes = [], []
    async with BotApiServer() as telegram:
        bot = multiprocessing.get_context("spawn").Process(
            target=run, args=(telegram.url, telegram.token, False)
        )
        bot.start()
        await telegram.ready(timeout=120)
        numbers = iter(range(count))
        questions = itertools.cycle(QUESTIONS)
        begun = time.perf_counter()

        async def converse() -> None:
            chat = telegram.private_chat(telegram.person("P"))
            for number in numbers:
                if number % 10 == 0:
                    chat = telegram.private_chat(telegram.person("P"))
                await ask(chat, f"{next(questions)} ({number})")
                if number % (count // _STEPS) == 0:
                    asked.append(number)
                    sizes.append(_resident(bot.pid))
                    telegram.world.calls.calls.clear()

        await asyncio.gather(*(converse() for _ in range(_AT_ONCE)))
        seconds = time.perf_counter() - begun
        asked.append(count)
        sizes.append(_resident(bot.pid))
        bot.terminate()
        await asyncio.to_thread(bot.join)
    return asked, sizes, seconds


def _resident(process: int | None) -> float:
    """Return the resident memory of `process`, in MB."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
