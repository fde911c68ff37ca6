"""The record as one file that can be put away, and put back.

A backup holds the record alone: articles, conversations, answers and what is still to be done. The index is
made from it. It is read beside a service that runs, as of one moment (SQLite's snapshots), and holds nothing
that was deleted before (VACUUM INTO copies what is there, not the pages).
"""

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from retrieval.database import Database, refuse_newer
from retrieval.errors import BackupError, RecordDamaged, RecordLost, StorageFull
from retrieval.failpoints import reached
from retrieval.lock import DataDirectoryLock, make_sure_writable
from retrieval.private import INDEX_NAME, RECORD_NAME

_TABLES = {"alembic_version", "corpus_settings", "articles", "article_versions", "sources"}
_PATIENCE = 30.0  # seconds for another process to end what it writes
_MAGIC = b"SQLite format 3\0"
_OF_THE_DISK = (
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_NOMEM,
)
_LOGS = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a record holds. `texts` are the sha256 of the articles' texts, as they are, by id and version."""

    texts: dict[tuple[str, int], str]
    turns: int


@dataclass(frozen=True, slots=True)
class Restored:
    contents: Contents
    replaced: Path | None
    """Where that which stood in its place has gone, if there was anything."""


def back_up(data_dir: Path, target: Path) -> Contents:
    """Write the record to `target`, whole or not at all, for its owner's eyes. Raises BackupError where the
    target is there already, RecordLost, RecordDamaged, StorageFull."""
    record = data_dir / RECORD_NAME
    if not record.is_file() or not record.stat().st_size:
        raise RecordLost(
            f"there is no record in {data_dir}",
            remedy="Set PARLEY_DATA_DIR to the folder of the service that is to be backed up.",
        )
    make_sure_writable([record])  # reading beside a writer takes a note in its log
    _refuse_taken(target)
    with _part_of(target) as part:
        with _translated(record, damage=_damaged_record), closing(_open(record, "mode=rw")) as connection:
            connection.execute("VACUUM INTO ?", (str(part),))
        reached("backup.copied")
        contents = inspect(part)
        _flush(part)
        reached("backup.flushed")
        _put(part, target)
    return contents


def restore(data_dir: Path, backup: Path) -> Restored:
    """Put the backup in the record's place. What was there, and its index, which no longer fits, go to a
    folder with the date; the next start makes a new index. Whatever is refused leaves everything as it was.

    Raises BackupError, RecordDamaged, SchemaTooNew, StorageFull, DataDirectoryLocked.
    """
    contents = inspect(backup)
    lock = DataDirectoryLock(data_dir, command="parley restore")
    try:
        with _part_of(data_dir / RECORD_NAME) as part:
            _copy(backup, part)
            _bring_up_to_date(part)
            restored = inspect(part)
            if restored.texts != contents.texts:
                raise BackupError(
                    f"{backup} was changed while it was read", remedy="Try again with a file at rest."
                )
            _flush(part)
            reached("restore.copied")
            replaced = _set_aside(data_dir)
            reached("restore.set-aside")
            part.replace(data_dir / RECORD_NAME)
            reached("restore.replaced")
            _flush(data_dir)
    finally:
        lock.release()
    return Restored(restored, replaced)


def inspect(file: Path) -> Contents:
    """Read every page and every article's text. Raises BackupError for a file that is no record,
    RecordDamaged for one that isn't whole, SchemaTooNew."""
    if not file.is_file() or not os.access(file, os.R_OK):
        what = "cannot be read" if file.exists() else "is not there"
        raise BackupError(f"the backup {file} {what}", remedy="Name a file that `parley backup` wrote.")
    if any(_beside(file, log).exists() for log in _LOGS[::2]):
        raise BackupError(
            f"{file} is a record in use, not a backup: part of it is in the file beside it",
            remedy="Back it up with `parley backup`, and restore that.",
        )
    with _translated(file), closing(_open(file, "mode=ro&immutable=1")) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        if not tables >= _TABLES:
            raise _no_backup(file, "it holds no record of Parley's")
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        if revision is None:
            raise _no_backup(file, "it names no schema")
        refuse_newer(revision[0])
        for check in ("integrity_check(1)", "foreign_key_check"):
            wrong = connection.execute(f"PRAGMA {check}").fetchone()
            if wrong not in (None, ("ok",)):
                raise _damaged(file, str(wrong[0]))
        turns = 0
        if "turns" in tables:  # which came later
            (turns,) = connection.execute("SELECT count(*) FROM turns").fetchone()
        return Contents(_texts(connection, file), turns)


def _texts(connection: sqlite3.Connection, file: Path) -> dict[tuple[str, int], str]:
    """Each text holds to the sha256 that was taken of it."""
    found: dict[tuple[str, int], str] = {}
    rows = connection.execute("SELECT article_id, version, text, text_sha256 FROM article_versions")
    for id_, version, text, expected in rows:
        found[id_, version] = hashlib.sha256(text.encode()).hexdigest()
        if found[id_, version] != expected:
            raise _damaged(file, f"version {version} of article {id_} isn't the text that was stored")
    return found


def _copy(backup: Path, part: Path) -> None:
    with (
        _translated(backup),
        closing(_open(backup, "mode=ro&immutable=1")) as source,
        closing(sqlite3.connect(part)) as target,
    ):
        source.backup(target)


def _bring_up_to_date(part: Path) -> None:
    """By the migrations; then without a log beside it again."""
    Database(sa.URL.create("sqlite", database=str(part))).close()
    with _translated(part), closing(sqlite3.connect(part)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def _set_aside(data_dir: Path) -> Path | None:
    """The index first: a record without one heals itself, should this be cut short. The record stays in its
    place as well, until another takes it: without any, the next start would be a first one."""
    record, index = data_dir / RECORD_NAME, data_dir / INDEX_NAME
    if not record.exists() and not index.exists():
        return None
    aside = data_dir / f"replaced-{datetime.now(UTC):%Y-%m-%dT%H-%M-%S.%fZ}"
    aside.mkdir(mode=0o700)
    if index.exists():
        index.rename(aside / INDEX_NAME)
    if record.exists():
        if _begins(record) == _MAGIC:  # else SQLite would throw its log away
            with suppress(sqlite3.Error), closing(_open(record, "mode=rw")) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        try:
            os.link(record, aside / RECORD_NAME)
        except OSError:  # a file system without links
            shutil.copyfile(record, aside / RECORD_NAME)
    for log in _LOGS:
        if _beside(record, log).exists():  # of a record that can't be opened
            _beside(record, log).rename(_beside(aside / RECORD_NAME, log))
    _flush(aside)
    return aside


@contextmanager
def _part_of(target: Path) -> Iterator[Path]:
    """A file beside the target that becomes it, or is gone."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as exc:
        raise _not_written(target, exc) from exc
    try:
        yield part
    except OSError as exc:
        raise _not_written(target, exc) from exc
    finally:
        for left in (part, *(_beside(part, log) for log in _LOGS)):
            left.unlink(missing_ok=True)


def _put(part: Path, target: Path) -> None:
    """Never over another file, not even one that has come into being meanwhile."""
    try:
        os.link(part, target)
    except FileExistsError:
        _refuse_taken(target)
    except OSError:  # a file system without links
        _refuse_taken(target)
        part.rename(target)
    _flush(target.parent)


def _refuse_taken(target: Path) -> None:
    if target.exists():
        raise BackupError(
            f"{target} is there already", remedy="Name a file that isn't: none is written over."
        )


def _flush(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _open(file: Path, how: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?{how}", uri=True, timeout=_PATIENCE)


def _begins(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(len(_MAGIC))


def _beside(file: Path, log: str) -> Path:
    return file.with_name(file.name + log)


@contextmanager
def _translated(
    file: Path, *, damage: Callable[[Path, sqlite3.Error], RecordDamaged | BackupError] | None = None
) -> Iterator[None]:
    """Only what SQLite says of the file's own content is damage: a lock or a disk may be other tomorrow."""
    try:
        yield
    except sqlite3.DatabaseError as exc:
        code = (getattr(exc, "sqlite_errorcode", None) or sqlite3.SQLITE_ERROR) & 0xFF  # the kind
        if code == sqlite3.SQLITE_FULL:
            raise StorageFull(
                f"the copy of {file} cannot be written: {exc}", remedy="Free some space."
            ) from exc
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise BackupError(
                f"{file} is in use: {exc}", remedy="Another process keeps it to itself: try again later."
            ) from exc
        if code in _OF_THE_DISK:
            raise BackupError(
                f"{file} cannot be read or copied: {exc}",
                remedy="Nothing was changed. See to its disk, and that you may read and write there.",
            ) from exc
        raise (damage or _damaged_backup)(file, exc) from exc


def _damaged_backup(file: Path, exc: sqlite3.Error) -> RecordDamaged | BackupError:
    return _no_backup(file, str(exc)) if "not a database" in str(exc) else _damaged(file, str(exc))


def _damaged_record(file: Path, exc: sqlite3.Error) -> RecordDamaged:
    return RecordDamaged(
        f"{file} is damaged: {exc}",
        remedy="Stop Parley and put an earlier backup back with `parley restore`.",
    )


def _no_backup(file: Path, why: str) -> BackupError:
    return BackupError(f"{file} is no backup: {why}", remedy="Name a file that `parley backup` wrote.")


def _damaged(file: Path, what: str) -> RecordDamaged:
    return RecordDamaged(
        f"{file} is damaged: {what}", remedy="Use an earlier backup; this one changed nothing."
    )


def _not_written(target: Path, exc: OSError) -> BackupError:
    return BackupError(
        f"{target} cannot be written: {exc.strerror or exc}",
        remedy="Name a file in a folder that you may write to, on a disk with room.",
    )
