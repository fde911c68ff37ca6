"""Sessions of browsers that signed out, in the record until they would have ended by themselves.

A session is a signed token, which the service needn't keep: what it keeps is which of them are no more.
"""

import hashlib
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from retrieval.database import Database
from service.kept import ended_sessions
from service.keys import STALE_SECONDS


class Sessions:
    """Ended in one process, a session is no more in the others within a second."""

    def __init__(self, database: Database, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._seen: frozenset[str] = frozenset()
        self._at = float("-inf")

    def ended(self, session: str) -> bool:
        if self._clock() - self._at >= STALE_SECONDS:
            with self._database.read() as connection:
                self._seen = frozenset(connection.scalars(sa.select(ended_sessions.c.digest)))
            self._at = self._clock()
        return _digest(session) in self._seen

    def end(self, session: str, *, seconds: int) -> None:
        """`seconds`: after which it would be over anyhow."""
        digest, now = _digest(session), datetime.now(UTC)
        gone = sa.or_(ended_sessions.c.expires_at < now, ended_sessions.c.digest == digest)
        with self._database.write() as connection:
            connection.execute(ended_sessions.delete().where(gone))
            row = {"digest": digest, "expires_at": now + timedelta(seconds=seconds)}
            connection.execute(ended_sessions.insert().values(row))
        self._seen |= {digest}


def _digest(session: str) -> str:
    return hashlib.sha256(session.encode()).hexdigest()
