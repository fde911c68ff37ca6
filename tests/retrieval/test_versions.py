"""Which version is the newest, and how the next one takes its place."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from retrieval.article import Article, Facts
from retrieval.chunks import chunks_of
from retrieval.database import Database
from retrieval.record import Record, hide
from retrieval.tables import sources
from retrieval.versions import Becoming, make_visible, newest
from tests.retrieval.made import article


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    database = Database(f"sqlite:///{tmp_path / 'record.sqlite'}")
    with database.write() as connection:
        connection.execute(sources.insert().values(bytes_sha256="", data=b""))
    yield Record(database)
    database.close()


def show(record: Record, shown: Article) -> list[str]:
    parts = chunks_of(shown, fits=lambda _: True)
    with record.database.write() as connection:
        return make_visible(connection, [Becoming(shown, shown.id, parts)])


def test_the_first_version_replaces_nothing(record: Record) -> None:
    assert newest(record.database, "a_1") is None
    assert show(record, article("One.")) == []
    known = newest(record.database, "a_1")
    assert known is not None
    assert (known.version, known.visible) == (1, True)


def test_the_next_version_replaces_all_chunks_of_the_last(record: Record) -> None:
    show(record, article("One sentence. Another."))
    old = record.chunk_ids()
    assert set(show(record, article("One sentence. Another.", version=2))) == old
    assert not record.chunk_ids() & old
    assert {c.version for part in record.all_chunks() for c in part} == {2}
    assert record.article("a_1").version == 2
    assert record.article("a_1", version=1).text == "One sentence. Another."


def test_an_article_without_chunks_is_kept(record: Record) -> None:
    shown = article("One.")
    with record.database.write() as connection:
        make_visible(connection, [Becoming(shown, "i")])
    assert record.article("a_1").text == "One."
    assert list(record.all_chunks()) == [[]]


def test_other_articles_are_left_alone(record: Record) -> None:
    show(record, article("One."))
    show(record, article("Two.", id_="a_2"))
    show(record, article("Three.", version=2))
    assert [c.text for part in record.all_chunks() for c in part] == ["Three.", "Two."]


def test_the_same_is_the_same_text_and_facts_and_visible(record: Record) -> None:
    shown = replace(article("One.", facts=Facts(title="T", authors=("A", "B"))), text_sha256="x")
    show(record, shown)
    known = newest(record.database, "a_1")
    assert known is not None
    assert known.same_as(shown)
    assert not known.same_as(replace(shown, text_sha256="y"))
    assert not known.same_as(replace(shown, facts=Facts(title="T", authors=("B", "A"))))
    with record.database.write() as connection:
        hide(connection, "a_1")
    gone = newest(record.database, "a_1")
    assert gone is not None
    assert (gone.version, gone.visible, gone.same_as(shown)) == (1, False, False)


def test_it_knows_when_the_article_last_changed(record: Record) -> None:
    show(record, article("One."))
    known = newest(record.database, "a_1")
    assert known is not None
    assert known.changed_at == datetime(2026, 1, 1, tzinfo=UTC)
    before = datetime.now(UTC)
    with record.database.write() as connection:
        hide(connection, "a_1")
    gone = newest(record.database, "a_1")
    assert gone is not None
    assert before <= gone.changed_at <= datetime.now(UTC)
    show(record, article("One.", version=2))
    back = newest(record.database, "a_1")
    assert back is not None
    assert (back.version, back.visible, back.changed_at) == (2, True, known.changed_at)
