"""Named places at which a test has this process die, or what it does there fail.

`reached(name)` does nothing unless the place is armed: by TEST_KILL_PARLEY_AT, which a test sets for a
process of its own as "name" or "name:3" (the third time that it is reached), or by an entry in ARMED.
"""

import os
import signal
from collections.abc import Callable

_VARIABLE = "TEST_KILL_PARLEY_AT"

ARMED: dict[str, Callable[[], None]] = {}
"""What happens at which place."""


def reached(name: str) -> None:
    if ARMED and (happens := ARMED.get(name)) is not None:
        happens()


def kill_at(place: str) -> None:
    """Have this process die by SIGKILL there: "name", or "name:3"."""
    name, _, times = place.partition(":")
    left = int(times or 1)

    def happens() -> None:
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    ARMED[name] = happens


if _VARIABLE in os.environ:
    kill_at(os.environ[_VARIABLE])
