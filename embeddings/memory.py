"""What the models made of a text, remembered for when they are given it again.

One model reads a question for several purposes, and golden questions are read for every draft. Only
what a model makes of its input is remembered, which is the same each time. It is kept as long as
its `Memory`: for one question of a user, or, for golden questions, as long as the bot runs. Nothing
is written to disk.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar, cast

_MOST = 10_000  # entries, of 2 to 15 KB; a golden question makes about ten

Made = TypeVar("Made")


class Memory:
    """What models made in a thread while `remembering` was open; the entries last used stay."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._made: OrderedDict[Hashable, object] = OrderedDict()

    def recall(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what `make` returned when `key` was last new, or what it returns now if it is."""
        if key not in self._made:
            self._made[key] = make()
            if len(self._made) > _MOST:
                self._made.popitem(last=False)
        self._made.move_to_end(key)
        return cast("Made", self._made[key])


_open: ContextVar[Memory | None] = ContextVar("memory", default=None)


@contextmanager
def remembering(memory: Memory | None = None) -> Iterator[None]:
    """Let models use `memory` in this thread: by default the one already open, or a new one."""
    token = _open.set(memory or _open.get() or Memory())
    try:
        yield
    finally:
        _open.reset(token)


def remembered(key: Hashable, make: Callable[[], Made]) -> Made:
    """Return what `make` returns, or what the open memory has for `key`."""
    memory = _open.get()
    return make() if memory is None else memory.recall(key, make)
