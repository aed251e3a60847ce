"""What all processes remember of a chat: read when a turn begins, written when it ends."""

import json
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Generic

from pydantic import TypeAdapter, ValidationError

from bot.conversation import KEPT_SECONDS, Kept, Key, LocalMemory
from knowledge.answering.shown import Shown

LASTING_SECONDS = 30 * 24 * 60 * 60  # a chosen language; in memory it lasts as long as the process
_LONGEST = 1_000_000  # characters of what is kept of a chat; 500 entries have a tenth of that
_MOST = 500  # entries of a chat; a group has at most 20 answers a minute

_ENTRIES: TypeAdapter[dict[str, tuple[int, Any]]] = TypeAdapter(dict[str, tuple[int, Any]])

Digest = Callable[[str], str]


class Pages:
    """What is remembered of one chat, while an update of it is handled: `passing` for 15 minutes,
    `lasting` for LASTING_SECONDS. Each is a JSON object: name -> [second of keeping, value].
    """

    def __init__(self, chat: int, passing: str, lasting: str) -> None:
        """Read what was kept of `chat`; "" for nothing."""
        self.chat = chat
        self._entries = {False: _entries(passing, KEPT_SECONDS), True: _entries(lasting, math.inf)}
        self._changed: set[bool] = set()

    def put(self, name: str, value: object, *, is_lasting: bool) -> None:
        """Put an entry in place of any of the same name."""
        entries = self._entries[is_lasting]
        entries.pop(name, None)
        entries[name] = (int(time.time()), value)
        while len(entries) > _MOST:
            del entries[next(iter(entries))]
        self._changed.add(is_lasting)

    def get(self, name: str, *, is_lasting: bool) -> tuple[Any] | None:
        """Return (value,) of an entry; None if there is no entry."""
        entry = self._entries[is_lasting].get(name)
        return None if entry is None else (entry[1],)

    def drop(self, beginning: str, *, is_lasting: bool) -> None:
        """Remove the entries whose names have this `beginning`."""
        entries = self._entries[is_lasting]
        for name in [name for name in entries if name.startswith(beginning)]:
            del entries[name]
            self._changed.add(is_lasting)

    def written(self, *, is_lasting: bool) -> str:
        """Return the entries in JSON, to be kept; "{}" for none, and "" if nothing has changed."""
        return json.dumps(self._entries[is_lasting]) if is_lasting in self._changed else ""


_open: ContextVar[Pages | None] = ContextVar("pages", default=None)


@contextmanager
def opened(pages: Pages) -> Iterator[None]:
    """Make `pages` those of the update that is handled in the body."""
    token = _open.set(pages)
    try:
        yield
    finally:
        _open.reset(token)


class SharedMemory(Generic[Kept]):
    """One kind of memory, of the chat whose update is being handled. Of other chats nothing is
    known or kept, except lasting values that this process has seen.
    """

    def __init__(self, name: str, kept: Any, digest: Digest, *, is_lasting: bool = False) -> None:
        """Keep values of the type `kept`, under names made by `digest`."""
        self._name = name
        self._form: TypeAdapter[Kept] = TypeAdapter(kept)
        self._digest = digest
        self._is_lasting = is_lasting
        self._seen = LocalMemory[Kept](kept_seconds=math.inf if is_lasting else 0)

    def remember(self, key: Key, kept: Kept) -> None:
        """Keep `kept` under `key`."""
        if (pages := self._pages(key[0])) is not None:
            value = self._form.dump_python(kept, mode="json")
            pages.put(self._entry(key), value, is_lasting=self._is_lasting)

    def recall(self, key: Key) -> Kept | None:
        """Return what was kept under `key`; None if nothing is remembered."""
        if (pages := self._pages(key[0])) is None:
            return self._seen.recall(key) if self._is_lasting else None
        found = pages.get(self._entry(key), is_lasting=self._is_lasting)
        kept = self._read(found[0]) if found is not None else None
        if self._is_lasting and kept is not None:
            self._seen.remember(key, kept)
        elif self._is_lasting:
            self._seen.forget(key[0])
        return kept

    def forget(self, chat: int) -> None:
        """Forget everything of `chat`."""
        self._seen.forget(chat)
        if (pages := self._pages(chat)) is not None:
            pages.drop(f"{self._name}:", is_lasting=self._is_lasting)

    def _read(self, value: Any) -> Kept | None:
        try:
            return self._form.validate_python(value)
        except ValidationError:  # of another version of the bot
            return None

    def _entry(self, key: Key) -> str:
        return f"{self._name}:{self._digest(f'{self._name}:{key[0]}:{key[1]}')[:16]}"

    @staticmethod
    def _pages(chat: int) -> Pages | None:
        pages = _open.get()
        return pages if pages is not None and pages.chat == chat else None


def memories(digest: Digest) -> dict[str, Any]:
    """Return the memories of a `Desk`, by their names there."""
    numbers = tuple[int, ...]
    return {
        "answered": SharedMemory[numbers]("answered", numbers, digest),
        "spoken_of": SharedMemory[str | None]("spoken_of", str | None, digest),
        "chosen": SharedMemory[str]("chosen", str, digest, is_lasting=True),
        "heard": SharedMemory[str]("heard", str, digest),
        "albums": SharedMemory[numbers]("albums", numbers, digest),
        "shown": SharedMemory[Shown | None]("shown", Shown | None, digest),
    }


def _entries(written: str, seconds: float) -> dict[str, tuple[int, Any]]:
    """Return the entries of the last `seconds`; none if `written` is nothing that we write."""
    oldest = time.time() - seconds
    if len(written) > _LONGEST:
        return {}
    try:
        entries = _ENTRIES.validate_json(written or "{}")
    except ValidationError:
        return {}
    return {name: (at, value) for name, (at, value) in entries.items() if at >= oldest}
