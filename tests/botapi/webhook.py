"""Delivery of updates by POST, one after the other, each until it is accepted."""

import asyncio
import re
import time
from typing import Any

import aiohttp

from tests.botapi.html import split_url
from tests.botapi.refusals import bad_request
from tests.botapi.updates import Updates

FIRST_RETRY_AFTER = 0.05  # seconds, doubled each time: Telegram is slower, tests are not
LONGEST_RETRY_AFTER = 1.0


class Webhook:
    """Where updates are posted to while `url` is set; what getWebhookInfo tells."""

    def __init__(self, updates: Updates) -> None:
        self._updates = updates
        self._task: asyncio.Task[None] | None = None
        self.url = ""
        self.secret_token = ""
        self.last_error = ""
        self.last_error_date = 0
        self.max_connections = 40

    def set(self, url: str, *, secret_token: str, max_connections: int) -> None:
        """Post updates to `url` from now on, or stop if it is empty; raises ApiError."""
        if url:
            check_webhook(url, secret_token, max_connections)
        self.stop()
        self.url, self.secret_token, self.max_connections = url, secret_token, max_connections
        self.last_error = ""
        if url:
            self._task = asyncio.create_task(self._deliver())

    def stop(self) -> None:
        """Post nothing more."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def info(self) -> dict[str, Any]:
        """Return the WebhookInfo as the Bot API gives it."""
        info: dict[str, Any] = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.unconfirmed),
            "allowed_updates": sorted(self._updates.allowed),
        }
        if self.url:
            info["max_connections"] = self.max_connections
        if self.last_error:
            info["last_error_date"] = self.last_error_date
            info["last_error_message"] = self.last_error
        return info

    async def _deliver(self) -> None:
        async with aiohttp.ClientSession() as session:
            pause = FIRST_RETRY_AFTER
            while True:
                update = await self._updates.next()
                if await self._post(session, update):
                    self._updates.remove(update)
                    pause = FIRST_RETRY_AFTER
                else:
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, LONGEST_RETRY_AFTER)

    async def _post(self, session: aiohttp.ClientSession, update: dict[str, Any]) -> bool:
        headers = {"Content-Type": "application/json"}
        if self.secret_token:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.secret_token
        body = aiohttp.JsonPayload(update, content_type="application/json")
        try:
            async with session.post(self.url, data=body, headers=headers) as response:
                if 200 <= response.status < 300:
                    return True
                error = f"Wrong response from the webhook: {response.status} {response.reason}"
        except aiohttp.ClientError as failure:
            error = f"Connection failed: {type(failure).__name__}"
        self.last_error, self.last_error_date = error, int(time.time())
        return False


def check_webhook(url: str, secret_token: str, max_connections: int) -> None:
    """Raise ApiError for a webhook Telegram would not take; plain HTTP only on loopback."""
    parts = split_url(url)
    is_loopback = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not is_loopback and (parts.port or 443) not in {443, 80, 88, 8443}:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret_token):
        raise bad_request("secret token contains unallowed characters")
    if not 1 <= max_connections <= 100:
        raise bad_request("max_connections must be in 1-100")
