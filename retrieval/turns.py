"""Which of two changes of an article is the later one, though the earlier may take longer."""

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """A turn is a number for each change, in the order in which they were asked for."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._open: set[int] = set()
        self._latest: dict[str, int] = {}  # by article, as long as any turn is open
        self._lock = threading.Lock()

    @contextmanager
    def turn(self) -> Iterator[int]:
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
