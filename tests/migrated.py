"""A new record as a copy of one that was migrated once: to make its tables anew is half of what opening one
costs. One that has a schema already, and PostgreSQL's, is migrated as ever."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
import sqlalchemy as sa

from retrieval.database import Database


@contextmanager
def migrated_once(made: Path) -> Iterator[None]:
    """`made` is the file to copy."""
    Database(f"sqlite:///{made}").close()
    migrate = Database._migrate

    def copied(self: Database, *, only_look: bool) -> None:
        if not (only_look or self.shared):
            with suppress(sqlite3.Error, sa.exc.DBAPIError):  # migrating it, too, meets what is wrong with it
                _copy(made, self._engine)
        migrate(self, only_look=only_look)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "_migrate", copied)
        yield


def _copy(made: Path, engine: sa.Engine) -> None:
    """Where nothing is in it yet."""
    with closing(engine.raw_connection()) as connection:
        held = connection.driver_connection
        assert isinstance(held, sqlite3.Connection)
        if held.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
            with closing(sqlite3.connect(made)) as source:
                source.backup(held)
