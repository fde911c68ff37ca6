"""Work done by eight threads at once, over what two processes share."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import sqlalchemy as sa

from retrieval.database import Database
from retrieval.errors import ParleyError

THREADS = 8
TIMES = 40
Done = TypeVar("Done")


def at_once(both: Sequence[Database], work: Callable[[Database, int], Done]) -> list[Done | ParleyError]:
    """What each of forty came to; whatever isn't an error of ours is raised."""
    begin = threading.Barrier(THREADS)

    def some(thread: int) -> list[Done | ParleyError]:
        begin.wait()
        done: list[Done | ParleyError] = []
        for number in range(thread, TIMES, THREADS):
            try:
                done.append(work(both[thread % 2], number))
            except ParleyError as error:
                done.append(error)
        return done

    with ThreadPoolExecutor(THREADS) as pool:
        return [one for done in pool.map(some, range(THREADS)) for one in done]


def count(database: Database, table: sa.Table) -> int:
    with database.read() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
