"""What the bot tells about itself: its commands, name and descriptions, by language."""

import json
import re
from typing import Any

from tests.botapi.refusals import bad_request

TEXT_LIMITS = {"name": 64, "description": 512, "short_description": 120}
MAX_COMMANDS = 100


class Profile:
    """Commands by scope and language; texts by kind and language ("" is for all others)."""

    def __init__(self, *, name: str) -> None:
        self._commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self._texts: dict[tuple[str, str], str] = {("name", ""): name}

    def set_commands(
        self, commands: list[dict[str, str]], scope: dict[str, Any] | None, language_code: str
    ) -> None:
        """Replace the commands of a scope and language, or raise ApiError if one is not allowed."""
        check_language(language_code)
        if len(commands) > MAX_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"].strip()) <= 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        if commands:
            self._commands[scope_key(scope), language_code] = commands
        else:
            self._commands.pop((scope_key(scope), language_code), None)

    def commands(self, scope: dict[str, Any] | None, language_code: str) -> list[dict[str, str]]:
        """Return exactly what was set: a narrower scope or a language does not fall back."""
        check_language(language_code)
        return self._commands.get((scope_key(scope), language_code), [])

    def set_text(self, kind: str, text: str, language_code: str) -> None:
        """Set the name or a description; an empty text removes it. Raises ApiError if too long."""
        check_language(language_code)
        if len(text) > TEXT_LIMITS[kind]:
            raise bad_request(f"{kind} is too long")
        if text:
            self._texts[kind, language_code] = text
        elif (kind, language_code) != ("name", ""):
            self._texts.pop((kind, language_code), None)

    def text(self, kind: str, language_code: str) -> str:
        """Return the name or a description as people with this language see it."""
        check_language(language_code)
        return self._texts.get((kind, language_code)) or self._texts.get((kind, ""), "")


def scope_key(scope: dict[str, Any] | None) -> str:
    """Return one string for equal scopes."""
    return json.dumps(scope or {"type": "default"}, sort_keys=True)


def check_language(language_code: str) -> None:
    """Raise ApiError for anything but a two-letter code or nothing."""
    if not re.fullmatch(r"([a-z]{2})?", language_code):
        raise bad_request("LANG_CODE_INVALID")
