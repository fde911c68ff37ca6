"""So many requests a minute of each who bears a key, or who comes without one from an address, so that one
leaves room for the others.

A token bucket that holds a minute's requests, kept as the time at which it will be full again (the generic
cell rate algorithm, ITU-T I.371).
"""

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.requests import Request

from service.errors import RateLimited

_MINUTE = 60.0
_ADDRESS = "address "
_HOUSEHOLD = 64  # bits, RFC 6177
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
        self._full_at[who] = self.look(who)
        self._full_at.move_to_end(who)
        if len(self._full_at) > _MOST:
            self._full_at.popitem(last=False)

    def look(self, who: str) -> float:
        """As `take`, and takes nothing: when the bucket would be full again."""
        now, each = self._clock(), _MINUTE / self._per_minute
        full_at = max(self._full_at.get(who, now), now) + each
        # A thousandth of a request, since sums of fractions come out a little more or less.
        if (over := full_at - now - _MINUTE) > each / 1000:
            seconds = math.ceil(over - each / 1000)
            raise RateLimited(
                f"more than {self._per_minute} requests a minute came {_whence(who)}",
                remedy=f"Try again in {seconds} s; PARLEY_REQUESTS_PER_MINUTE sets how many are taken.",
                seconds=seconds,
            )
        return full_at


def place_of(request: Request) -> str:
    """By which somebody without a key is counted: the address, of IPv6 the network that one household has.
    Behind a proxy it is what that says, where uvicorn trusts it (FORWARDED_ALLOW_IPS)."""
    given = request.client.host if request.client is not None else ""
    try:
        address = ipaddress.ip_address(given)
    except ValueError:
        return _ADDRESS + given
    network = f"{address}/{_HOUSEHOLD}" if address.version == 6 else str(address)
    return _ADDRESS + str(ipaddress.ip_network(network, strict=False))


def _whence(who: str) -> str:
    return "from this address" if who.startswith(_ADDRESS) else "with this key"
