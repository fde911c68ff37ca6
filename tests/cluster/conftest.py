"""The servers that several Parleys share, started once, and only for tests that ask for them."""

from collections.abc import Callable, Iterator

import pytest

from retrieval.corpus import Corpus
from retrieval.model_files import default_dir
from retrieval.served_chroma import ChromaAddress
from retrieval.shared import open_shared_corpus
from tests.cluster.servers import Places, Servers, running


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    with running() as started:
        yield started


@pytest.fixture(scope="session")
def places(servers: Servers) -> Places:
    return servers.places


@pytest.fixture
def open_one(places: Places, request: pytest.FixtureRequest) -> Iterator[Callable[[], Corpus]]:
    """Opens one more over the same record and index, each test's own."""
    given = places.of(request.node.nodeid)
    chroma = ChromaAddress(given["chroma_url"], database=given["chroma_database"])
    opened: list[Corpus] = []

    def one() -> Corpus:
        opened.append(open_shared_corpus(given["record_url"], chroma, model_dir=default_dir()))
        return opened[-1]

    yield one
    for corpus in opened:
        corpus.close()
