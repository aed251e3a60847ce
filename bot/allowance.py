"""A limit on how often a person may do something in an hour, counted without storing who it is."""

import hashlib
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable

_HOUR = 3600.0
_KEPT_AT_MOST = 10_000  # people; some 5 MB


class Allowance:
    """Counts for an hour, in memory only. A person is stored as a hash under a random key that this
    process never writes down: a hash leads back to nobody, and means nothing after a restart.
    """

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Allow each person `most` times in an hour; `clock` returns seconds."""
        self.most = most
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._taken: OrderedDict[bytes, deque[float]] = OrderedDict()  # the latest last

    def take(self, person: int) -> bool:
        """Return whether `person` may do it now, and count it if so."""
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
