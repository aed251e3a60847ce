"""Processes that publish: a bot told to by a signal, `rapporteur index` beside it, a kill."""

import asyncio
import signal
from pathlib import Path

from tests.bot.conftest import Run, start
from tests.botapi import BotApiServer, Chat
from tests.knowledge.library.libraries import GOLDEN, PRISON, WELL, write

WAS = "Was the well dug long ago?"
WHEN, HOW_MANY = "When was the well dug?", "How many people does the prison hold?"


async def until_answered(chat: Chat, question: str, sentence: str) -> None:
    """Ask until the answer holds `sentence`."""
    async with asyncio.timeout(30):
        while True:
            await chat.say(question)
            if sentence in (await chat.reply()).text:
                return
            await asyncio.sleep(1)


async def test_the_signal_the_other_process_and_the_kill(here: Run, tmp_path: Path) -> None:
    folder, own = tmp_path / "docs", tmp_path / "state"
    write(folder, well_txt=WELL, questions_yaml=GOLDEN)
    own.mkdir()
    place = {"RAPPORTEUR_DOCUMENTS__FOLDER": str(folder)}

    def index(*options: str) -> tuple[int, str]:
        done = here("index", *options, state=own, **place)
        return done.returncode, done.stdout + done.stderr

    async with BotApiServer() as telegram:
        process = await start(telegram, own, **place)
        await telegram.ready(timeout=60)
        chat = telegram.private_chat(telegram.person("Ann"))
        write(folder, prison_txt=PRISON)
        process.send_signal(signal.SIGHUP)
        await until_answered(chat, HOW_MANY, PRISON)

        write(folder, well_txt="The well was dug long ago.")
        process.send_signal(signal.SIGHUP)
        code, said = index()
        assert code == 1
        assert f"fails now: {WHEN}" in said
        assert "not published: golden questions fail that passed" in said
        await until_answered(chat, WHEN, WELL)
        code, said = index("--anyway")
        assert (code, "is published." in said) == (0, True)
        await until_answered(chat, WAS, "The well was dug long ago.")

        process.kill()
        _, logged = await process.communicate()
        assert b"reloaded edition=" in logged
        assert b"reload waits for an admin lost=1" in logged
        assert WELL.encode() not in logged

    done = here("ask", WAS, state=own, **place)
    assert "The well was dug long ago." in done.stdout
    code, said = index()
    assert (code, "serves on." in said) == (0, True)
