"""Chroma, through the store: exact cosines, refused vectors, deadlines and damage."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
import pytest
from llama_index.core.schema import TextNode
from llama_index.core.vector_stores import VectorStoreQuery
from numpy.typing import NDArray

from retrieval.article import Facts
from retrieval.embed import Embedder
from retrieval.errors import EmbeddingError, IndexMismatch, IndexUnavailable, StorageFull
from retrieval.nodes import node_of
from retrieval.patience import patiently
from retrieval.rewrite import rewrite
from retrieval.served_chroma import ServedChroma
from retrieval.store import ChromaServer, VectorStore
from tests.retrieval.made import chunk

Vectors = NDArray[np.float32]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ChromaServer]:
    opened = ChromaServer(tmp_path / "chroma")
    yield opened
    opened.close()


@pytest.fixture
def store(server: ChromaServer) -> VectorStore:
    return server.create("chunks-1", fingerprint="model/1")


def rows(n: int, *, seed: int = 3) -> Vectors:
    drawn = np.random.default_rng(seed).normal(size=(n, 384))
    unit: Vectors = (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)
    return unit


def nodes(vectors: Vectors) -> list[TextNode]:
    return [
        node_of(chunk(f"Text {i}.", id_=f"c{i}", article_id=f"a_{i % 3}"), Facts(), embedding=vector)
        for i, vector in enumerate(vectors)
    ]


def test_scores_are_the_cosines(store: VectorStore) -> None:
    vectors, asked = rows(50), rows(1, seed=4)[0]
    store.add(nodes(3 * vectors))  # length doesn't matter
    exact = vectors.astype(np.float64) @ asked
    found = store.query(asked, k=50)
    assert len(found) == 50
    for id_, score in found:
        assert score == pytest.approx(exact[int(id_[1:])], abs=1e-5)
    assert [s for _, s in found] == sorted((s for _, s in found), reverse=True)
    assert store.query(asked, k=50) == found
    assert store.query(asked, k=3) == found[:3]
    assert store.query(asked, k=1000) == found


def test_only_the_articles_asked_for(store: VectorStore) -> None:
    store.add(nodes(rows(9)))
    asked = rows(1, seed=4)[0]
    assert {id_ for id_, _ in store.query(asked, k=9, article_ids=["a_1", "a_none"])} == {"c1", "c4", "c7"}
    assert store.query(asked, k=9, article_ids=["a_none"]) == []


@pytest.mark.parametrize("bad", [0.0, np.nan, np.inf, -np.inf])
def test_what_has_no_direction_is_refused_and_nothing_is_stored(store: VectorStore, bad: float) -> None:
    vectors = rows(3)
    vectors[2] = bad
    with pytest.raises(EmbeddingError, match="c2"):
        store.add(nodes(vectors))
    assert store.count() == 0


def test_adding_again_changes_nothing(store: VectorStore) -> None:
    vectors = rows(4)
    store.add(nodes(vectors))
    store.add(nodes(vectors))
    assert (store.count(), store.ids()) == (4, {"c0", "c1", "c2", "c3"})
    for i, vector in enumerate(vectors):
        ((id_, score),) = store.query(vector, k=1)
        assert id_ == f"c{i}"
        assert score == pytest.approx(1.0, abs=1e-5)


def test_where_nobody_asks_for_room_nothing_is_counted(
    server: ChromaServer, store: VectorStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: VectorStore) -> int:
        raise IndexUnavailable("it counts for too long", remedy="wait")

    monkeypatch.setattr(ChromaServer, "writing", ServedChroma.writing)  # a server sees to its disk itself
    with monkeypatch.context() as patch:
        patch.setattr(VectorStore, "count", fails)
        store.add(nodes(rows(3)))
        store.delete(["c0"])
        store.add(nodes(rows(1)))
    assert store.count() == store.known() == 3


def test_deleting(store: VectorStore) -> None:
    vectors = rows(4)
    store.add(nodes(vectors))
    store.delete(["c1", "unknown"])
    store.delete([])
    assert store.ids() == {"c0", "c2", "c3"}
    assert "c1" not in dict(store.query(vectors[1], k=4))


def test_an_empty_store(store: VectorStore) -> None:
    store.add([])
    assert (store.count(), store.ids(), store.query(rows(1)[0], k=5)) == (0, set(), [])


def test_it_opens_again(tmp_path: Path) -> None:
    server = ChromaServer(tmp_path)
    server.create("chunks-1", fingerprint="model/1").add(nodes(rows(5)))
    server.close()
    again = ChromaServer(tmp_path)
    store = again.open("chunks-1", fingerprint="model/1")
    assert store.query(rows(5)[3], k=1)[0][0] == "c3"
    again.close()


def test_closed_it_lets_go_of_the_directory(tmp_path: Path) -> None:
    """Opened again it must read what is on the disk, not what it knew."""
    first = ChromaServer(tmp_path / "chroma")
    first.create("chunks-1", fingerprint="model/1")
    first.close()
    (tmp_path / "chroma").rename(tmp_path / "away")
    second = ChromaServer(tmp_path / "chroma")
    with pytest.raises(IndexUnavailable):
        second.open("chunks-1", fingerprint="model/1")
    second.close()
    with pytest.raises(IndexUnavailable):
        second.open("chunks-1", fingerprint="model/1")


def test_another_models_index_is_a_mismatch(server: ChromaServer) -> None:
    server.create("chunks-1", fingerprint="model/1")
    with pytest.raises(IndexMismatch, match=r"model/1.*model/2"):
        server.open("chunks-1", fingerprint="model/2")


def test_a_missing_index_is_unavailable(server: ChromaServer, store: VectorStore) -> None:
    with pytest.raises(IndexUnavailable, match="lost this index"):
        server.open("chunks-2", fingerprint="model/1")
    server.drop_others("chunks-2")
    with pytest.raises(IndexUnavailable):
        store.query(rows(1)[0], k=1)
    with pytest.raises(IndexUnavailable):
        store.add(nodes(rows(1)))


def test_dropping_others_keeps_the_one(server: ChromaServer, store: VectorStore) -> None:
    server.create("chunks-2", fingerprint="model/1")
    store.add(nodes(rows(1)))
    server.drop_others("chunks-1")
    assert store.count() == 1
    with pytest.raises(IndexUnavailable):
        server.open("chunks-2", fingerprint="model/1")


def test_a_call_that_hangs_is_given_up_at_its_deadline(server: ChromaServer, store: VectorStore) -> None:
    released = threading.Event()
    with pytest.raises(IndexUnavailable, match="did not answer") as told:
        server.call(released.wait, deadline=0.01)
    released.set()
    assert told.value.retryable


def test_while_a_call_hangs_others_are_refused_at_once_and_then_answered(
    server: ChromaServer, store: VectorStore
) -> None:
    vectors = rows(2)
    store.add(nodes(vectors))
    released = threading.Event()
    with pytest.raises(IndexUnavailable, match="did not answer"):
        server.call(released.wait, deadline=0.01)
    with pytest.raises(IndexUnavailable, match="has not yet answered") as told:
        store.query(vectors[1], k=1)
    assert told.value.retryable
    released.set()
    while not server._hanging.done():
        pass
    assert store.query(vectors[1], k=1)[0][0] == "c1"


def test_a_start_waits_longer_is_not_refused_and_has_nobody_refused(
    server: ChromaServer, store: VectorStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = threading.Event()
    with patiently():
        server.call(time.sleep, 0.1, deadline=0.001)
    monkeypatch.setattr("retrieval.patience.START_SECONDS", 0.01)
    with patiently(), pytest.raises(IndexUnavailable, match="did not answer"):
        server.call(released.wait, deadline=0.001)
    assert store.count() == 0
    with pytest.raises(IndexUnavailable, match="did not answer"):
        server.call(released.wait, deadline=0.001)
    monkeypatch.undo()
    with patiently():
        assert store.count() == 0
    released.set()


def test_now_and_then_one_is_let_through_to_see(
    server: ChromaServer, store: VectorStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = threading.Event()
    monkeypatch.setattr("retrieval.store._REFUSED_SECONDS", 0.0)
    with pytest.raises(IndexUnavailable, match="did not answer"):
        server.call(released.wait, deadline=0.01)
    assert store.count() == 0
    released.set()


def test_a_write_opens_one_anew_that_hangs_for_good(server: ChromaServer, store: VectorStore) -> None:
    vectors, released = rows(2), threading.Event()
    try:
        with pytest.raises(IndexUnavailable), server.writing(chunks=1):
            server.call(released.wait, deadline=0.01)
        store.add(nodes(vectors))
        assert store.query(vectors[1], k=1)[0][0] == "c1"
    finally:
        released.set()


def test_vectors_of_another_length_are_refused(store: VectorStore) -> None:
    store.add(nodes(rows(2)))
    with pytest.raises(IndexUnavailable, match="dimension"):
        store.add([node_of(chunk("x", id_="other"), Facts(), embedding=np.ones(3, np.float32))])
    assert store.count() == 2


def test_a_damaged_directory_is_unavailable_each_time(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"garbage" * 1000)
    for _ in range(2):
        with pytest.raises(IndexUnavailable):
            ChromaServer(tmp_path)


def test_llamaindex_reads_the_nodes_with_their_place(store: VectorStore, embedder: Embedder) -> None:
    text = "The envoys met in Vienna — “at last”."
    facts = Facts(title="Envoys meet", published="2025-08-17")
    (vector,) = embedder.embed([text])
    store.add([node_of(chunk(text, id_="c1", start=40), facts, embedding=vector)])
    asked = embedder.embed(["Where did the envoys meet?"])[0].tolist()
    result = store.nodes.query(VectorStoreQuery(query_embedding=asked, similarity_top_k=3))
    assert result.nodes is not None
    (node,) = result.nodes
    assert isinstance(node, TextNode)
    assert (node.node_id, node.text) == ("c1", text)
    kept = {key: node.metadata[key] for key in ("article_id", "version", "start", "end", "region", "title")}
    assert kept == {
        "article_id": "a_1",
        "version": 1,
        "start": 40,
        "end": 40 + len(text),
        "region": "body",
        "title": "Envoys meet",
    }
    assert "url" not in node.metadata
    assert (node.start_char_idx, node.end_char_idx) == (40, 40 + len(text))
    assert node.ref_doc_id == "a_1"


def test_a_disk_without_room_to_spare_takes_nothing_and_goes_on_being_read(
    store: VectorStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    vectors = rows(4)
    store.add(nodes(vectors[:2]))
    with monkeypatch.context() as patch:
        patch.setattr("retrieval.room.SPARE", 10**18)
        with pytest.raises(StorageFull, match="full") as told:
            store.add(nodes(vectors))
        assert told.value.retryable
        with pytest.raises(StorageFull, match="full"):
            store.delete(["c1"])
        assert store.ids() == {"c0", "c1"}
        assert store.query(vectors[1], k=1)[0][0] == "c1"
    store.add(nodes(vectors))
    assert store.count() == 4


def test_nothing_is_written_while_the_database_is_written_anew(
    server: ChromaServer, store: VectorStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    vectors = rows(3)
    store.add(nodes(vectors[:2]))
    adding = threading.Thread(target=lambda: store.add(nodes(vectors)))
    before: list[int] = []

    def rewriting(path: Path) -> None:
        adding.start()
        adding.join(timeout=0.3)
        before.append(store.count())
        assert store.query(vectors[1], k=1)[0][0] == "c1"
        rewrite(path)

    monkeypatch.setattr("retrieval.store.rewrite", rewriting)
    server.rewrite()
    adding.join(timeout=10)
    assert (before, store.count()) == ([2], 3)


def test_after_a_write_that_failed_the_next_one_goes_through_a_client_opened_anew(
    server: ChromaServer, store: VectorStore
) -> None:
    vectors = rows(3)
    store.add(nodes(vectors[:2]))
    with pytest.raises(IndexUnavailable, match="dimension"):
        store.add([node_of(chunk("x", id_="other"), Facts(), embedding=np.ones(3, np.float32))])
    assert server.openings == 1
    assert store.query(vectors[1], k=1)[0][0] == "c1"  # reading goes on by the old one
    store.add(nodes(vectors))
    assert server.openings == 2
    assert [store.query(vector, k=1)[0][0] for vector in vectors] == ["c0", "c1", "c2"]
    store.add(nodes(vectors))
    assert server.openings == 2


def test_one_that_reads_just_before_the_client_is_there_does_not_keep_the_old_one(
    server: ChromaServer, store: VectorStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    vectors = rows(2)
    store.add(nodes(vectors))
    real = chromadb.PersistentClient
    numbers: list[int] = []

    def opened(*args: Any, **kwargs: Any) -> Any:
        with suppress(IndexUnavailable):
            store.query(vectors[1], k=1)
        numbers.append(store._opened[0])
        return real(*args, **kwargs)

    monkeypatch.setattr("retrieval.store.chromadb.PersistentClient", opened)
    monkeypatch.setattr(server, "_disconnect", lambda: None)  # the old one still answers
    server._doubtful = True
    store.delete(["c9"])
    assert numbers == [1]
    assert store.query(vectors[1], k=1)[0][0] == "c1"
    assert store._opened[0] == server.openings == 2


def test_what_reads_while_the_client_is_opened_anew_is_told_or_answered(
    server: ChromaServer, store: VectorStore
) -> None:
    vectors = rows(40)
    store.add(nodes(vectors))
    found: list[str] = []
    failed: list[Exception] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                found.append(store.query(vectors[7], k=1)[0][0])
            except IndexUnavailable:
                continue
            except Exception as exc:  # noqa: BLE001 - whatever else it may be is the fault looked for
                failed.append(exc)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for _ in range(5):
        server._doubtful = True
        store.add(nodes(vectors))
    done.set()
    for reader in readers:
        reader.join()
    assert not failed
    assert set(found) == {"c7"}
    assert server.openings == 6
