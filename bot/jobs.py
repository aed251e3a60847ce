"""Jobs that change the library: one at a time, in a thread of their own, beside the event loop."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Literal, TypeVar

from knowledge.library.progress import Report, Step

Result = TypeVar("Result")


class StoppedError(Exception):
    """The bot is stopping, so the work was given up."""


class _SetAsideError(Exception):
    """An urgent job goes first; the interrupted one begins again after it."""


class Steps:
    """How far a job has come, told by its thread and read by the event loop."""

    def __init__(self) -> None:
        self.last: tuple[Step | Literal["waiting"], int, int] | None = None

    def wait(self) -> None:
        """Note that another job is done first."""
        self.last = ("waiting", 0, 0)

    def tell(self, step: Step, done: int, total: int) -> None:
        """Note that `step` is `done` so far, of `total`."""
        self.last = (step, done, total)


class Jobs:
    """Does one job after the other, but urgent ones first, until the bot stops."""

    def __init__(self) -> None:
        """Start with nothing to do."""
        self._urgent = 0  # urgent jobs, waiting or running
        self._turn = asyncio.Lock()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="editing")
        self._stopping = threading.Event()

    async def work(self, task: Callable[[Report], Result], steps: Steps | None = None) -> Result:
        """Return the result of `task`, run in the thread for edits when its turn has come.

        It begins again if an urgent job interrupts it. Raises what `task` raises, and StoppedError
        once the bot stops.
        """
        steps = steps or Steps()

        def report(step: Step, done: int, total: int) -> None:
            self._raise_if_stopping()
            if self._urgent:
                raise _SetAsideError
            steps.tell(step, done, total)

        while True:
            if self._turn.locked():
                steps.wait()
            try:
                return await self._in_turn(task, report)
            except _SetAsideError:
                continue  # behind the urgent job, which is waiting for its turn already

    async def work_at_once(
        self, task: Callable[[Report], Result], steps: Steps | None = None
    ) -> Result:
        """Return the result of `task`, an urgent job, which `work` makes way for. Raises as `work`
        does.
        """
        steps = steps or Steps()

        def report(step: Step, done: int, total: int) -> None:
            self._raise_if_stopping()
            steps.tell(step, done, total)

        self._urgent += 1
        try:
            return await self._in_turn(task, report)
        finally:
            self._urgent -= 1

    async def _in_turn(self, task: Callable[[Report], Result], report: Report) -> Result:
        async with self._turn:
            return await asyncio.get_running_loop().run_in_executor(self._thread, task, report)

    def _raise_if_stopping(self) -> None:
        if self._stopping.is_set():
            raise StoppedError

    def stop(self) -> None:
        """Give up the jobs that are running or waiting."""
        self._stopping.set()
