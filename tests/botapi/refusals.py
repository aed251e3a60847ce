"""How this server says no: Telegram's error codes and words."""

from typing import Any


class ApiError(Exception):
    """A call refused: `code` is both the HTTP status and the envelope's error_code."""

    def __init__(
        self, code: int, description: str, parameters: dict[str, Any] | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(reason: str, parameters: dict[str, Any] | None = None) -> ApiError:
    """Return the 400 that says `reason`."""
    return ApiError(400, f"Bad Request: {reason}", parameters)


def forbidden(reason: str) -> ApiError:
    """Return the 403 that says `reason`."""
    return ApiError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> ApiError:
    """Return the 409 that says `reason`."""
    return ApiError(409, f"Conflict: {reason}")
