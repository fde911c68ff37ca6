"""A data directory, opened: nothing stays open when that fails, and progress is told."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from retrieval.corpus import open_corpus
from retrieval.errors import IndexUnavailable
from retrieval.journal import Journal
from retrieval.lexical import LexicalIndex
from retrieval.lock import holder_of
from retrieval.model_files import default_dir
from retrieval.patience import patiently
from retrieval.store import ChromaServer
from tests.retrieval.made import STEEL, TALKS, corpus_in, found, source


def test_nothing_stays_open_where_a_late_step_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise IndexUnavailable("made to fail", remedy="none")

    with corpus_in(tmp_path) as corpus:
        list(corpus.ingester.ingest([source(TALKS)]))
        words = tmp_path / "index" / "lexical" / corpus.index.current.name
    with monkeypatch.context() as patch:
        patch.setattr("retrieval.maintain.needs_rebuild", fail)
        with pytest.raises(IndexUnavailable, match="made to fail"):
            open_corpus(tmp_path, model_dir=default_dir(), command="a test")
    assert holder_of(tmp_path) is None
    LexicalIndex(words).close()  # refused while another writer has it


def test_a_rebuild_tells_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.maintain._BATCH_CHUNKS", 1)
    with corpus_in(tmp_path) as corpus:
        list(corpus.ingester.ingest([source(TALKS), source(STEEL)]))
        total = corpus.record.chunk_count()
    said: list[str] = []
    corpus_in(tmp_path, rebuild=True, say=said.append).close()
    assert said[0].startswith("Rebuilding")
    assert f"Indexed 1 of {total} passages ..." in said
    assert f"Indexed {total} passages." in said


def test_what_a_full_disk_left_undone_keeps_nothing_from_starting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with corpus_in(tmp_path) as corpus:
        list(corpus.ingester.ingest([source(TALKS)]))
        Journal(corpus.record.database).receive([source(STEEL)])
    said: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr("retrieval.room.SPARE", 10**18)
        with corpus_in(tmp_path, say=said.append) as corpus:
            assert found(corpus, "Who met in Vienna?")
    assert said[-1].startswith("Left for the next start: ")
    with corpus_in(tmp_path) as corpus:
        assert corpus.record.article_count() == 2


class Slow(ThreadPoolExecutor):
    """Of a machine that has too much to do."""

    def submit(self, work: Callable[..., Any], /, *given: Any, **more: Any) -> Future[Any]:
        def slowly() -> Any:
            time.sleep(0.01)
            return work(*given, **more)

        return super().submit(slowly)


def test_a_machine_that_is_merely_slow_keeps_nobody_from_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with corpus_in(tmp_path) as corpus:
        list(corpus.ingester.ingest([source(TALKS)]))
    monkeypatch.setattr("retrieval.store.ThreadPoolExecutor", Slow)
    monkeypatch.setattr(ChromaServer.call, "__kwdefaults__", {"deadline": 0.0})
    with corpus_in(tmp_path) as corpus, patiently():
        assert corpus.ready()
