"""Chroma: the vectors of one generation of the index.

Ids are content-addressed, so adding again what is there already changes nothing, which is what Chroma's
`add` does with an id it has. Vectors are always ours: Chroma's own embedding function would fetch a model.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as DeadlinePassed
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import chromadb
import numpy as np
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings
from chromadb.errors import ChromaError, NotFoundError
from llama_index.core.schema import BaseNode
from llama_index.vector_stores.chroma import ChromaVectorStore
from numpy.typing import NDArray

from retrieval import room
from retrieval.batches import in_batches
from retrieval.errors import EmbeddingError, IndexMismatch, IndexUnavailable, ParleyError, StorageFull
from retrieval.hnsw_files import blank_unused
from retrieval.patience import allowed, starting
from retrieval.rewrite import FULL, RewriteFailed, rewrite

Result = TypeVar("Result")

# Recall@10 of exact search at 100k x 384: .987 with Chroma's defaults, 1.0 with these.
_HNSW: CreateCollectionConfiguration = {
    "hnsw": {"space": "cosine", "max_neighbors": 32, "ef_construction": 200, "ef_search": 200}
}
_LARGEST_BATCH = 250  # Chroma keeps the interpreter to itself meanwhile: half a second
_QUERY_DEADLINE = 5.0
_REFUSED_SECONDS = 15.0
_WRITE_DEADLINE = 120.0
_FULL = ("disk is full", "No space left")  # as SQLite says it, and the files of the vectors


class ChromaServer:
    """The embedded Chroma of one directory, which holds the generations of the index.

    Every call has a deadline: a disk that has been full can hang Chroma for good. While one that passed it
    still hangs, others are refused at once, so that a question that asks more than once fails in time; one
    every 15 seconds is let through, to see; a start is more patient (patience.py). For the same reason its
    client is opened anew before the next write, once a write has failed; until then it goes on reading,
    because on a full disk no client can be opened.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        with suppress(OSError):
            blank_unused(directory)  # an earlier process may have died before it did
        self._begin()

    def _begin(self) -> None:
        self._calls = _pool()
        self._one_writer = threading.Lock()
        self._doubtful = False
        self._hanging: Future[Any] = Future()
        self._hanging.set_result(None)
        self._refused_until = 0.0
        self.openings = 0
        try:
            self._connect()
        except ParleyError:
            self._calls.shutdown(wait=False)
            raise

    def create(self, name: str, *, fingerprint: str) -> "VectorStore":
        with self.writing(chunks=1) as client:
            collection = self.call(
                client.create_collection,
                name,
                configuration=_HNSW,
                metadata={"embedder": fingerprint},
                embedding_function=None,
            )
        return VectorStore(self, collection)

    def open(self, name: str, *, fingerprint: str) -> "VectorStore":
        """Raises IndexUnavailable where there is no such collection, IndexMismatch where another
        embedding model made it."""
        collection = self.collection(name)
        made_by = (collection.metadata or {}).get("embedder")
        if made_by != fingerprint:
            raise IndexMismatch(
                f"the index was made with {made_by}, the embedding model here is {fingerprint}",
                remedy="Run `parley reindex`, or set PARLEY_MODEL_DIR to the model that made it.",
            )
        return VectorStore(self, collection)

    def drop_others(self, keep: str) -> None:
        """On a full disk they stay, and cost room."""
        with suppress(StorageFull), self.writing(chunks=0) as client:
            for collection in self.call(client.list_collections):
                if collection.name != keep:
                    self.call(client.delete_collection, collection.name)

    @contextmanager
    def writing(self, *, chunks: int, known: Callable[[], int] = lambda: 0) -> Iterator[Any]:
        """A client to write with, for one writer at a time. Raises StorageFull where the disk may not hold
        what is to be written."""
        with self._one_writer:
            if not self._directory.exists():
                raise _unavailable("has lost its directory, which a new start makes anew")
            room.make_sure(self._directory, chunks=chunks)  # on a full disk no client is opened
            if self._doubtful:
                self._disconnect()
                self._connect()
                self._doubtful = False
            room.make_sure(self._directory, chunks=chunks, known=known())
            try:
                yield self._client
            except (IndexUnavailable, StorageFull):
                self._doubtful = True
                raise

    def collection(self, name: str) -> Any:
        """Through the client of now, which `openings` numbers."""
        return self.call(self._client.get_collection, name, embedding_function=None)

    def blank_unused(self) -> None:
        """What Chroma left in its files of this process's memory. Nothing may be added meanwhile."""
        try:
            blank_unused(self._directory)
        except OSError as exc:
            raise _unavailable(f"has a file that cannot be written: {exc}") from exc

    def rewrite(self) -> None:
        """Write Chroma's database anew, without the text of what was deleted. Queries go on meanwhile, other
        writers wait. Raises StorageFull before anything is written."""
        path = self._directory / "chroma.sqlite3"
        room.make_sure_to_rewrite(path)
        with self.writing(chunks=0):
            self.blank_unused()
            try:
                rewrite(path)
            except RewriteFailed as exc:
                if str(exc) == FULL:
                    raise room.full(FULL, self._directory) from exc
                raise _unavailable(f"could not be rewritten: {exc}") from exc

    def call(
        self, work: Callable[..., Result], /, *args: Any, deadline: float = _QUERY_DEADLINE, **kwargs: Any
    ) -> Result:
        """Raises IndexUnavailable, StorageFull. `deadline`: seconds."""
        if not starting() and not self._hanging.done() and time.monotonic() < self._refused_until:
            raise _unavailable("has not yet answered what it was asked before")
        return self._within(allowed(deadline), work, *args, **kwargs)

    def _within(self, deadline: float, work: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Result:
        going: Future[Result] = Future()
        try:
            going = self._calls.submit(work, *args, **kwargs)
            return going.result(timeout=deadline)
        except DeadlinePassed as exc:
            refused = 0.0 if starting() else _REFUSED_SECONDS
            self._hanging, self._refused_until = going, time.monotonic() + refused
            raise _unavailable(f"did not answer within {deadline:.0f} s") from exc
        except NotFoundError as exc:
            raise _unavailable("has lost this index") from exc
        except (ChromaError, RuntimeError, OSError, ValueError) as exc:
            raise self._failed(exc) from exc
        except AttributeError as exc:  # a client that was closed has lost its native half
            raise _unavailable("is being opened anew") from exc

    def _failed(self, exc: Exception) -> ParleyError:
        if any(words in str(exc) for words in _FULL):
            return room.full(str(exc), self._directory)
        return _unavailable(f"failed: {exc}")

    def close(self) -> None:
        """Chroma keeps a client for each directory until it is closed; opened again, it would not see what
        another process has written in between."""
        self._disconnect()
        self._calls.shutdown(wait=False, cancel_futures=True)

    def _connect(self) -> None:
        """Counted once the client is there: whoever sees the number takes a collection of it. Threads that
        hang are left behind."""
        if not self._hanging.done():
            self._calls, self._refused_until = _pool(), 0.0
        quiet = Settings(anonymized_telemetry=False)
        try:
            self._client: Any = self._within(
                allowed(_QUERY_DEADLINE),
                chromadb.PersistentClient,
                path=str(self._directory),
                settings=quiet,
            )
        except ParleyError:
            # Chroma keeps what it couldn't start, and would give it to the next who asks.
            SharedSystemClient.clear_system_cache()
            raise
        self.openings += 1

    def _disconnect(self) -> None:
        with suppress(IndexUnavailable):
            self._within(_QUERY_DEADLINE, self._client.close)


class VectorStore:
    """One collection. Similarity is the cosine."""

    def __init__(self, server: ChromaServer, collection: Any) -> None:
        self._server = server
        self._opened = (server.openings, collection)
        self._known: int | None = None

    @property
    def nodes(self) -> ChromaVectorStore:
        """The collection as LlamaIndex's vector store."""
        return ChromaVectorStore(chroma_collection=self._collection)

    @property
    def _collection(self) -> Any:
        opening, collection = self._opened
        if opening != (now := self._server.openings):
            collection = self._server.collection(collection.name)
            self._opened = (now, collection)
        return collection

    def add(self, nodes: Sequence[BaseNode]) -> None:
        """Nodes with their embeddings. One that is there already is left as it is. Raises StorageFull before
        anything is written, where the disk may not hold them."""
        for node in nodes:
            _check_vector(node)
        for batch in in_batches(nodes, _LARGEST_BATCH):
            with self._server.writing(chunks=len(batch), known=self.known):
                self._server.call(self.nodes.add, batch, deadline=_WRITE_DEADLINE)
                self._server.blank_unused()
            if self._known is not None:
                self._known += len(batch)

    def query(
        self, vector: NDArray[np.float32], *, k: int, article_ids: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """Chunk ids with their cosines, best first. Chroma is asked for ids and distances only: the text
        comes from the record."""
        where = None if article_ids is None else {"article_id": {"$in": list(article_ids)}}
        found = self._server.call(
            self._collection.query,
            query_embeddings=[vector],
            n_results=k,
            where=where,
            include=["distances"],
        )
        return [(id_, 1.0 - d) for id_, d in zip(found["ids"][0], found["distances"][0], strict=True)]

    def delete(self, ids: Sequence[str]) -> None:
        for batch in in_batches(ids, _LARGEST_BATCH):
            self._known = None
            with self._server.writing(chunks=len(batch)):
                self._server.call(self._collection.delete, ids=batch, deadline=_WRITE_DEADLINE)

    def ids(self) -> set[str]:
        found = self._server.call(self._collection.get, include=[], deadline=_WRITE_DEADLINE)
        return set(found["ids"])

    def known(self) -> int:
        """At most so many rows are stored: counting them takes longer the more there are."""
        if self._known is None:
            self._known = self.count()
        return self._known

    def count(self) -> int:
        """Rows stored, which proves nothing about what a query finds."""
        return int(self._server.call(self._collection.count))


def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=16, thread_name_prefix="chroma")


def _check_vector(node: BaseNode) -> None:
    """Chroma takes a zero vector and then finds neither it nor its neighbours."""
    vector = np.asarray(node.get_embedding(), np.float32)
    if not np.isfinite(vector).all() or not vector.any():
        raise EmbeddingError(
            f"the embedding of chunk {node.node_id} is zero or not finite",
            remedy="The embedding model is damaged: run `parley fetch-model`, then ingest again.",
        )


def _unavailable(what: str) -> IndexUnavailable:
    return IndexUnavailable(
        f"Chroma {what}", remedy="Try again; if it stays, stop Parley and run `parley reindex`."
    )
