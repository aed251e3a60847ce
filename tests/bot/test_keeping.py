"""The bot's state is damaged or read-only: the bot goes on answering, and editors are told."""

from pathlib import Path

import pytest

from embeddings.models import Models
from knowledge.reading.metadata import Metadata
from tests.bot.editing import WHEN, Edited, edited
from tests.botapi import Message
from tests.knowledge.library.libraries import GOLDEN, WELL, library_over, write
from tests.read_only import read_only

CHANGED = WELL.replace("1897", "1899")


@pytest.fixture
def damaged(tmp_path: Path, models: Models) -> Path:
    """The damaged file of a state folder whose last publication was sent in a chat."""
    write(tmp_path / "docs", well_txt=WELL, questions_yaml=GOLDEN)
    library = library_over(tmp_path / "docs", tmp_path / "state", models)
    library.open(is_published=True)
    held = library.publish(library.put("well.txt", CHANGED.encode(), Metadata())).edition.files
    file = tmp_path / "state/library/objects" / held["well.txt"].sha256
    file.write_bytes(b"other words")
    return file


async def test_damage_is_told_to_editors_once_and_in_the_status(
    models: Models, tmp_path: Path, damaged: Path
) -> None:
    async with edited(models, tmp_path, has_met=True) as bot:
        replies = [await bot.chat.reply(), await bot.chat.reply()]
        (told,) = [one for one in replies if not one.text.startswith("Your number")]
        assert told.text.startswith("What I had published is damaged on my disk (files: 1)")
        assert "publication 1 of" in told.text
        assert str(tmp_path) not in told.text
        assert "1897" in await bot.answer(WHEN, bot.somebody())
        await bot.chat.say("/status")
        status = (await bot.chat.reply()).text
        assert told.text in status
        assert "Damaged files kept for repair: 1" in status
        await bot.published("well.txt", CHANGED)
        assert "1899" in await bot.answer(WHEN)
    async with edited(models, tmp_path, has_met=True) as bot:
        assert (await bot.chat.reply()).text.startswith("Your number")
        await bot.chat.say("/status")  # and nothing was told again
        status = (await bot.chat.reply()).text
        assert "damaged on my disk" not in status
        assert "Damaged files kept for repair: 1" in status


async def commanded(bot: Edited, command: str) -> Message:
    """Return how `command` ended."""
    await bot.chat.say(command)
    return await bot.ended()


async def test_a_state_folder_that_may_only_be_read_answers_and_says_why_not(
    models: Models, tmp_path: Path, damaged: Path
) -> None:
    damaged.write_text(CHANGED)
    with read_only(tmp_path / "state"):
        async with edited(models, tmp_path) as bot:
            assert "1899" in await bot.answer(WHEN, bot.somebody())
            for refused in (
                await bot.send("prison.txt", "The prison holds 300 people."),
                await commanded(bot, "/reload"),
                await commanded(bot, "/rollback"),
            ):
                assert refused.text.startswith(
                    "Nothing was changed. What I keep may only be read at"
                )
                assert str(tmp_path) not in refused.text
            await bot.chat.say("/status")
            assert "What I keep may only be read" in (await bot.chat.reply()).text
