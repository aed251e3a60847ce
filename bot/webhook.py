"""Updates that Telegram posts to a public address, such as one behind a proxy."""

import asyncio
import hmac
import json
import logging
import re
import socket
import ssl
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from telegram import Update
from telegram.error import InvalidToken, TelegramError
from tornado.http1connection import HTTP1Connection
from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream
from tornado.web import Application, RequestHandler, stream_request_body

from bot.arrivals import Arrivals, is_numbered
from bot.desk import App
from bot.errors import SettingsError, TemporaryError
from bot.requests import REFUSALS
from bot.settings import Webhook as Settings

_log = logging.getLogger(__name__)

_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105, the name of a header
_LONGEST_HEAD, _LONGEST_BODY = 16 << 10, 4 << 20  # bytes; an update is some kilobytes
_HEAD_SECONDS, _BODY_SECONDS = 10.0, 10.0  # a connection that waits longer is closed
_STRANGERS = 128  # connections that have not shown the secret; a process may open 1,024 files
_LOOK_SECONDS = 60.0

Takes = Callable[[dict[str, Any]], bool]
"""Says whether an update, as Telegram posts it, is for this process."""


class Webhook:
    """Listens for updates, and takes those that carry the secret."""

    def __init__(
        self,
        settings: Settings,
        secret: str,
        allowed_updates: Sequence[str],
        on_life: Callable[[], None] = lambda: None,
        takes: Takes = lambda _: True,
    ) -> None:
        """Take updates that carry `secret`; call `on_life` whenever Telegram is found to have the
        webhook. What `takes` does not take is left to another process.
        """
        self._settings = settings
        self._secret = secret
        self._allowed_updates = allowed_updates
        self._on_life = on_life
        self._takes = takes
        self._server: HTTPServer | None = None

    async def start(self, application: App) -> None:
        """Listen, and tell Telegram where. Raises SettingsError if it cannot, or TelegramError."""
        settings = self._settings
        if self._server is None:
            self._server = self._listen(application)
        await application.bot.set_webhook(
            str(settings.url),
            certificate=self._certificate(),
            allowed_updates=self._allowed_updates,
            secret_token=self._secret,
        )

    async def failure(self, application: App) -> TemporaryError:
        """Check every minute whether Telegram still has the webhook; return why if it has not."""
        refusals, address, failed = 0, "", None
        while True:
            try:
                info = await application.bot.get_webhook_info()
            except InvalidToken:
                refusals += 1
                if refusals == REFUSALS:
                    return TemporaryError(f"Telegram refuses the token, {REFUSALS} times in a row")
            except TelegramError as error:
                _log.warning("webhook not checked error=%s", type(error).__name__)
            else:
                refusals = 0
                address = address or info.url  # as Telegram writes it
                if not address or info.url != address:
                    return TemporaryError(
                        "another program has taken away the webhook of this token; "
                        "stop that one, or this one"
                    )
                if info.last_error_date not in {None, failed}:
                    failed = info.last_error_date
                    _log.warning("Telegram could not post an update; getWebhookInfo tells why")
                self._on_life()
            await asyncio.sleep(_LOOK_SECONDS)

    async def stop(self, application: App) -> None:  # noqa: ARG002, as every source
        """Listen no more. Telegram keeps what comes from now on for the next start."""
        if self._server is not None:
            self._server.stop()
            await self._server.close_all_connections()

    def _listen(self, application: App) -> HTTPServer:
        settings = self._settings
        wanted: dict[str, Any] = {
            "served": application,
            "secret": self._secret,
            "arrivals": Arrivals(),
            "takes": self._takes,
        }
        routes = Application(
            [(re.escape(settings.local_path), _Receiver, wanted)],
            default_handler_class=_Nowhere,
            log_function=_no_log,
        )
        server = _Door(
            routes,
            ssl_options=self._tls(),
            idle_connection_timeout=_HEAD_SECONDS,
            body_timeout=_BODY_SECONDS,
            max_header_size=_LONGEST_HEAD,
            max_body_size=_LONGEST_BODY,
        )
        wanted["door"] = server
        family = socket.AF_INET6 if ":" in settings.listen else socket.AF_INET
        try:
            address = (settings.listen, settings.port)
            listener = socket.create_server(address, family=family, backlog=128)
        except OSError as error:
            where = f"{settings.listen}:{settings.port}"
            raise SettingsError(
                f"telegram.webhook: cannot listen at {where} ({error.strerror})"
            ) from error
        listener.setblocking(False)
        server.add_socket(listener)
        return server

    def _certificate(self) -> bytes | None:
        """Return the self-signed certificate that Telegram is to trust; None if there is none."""
        file = self._settings.certificate
        try:
            return None if file is None else file.read_bytes()
        except OSError as error:
            raise SettingsError(
                f"telegram.webhook.certificate: {file} cannot be read ({error.strerror})"
            ) from error

    def _tls(self) -> ssl.SSLContext | None:
        """Return the TLS context; None if a proxy encrypts."""
        certificate, key = self._settings.certificate, self._settings.key
        if key is None or certificate is None:
            return None
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        try:
            context.load_cert_chain(certificate, key)
        except (OSError, ssl.SSLError) as error:
            raise SettingsError(
                f"telegram.webhook: {certificate} and {key} are not a certificate and its key"
            ) from error
        return context


class _Door(HTTPServer):
    """Accepts every connection, but keeps at most _STRANGERS that have not shown the secret.

    The oldest connection of the address that has most of them makes room for a new one, so that
    whoever holds connections open cannot keep Telegram out.
    """

    def initialize(self, *args: Any, **kwargs: Any) -> None:
        super().initialize(*args, **kwargs)
        self._strangers: dict[IOStream, str] = {}  # by address, oldest first

    def handle_stream(self, stream: IOStream, address: tuple[Any, ...]) -> None:
        if len(self._strangers) >= _STRANGERS:
            self._strangers = {s: a for s, a in self._strangers.items() if not s.closed()}
        if len(self._strangers) >= _STRANGERS:
            (most, _), *_ = Counter(self._strangers.values()).most_common(1)
            oldest = next(s for s, whose in self._strangers.items() if whose == most)
            del self._strangers[oldest]
            oldest.close()
        self._strangers[stream] = str(address[0]) if address else ""
        super().handle_stream(stream, address)

    def trust(self, stream: IOStream) -> None:
        """Never close `stream`, which has shown the secret, to make room for another."""
        self._strangers.pop(stream, None)


@stream_request_body
class _Nowhere(RequestHandler):
    """Refuses a request to any other path, before its body is read."""

    def prepare(self) -> None:
        self.set_status(404)
        self.finish()

    def data_received(self, chunk: bytes) -> None:
        """Nothing is read after the refusal."""


@stream_request_body
class _Receiver(RequestHandler):
    """Takes one update, even one that cannot be read, or Telegram would post it for ever."""

    def initialize(
        self, served: App, secret: str, arrivals: Arrivals, takes: Takes, door: _Door
    ) -> None:
        self._served, self._secret, self._arrivals, self._door = served, secret, arrivals, door
        self._takes = takes
        self._body = bytearray()

    def prepare(self) -> None:
        given = self.request.headers.get(_SECRET, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            self.set_status(403)  # before the body is read; the connection is closed then
            self.finish()
        elif isinstance(self.request.connection, HTTP1Connection):
            self._door.trust(self.request.connection.stream)

    def data_received(self, chunk: bytes) -> None:
        self._body += chunk

    def post(self) -> None:
        try:
            update = json.loads(bytes(self._body))
        except (ValueError, RecursionError):
            update = None
        if not is_numbered(update):
            _log.warning("post without an update")
            self.set_status(400)
        elif not self._takes(update):
            self.set_status(503)  # the proxy asks the next process
        elif self._arrivals.accept(update):
            self._served.update_queue.put_nowait(Update.de_json(update, self._served.bot))


def _no_log(handler: RequestHandler) -> None:
    """Log nothing: who connects is nobody's business."""
