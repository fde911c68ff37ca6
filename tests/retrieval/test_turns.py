"""Of two changes of an article the later counts, though the earlier may take longer."""

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from retrieval import maintain
from retrieval.corpus import Corpus
from retrieval.database import Database, Duty
from retrieval.embed import Embedder
from retrieval.errors import Overtaken, ParserUnavailable
from retrieval.journal import Journal
from retrieval.outcome import Ingested, Outcome
from retrieval.record import article_id
from retrieval.sources import Source
from retrieval.turns import Turns
from retrieval.versions import Newest, newest_of
from tests.retrieval.made import STEEL, TALKS, corpus_in, found, row_counts, source, steps

GIANT = f"The giant inquiry into the dredging of the channel filled many pages.\n\n{STEEL}"


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with corpus_in(tmp_path) as opened:
        yield opened


class Work:
    """A source on its way, held while it is being embedded until `end`."""

    def __init__(self, corpus: Corpus, given: Source, patch: pytest.MonkeyPatch) -> None:
        kind = type(corpus.embedder)
        real, begun, self._go_on = kind.embed, threading.Event(), threading.Event()
        mine = given.data.decode().split("\n")[0]

        def embed(embedder: Embedder, texts: Sequence[str]) -> NDArray[np.float32]:
            if any(mine in text for text in texts):
                begun.set()
                assert self._go_on.wait(60)
            return real(embedder, texts)

        self.done: list[Ingested] = []
        patch.setattr(kind, "embed", embed)
        self._thread = threading.Thread(target=lambda: self.done.extend(corpus.ingester.ingest([given])))
        self._thread.start()
        assert begun.wait(60)

    def end(self) -> None:
        self._go_on.set()
        self._thread.join()


@contextmanager
def in_work(corpus: Corpus, given: Source, patch: pytest.MonkeyPatch) -> Iterator[list[Ingested]]:
    """Meanwhile it is being embedded; afterwards its outcome is in the list."""
    work = Work(corpus, given, patch)
    try:
        yield work.done
    finally:
        work.end()


def ingest(corpus: Corpus, given: Source) -> Ingested:
    (done,) = corpus.ingester.ingest([given])
    return done


def test_others_and_deletions_pass_by_one_that_takes_long(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(corpus, source(STEEL, id_="old"))
    with in_work(corpus, source(GIANT, id_="giant"), monkeypatch) as done:
        assert ingest(corpus, source(TALKS, id_="small")).outcome is Outcome.ADDED
        corpus.ingester.delete(article_id("old"))
        assert done == []
        assert found(corpus, "When did the envoys meet in Vienna?") == [(article_id("small"), 1)]
    assert [one.outcome for one in done] == [Outcome.ADDED]
    assert maintain.check(corpus.record, corpus.index, corpus.embedder).sound
    assert corpus.record.article_count() == 2


@pytest.mark.parametrize("later", ["changed", "unchanged", "deleted"])
def test_a_later_change_of_the_same_article_counts(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, later: str
) -> None:
    ingest(corpus, source(STEEL, id_="one"))
    with in_work(corpus, source(GIANT, id_="one"), monkeypatch) as done:
        if later == "deleted":
            corpus.ingester.delete(article_id("one"))
        else:
            ingest(corpus, source(TALKS if later == "changed" else STEEL, id_="one"))
    assert [one.outcome for one in done] == [Outcome.REFUSED]
    assert isinstance(done[0].error, Overtaken)
    assert set(steps(corpus)) <= {"visible"}, "it is forgotten, and nothing is left to finish"
    if later == "deleted":
        assert corpus.record.article_count() == 0
    else:
        assert corpus.record.article(article_id("one")).text == (TALKS if later == "changed" else STEEL)
    assert maintain.check(corpus.record, corpus.index, corpus.embedder).sound


def test_a_change_that_came_before_gives_the_next_version(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both set out for version 1; chunks take their ids of the version that they become."""
    first = Work(corpus, source(f"The first inquiry was brief.\n\n{TALKS}", id_="one"), monkeypatch)
    second = Work(corpus, source(GIANT, id_="one"), monkeypatch)
    first.end()
    second.end()
    assert [one.version for one in first.done + second.done] == [1, 2]
    assert corpus.record.article(article_id("one")).text == GIANT
    assert {chunk.version for chunk in corpus.record.chunks_of(article_id("one"), 2)} == {2}
    assert maintain.check(corpus.record, corpus.index, corpus.embedder).sound


def meanwhile(patch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Once, after an article was looked up and before anything is done about it."""
    waiting = [happens]

    def looked_up(database: Database, ids: Collection[str]) -> dict[str, Newest]:
        known = newest_of(database, ids)
        if waiting:
            waiting.pop()()
        return known

    patch.setattr("retrieval.ingest.newest_of", looked_up)


def test_one_sent_again_while_it_is_deleted_leaves_no_text(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(corpus, source(STEEL, id_="one"))
    meanwhile(monkeypatch, lambda: corpus.ingester.delete(article_id("one")))
    done = ingest(corpus, source(STEEL, id_="one"))
    assert (done.outcome, type(done.error)) == (Outcome.REFUSED, Overtaken)
    assert corpus.record.article_count() == row_counts(corpus)["sources"] == 0
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and b"Dortmund" in path.read_bytes()]


def test_one_sent_again_while_it_is_changed_is_looked_at_again(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a change that had set out before."""
    ingest(corpus, source(STEEL, id_="one"))
    earlier = Work(corpus, source(GIANT, id_="one"), monkeypatch)
    meanwhile(monkeypatch, earlier.end)
    again = ingest(corpus, source(STEEL, id_="one"))
    assert (again.outcome, again.version) == (Outcome.UPDATED, 3)
    assert corpus.record.article(article_id("one")).text == STEEL


class Waits:
    """A lock before which, once, something happens to whoever comes."""

    def __init__(self, happens: Callable[[], object]) -> None:
        self._lock, self._waiting = threading.Lock(), [happens]

    def __enter__(self) -> None:
        if self._waiting:
            self._waiting.pop()()
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


@pytest.mark.parametrize("later", [TALKS, STEEL])
def test_a_deletion_leaves_a_change_that_came_later(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, later: str
) -> None:
    ingest(corpus, source(STEEL, id_="one"))
    waits = Waits(lambda: ingest(corpus, source(later, id_="one")))
    monkeypatch.setattr(corpus.ingester, "_one_at_a_time", lambda: waits)
    corpus.ingester.delete(article_id("one"))
    assert corpus.record.article(article_id("one")).text == later
    assert maintain.check(corpus.record, corpus.index, corpus.embedder).sound


@pytest.mark.parametrize("removal", ["delete", "purge"])
def test_what_waits_and_cannot_be_read_keeps_nothing_from_being_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, removal: str
) -> None:
    """And is refused at the next start, as it is older than the deletion."""
    corpus = corpus_in(tmp_path)
    ingest(corpus, source(STEEL, id_="one"))
    waiting = source(f"{STEEL}\n\nUnobtanium is in it.", id_="one")
    Journal(corpus.record.database).receive([waiting])
    alone: list[bool] = []

    def read(*_: object) -> None:
        with corpus.record.database.only(Duty.ARTICLES, patience=0) as had:
            alone.append(had)
        raise ParserUnavailable("no process", remedy="None.")

    with monkeypatch.context() as patch:
        patch.setattr(corpus.ingester._parser, "parse", read)
        getattr(corpus.ingester, removal)(article_id("one"))
    assert alone == [True]
    assert corpus.record.article_count() == 0
    assert steps(corpus) == ["received"]
    corpus.close()
    with corpus_in(tmp_path) as opened:
        assert opened.record.article_count() == row_counts(opened)["sources"] == 0
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and b"Unobtanium" in path.read_bytes()]


def test_turns_are_forgotten_once_none_is_open() -> None:
    turns = Turns()
    with turns.turn() as first:
        with turns.turn() as second:
            turns.changed({"a"}, second)
            turns.changed({"a"}, first)
        assert turns.overtaken({"a", "b"}, first) == {"a"}
        assert not turns.overtaken({"a"}, second)
        assert turns.touched({"a", "b"}) == {"a"}
    assert not turns.touched({"a"})
