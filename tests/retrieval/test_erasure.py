"""What was deleted is in no file, whatever was written before and wherever a crash comes."""

import multiprocessing
import random
import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name as resolve
from types import SimpleNamespace

import pytest

from retrieval import maintain, room
from retrieval.corpus import Corpus
from retrieval.database import Database
from retrieval.erasure import RECORD, mark, marked, purge, rewrite_record
from retrieval.errors import (
    ArticleNotFound,
    ArticleWithdrawn,
    DataDirectoryError,
    IndexUnavailable,
    RecordInUse,
    StorageFull,
)
from retrieval.journal import Journal
from retrieval.outcome import Outcome
from retrieval.record import article_id
from retrieval.sources import Source
from tests.remains import remains
from tests.retrieval.made import Died, corpus_in, die, found, hold_version, kill, source

KEPT = "The harbour pilots of Kungsbacka agreed on a timetable for the winter ferries."
WORDS = ["Zvorblunck", "Qwyxandrov", "glimpfarnth", "Жорблункова", "“thrimwask”"]
GONE = "Zvorblunck told Qwyxandrov that the glimpfarnth of Жорблункова was “thrimwask” 🕊️ at noon."
ID = article_id("gone")


def ingest(corpus: Corpus, one: Source) -> None:
    list(corpus.ingester.ingest([one]))


def fill(corpus: Corpus) -> None:
    ingest(corpus, source(KEPT, id_="kept", title="Ferries"))
    ingest(corpus, source(GONE, id_="gone", title="Brumthaxel", outlet="Vlorpington Herald"))


@dataclass(frozen=True)
class Disk:
    free: int


def left_in(directory: Path) -> list[str]:
    return remains(directory, [*WORDS, "Brumthaxel", "Vlorpington"])


@pytest.mark.parametrize("how", ["delete", "purge"])
def test_a_deleted_article_is_in_no_file_while_it_is_open_and_after(tmp_path: Path, how: str) -> None:
    with corpus_in(tmp_path) as corpus:
        fill(corpus)
        assert left_in(tmp_path)
        getattr(corpus.ingester, how)(ID)
        assert left_in(tmp_path) == []
        assert found(corpus, "When do the ferries sail?")
        with pytest.raises(ArticleWithdrawn):
            corpus.record.article(ID, version=1)
        with pytest.raises(ArticleWithdrawn):
            corpus.record.article(ID)
        with pytest.raises(ArticleNotFound) as unknown:
            corpus.record.article(ID, version=2)
        assert not isinstance(unknown.value, ArticleWithdrawn)
    assert left_in(tmp_path) == []
    assert remains(tmp_path, ["Kungsbacka"])


def test_every_version_and_every_copy_that_came_in_goes(tmp_path: Path) -> None:
    """An article that is here already leaves its bytes too, and so does one that failed half-way."""
    with corpus_in(tmp_path) as corpus:
        fill(corpus)
        ingest(corpus, source(GONE + " Later: frobnickel.", id_="gone"))
        ingest(corpus, source(GONE.replace(" ", "\r\n") + " Later: frobnickel.", id_="gone"))
        ingest(corpus, source(GONE + "\r\nLater: frobnickel.", id_="gone"))
        Journal(corpus.record.database).receive([source(GONE + " wumblesnatch", id_="gone")])
        corpus.ingester.delete(ID)
        assert remains(tmp_path, [*WORDS, "frobnickel", "wumblesnatch"]) == []


def test_a_version_that_is_held_stays_in_the_record_alone(tmp_path: Path) -> None:
    with corpus_in(tmp_path) as corpus:
        fill(corpus)
        ingest(corpus, source(GONE + " Later: frobnickel.", id_="gone"))
        hold_version(corpus, ID, 1)
        corpus.ingester.delete(ID)
        assert corpus.record.article(ID, version=1).text == GONE
        with pytest.raises(ArticleWithdrawn):
            corpus.record.article(ID, version=2)
        assert remains(tmp_path, ["frobnickel"]) == []
        assert {where.partition(":")[0] for where in left_in(tmp_path)} == {"record.sqlite"}
        corpus.ingester.purge(ID)
        assert left_in(tmp_path) == []
        corpus.ingester.purge(ID)
        with pytest.raises(ArticleNotFound):
            corpus.ingester.purge(article_id("never"))


def test_what_comes_again_after_a_purge_is_new_and_opens_nothing_old(tmp_path: Path) -> None:
    with corpus_in(tmp_path) as corpus:
        fill(corpus)
        corpus.ingester.purge(ID)
        (again,) = corpus.ingester.ingest([source(GONE, id_="gone")])
        assert (again.outcome, again.article_id, again.version) == (Outcome.ADDED, ID, 2)
        assert corpus.record.article(ID).text == GONE
        with pytest.raises(ArticleWithdrawn):
            corpus.record.article(ID, version=1)
        (once_more,) = corpus.ingester.ingest([source(GONE, id_="gone")])
        assert once_more.outcome is Outcome.UNCHANGED


def test_the_id_of_what_was_purged_is_an_identity_as_any_other(tmp_path: Path) -> None:
    with corpus_in(tmp_path) as corpus:
        for text in ("Given before.", "Given afterwards."):
            fill(corpus)
            corpus.ingester.purge(ID)
            (another,) = corpus.ingester.ingest([source(text, id_=ID)])
            assert another.outcome in (Outcome.ADDED, Outcome.UPDATED), another.error
            assert another.article_id == article_id(ID)


def test_what_keeps_a_file_from_being_rewritten_is_said_and_made_up_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def broken(_: object) -> None:
        raise IndexUnavailable("Chroma is away", remedy="Wait.")

    with corpus_in(tmp_path) as corpus:
        fill(corpus)
        with monkeypatch.context() as patch:
            patch.setattr("retrieval.store.ChromaServer.rewrite", broken)
            with pytest.raises(IndexUnavailable):
                corpus.ingester.delete(ID)
            assert {where.partition(":")[0] for where in left_in(tmp_path)} == {"index/chroma/chroma.sqlite3"}
    with monkeypatch.context() as patch:
        patch.setattr("retrieval.store.ChromaServer.rewrite", broken)
        corpus_in(tmp_path, say=said.append).close()
    assert "not yet erased from disk: Chroma is away" in said[-1]
    corpus_in(tmp_path, say=said.append).close()
    assert said[-1] == "Erased what was deleted before."
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("at", ["record.sqlite", "chroma.sqlite3"])
def test_without_room_to_write_it_twice_no_rewriting_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    with corpus_in(tmp_path) as corpus:
        fill(corpus)
        (file,) = tmp_path.rglob(at)
        begun: list[Path] = []
        free = room.SPARE + 2 * file.stat().st_size - 1
        with monkeypatch.context() as patch:
            patch.setattr("retrieval.room.shutil", SimpleNamespace(disk_usage=lambda _: Disk(free)))
            for module in ("database", "store"):
                patch.setattr(f"retrieval.{module}.rewrite", begun.append)
            rewriting = corpus.record.database.rewrite if at == "record.sqlite" else corpus.index.erase_strays
            with pytest.raises(StorageFull, match=f"writing {at} anew"):
                rewriting()
        assert begun == []
        corpus.ingester.delete(ID)
        assert left_in(tmp_path) == []


@pytest.mark.slow
def test_deleting_again_makes_up_for_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with corpus_in(tmp_path) as corpus:
        fill(corpus)
        with monkeypatch.context() as patch:
            patch.setattr("retrieval.rewrite.__file__", str(tmp_path / "none.py"))
            with pytest.raises(DataDirectoryError, match="none"):
                corpus.ingester.delete(ID)
        with pytest.raises(ArticleNotFound):
            corpus.ingester.delete(ID)
        assert left_in(tmp_path) == []


def test_a_reader_that_stays_holds_up_no_writer_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a backup does: SQLite's log can't be emptied meanwhile."""
    with corpus_in(tmp_path) as corpus:
        fill(corpus)
        written: list[float] = []

        def write(pause: float) -> None:
            def writing() -> None:
                corpus.record.set_setting("of_another", str(pause))
                written.append(pause)

            thread = threading.Thread(target=writing, daemon=True)
            thread.start()
            thread.join(timeout=10)

        monkeypatch.setattr("retrieval.erasure.time", SimpleNamespace(sleep=write))
        monkeypatch.setattr("retrieval.erasure._PAUSES", (1.0, 2.0))
        with closing(sqlite3.connect(tmp_path / "record.sqlite", isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM articles").fetchone()
            with pytest.raises(RecordInUse, match="reading") as refused:
                corpus.ingester.delete(ID)
            assert "delete again" in refused.value.remedy
            assert len(written) > 1
            with pytest.raises(ArticleWithdrawn):
                corpus.record.article(ID)
            grown = (tmp_path / "record.sqlite-wal").stat().st_size
            with pytest.raises(RecordInUse):
                corpus.ingester.delete(ID)
            assert (tmp_path / "record.sqlite-wal").stat().st_size < 2 * grown
        with pytest.raises(ArticleNotFound):
            corpus.ingester.delete(ID)
        assert left_in(tmp_path) == []


def test_what_is_deleted_while_the_log_is_emptied_keeps_its_mark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Database(f"sqlite:///{tmp_path / 'record.sqlite'}")) as database:
        emptied = database.empty_log

        def meanwhile() -> bool:
            with database.write() as connection:
                mark(connection, RECORD)
            return emptied()

        with database.write() as connection:
            mark(connection, RECORD)
        with monkeypatch.context() as patch:
            patch.setattr(database, "empty_log", meanwhile)
            rewrite_record(database)
        assert marked(database, RECORD)
        rewrite_record(database)
        assert not marked(database, RECORD)


@pytest.mark.slow
def test_a_collection_that_was_dropped_leaves_nothing(tmp_path: Path) -> None:
    with corpus_in(tmp_path) as corpus:
        fill(corpus)
    with corpus_in(tmp_path, rebuild=True) as corpus:
        corpus.ingester.delete(ID)
        assert left_in(tmp_path) == []


@pytest.mark.parametrize(
    ("place", "after"),
    [
        ("retrieval.erasure.rewrite_record", False),
        ("retrieval.store.ChromaServer.rewrite", True),
        pytest.param("retrieval.database.Database.rewrite", False, marks=pytest.mark.slow),
        pytest.param("retrieval.database.Database.rewrite", True, marks=pytest.mark.slow),
        pytest.param("retrieval.store.VectorStore.delete", False, marks=pytest.mark.slow),
        pytest.param("retrieval.lexical.LexicalIndex.refill", False, marks=pytest.mark.slow),
        pytest.param("retrieval.store.ChromaServer.rewrite", False, marks=pytest.mark.slow),
    ],
)
def test_dying_in_a_deletion_erases_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, after: bool
) -> None:
    with corpus_in(tmp_path) as corpus:
        fill(corpus)
        with monkeypatch.context() as patch:
            real = resolve(place)

            def dying(*given: object) -> None:
                if after:
                    real(*given)
                die()

            patch.setattr(place, dying)
            with pytest.raises(Died):
                corpus.ingester.delete(ID)
    with corpus_in(tmp_path) as corpus:
        assert left_in(tmp_path) == []
        assert maintain.check(corpus.record, corpus.index, corpus.embedder).sound


@pytest.mark.slow
def test_much_written_and_deleted_leaves_nothing(tmp_path: Path) -> None:
    """With versions and deletions among each other: rows are moved about."""
    chance = random.Random(17)
    names = ["".join(chance.choices("bcdfghklmnprstvz", k=9)) for _ in range(120)]
    gone, kept = names[::2], names[1::2]
    with corpus_in(tmp_path) as corpus:
        sources = [source(f"{name} met. " * chance.randint(1, 90), id_=name, title=name) for name in names]
        for begin in range(0, len(sources), 40):
            list(corpus.ingester.ingest(sources[begin : begin + 40]))
        again = [source(f"{name} left. " * chance.randint(1, 90), id_=name) for name in names[:30]]
        list(corpus.ingester.ingest(again))
        for name in gone:
            with corpus.record.database.write() as connection:
                purge(connection, article_id(name))
        corpus.ingester.finish_erasing()
        assert remains(tmp_path, gone) == []
        assert maintain.check(corpus.record, corpus.index, corpus.embedder).sound
        assert remains(tmp_path, kept)


def purge_and_be_killed(directory: Path, place: str) -> None:
    """Run in a process of its own."""
    corpus = corpus_in(directory)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(place, lambda *_, **__: kill())
        corpus.ingester.purge(ID)


@pytest.mark.slow
@pytest.mark.parametrize(
    "place", ["retrieval.database.rewrite", "retrieval.index.Index.erase_strays", "retrieval.erasure.unmark"]
)
def test_killed_in_a_purge_it_is_erased_at_the_next_start(tmp_path: Path, place: str) -> None:
    with corpus_in(tmp_path) as corpus:
        fill(corpus)
        hold_version(corpus, ID, 1)
    process = multiprocessing.get_context("spawn").Process(target=purge_and_be_killed, args=(tmp_path, place))
    process.start()
    process.join(timeout=120)
    assert process.exitcode == -9
    with corpus_in(tmp_path) as corpus:
        assert left_in(tmp_path) == []
        with pytest.raises(ArticleWithdrawn):
            corpus.record.article(ID, version=1)
