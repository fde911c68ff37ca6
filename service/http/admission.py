"""A bounded pool: so many questions at once, so many waiting, the rest refused while they can still be.

The work is synchronous and runs on threads of its own, so that health checks and pages never wait for it.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from service.errors import Overloaded

Result = TypeVar("Result")


class Admission:
    def __init__(self, *, workers: int, queue: int, patience: float) -> None:
        self._pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="question")
        self._places = asyncio.Semaphore(workers)
        self._queue = queue
        self._waiting = 0
        self._patience = patience

    async def run(self, work: Callable[[], Result]) -> Result:
        """Raises Overloaded when the queue is full, or the wait too long."""
        if self._places.locked() and self._waiting >= self._queue:
            raise self._overloaded(f"{self._waiting} questions are waiting already")
        self._waiting += 1
        try:
            async with asyncio.timeout(self._patience):
                await self._places.acquire()
        except TimeoutError as exc:
            raise self._overloaded(f"no worker was free within {self._patience:g} s") from exc
        finally:
            self._waiting -= 1
        # The place is given back when the work ends, which is later than a client that leaves.
        doing = asyncio.get_running_loop().run_in_executor(self._pool, work)
        doing.add_done_callback(lambda _: self._places.release())
        return await asyncio.shield(doing)

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _overloaded(self, why: str) -> Overloaded:
        return Overloaded(f"too much to do: {why}", remedy="Try again in a few seconds.")
