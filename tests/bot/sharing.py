"""A real Redis without persistence, and a proxy that posts updates to one bot or another."""

import asyncio
import random
import shutil
import signal
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from pydantic import HttpUrl
from redis.asyncio import Redis as Client

from bot.settings import Webhook as Where
from tests.bot.living import somewhere

SERVER = shutil.which("redis-server")
if SERVER is None:  # whoever wants what is here cannot be tested
    pytest.skip("there is no redis-server: apt-get install redis-server", allow_module_level=True)


class Redis:
    """A redis-server at a Unix socket, which keeps nothing on disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"unix://{folder / 'redis.sock'}"

    def start(self, *options: str) -> None:
        """Start it, and wait until it answers."""
        socket = self._folder / "redis.sock"
        socket.unlink(missing_ok=True)
        settings = ["--port", "0", "--save", "", "--appendonly", "no", "--dir", str(self._folder)]
        self._process = subprocess.Popen(  # noqa: S603, the one of this machine
            [SERVER, "--unixsocket", str(socket), *settings, *options],
            stdout=subprocess.PIPE,
        )
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if b"ready to accept connections" in line.lower():
                return
        raise AssertionError("redis-server does not start")

    def kill(self) -> None:
        """End it at once, as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Stop the process while the body runs, so that it is there but does not answer."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    async def clear(self) -> None:
        """Delete all that it holds."""
        async with Client.from_url(self.url) as client:
            await client.flushall()

    async def contents(self) -> dict[str, tuple[object, int]]:
        """Return all that it holds: the value of each key, and in how many seconds it expires."""
        found: dict[str, tuple[object, int]] = {}
        async with Client.from_url(self.url, decode_responses=True) as client:
            async for key in client.scan_iter():
                match await client.type(key):
                    case "string":
                        value: object = await client.get(key)
                    case "list":
                        value = await client.lrange(key, 0, -1)
                    case "zset":
                        value = await client.zrange(key, 0, -1, withscores=True)
                    case "none":  # it has expired meanwhile
                        continue
                    case kind:
                        raise AssertionError(kind)
                found[key] = (value, await client.ttl(key))
        return found


@contextmanager
def redis_in(folder: Path, *options: str) -> Iterator[Redis]:
    """Have a Redis whose socket is in `folder`."""
    redis = Redis(folder)
    redis.start(*options)
    try:
        yield redis
    finally:
        redis.kill()


class Proxy:
    """Takes updates where Telegram posts them, and passes each on after a moment."""

    def __init__(self, seed: int) -> None:
        here = somewhere()
        assert here.url is not None
        self.url: HttpUrl = here.url
        self.port = here.port
        self.bots: list[int] = []
        """The ports of the bots that get updates."""
        self.passed_on: list[int] = []
        """The bot, by its place, that took each update."""
        self.longest_delay = 0.0
        self._random = random.Random(seed)  # noqa: S311, not for secrets
        self._on_their_way: set[asyncio.Task[None]] = set()

    def bot(self) -> Where:
        """Return where another bot listens behind this."""
        where = somewhere().model_copy(update={"url": self.url})
        self.bots.append(where.port)
        return where

    async def _take(self, request: web.Request) -> web.Response:
        body, headers = await request.read(), dict(request.headers)
        way = asyncio.create_task(self._pass_on(body, headers))
        self._on_their_way.add(way)
        way.add_done_callback(self._on_their_way.discard)
        return web.Response()

    async def _pass_on(self, body: bytes, headers: dict[str, str]) -> None:
        """Pass an update to one of the bots: to the next, if one is gone or leaves it to others."""
        first = self._random.randrange(len(self.bots))
        await asyncio.sleep(self._random.uniform(0, self.longest_delay))
        for place in (first, *(other for other in range(len(self.bots)) if other != first)):
            if await self._is_taken(self.bots[place], body, headers):
                self.passed_on.append(place)
                return
        raise AssertionError("no bot takes an update")

    async def _is_taken(self, port: int, body: bytes, headers: dict[str, str]) -> bool:
        address = f"http://127.0.0.1:{port}/updates"
        try:
            async with (
                aiohttp.ClientSession() as session,
                session.post(address, data=body, headers=headers) as response,
            ):
                assert response.status in {200, 503}
                return response.status == 200
        except aiohttp.ClientConnectionError:
            return False

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Proxy"]:
        """Listen while the body runs."""
        application = web.Application()
        application.router.add_post("/updates", self._take)
        runner = web.AppRunner(application)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", self.port).start()
        try:
            yield self
        finally:
            await runner.cleanup()
