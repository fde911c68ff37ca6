"""Chroma as a server of its own: `chroma run`, distributed Chroma, Chroma Cloud.

What it keeps on its disk is its own business, and so is the room there.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import chromadb
import httpx
from chromadb.config import DEFAULT_DATABASE, DEFAULT_TENANT, Settings

from retrieval.errors import IndexUnavailable, ParleyError
from retrieval.store import _HNSW, _QUERY_DEADLINE, ChromaServer, VectorStore

_CONNECT_SECONDS = 5.0
_CALL_SECONDS = 120.0
_TOKEN = "x-chroma-token"  # noqa: S105 the name of a header
_CORPUS = "corpus"


@dataclass(frozen=True, slots=True)
class ChromaAddress:
    """`url`: scheme, host and port."""

    url: str
    tenant: str = DEFAULT_TENANT
    database: str = DEFAULT_DATABASE
    token: str | None = field(default=None, repr=False)


class ServedChroma(ChromaServer):
    """Shared with whoever else keeps collections in that database: of those it drops its corpus's alone."""

    def __init__(self, address: ChromaAddress, *, corpus: str) -> None:
        """Raises IndexUnavailable."""
        self._address = address
        self._corpus = corpus
        self._calls = ThreadPoolExecutor(max_workers=16, thread_name_prefix="chroma")
        self._one_writer = threading.Lock()
        self._hanging: Future[Any] = Future()
        self._hanging.set_result(None)
        self._refused_until = 0.0
        self.openings = 0
        try:
            self._connect()
        except ParleyError:
            self._calls.shutdown(wait=False)
            raise

    def create(self, name: str, *, fingerprint: str) -> VectorStore:
        collection = self.call(
            self._client.create_collection,
            name,
            configuration=_HNSW,
            metadata={"embedder": fingerprint, _CORPUS: self._corpus},
            embedding_function=None,
        )
        return VectorStore(self, collection)

    def drop_others(self, keep: str) -> None:
        for collection in self.call(self._client.list_collections):
            if collection.name != keep and (collection.metadata or {}).get(_CORPUS) == self._corpus:
                self.call(self._client.delete_collection, collection.name)

    def corpora(self) -> set[str]:
        """Those that have a collection of passages here."""
        every = self.call(self._client.list_collections)
        return {corpus for one in every if (corpus := (one.metadata or {}).get(_CORPUS)) is not None}

    @contextmanager
    def writing(self, *, chunks: int, known: Callable[[], int] = lambda: 0) -> Iterator[Any]:
        with self._one_writer:
            yield self._client

    def blank_unused(self) -> None:
        return

    def rewrite(self) -> None:
        return

    def call(self, work: Any, /, *args: Any, deadline: float = _QUERY_DEADLINE, **kwargs: Any) -> Any:
        def asked() -> Any:
            try:
                return work(*args, **kwargs)
            except httpx.HTTPError as exc:
                raise _away(self._address, str(exc) or type(exc).__name__) from exc

        return super().call(asked, deadline=deadline)

    def _connect(self) -> None:
        address = urlsplit(self._address.url)
        secure = address.scheme == "https"
        try:
            self._client: Any = self.call(
                chromadb.HttpClient,
                host=address.hostname or "",
                port=address.port or (443 if secure else 80),
                ssl=secure,
                headers={_TOKEN: self._address.token} if self._address.token else None,
                settings=Settings(anonymized_telemetry=False),
                tenant=self._address.tenant,
                database=self._address.database,
                deadline=2 * _CONNECT_SECONDS,
            )
        except IndexUnavailable as exc:
            raise _away(self._address, str(exc.__cause__ or exc.message)) from exc
        # Without a limit of its own a thread would wait for as long as a server says nothing.
        self._client._server._session.timeout = httpx.Timeout(_CALL_SECONDS, connect=_CONNECT_SECONDS)
        self.openings += 1

    def _disconnect(self) -> None:
        with suppress(IndexUnavailable):
            self.call(self._client.close)
        for left_open in (self._client, self._client._admin_client):
            left_open._server._session.close()


def _away(address: ChromaAddress, why: str) -> IndexUnavailable:
    place = f"{address.url}, tenant {address.tenant}, database {address.database}"
    return IndexUnavailable(
        f"Chroma at {place} does not answer as it should: {why}",
        remedy="Try again; if it stays, look whether it runs there, and has that tenant and database.",
    )
