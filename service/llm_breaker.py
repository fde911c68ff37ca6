"""A circuit breaker: what keeps failing is left alone for a while, then tried by one question alone.

M. Nygard, Release It! (2nd ed., 2018), "Circuit Breaker".
"""

import threading
import time
from collections.abc import Callable

FAILURES = 5
SECONDS = 15.0


class Breaker:
    """Safe to share between threads. After `failures` in a row nothing passes for `seconds`; then one does,
    and its outcome decides for the others."""

    def __init__(
        self,
        *,
        failures: int = FAILURES,
        seconds: float = SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._failures = failures
        self._seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._in_a_row = 0
        self._until = 0.0
        self._trying = False

    def admits(self) -> bool:
        """Whoever is admitted reports how it went: `succeeded`, `failed` or `neither`."""
        with self._lock:
            if self._in_a_row < self._failures:
                return True
            if self._trying or self._clock() < self._until:
                return False
            self._trying = True
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._in_a_row = 0
            self._trying = False

    def failed(self) -> None:
        with self._lock:
            self._in_a_row += 1
            self._trying = False
            if self._in_a_row >= self._failures:
                self._until = self._clock() + self._seconds

    def neither(self) -> None:
        """It says nothing about the endpoint, such as when nobody waited for it any more."""
        with self._lock:
            self._trying = False
