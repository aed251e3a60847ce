"""Nobody's words, names, numbers or token in anything the bot leaves behind, and no socket but
Telegram's.
"""

import asyncio
import json
import re
import resource
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from bot.texts import text
from tests.bot.conftest import start
from tests.botapi import BotApiServer, Chat, Message, Person

# Imported by Python itself before the bot: every socket but the ones the test knows is refused.
GUARD = """
import os, sys

known = {int(port) for port in os.environ["KNOWN_PORTS"].split()}
seen = open(os.environ["SOCKETS"], "a", buffering=1)

def guard(event, arguments):
    if event in {"socket.connect", "socket.bind", "socket.sendto"}:
        address = arguments[1]
        if isinstance(address, str):
            return  # a Unix socket: systemd's
        if isinstance(address, tuple) and address[0] == "127.0.0.1" and address[1] in known:
            seen.write(f"{event}\\n")
            return
    elif event == "socket.getaddrinfo":
        if arguments[0] in {"127.0.0.1", None}:
            return
    else:
        return
    seen.write(f"forbidden {event} {arguments[1:]}\\n")
    raise PermissionError(event)

sys.addaudithook(guard)
"""
TOLD = "handedoverword"  # of a question that its asker handed over, and so of gaps.json alone
SECRETS = [TOLD, "canaryword", "КАНАРЕЙКА", "Zarinabegim", "zarina_handle", "AAtesting"]
# A whole number, since a time in seconds may hold any figures.
USER_ID = re.compile(rb"(?<![\d.])50000000\d\d(?!\d)")


@dataclass(frozen=True)
class Life:
    """What a whole life of the bot left behind."""

    token: str
    code: int | None
    printed: str
    metrics: str
    told_systemd: list[str]
    sockets: str
    core_dumps: tuple[int, int]
    files: dict[str, bytes]


@pytest.fixture(scope="module")
async def life(
    tmp_path_factory: pytest.TempPathFactory, few_questions: Path, vectors: Path
) -> Life:
    """A conversation with much going wrong, which ends when Telegram gives no more updates."""
    folder = tmp_path_factory.mktemp("life")
    guard, sockets, notify = folder / "guard", folder / "sockets", folder / "notify"
    guard.mkdir()
    (folder / "state").mkdir()
    shutil.copy(vectors, folder / "state")
    (guard / "sitecustomize.py").write_text(GUARD)
    metrics = free_port()
    told: list[str] = []
    async with listening(notify, told), BotApiServer() as telegram:
        editor = telegram.person("Zarinabegim", username="zarina_handle", language_code="en")
        process = await start(
            telegram,
            folder / "state",
            "--heartbeat",
            str(folder / "alive"),
            RAPPORTEUR_DOCUMENTS__FOLDER=str(few_questions),
            RAPPORTEUR_ADMINS=str(editor.id),
            RAPPORTEUR_LOG__LEVEL="DEBUG",
            RAPPORTEUR_METRICS__PORT=str(metrics),
            NOTIFY_SOCKET=str(notify),
            WATCHDOG_USEC="3000000",
            PYTHONPATH=str(guard),
            KNOWN_PORTS=f"{telegram.port} {metrics}",
            SOCKETS=str(sockets),
            TMPDIR=str(folder),
            HOME=str(folder),
        )
        await telegram.ready(timeout=60)
        await edit(telegram.private_chat(editor))
        await converse(telegram)
        scraped = await scrape(metrics)
        dumps = resource.prlimit(process.pid, resource.RLIMIT_CORE)
        refusal = f"Unauthorized canaryword {telegram.token}"
        telegram.fail("getUpdates", 401, refusal, times=None)
        telegram.update({"unheard_of": "canaryword"})  # ends the poll that may be open
        printed = b"".join(await process.communicate()).decode()
    files = {str(file): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    return Life(
        telegram.token,
        process.returncode,
        printed,
        scraped,
        told,
        sockets.read_text(),
        dumps,
        files,
    )


def test_nobodys_words_names_numbers_or_token_are_left_anywhere(life: Life) -> None:
    assert "update failed error=NetworkError" in life.printed, "the log is there to be read"
    assert any("/state/" in file for file in life.files)
    left = life.files | {"output": life.printed.encode(), "metrics": life.metrics.encode()}
    for place, content in left.items():
        is_gaps = place.endswith("/state/gaps.json")
        assert is_gaps == (TOLD.encode() in content), place
        for secret in [*SECRETS[is_gaps:], life.token]:
            for form in (secret, json.dumps(secret).strip('"'), secret.lower()):
                assert form.encode() not in content, f"{form} in {place}\n{life.printed}"
        assert not USER_ID.search(content), f"a user's id in {place}\n{life.printed}"


def test_a_crash_would_write_no_memory_to_disk(life: Life) -> None:
    assert life.core_dumps == (0, 0)


def test_every_line_of_the_log_is_one_event(life: Life) -> None:
    *lines, last = life.printed.splitlines()
    for line in lines:
        assert re.match(r"\d{4}-\d\d-\d\dT\S+ (DEBUG|INFO|WARNING|ERROR) \S+ \S", line), line
    assert last == "rapporteur: Telegram refuses updates with 401, 4 times in a row"


def test_when_no_more_updates_are_given_the_exit_code_asks_for_another_start(life: Life) -> None:
    assert life.code == 75


def test_the_heartbeat_is_a_file(life: Life) -> None:
    assert life.files[next(file for file in life.files if file.endswith("/alive"))] == b""


def test_systemd_is_told_of_start_life_and_stop(life: Life) -> None:
    assert life.told_systemd.count("WATCHDOG=1") >= 3
    assert [s for s in life.told_systemd if s != "WATCHDOG=1"] == ["READY=1", "STOPPING=1"]


def test_counters_tell_how_much_and_how_fast(life: Life) -> None:
    assert 'rapporteur_answers_total{status="answered"}' in life.metrics
    assert 'rapporteur_updates_total{outcome="unreadable"} 1.0' in life.metrics
    assert "rapporteur_update_seconds_bucket" in life.metrics


def test_no_socket_but_telegrams_is_opened(life: Life) -> None:
    assert "socket.connect" in life.sockets, "the guard was on"
    assert "forbidden" not in life.sockets


async def edit(chat: Chat) -> None:
    """Send files that are refused or discarded, and hand a question over to the editors."""
    await chat.send_document("canaryword.txt", b"%PDF-1.7 canaryword", caption="title: canaryword")
    await ended(chat, "Nothing was changed. canaryword.txt: is a PDF")
    await chat.send_document("canaryword.txt", b"The mill burned down.", caption="url: canaryword")
    report = await ended(chat, "Not taken: “url: canaryword”. The link 'canaryword' is no address")
    await report.press("Discard")
    await become(report, "canaryword.txt was discarded")
    await chat.send_document("canaryword.txt", b"The mill burned down.")
    report = await ended(chat, "New: canaryword.txt")
    await chat.say("title: canaryword Zarinabegim", reply_to=report)
    report = await ended(chat, "New: canaryword.txt")
    await report.press("Title")
    await ended(chat, "What is the title of canaryword.txt?")
    await chat.say("canaryword")
    report = await ended(chat, "New: canaryword.txt")
    await report.press("Discard")
    await become(report, "canaryword.txt was discarded")
    await chat.say(f"Where is the {TOLD}?")
    press = await (await chat.reply()).press("Tell the editors")
    assert (await press.answered()).text == text("told", "en")
    await chat.say("/gaps")
    await ended(chat, "Questions that found no answer, or a wrong one: 1")


async def ended(chat: Chat, start: str) -> Message:
    """Return the bot's next message, once it says `start`."""
    return await become(await chat.reply(), start)


async def become(message: Message, start: str) -> Message:
    """Return `message` once it says `start`."""
    while not message.text.startswith(start):
        await message.edited()
    return message


async def converse(telegram: BotApiServer) -> None:
    """Say much in many ways, while much goes wrong."""
    zarina = telegram.person(
        "Zarinabegim", last_name="Canaryword", username="zarina_handle", language_code="en"
    )
    chat = telegram.private_chat(zarina)

    def fresh() -> Chat:
        return telegram.private_chat(telegram.person("Zarinabegim", username="zarina_handle"))

    question = await chat.say("Who is Maks Bokayev, says canaryword?")
    answer = await chat.reply()
    await question.edit("How many citizens signed the appeal, canaryword?")
    await answer.edited()
    telegram.fail("answerCallbackQuery", 400, "Bad Request: query is too old: canaryword")
    telegram.fail("editMessageReplyMarkup", 400, "Bad Request: canaryword")
    await answer.press("Around it")
    await chat.reply()
    await zarina.inline("Bokayev canaryword")
    for words in (
        "Где КАНАРЕЙКА?",
        "Who is Canaryword Zarinabegim?",
        "/ask canaryword",
        "/canaryword",
    ):
        chat = fresh()
        await chat.say(words)
        await chat.reply()
    for trouble in (
        lambda: telegram.garble("sendMessage", 502, "<html>canaryword</html>"),
        lambda: telegram.fail("sendMessage", 400, "Bad Request: canaryword is not found"),
        lambda: telegram.garble("sendMessage", 200, '{"ok":true,"result":{"canaryword":1}}'),
        lambda: telegram.fail("sendMessage", 400, "can't parse entities: canaryword"),
    ):
        trouble()
        chat = fresh()
        await chat.say("canaryword?")
        await chat.reply()
    for code, description, parameters in (
        (403, "Forbidden: bot was blocked by canaryword", None),
        (429, "Too Many Requests", {"retry_after": 600}),
    ):
        fault = telegram.fail("sendMessage", code, description, parameters=parameters, chat=chat)
        await chat.say("canaryword!")
        await fault.reached.wait()
    await converse_otherwise(telegram, zarina)
    telegram.update({"message": {"text": "canaryword", "from": zarina.json(), "chat": 5}})
    for status, body in (
        (200, '{"ok":true,"result":[{"canaryword'),
        (200, '{"ok":true,"result":["canaryword",{"message":{"text":"canaryword"}}]}'),
        (409, '{"ok":false,"description":"Conflict: canaryword webhook is active"}'),
        (500, '{"ok":false,"parameters":"canaryword"}'),
        (429, '{"ok":false,"description":"canaryword","parameters":{"retry_after":1}}'),
    ):
        telegram.garble("getUpdates", status, body)
        await help_(telegram)
        await help_(telegram)  # after a poll that went well, the next pause is a short one


async def converse_otherwise(telegram: BotApiServer, zarina: Person) -> None:
    """Say what is no question, in a group, with files, and to a bot that is then blocked."""
    group = telegram.group("Canaryword friends", [zarina], privacy=False)
    asked = await group.say("/ask Who is Maks Bokayev, canaryword?")
    await group.reply()
    telegram.fail("editMessageText", 400, "Bad Request: message to edit not found: canaryword")
    await asked.edit("/ask How many citizens signed the appeal, canaryword?")
    await group.reply()
    telegram.fail("sendMessage", 400, "Bad Request: message to be replied not found: canaryword")
    await group.say("/ask canaryword?")
    await group.reply()
    chat = telegram.private_chat(telegram.person("Zarinabegim", username="zarina_handle"))
    await chat.send_photo(caption="canaryword")
    await chat.reply()
    await chat.send_document("canaryword.txt", b"canaryword", caption="canaryword")
    await chat.reply()
    half = {"type": "mention", "offset": 1, "length": 1}
    await chat.say("🙂 canaryword", extra={"entities": [half]})
    await chat.reply()
    chat.members[0].block()
    other = telegram.private_chat(telegram.person("Zarinabegim", username="zarina_handle"))
    telegram.fail("sendMessage", 400, "Bad Request: chat not found: canaryword", chat=other)
    await other.say("canaryword")
    await other.say("canaryword?")
    await other.reply()


async def help_(telegram: BotApiServer) -> None:
    chat = telegram.private_chat(telegram.person("Zarinabegim", language_code="en"))
    await chat.say("/help")
    assert (await chat.reply()).text == text("help", "en")


async def scrape(port: int) -> str:
    address = f"http://127.0.0.1:{port}/metrics"
    async with aiohttp.ClientSession() as session, session.get(address) as response:
        return await response.text()


@asynccontextmanager
async def listening(address: Path, told: list[str]) -> AsyncIterator[None]:
    """Listen at the Unix socket `address` as systemd does, and put what is said into `told`."""

    class Listener(asyncio.DatagramProtocol):
        def datagram_received(self, data: bytes, addr: object) -> None:  # noqa: ARG002
            told.append(data.decode())

    channel = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    channel.bind(str(address))
    channel.setblocking(False)
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(Listener, sock=channel)
    try:
        yield
    finally:
        transport.close()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
