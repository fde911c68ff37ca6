"""PostgreSQL as the record: how it is reached, who may write when, and who of several processes is alive.

Whoever writes takes the writers' lock for the length of the transaction, so that what holds with SQLite's one
writer holds here too. What is done for every question, and touches nothing but its own rows, takes it shared,
beside others that do, and a lock on what it names. https://www.postgresql.org/docs/15/explicit-locking.html
"""

import threading
import time
import zlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

_CLASS = 0x7061726C  # "parl": the database's other users have theirs
_CONNECTIONS = 8
_MORE = 24
_CONNECT_SECONDS = 5
_PAUSE = 0.02
_DRIVER = "postgresql+psycopg"


def postgres_url(given: str) -> sa.URL:
    """Spoken to by psycopg. Raises ValueError where it is none."""
    try:
        return sa.make_url(given).set(drivername=_DRIVER)
    except (ArgumentError, ValueError):  # which repeat what they were given, and with it a password
        raise ValueError("the record's address can't be read") from None


def place_of(url: sa.URL) -> str:
    """For people: without user, password and options, any of which may be a secret."""
    return f"{url.database} at {url.host or 'this machine'}:{url.port or 5432}"


def engine_of(url: sa.URL) -> sa.Engine:
    given = dict(url.query)
    # Times come back in the zone of the session, whatever the server's is.
    arguments = {"connect_timeout": _CONNECT_SECONDS, "application_name": "parley"}
    options = f"{given.pop('options', '')} -c timezone=UTC".strip()
    engine = sa.create_engine(
        url.set(query={}),
        connect_args={**arguments, **given, "options": options},
        pool_size=_CONNECTIONS,
        max_overflow=_MORE,
        pool_pre_ping=True,  # it may have been restarted
    )

    @event.listens_for(engine, "before_cursor_execute", retval=True)
    def without_nul(*execution: Any) -> tuple[str, Any]:
        """PostgreSQL's texts hold no NUL, and ours neither: who asks for one by it finds nothing."""
        _, _, statement, parameters, _, many = execution
        rows = many and not isinstance(parameters, dict)  # rows that give something back are one mapping
        return statement, [_without_nul(row) for row in parameters] if rows else _without_nul(parameters)

    return engine


def _without_nul(parameters: Any) -> Any:
    if not isinstance(parameters, dict):
        return parameters
    return {name: _replaced(value) for name, value in parameters.items()}


def _replaced(value: Any) -> Any:
    if isinstance(value, list):
        return [_replaced(one) for one in value]
    return value.replace("\x00", "\ufffd") if isinstance(value, str) else value


def take_turn(connection: sa.Connection, beside: Sequence[str]) -> None:
    """Until its transaction ends: alone, or beside those that name other things."""
    if not beside:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_CLASS, _key("writers"))))
        return
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock_shared(_CLASS, _key("writers"))))
    for key in sorted({_key(f"write {name}") for name in beside}):
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_CLASS, key)))


def gone(connection: sa.Connection, processes: Collection[str]) -> set[str]:
    """Those of the processes that have no connection here any more."""
    free = sa.func.pg_try_advisory_xact_lock  # which none has whose process lives
    return {
        process for process in processes if connection.scalar(sa.select(free(_CLASS, _key(_living(process)))))
    }


class Presence:
    """This process as others see it, and what it alone does among them: locks of one connection, which end
    with it, also after kill -9. Where the database was restarted they are taken anew."""

    def __init__(self, engine: sa.Engine, process: str) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._living = _key(_living(process))
        self._lock = threading.Lock()
        self._held: set[int] = set()
        self._connection: sa.Connection | None = None
        with self._lock:
            self._connect()

    @contextmanager
    def only(self, name: str, *, patience: float | None = None) -> Iterator[bool]:
        """One at a time of all threads and processes. Gives False where it isn't had within `patience`
        seconds."""
        key, until = _key(f"only {name}"), time.monotonic() + (patience or 0.0)
        had = self._take(key)
        while not had and (patience is None or time.monotonic() < until):
            time.sleep(_PAUSE)
            had = self._take(key)
        try:
            yield had
        finally:
            if had:
                self._let_go(key)

    def close(self) -> None:
        with self._lock:
            self._disconnect()

    def stay(self) -> None:
        """Connected anew, where the connection was lost."""
        with self._lock:
            self._ask(sa.select(sa.literal(1)))

    def _take(self, key: int) -> bool:
        with self._lock:
            if key in self._held:  # a connection is given its own locks again
                return False
            had = bool(self._ask(sa.select(sa.func.pg_try_advisory_lock(_CLASS, key))))
            if had:
                self._held.add(key)
            return had

    def _let_go(self, key: int) -> None:
        with self._lock:
            self._held.discard(key)
            with suppress(SQLAlchemyError):  # with its connection it has gone
                self._ask(sa.select(sa.func.pg_advisory_unlock(_CLASS, key)))

    def _ask(self, query: sa.Select[tuple[object]]) -> object:
        if self._connection is not None:
            try:
                return self._connection.scalar(query)
            except SQLAlchemyError:
                self._disconnect()
        self._connect()
        assert self._connection is not None
        return self._connection.scalar(query)

    def _connect(self) -> None:
        connection = self._engine.connect()
        connection.detach()  # the pool is for those who work
        connection.execute(sa.select(sa.func.pg_advisory_lock_shared(_CLASS, self._living)))
        for key in self._held:  # another may have them by now: then that one is to be the only one
            connection.execute(sa.select(sa.func.pg_try_advisory_lock(_CLASS, key)))
        self._connection = connection

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(SQLAlchemyError, AttributeError):
                connection.close()


def _living(process: str) -> str:
    return f"process {process}"


def _key(name: str) -> int:
    """Names that share one wait for each other for nothing, and that is all."""
    return zlib.crc32(name.encode()) - 2**31
