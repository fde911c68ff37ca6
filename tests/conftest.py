"""The real parts, on temporary data directories: the embedding model, Chroma, SQLite, HTTP on loopback."""

import asyncio
import functools
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import compress
from pathlib import Path

import httpx
import pytest
import uvicorn
from hypothesis import HealthCheck, settings

from retrieval.article import Facts
from retrieval.embed import Embedder, load
from retrieval.model_files import default_dir
from retrieval.outcome import Ingested
from retrieval.reader import Reader, load_reader
from retrieval.sources import Source
from service.bootstrap import Service, open_service
from service.config import Settings, read_settings
from service.http import Connection, create_app
from tests.cluster.embedded import left_out
from tests.cluster.fixtures import both, places, servers  # noqa: F401 for tests that ask for them
from tests.cluster.servers import Places
from tests.migrated import migrated_once

REPOSITORY = Path(__file__).resolve().parents[1]
SEEDS = REPOSITORY / "seeds"

# A busy machine is no failure: no example is held to a clock. The same examples each time, so that a failure
# is a change's own; HYPOTHESIS_PROFILE=explore draws others.
_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("parley", _PATIENT, derandomize=True)
settings.register_profile("explore", _PATIENT)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "parley"))

# Where these are set, what a test keeps in a data directory is in PostgreSQL and a Chroma server instead
# (`make test-cluster`).
SHARED = (
    Places(os.environ["TEST_RECORD_URL"], os.environ["TEST_CHROMA_URL"])
    if "TEST_RECORD_URL" in os.environ
    else None
)
MakeSettings = Callable[..., Settings]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Not silently: the terminal counts what is deselected, and tests/cluster/embedded.py says why."""
    if SHARED is not None:
        out = [left_out(item.nodeid, item.fixturenames) for item in items]  # type: ignore[attr-defined]
        config.hook.pytest_deselected(items=list(compress(items, out)))
        items[:] = [item for item, left in zip(items, out, strict=True) if not left]


@pytest.fixture(autouse=SHARED is not None)
def _dropped(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a test kept by itself, behind its own fixtures."""
    own = request.getfixturevalue("tmp_path") if "tmp_path" in request.fixturenames else None
    yield
    if SHARED is not None and own is not None:
        SHARED.drop_below(own)


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return load(default_dir())


@pytest.fixture(scope="session")
def reader() -> Reader:
    return load_reader(default_dir())


@pytest.fixture(scope="session", autouse=True)
def _loaded_once() -> Iterator[None]:
    """Every service of these tests has the same models: to load them is most of what opening one costs."""
    once, reader_once = functools.cache(load), functools.cache(load_reader)

    def loaded(model_dir: Path, *, threads: int | None = None) -> Embedder:
        return (once if model_dir == default_dir() else load)(model_dir, threads=threads)

    def loaded_reader(model_dir: Path, *, threads: int | None = None) -> Reader:
        return (reader_once if model_dir == default_dir() else load_reader)(model_dir, threads=threads)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("retrieval.corpus.load", loaded)
        patch.setattr("retrieval.shared.load", loaded)
        patch.setattr("service.bootstrap.load_reader", loaded_reader)
        yield


@pytest.fixture(scope="session", autouse=True)
def _migrated_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with migrated_once(tmp_path_factory.mktemp("migrated") / "record.sqlite"):
        yield


@pytest.fixture(scope="session")
def make_settings() -> MakeSettings:
    """Settings for a data directory; no seeds unless they're asked for."""

    def make(data_dir: Path, **given: object) -> Settings:
        nowhere = data_dir / "no-seeds"
        shared = SHARED.of(data_dir) if SHARED else {}
        return read_settings(
            **({"data_dir": data_dir, "seeds_dir": nowhere, "model_dir": default_dir(), **shared} | given)
        )

    return make


@pytest.fixture
def service(tmp_path: Path, make_settings: MakeSettings) -> Iterator[Service]:
    """A service without articles."""
    opened = open_service(make_settings(tmp_path / "data"), command="a test")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory, make_settings: MakeSettings) -> Iterator[Service]:
    """A service with the seed articles, shared: a test that changes it must not use it."""
    settings = make_settings(tmp_path_factory.mktemp("seeded"), seeds_dir=SEEDS)
    opened = open_service(settings, command="a test")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def seeded_client(seeded: Service) -> Iterator[httpx.Client]:
    with serving(seeded) as client:
        yield client


def add(
    service: Service, text: str, *, name: str = "article.txt", id_: str | None = None, **facts: object
) -> Ingested:
    """Ingest one text."""
    known = Facts(**facts)  # type: ignore[arg-type]
    (done,) = service.corpus.ingester.ingest([Source(name, text.encode(), known, id_)])
    return done


class _Naps:
    """`asyncio` to uvicorn, which naps for a tenth of a second between looking whether it is to end, and once
    more as it ends: here a hundredth."""

    def __getattr__(self, name: str) -> object:
        return getattr(asyncio, name)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / 10)


@pytest.fixture(scope="session", autouse=True)
def _short_naps() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(uvicorn.server, "asyncio", _Naps())
        yield


@contextmanager
def serving(service: Service) -> Iterator[httpx.Client]:
    """The service's application on a loopback port, over real HTTP."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    config = uvicorn.Config(create_app(service), http=Connection, log_config=None, access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        # Without TLS there is nothing to verify, and loading the authorities takes longer than most tests.
        with httpx.Client(base_url=url, timeout=30, trust_env=False, verify=False) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join(timeout=30)
        listener.close()
