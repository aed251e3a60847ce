"""Updates of any form are answered, or passed over, and the next person is served."""

import asyncio
from pathlib import Path

from bot.settings import Settings, Storage
from knowledge.library.snapshots import Snapshot
from tests.fuzz import fuzz
from tests.fuzz.door import door

_CASES = 40  # `python -m benchmarks.fuzz` puts thousands


async def test_any_update_is_answered_or_passed_over(opened: Snapshot, tmp_path: Path) -> None:
    loop = asyncio.get_running_loop()
    async with door(opened, Settings(storage=Storage(path=tmp_path))) as (opening, drawn):

        def put(body: bytes) -> None:
            asyncio.run_coroutine_threadsafe(opening.put(body), loop).result()

        await asyncio.to_thread(fuzz, put, drawn, _CASES)
        assert await opening.is_answered()
