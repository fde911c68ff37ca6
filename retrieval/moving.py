"""A data directory's record, moved into an empty database of PostgreSQL's: every row, and proven to be."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from retrieval.batches import in_batches
from retrieval.database import Database, zoned
from retrieval.erasure import INDEX, RECORD
from retrieval.errors import DataDirectoryError, RecordDamaged, RecordLost
from retrieval.identity import POINTER
from retrieval.lock import DataDirectoryLock
from retrieval.postgres import place_of, postgres_url
from retrieval.private import RECORD_NAME

_AT_ONCE = 500
_NOT_MOVED = {"alembic_version"}
_OF_THE_FOLDER = (POINTER, RECORD, INDEX)  # settings that speak of files


@dataclass(frozen=True, slots=True)
class Sum:
    """Of a table: its rows, and the sum of their digests, whatever their order."""

    rows: int
    digest: str


def move(data_dir: Path, record_url: str) -> Mapping[str, Sum]:
    """What was moved, by table, all of it or nothing; the folder stays as it is. Raises RecordLost,
    DataDirectoryLocked, DataDirectoryError where the target isn't empty, RecordDamaged where it isn't the
    same in the end."""
    file, there = data_dir / RECORD_NAME, postgres_url(record_url)
    if not file.is_file():
        raise RecordLost(
            f"there is no record in {data_dir}",
            remedy="Set PARLEY_DATA_DIR to the folder that is to be moved.",
        )
    lock = DataDirectoryLock(data_dir, command="parley migrate-to")
    try:
        with (
            closing(Database(sa.URL.create("sqlite", database=str(file)))) as source,
            closing(Database(there)) as target,
        ):
            return _move(source, target, place_of(there))
    finally:
        lock.release()


def _move(source: Database, target: Database, place: str) -> Mapping[str, Sum]:
    sums: dict[str, Sum] = {}
    with source.read() as old, target.write() as new:
        theirs, ours = _tables(old), _tables(new)
        for name in ours:
            if new.execute(sa.select(sa.literal(1)).select_from(ours[name]).limit(1)).first() is not None:
                raise DataDirectoryError(
                    f"the record {place} isn't empty: {name} has rows",
                    remedy="Name an empty database: nothing is ever written over.",
                )
        for name, table in ours.items():
            if name not in theirs:  # what PostgreSQL alone has
                continue
            for batch in in_batches(_rows(old, theirs[name]), _AT_ONCE):
                new.execute(table.insert(), batch)
            _count_on(new, table)
            sums[name] = _sum(_rows(old, theirs[name]))
            if sums[name] != _sum(_rows(new, table)):
                raise RecordDamaged(
                    f"the table {name} isn't the same in {place} as it is here",
                    remedy="Nothing was moved. Run `parley backup`, which checks the record, and try again.",
                )
    return sums


def _tables(connection: sa.Connection) -> dict[str, sa.Table]:
    """Each behind those that its rows refer to."""
    found = sa.MetaData()
    found.reflect(connection)
    return {table.name: table for table in found.sorted_tables if table.name not in _NOT_MOVED}


def _rows(connection: sa.Connection, table: sa.Table) -> Iterator[dict[str, Any]]:
    query = sa.select(table)
    if table.name == "corpus_settings":
        query = query.where(table.c.key.not_in(_OF_THE_FOLDER))
    for row in connection.execute(query.execution_options(yield_per=_AT_ONCE)).mappings():
        yield {name: zoned(value) if isinstance(value, datetime) else value for name, value in row.items()}


def _sum(rows: Iterator[dict[str, Any]]) -> Sum:
    count = total = 0
    for row in rows:
        plain = json.dumps([[name, _plain(row[name])] for name in sorted(row)], sort_keys=True)
        total += int.from_bytes(hashlib.sha256(plain.encode("utf-8", "surrogatepass")).digest())
        count += 1
    return Sum(count, f"{total % 2**256:064x}")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value


def _count_on(connection: sa.Connection, table: sa.Table) -> None:
    """From the highest number that was moved."""
    keys: Sequence[sa.Column[Any]] = [c for c in table.primary_key if "nextval" in str(_default(c))]
    for key in keys:
        sequence = sa.func.pg_get_serial_sequence(table.name, key.name)
        highest = connection.scalar(sa.select(sa.func.max(key)))
        if highest is not None:
            connection.execute(sa.select(sa.func.setval(sequence, highest)))


def _default(column: sa.Column[Any]) -> object:
    return getattr(column.server_default, "arg", "")
