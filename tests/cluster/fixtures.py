"""The servers that several Parleys share, started once, and only for tests that ask for them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from retrieval.database import Database
from retrieval.postgres import postgres_url
from tests.cluster.servers import Places, Servers, running


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    with running() as started:
        yield started


@pytest.fixture(scope="session")
def places(servers: Servers) -> Places:
    return servers.places


@pytest.fixture(params=["SQLite", pytest.param("PostgreSQL", marks=pytest.mark.slow)])
def both(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Sequence[Database]]:
    """Two that write: of PostgreSQL's two processes, of SQLite's the one that there can be."""
    if request.param == "SQLite":
        opened = [Database(f"sqlite:///{tmp_path / 'record.sqlite'}")] * 2
    else:
        started: Places = request.getfixturevalue("places")
        url = postgres_url(started.of(request.node.nodeid)["record_url"])
        opened = [Database(url), Database(url)]
    yield opened
    for database in opened:
        database.close()
