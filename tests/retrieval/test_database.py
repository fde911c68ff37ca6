"""The record's database: its schema, its transactions, and what it refuses."""

import shutil
import sqlite3
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import retrieval.tables
import service.kept
import service.received
import service.titles
from retrieval.database import SCHEMA_HEAD, Database
from retrieval.errors import DataDirectoryError, SchemaTooNew, StorageFull
from retrieval.postgres import postgres_url
from tests.retrieval.made import Died, die

SETTINGS = retrieval.tables.settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "record.sqlite"


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    opened = open_(file)
    yield opened
    opened.close()


def open_(file: Path) -> Database:
    return Database(f"sqlite:///{file}")


def schema(engine: sa.Engine) -> dict[str, Any]:
    """Tables with their columns, keys and indexes, as the database itself tells them."""
    inspector = sa.inspect(engine)
    return {
        table: {
            "columns": {
                c["name"]: (str(c["type"]), c["nullable"], c["default"]) for c in inspector.get_columns(table)
            },
            "key": inspector.get_pk_constraint(table)["constrained_columns"],
            "foreign": sorted(
                (f["constrained_columns"], f["referred_table"], f["referred_columns"])
                for f in inspector.get_foreign_keys(table)
            ),
            "indexes": sorted(
                (i["name"] or "", i["column_names"], bool(i["unique"])) for i in inspector.get_indexes(table)
            ),
            "unique": sorted(u["column_names"] for u in inspector.get_unique_constraints(table)),
        }
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def test_migrating_from_nothing_gives_the_tables_that_the_code_speaks_of(
    database: Database, file: Path, tmp_path: Path
) -> None:
    declared = sa.create_engine(f"sqlite:///{tmp_path / 'declared.sqlite'}")
    retrieval.tables.metadata.create_all(declared)
    service.kept.metadata.create_all(declared)
    service.received.metadata.create_all(declared)
    service.titles.titles.metadata.create_all(declared)
    migrated = sa.create_engine(f"sqlite:///{file}")
    assert schema(migrated) == schema(declared)
    assert len(schema(migrated)) >= 7
    migrated.dispose()
    declared.dispose()


def test_a_copy_made_for_a_test_replaces_nothing_that_was_opened_meanwhile(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = shutil.copyfile

    def slowly(made: Path, beside: Path) -> None:
        copy(made, beside)
        monkeypatch.undo()
        with closing(open_(file)) as other, other.write() as connection:
            connection.execute(SETTINGS.insert().values(key="k", value="first"))

    monkeypatch.setattr("tests.migrated.shutil.copyfile", slowly)
    with closing(open_(file)) as database, database.read() as connection:
        assert connection.scalar(sa.select(SETTINGS.c.value)) == "first"
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_it_opens_again_with_what_was_written(database: Database, file: Path) -> None:
    with database.write() as connection:
        connection.execute(SETTINGS.insert().values(key="k", value="Й"))
    database.close()
    again = open_(file)
    with again.read() as connection:
        assert connection.scalar(sa.select(SETTINGS.c.value)) == "Й"
    again.close()


def test_a_newer_schema_is_refused_by_name_and_left_alone(database: Database, file: Path) -> None:
    with database.write() as connection:
        connection.execute(SETTINGS.insert().values(key="k", value="v"))
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    before = rows(file)
    with pytest.raises(SchemaTooNew, match="9999") as refused:
        open_(file)
    assert SCHEMA_HEAD in refused.value.message
    assert rows(file) == before


def rows(file: Path) -> list[str]:
    connection = sqlite3.connect(file)
    dump = list(connection.iterdump())
    connection.close()
    return dump


def test_a_migration_that_fails_leaves_nothing_behind(file: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE ingest_jobs (of_another INTEGER)")  # stands in the way half-way through
    connection.close()
    with pytest.raises(DataDirectoryError, match="ingest_jobs"):
        open_(file)
    assert [line for line in rows(file) if "CREATE" in line] == [
        "CREATE TABLE ingest_jobs (of_another INTEGER);"
    ]


def test_the_pragmas(database: Database) -> None:
    with database.write() as connection:
        ask = connection.exec_driver_sql
        assert ask("PRAGMA journal_mode").scalar() == "wal"
        assert ask("PRAGMA synchronous").scalar() == 2  # FULL
        assert ask("PRAGMA foreign_keys").scalar() == 1


def test_a_write_takes_the_lock_at_once_and_a_read_does_not(database: Database, file: Path) -> None:
    other = sqlite3.connect(file, timeout=0, isolation_level=None)
    with database.write(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    with database.read() as connection:
        connection.execute(sa.select(SETTINGS))
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO corpus_settings VALUES ('k', 'v')")
        other.execute("COMMIT")
        # A reader goes on seeing what it saw first.
        assert connection.execute(sa.select(SETTINGS)).all() == []
    other.close()


def test_two_threads_that_write_at_once_both_succeed(database: Database) -> None:
    ready = threading.Barrier(2)
    failed: list[Exception] = []

    def count(key: str) -> None:
        ready.wait()
        try:
            for n in range(40):
                with database.write() as connection:
                    held = connection.scalar(sa.select(sa.func.count()).select_from(SETTINGS))
                    connection.execute(SETTINGS.insert().values(key=f"{key}{n}", value=str(held)))
        except DataDirectoryError as exc:
            failed.append(exc)

    threads = [threading.Thread(target=count, args=(key,)) for key in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    with database.read() as connection:
        values = [int(v) for v in connection.scalars(sa.select(SETTINGS.c.value))]
    assert sorted(values) == list(range(80))  # no two wrote after reading the same


def test_what_fails_inside_a_write_is_rolled_back(database: Database) -> None:
    with pytest.raises(Died), database.write() as connection:  # noqa: PT012 - the write is left by raising
        connection.execute(SETTINGS.insert().values(key="k", value="v"))
        die()
    with database.read() as connection:
        assert connection.execute(sa.select(SETTINGS)).all() == []


@pytest.mark.parametrize("where", ["from the first byte", "after the header"])
def test_a_damaged_file_is_refused_with_a_remedy(database: Database, file: Path, where: str) -> None:
    database.close()
    whole = file.read_bytes()
    kept = 0 if where == "from the first byte" else 100
    file.write_bytes(whole[:kept] + b"\xff" * (len(whole) - kept))
    with pytest.raises(DataDirectoryError, match="database") as refused:
        open_(file)
    assert refused.value.remedy


def test_a_full_disk_is_told_from_damage_and_passes(database: Database) -> None:
    with database.write() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageFull) as refused, database.write() as connection:
        connection.execute(SETTINGS.insert().values(key="k", value="v" * 100_000))
    assert refused.value.retryable
    with database.write() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        connection.execute(SETTINGS.insert().values(key="k", value="v" * 100_000))


def test_a_path_that_says_full_is_no_full_disk(tmp_path: Path) -> None:
    (tmp_path / "fuller").mkdir()
    with closing(open_(tmp_path / "fuller" / "record.sqlite")) as opened:
        attach = sa.text(f"ATTACH '{tmp_path}/fuller/none/record.sqlite' AS other")
        with pytest.raises(DataDirectoryError, match="fuller") as refused, opened.read() as connection:
            connection.execute(attach)
    assert not isinstance(refused.value, StorageFull)


def test_a_rewriting_that_takes_too_long_is_told_without_its_command(
    database: Database, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.rewrite._DEADLINE", 0.001)
    with pytest.raises(DataDirectoryError, match="took longer than") as refused:
        database.rewrite()
    assert sys.executable not in refused.value.message
    assert ".py" not in refused.value.message


def test_a_rewriting_that_fills_the_disk_is_told_as_one(database: Database, tmp_path: Path) -> None:
    small = tmp_path / "small.py"
    said = "sqlite3.OperationalError: database or disk is full"
    small.write_text(f"import sys; sys.exit({said!r})")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("retrieval.rewrite.__file__", str(small))
        with pytest.raises(StorageFull, match="cannot be written: database or disk is full"):
            database.rewrite()


def test_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataDirectoryError):
        open_(tmp_path)


@pytest.mark.parametrize("given", ["postgresql://u:hush@h:hush/d", "postgresql://u:hush@[::hush/d", "hush"])
def test_an_address_that_cannot_be_read_tells_no_password(given: str) -> None:
    with pytest.raises(ValueError, match="the record's address") as told:
        postgres_url(given)
    assert "hush" not in "".join(traceback.format_exception(told.value))
