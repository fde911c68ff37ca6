"""A circuit breaker: what keeps failing is left alone for a while, then tried by one question alone.

M. Nygard, Release It! (2nd ed., 2018), "Circuit Breaker". Repeated attempts are paid from a budget that only
successes fill (Google, Site Reliability Engineering, 2016, chapter 21, "Deciding to Retry"), so that an
outage isn't made worse by asking three times.
"""

import threading
import time
from collections.abc import Callable

FAILURES = 5
SECONDS = 15.0
AT_ONCE = 2.0  # repeated attempts that may be made without a success between them
EARNED = 0.2  # repeated attempts that one success pays for


class Breaker:
    """Safe to share between threads. After `failures` attempts in a row have failed nothing passes for
    `seconds`; then one does, and its outcome decides for the others."""

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
        self._prober: Attempt | None = None
        self._budget = AT_ONCE

    def admit(self) -> "Attempt | None":
        """Whoever is admitted reports each attempt to the turn, and its end."""
        with self._lock:
            turn = Attempt(self)
            if self._in_a_row < self._failures:
                return turn
            if self._prober is not None or self._clock() < self._until:
                return None
            self._prober = turn
            return turn

    def _failed(self, turn: "Attempt") -> None:
        """A failure of a turn admitted before it opened doesn't keep it open for longer."""
        with self._lock:
            opened = self._in_a_row >= self._failures
            self._in_a_row += 1
            if self._in_a_row >= self._failures and (not opened or turn is self._prober):
                self._until = self._clock() + self._seconds
            self._leave(turn)

    def _succeeded(self, turn: "Attempt") -> None:
        with self._lock:
            self._in_a_row = 0
            self._budget = min(AT_ONCE, self._budget + EARNED)
            self._leave(turn)

    def _over(self, turn: "Attempt") -> None:
        with self._lock:
            self._leave(turn)

    def _allows_another(self) -> bool:
        with self._lock:
            if self._in_a_row >= self._failures or self._budget < 1:
                return False
            self._budget -= 1
            return True

    def _leave(self, turn: "Attempt") -> None:
        if turn is self._prober:
            self._prober = None


class Attempt:
    """What one question may do, and what came of it."""

    def __init__(self, breaker: Breaker) -> None:
        self._breaker = breaker

    def failed(self) -> None:
        self._breaker._failed(self)

    def succeeded(self) -> None:
        self._breaker._succeeded(self)

    def over(self) -> None:
        """Must be said at the end. Alone, it says nothing about the endpoint, such as when nobody waited
        for it any more."""
        self._breaker._over(self)

    def allows_another(self) -> bool:
        """Whether a failed attempt may be repeated; true is paid for."""
        return self._breaker._allows_another()
