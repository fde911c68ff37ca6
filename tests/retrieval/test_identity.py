"""A record that is lost, damaged, another's or not writable is refused by name, and left as it was."""

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from retrieval.errors import DataDirectoryError, ForeignIndex, RecordDamaged, RecordLost, StorageFull
from retrieval.lock import holder_of
from tests.conftest import REPOSITORY
from tests.retrieval.made import STEEL, TALKS, corpus_in, found, source

ASKED = "When did the envoys meet in Vienna?"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with an article, to be copied."""
    directory = tmp_path_factory.mktemp("kept")
    with corpus_in(directory) as corpus:
        list(corpus.ingester.ingest([source(TALKS, id_="talks")]))
    return directory


@pytest.fixture
def data(kept: Path, tmp_path: Path) -> Path:
    return shutil.copytree(kept, tmp_path / "data")


def files(directory: Path) -> dict[str, bytes]:
    """Every file but the lock's."""
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file() and path.name != "parley.lock"
    }


def _gone(record: Path) -> None:
    record.unlink()


def _empty(record: Path) -> None:
    record.write_bytes(b"")


def _without_rows(record: Path) -> None:
    with sqlite3.connect(record) as connection:
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if table != "alembic_version":
                connection.execute(f"DELETE FROM {table}")
    connection.close()


def _of_before_corpora_had_names(record: Path) -> None:
    record.unlink()
    (record.parent / "index" / "corpus").unlink()


@pytest.mark.parametrize("lose", [_gone, _empty, _without_rows, _of_before_corpora_had_names])
@pytest.mark.parametrize("rebuild", [False, True])
def test_an_index_without_its_record_is_no_first_start(
    data: Path, lose: Callable[[Path], None], rebuild: bool
) -> None:
    lose(data / "record.sqlite")
    before = files(data)
    with pytest.raises(RecordLost, match=r"record\.sqlite") as told:
        corpus_in(data, rebuild=rebuild)
    assert "parley restore" in told.value.remedy
    assert str(data / "index") in told.value.remedy
    assert files(data) == before
    assert holder_of(data) is None
    (data / "index").rename(data / "away")  # the way out
    with corpus_in(data) as corpus:
        assert corpus.record.article_count() == 0


def test_a_disk_with_no_room_for_the_name_is_told_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "write_text", full_disk)
    with pytest.raises(StorageFull, match="is full"):
        corpus_in(tmp_path)
    assert holder_of(tmp_path) is None


def test_closing_on_a_full_disk_lets_go_of_everything(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = corpus_in(data)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", full_disk)
        corpus.close()
    assert holder_of(data) is None
    with corpus_in(data) as again:
        assert found(again, ASKED)


def test_what_cannot_be_closed_keeps_nothing_else_open(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = corpus_in(data)
    with monkeypatch.context() as patch:
        patch.setattr(corpus.ingester, "close", full_disk)
        with pytest.raises(OSError, match="No space"):
            corpus.close()
    assert holder_of(data) is None
    corpus.ingester.close()


def full_disk(*_: object, **__: object) -> NoReturn:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_record_without_its_index_heals_at_the_start(data: Path) -> None:
    shutil.rmtree(data / "index")
    said: list[str] = []
    with corpus_in(data, say=said.append) as corpus:
        assert said[0].startswith("Rebuilding")
        assert found(corpus, ASKED)
    with corpus_in(data, say=said.append) as corpus:
        assert found(corpus, ASKED)
    assert len(said) == 2


def test_a_record_of_another_directory_is_refused_until_its_index_is_rebuilt(
    data: Path, tmp_path: Path
) -> None:
    with corpus_in(tmp_path / "other") as corpus:
        list(corpus.ingester.ingest([source(STEEL, id_="steel")]))
    shutil.copy(tmp_path / "other" / "record.sqlite", data / "record.sqlite")
    before = files(data)
    with pytest.raises(ForeignIndex, match="two corpora") as told:
        corpus_in(data)
    assert "parley reindex" in told.value.remedy
    assert files(data) == before
    corpus_in(data, rebuild=True).close()
    with corpus_in(data) as corpus:
        assert found(corpus, "What will happen to steel tariffs?")
        assert not {id_ for id_, _ in found(corpus, ASKED)} - {corpus.record.article_rows(limit=1)[0].id}


def test_a_directory_from_before_corpora_had_names_is_taken_as_it_is(data: Path) -> None:
    (data / "index" / "corpus").unlink()
    with sqlite3.connect(data / "record.sqlite") as connection:
        connection.execute("DELETE FROM corpus_settings WHERE key = 'corpus_id'")
    connection.close()
    said: list[str] = []
    with corpus_in(data, say=said.append) as corpus:
        assert found(corpus, ASKED)
    corpus_in(data, say=said.append).close()
    assert said == []


@pytest.mark.parametrize("damaged", [b"garbage" * 2000, b"SQLite format 3\0" + b"\xff" * 9000])
def test_a_damaged_record_is_named_with_the_way_out(data: Path, damaged: bytes) -> None:
    (data / "record.sqlite").write_bytes(damaged)
    before = files(data)
    with pytest.raises(RecordDamaged, match=r"record\.sqlite is damaged") as told:
        corpus_in(data)
    assert "parley restore" in told.value.remedy
    assert files(data) == before


def test_a_file_that_may_not_be_written_is_named(data: Path) -> None:
    """Asked in a process that has given up the superuser's right to write everything, where a test has it."""
    code = """
import sys
from pathlib import Path
from typing import NoReturn
from retrieval.errors import DataDirectoryError
from retrieval.lock import make_sure_writable
try:
    make_sure_writable([Path(place) for place in sys.argv[1:]])
    print("all writable")
except DataDirectoryError as error:
    print(error.message, error.remedy)
"""
    places = [str(data / "record.sqlite"), str(data / "index")]
    command = ["setpriv", "--bounding-set=-dac_override"] if os.getuid() == 0 else []
    ask = [*command, sys.executable, "-c", code, *places]
    for file in [None, "index/chroma/chroma.sqlite3", "record.sqlite-wal", "record.sqlite"]:
        if file is not None:
            (data / file).touch()
            (data / file).chmod(0o400)
        told = subprocess.run(ask, capture_output=True, text=True, check=True, cwd=REPOSITORY).stdout
        assert told.startswith(f"{data / file} cannot be used: not writable" if file else "all writable")
        assert file is None or f"user {os.getuid()}" in told
        if file is not None:
            (data / file).chmod(0o600)


def test_the_check_comes_first(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda path, _: Path(path).name != "record.sqlite")
    before = files(data)
    with pytest.raises(DataDirectoryError, match=r"record\.sqlite cannot be used: not writable"):
        corpus_in(data)
    assert files(data) == before
