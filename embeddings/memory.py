"""What the models made of a text that is put to them again.

A question is read by one model for several ends, and golden questions are read for every draft. All
that is remembered is what a model makes of its input, which is the same each time. It is kept as
long as the `Memory` is: for one question of somebody, or for golden questions, as long as the bot
runs; nothing is written.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar, cast

_MOST = 10_000  # entries, of 2 to 15 KB: about ten for a golden question

Made = TypeVar("Made")


class Memory:
    """What models made in the thread that `remembering` is open in; the last used stay."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._made: OrderedDict[Hashable, object] = OrderedDict()

    def recall(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what `make` returned when `key` came first, or does now."""
        if key not in self._made:
            self._made[key] = make()
            if len(self._made) > _MOST:
                self._made.popitem(last=False)
        self._made.move_to_end(key)
        return cast("Made", self._made[key])


_open: ContextVar[Memory | None] = ContextVar("memory", default=None)


@contextmanager
def remembering(memory: Memory | None = None) -> Iterator[None]:
    """Let models of this thread use `memory`; without one, what is open already, or a new one."""
    token = _open.set(memory or _open.get() or Memory())
    try:
        yield
    finally:
        _open.reset(token)


def remembered(key: Hashable, make: Callable[[], Made]) -> Made:
    """Return what `make` returns, from the memory that is open if it knows `key`."""
    memory = _open.get()
    return make() if memory is None else memory.recall(key, make)
