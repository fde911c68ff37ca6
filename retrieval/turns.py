"""Which of two changes of an article is the later one, though the earlier may take longer."""

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

import sqlalchemy as sa

from retrieval.database import Database
from retrieval.tables import articles


class Turns:
    """A turn is a number for each change, in the order in which they were asked for: of this process, which
    resumes before it takes any."""

    resumed_at_once: ClassVar[int | None] = None

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._open: set[int] = set()
        self._latest: dict[str, int] = {}  # by article, as long as any turn is open
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, *, resumed: int | None = None) -> Iterator[int]:
        """`resumed`: the id of the first job, where it was asked for before."""
        del resumed
        with self._lock:
            mine = next(self._numbers)
            self._open.add(mine)
        try:
            yield mine
        finally:
            with self._lock:
                self._open.remove(mine)
                if not self._open:
                    self._latest.clear()

    def touched(self, article_id: str) -> bool:
        """Whether it has been changed since the oldest open turn began."""
        with self._lock:
            return article_id in self._latest

    def overtaken(self, article_id: str, turn: int) -> bool:
        """Whether a later turn has changed the article."""
        with self._lock:
            return self._latest.get(article_id, 0) > turn

    def changed(self, article_id: str, turn: int) -> None:
        with self._lock:
            self._latest[article_id] = max(turn, self._latest.get(article_id, 0))


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

    def touched(self, article_id: str) -> bool:
        """Nobody knows which turns of other processes are open."""
        del article_id
        return True

    def overtaken(self, article_id: str, turn: int) -> bool:
        with self._database.read() as connection:
            latest = connection.scalar(sa.select(articles.c.turn).where(articles.c.id == article_id))
        return (latest or 0) > turn

    def changed(self, article_id: str, turn: int) -> None:
        later = articles.c.id == article_id, sa.func.coalesce(articles.c.turn, 0) < turn
        with self._database.write(article_id) as connection:
            connection.execute(articles.update().where(*later).values(turn=turn))


def turns_of(database: Database) -> Turns:
    return SharedTurns(database) if database.shared else Turns()
