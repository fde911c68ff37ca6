"""The SQL database that holds the record: opened, migrated, and spoken to in two kinds of transaction.

SQLite runs with WAL, synchronous=FULL and BEGIN IMMEDIATE for writes, so that a write that has been
acknowledged survives a power cut and two writers wait for each other instead of failing. In PostgreSQL
(retrieval/postgres.py) they do so by locks that all processes over the record share.
"""

import functools
import sqlite3
import threading
import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from retrieval import postgres, room
from retrieval.errors import DataDirectoryError, RecordDamaged, RecordUnreachable, SchemaTooNew, StorageFull
from retrieval.rewrite import FULL, RewriteFailed, rewrite

if TYPE_CHECKING:
    from alembic.config import Config

SCHEMA_HEAD = "0011"
_READ_ONLY = "parley_read_only"
_SNAPSHOT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
_BUSY_SECONDS = 5
_READER_SECONDS = 0.2
_CONNECTIONS = 64  # as many as there can be workers: a pool that is too small fails a request


class Duty(StrEnum):
    """What one thread of one process does at a time."""

    MIGRATING = "migrating"
    STARTING = "starting"
    ARTICLES = "articles"  # whatever makes one found or not found, or rewrites what holds them
    REINDEX = "reindex"  # fills an index beside the one in use; taken before ARTICLES, or without patience
    TENDING = "tending"  # what processes that are gone have left


class Database:
    """`process` names this one in the record. `beside`: to read what another process of this Parley holds,
    and migrates. Raises DataDirectoryError where it cannot be opened, SchemaTooNew for a newer one."""

    def __init__(self, url: str | sa.URL, *, beside: bool = False) -> None:
        place = sa.make_url(url)
        self.shared = place.get_backend_name() == "postgresql"
        self.process = uuid.uuid4().hex
        self._name = postgres.place_of(place) if self.shared else place.database or "in memory"
        self._translated = functools.partial(_of_postgres if self.shared else _translated, self._name)
        self._engine = postgres.engine_of(place) if self.shared else _sqlite_engine(place)
        self._reader = self._engine.execution_options(**(_SNAPSHOT if self.shared else {_READ_ONLY: True}))
        # Writers of this process wait for each other here: SQLite has them sleep and look again, and one that
        # is unlucky each time waits for seconds.
        self._in_turn: AbstractContextManager[object] = nullcontext() if self.shared else threading.RLock()
        self._only = {duty: threading.Lock() for duty in Duty}
        self._presence: postgres.Presence | None = None
        try:
            with self._translated():
                if self.shared:
                    self._presence = postgres.Presence(self._engine, self.process)
                with self.only(Duty.MIGRATING):
                    self._migrate(only_look=beside)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def write(self, *beside: str) -> Iterator[sa.Connection]:
        """With no other writer, whichever process it is of; or beside those that name other things, where
        nothing else is read or written than what is named."""
        with self._translated(), self._in_turn, self._engine.begin() as connection:
            if self.shared:
                postgres.take_turn(connection, beside)
            yield connection

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """As of one moment."""
        with self._translated(), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No other writer of this process until it ends."""
        with self._in_turn:
            yield

    @contextmanager
    def only(self, what: "Duty | str", *, patience: float | None = None) -> Iterator[bool]:
        """One at a time of all who work over this record; of SQLite's, a duty alone. Gives False where
        `patience` seconds were too few."""
        if self._presence is not None:
            with ExitStack() as held:
                with self._translated():
                    had = held.enter_context(self._presence.only(what, patience=patience))
                yield had
            return
        lock = self._only[Duty(what)]
        had = lock.acquire(timeout=-1 if patience is None else patience)
        try:
            yield had
        finally:
            if had:
                lock.release()

    def gone(self, connection: sa.Connection, processes: Collection[str | None]) -> set[str | None]:
        """Those that don't work over this record any more: of SQLite's, which one process owns, all but
        this. None, which is nobody, is gone too."""
        named = {process for process in processes if process is not None} - {self.process}
        left: set[str | None] = set(postgres.gone(connection, named) if self.shared else named)
        return left | ({None} & set(processes))

    def stay(self) -> None:
        """Seen to live by the others, also after the database was away. Raises RecordUnreachable."""
        if self._presence is not None:
            with self._translated():
                self._presence.stay()

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
        if self._presence is not None:
            self._presence.close()
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


def new_rows(connection: sa.Connection, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that leaves out what would take a key that is taken; atomic in either database."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def insert_many(connection: sa.Connection, table: sa.Table, rows: Sequence[tuple[object, ...]]) -> None:
    """Whole rows, in the order of the table's columns, of what the driver takes as it is: where they are many
    and small, making each fit costs ten times what writing it does."""
    if rows:
        quote = connection.dialect.identifier_preparer.quote
        names = ", ".join(quote(column.name) for column in table.columns)
        mark = "?" if connection.dialect.positional else "%s"
        marks = ", ".join(mark for _ in table.columns)
        statement = f"INSERT INTO {quote(table.name)} ({names}) VALUES ({marks})"  # noqa: S608 names of ours
        connection.exec_driver_sql(statement, list(rows))


def zoned(at: datetime) -> datetime:
    """A time as the record has it: in UTC, and SQLite keeps no zone."""
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _sqlite_engine(url: sa.URL) -> sa.Engine:
    engine = sa.create_engine(
        url, connect_args={"timeout": _BUSY_SECONDS}, pool_size=_CONNECTIONS, max_overflow=_CONNECTIONS
    )

    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # BEGIN is ours to send
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        reads = connection.get_execution_options().get(_READ_ONLY)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


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


@contextmanager
def _of_postgres(place: str) -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeout) as exc:
        raise RecordUnreachable(
            f"the record {place} cannot be used: {_first_line(exc)}",
            remedy="Try again; if it stays, look whether PostgreSQL runs there and lets Parley in.",
        ) from exc
    except DBAPIError as exc:
        raise DataDirectoryError(
            f"the record {place} refuses: {_first_line(exc)}",
            remedy="Look into PostgreSQL's log; Parley's user has to own the database's tables.",
        ) from exc


def _first_line(exc: Exception) -> str:
    """What comes behind it may repeat what was to be written."""
    return str(exc.orig if isinstance(exc, DBAPIError) else exc).strip().partition("\n")[0]


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
