"""A bounded crew of workers. What belongs to one conversation is done one after another, as it came."""

import logging
import threading
from collections import deque
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor

_LOG = logging.getLogger(__name__)
Job = Callable[[], None]


class Crew:
    """At most `most` jobs at once, those that wait included."""

    def __init__(self, name: str, *, hands: int, most: int) -> None:
        self._pool = ThreadPoolExecutor(max_workers=hands, thread_name_prefix=f"slack-{name}")
        self._most = most
        self._jobs: dict[Hashable, deque[Job]] = {}
        self._count = 0
        self._closed = False
        self._lock = threading.Lock()
        self._idle = threading.Condition(self._lock)

    def take(self, place: Hashable, job: Job, *, however_many: bool = False) -> bool:
        """False where there is too much to do already, or the crew is going home."""
        with self._lock:
            if self._closed or (self._count >= self._most and not however_many):
                return False
            self._count += 1
            waiting = self._jobs.get(place)
            if waiting is not None:
                waiting.append(job)
                return True
            self._jobs[place] = deque([job])
            self._pool.submit(self._work, place)
        return True

    def close(self, *, seconds: float) -> bool:
        """Begin nothing more; wait so long for what is being done, and say whether it is. What waited is in
        the record."""
        with self._lock:
            self._closed = True
            for waiting in self._jobs.values():
                while len(waiting) > 1:
                    waiting.pop()
                    self._count -= 1
            done = self._idle.wait_for(lambda: not self._count, timeout=seconds)
        self._pool.shutdown(wait=False, cancel_futures=True)
        return done

    def _work(self, place: Hashable) -> None:
        """The first of a place's jobs; the next one goes to the end of the line."""
        with self._lock:
            job = self._jobs[place][0]
        try:
            if not self._closed:
                job()
        except Exception:  # noqa: BLE001 - the outermost edge of a worker: the others go on
            _LOG.exception("a job for Slack failed")
        with self._lock:
            self._jobs[place].popleft()
            self._count -= 1
            self._idle.notify_all()
            if not self._jobs[place]:
                del self._jobs[place]
            elif not self._closed:
                self._pool.submit(self._work, place)
