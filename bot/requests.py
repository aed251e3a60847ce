"""HTTP to the Bot API server: malformed responses become errors, and nothing is logged."""

import asyncio
import functools
import json
import math
import os
import ssl
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import httpx
from telegram.error import NetworkError, RetryAfter, TimedOut
from telegram.request import HTTPXRequest

# Times are timedelta, as they will be in the next python-telegram-bot; else each use is a warning.
os.environ.setdefault("PTB_TIMEDELTA", "true")

REFUSALS = 4  # responses 401 or 404 in a row until they are believed
CONNECT_SECONDS, POOL_SECONDS = 10.0, 5.0
MOST_BYTES = 20_000_000
"""Of a response; a hundred updates have far fewer."""
MOST_SECONDS = 300.0
"""For a whole call, however slowly its response trickles in: the largest file in the time of a line
of half a megabit a second."""

_REST_SECONDS = 3.0  # after a 429 that does not say how long, as one from a proxy


class _Bounded(httpx.AsyncByteStream):
    """The bytes of a response, up to a limit."""

    def __init__(self, stream: httpx.AsyncByteStream, max_bytes: int) -> None:
        self._stream, self._left = stream, max_bytes

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            self._left -= len(part)
            if self._left < 0:
                raise httpx.ReadError("the response is too large")
            yield part

    async def aclose(self) -> None:
        await self._stream.aclose()


async def _bound(max_bytes: int, response: httpx.Response) -> None:
    """Let no more than `max_bytes` of `response` be read, and nothing that is packed: no request
    asks for that, and a few bytes of it may unpack to any number.
    """
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise httpx.ReadError("the response is packed")
    if isinstance(response.stream, httpx.AsyncByteStream):
        response.stream = _Bounded(response.stream, max_bytes)


class Request(HTTPXRequest):
    """A pool of connections to the Bot API server."""

    def __init__(
        self, *, connections: int, read_seconds: float, max_bytes: int = MOST_BYTES
    ) -> None:
        """Keep up to `connections` open, and wait `read_seconds` for each part of a response, of
        which at most `max_bytes` are read: a file may be larger than its message says.
        """
        super().__init__(
            connection_pool_size=connections,
            connect_timeout=CONNECT_SECONDS,
            read_timeout=read_seconds,
            write_timeout=20,
            pool_timeout=POOL_SECONDS,
            httpx_kwargs={
                "verify": _trusted(),
                "headers": {"Accept-Encoding": "identity"},
                "event_hooks": {"response": [partial(_bound, max_bytes)]},
            },
        )

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Return status and body of a response. Raises RetryAfter for a 429 of whatever form, and
        TimedOut after MOST_SECONDS.
        """
        try:
            async with asyncio.timeout(MOST_SECONDS):
                status, body = await super().do_request(*args, **kwargs)
        except TimeoutError as error:
            raise TimedOut(f"no whole response within {MOST_SECONDS:.0f} s") from error
        if status == 429:
            raise RetryAfter(math.ceil(_rest(body)))
        return status, body

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the response in `payload`. Raises NetworkError if it is not one of the Bot API.

        python-telegram-bot's own method logs the payload, which holds what people wrote, and fails
        on a success without a result.
        """
        try:
            answer = json.loads(payload)
        except (ValueError, RecursionError):
            # Not `from error`: the error of json carries the whole payload.
            raise NetworkError("the response is not JSON") from None
        if not isinstance(answer, dict) or (answer.get("ok") is True and "result" not in answer):
            raise NetworkError("the response is not one of the Bot API")
        return answer


@functools.cache
def _trusted() -> ssl.SSLContext:
    """Return the context that checks certificates, made once for all pools."""
    return httpx.create_ssl_context()


def _rest(body: bytes) -> float:
    """Return for how many seconds the 429 with this `body` asks to rest."""
    try:
        asked = float(Request.parse_json_payload(body)["parameters"]["retry_after"])
    except (NetworkError, KeyError, TypeError, ValueError):
        return _REST_SECONDS
    return asked if 0 < asked < math.inf else _REST_SECONDS
