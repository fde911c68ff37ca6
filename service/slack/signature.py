"""Is it Slack that calls? https://docs.slack.dev/authentication/verifying-requests-from-slack

A request that is sent again within five minutes bears a right signature: the claim refuses it.
"""

import time
from collections.abc import Callable

from slack_sdk.signature import Clock, SignatureVerifier


class Signature:
    def __init__(self, secret: str, *, clock: Callable[[], float] = time.time) -> None:
        self._verifier = SignatureVerifier(secret, clock=_Clock(clock))

    def is_slacks(self, body: bytes, *, timestamp: str | None, signature: str | None) -> bool:
        """Of the body exactly as it came."""
        try:
            return self._verifier.is_valid(body, timestamp, signature)
        except Exception:  # noqa: BLE001 - it raises for a timestamp, a signature or a body that is no text
            return False


class _Clock(Clock):
    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now

    def now(self) -> float:
        return self._now()
