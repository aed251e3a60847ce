"""docs/conversations.md shows what the bot says today."""

import difflib
from pathlib import Path

from benchmarks.conversations import COMMAND, PAGE, converse
from knowledge.library.snapshots import Snapshot


async def test_the_page_of_conversations_is_what_the_bot_says(
    opened: Snapshot, tmp_path: Path
) -> None:
    kept, made = (
        page.splitlines() for page in (PAGE.read_text("utf-8"), await converse(opened, tmp_path))
    )
    difference = "\n".join(
        difflib.unified_diff(kept, made, PAGE.name, "the bot today", lineterm="")
    )
    assert not difference, f"read this, and if it is as it should be: {COMMAND}\n{difference}"
