"""Which jobs of the journal this process is at work on: no business of whoever looks for what was left."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from retrieval.errors import ParleyError
from retrieval.journal import Job, Journal


class AtWork:
    """Safe to share between threads."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._lock = threading.Lock()
        self._ids: set[int] = set()

    def __contains__(self, job_id: int) -> bool:
        return job_id in self._ids

    def left(self) -> list[Job]:
        """Of the jobs that wait to be finished those that this process may finish."""
        with self._lock:
            return [job for job in self._journal.unfinished() if job.id not in self._ids]

    @contextmanager
    def on(self, taken: Callable[[], list[Job]]) -> Iterator[list[Job]]:
        """Until it ends. What fails is let go of, for another process or the next start to finish."""
        with self._lock:
            jobs = taken()
            ids = {job.id for job in jobs}
            self._ids |= ids
        try:
            yield jobs
        except ParleyError:
            with suppress(ParleyError):
                self._journal.let_go(ids)
            raise
        finally:
            with self._lock:
                self._ids -= ids

    @contextmanager
    def on_what_is_left(self) -> Iterator[list[Job]]:
        with self.on(lambda: self._journal.take_up(but=self._ids)) as jobs:
            yield jobs
