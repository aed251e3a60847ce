"""How often each person may do something within an hour, counted without knowing who they are."""

import hashlib
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable

_HOUR = 3600.0
_KEPT_AT_MOST = 10_000  # people; some 5 MB


class Allowance:
    """Counts in memory only, for an hour, under hashes whose key is this process's and is kept
    nowhere: nobody is found by them, and after a restart they mean nothing.
    """

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Let each person do it `most` times within an hour; `clock` counts seconds."""
        self.most = most
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._taken: OrderedDict[bytes, deque[float]] = OrderedDict()  # who took last comes last

    def take(self, person: int) -> bool:
        """Return whether `person` may do it once more now, and count that if so."""
        now = self._clock()
        self._forget_before(now - _HOUR)
        hashed = hashlib.blake2b(str(person).encode(), key=self._key, digest_size=16).digest()
        times = self._taken.setdefault(hashed, deque())
        while times and times[0] <= now - _HOUR:
            times.popleft()
        if len(times) >= self.most:
            return False
        times.append(now)
        self._taken.move_to_end(hashed)
        return True

    def _forget_before(self, then: float) -> None:
        while self._taken:
            times = next(iter(self._taken.values()))
            if times[-1] > then and len(self._taken) < _KEPT_AT_MOST:
                break
            self._taken.popitem(last=False)
