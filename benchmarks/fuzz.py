"""Fuzz the bot with updates and files: `python -m benchmarks.fuzz [CASES] [SEED] [PART]`

Half of the cases (10,000 by default) are updates, posted to a bot with a webhook: the Bot API's
types with values changed, left out and added, and bytes that are no update. The other half are
files for the readers. Every update must be answered or passed over, every file read or refused in
plain words, and the next question answered. Otherwise the seed and the simplest failing case are
printed, and the exit status is 1. PART, `updates` or `files`, makes all cases of one kind.
"""

import asyncio
import logging
import random
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from bot.opening import load_models, open_library
from bot.settings import Settings, Storage
from knowledge.reading.parsing import Limits, Parser
from tests.fuzz import fuzz
from tests.fuzz.door import door
from tests.fuzz.files import File, files, read


def main(cases: int, seed: int, part: str) -> None:
    print(f"seed {seed}", flush=True)
    table = Table("cases", "what", "came of it", "s")
    parts = {"updates": _updates, "files": _files}
    chosen = [part] if part else list(parts)
    for name in chosen:
        count, begun = cases // len(chosen), time.perf_counter()
        try:
            outcomes = parts[name](count, seed)
        except BaseException:
            again = f"python -m benchmarks.fuzz {count} {seed} {name}"
            print(f"failed with seed {seed}; again: {again}", flush=True)
            raise
        spent = time.perf_counter() - begun
        came = ", ".join(f"{number} {what}" for what, number in outcomes.items())
        table.add_row(str(sum(outcomes.values())), name, came, f"{spent:.0f}")
    Console().print(table)


def _updates(cases: int, seed: int) -> Mapping[str, int]:
    logging.getLogger("httpx").setLevel(logging.WARNING)
    return asyncio.run(_posted(cases, seed))


async def _posted(cases: int, seed: int) -> Mapping[str, int]:
    loop = asyncio.get_running_loop()
    with TemporaryDirectory() as state:
        settings = Settings(storage=Storage(path=Path(state)))
        library = open_library(settings, load_models(settings))
        opened = library.open(is_published=True)
        async with door(opened, settings, library) as (opening, bodies):

            def put(body: bytes) -> None:
                asyncio.run_coroutine_threadsafe(opening.put(body), loop).result()

            await asyncio.to_thread(fuzz, put, bodies, cases, seed)
            assert await opening.is_answered(), "nobody is answered any more"
            return opening.outcomes


def _files(cases: int, seed: int) -> Mapping[str, int]:
    outcomes: Counter[str] = Counter()
    with Parser(Limits(10_000_000)) as parser:

        def put(file: File) -> None:
            outcomes["read" if read(file, parser) else "refused"] += 1

        fuzz(put, files, cases, seed)
        assert read((b"The text of it.", ".txt"), parser), "nothing is read any more"
    return outcomes


if __name__ == "__main__":
    given = sys.argv[1:]
    main(
        int(given[0]) if given else 10_000,
        int(given[1]) if len(given) > 1 else random.SystemRandom().randrange(1 << 32),
        given[2] if len(given) > 2 else "",
    )
