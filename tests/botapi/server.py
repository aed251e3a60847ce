"""The server itself: HTTP on loopback, and what a test holds in its hands."""

import asyncio
import inspect
import json
import re
from collections.abc import Awaitable, Callable
from functools import partial
from types import TracebackType
from typing import Any, Self

from aiohttp import web
from aiohttp.web_request import FileField

from tests.botapi.calls import Call
from tests.botapi.chats import Chat, Group, Person
from tests.botapi.faults import Answer, Fault, envelope, success
from tests.botapi.files import Upload
from tests.botapi.methods import METHODS
from tests.botapi.parameters import read_parameters
from tests.botapi.refusals import ApiError, bad_request
from tests.botapi.world import Json, World

MAX_UPLOAD = 50 << 20
CANONICAL = {name.lower(): name for name in METHODS}
DOWNLOAD = "download"  # what a file download is called among the calls
Effect = Callable[[], Awaitable[Answer]]

SCOPES = re.compile(r"default|all_(private_chats|group_chats|chat_administrators)")


class BotApiServer:
    """A Bot API server for one bot, to be used with `async with`.

    `refusals` are the calls it answered with an error that no test asked for. A test that means
    to provoke one clears the list.
    """

    def __init__(
        self,
        *,
        bot_id: int = 7_200_000_001,
        username: str = "rapporteur_test_bot",
    ) -> None:
        self.token = f"{bot_id}:{'AAtesting' * 4}"
        self.username = username
        self.world = World(bot_id=bot_id, username=username)
        self.port = 0
        self._faults: list[Fault] = []
        self._tasks: set[asyncio.Task[Answer]] = set()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.world.webhook.stop()
        await self.stop()

    @property
    def url(self) -> str:
        """Where the bot finds the server: methods under /bot<token>/, files under /file/."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Listen, on the same port as before if there was one."""
        app = web.Application(client_max_size=MAX_UPLOAD + (1 << 20))
        app.router.add_route("*", "/file/bot{token}/{path:.+}", self._download)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_route("*", "/{rest:.*}", self._serve_nothing)
        # A poll whose client is gone must end, or it would swallow the next update.
        self._runner = web.AppRunner(
            app, handler_cancellation=True, shutdown_timeout=0.1, access_log=None
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Stop listening and drop all connections; what was said and stored is kept."""
        for task in self._tasks:
            task.cancel()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    # People, chats and updates.

    def person(
        self,
        first_name: str,
        *,
        last_name: str = "",
        username: str = "",
        language_code: str = "",
        is_bot: bool = False,
    ) -> Person:
        """Return a new person, whom the bot does not know yet."""
        return Person(
            self.world,
            first_name,
            last_name=last_name,
            username=username,
            language_code=language_code,
            is_bot=is_bot,
        )

    def private_chat(self, person: Person) -> Chat:
        """Return the person's chat with the bot, which starts with the first message."""
        return person.chat

    def group(
        self,
        title: str,
        members: list[Person],
        *,
        kind: str = "supergroup",
        forum: bool = False,
        privacy: bool = True,
    ) -> Group:
        """Return a new "group" or "supergroup" with the bot in it; the first member made it."""
        return Group(self.world, title, members, kind=kind, forum=forum, privacy=privacy)

    def update(self, update: Json) -> int:
        """Deliver any update, as it is, and return its id; one without an id is given one."""
        return self.world.updates.add_raw(update)

    # What the bot did.

    @property
    def refusals(self) -> list[Call]:
        """The calls refused by the server itself, in order; tests may clear the list."""
        return self.world.calls.refusals

    def calls(self, method: str = "") -> list[Call]:
        """Return the calls of a method, or all; a file download is called "download"."""
        return [call for call in self.world.calls if method in {"", call.method}]

    async def called(self, method: str, *, count: int = 1, timeout: float = 10) -> list[Call]:
        """Wait until a method was called and answered `count` times; return these calls."""

        def look() -> list[Call] | None:
            answered = [call for call in self.calls(method) if call.status is not None]
            return answered if len(answered) >= count else None

        return await self.world.changes.until(
            look,
            timeout=timeout,
            complaint=lambda: (
                f"{method} was called {len(self.calls(method))} times, not {count}, "
                f"within {timeout} s\n{self.world.recent_events()}"
            ),
        )

    async def ready(self, timeout: float = 30) -> None:
        """Wait until the bot polls or has set a webhook."""
        await self.world.changes.until(
            lambda: self.world.updates.is_polled or bool(self.world.webhook.url) or None,
            timeout=timeout,
            complaint=lambda: (
                f"the bot does not fetch updates within {timeout} s\n{self.world.recent_events()}"
            ),
        )

    async def confirmed(self, timeout: float = 10) -> None:
        """Wait until the bot has confirmed every update, or its webhook accepted them."""
        await self.world.changes.until(
            lambda: not self.world.updates.unconfirmed or None,
            timeout=timeout,
            complaint=lambda: f"updates remain after {timeout} s\n{self.world.recent_events()}",
        )

    def commands(
        self, scope: str | Person | Chat = "default", language_code: str = ""
    ) -> dict[str, str]:
        """Return the commands and their descriptions set for exactly this scope and language.

        `scope` is "default", "all_private_chats", "all_group_chats", ... or a person or chat.
        """
        if isinstance(scope, str) and not SCOPES.fullmatch(scope):
            raise ValueError(f"scope is {scope!r}, expected a name such as all_private_chats")
        key = {"type": scope} if isinstance(scope, str) else {"type": "chat", "chat_id": scope.id}
        stored = self.world.profile.commands(key, language_code)
        return {command["command"]: command["description"] for command in stored}

    def name(self, language_code: str = "") -> str:
        """Return the bot's name as people with this language see it."""
        return self.world.profile.text("name", language_code)

    def description(self, language_code: str = "") -> str:
        """Return what is shown in an empty chat with the bot."""
        return self.world.profile.text("description", language_code)

    def short_description(self, language_code: str = "") -> str:
        """Return what is shown on the bot's page."""
        return self.world.profile.text("short_description", language_code)

    # Troubles. `method` may be "*" for any, or "download"; see Fault for what they have in common:
    # chat (only there), skip (let so many pass first), times (None: for ever).

    def fail(
        self,
        method: str,
        code: int,
        description: str,
        *,
        parameters: Json | None = None,
        chat: Chat | None = None,
        skip: int = 0,
        times: int | None = 1,
    ) -> Fault:
        """Refuse calls in Telegram's form; they have no effect."""
        return self._add_fault(
            method, chat, skip, times, answer=envelope(code, description, parameters)
        )

    def garble(
        self,
        method: str,
        status: int,
        body: str | bytes,
        *,
        content_type: str = "text/html",
        encoding: str = "identity",
        after_effect: bool = False,
        chat: Chat | None = None,
        skip: int = 0,
        times: int | None = 1,
    ) -> Fault:
        """Answer calls with any body: a proxy's page, half a JSON object."""
        content = body.encode() if isinstance(body, str) else body
        headers, start = {"Content-Encoding": encoding}, content[:40].decode("latin-1")
        answer = Answer(status, content, content_type, headers, description=start)
        return self._add_fault(method, chat, skip, times, answer=answer, after_effect=after_effect)

    def delay(
        self,
        method: str,
        seconds: float | None = None,
        *,
        after_effect: bool = False,
        chat: Chat | None = None,
        skip: int = 0,
        times: int | None = 1,
    ) -> Fault:
        """Hold calls up before or after they take effect; without `seconds`, until `release()`.

        `await fault.reached.wait()` passes when the first call is held up.
        """
        return self._add_fault(method, chat, skip, times, delay=seconds, after_effect=after_effect)

    def hang_up(
        self,
        method: str,
        *,
        after_effect: bool = False,
        chat: Chat | None = None,
        skip: int = 0,
        times: int | None = 1,
    ) -> Fault:
        """Break the connection instead of answering."""
        return self._add_fault(method, chat, skip, times, hang_up=True, after_effect=after_effect)

    def _add_fault(
        self, method: str, chat: Chat | None, skip: int, times: int | None, **trouble: Any
    ) -> Fault:
        if method not in METHODS and method not in {"*", DOWNLOAD}:
            raise ValueError(f"no method {method!r}")
        chat_id = None if chat is None else chat.id
        fault = Fault(method, chat_id=chat_id, skip=skip, times=times, **trouble)
        self._faults.append(fault)
        return fault

    # HTTP.

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        method = CANONICAL.get(name.lower(), name)
        try:
            call = Call(method, await sent_parameters(request))
        except ApiError as refusal:
            return await self._respond(request, Call(method, {}), partial(refuse, refusal))
        run = partial(self._run, call, request.match_info["token"])
        return await self._respond(request, call, run)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        path, token = request.match_info["path"], request.match_info["token"]
        read = partial(self._read_file, path, token)
        return await self._respond(request, Call(DOWNLOAD, {"path": path}), read)

    async def _serve_nothing(self, request: web.Request) -> web.StreamResponse:
        refusal = ApiError(404, "Not Found")
        return await self._respond(request, Call(request.path, {}), partial(refuse, refusal))

    async def _respond(
        self, request: web.Request, call: Call, effect: Effect
    ) -> web.StreamResponse:
        """Answer a call with the outcome of `effect`, or as a fault has it."""
        self.world.calls.begin(call)
        task = asyncio.create_task(self._finish(call, effect))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        # Telegram finishes what it was asked to do though the client went away; only a poll means
        # nothing without its client.
        answer = await (task if call.method == "getUpdates" else asyncio.shield(task))
        if answer.status == 0 and request.transport is not None:
            request.transport.abort()
        response = web.Response(
            status=answer.status or 500,
            body=answer.body,
            headers={"Content-Type": answer.content_type} | answer.headers,
        )
        response.enable_compression()  # if the request accepts it, as Telegram does
        return response

    async def _finish(self, call: Call, effect: Effect) -> Answer:
        """Return the answer to a call, and note it; a fault of this server's own counts too."""
        answer = Answer(500, b"", description="the test server failed")
        try:
            answer = await self._suffer(call, effect)
        except asyncio.CancelledError:
            answer = Answer(0, b"", description="nobody waited for the answer")
            raise
        finally:
            self.world.calls.end(call, answer.status, answer.description)
            self.world.changes.tell()
        return answer

    async def _suffer(self, call: Call, effect: Effect) -> Answer:
        """Return the answer to a call after whatever fault befalls it."""
        fault = next((fault for fault in self._faults if fault.befalls(call)), None)
        if fault is None:
            return await effect()
        call.injected = not fault.spares_the_answer
        if not fault.after_effect:
            await fault.pass_time()
        answer = fault.answer or Answer(0, b"", description="connection dropped")
        if fault.after_effect or fault.spares_the_answer:
            happened = await effect()
            answer = happened if fault.spares_the_answer else answer
        if fault.after_effect:
            await fault.pass_time()
        return answer

    async def _run(self, call: Call, token: str) -> Answer:
        """Return what the method answers."""
        try:
            self._check_token(token)
            method = METHODS.get(call.method)
            if method is None:
                raise ApiError(404, "Not Found: method not found")
            call.parameters = read_parameters(call.sent, method.parameters)
            result = method.run(self.world, call)
            return success(await result if inspect.isawaitable(result) else result)
        except ApiError as refusal:
            return await refuse(refusal)

    async def _read_file(self, path: str, token: str) -> Answer:
        try:
            self._check_token(token)
        except ApiError as refusal:
            return await refuse(refusal)
        file = self.world.files.at(path)
        if file is None:
            return envelope(404, "Not Found")
        return Answer(200, file.content, "application/octet-stream")

    def _check_token(self, token: str) -> None:
        if not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", token):
            raise ApiError(401, "Unauthorized: invalid token specified")
        if token != self.token:
            raise ApiError(401, "Unauthorized")


async def refuse(refusal: ApiError) -> Answer:
    """Return the refusal as Telegram writes it."""
    return envelope(refusal.code, refusal.description, refusal.parameters)


async def sent_parameters(request: web.Request) -> Json:
    """Return the parameters of a request from its query and its body, whatever form it has."""
    if request.method not in {"GET", "POST"}:
        raise ApiError(405, "Method Not Allowed")
    sent: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.text() or "{}")
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise bad_request("can't parse JSON object")
        return sent | body
    for name, value in (await request.post()).items():
        if isinstance(value, FileField):
            sent[name] = Upload(value.filename, value.file.read(), value.content_type)
        else:
            sent[name] = value
    return sent
