"""Which of two changes of an article is the later one, though the earlier may take longer."""

import itertools
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import ClassVar

import sqlalchemy as sa

from retrieval.database import Database
from retrieval.tables import articles

_NEVER = (0, 0)


class Turns:
    """A turn is a number for each change, in the order in which they were asked for: of this process, which
    resumes before it takes any."""

    resumed_at_once: ClassVar[int | None] = None

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._open: set[int] = set()
        # By article its latest change, and the last turn that there was then, as long as an earlier is open.
        self._latest: dict[str, tuple[int, int]] = {}
        self._last = 0
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, *, resumed: int | None = None) -> Iterator[int]:
        """`resumed`: the id of the first job, where it was asked for before."""
        del resumed
        with self._lock:
            self._last = mine = next(self._numbers)
            self._open.add(mine)
        try:
            yield mine
        finally:
            with self._lock:
                self._open.remove(mine)
                oldest = min(self._open, default=self._last + 1)
                if mine < oldest:
                    self._latest = {id_: its for id_, its in self._latest.items() if its[1] >= oldest}

    def touched(self, article_ids: Collection[str]) -> set[str]:
        """Those that have been changed since the oldest open turn began."""
        with self._lock:
            return self._latest.keys() & article_ids

    def overtaken(self, article_ids: Collection[str], turn: int) -> set[str]:
        """Those that a later turn has changed."""
        with self._lock:
            return {id_ for id_ in article_ids if self._latest.get(id_, _NEVER)[0] > turn}

    def changed(self, article_ids: Collection[str], turn: int) -> None:
        with self._lock:
            for id_ in article_ids:
                self._latest[id_] = max(turn, self._latest.get(id_, _NEVER)[0]), self._last


class SharedTurns(Turns):
    """Of all processes over the record: turns are numbered as the jobs of its journal, and the record has of
    each article the latest."""

    resumed_at_once = 1

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database

    @contextmanager
    def turn(self, *, resumed: int | None = None) -> Iterator[int]:
        if resumed is not None:
            yield resumed
            return
        next_ = sa.select(sa.func.nextval(sa.func.pg_get_serial_sequence("ingest_jobs", "id")))
        with self._database.write("turn") as connection:
            mine: int = connection.scalar(next_) or 0
        yield mine

    def touched(self, article_ids: Collection[str]) -> set[str]:
        """Nobody knows which turns of other processes are open."""
        return set(article_ids)

    def overtaken(self, article_ids: Collection[str], turn: int) -> set[str]:
        query = sa.select(articles.c.id).where(articles.c.id.in_(article_ids), articles.c.turn > turn)
        with self._database.read() as connection:
            return set(connection.scalars(query))

    def changed(self, article_ids: Collection[str], turn: int) -> None:
        later = articles.c.id.in_(article_ids), sa.func.coalesce(articles.c.turn, 0) < turn
        with self._database.write("turns") as connection:
            connection.execute(articles.update().where(*later).values(turn=turn))


def turns_of(database: Database) -> Turns:
    return SharedTurns(database) if database.shared else Turns()
