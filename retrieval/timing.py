"""How long each stage of a question took."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext


class Timings:
    """Milliseconds a stage, by the monotonic clock. A stage entered twice adds up. `watched` is entered
    for as long as each lasts."""

    def __init__(self, watched: Callable[[str], AbstractContextManager[object]] = nullcontext) -> None:
        self._watched = watched
        self._started = time.perf_counter()
        self._stages: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        begun = time.perf_counter()
        try:
            with self._watched(name):
                yield
        finally:
            self._stages[name] = self._stages.get(name, 0.0) + 1000 * (time.perf_counter() - begun)

    def as_dict(self) -> dict[str, float]:
        """The stages so far, and `total` since this object was made."""
        total = 1000 * (time.perf_counter() - self._started)
        return {name: round(ms, 3) for name, ms in [*self._stages.items(), ("total", total)]}
