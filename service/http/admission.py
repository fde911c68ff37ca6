"""A bounded pool: so many questions at once, so many waiting, the rest refused while they can still be.

The work is synchronous and runs on threads of its own, so that health checks and pages never wait for it.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, TypeVar

from service.errors import Overloaded, Stopping

Result = TypeVar("Result")
LATER = "Try again in a few seconds."


class Admission:
    def __init__(self, *, workers: int, queue: int, patience: float) -> None:
        self._pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="question")
        self._places = asyncio.Semaphore(workers)
        self._queue = queue
        self._waiting = 0
        self._patience = patience
        self._working: set[asyncio.Future[Any]] = set()
        self._stopping: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def run(self, work: Callable[[], Result]) -> Result:
        """Raises Overloaded when the queue is full, or the wait too long; Stopping when told to stop."""
        if self.full:
            raise self._overloaded(f"{self._waiting} requests are waiting already")
        self._waiting += 1
        try:
            async with asyncio.timeout(self._patience):
                await self._places.acquire()
        except TimeoutError as exc:
            raise self._overloaded(f"no worker was free within {self._patience:g} s") from exc
        finally:
            self._waiting -= 1
        # The place is given back when the work ends, which is later than a client that leaves.
        doing = asyncio.get_running_loop().run_in_executor(self._pool, copy_context().run, work)
        self._working.add(doing)
        doing.add_done_callback(self._ended)
        await asyncio.wait((doing, self._stopping), return_when=asyncio.FIRST_COMPLETED)
        if not doing.done():
            raise Stopping("Parley is stopping", remedy="Try again when it runs again.")
        return await doing

    @property
    def waiting(self) -> int:
        return self._waiting

    @property
    def working(self) -> int:
        return len(self._working)

    @property
    def busy(self) -> bool:
        """Every worker has work."""
        return self._places.locked()

    @property
    def full(self) -> bool:
        """What comes now is refused, so that nothing of it need be read."""
        return self.busy and self._waiting >= self._queue

    def stop(self) -> None:
        """Nobody waits for work any longer; what has begun goes on by itself."""
        if not self._stopping.done():
            self._stopping.set_result(None)

    async def close(self, *, patience: float = 1.0) -> bool:
        """Whether all work has ended, within `patience` seconds."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        if self._working:
            await asyncio.wait(self._working, timeout=patience)
        return not self._working

    def _ended(self, doing: "asyncio.Future[Any]") -> None:
        self._working.discard(doing)
        self._places.release()

    def _overloaded(self, why: str) -> Overloaded:
        return Overloaded(f"too much to do: {why}", remedy=LATER)
