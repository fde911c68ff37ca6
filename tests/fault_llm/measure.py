"""`python -m tests.fault_llm.measure`: what an outage costs an endpoint, and how soon a call is stopped.

Asserts nothing; the tests hold what must hold.
"""

import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass

from prompts import Rendered
from service.model.breaker import SECONDS, Breaker
from service.model.endpoint import Endpoint, Limits
from service.model.errors import ModelFault
from tests.fault_llm.server import FaultServer

ASKED = Rendered("Answer.", "What was offered?")
QUICK = Limits(idle=0.05, total=5.0, pause=0.01)
QUESTIONS = 100
LEAVING = 20
OUTAGES = ("429", "503", "401", "400", "drop", "garbage", "silent-stream", "ends-early")
LEFT_AT = ("silent", "silent-stream", "idle", "drip", "endless-empty")


@dataclass
class _Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def main() -> int:
    print(f"Requests an endpoint gets in an outage, for each of {QUESTIONS} questions:")
    print(f"  {'':<18}{'at once':>10}{f'{SECONDS + 1:g} s apart':>14}")
    for name in OUTAGES:
        print(f"  {name:<18}{_requests(name, 0.0):>10.2f}{_requests(name, SECONDS + 1):>14.2f}", flush=True)
    print(f"\nms until the connection is gone, once nobody waits ({LEAVING} each):")
    print(f"  {'':<18}{'median':>10}{'most':>14}")
    for name in LEFT_AT:
        found = sorted(_stopped(name) * 1000 for _ in range(LEAVING))
        print(f"  {name:<18}{found[LEAVING // 2]:>10.0f}{found[-1]:>14.0f}", flush=True)
    return 0


def _requests(name: str, between: float) -> float:
    """The endpoint has just answered well. Time between questions passes on a clock that is set."""
    clock = _Clock()
    with FaultServer() as server, closing(_endpoint(server, clock)) as endpoint:
        _ask(endpoint)
        server.received.clear()
        server.fault = name
        for _ in range(QUESTIONS):
            _ask(endpoint)
            clock.now += between
        return len(server.received) / QUESTIONS


def _stopped(name: str) -> float:
    left_at: list[float] = []

    def leaves() -> bool:
        if server.received and not left_at:
            left_at.append(time.monotonic())
        return bool(left_at)

    with FaultServer(name) as server, closing(Endpoint(server.url, server.model)) as endpoint:
        _ask(endpoint, left=leaves)
        server.received[0].left.wait(10)
        return time.monotonic() - left_at[0]


def _endpoint(server: FaultServer, clock: _Clock) -> Endpoint:
    return Endpoint(server.url, server.model, limits=QUICK, breaker=Breaker(clock=clock))


def _ask(endpoint: Endpoint, *, left: Callable[[], bool] = lambda: False) -> None:
    with suppress(ModelFault):
        list(endpoint.say(ASKED, left=left))


if __name__ == "__main__":
    sys.exit(main())
