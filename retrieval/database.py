"""The SQL database that holds the record: opened, migrated, and spoken to in two kinds of transaction.

SQLite runs with WAL, synchronous=FULL and BEGIN IMMEDIATE for writes, so that a write that has been
acknowledged survives a power cut and two writers wait for each other instead of failing.
"""

import functools
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, OperationalError

from retrieval import room
from retrieval.errors import DataDirectoryError, RecordDamaged, SchemaTooNew, StorageFull
from retrieval.rewrite import FULL, RewriteFailed, rewrite

if TYPE_CHECKING:
    from alembic.config import Config

SCHEMA_HEAD = "0010"
_READ_ONLY = "parley_read_only"
_BUSY_SECONDS = 5
_READER_SECONDS = 0.2
_CONNECTIONS = 64  # as many as there can be workers: a pool that is too small fails a request


class Database:
    """`beside`: to read what another process of this Parley holds, and migrates. Raises DataDirectoryError
    where the database cannot be opened, SchemaTooNew for a newer one."""

    def __init__(self, url: str | sa.URL, *, beside: bool = False) -> None:
        place = sa.make_url(url)
        sqlite = place.get_backend_name() == "sqlite"
        self._name = (place.database or "in memory") if sqlite else "the database"
        self._translated = functools.partial(_translated, self._name)
        arguments = {"timeout": _BUSY_SECONDS} if sqlite else {}
        self._engine = sa.create_engine(
            url, connect_args=arguments, pool_size=_CONNECTIONS, max_overflow=_CONNECTIONS
        )
        if self._engine.dialect.name == "sqlite":
            _tune_sqlite(self._engine)
        self._reader = self._engine.execution_options(**{_READ_ONLY: True})
        # Writers of this process wait for each other here: SQLite has them sleep and look again, and one that
        # is unlucky each time waits for seconds.
        self._in_turn: AbstractContextManager[object] = threading.RLock() if sqlite else nullcontext()
        try:
            with self._translated():
                self._migrate(only_look=beside)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        with self._translated(), self._in_turn, self._engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        with self._translated(), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No other writer of this process until it ends."""
        with self._in_turn:
            yield

    def rewrite(self) -> None:
        """Write SQLite's file anew, so that nothing that was deleted is left in it once its log is emptied:
        `secure_delete` overwrites a row, but not the copies that were left where rows were moved. Readers
        read on meanwhile, writers wait. Raises StorageFull before anything is written."""
        if self._engine.dialect.name != "sqlite":
            return
        path = Path(self._engine.url.database or "")
        with self.alone():
            room.make_sure_to_rewrite(path)
            try:
                rewrite(path)
            except RewriteFailed as exc:
                raise _unusable(str(exc), self._name) from exc

    def empty_log(self) -> bool:
        """Bring all that SQLite's log holds into its file. False where another still reads what the log
        changes: writers wait a moment for that, not for as long as it reads."""
        if self._engine.dialect.name != "sqlite":
            return True
        path = self._engine.url.database or ""
        try:
            with closing(sqlite3.connect(path, timeout=_READER_SECONDS)) as own:
                own.execute("PRAGMA wal_checkpoint(PASSIVE)")  # most of it, with nobody waiting
                busy, *_ = own.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError as exc:
            raise _unusable(str(exc), self._name) from exc
        return not busy

    def close(self) -> None:
        self._engine.dispose()

    def _migrate(self, *, only_look: bool) -> None:
        found = self._revision()
        if found == SCHEMA_HEAD:
            return
        if found is not None:
            refuse_newer(found)
        if only_look:
            raise DataDirectoryError(
                f"the record {self._name} is in use by an older Parley", remedy="Stop that one first."
            )
        # Alembic is imported only where there is something to do: it would slow every start.
        from alembic import command

        config = _migrations()
        with self._engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def _revision(self) -> str | None:
        with self._reader.connect() as connection:
            if not sa.inspect(connection).has_table("alembic_version"):
                return None
            found: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
            return found


def zoned(at: datetime) -> datetime:
    """A time as the record has it: in UTC, and SQLite keeps no zone."""
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _tune_sqlite(engine: sa.Engine) -> None:
    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # BEGIN is ours to send
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        reads = connection.get_execution_options().get(_READ_ONLY)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


@contextmanager
def _translated(place: str) -> Iterator[None]:
    try:
        yield
    except OperationalError as exc:
        raise _unusable(str(exc.orig), place) from exc
    except DBAPIError as exc:
        raise RecordDamaged(
            f"the record's database {place} is damaged: {exc.orig}",
            remedy="Put back a backup with `parley restore BACKUP`; it keeps what it replaces.",
        ) from exc


def _unusable(reason: str, place: str) -> DataDirectoryError:
    if reason == FULL:
        return StorageFull(f"the record {place} cannot be written: {reason}", remedy="Free some disk space.")
    return DataDirectoryError(
        f"the record's database {place} cannot be used: {reason}",
        remedy="Check that the data directory is writable and not damaged, or set another PARLEY_DATA_DIR.",
    )


def refuse_newer(revision: str) -> None:
    """Raises SchemaTooNew for one that this Parley doesn't know."""
    from alembic.script import ScriptDirectory
    from alembic.util.exc import CommandError

    try:
        ScriptDirectory.from_config(_migrations()).get_revision(revision)
    except CommandError as exc:
        raise SchemaTooNew(
            f"the record was written by a newer Parley (schema {revision}; this one knows up to "
            f"{SCHEMA_HEAD})",
            remedy="Use that newer Parley, or another PARLEY_DATA_DIR.",
        ) from exc


def _migrations() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "retrieval:migrations")
    return config
