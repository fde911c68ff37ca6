"""A backup is whole, private and as of one moment; what is put back is what was there, or nothing changes."""

import hashlib
import os
import shutil
import sqlite3
import stat
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

import retrieval.backup
from retrieval.backup import Contents, back_up, inspect, restore
from retrieval.errors import (
    BackupError,
    DataDirectoryError,
    DataDirectoryLocked,
    RecordDamaged,
    RecordLost,
    SchemaTooNew,
)
from retrieval.lock import holder_of
from retrieval.record import Record, article_id
from tests.retrieval.made import STEEL, TALKS, Died, corpus_in, die, found, source
from tests.retrieval.test_identity import files
from tests.retrieval.test_migrations import first_release

ASKED = "When did the envoys meet in Vienna?"
OTHERS = "Ferries to Bergen are on strike, the harbour office said on Friday."


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with an article in one version and another in two, to be copied."""
    directory = tmp_path_factory.mktemp("kept")
    with corpus_in(directory) as corpus:
        list(corpus.ingester.ingest([source(TALKS, id_="talks"), source(STEEL, id_="steel")]))
        list(corpus.ingester.ingest([source(STEEL + "\n\nNaïve — “so”.\u2028", id_="steel")]))
    return directory


@pytest.fixture
def data(kept: Path, tmp_path: Path) -> Path:
    return shutil.copytree(kept, tmp_path / "data")


@pytest.fixture
def backup(data: Path, tmp_path: Path) -> Path:
    back_up(data, tmp_path / "backup")
    return tmp_path / "backup"


def texts(record: Record) -> dict[tuple[str, int], bytes]:
    with record.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT article_id, version, text FROM article_versions").all()
    return {(id_, version): text.encode() for id_, version, text in rows}


def test_what_is_put_back_is_bit_for_bit_what_was_there(data: Path, backup: Path, tmp_path: Path) -> None:
    with corpus_in(data) as corpus:
        before = texts(corpus.record)
        articles = [(row.id, row.version, row.facts) for row in corpus.record.article_rows(limit=9)]
    done = restore(tmp_path / "elsewhere" / "data", backup)
    assert done.replaced is None
    assert done.contents.texts == {key: hashlib.sha256(text).hexdigest() for key, text in before.items()}
    said: list[str] = []
    with corpus_in(tmp_path / "elsewhere" / "data", say=said.append) as corpus:
        assert said[0].startswith("Rebuilding the index")
        assert texts(corpus.record) == before
        assert len(before) == 3
        assert [(r.id, r.version, r.facts) for r in corpus.record.article_rows(limit=9)] == articles
        assert found(corpus, ASKED)


def test_a_backup_is_one_private_file_as_of_one_moment_beside_a_writer(data: Path, tmp_path: Path) -> None:
    with corpus_in(data) as corpus:
        with corpus.record.database.write() as connection:
            connection.exec_driver_sql("INSERT INTO corpus_settings VALUES ('unfinished', 'yes')")
            back_up(data, tmp_path / "backup")  # neither waits for the other
        list(corpus.ingester.ingest([source(OTHERS, id_="later")]))
    assert stat.S_IMODE((tmp_path / "backup").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if "backup" in path.name] == ["backup"]
    with sqlite3.connect(tmp_path / "backup") as copy:
        assert not copy.execute("SELECT * FROM corpus_settings WHERE key = 'unfinished'").fetchall()
    copy.close()
    assert len(inspect(tmp_path / "backup").texts) == 3


def test_backups_taken_while_articles_come_in_are_each_whole(data: Path, tmp_path: Path) -> None:
    taken: list[Contents] = []
    with corpus_in(data) as corpus:
        ended = threading.Event()

        def keep_backing_up() -> None:
            while not ended.is_set() or not taken:
                taken.append(back_up(data, tmp_path / f"backup-{len(taken)}"))

        thread = threading.Thread(target=keep_backing_up)
        thread.start()
        for n in range(8):
            list(corpus.ingester.ingest([source(f"{OTHERS} It was day {n}.", id_=f"day-{n}")]))
        ended.set()
        thread.join()
        kept = {key: hashlib.sha256(text).hexdigest() for key, text in texts(corpus.record).items()}
    sizes = [len(contents.texts) for contents in taken]
    assert sizes == sorted(sizes)
    assert all(contents.texts.items() <= kept.items() for contents in taken)


def test_what_was_deleted_before_is_not_in_a_backup(data: Path, tmp_path: Path) -> None:
    with corpus_in(data) as corpus, corpus.record.database.write() as connection:
        connection.exec_driver_sql("INSERT INTO corpus_settings VALUES ('k', 'quixotry')")
        connection.exec_driver_sql("DELETE FROM corpus_settings WHERE key = 'k'")
    back_up(data, tmp_path / "backup")
    assert b"quixotry" not in (tmp_path / "backup").read_bytes()


def test_no_file_is_written_over(data: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("my own")
    with pytest.raises(BackupError, match="is there already"):
        back_up(data, tmp_path / "mine")
    assert (tmp_path / "mine").read_text() == "my own"


def test_where_nothing_can_be_backed_up_nothing_is_written(data: Path, tmp_path: Path) -> None:
    with pytest.raises(RecordLost, match="there is no record"):
        back_up(tmp_path / "nowhere", tmp_path / "backup")
    (tmp_path / "file").write_text("")
    with pytest.raises(BackupError, match="cannot be written"):
        back_up(data, tmp_path / "file" / "backup")
    (data / "record.sqlite").write_bytes(b"garbage" * 2000)
    with pytest.raises(DataDirectoryError, match=r"record\.sqlite"):
        back_up(data, tmp_path / "backup")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "file"]
    assert not (tmp_path / "nowhere").exists()


def test_restoring_keeps_what_it_replaces(data: Path, backup: Path) -> None:
    with corpus_in(data) as corpus:
        list(corpus.ingester.ingest([source(OTHERS, id_="later")]))
    replaced = restore(data, backup).replaced
    assert replaced is not None
    assert replaced.parent == data
    assert stat.S_IMODE(replaced.stat().st_mode) == 0o700
    assert (replaced / "index" / "chroma" / "chroma.sqlite3").is_file()
    with corpus_in(data) as corpus:
        assert len(texts(corpus.record)) == 3
        assert found(corpus, ASKED)
        assert not found(corpus, ASKED, only=article_id("later"))
    with corpus_in(replaced) as corpus:  # it is a data directory itself
        assert len(texts(corpus.record)) == 4
        assert found(corpus, ASKED, only=article_id("later"))


@pytest.mark.parametrize("record", [None, b"", b"garbage" * 2000])
def test_a_record_that_is_lost_or_damaged_is_put_back(data: Path, backup: Path, record: bytes | None) -> None:
    (data / "record.sqlite").unlink()
    if record is not None:
        (data / "record.sqlite").write_bytes(record)
    (data / "record.sqlite-wal").write_bytes(b"of the damaged one")
    replaced = restore(data, backup).replaced
    assert replaced is not None
    assert (replaced / "record.sqlite-wal").read_bytes() == b"of the damaged one"
    assert not record or (replaced / "record.sqlite").read_bytes() == record
    with corpus_in(data) as corpus:
        assert found(corpus, ASKED)


def _no_database(backup: Path) -> None:
    backup.write_bytes(b"From: me\n" * 3000)


def _gone(backup: Path) -> None:
    backup.unlink()


def _empty(backup: Path) -> None:
    backup.write_bytes(b"")


def _of_another_program(backup: Path) -> None:
    backup.unlink()
    with sqlite3.connect(backup) as connection:
        connection.execute("CREATE TABLE notes (text)")
    connection.close()


def _cut_short(backup: Path) -> None:
    os.truncate(backup, backup.stat().st_size // 2)


def _overwritten_inside(backup: Path) -> None:
    whole = backup.read_bytes()
    backup.write_bytes(whole[:8192] + b"\xff" * 4096 + whole[12288:])


def _one_letter_changed(backup: Path) -> None:
    whole = backup.read_bytes()
    assert whole.count(b"grain shipments") >= 2
    backup.write_bytes(whole.replace(b"grain shipments", b"grain shipmentz"))


def _newer(backup: Path) -> None:
    with sqlite3.connect(backup) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


def _in_use(backup: Path) -> None:
    backup.with_name(backup.name + "-wal").write_bytes(b"more")


@pytest.mark.parametrize(
    ("spoil", "kind", "named"),
    [
        (_gone, BackupError, "is not there"),
        (_empty, BackupError, "is no backup"),
        (_no_database, BackupError, "is no backup"),
        (_of_another_program, BackupError, "is no backup"),
        (_cut_short, RecordDamaged, "is damaged"),
        (_overwritten_inside, RecordDamaged, "is damaged"),
        (_one_letter_changed, RecordDamaged, "isn't the text that was stored"),
        (_newer, SchemaTooNew, "9999"),
        (_in_use, BackupError, "a record in use"),
    ],
)
def test_what_is_no_whole_backup_is_refused_and_nothing_changes(
    data: Path, backup: Path, spoil: Callable[[Path], None], kind: type[DataDirectoryError], named: str
) -> None:
    spoil(backup)
    before = files(data)
    with pytest.raises(kind, match=named) as told:
        restore(data, backup)
    assert named == "9999" or str(backup) in told.value.message
    assert told.value.remedy
    assert files(data) == before
    assert holder_of(data) is None


def test_while_another_process_holds_the_directory_nothing_is_restored(data: Path, backup: Path) -> None:
    with corpus_in(data) as corpus:
        before = files(data)
        with pytest.raises(DataDirectoryLocked, match="a test"):
            restore(data, backup)
        assert files(data) == before
        assert found(corpus, ASKED)


def test_an_older_schema_is_brought_up_to_date(data: Path, tmp_path: Path) -> None:
    first_release(tmp_path / "old")
    with sqlite3.connect(tmp_path / "old") as old:
        answer = ("ans_1", "c_1", '{"question": "Who met?"}', "2026-01-01 00:00:00.000000")
        old.execute("INSERT INTO answers VALUES (?, ?, ?, ?)", answer)
    old.close()
    assert restore(data, tmp_path / "old").contents.turns == 1
    assert not (tmp_path / "old-wal").exists()


@pytest.mark.parametrize("step", ["_bring_up_to_date", "_set_aside", "_flush"])
def test_cut_short_at_any_step_there_is_a_record_and_it_opens(
    data: Path, backup: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = getattr(retrieval.backup, step)

    def dying(*given: object) -> None:
        real(*given)
        die()

    with monkeypatch.context() as patch:
        patch.setattr(retrieval.backup, step, dying)
        with pytest.raises(Died):
            restore(data, backup)
    with corpus_in(data) as corpus:
        assert len(texts(corpus.record)) == 3
        assert found(corpus, ASKED)


def test_a_full_disk_is_told_and_nothing_is_left(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "retrieval.backup._flush", lambda _: os.write(os.open("/dev/full", os.O_WRONLY), b"x")
    )
    with pytest.raises(BackupError, match="No space left"):
        back_up(data, tmp_path / "backup")
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def sqlite_says(code: int, text: str, patch: pytest.MonkeyPatch) -> None:
    error = sqlite3.OperationalError(text)
    error.sqlite_errorcode = code

    def fail(*_: object) -> sqlite3.Connection:
        raise error

    patch.setattr(retrieval.backup, "_open", fail)


@pytest.mark.parametrize(
    ("code", "text", "told"),
    [
        (sqlite3.SQLITE_IOERR_READ, "disk I/O error", "cannot be read or copied: disk I/O error"),
        (sqlite3.SQLITE_CANTOPEN, "unable to open database file", "cannot be read or copied: unable"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "database is locked", "is in use: database is locked"),
    ],
)
def test_a_lock_or_a_disk_is_no_damage(
    data: Path, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, text: str, told: str
) -> None:
    sqlite_says(code, text, monkeypatch)
    for work in (lambda: back_up(data, tmp_path / "new"), lambda: restore(data, backup)):
        with pytest.raises(BackupError, match=told) as refused:
            work()
        assert "earlier backup" not in refused.value.remedy
    assert not (tmp_path / "new").exists()


def test_a_record_that_is_kept_from_others_is_in_use(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrieval.backup, "_PATIENCE", 0.0)
    with closing(sqlite3.connect(data / "record.sqlite", isolation_level=None)) as holder:
        holder.execute("PRAGMA locking_mode=EXCLUSIVE")
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(BackupError, match=r"record\.sqlite is in use: database is locked"):
            back_up(data, tmp_path / "new")


def test_a_damaged_record_cannot_be_backed_up_and_is_to_be_put_back(data: Path, tmp_path: Path) -> None:
    (data / "record.sqlite").write_bytes(b"garbage" * 2_000)
    with pytest.raises(RecordDamaged, match="is damaged") as told:
        back_up(data, tmp_path / "new")
    assert "parley restore" in told.value.remedy
