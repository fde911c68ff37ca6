"""An HTTP client's connections that wait where a service says that they come too often."""

import time
from collections.abc import Callable

import httpx

_LONGEST = 60  # seconds of one wait; whoever asks for more is not waited for
_TOO_MANY = 429


class Patient(httpx.HTTPTransport):
    """Sends a request again that was refused with 429, after the seconds of its Retry-After, for as long as
    `patience` seconds in all. The last refusal is given back."""

    def __init__(self, *, patience: float = 120.0, sleep: Callable[[float], None] = time.sleep) -> None:
        # No proxy from the environment, as whoever uses it asks a service that was named.
        super().__init__(trust_env=False)
        self._patience = patience
        self._sleep = sleep

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        left = self._patience
        while True:
            response = super().handle_request(request)
            seconds = _asked_to_wait(response)
            if seconds is None or seconds > left:
                return response
            response.close()
            self._sleep(seconds)
            left -= seconds


def _asked_to_wait(response: httpx.Response) -> int | None:
    """At least a second, or None."""
    given = response.headers.get("retry-after", "")
    if response.status_code != _TOO_MANY or not (given.isascii() and given.isdigit()) or len(given) > 3:
        return None
    return max(1, int(given)) if int(given) <= _LONGEST else None
