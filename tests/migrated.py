"""A new record as a copy of one that was migrated once: to make its tables anew is half of what opening one
costs. One that is there already, and PostgreSQL's, is migrated as ever."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from retrieval.database import Database


@contextmanager
def migrated_once(made: Path) -> Iterator[None]:
    """`made` is the file to copy."""
    Database(f"sqlite:///{made}").close()
    migrate = Database._migrate

    def copied(self: Database, *, only_look: bool) -> None:
        file = self._engine.url.database
        if file and not (only_look or self.shared):
            with suppress(OSError):  # migrating it, too, meets what is wrong with it
                _copy(made, Path(file))
        migrate(self, only_look=only_look)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "_migrate", copied)
        yield


def _copy(made: Path, file: Path) -> None:
    """Where there is none yet, even if another is as far at the same moment: a link replaces nothing."""
    if file.exists():
        return
    beside = file.with_name(f"{file.name}-{uuid.uuid4().hex}")
    try:
        shutil.copyfile(made, beside)
        os.link(beside, file)
    finally:
        beside.unlink(missing_ok=True)
