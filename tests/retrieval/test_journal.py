"""What a restart has to finish."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from retrieval.database import Database
from retrieval.errors import DataDirectoryError
from retrieval.journal import Journal, Step
from retrieval.record import Record
from retrieval.tables import ingest_jobs, sources
from tests.retrieval.made import Died, die, source

FIRST = source("One.", id_="1", title="Ä", authors=("A. Roe", "Б. Ро"), published="2025-08-17")
SECOND = source("Two.", name="two.md")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'record.sqlite'}")
    yield opened
    opened.close()


def test_what_was_received_comes_back_whole_and_in_order(database: Database) -> None:
    received = Journal(database).receive([FIRST, SECOND])
    assert [job.source for job in received] == [FIRST, SECOND]
    assert Journal(database).unfinished() == received


def test_the_same_bytes_are_kept_once(database: Database) -> None:
    journal = Journal(database)
    jobs = [*journal.receive([FIRST, FIRST]), *journal.receive([FIRST])]
    assert len({job.id for job in jobs}) == 3
    with database.read() as connection:
        assert connection.scalars(sa.select(sources.c.data)).all() == [FIRST.data]


@pytest.mark.parametrize("step", list(Step))
def test_only_the_visible_and_the_refused_are_finished(database: Database, step: Step) -> None:
    journal = Journal(database)
    first, second = journal.receive([FIRST, SECOND])
    journal.advance([first.id], step, error="why" if step is Step.REFUSED else None)
    left = [second] if step in {Step.VISIBLE, Step.REFUSED} else [first, second]
    assert journal.unfinished() == left
    with database.read() as connection:
        rows = connection.execute(sa.select(ingest_jobs.c.step, ingest_jobs.c.error)).all()
    assert [tuple(row) for row in rows] == [
        (step, "why" if step is Step.REFUSED else None),
        ("received", None),
    ]


def test_all_are_received_or_none_and_the_mark_with_them(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal, record = Journal(database), Record(database)
    with monkeypatch.context() as patch:
        patch.setattr("retrieval.journal.put_setting", lambda *_: die())
        with pytest.raises(Died):
            journal.receive([FIRST, SECOND], mark=("m", "1"))
    assert journal.unfinished() == []
    assert record.setting("m") is None
    journal.receive([FIRST], mark=("m", "1"))
    assert record.setting("m") == "1"


def test_a_full_disk_refuses_the_whole_batch(database: Database) -> None:
    journal = Journal(database)
    with database.write() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DataDirectoryError):
        journal.receive([FIRST, source("long " * 50_000)])
    assert journal.unfinished() == []
