"""So many requests a minute of each who bears the key, so that one program leaves room for the others.

A token bucket that holds a minute's requests, kept as the time at which it will be full again (the generic
cell rate algorithm, ITU-T I.371).
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable

from service.errors import RateLimited

_MINUTE = 60.0
_MOST = 10_000  # whose buckets are kept: whoever isn't among them has a full one


class Rates:
    """`per_minute` 0 lets everything pass. Used on the event loop alone."""

    def __init__(self, per_minute: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._full_at: OrderedDict[str, float] = OrderedDict()

    def take(self, who: str) -> None:
        """Raises RateLimited, which costs nothing: who waits as long as it says is let in."""
        if not self._per_minute:
            return
        now, each = self._clock(), _MINUTE / self._per_minute
        full_at = max(self._full_at.get(who, now), now) + each
        # A thousandth of a request, since sums of fractions come out a little more or less.
        if (over := full_at - now - _MINUTE) > each / 1000:
            seconds = math.ceil(over - each / 1000)
            raise RateLimited(
                f"more than {self._per_minute} requests a minute came with this key",
                remedy=f"Try again in {seconds} s; PARLEY_REQUESTS_PER_MINUTE sets how many are taken.",
                seconds=seconds,
            )
        self._full_at[who] = full_at
        self._full_at.move_to_end(who)
        if len(self._full_at) > _MOST:
            self._full_at.popitem(last=False)
