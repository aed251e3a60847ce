"""Updates that Telegram posts to an address of one's own, as behind a proxy."""

import asyncio
import hmac
import json
import logging
import socket
import ssl
from collections.abc import Callable, Sequence

from telegram import Update
from telegram.error import InvalidToken, TelegramError
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bot.arrivals import Arrivals, is_numbered
from bot.desk import App
from bot.errors import SettingsError, TemporaryError
from bot.polling import REFUSALS
from bot.settings import Webhook as Settings

_log = logging.getLogger(__name__)

_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105, the name of a header
_LONGEST_BODY = 4 << 20  # bytes; an update is some kilobytes
_LOOK_SECONDS = 60.0


class Webhook:
    """Listens for updates, and takes those that carry the secret."""

    def __init__(
        self,
        settings: Settings,
        secret: str,
        allowed_updates: Sequence[str],
        on_life: Callable[[], None] = lambda: None,
    ) -> None:
        """Take updates that carry `secret`; call `on_life` whenever Telegram is found to have the
        webhook.
        """
        self._settings = settings
        self._secret = secret
        self._allowed_updates = allowed_updates
        self._on_life = on_life
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
        """Look every minute whether Telegram still has the webhook; return why it has not."""
        refusals, address, failed = 0, "", None
        while True:
            try:
                info = await application.bot.get_webhook_info()
            except InvalidToken:
                refusals += 1
                if refusals == REFUSALS:
                    return TemporaryError(f"Telegram refuses the token, {REFUSALS} times in a row")
            except TelegramError as error:
                _log.warning("webhook not looked at error=%s", type(error).__name__)
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
        wanted = {"served": application, "secret": self._secret, "arrivals": Arrivals()}
        routes = Application([(settings.local_path, _Receiver, wanted)], log_function=_no_log)
        server = HTTPServer(routes, ssl_options=self._tls(), max_body_size=_LONGEST_BODY)
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
        """Return what Telegram must know to trust a certificate that nobody signed."""
        file = self._settings.certificate
        try:
            return None if file is None else file.read_bytes()
        except OSError as error:
            raise SettingsError(
                f"telegram.webhook.certificate: {file} cannot be read ({error.strerror})"
            ) from error

    def _tls(self) -> ssl.SSLContext | None:
        """Return what encrypts here; None if a proxy does."""
        certificate, key = self._settings.certificate, self._settings.key
        if key is None or certificate is None:
            return None
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        try:
            context.load_cert_chain(certificate, key)
        except (OSError, ssl.SSLError) as error:
            raise SettingsError(
                f"telegram.webhook: {certificate} and {key} are no certificate and its key"
            ) from error
        return context


class _Receiver(RequestHandler):
    """Takes one update. What cannot be read is taken too, or Telegram would post it for ever."""

    def initialize(self, served: App, secret: str, arrivals: Arrivals) -> None:
        self._served, self._secret, self._arrivals = served, secret, arrivals

    def post(self) -> None:
        given = self.request.headers.get(_SECRET, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            self.set_status(403)
            return
        try:
            update = json.loads(self.request.body)
        except (ValueError, RecursionError):
            update = None
        if not is_numbered(update):
            _log.warning("post without an update")
            self.set_status(400)
        elif self._arrivals.accept(update):
            self._served.update_queue.put_nowait(Update.de_json(update, self._served.bot))


def _no_log(handler: RequestHandler) -> None:
    """Who knocks is nobody's business."""
